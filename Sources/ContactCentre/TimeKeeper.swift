import Casework
import Foundation
import Journal
import Synchronization
import WorkingDays

/// Asks both clocks of the machine, and remembers across starts what they said.
package final class TimeKeeper: Sendable {
    private struct State {
        var line: TimeLine?
        /// When the line was last written to its file, by the steady clock.
        var keptAt: Int64 = 0
    }

    private let path: String
    private let environment: CentreEnvironment
    private let state: Mutex<State>

    /// How often the line is kept, in milliseconds.
    private static let interval: Int64 = 60_000

    /// Looks at the clocks at a start.
    /// - Parameters:
    ///   - path: where the line is kept; a file that may be missing.
    ///   - lastEvent: when the journal's last event was recorded.
    ///   - mayRest: whether a rest of any length is usual here, as in a demonstration.
    init(path: String, lastEvent: Moment?, mayRest: Bool, environment: CentreEnvironment) {
        self.path = path
        self.environment = environment
        var line: TimeLine?
        if let steady = environment.steady() {
            let now = environment.now()
            // A file that is missing or is no line says nothing; the journal's last event is asked then.
            let seen = FileManager.default.contents(atPath: path).flatMap {
                try? JSONDecoder().decode(TimeLine.self, from: $0)
            }
            let isSameBoot = seen?.steady.boot == steady.boot
            line =
                mayRest && !isSameBoot
                ? TimeLine(believing: now, at: steady)
                : TimeLine(startedAt: now, steady, after: seen, lastEvent: lastEvent)
        }
        state = Mutex(State(line: line))
        keep()
    }

    /// What the clock is worth now.
    package func standing() -> TimeStanding {
        state.withLock { state in
            let now = environment.now()
            guard let steady = environment.steady(), let standing = state.line?.read(now, steady) else {
                return .trusted(now)
            }
            if steady.milliseconds - state.keptAt >= Self.interval { keep(state.line, steady, &state) }
            return standing
        }
    }

    /// Believes the clock as it is; a person has looked at it.
    func believe() {
        state.withLock { state in
            guard let steady = environment.steady() else { return }
            state.line = TimeLine(believing: environment.now(), at: steady)
            keep(state.line, steady, &state)
        }
    }

    /// Writes down how far the clocks have come: at a start, before anything is recorded, and at a stop.
    func keep() {
        _ = standing()
        state.withLock { state in
            guard let steady = environment.steady() else { return }
            keep(state.line, steady, &state)
        }
    }

    private func keep(_ line: TimeLine?, _ steady: SteadyReading, _ state: inout State) {
        state.keptAt = steady.milliseconds
        // What cannot be kept is not known at the next start, which then asks the journal's last event; a full disk is told
        // by the stores.
        guard let line, let bytes = try? JSONEncoder().encode(line) else { return }
        try? bytes.write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
