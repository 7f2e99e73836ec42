import CanonicalJSON
import Casework
import Delivery
import Forms
import Journal
import Reporting
import Rulebook
import TestSupport
import Testing
import WorkingDays

struct QuarterTests {
    private func quarterly(_ world: World) throws -> ReportDesk<QuarterlyReport> {
        let forms = try ScheduleFolder(path: Repository.path + "/schedules").forms(measures: ReportForm.shapes)
        return ReportDesk(
            casework: world.casework, vault: world.vault, outbox: world.outbox,
            form: try ReportForm(QuarterlyReport.form, of: forms, on: CivilDate(dayNumber: 20_000)),
            destination: "it-body")
    }

    private func quarter(_ text: String) throws -> ReportPeriod { try #require(ReportPeriod(text)) }

    @Test("A quarter adds up what its months say, and is due ten calendar days after it")
    func sum() async throws {
        let world = try await World()
        let desk = try quarterly(world)
        for (index, day) in ["2026-01-20", "2026-02-10", "2026-03-12", "2026-04-02"].enumerated() {
            let number = try await world.file("\(day) 10:00", iin: "90010140000\(index)")
            if index < 2 { try await world.answer(number, "\(day.prefix(7))-25 10:00") }
        }
        let first = try quarter("2026-Q1")
        let figures = try await desk.figures(first)
        let months = try await [month("2026-01"), month("2026-02"), month("2026-03")].asyncMap {
            try await world.reports.figures($0)
        }
        for row in ["received", "closed", "withinTerm", "pastTerm", "violations"] {
            #expect(figures[row] == months.reduce(0) { $0 + ($1[row] ?? 0) }, "\(row)")
        }
        #expect(figures["opening"] == months[0]["opening"] && figures["closing"] == months[2]["closing"])
        let sealed = try await desk.seal(first, by: world.actor, at: at("2026-04-03 10:00"))
        let due = try #require(try await desk.report(first).due)
        #expect(due.due == CivilDate("2026-04-10"))
        let json = try JSON(parsing: try #require(try await desk.document(sealed)))
        #expect(json["schema"]?.string == "bailanys/quarterly-report/1" && json["period"]?.string == "2026-Q1")
        #expect(json["complaints"]?["received"]?.int == 3)
        let folder = TemporaryFolder()
        let remade = try await desk.remake(first, revision: 1, in: folder.path, projections: world.projections)
        #expect(remade.isSame)
        let queued = try await world.journal.read {
            try DeliveryRecord.fetchAll(kind: QuarterlyReport.streamKind, subject: "2026-Q1/1", in: $0)
        }
        #expect(queued.map(\.path) == ["quarterly/2026-Q1"] && queued.map(\.destination) == ["it-body"])
    }

    @Test("A quarter that is not over is not sealed; one that is not set begins by itself with none")
    func begins() async throws {
        let world = try await World()
        let desk = try quarterly(world)
        _ = try await world.file("2026-01-20 10:00")
        await #expect(throws: Refusal.self) {
            try await desk.seal(quarter("2026-Q1"), by: world.actor, at: at("2026-03-31 23:59"))
        }
        #expect(try await world.journal.read { try desk.firstPeriod(in: $0) } == nil)
    }

    @Test("Every row of the reports chooses a measure that there is, and every measure is chosen as the form may")
    func installed() throws {
        let forms = try ScheduleFolder(path: Repository.path + "/schedules").forms(measures: ReportForm.shapes)
        #expect(forms.made.map(\.code) == ["452-12", "78-62-3mk", "78-62-4mk", "797-13", "797-18"])
        for form in forms.made { #expect(form.numbers.allSatisfy { $0.made != nil }, "\(form.code)") }
    }
}

extension Sequence {
    /// The results of a step for each element, one after the other.
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
