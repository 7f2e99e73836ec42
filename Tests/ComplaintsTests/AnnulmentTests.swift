import Casework
import Complaints
import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("What was registered by mistake, or with a wrong moment")
struct AnnulmentTests {
    private let now = "2026-12-30 09:00"

    private func expectSameAfterRebuild(_ world: World) throws {
        let before = try world.journal.projectionContents()
        try world.journal.rebuild()
        #expect(try world.journal.projectionContents() == before)
        #expect(try world.journal.readNow { try Counters.wrong(in: $0) } == [])
    }

    @discardableResult
    private func annul(
        _ number: String, as ground: AnnulmentGround = .erroneous, of original: String? = nil,
        reason: String = "a test",
        in world: World
    ) async throws -> Int {
        try await world.desk.annul(
            number, as: ground, duplicateOf: original, reason: reason, by: world.actor, at: try at(now))
    }

    private enum Course: CaseIterable { case open, late, answeredLate, withdrawn, transferredLate, extended }

    @Test(
        "In whatever state: the clocks are cancelled, nobody is charged, it stays to be read",
        arguments: Course.allCases)
    private func annulled(course: Course) async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00").number
        if course != .open { try await world.casework.recordBreaches(at: try at("2026-09-15 00:00")) }
        let late = try at("2026-09-15 10:00")
        switch course {
        case .open, .late: break
        case .answeredLate:
            try await world.desk.answer(
                number, outcome: .satisfied, happenedAt: late, by: world.actor, at: try at(now))
        case .withdrawn:
            try await world.desk.withdraw(number, happenedAt: late, by: world.actor, at: try at(now))
        case .transferredLate:
            try await world.desk.transfer(
                number, to: "A75", reason: "not ours", happenedAt: late, by: world.actor, at: try at(now))
        case .extended:
            try await world.desk.extend(
                number, days: 2, reason: "expertise", happenedAt: try at("2026-09-08 10:00"), by: world.actor,
                at: try at(now))
        }
        let entries = try await world.casework.history(of: StreamID(kind: "complaint", id: number)).count
        try await annul(number, in: world)
        let record = try world.record(number)
        #expect(record.status == .annulled && record.annulledAs == .erroneous)
        let rows = try world.clocks(number)
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { $0.status == .cancelled && $0.breachedOn == nil && $0.endedOn != nil })
        let lapses = try world.journal.readNow { try Int.fetchOne($0, sql: "SELECT count(*) FROM complaintLapse") }
        #expect(lapses == 0)
        let history = try await world.casework.history(of: StreamID(kind: "complaint", id: number))
        #expect(history.count == entries + 1 && history.last?.event.content.name == "complaintAnnulled")
        #expect(try await world.casework.recordBreaches(at: try at("2026-12-31 00:00")) == 0)
        try expectSameAfterRebuild(world)
    }

    /// The code of the refusal; nil where nothing was refused.
    private func code(_ body: () async throws -> Int) async -> String? {
        await #expect(throws: Refusal.self) { _ = try await body() }?.code
    }

    @Test("It needs a reason, a duplicate needs another complaint that stands, and it happens once")
    func refused() async throws {
        let world = try await World()
        let (first, second) = (
            try await world.register("2026-09-07 10:00").number, try await world.register("2026-09-07 10:05").number
        )
        #expect(await code { try await annul(second, reason: " ", in: world) } == "complaint.reasonMissing")
        #expect(await code { try await annul(second, as: .duplicate, in: world) } == "complaint.duplicateOf")
        for original in [second, "2026-999999", ""] {
            let refused = await code { try await annul(second, as: .duplicate, of: original, in: world) }
            #expect(refused == "complaint.duplicateOf", "\(original)")
        }
        #expect(await code { try await annul(second, as: .erroneous, of: first, in: world) } == "complaint.duplicateOf")
        #expect(await code { try await annul("2026-999999", in: world) } == "complaint.unknown")
        #expect(try world.record(second).status == .open, "what was refused changed nothing")
        try await annul(second, as: .duplicate, of: first, in: world)
        #expect(try world.record(second).duplicateOf == first)
        #expect(await code { try await annul(second, in: world) } == "complaint.annulled")
        #expect(await code { try await annul(first, as: .duplicate, of: second, in: world) } == "complaint.duplicateOf")
        let at = try at(now)
        for refused in [
            await code {
                try await world.desk.answer(
                    second, outcome: .satisfied, happenedAt: at, by: world.actor, at: at)
            },
            await code { try await world.desk.classify(second, as: .other, reason: "x", by: world.actor, at: at) },
            await code { try await world.desk.correctClosing(second, to: at, reason: "x", by: world.actor, at: at) },
            await code { try await world.desk.correctFiling(second, to: at, reason: "x", by: world.actor, at: at) },
        ] { #expect(refused == "complaint.closed" || refused == "complaint.annulled", "\(refused ?? "done")") }
    }

    @Test("The forum's export goes on telling what was annulled or corrected here, and changes nothing")
    func forum() async throws {
        let world = try await World()
        let line = "number,filed_at,kind,service,body,region,language,subject\n"
        let csv = line + "F1,2026-09-07 10:00,order,S1,MJ,75,kk,a\n" + "F2,2026-09-07 10:00,order,S1,MJ,75,kk,b\n"
        #expect(try world.run(csv).report.added == 2)
        let known = try world.journal.readNow { db in
            try ["F1", "F2"].map { try ComplaintRecord.fetch(forumNumber: $0, in: db)?.id ?? "" }
        }
        try await annul(known[0], in: world)
        try await world.desk.correctFiling(
            known[1], to: try at("2026-09-06 10:00"), reason: "The scan says the 6th", by: world.actor,
            at: try at(now))
        let again = try world.run(
            csv.replacing("subject\n", with: "subject,answered_at,outcome\n").replacing(
                ",a\n", with: ",a,2026-09-08 10:00,rejected\n"
            )
            .replacing(",b\n", with: ",b,,\n"))
        #expect(again.report.refused == 0 && again.report.unchanged == 2, "\(again.refused)")
        #expect(try world.record(known[0]).status == .annulled)
    }

    @Test("The moment of filing is put right: registration, beginning and end of the term follow, the entry stays")
    func refiled() async throws {
        let world = try await World()
        // Filed on Monday 7 September; really on Friday 4 after office hours, registered on Monday all the same; on
        // Thursday 3, registered that day.
        for (right, registered, due) in [
            ("2026-09-04 19:00", "2026-09-07", "2026-09-14"), ("2026-09-03 10:00", "2026-09-03", "2026-09-10"),
            ("2026-09-08 10:00", "2026-09-08", "2026-09-15"),
        ] {
            let number = try await world.register("2026-09-07 10:00").number
            try await world.desk.correctFiling(
                number, to: try at(right), reason: "The scan says so", by: world.actor, at: try at(now))
            let record = try world.record(number)
            #expect(try record.filedAt == at(right) && record.registeredOn == day(registered))
            #expect(try record.filedOn == day(String(right.prefix(10))))
            #expect(try record.dueOn == day(due), "\(right): \(record.dueOn)")
            let clock = try #require(try world.clocks(number).first)
            #expect(clock.due == record.dueOn && clock.dayZero == record.registeredOn)
            let history = try await world.casework.history(of: StreamID(kind: "complaint", id: number))
            #expect(history[0].recorded.occurredAt == (try at("2026-09-07 10:00")), "the wrong entry stays")
            let state = try await world.casework.load(Complaint.self, id: number).state
            #expect(try state.filedAt == at(right) && state.registered?.registeredOn == day(registered))
        }
        try expectSameAfterRebuild(world)
    }

    @Test("A breach that came of the wrong moment of filing is gone; one that the right moment makes appears")
    func refiledBreach() async throws {
        let world = try await World()
        for (right, isLate) in [("2026-09-08 10:00", false), ("2026-09-03 10:00", true)] {
            let number = try await world.register("2026-09-07 10:00").number
            let answered = isLate ? "2026-09-14 10:00" : "2026-09-15 10:00"
            try await world.desk.answer(
                number, outcome: .satisfied, happenedAt: try at(answered), by: world.actor, at: try at(now))
            #expect(try world.clocks(number).first?.status == (isLate ? .met : .breached))
            try await world.desk.correctFiling(
                number, to: try at(right), reason: "The scan says so", by: world.actor, at: try at(now))
            #expect(try world.clocks(number).first?.status == (isLate ? .breached : .met))
            #expect(try world.record(number).closedOn == day(String(answered.prefix(10))))
        }
        try expectSameAfterRebuild(world)
    }

    @Test("Not after what happened next, not in the future, not without a reason, not behind a former body's back")
    func refilingRefused() async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00").number
        try await world.desk.transfer(
            number, to: "A75", reason: "not ours", happenedAt: try at("2026-09-15 10:00"), by: world.actor,
            at: try at(now))
        let before = try world.record(number)
        for (right, reason, code) in [
            ("2026-09-16 10:00", "x", "complaint.afterStep"), ("2027-01-01 10:00", "x", "complaint.inFuture"),
            ("2026-09-04 10:00", "", "complaint.reasonMissing"), ("2026-09-04 10:00", "x", "correction.formerTerm"),
        ] {
            let refusal = await #expect(throws: Refusal.self) {
                try await world.desk.correctFiling(
                    number, to: try at(right), reason: reason, by: world.actor, at: try at(now))
            }
            #expect(refusal?.code == code, "\(right)")
        }
        #expect(try world.record(number) == before)
    }
}
