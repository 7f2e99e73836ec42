import Dispatch
import Foundation
import GRDB
import Synchronization

extension Journal {
    /// How many events are read at a time where all of them are.
    static let batch = 2_000

    /// Drops every projection and makes it again from the events, in one transaction.
    /// - Parameter progress: told the position reached, now and then; what it throws leaves all as it was.
    /// - Returns: how many events were read.
    @discardableResult
    package func rebuild(progress: (Int64) throws -> Void = { _ in }) throws -> Int64 {
        try refuseAfterFailure()
        return try withRoom { try pool.write { db in try rebuild(projections, in: db, progress: progress) } }
    }

    /// Rebuilds the projections that are new or whose version has changed.
    ///
    /// What another edition derived and this one does not is forgotten to be up to date: its tables stand still from here
    /// on, and when that edition is back it makes them again.
    func rebuildOutdated() throws {
        let versions = try pool.read { try Self.versions(in: $0) }
        let outdated = projections.filter { versions[$0.name] != $0.version }
        let foreign = Set(versions.keys).subtracting(projections.map(\.name)).sorted()
        if !foreign.isEmpty {
            try pool.write { db in
                for name in foreign {
                    try db.execute(sql: "DELETE FROM projectionState WHERE name = ?", arguments: [name])
                }
            }
        }
        if outdated.isEmpty { return }
        try withRoom {
            try pool.write { db in _ = try rebuild(outdated, in: db, progress: { _ in }) }
        }
    }

    @discardableResult
    func rebuild(_ outdated: [any Projection], in db: Database, progress: (Int64) throws -> Void) throws
        -> Int64
    {
        for projection in outdated {
            for table in projection.tables {
                try db.execute(sql: "DROP TABLE IF EXISTS \(table.quotedDatabaseIdentifier)")
            }
            try projection.create(in: db)
            try db.execute(
                sql: """
                    INSERT INTO projectionState (name, version) VALUES (?, ?)
                    ON CONFLICT (name) DO UPDATE SET version = excluded.version
                    """, arguments: [projection.name, projection.version])
        }
        let store = SQLiteEventStore(db: db)
        var position: Int64 = 0
        var counts = Counts()
        while true {
            let events = try store.events(after: position, limit: Self.batch)
            guard let last = events.last else { return position }
            for run in Self.runs(try Self.read(events, reading)) {
                for projection in outdated { try projection.apply(Array(run), in: db, counting: &counts) }
            }
            try counts.write(in: db)
            position = last.position
            try progress(position)
        }
    }

    /// Gives events their types, on as many threads as there are cores: that takes longer than to write what follows.
    static func read(_ events: [RecordedEvent], _ reading: Reading) throws -> [RecordedEvent] {
        let parts = min(ProcessInfo.processInfo.activeProcessorCount, max(1, events.count / 100))
        let size = (events.count + parts - 1) / parts
        let read = Mutex<[Int: Result<[RecordedEvent], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let events = events.dropFirst(part * size).prefix(size)
            let result = Result { try events.map { $0.read(as: try reading($0)) } }
            read.withLock { $0[part] = result }
        }
        let results = read.withLock { $0 }
        return try (0..<parts).flatMap { try results[$0]?.get() ?? [] }
    }

    /// Events that follow each other in one stream: a new case of an import becomes a finished row at once here as there.
    static func runs(_ events: [RecordedEvent]) -> [ArraySlice<RecordedEvent>] {
        var runs: [ArraySlice<RecordedEvent>] = []
        var start = events.startIndex
        for index in events.indices where index > start && events[index].stream != events[start].stream {
            runs.append(events[start..<index])
            start = index
        }
        if start < events.endIndex { runs.append(events[start...]) }
        return runs
    }

    /// The content of every projection, table by table and row by row, as text that can be compared.
    package func projectionContents() throws -> [String] {
        try pool.read { db in
            var lines: [String] = []
            for projection in projections {
                for table in projection.tables {
                    let rows = try Row.fetchAll(db, sql: "SELECT * FROM \(table.quotedDatabaseIdentifier)")
                    lines += rows.map { row in "\(table) " + row.map { "\($0)=\($1)" }.joined(separator: " ") }.sorted()
                }
            }
            return lines
        }
    }
}
