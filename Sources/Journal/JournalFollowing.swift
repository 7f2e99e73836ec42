import CanonicalJSON
import Foundation
import GRDB
import Stores

/// How the file of a node follows the engine that acknowledges: by position and hash, and by the number of the last row beside.
struct JournalFollowing: Sendable {
    let projections: [any Projection]
    let reading: Journal.Reading
    let beside: [BesideTable]

    // MARK: What the file knows of the engine

    /// Whether a file follows an engine.
    static func isFollower(_ db: Database) throws -> Bool { try db.tableExists("nodeState") }

    /// Whether a file that follows has never been brought up to the engine.
    static func begins(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM nodeState)") ?? true
    }

    /// Makes the file one that follows, and has the connection note which rows beside the events change.
    func prepare(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS nodeState (
                  one INTEGER PRIMARY KEY CHECK (one = 1), journal BLOB NOT NULL, beside INTEGER NOT NULL
                ) STRICT;
                CREATE TEMP TABLE IF NOT EXISTS besideChange (name TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (name, key))
                  WITHOUT ROWID;
                """)
        let begins = try Self.begins(db)
        for table in beside {
            try table.create(db)
            for (verb, row) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
                try db.execute(
                    sql: """
                        CREATE TEMP TRIGGER IF NOT EXISTS note_\(verb)_\(table.name) AFTER \(verb) ON main.\(table.name)
                        BEGIN
                          INSERT INTO besideChange SELECT '\(table.name)', \(row).\(table.key)
                          WHERE NOT EXISTS (
                            SELECT 1 FROM besideChange WHERE name = '\(table.name)' AND key = \(row).\(table.key));
                        END
                        """)
            }
            // What stood here before the file followed goes along with its first commit.
            if begins {
                try db.execute(
                    sql: "INSERT INTO besideChange SELECT '\(table.name)', \(table.key) FROM main.\(table.name)")
            }
        }
    }

    // MARK: Catching up

    /// Brings the file up to what the session sees, in the caller's transaction.
    /// - Returns: how many events came.
    /// - Throws: `JournalError.otherTimeline` where the last event here is not in the journal there;
    ///   `JournalError.otherJournal`; `JournalError.brokenChain`.
    @discardableResult
    func follow(_ session: any AuthoritySession, in db: Database) throws -> Int {
        let store = SQLiteEventStore(db: db)
        let target = session.begun
        var head = try store.head()
        let state = try Row.fetchOne(db.cachedStatement(sql: "SELECT journal, beside FROM nodeState"))
        if let state, [UInt8](state[0] as Data) != target.journal { throw JournalError.otherJournal }
        let seen: Int64 = state?[1] ?? 0
        if head == target.head, seen == target.beside, state != nil { return 0 }
        try requireCommon(head, session)
        var count = 0
        var counts = Counts()
        var writer = JSONWriter(capacity: 1024)
        while head.position < target.head.position {
            let events = try session.linked(after: head.position, limit: Journal.batch)
            guard !events.isEmpty else { break }
            for linked in events {
                head = try Self.check(linked, after: head, using: &writer)
                try store.append(linked.event, previous: linked.previous, hash: linked.hash)
            }
            for run in Journal.runs(try Journal.read(events.map(\.event), reading)) {
                for projection in projections { try projection.apply(Array(run), in: db, counting: &counts) }
            }
            try counts.write(in: db)
            count += events.count
        }
        guard head == target.head else {
            throw JournalError.brokenChain(position: head.position + 1, reason: "the server's head is another")
        }
        try takeBeside(session, after: seen, through: target.beside, in: db)
        try keep(target.journal, beside: target.beside, in: db)
        return count
    }

    private static func check(
        _ linked: LinkedEvent, after head: JournalHead, using writer: inout JSONWriter
    ) throws -> JournalHead {
        let position = head.position + 1
        guard linked.event.position == position, linked.previous == head.hash else {
            throw JournalError.brokenChain(position: position, reason: "it does not follow the event before it")
        }
        guard EventLink.hash(linked.event, after: head.hash, using: &writer) == linked.hash else {
            throw JournalError.brokenChain(position: position, reason: "its content does not match its hash")
        }
        return JournalHead(position: position, hash: linked.hash)
    }

    /// - Throws: `JournalError.otherTimeline` where the last event here is not in the journal there.
    private func requireCommon(_ head: JournalHead, _ session: any AuthoritySession) throws {
        if head.position == 0 { return }
        if head.position <= session.begun.head.position, try session.link(at: head.position)?.hash == head.hash {
            return
        }
        throw JournalError.otherTimeline(position: head.position)
    }

    // MARK: What stands beside the events

    private func takeBeside(
        _ session: any AuthoritySession, after first: Int64, through last: Int64, in db: Database
    ) throws {
        var seen = first
        while seen < last {
            let (rows, reached) = try session.beside(after: seen, limit: Journal.batch)
            if rows.isEmpty { break }
            for row in rows {
                // A table that a later edition has is left to it.
                guard let table = beside.first(where: { $0.name == row.table }) else { continue }
                try StoreDump.put(row.row, into: table.name, key: table.key, row.key, in: db)
                try db.execute(
                    sql: "DELETE FROM temp.besideChange WHERE name = ? AND key = ?", arguments: [row.table, row.key])
            }
            seen = reached
        }
    }

    /// Writes the rows beside the events that changed here.
    /// - Returns: whether there were any.
    func handOverBeside(to session: any AuthoritySession, in db: Database) throws -> Bool {
        let changes = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT name, key FROM temp.besideChange ORDER BY name, key"))
        if changes.isEmpty { return false }
        let rows = try changes.compactMap { change -> BesideRow? in
            guard let table = beside.first(where: { $0.name == change[0] as String }) else { return nil }
            let key: String = change[1]
            return BesideRow(
                table: table.name, key: key, row: try StoreDump.row(of: table.name, key: table.key, key, in: db))
        }
        // In parts: a document may be megabytes.
        var last = session.begun.beside
        for start in stride(from: 0, to: rows.count, by: 100) {
            last = try session.write(Array(rows[start..<min(start + 100, rows.count)]))
        }
        try db.execute(sql: "DELETE FROM temp.besideChange")
        try keep(session.begun.journal, beside: last, in: db)
        return true
    }

    private func keep(_ journal: [UInt8], beside: Int64, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO nodeState VALUES (1, ?, ?)
                ON CONFLICT (one) DO UPDATE SET journal = excluded.journal, beside = excluded.beside
                """, arguments: [Data(journal), beside])
    }
}
