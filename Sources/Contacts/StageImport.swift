import CSV
import Casework
import Crypto
import GRDB
import Journal
import WorkingDays

/// What came of an import of stage data.
package struct StageImportReport: Codable, Hashable, Sendable {
    /// How many lines were taken in.
    package var taken = 0
    /// Whether this file had been taken in before, so that nothing was done.
    package var isKnown = false
    /// What is wrong with lines that were left out, each with its line.
    package var refused: [String] = []
}

/// The import of stage data and the lookup in it.
package struct StageDesk: Sendable {
    /// The columns of the table.
    package static let columns = ["number", "service", "stage", "date", "body"]
    /// How many lines one event holds at most.
    static let batch = 1_000

    /// The loop of all cases.
    package let casework: Casework
    /// Turns the number of an application into its keyed hash.
    package let hash: @Sendable (String) -> String

    /// A desk over casework.
    package init(casework: Casework, hash: @escaping @Sendable (String) -> String) {
        self.casework = casework
        self.hash = hash
    }

    /// What is known of an application by its number, and whether there is any stage data at all.
    package func find(_ number: String) async throws -> (record: StageRecord?, hasData: Bool) {
        let key = hash(Self.folded(number))
        return try await casework.journal.read { db in
            (try StageRecord.fetch(key, in: db), try StageRecord.count(in: db) > 0)
        }
    }

    /// A number without what people put between its parts.
    static func folded(_ number: String) -> String {
        String(number.uppercased().filter { $0.isLetter || $0.isNumber })
    }

    /// Takes in a table; the same table again changes nothing.
    /// - Throws: `CSVError` where the file is no such table; `JournalError`.
    package func `import`(
        name: String, bytes: [UInt8], by actor: Actor, at now: Moment
    ) async throws -> StageImportReport {
        var reader = try CSVReader(name: name, columns: Self.columns, bytes: bytes)
        var rows: [CSVRow] = []
        while let row = try reader.next() { rows.append(row) }
        let digest = EventLink.hexadecimal(Array(SHA256.hash(data: bytes).prefix(16)))
        let read = rows
        return try await casework.transact(by: actor, at: now) { session in
            let stream = StreamID(kind: "stages", id: digest)
            guard try session.transaction.events(of: stream).isEmpty else {
                return StageImportReport(isKnown: true)
            }
            let services = try Set(String.fetchAll(session.db, sql: "SELECT code FROM service"))
            let bodies = try Set(String.fetchAll(session.db, sql: "SELECT code FROM body"))
            var report = StageImportReport()
            var lines: [StageLine] = []
            for row in read {
                do {
                    lines.append(try line(row, today: session.today, services: services, bodies: bodies))
                } catch let problem as StageProblem {
                    report.refused.append("line \(row.line): \(problem.text)")
                }
            }
            report.taken = lines.count
            let events = stride(from: 0, to: lines.count, by: Self.batch).map { start in
                StageEvent(lines: Array(lines[start..<min(start + Self.batch, lines.count)]))
            }
            try session.append(events, to: stream, expecting: 0)
            return report
        }
    }

    private struct StageProblem: Error { let text: String }

    private func line(_ row: CSVRow, today: CivilDate, services: Set<String>, bodies: Set<String>) throws -> StageLine {
        let number = Self.folded(row["number"])
        guard !number.isEmpty else { throw StageProblem(text: "the number is missing.") }
        guard let stage = ApplicationStage(rawValue: row["stage"]) else {
            let known = ApplicationStage.allCases.map(\.rawValue).joined(separator: ", ")
            throw StageProblem(text: "“\(row["stage"])” is no stage; known are \(known).")
        }
        guard let date = CivilDate(row["date"]) else {
            throw StageProblem(text: "“\(row["date"])” is no date: write it as 2026-03-19.")
        }
        guard date <= today else { throw StageProblem(text: "\(date) lies in the future: correct the date.") }
        guard services.contains(row["service"]) else {
            throw StageProblem(text: "the register has no service “\(row["service"])”.")
        }
        guard bodies.contains(row["body"]) else {
            throw StageProblem(text: "the register has no body “\(row["body"])”.")
        }
        return StageLine(
            application: hash(number), service: row["service"], stage: stage, date: date, body: row["body"])
    }
}
