import Postgres
import WorkingDays

/// The same rows into a table of the same form, under a locked head row, and nothing else: no chain, no tables, no file.
final class BareRows {
    private var connection: PostgresConnection
    private var position: Int64 = 0

    init(_ connection: consuming PostgresConnection) { self.connection = connection }

    /// Makes the tables.
    func prepare() throws {
        try connection.command(
            """
            CREATE SCHEMA bare; CREATE TABLE bare.event (LIKE bailanys.event INCLUDING ALL);
            CREATE TABLE bare.head (one boolean PRIMARY KEY DEFAULT true, position bigint NOT NULL);
            INSERT INTO bare.head VALUES (true, 0)
            """)
    }

    /// Inserts a number of rows in one transaction.
    func append(_ stream: String, _ count: Int, _ payload: [UInt8], _ now: Moment) throws {
        let hash = [UInt8](repeating: 7, count: 32)
        try connection.command("BEGIN")
        try connection.run("SELECT position FROM bare.head FOR UPDATE")
        let positions = Array(position + 1...position + Int64(count))
        try connection.run(
            """
            INSERT INTO bare.event
              (position, stream, version, name, occurred_at, recorded_at, actor, payload, previous_hash, hash)
            SELECT a, b, c::integer, d, e, f, g, h, i, j
            FROM unnest(
              $1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::bytea[],
              $9::bytea[], $10::bytea[]) AS r (a, b, c, d, e, f, g, h, i, j)
            RETURNING position
            """,
            [
                .ints(positions), .texts((0..<count).map { "complaint/\(stream)-\($0)" }),
                .ints(Array(repeating: 1, count: count)), .texts(Array(repeating: "complaintRegistered", count: count)),
                .ints(Array(repeating: now.millisecondsSince1970, count: count)),
                .ints(Array(repeating: now.millisecondsSince1970, count: count)),
                .texts(Array(repeating: "timer", count: count)), .manyBytes(Array(repeating: payload, count: count)),
                .manyBytes(Array(repeating: hash, count: count)), .manyBytes(Array(repeating: hash, count: count)),
            ])
        position += Int64(count)
        try connection.run("UPDATE bare.head SET position = $1", [.int(position)])
        try connection.command("COMMIT")
    }
}
