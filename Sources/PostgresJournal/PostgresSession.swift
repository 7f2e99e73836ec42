import Journal
import Postgres
import WorkingDays

/// One transaction on the server: it holds the lock of the head, or only reads.
package final class PostgresSession: AuthoritySession {
    /// See `AuthoritySession`.
    package let begun: AuthorityHead
    /// The fence that stood when this began.
    let fence: Int64
    let authority: PostgresAuthority
    private var line: PostgresLine?
    /// The end of the journal with what was appended here.
    private(set) var current: JournalHead
    private var ordinal: Int64
    /// The number of the last row beside the events that was written here.
    var lastOrdinal: Int64 { ordinal }
    /// The links of what was read last, since who reads events in order asks for each of them.
    private var links: [Int64: (previous: [UInt8], hash: [UInt8])] = [:]

    static let read = "SELECT journal, position, hash, beside, fence FROM bailanys.head"
    static let lock = read + " FOR UPDATE"

    /// Begins a transaction and reads the head.
    init(
        _ line: PostgresLine, _ authority: PostgresAuthority, _ begin: String, _ head: String
    ) throws(JournalError) {
        do {
            try line.connection.command(begin)
            let row = try line.connection.run(head)
            let last = JournalHead(position: try row.int(0, 1), hash: try row.bytes(0, 2))
            begun = AuthorityHead(journal: try row.bytes(0, 0), head: last, beside: try row.int(0, 3))
            fence = try row.int(0, 4)
            current = last
            ordinal = begun.beside
        } catch {
            throw .unavailable(reason: "\(error)")
        }
        self.authority = authority
        self.line = line
    }

    deinit { end() }

    /// Asks the server; what it refuses or does not answer is certainly not recorded.
    func ask<Value>(
        _ sql: String, _ parameters: [PostgresValue] = [],
        _ read: (borrowing PostgresResult) throws(PostgresError) -> Value
    ) throws -> Value {
        guard let line else { throw JournalError.unavailable(reason: "the session has ended") }
        do {
            let result = try line.connection.run(sql, parameters)
            return try read(result)
        } catch let error where error.sqlState == "23505" {
            throw error
        } catch {
            throw JournalError.unavailable(reason: "\(error)")
        }
    }

    /// Takes the connection away, for the end.
    func takeLine() -> PostgresLine? {
        defer { line = nil }
        return line
    }

    /// See `AuthoritySession`.
    package func end() {
        guard let line = takeLine() else { return }
        do {
            try line.connection.command("ROLLBACK")
            authority.giveBack(line)
        } catch {
            // The server undoes by itself what a connection leaves that ends.
        }
    }

    // MARK: Reading

    /// See `EventStore`.
    package func head() throws -> JournalHead { current }

    /// See `EventStore`.
    package func events(of stream: StreamID) throws -> [RecordedEvent] {
        try ask(Self.columns + " WHERE stream = $1 ORDER BY version", [.text(stream.rawValue)], Self.linked).map(
            \.event)
    }

    /// See `EventStore`.
    package func events(after position: Int64, limit: Int) throws -> [RecordedEvent] {
        let found = try linked(after: position, limit: limit)
        links = Dictionary(uniqueKeysWithValues: found.map { ($0.event.position, ($0.previous, $0.hash)) })
        return found.map(\.event)
    }

    /// See `AuthoritySession`.
    package func linked(after position: Int64, limit: Int) throws -> [LinkedEvent] {
        try ask(
            Self.columns + " WHERE position > $1 ORDER BY position LIMIT $2", [.int(position), .int(Int64(limit))],
            Self.linked)
    }

    /// See `EventStore`.
    package func link(at position: Int64) throws -> (previous: [UInt8], hash: [UInt8])? {
        if let known = links[position] { return known }
        return try ask("SELECT previous_hash, hash FROM bailanys.event WHERE position = $1", [.int(position)]) {
            rows throws(PostgresError) in rows.count == 0 ? nil : (try rows.bytes(0, 0), try rows.bytes(0, 1))
        }
    }

    /// See `AuthoritySession`.
    package func beside(after ordinal: Int64, limit: Int) throws -> (rows: [BesideRow], last: Int64) {
        try ask(
            """
            SELECT "table", key, content, ordinal FROM bailanys.beside WHERE ordinal > $1 ORDER BY ordinal LIMIT $2
            """, [.int(ordinal), .int(Int64(min(limit, 200)))]
        ) { rows throws(PostgresError) in
            var found: [BesideRow] = []
            var last = ordinal
            for row in 0..<rows.count {
                found.append(
                    BesideRow(
                        table: try rows.text(row, 0), key: try rows.text(row, 1), row: try rows.bytesOrNil(row, 2)))
                last = try rows.int(row, 3)
            }
            return (found, last)
        }
    }

    private static let columns = """
        SELECT position, stream, version, name, occurred_at, recorded_at, actor, payload, previous_hash, hash
        FROM bailanys.event
        """

    private static func linked(_ rows: borrowing PostgresResult) throws(PostgresError) -> [LinkedEvent] {
        var found: [LinkedEvent] = []
        found.reserveCapacity(rows.count)
        for row in 0..<rows.count {
            let event = RecordedEvent(
                position: try rows.int(row, 0), stream: StreamID(try rows.text(row, 1)),
                version: Int(try rows.int(row, 2)), name: try rows.text(row, 3),
                occurredAt: Moment(millisecondsSince1970: try rows.int(row, 4)),
                recordedAt: Moment(millisecondsSince1970: try rows.int(row, 5)), actor: Actor(try rows.text(row, 6)),
                payload: try rows.bytes(row, 7))
            found.append(LinkedEvent(event: event, previous: try rows.bytes(row, 8), hash: try rows.bytes(row, 9)))
        }
        return found
    }

    // MARK: Appending

    /// See `EventStore`.
    package func append(_ event: RecordedEvent, previous: [UInt8], hash: [UInt8]) throws {
        try append([LinkedEvent(event: event, previous: previous, hash: hash)])
    }

    /// See `AuthoritySession`. The head moves only from where the first event follows it, so that nothing is left out and nothing
    /// comes twice, whatever the caller believed.
    package func append(_ events: [LinkedEvent]) throws {
        guard let first = events.first, let last = events.last else { return }
        let all = events.map(\.event)
        let moved: Int64
        do {
            moved = try ask(
                Self.insertion,
                [
                    .ints(all.map(\.position)), .texts(all.map(\.stream.rawValue)),
                    .ints(all.map { Int64($0.version) }),
                    .texts(all.map(\.name)), .ints(all.map(\.occurredAt.millisecondsSince1970)),
                    .ints(all.map(\.recordedAt.millisecondsSince1970)), .texts(all.map(\.actor.rawValue)),
                    .manyBytes(all.map(\.payload)), .manyBytes(events.map(\.previous)), .manyBytes(events.map(\.hash)),
                    .int(last.event.position), .bytes(last.hash), .int(first.event.position - 1),
                    .bytes(first.previous),
                ]
            ) { rows throws(PostgresError) in try rows.int(0, 0) }
        } catch is PostgresError {
            throw JournalError.conflict(stream: first.event.stream, expected: first.event.version - 1)
        }
        guard moved == 1 else {
            throw JournalError.brokenChain(
                position: first.event.position, reason: "it does not follow the head that the server has")
        }
        current = JournalHead(position: last.event.position, hash: last.hash)
    }

    private static let insertion = """
        WITH moved AS (
          UPDATE bailanys.head SET position = $11, hash = $12 WHERE position = $13 AND hash = $14 RETURNING 1
        ), added AS (
          INSERT INTO bailanys.event
            (position, stream, version, name, occurred_at, recorded_at, actor, payload, previous_hash, hash)
          SELECT a, b, c::integer, d, e, f, g, h, i, j
          FROM moved, unnest(
            $1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::bytea[],
            $9::bytea[], $10::bytea[]) AS r (a, b, c, d, e, f, g, h, i, j)
          RETURNING 1
        )
        SELECT (SELECT count(*) FROM moved), (SELECT count(*) FROM added), pg_notify('bailanys', '')
        """

    /// See `AuthoritySession`.
    package func write(_ rows: [BesideRow]) throws -> Int64 {
        if rows.isEmpty { return ordinal }
        let last = ordinal + Int64(rows.count)
        try ask(
            """
            WITH moved AS (UPDATE bailanys.head SET beside = $5 RETURNING 1)
            INSERT INTO bailanys.beside ("table", key, ordinal, content)
            SELECT a, b, c, d FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[]) AS r (a, b, c, d)
            ON CONFLICT ("table", key) DO UPDATE SET ordinal = excluded.ordinal, content = excluded.content
            """,
            [
                .texts(rows.map(\.table)), .texts(rows.map(\.key)), .ints(Array(ordinal + 1...last)),
                .manyBytes(rows.map(\.row)), .int(last),
            ]
        ) { _ throws(PostgresError) in }
        ordinal = last
        return last
    }
}
