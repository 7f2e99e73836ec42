import GRDB
import Journal
import Rulebook
import WorkingDays

extension Casework {
    /// Records the breach of every running clock whose date has passed, each once; run after every midnight.
    ///
    /// A duty is in time until the end of its last day, local time.
    /// - Returns: how many breaches were recorded.
    @discardableResult
    package func recordBreaches(at now: Moment, by actor: Actor = .timer) async throws -> Int {
        let today = today(now)
        var recorded = 0
        while true {
            let batch = try await transact(by: actor, at: now) { [self] session in
                try recordBreaches(asOf: today, limit: 200, in: session)
            }
            recorded += batch
            if batch == 0 { return recorded }
        }
    }

    private func recordBreaches(asOf today: CivilDate, limit: Int, in session: CaseSession) throws -> Int {
        let streams = try String.fetchAll(
            session.db,
            sql: """
                SELECT DISTINCT stream FROM clock
                WHERE endedOn IS NULL AND status = 'running' AND due < ? ORDER BY stream LIMIT ?
                """, arguments: [today.description, limit])
        var recorded = 0
        for stream in streams.map({ StreamID($0) }) {
            var clocks = CaseClocks()
            let events = try session.transaction.events(of: stream)
            for event in events { clocks.apply(try catalogue.read(event).changes) }
            let breaches = clocks.breaches(asOf: today, at: session.now)
            guard !breaches.isEmpty else { continue }
            try session.append(.termBreached, changes: breaches, to: stream, expecting: events.count)
            recorded += breaches.count
        }
        return recorded
    }
}
