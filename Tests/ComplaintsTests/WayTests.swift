import Casework
import Complaints
import Journal
import PersonalData
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("A complaint on its way to the body and back")
struct WayTests {
    private func names(_ world: World, _ number: String) async throws -> [String] {
        try await world.casework.history(of: StreamID(kind: "complaint", id: number)).map(\.recorded.name)
    }

    @Test("a body confirms once, whatever it does first; after a transfer it can do nothing more")
    func body() async throws {
        let world = try await World()
        let number = try await world.register("2026-03-02 10:00").number
        let now = try at("2026-12-30 10:00")
        try await world.desk.ask(number, as: "MJ", question: "Қай күні?", by: world.actor, at: now)
        try await world.desk.receive(number, as: "MJ", reference: "7", by: world.actor, at: now)
        #expect(try await names(world, number) == ["complaintRegistered", "complaintReceived", "applicantAsked"])
        try await world.desk.transfer(
            number, to: "KGD", reason: "not ours", happenedAt: now, by: world.actor, at: now)
        await #expect(throws: Refusal.self) {
            try await world.desk.answer(
                number, as: "MJ", outcome: .satisfied, text: "x", by: world.actor, at: now)
        }
        #expect(try await world.casework.load(Complaint.self, id: number).state.receivedAt == nil)
        try await world.desk.answer(number, as: "KGD", outcome: .satisfied, text: "x", by: world.actor, at: now)
        #expect(try world.record(number).status == .answered)
    }

    @Test("a return is a proposal: the body stays until an officer transfers; declined, the body still must answer")
    func giveBack() async throws {
        let world = try await World()
        let number = try await world.register("2026-03-02 10:00").number
        let now = try at("2026-12-30 10:00")
        try await world.desk.giveBack(number, as: "MJ", naming: "KGD", reason: "taxes", by: world.actor, at: now)
        #expect(try world.record(number).body == "MJ")
        var state = try await world.casework.load(Complaint.self, id: number).state
        #expect(state.returned?.proposed == "KGD")
        try await world.desk.declineReturn(number, reason: "it is about the register", by: world.actor, at: now)
        state = try await world.casework.load(Complaint.self, id: number).state
        #expect(state.returned == nil && state.body == "MJ")
        let refusal = await #expect(throws: Refusal.self) {
            try await world.desk.declineReturn(number, reason: "again", by: world.actor, at: now)
        }
        #expect(refusal?.code == "complaint.notReturned")
        let unknown = await #expect(throws: Refusal.self) {
            try await world.desk.giveBack(number, as: "MJ", naming: "NONE", reason: "x", by: world.actor, at: now)
        }
        #expect(unknown?.field == "body")
    }

    @Test(
        "an unsatisfying answer of a body goes to the Agency once, as a complaint of its own under fifteen working days"
    )
    func agency() async throws {
        let world = try await World()
        let number = try await world.register("2026-03-02 10:00").number
        let now = try at("2026-03-05 10:00")
        let early = await #expect(throws: Refusal.self) {
            try await world.desk.continue(number, words: "нет", by: world.actor, at: now)
        }
        #expect(early?.code == "complaint.notAnswered")
        try await world.desk.answer(number, as: "MJ", outcome: .rejected, text: "жоқ", by: world.actor, at: now)
        try await world.desk.rate(number, isHelpful: false, by: world.actor, at: now)
        let next = try await world.desk.continue(number, words: "Жауап толық емес", by: world.actor, at: now)
        let record = try world.record(next.number)
        // It was the territorial body of the ministry in region 75 that answered: the department there stands over it.
        #expect(
            try record.reviewer == .agency && record.body == "T75" && record.person == world.record(number).person)
        // Day 0 is 5 March, a Thursday on which it is filed in office hours.
        let clock = try #require(try world.clocks(next.number).first { $0.rule == "review-by-agency" })
        #expect(clock.dayZero == (try day("2026-03-05")) && clock.due == next.dueOn)
        let words = try await world.desk.reveal([record]).first
        #expect(words?.subject?.hasPrefix("Жауап толық емес") == true && words?.contacts?.iin == "900101400001")
        let state = try await world.casework.load(Complaint.self, id: number).state
        #expect(state.continuedAs == next.number && state.isHelpful == false)
        let again = await #expect(throws: Refusal.self) {
            try await world.desk.continue(number, words: "тағы", by: world.actor, at: now)
        }
        #expect(again?.code == "complaint.cannotContinue")
    }

    @Test("over central bodies the Agency reviews, over territorial and local ones its department in their region")
    func agencyOver() throws {
        let date = try day("2026-03-02")
        let facts = World.facts
        #expect(facts.agency(over: "MJ", region: "75", on: date)?.code == "APS")
        #expect(facts.agency(over: "A75", region: nil, on: date)?.code == "T75")
        #expect(facts.agency(over: "G75", region: "75", on: date)?.code == "T75")
        #expect(facts.agency(over: "FUND", region: "75", on: date)?.code == "T75")
        #expect(facts.agency(over: "FUND", region: nil, on: date)?.code == "APS")
    }

    @Test(
        "what an applicant adds is something, and ends the question that waits; nothing is added to a closed complaint")
    func add() async throws {
        let world = try await World()
        let number = try await world.register("2026-03-02 10:00").number
        let now = try at("2026-12-30 10:00")
        try await world.desk.ask(number, as: "MJ", question: "Қай күні?", by: world.actor, at: now)
        let empty = await #expect(throws: Refusal.self) {
            try await world.desk.add(number, text: nil, document: nil, by: world.actor, at: now)
        }
        #expect(empty?.code == "complaint.nothingAdded")
        try await world.desk.add(number, text: "2 наурызда", document: nil, by: world.actor, at: now)
        #expect(try await world.casework.load(Complaint.self, id: number).state.isAsked == false)
        try await world.desk.withdraw(number, happenedAt: now, by: world.actor, at: now)
        let closed = await #expect(throws: Refusal.self) {
            try await world.desk.add(number, text: "тағы", document: nil, by: world.actor, at: now)
        }
        #expect(closed?.code == "complaint.closed")
    }

    @Test("the text goes to the body that must answer and to no other, and the journal says to whom it went")
    func reveal() async throws {
        let world = try await World()
        let number = try await world.register("2026-03-02 10:00").number
        let now = try at("2026-12-30 10:00")
        let words = try await world.desk.reveal(number, to: "MJ", by: world.actor, at: now)
        #expect(words.subject?.isEmpty == false && words.contacts?.name == "Айгүл Тестова")
        await #expect(throws: Refusal.self) {
            try await world.desk.reveal(number, to: "KGD", by: world.actor, at: now)
        }
        let looks = try await world.casework.history(of: StreamID(kind: "complaint", id: number)).compactMap { entry in
            if case .complaintRevealed(let look)? = entry.event.content as? ComplaintEvent { look.body } else { nil }
        }
        #expect(looks == ["MJ"])
    }
}
