import HummingbirdTLS
import NIOCore
import NIOSSL
import Signatures
import Synchronization
import WorkingDays

/// The certificate and the key that the site shows; new ones are taken without a restart.
///
/// The files are looked at again by `round`. A pair that is wrong, half written or not valid is not taken: the one before it
/// is shown on, and it is said once what is wrong. Each new connection is given the pair of its moment; those that are open
/// keep theirs.
package final class TLSKeeper: Sendable {
    /// What came of looking at the files again.
    package enum Change: Hashable, Sendable {
        /// They are as they were.
        case same
        /// A new pair is shown from now on: whom it names, until when it is valid.
        case renewed(name: String, until: Moment)
        /// What lies there now is not taken: why.
        case kept(ServerPairFault)
    }

    private struct State {
        var pair: ServerPair
        var fault: ServerPairFault?
    }

    private let certificate: String
    private let key: String
    private let state: Mutex<State>

    /// Reads the pair for the first time. One that has ended is shown all the same, and said to have ended: a browser refuses
    /// it with a reason, where a server that does not start gives none.
    /// - Parameters:
    ///   - certificate: the PEM file of the certificate, those between it and its authority after it.
    ///   - key: the PEM file of the key.
    /// - Throws: ``ServerPairFault`` where there is no pair that can be shown.
    package init(certificate: String, key: String) throws(ServerPairFault) {
        self.certificate = certificate
        self.key = key
        state = Mutex(State(pair: try ServerPair(certificate: certificate, key: key)))
    }

    /// Looks at the files again. Reads two small files; not for a thread that answers callers.
    package func round(at now: Moment) -> Change {
        let found: Result<ServerPair, ServerPairFault>
        do throws(ServerPairFault) {
            let pair = try ServerPair(certificate: certificate, key: key)
            if state.withLock({ $0.pair.source }) != pair.source { try pair.requireValid(at: now) }
            found = .success(pair)
        } catch {
            found = .failure(error)
        }
        return state.withLock { state in
            switch found {
            case .success(let pair):
                state.fault = nil
                guard state.pair.source != pair.source else { return .same }
                state.pair = pair
                return .renewed(name: pair.name, until: pair.validUntil)
            case .failure(let fault):
                guard state.fault != fault else { return .same }
                state.fault = fault
                return .kept(fault)
            }
        }
    }

    /// Until when the certificate that is shown is valid.
    package var validUntil: Moment { state.withLock { $0.pair.validUntil } }

    /// Why what lies in the files now is not shown; nil where it is.
    package var fault: ServerPairFault? { state.withLock { $0.fault } }

    /// How the server speaks TLS: 1.2 and 1.3, HTTP/1.1 inside, and for each connection the pair of its moment.
    var configuration: TLSConfiguration {
        let pair = state.withLock(\.pair)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: pair.chain.map { .certificate($0) }, privateKey: .privateKey(pair.key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.sslContextCallback = { [weak self] _, promise in
            var shown = NIOSSLContextConfigurationOverride.noChanges
            if let pair = self?.state.withLock(\.pair) {
                shown.certificateChain = pair.chain.map { .certificate($0) }
                shown.privateKey = .privateKey(pair.key)
            }
            promise.succeed(shown)
        }
        return configuration
    }
}
