import CLDAP
import Dispatch
import Synchronization

/// Breaks a connection off that takes too long: the library itself waits without end for a server that accepts and says nothing.
final class DirectoryDeadline: Sendable {
    /// The pointer is touched by whoever holds the lock, and nobody else.
    private struct State: @unchecked Sendable {
        /// Nil once the connection has ended.
        var watch: UnsafeMutablePointer<shim_ldap_watch>?
        var end: ContinuousClock.Instant
    }

    private let state: Mutex<State>

    /// Watches the connection of a handle, which has to be made within so many seconds.
    init(_ ldap: OpaquePointer, seconds: Int32) {
        let watch = UnsafeMutablePointer<shim_ldap_watch>.allocate(capacity: 1)
        watch.initialize(to: shim_ldap_watch())
        // Where the option is not known, the library's own limits are left.
        _ = shim_ldap_begin_watch(ldap, watch)
        state = Mutex(State(watch: watch, end: .now + .seconds(Int(seconds))))
        look()
    }

    /// Gives the next operation so many seconds.
    func extend(seconds: Int32) { state.withLock { $0.end = .now + .seconds(Int(seconds)) } }

    /// Ends the watch, once its handle is gone.
    func end() {
        state.withLock { state in
            guard let watch = state.watch else { return }
            shim_ldap_end_watch(watch)
            watch.deinitialize(count: 1)
            watch.deallocate()
            state.watch = nil
        }
    }

    private func look() {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(250)) { [self] in
            let goesOn = state.withLock { state in
                guard let watch = state.watch else { return false }
                if ContinuousClock.now > state.end { shim_ldap_break(watch) }
                return true
            }
            if goesOn { look() }
        }
    }
}
