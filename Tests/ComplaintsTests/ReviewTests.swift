import Casework
import Complaints
import GRDB
import Journal
import PersonalData
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Registration and review")
struct ReviewTests {
    @Test(
        "Vector 24: an evening or a weekend filing is registered on the next working day; five working days run from it",
        arguments: [
            ("2026-09-04 19:20", "2026-09-07", "2026-09-14"), ("2026-09-05 11:00", "2026-09-07", "2026-09-14"),
            ("2026-09-07 10:00", "2026-09-07", "2026-09-14"), ("2026-03-20 10:00", "2026-03-20", "2026-04-01"),
        ])
    func registration(_ filed: String, _ registeredOn: String, _ dueOn: String) async throws {
        let world = try await World()
        let receipt = try await world.register(filed)
        #expect(receipt.number == "2026-000001")
        #expect(receipt.registeredOn == (try day(registeredOn)))
        #expect(receipt.dueOn == (try day(dueOn)))
        let record = try world.record(receipt.number)
        #expect(record.filedOn == (try day(String(filed.prefix(10)))))
        #expect(try world.clocks(receipt.number).map(\.rule) == ["review-by-body"])
    }

    @Test(
        "Vectors 11 and 12: an answer on a day off before the end is in time, also on the day of filing",
        arguments: [("2026-09-07 10:00", "2026-09-12 12:00"), ("2026-09-05 11:00", "2026-09-05 12:00")])
    func answeredOnDayOff(_ filed: String, _ answered: String) async throws {
        let world = try await World()
        let number = try await world.register(filed).number
        try await world.desk.answer(
            number, outcome: .satisfied, happenedAt: try at(answered), by: world.actor,
            at: try at("2026-12-30 09:00"))
        let record = try world.record(number)
        #expect(record.closedOn == (try day(String(answered.prefix(10)))))
        #expect(record.status == .answered)
        let clock = try #require(try world.clocks(number).first)
        #expect(clock.status == .met)
        #expect(clock.service == "S1" && clock.body == "MJ")
    }

    @Test("In time until the last moment of the last day, late after it")
    func lateness() async throws {
        let world = try await World()
        for (answered, status) in [("2026-09-14 23:59", Clock.Status.met), ("2026-09-15 00:00", .breached)] {
            let number = try await world.register("2026-09-07 10:00").number
            try await world.desk.answer(
                number, outcome: .rejected, happenedAt: try at(answered), by: world.actor,
                at: try at("2026-12-30 09:00"))
            #expect(try world.clocks(number).first?.status == status)
        }
    }

    @Test("The Agency has fifteen working days; it extends by ten at most and tells the applicant in three")
    func agency() async throws {
        let world = try await World()
        let number = try await world.register("2026-04-01 10:00", body: "APS").number
        #expect(try world.record(number).reviewer == .agency)
        #expect(try world.record(number).dueOn == (try day("2026-04-22")))
        let now = try at("2026-12-30 09:00")
        await #expect(throws: ClockError.self) {
            try await world.desk.extend(
                number, days: 11, reason: "documents", happenedAt: try at("2026-04-20 10:00"), by: world.actor,
                at: now)
        }
        try await world.desk.extend(
            number, days: 10, reason: "documents", happenedAt: try at("2026-04-20 10:00"), by: world.actor, at: now)
        let extended = try world.record(number)
        #expect(extended.extendedBy == 10)
        #expect(extended.dueOn == (try day("2026-05-08")))
        #expect(try world.clocks(number).map(\.rule).sorted() == ["review-by-agency", "tell-applicant"])
        try await world.desk.tellApplicant(
            number, by: "forum", happenedAt: try at("2026-04-23 18:00"), by: world.actor, at: now)
        #expect(try world.clocks(number).first { $0.rule == "tell-applicant" }?.status == .met)
    }

    @Test("A transfer gives the other body the whole term; to the Agency another one")
    func transfer() async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00").number
        let now = try at("2026-12-30 09:00")
        try await world.desk.transfer(
            number, to: "A75", reason: "not ours", happenedAt: try at("2026-09-10 10:00"), by: world.actor, at: now)
        #expect(try world.record(number).dueOn == (try day("2026-09-17")))
        #expect(try world.record(number).body == "A75")
        #expect(try world.clocks(number).first?.body == "A75")
        try await world.desk.transfer(
            number, to: "T75", reason: "not ours", happenedAt: try at("2026-09-11 10:00"), by: world.actor, at: now)
        let record = try world.record(number)
        #expect(record.reviewer == .agency)
        #expect(record.dueOn == (try day("2026-10-02")))
        await #expect(throws: Refusal.self) {
            try await world.desk.transfer(
                number, to: "XX", reason: "?", happenedAt: try at("2026-09-12 10:00"), by: world.actor, at: now)
        }
    }

    @Test("A withdrawn complaint has no outcome and no breach")
    func withdrawn() async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00").number
        try await world.desk.withdraw(
            number, happenedAt: try at("2026-09-08 10:00"), by: world.actor, at: try at("2026-12-30 09:00"))
        let record = try world.record(number)
        #expect(record.status == .withdrawn && record.outcome == nil)
        #expect(record.closedOn == (try day("2026-09-08")))
        #expect(try world.clocks(number).first?.status == .cancelled)
    }

    @Test("The same command key gives the first receipt; the same number of the forum too")
    func repeated() async throws {
        let world = try await World()
        let filing = ComplaintFiling(
            kind: .other, subject: "x", contacts: .init(), filedAt: try at("2026-09-07 10:00"))
        let now = try at("2026-12-30 09:00")
        let key = CommandKey("k1", content: [1])
        let first = try await world.desk.register(filing, by: world.actor, at: now, once: key)
        #expect(try await world.desk.register(filing, by: world.actor, at: now, once: key) == first)
        let forum = try await world.register("2026-09-07 10:00", forum: "F1")
        let again = try await world.register("2026-09-07 10:00", forum: "F1")
        #expect(forum.isNew && !again.isNew && forum.number == again.number)
        #expect(try world.journal.readNow { try ComplaintRecord.count(ComplaintFilter(), in: $0) } == 2)
    }

    @Test(
        "Nothing of a person stands in the journal; erasing the key erases him from everywhere, and the chain verifies")
    func erasure() async throws {
        let world = try await World()
        let number = try await world.register("2026-09-07 10:00").number
        let now = try at("2026-12-30 09:00")
        try await world.desk.note(number, text: "Құпия сөз", by: world.actor, at: now)
        try await world.desk.answer(
            number, outcome: .partly, text: "Құпия жауап", happenedAt: try at("2026-09-08 10:00"), by: world.actor,
            at: now)
        var text = ""
        try world.journal.export { text += String(decoding: $0, as: UTF8.self) }
        text += try world.journal.projectionContents().joined()
        for secret in ["Айгүл", "700 000", "900101400001", "уақытында", "Құпия"] { #expect(!text.contains(secret)) }
        let record = try world.record(number)
        let revealed = try await world.desk.reveal([record])
        #expect(revealed.first?.contacts?.name == "Айгүл Тестова")
        #expect(revealed.first?.subject == "Сынақ: құжат уақытында берілмеді")
        let person = try #require(record.person)
        #expect(try world.vault.erase(PersonID(person)))
        let after = try #require(try await world.desk.reveal([record]).first)
        #expect(after.contacts == nil && after.subject == nil)
        try await world.desk.note(number, text: "кейін", by: world.actor, at: now)
        #expect(try world.journal.verify().firstBad == nil)
        let history = try await world.casework.history(of: StreamID(kind: "complaint", id: number))
        #expect(history.last?.event.content as? ComplaintEvent == .complaintNoted(ComplaintNoted(text: nil)))
    }

    @Test(
        "Each edition of the law has for each reviewer the clock that tables know by its name",
        arguments: Reviewer.allCases)
    func clocks(reviewer: Reviewer) async throws {
        let editions = try await World().casework.rulebooks.editions.compactMap { $0.procedure("complaint-review") }
        #expect(!editions.isEmpty)
        for procedure in editions {
            let facts = ["reviewer": reviewer.rawValue]
            let begun = procedure.rules.filter { $0.starts(on: "complaintRegistered", facts: facts) }
            #expect(begun.map(\.id) == [reviewer.clock])
        }
    }

    @Test("Lists go from page to page without a gap and use their index")
    func lists() async throws {
        let world = try await World()
        for index in 1...5 { try await world.register("2026-09-0\(index + 6 > 9 ? 9 : index + 6) 10:00") }
        let (first, rest, plan) = try world.journal.readNow { db in
            let first = try ComplaintRecord.fetch(ComplaintFilter(), limit: 2, in: db)
            let rest = try ComplaintRecord.fetch(ComplaintFilter(), after: first.last?.cursor, limit: 10, in: db)
            let plan = try String.fetchAll(
                db, sql: "EXPLAIN QUERY PLAN SELECT id FROM complaint ORDER BY filedOn DESC, id DESC LIMIT 2",
                adapter: SuffixRowAdapter(fromIndex: 3))
            return (first, rest, plan)
        }
        #expect(
            (first + rest).map(\.id) == ["2026-000005", "2026-000004", "2026-000003", "2026-000002", "2026-000001"])
        #expect(plan.joined().contains("complaintByFiling") && !plan.joined().contains("TEMP B-TREE"))
    }
}
