import Casework
import Forms
import Foundation
import Journal
import Reporting
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The ledger of violations in the measures of reports")
struct ViolationMeasureTests {
    /// The quarterly form with rows that choose the measures of the ledger, as an edit of its file.
    private static func form() throws -> ReportForm {
        let folder = TemporaryFolder()
        let (from, to) = (Repository.path + "/schedules/reports/797-13.yaml", folder.file("reports/797-13.yaml"))
        try FileManager.default.createDirectory(
            atPath: folder.file("reports"), withIntermediateDirectories: true)
        var text = try String(contentsOfFile: from, encoding: .utf8)
        let rows = ["confirmed", "excused", "undecided"].map { name in
            """
              - row: ledger-\(name)
                number: none
                measure: violations.\(name)
                at: ledger/\(name)/total
                label: {kk: "\(name)", ru: "\(name)", en: "\(name)"}
                cite: "§13"
                by:
                  - {group: "\(name)ByBody", keys: [body], at: ledger/\(name)/byBody}

            """
        }
        text = text.replacing("  - section: appeals\n", with: rows.joined() + "  - section: appeals\n")
        try Data(text.utf8).write(to: URL(fileURLWithPath: to))
        let forms = try ScheduleFolder(path: folder.path).forms(measures: ReportForm.shapes)
        return try ReportForm(QuarterlyReport.form, of: forms, on: CivilDate(dayNumber: 20_000))
    }

    private static func quarter(_ text: String) throws -> ReportPeriod { try #require(ReportPeriod(text)) }

    @Test(
        "A form file can choose confirmed, excused and undecided violations; they count in the month after the last day"
    )
    func measures() async throws {
        let world = try await World()
        let rules = try TestCentre.schedules.violationRules()
        var numbers: [String] = []
        // The last day of the third is 31 March: it counts in April.
        for (index, day) in ["2026-02-10", "2026-03-10", "2026-03-19"].enumerated() {
            numbers.append(try await world.file("\(day) 10:00", iin: "90010140000\(index)"))
        }
        try await world.casework.recordBreaches(at: try at("2026-05-01 00:00"))
        let entries = try world.journal.readNow { db in
            try numbers.map { try Violation.fetch(of: StreamID("complaint/\($0)"), in: db)[0] }
        }
        #expect(entries[2].due.description < "2026-04-01" && entries[2].violatedOn.description == "2026-04-01")
        let now = try at("2026-05-02 10:00")
        let commands: [ViolationCommand] = [
            .confirm(words: nil, document: nil), .excuse(ground: "system-failure", words: nil, document: nil),
        ]
        for (entry, command) in zip(entries, commands) {
            _ = try await world.casework.transact(by: world.actor, at: now) { session in
                try session.perform(command, on: entry.id, by: rules)
            }
        }
        let (form, calendar) = (try Self.form(), world.calendar)
        func value(_ row: String, _ quarter: String) throws -> Int? {
            let period = try Self.quarter(quarter)
            return try world.journal.readNow { try form.figures(period, calendar: calendar, in: $0)[row] }
        }
        #expect(try value("ledger-confirmed", "2026-Q1") == 1 && value("ledger-confirmed", "2026-Q2") == 0)
        #expect(try value("ledger-excused", "2026-Q1") == 1)
        #expect(try value("ledger-undecided", "2026-Q1") == 0 && value("ledger-undecided", "2026-Q2") == 1)
        let quarter = try Self.quarter("2026-Q1")
        let plans = try QueryPlan.run(by: world.journal) { db in
            _ = try form.figures(quarter, calendar: calendar, in: db)
        }
        #expect(plans.allSatisfy { !$0.scansTable })
    }
}
