import Synchronization
import WorkingDays

/// The sessions of the last moments, so that not every request reads three tables to learn who sends it.
///
/// It forgets everything as soon as anything of an account, a credential or a session changes; what is signed out, revoked
/// or closed opens nothing any more. In memory only.
final class SessionMemory: Sendable {
    /// What is known of a session.
    struct Known: Sendable {
        let session: StoredSession
        let person: Credential
        let account: Account
    }

    private struct State {
        /// How often something has changed.
        var edition = 0
        var known: [[UInt8]: Known] = [:]
    }

    private static let most = 1_000
    private let state = Mutex(State())

    /// What is known of the session with a digest, and the edition to keep it with if it has to be read.
    func known(_ digest: [UInt8]) -> (Known?, edition: Int) { state.withLock { ($0.known[digest], $0.edition) } }

    /// Keeps what was read, unless something has changed since the reading began.
    func keep(_ known: Known, for digest: [UInt8], edition: Int) {
        state.withLock { state in
            guard state.edition == edition else { return }
            if state.known.count >= Self.most { state.known.removeAll(keepingCapacity: true) }
            state.known[digest] = known
        }
    }

    /// Forgets everything: something has changed.
    func forget() {
        state.withLock { state in
            state.edition += 1
            state.known.removeAll(keepingCapacity: true)
        }
    }
}
