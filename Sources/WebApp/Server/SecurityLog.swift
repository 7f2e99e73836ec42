import Accounts
import Crypto
import Hummingbird
import Logging
import Synchronization

/// What becomes known of a request on its way in, for the log that is written on its way out.
package final class RequestTrace: Sendable {
    private let state = Mutex<(client: NetworkAddress?, user: Int64?)>((nil, nil))

    /// Where it comes from.
    package var client: NetworkAddress? { state.withLock { $0.client } }
    /// The number of the account that sends it.
    package var user: Int64? { state.withLock { $0.user } }

    func note(client: NetworkAddress?) { state.withLock { $0.client = client } }
    func note(user: Int64?) { state.withLock { $0.user = user } }
}

/// What was refused, to whom, from where: one line each, so that guessing and spraying are seen while they go on.
///
/// Accounts stand there by their number and names that somebody typed by a keyed hash that lives as long as the program:
/// the same name is seen to be the same, and nobody reads it. The address is whole, unlike in the access log.
enum SecurityLog {
    private static let key = SymmetricKey(size: .bits128)

    /// Writes that a request was refused, where that may be the work of a stranger.
    static func refused(_ kind: ErrorKind, _ context: WebContext, route: String?) {
        switch kind {
        case .forbidden, .staleForm, .tooMany, .unauthorized:
            write("security.refused", ["what": "\(kind.rawValue)", "route": "\(route ?? "-")"], context)
        default: break
        }
    }

    /// Writes what came of an attempt to sign in that was not let in.
    static func signIn(_ outcome: String, name: String, _ context: WebContext) {
        let code = HMAC<SHA256>.authenticationCode(for: Array(name.lowercased().utf8), using: key)
        let hash = Array(code).prefix(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        write("security.sign-in", ["what": "\(outcome)", "name": "\(hash)"], context)
    }

    /// Writes anything else of the kind.
    static func write(_ event: Logger.Message, _ metadata: Logger.Metadata, _ context: WebContext) {
        var metadata = metadata
        metadata["from"] = "\(context.trace.client?.text ?? context.peer)"
        metadata["who"] = "\(context.trace.user.map { "user:\($0)" } ?? "-")"
        context.logger.notice(event, metadata: metadata)
    }
}
