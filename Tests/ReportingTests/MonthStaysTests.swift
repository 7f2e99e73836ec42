import Casework
import Complaints
import Forms
import Journal
import Reporting
import TestSupport
import Testing
import WorkingDays

@Suite("What happens to a complaint after its month changes nothing of the month")
struct MonthStaysTests {
    private func figures(_ world: World, _ text: String) async throws -> FormFigures {
        try await world.reports.figures(month(text))
    }

    private func handOn(_ world: World, _ number: String, to body: String, _ time: String) async throws {
        try await world.desk.transfer(
            number, to: body, reason: "theirs", happenedAt: try at(time), by: world.actor, at: try at(time))
    }

    @Test(
        "Item 5 counts by the body that is complained about, whoever reviews it, then and later",
        arguments: [("MJ", "central"), ("A75", "local"), ("APS", "agency")])
    func blamed(_ body: String, _ kind: String) async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00", kind: .employees, body: body)
        #expect(try await figures(world, "2026-03").employeesByKind == [kind: 1])
        for (hour, other) in ["APS", "KGD", "A75", "APS"].filter({ $0 != body }).enumerated() {
            try await handOn(world, number, to: other, "2026-04-03 1\(hour):00")
            let figures = try await figures(world, "2026-03")
            #expect(figures.employees == 1 && figures.employeesByKind == [kind: 1])
        }
        #expect(try world.count(.employees(bodyKind: kind), month("2026-03")) == 1)
        let before = try world.journal.projectionContents()
        try world.journal.rebuild()
        #expect(try world.journal.projectionContents() == before)
    }

    @Test("Overdue at the end of a month, handed on after it: the month keeps it, with the body that had it")
    func overdue() async throws {
        let world = try await World()
        let number = try await world.file("2026-02-03 10:00")
        #expect(try await figures(world, "2026-03").overdueFromEarlier == 1)
        try await handOn(world, number, to: "A75", "2026-04-15 10:00")
        #expect(try await figures(world, "2026-03").overdueFromEarlier == 1)
        #expect(try await figures(world, "2026-02").violationsByKind == ["central": 1])
        // In April it is not overdue from earlier any more: the other body's term ran out in April itself.
        let april = try await figures(world, "2026-04")
        #expect(april.overdueFromEarlier == 0 && april.violationsByKind == ["local": 1])
        try await world.answer(number, "2026-05-20 10:00")
        #expect(try await figures(world, "2026-03").overdueFromEarlier == 1)
        #expect(try await figures(world, "2026-04").overdueFromEarlier == 0)
    }

    @Test("Handed on within the month it is not overdue at its end; annulled it never was")
    func within() async throws {
        let world = try await World()
        let within = try await world.file("2026-02-03 10:00")
        try await handOn(world, within, to: "A75", "2026-03-30 10:00")
        #expect(try await figures(world, "2026-03").overdueFromEarlier == 0)
        let mistake = try await world.file("2026-02-03 11:00")
        try await handOn(world, mistake, to: "A75", "2026-04-15 10:00")
        #expect(try await figures(world, "2026-03").overdueFromEarlier == 1)
        try await world.desk.annul(
            mistake, as: .erroneous, reason: "a test", by: world.actor, at: try at("2026-04-16 10:00"))
        #expect(try await figures(world, "2026-03").overdueFromEarlier == 0)
    }

    @Test("A report says by which counting it was sealed, and is made again by it")
    func counting() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00", kind: .employees)
        try await handOn(world, number, to: "APS", "2026-03-05 10:00")
        let sealed = try await world.reports.seal(
            month("2026-03"), reason: nil, by: world.actor, at: at("2026-04-02 10:00"))
        #expect(sealed.counting == ReportForm.counting)
        let folder = TemporaryFolder()
        let remade = try await world.reports.remake(
            month("2026-03"), revision: 1, in: folder.path, projections: world.projections)
        #expect(remade.isSame)
    }
}
