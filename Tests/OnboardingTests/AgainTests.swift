import Casework
import Journal
import Onboarding
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Sent again, returned (vector 15)")
struct AgainTests {
    @Test("The body lost the request: its clock goes on from the first receipt")
    func lost() async throws {
        let world = try await World()
        try await world.received("2026-03-19 10:00:00")
        try await world.step("2026-03-25 10:00:00", Steps.send(.lost))
        try await world.step("2026-03-26 10:00:00", Steps.receive)
        #expect(try world.clock("appoint-responsible-person").due == day("2026-03-26"))
        #expect(try world.record().days[.received] == day("2026-03-19"))
        // The appointment may lie between the two receipts.
        try await world.desk.perform(
            Steps.appoint(try at("2026-03-25 12:00:00")), on: World.id, by: world.actor,
            at: try at("2026-03-26 11:00:00"))
        #expect(try world.clock("appoint-responsible-person").status == .met)
        try world.expectSameAfterRebuild()
    }

    @Test("Our wrong address: the clock runs anew from the right receipt, with the reason, once")
    func wrongAddress() async throws {
        let world = try await World()
        try await world.received("2026-03-10 10:00:00")
        try await world.casework.recordBreaches(at: try at("2026-03-16 00:00:00"))
        #expect(try world.clock("appoint-responsible-person").status == .breached)
        try await world.step("2026-03-18 10:00:00", Steps.send(.wrongAddress))
        #expect(try world.clock("appoint-responsible-person").dayZero == day("2026-03-10"))
        try await world.step("2026-03-19 10:00:00", Steps.receive)
        let clock = try world.clock("appoint-responsible-person")
        #expect(try clock.due == (day("2026-03-26")) && clock.status == .running)
        let loaded = try await world.casework.load(InformationRequest.self, id: World.id)
        let history = try await world.casework.history(of: loaded.stream)
        #expect(history.last?.event.changes.contains { $0.kind == .restarted && $0.reason == "wrong-address" } == true)
        // A second receipt of the same sending would give the body days that the law does not.
        await #expect(throws: Refusal.self) { try await world.step("2026-03-24 10:00:00", Steps.receive) }
        try world.expectSameAfterRebuild()
    }

    @Test(
        "A wrong address stays the reason when the right sending fails or is lost on the way", arguments: [true, false])
    func wrongAddressThenTrouble(fails: Bool) async throws {
        let world = try await World()
        try await world.received("2026-03-10 10:00:00")
        try await world.step("2026-03-11 10:00:00", Steps.send(.wrongAddress))
        if fails { try await world.step("2026-03-11 11:00:00", Steps.failed) }
        try await world.step("2026-03-12 10:00:00", Steps.send(fails ? .failed : .lost))
        try await world.step("2026-03-19 10:00:00", Steps.receive)
        #expect(try world.clock("appoint-responsible-person").due == day("2026-03-26"))
    }

    @Test("The first sending failed: no clock of the body starts before it has the request")
    func failed() async throws {
        let world = try await World()
        try await world.begin()
        try await world.step("2026-03-16 10:00:00", Steps.send())
        try await world.step("2026-03-16 11:00:00", Steps.failed)
        #expect(try world.clocks()["appoint-responsible-person"] == nil)
        await #expect(throws: Refusal.self) { try await world.step("2026-03-17 10:00:00", Steps.receive) }
        try await world.step("2026-03-18 10:00:00", Steps.send(.failed))
        #expect(try world.clocks()["appoint-responsible-person"] == nil)
        try await world.step("2026-03-19 10:00:00", Steps.receive)
        #expect(try world.clock("appoint-responsible-person").due == day("2026-03-26"))
    }

    @Test("Returned information gives three days from the return; what followed it is called off")
    func returned() async throws {
        let world = try await World()
        try await world.received("2026-03-17 10:00:00")
        try await world.step("2026-03-17 11:00:00", Steps.appoint)
        try await world.step("2026-03-18 10:00:00", Steps.submit())
        try await world.step("2026-03-19 10:00:00", Steps.giveBack)
        var clock = try world.clock("submit-information")
        #expect(try clock.due == (day("2026-03-27")) && clock.status == .running)
        #expect(try world.clock("hold-training").status == .cancelled)
        #expect(try world.clock("enter-information").status == .cancelled)
        #expect(try world.record().state == .returned && (world.record()).returns == 1)
        try await world.step("2026-03-27 10:00:00", Steps.submit())
        clock = try world.clock("submit-information")
        #expect(clock.status == .met)
        #expect(try world.clock("hold-training").due == day("2026-04-03"))
        try world.expectSameAfterRebuild()
    }

    @Test(
        "Incomplete or unsigned information is taken down and returned at once",
        arguments: [(false, true), (true, false)])
    func returnedAtOnce(complete: Bool, signed: Bool) async throws {
        let world = try await World()
        try await world.received("2026-03-17 10:00:00")
        try await world.step("2026-03-17 11:00:00", Steps.appoint)
        try await world.step("2026-03-19 10:00:00", Steps.submit(complete: complete, signed: signed))
        #expect(try world.clock("submit-information").due == day("2026-03-27"))
        #expect(try world.record().state == .returned)
        let history = try await world.casework.history(of: .init("onboarding/\(World.id)"))
        let reason = signed ? StepNote.incomplete : StepNote.unsigned
        guard case .informationReturned(let note, _)? = history.last?.event.content as? InformationRequestEvent else {
            Issue.record("the last event is no return")
            return
        }
        #expect(note.text == reason)
    }
}
