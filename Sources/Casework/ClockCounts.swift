import GRDB
import Journal
import WorkingDays

/// How many clocks fall due in a month, by body and how they stand: kept with the rows of `clock`, so that statistics cost
/// what the months and bodies are, not what the years hold. And the indexes of the worklists.
enum ClockCounts {
    /// Clocks that were not cancelled.
    static let byMonth = CountTable("clockCount", "month", "body", "isTarget", "status")

    /// Worklists choose by columns of their index alone; only the rows that are shown are looked up. What is open is little
    /// at a time, so its indexes are wide.
    static let indexes = """
        CREATE INDEX clockOpen ON clock (due, stream, rule, status, force, body, owner, breachedOn, endedOn)
          WHERE endedOn IS NULL;
        CREATE INDEX clockOpenByStatus ON clock (status, due, stream, rule, force, body, owner, breachedOn, endedOn)
          WHERE endedOn IS NULL;
        CREATE INDEX clockByDue ON clock (due, stream, rule, status, body, breachedOn);
        CREATE INDEX clockLate ON clock (due, stream, rule, status, force, endedOn, body, owner, breachedOn)
          WHERE breachedOn IS NOT NULL;
        CREATE INDEX clockByBody ON clock (body, due, status, force, owner, endedOn)
          WHERE status = 'breached' OR endedOn IS NULL;
        CREATE INDEX clockFlagged ON clock (due, isFlagged, flaggedLapses) WHERE isFlagged OR flaggedLapses <> '';
        """

    /// Counts a clock, or takes it out again.
    static func add(
        _ number: Int, due: String, body: String?, force: String?, status: String, to counts: inout Counts
    ) {
        guard status != "cancelled" else { return }
        counts.add(
            number, to: byMonth,
            [String(due.prefix(7)), body ?? "", force == "internal-target" ? "1" : "0", status])
    }

    /// Counts the clocks of a case as the table has them, or takes them out again.
    static func add(_ number: Int, of stream: StreamID, in db: Database, to counts: inout Counts) throws {
        let statement = try db.cachedStatement(sql: "SELECT due, body, force, status FROM clock WHERE stream = ?")
        let rows = try Row.fetchCursor(statement, arguments: [stream.rawValue])
        while let row = try rows.next() {
            add(number, due: row[0], body: row[1], force: row[2], status: row[3], to: &counts)
        }
    }
}
