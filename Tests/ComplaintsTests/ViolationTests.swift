import Casework
import Complaints
import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// Whose term ran out, and who is blamed for it.
@Suite("Who is charged with a term that ran out")
struct ViolationTests {
    private let now = "2026-12-30 09:00"

    private func clock(_ number: String, _ rule: String = "review-by-body", in world: World) throws -> ClockRow {
        try #require(try world.clocks(number).first { $0.rule == rule })
    }

    private func lapses(in world: World) throws -> [String] {
        try world.journal.readNow { db in
            try Row.fetchAll(db, sql: "SELECT * FROM complaintLapse ORDER BY dueOn, id").map {
                "\($0["id"] as String) \($0["body"] as String) \($0["bodyKind"] as String) \($0["dueOn"] as String)"
            }
        }
    }

    private func expectSameAfterRebuild(_ world: World) throws {
        let before = try world.journal.projectionContents()
        try world.journal.rebuild()
        #expect(try world.journal.projectionContents() == before)
        #expect(try world.journal.readNow { try Counters.wrong(in: $0) } == [])
    }

    @Test(
        "Only bodies and the Agency extend; the State Corporation and other providers may not (LSS art. 25)",
        arguments: [
            ("MJ", true), ("A75", true), ("D751110", true), ("APS", true), ("T75", true), ("G75", false),
            ("FUND", false),
        ])
    func extends(body: String, isAllowed: Bool) async throws {
        let world = try await World()
        let number = try await world.register("2026-04-01 10:00", body: body).number
        // A department does not review complaints about itself.
        #expect(try world.record(number).body == (body == "T75" ? "APS" : body))
        let before = try world.events()
        do {
            try await world.desk.extend(
                number, days: 10, reason: "expertise", happenedAt: try at("2026-04-02 10:00"), by: world.actor,
                at: try at(now))
            #expect(isAllowed)
        } catch let error as ClockError {
            #expect(!isAllowed)
            guard case .extensionNotAllowed = error else { throw error }
            #expect(try world.events() == before)
        }
    }

    @Test("A transfer after the last day leaves the violation with the body that was late, and only with it")
    func transferredLate() async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00").number
        try await world.casework.recordBreaches(at: try at("2026-09-15 00:00"))
        try await world.desk.transfer(
            number, to: "A75", reason: "not ours", happenedAt: try at("2026-09-15 10:00"), by: world.actor,
            at: try at(now))
        #expect(try lapses(in: world) == ["\(number) MJ central 2026-09-14"])
        let row = try clock(number, in: world)
        #expect(
            row.body == "A75" && row.status == .running && row.breachedOn == nil, "the new body is blamed for nothing")
        try await world.desk.answer(
            number, outcome: .satisfied, happenedAt: try at("2026-09-16 10:00"), by: world.actor,
            at: try at(now))
        #expect(try clock(number, in: world).status == .met)
        try expectSameAfterRebuild(world)
    }

    @Test("Handed on to the Agency late: the body's clock keeps the breach, also where midnight had not noted it")
    func transferredToAgency() async throws {
        let world = try await World()
        for isNoted in [true, false] {
            let number = try await world.register("2026-09-07 10:00").number
            if isNoted { try await world.casework.recordBreaches(at: try at("2026-09-15 00:00")) }
            try await world.desk.transfer(
                number, to: "T75", reason: "not ours", happenedAt: try at("2026-09-15 10:00"), by: world.actor,
                at: try at(now))
            let row = try clock(number, in: world)
            #expect(row.status == .breached && row.body == "MJ" && row.breachedOn == CivilDate("2026-09-15"))
            #expect(try lapses(in: world).contains("\(number) MJ central 2026-09-14"))
        }
        try expectSameAfterRebuild(world)
    }

    @Test(
        "A transfer, a withdrawal or an extension of the last day that is entered later is in time, although midnight noted a breach"
    )
    func enteredLater() async throws {
        let world = try await World()
        let (transferred, withdrawn) = (
            try await world.register("2026-09-07 10:00").number, try await world.register("2026-09-07 10:00").number
        )
        let extended = try await world.register("2026-09-07 10:00").number
        try await world.casework.recordBreaches(at: try at("2026-09-15 00:00"))
        #expect(try clock(withdrawn, in: world).status == .breached)
        let lastDay = try at("2026-09-14 17:00")
        try await world.desk.transfer(
            transferred, to: "T75", reason: "not ours", happenedAt: lastDay, by: world.actor, at: try at(now))
        try await world.desk.withdraw(withdrawn, happenedAt: lastDay, by: world.actor, at: try at(now))
        for number in [transferred, withdrawn] {
            let row = try clock(number, in: world)
            #expect(row.status == .cancelled && row.breachedOn == nil)
        }
        try await world.desk.extend(
            extended, days: 2, reason: "expertise", happenedAt: lastDay, by: world.actor, at: try at(now))
        let row = try clock(extended, in: world)
        #expect(row.status == .running && row.breachedOn == nil && row.due == CivilDate("2026-09-16"))
        #expect(
            try await world.casework.load(Complaint.self, id: extended).clocks["review-by-body"]?.status == .running)
        #expect(try lapses(in: world).isEmpty)
        try expectSameAfterRebuild(world)
    }

    @Test("A withdrawal after the last day leaves the breach, whether midnight had noted it or not")
    func withdrawnLate() async throws {
        let world = try await World()
        for isNoted in [true, false] {
            let number = try await world.register("2026-09-07 10:00").number
            if isNoted { try await world.casework.recordBreaches(at: try at("2026-09-15 00:00")) }
            try await world.desk.withdraw(
                number, happenedAt: try at("2026-09-15 10:00"), by: world.actor, at: try at(now))
            #expect(try clock(number, in: world).status == .breached)
        }
        var late = ComplaintFilter()
        late.overdueOn = try day("2026-12-30")
        let filter = late
        #expect(try world.journal.readNow { try ComplaintRecord.count(filter, in: $0) } == 2)
        try expectSameAfterRebuild(world)
    }

    @Test("An answer whose moment is put right: the breach that came of it is gone, or another appears")
    func corrected() async throws {
        let world = try await World()
        for (entered, right, status) in [
            ("2026-09-15 10:00", "2026-09-14 17:00", Clock.Status.met),
            ("2026-09-14 17:00", "2026-09-15 10:00", .breached),
        ] {
            let number = try await world.register("2026-09-07 10:00").number
            try await world.desk.answer(
                number, outcome: .satisfied, happenedAt: try at(entered), by: world.actor, at: try at(now))
            let entries = try await world.casework.history(of: StreamID(kind: "complaint", id: number)).count
            try await world.desk.correctClosing(
                number, to: try at(right), reason: "The forum says otherwise", by: world.actor, at: try at(now))
            let row = try clock(number, in: world)
            let ended = try day(String(right.prefix(10)))
            #expect(row.status == status && row.endedOn == ended)
            #expect((row.breachedOn == nil) == (status == .met))
            #expect(try world.record(number).closedOn == row.endedOn)
            let history = try await world.casework.history(of: StreamID(kind: "complaint", id: number))
            #expect(history.count == entries + 1 && history.last?.event.content.name == "complaintCorrected")
            #expect(history[1].recorded.occurredAt == (try at(entered)), "the wrong entry stays as it was")
            let state = try await world.casework.load(Complaint.self, id: number).state
            #expect(state.closedAt == (try at(right)))
            #expect(state.status == .answered && state.outcome == .satisfied)
        }
        try expectSameAfterRebuild(world)
    }
}
