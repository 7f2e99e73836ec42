import Applications
import CanonicalJSON
import Casework
import Delivery
import Forms
import GRDB
import Journal
import Reporting
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The reports from stage data: 452, 3-мк, 4-мк")
struct StageReportTests {
    private static func ended(
        _ number: String, _ finished: String, _ words: [String: String] = [:], result: String = "provided"
    ) -> String {
        World.record(
            number, ["finishedAt": finished + "T12:00:00+05:00", "result": result].merging(words) { _, new in new })
    }

    private static let technical = [
        "cause": "system", "failedSystem": "ЕНИС", "systemKeeper": "nit", "act": "Акт № 7",
    ]

    /// Applications of March 2026: the term of all of them ends on the 10th, or five calendar days after the 2nd.
    private static let march: [String] = [
        ended("in-time", "2026-03-10"),
        ended("late", "2026-03-16", ["cause": "provider"]),
        ended("technical", "2026-03-12", technical),
        ended("unproven", "2026-03-12", technical.merging(["act": ""]) { _, new in new }),
        ended("not-nit", "2026-03-12", technical.merging(["systemKeeper": "other"]) { _, new in new }),
        ended("calendar", "2026-03-20", ["term": "5 calendar days", "provider": "A75"]),
        ended("refused-late", "2026-03-17", ["refusalGround": "unfounded"], result: "refused"),
        ended("withdrawn", "2026-03-25", result: "withdrawn"),
        ended("next-month", "2026-04-01"),
        World.record("open"),
        World.record("last-day", ["acceptedAt": "2026-03-24T10:00:00+05:00", "term": "7 calendar days"]),
    ]

    private func march() throws -> ReportPeriod { try #require(ReportPeriod("2026-03")) }

    @Test("the month's violations are late results; what is technical is a part of them, by its keeper alone")
    func violations() async throws {
        let world = try await World()
        try world.take(Self.march)
        let figures = try await world.violations.figures(march(), asOf: nil)
        let expected = [
            "late": 6, "technical": 2, "unproven": 1, "working": 5, "workingDays": 4 + 2 + 2 + 2 + 5,
            "workingLongest": 5, "workingAverage": 300, "calendar": 1, "calendarDays": 10, "calendarLongest": 10,
            "calendarAverage": 1_000, "overdueOpen": 2, "ended": 7, "withdrawnLate": 1,
        ]
        for (row, count) in expected { #expect(figures[row] == count, "\(row)") }
        #expect(figures.count(of: "late", keys: ["central", "MIA"]) == 5)
        #expect(figures.count(of: "workingLongest", keys: ["central"]) == 5)
        #expect(figures.faults(of: world.violations.form.form).filter { $0.level == .fault }.isEmpty)
        let matrix = try #require(
            FormMatrix(
                world.violations.form.form.rows.filter { $0.code != "overdueOpen" && $0.made?.path.count ?? 0 > 1 },
                figures))
        #expect(
            matrix.lines.map(\.keys) == [
                [], ["central"], ["central", "MIA"], ["central", "MIA", "S0288"], ["local"], ["local", "A75"],
                ["local", "A75", "S0288"],
            ])
        #expect(matrix.lines[0].counts.first == 6)
    }

    @Test("sealed, pushed by the 15th, made again to the same bytes; a number opens what it counted then")
    func sealed() async throws {
        let world = try await World()
        try world.take(Self.march, at: "2026-04-03 09:00")
        let sealed = try await world.violations.seal(march(), by: world.actor, at: at("2026-04-08 10:00"))
        #expect(try await world.violations.report(march()).due?.due == CivilDate("2026-04-15"))
        let json = try JSON(parsing: try #require(try await world.violations.document(sealed)))
        #expect(json["schema"]?.string == "bailanys/violation-report/1" && json["law"]?.string == "452 §12")
        #expect(json["violations"]?["total"]?.int == 6 && json["technical"]?["total"]?.int == 2)
        let queued = try await world.journal.read {
            try DeliveryRecord.fetchAll(kind: ViolationReport.streamKind, subject: "2026-03/1", in: $0)
        }
        #expect(queued.map(\.path) == ["violations/2026-03"] && queued.map(\.destination) == ["agency"])
        // A correction after the seal: one was not late, and one more is told of.
        try world.take(
            [Self.ended("late", "2026-03-09"), Self.ended("came-later", "2026-03-18")], at: "2026-04-20 09:00")
        let form = world.violations.form
        let (then, now) = try await world.journal.read { db in
            func numbers(_ position: Int64?) throws -> [String] {
                try form.rows(
                    ApplicationRow.columns, behind: ReportNumber("late"), march(), at: position, limit: 50, offset: 0,
                    in: db
                ).compactMap { ApplicationRow($0)?.number }
            }
            return (try numbers(sealed.position), try numbers(nil))
        }
        #expect(Set(then) == ["late", "technical", "unproven", "not-nit", "calendar", "refused-late"])
        #expect(Set(now) == Set(then).subtracting(["late"]).union(["came-later"]))
        let count = try await world.journal.read {
            try form.count(ReportNumber("late", "central"), march(), at: sealed.position, in: $0)
        }
        #expect(count == 5)
        let folder = TemporaryFolder()
        #expect(
            try await world.violations.remake(march(), revision: 1, in: folder.path, projections: world.projections)
                .isSame)
        let second = try await world.violations.seal(
            march(), reason: "исправлены записи", by: world.actor, at: at("2026-04-21 10:00"))
        #expect(
            second.revision == 2 && second.changes.contains { $0.contains("/workingDays/length/byService/MIA S0288") })
        try world.expectSameAfterRebuild()
    }

    @Test("what was open past its term then is open past its term of that month for ever")
    func overdueThen() async throws {
        let world = try await World()
        try world.take([World.record("open")], at: "2026-04-03 09:00")
        #expect(try await world.violations.figures(march(), asOf: nil)["overdueOpen"] == 1)
        try world.take([Self.ended("open", "2026-04-20")], at: "2026-04-21 09:00")
        #expect(try await world.violations.figures(march(), asOf: nil)["overdueOpen"] == 1)
        let april = try #require(ReportPeriod("2026-04"))
        let figures = try await world.violations.figures(april, asOf: nil)
        #expect(figures["overdueOpen"] == 0 && figures["late"] == 1)
    }

    @Test("form 3-мк counts what went through the State Corporation; what the form wants proved counts with its act")
    func corporation() async throws {
        let world = try await World()
        let way = ["way": "corporation", "form": "paper"]
        func record(_ number: String, _ words: [String: String], _ result: String = "provided") -> String {
            Self.ended(number, "2026-03-16", way.merging(words) { _, new in new }, result: result)
        }
        try world.take([
            Self.ended("in-time", "2026-03-10", way), record("own", ["cause": "corporation"]),
            record("power", ["cause": "electricity", "act": "Акт № 1"]),
            record("power-untold", ["cause": "electricity"]),
            record("post", ["cause": "post", "form": "electronic"]),
            record("refused", ["refusalGround": "incomplete"], "refused"),
            record("refused-why", [:], "refused"), Self.ended("portal", "2026-03-16"),
        ])
        let quarter = try #require(ReportPeriod("2026-Q1"))
        let figures = try await world.corporation.figures(quarter, asOf: nil)
        let columns = (1...13).map { figures["c\($0)"] }
        #expect(columns == [5, 6, 1, 0, 1, 0, 0, 1, 2, 1, 0, 0, 1])
        #expect(
            figures.count(of: "c1", keys: ["paper"]) == 4 && figures.count(of: "c1", keys: ["electronic", "MIA"]) == 1)
        let sealed = try await world.corporation.seal(quarter, by: world.actor, at: at("2026-05-20 10:00"))
        #expect(try await world.corporation.report(quarter).due?.due == CivilDate("2026-04-25"))
        let json = try JSON(parsing: try #require(try await world.corporation.document(sealed)))
        #expect(json["schema"]?.string == "bailanys/form-3mk/1" && json["columns"]?["2"]?["total"]?.int == 6)
        let folder = TemporaryFolder()
        #expect(
            try await world.corporation.remake(quarter, revision: 1, in: folder.path, projections: world.projections)
                .isSame)
    }

    @Test("form 4-мк counts what was provided electronically, with its refusals and late ones by causes")
    func electronic() async throws {
        let world = try await World()
        try world.take(
            Self.march + [
                Self.ended("licence", "2026-03-09", ["way": "licensing"]),
                Self.ended("office", "2026-03-20", ["way": "office"]),
            ])
        let quarter = try #require(ReportPeriod("2026-Q1"))
        let figures = try await world.electronic.figures(quarter, asOf: nil)
        #expect((1...9).map { figures["c\($0)"] } == [8, 7, 1, 1, 6, 1, 0, 3, 2])
        _ = try await world.electronic.seal(quarter, by: world.actor, at: at("2026-05-20 10:00"))
        // Each number is chosen within an index.
        let form = world.electronic.form
        for desk in [form, world.corporation.form, world.violations.form] {
            let period = desk.form.code == "452-12" ? try march() : quarter
            let plans = try QueryPlan.run(by: world.journal) { db in
                _ = try desk.figures(period, calendar: world.calendar, in: db)
                for row in desk.form.numbers where row.made?.behind != nil {
                    _ = try desk.count(ReportNumber(row.code), period, at: nil, in: db)
                }
            }
            #expect(!plans.isEmpty)
            for plan in plans { #expect(!plan.scansTable, "\(plan)") }
        }
    }
}
