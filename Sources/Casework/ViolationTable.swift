import GRDB
import Journal
import Rulebook
import WorkingDays

/// The table of the ledger of violations; it is kept by the board of clocks, in the transaction that finds a clock late.
enum ViolationTable {
    static let name = "violation"

    /// How many entries there are by kind of case, month in which they count, body, and where they stand.
    static let counts = CountTable("violationCount", "kind", "month", "body", "state")

    /// Lists choose within an index by month, by state, by body; a case finds its own by the key.
    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE violation (
                  id TEXT NOT NULL PRIMARY KEY, stream TEXT NOT NULL, rule TEXT NOT NULL, mark TEXT NOT NULL,
                  owner TEXT NOT NULL, body TEXT, service TEXT, dayZero TEXT NOT NULL, term TEXT NOT NULL,
                  due TEXT NOT NULL, proof TEXT NOT NULL, noticedOn TEXT NOT NULL, endedOn TEXT, lapsedOn TEXT,
                  isCurrent INTEGER NOT NULL, ground TEXT NOT NULL, loss TEXT, lostIn INTEGER,
                  isExcuse INTEGER, decisionGround TEXT, decidedOn TEXT, decisionEntry INTEGER,
                  isClosed INTEGER NOT NULL, toldOn TEXT, replyBy TEXT, repliedOn TEXT, isReplyLate INTEGER NOT NULL,
                  -- What the lists choose by: `Violation.state`, and the first day past the last one.
                  state TEXT NOT NULL, violatedOn TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX violationByCase ON violation (stream, rule);
                CREATE INDEX violationByDay ON violation (violatedOn, id, state, body, rule, stream);
                CREATE INDEX violationByState ON violation (state, violatedOn, id, body, rule, stream);
                CREATE INDEX violationByBody ON violation (body, violatedOn, id, state, rule, stream);
                """)
        try counts.create(in: db)
    }

    /// The entries of a clock.
    static func fetch(_ rule: String, of stream: StreamID, in db: Database) throws -> [Violation] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM violation WHERE stream = ? AND rule = ? ORDER BY noticedOn, id")
        return try Row.fetchAll(statement, arguments: [stream.rawValue, rule]).map { try Violation($0) }
    }

    /// Puts entries into the place of those that were there, and counts them.
    static func replace(
        _ before: [Violation], by after: [Violation], in db: Database, counting counts: inout Counts
    ) throws {
        guard before != after else { return }
        for entry in before { entry.count(-1, in: &counts) }
        for entry in after {
            entry.count(1, in: &counts)
            if !before.contains(entry) { try entry.save(in: db) }
        }
    }
}

extension Violation {
    fileprivate func count(_ number: Int, in counts: inout Counts) {
        counts.add(
            number, to: ViolationTable.counts,
            [stream.kind, CivilMonth(violatedOn).description, body ?? "", state.rawValue])
    }

    private static let replacement = """
        REPLACE INTO violation (id, stream, rule, mark, owner, body, service, dayZero, term, due, proof, noticedOn, endedOn,
          lapsedOn, isCurrent, ground, loss, lostIn, isExcuse, decisionGround, decidedOn, decisionEntry, isClosed, toldOn,
          replyBy, repliedOn, isReplyLate, state, violatedOn)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    fileprivate func save(in db: Database) throws {
        let statement = try db.cachedStatement(sql: Self.replacement)
        try statement.execute(arguments: [
            id.description, stream.rawValue, rule, mark.description, owner.rawValue, body, service,
            dayZero.description, term.description, due.description, proof, noticedOn.description,
            endedOn?.description, lapsedOn?.description, isCurrent, ground.rawValue, loss?.rawValue, lostIn,
            decision?.isExcuse, decision?.ground, decision?.decidedOn.description, decision?.entry, isClosed,
            toldOn?.description, replyBy?.description, repliedOn?.description, isReplyLate, state.rawValue,
            violatedOn.description,
        ])
    }

    init(_ row: Row) throws {
        stream = StreamID(row["stream"] as String)
        rule = row["rule"]
        mark = try row.date("mark")
        owner = try row.value("owner")
        body = row["body"]
        service = row["service"]
        dayZero = try row.date("dayZero")
        term = try row.term("term")
        due = try row.date("due")
        proof = row["proof"]
        noticedOn = try row.date("noticedOn")
        endedOn = try row.optionalDate("endedOn")
        lapsedOn = try row.optionalDate("lapsedOn")
        isCurrent = row["isCurrent"]
        ground = try row.value("ground")
        if (row["loss"] as String?) != nil { loss = try row.value("loss") }
        lostIn = row["lostIn"]
        if let decidedOn = try row.optionalDate("decidedOn") {
            decision = Decision(
                isExcuse: row["isExcuse"], ground: row["decisionGround"], decidedOn: decidedOn,
                entry: row["decisionEntry"])
        }
        isClosed = row["isClosed"]
        toldOn = try row.optionalDate("toldOn")
        replyBy = try row.optionalDate("replyBy")
        repliedOn = try row.optionalDate("repliedOn")
        isReplyLate = row["isReplyLate"]
    }
}
