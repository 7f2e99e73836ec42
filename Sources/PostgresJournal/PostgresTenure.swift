import Foundation
import Journal
import Synchronization

/// The time in which a node is the one that writes: taken, renewed by a thread of its own, given up in the end.
///
/// By its own clock it is over before any other node can take it: the time is counted from before the server was asked. What is
/// recorded needs none of this, since the server refuses a former node by its fence; what leaves the house does.
package final class PostgresTenure: Sendable {
    private struct State {
        var until: ContinuousClock.Instant
        var successor: String?
        var isOver = false
    }

    private let authority: PostgresAuthority
    private let time: Duration
    private let state: Mutex<State>

    /// How long a node holds the writing that is not heard of any more.
    package static let usual: Duration = .seconds(15)

    /// Takes the writing for a node.
    /// - Throws: `JournalError.deposed` with the name of the node that holds it; `JournalError.unavailable`.
    package init(of authority: PostgresAuthority, for node: String, time: Duration = PostgresTenure.usual) throws {
        self.authority = authority
        self.time = time
        let start = ContinuousClock.now
        if let holder = try authority.takeLease(for: node, time: time) { throw JournalError.deposed(by: holder) }
        state = Mutex(State(until: start.advanced(by: time)))
        let thread = Thread { [weak self] in
            while let self, self.isWanted {
                self.renew()
                self.rest()
            }
        }
        thread.name = "bailanys-tenure"
        thread.start()
    }

    /// Whether this node is certainly the one that writes, so that something may leave the house.
    package var isCertain: Bool { state.withLock { $0.successor == nil && ContinuousClock.now < $0.until } }

    /// The node that has taken over; nil where none has.
    package var successor: String? { state.withLock { $0.successor } }

    /// Gives the writing up.
    /// - Throws: `JournalError.unavailable`; another node then waits until the time is past.
    package func end() throws {
        state.withLock { $0.isOver = true }
        try authority.releaseLease()
    }

    private var isWanted: Bool { state.withLock { !$0.isOver && $0.successor == nil } }

    private func renew() {
        let start = ContinuousClock.now
        do {
            try authority.renewLease(time: time)
            state.withLock { $0.until = start.advanced(by: time) }
        } catch JournalError.deposed(let successor) {
            state.withLock { $0.successor = successor }
        } catch {
            // The server is not to be reached: the time runs on, and is asked for again.
        }
    }

    private func rest() {
        // In short parts, so that the thread ends soon after it is not wanted any more.
        let end = ContinuousClock.now.advanced(by: time / 5)
        while ContinuousClock.now < end, isWanted { authority.pause(.milliseconds(50)) }
    }
}
