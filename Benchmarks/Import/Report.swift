import Casework
import Complaints
import ContactCentre
import Forms
import Foundation
import GRDBSQLite
import Journal
import Reporting
import WorkingDays

/// The same aggregation as the report's numbers, as statements of SQL and nothing else, through the C interface.
struct BareReport {
    let connection: Connection
    let first: String
    let last: String
    let dueFrom: String
    let dueThrough: String

    init(path: String, month: CivilMonth) throws {
        connection = try Connection(path)
        (first, last) = (month.first.description, month.last.description)
        (dueFrom, dueThrough) = (month.first.adding(days: -1).description, month.last.adding(days: -1).description)
    }

    private func each(_ sql: String, _ row: (OpaquePointer) -> Void = { _ in }) throws {
        let filled = sql.replacingOccurrences(of: ":first", with: "'\(first)'")
            .replacingOccurrences(of: ":last", with: "'\(last)'").replacingOccurrences(
                of: ":dueFrom", with: "'\(dueFrom)'"
            )
            .replacingOccurrences(of: ":dueThrough", with: "'\(dueThrough)'")
        let statement = try connection.prepare(filled)
        defer { sqlite3_finalize(statement) }
        while sqlite3_step(statement) == SQLITE_ROW { row(statement) }
    }

    /// The numbers of items 1-5 and the balance.
    func figures() throws -> [Int] {
        var numbers: [Int] = []
        func count(_ condition: String) throws {
            try each("SELECT count(*) FROM complaint WHERE \(condition)") {
                numbers.append(Int(sqlite3_column_int64($0, 0)))
            }
        }
        try each(
            "SELECT (SELECT count(*) FROM complaint WHERE closedOn IS NULL AND filedOn < :first) + (SELECT count(*) FROM complaint WHERE closedOn >= :first AND filedOn < :first)"
        ) { numbers.append(Int(sqlite3_column_int64($0, 0))) }
        try count("filedOn BETWEEN :first AND :last")
        try count("closedOn BETWEEN :first AND :last")
        try each(
            "SELECT (SELECT count(*) FROM complaint WHERE closedOn IS NULL AND filedOn <= :last) + (SELECT count(*) FROM complaint WHERE closedOn > :last AND filedOn <= :last)"
        ) { numbers.append(Int(sqlite3_column_int64($0, 0))) }
        try count("filedOn BETWEEN :first AND :last AND channel = 'forum'")
        try count("closedOn BETWEEN :first AND :last AND status = 'answered' AND closedOn <= dueOn")
        try count("closedOn BETWEEN :first AND :last AND status = 'answered' AND closedOn > dueOn")
        let violations = """
            SELECT bodyKind, body FROM complaint WHERE closedOn IS NULL AND dueOn BETWEEN :dueFrom AND :dueThrough UNION ALL
            SELECT bodyKind, body FROM complaint WHERE closedOn > :dueFrom AND closedOn > dueOn AND dueOn BETWEEN :dueFrom AND :dueThrough
            """
        var late = 0
        try each("SELECT bodyKind, body, count(*) FROM (\(violations)) GROUP BY bodyKind, body") {
            late += Int(sqlite3_column_int64($0, 2))
        }
        numbers.append(late)
        try each(
            "SELECT (SELECT count(*) FROM complaint WHERE closedOn IS NULL AND dueOn < :dueFrom) + (SELECT count(*) FROM complaint WHERE closedOn > :last AND dueOn < :dueFrom)"
        ) { numbers.append(Int(sqlite3_column_int64($0, 0))) }
        for sql in [
            "SELECT service, count(*) FROM complaint WHERE filedOn BETWEEN :first AND :last AND kind IN ('order', 'standard') GROUP BY service",
            "SELECT bodyKind, count(*) FROM complaint WHERE filedOn BETWEEN :first AND :last AND kind = 'employees' GROUP BY bodyKind",
        ] {
            var sum = 0
            try each(sql) { sum += Int(sqlite3_column_int64($0, 1)) }
            numbers.append(sum)
        }
        try each(
            "SELECT registeredOn, closedOn, count(*) FROM complaint WHERE closedOn BETWEEN :first AND :last AND status = 'answered' GROUP BY registeredOn, closedOn"
        )
        return numbers
    }
}

/// Measures the numbers of §18 over the complaints of a data folder against the bare aggregation, alternately.
func benchReport(_ data: String) async throws {
    let centre = try await openCentre(data)
    guard let month = CivilMonth("2026-08") else { return }
    let calendar = try centre.journal.readNow { try centre.casework.calendars.calendar(in: $0) }
    let total = try centre.journal.readNow { try ComplaintRecord.count(ComplaintFilter(), in: $0) }
    let bare = try BareReport(path: data + "/journal.db", month: month)
    var (ours, theirs): ([Double], [Double]) = ([], [])
    for round in 0..<7 {
        var figures: FormFigures?
        let own = try seconds {
            figures = try centre.journal.readNow {
                try centre.reports.monthly.form.figures(.month(month), calendar: calendar, in: $0)
            }
        }
        var numbers: [Int] = []
        let other = try seconds { numbers = try bare.figures() }
        guard let figures else { return }
        let same = [
            "opening", "received", "closed", "closing", "forum", "withinTerm", "pastTerm", "violations",
            "overdueFromEarlier", "orderAndStandard", "employees",
        ].map { figures[$0] ?? -1 }
        guard same == numbers else {
            print("the numbers differ: \(same) and \(numbers)")
            exit(1)
        }
        // The first round warms the cache.
        if round > 0 { (ours, theirs) = (ours + [own], theirs + [other]) }
    }
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    print(
        "report of \(month) over \(total) complaints: \(format(median(ours) * 1_000, 1)) ms, bare SQL \(format(median(theirs) * 1_000, 1)) ms, ratio \(format(median(ours) / median(theirs))) (at most 1.5)"
    )
    try centre.close()
}
