import Casework
import Journal
import Onboarding
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("A wrong moment is put right; sending to many; where a service stands")
struct CorrectionTests {
    @discardableResult
    private func correct(
        _ world: World, _ entry: Int, to moment: String, at now: String, reason: String = "The stamp says another day"
    ) async throws -> Int {
        try await world.desk.correctMoment(
            of: entry, to: try at(moment), reason: reason, on: World.id, by: world.actor, at: try at(now))
    }

    @Test("A receipt that was a day earlier: the clock follows, the entry stays, both are in the journal")
    func receiptEarlier() async throws {
        let world = try await World()
        try await world.received("2026-03-20 10:00:00")
        #expect(try world.clock("appoint-responsible-person").due == day("2026-03-27"))
        try await correct(world, 3, to: "2026-03-19 10:00:00", at: "2026-03-20 12:00:00")
        let clock = try world.clock("appoint-responsible-person")
        #expect(
            try clock.due == (day("2026-03-26")) && clock.dayZero == (day("2026-03-19")) && clock.status == .running)
        #expect(try world.record().days[.received] == day("2026-03-19"))
        let loaded = try await world.casework.load(InformationRequest.self, id: World.id)
        #expect(try loaded.state.receivedAt == at("2026-03-19 10:00:00"))
        #expect(try loaded.clocks["appoint-responsible-person"]?.due == day("2026-03-26"))
        let history = try await world.casework.history(of: loaded.stream)
        #expect(try history[2].recorded.occurredAt == at("2026-03-20 10:00:00"))
        #expect(history.last?.event.changes.first?.reason == "entry-corrected")
        try world.expectSameAfterRebuild()
    }

    @Test("A wrong late appointment is late no more, and the next term runs from the right day")
    func appointmentEarlier() async throws {
        let world = try await World()
        try await world.received("2026-03-10 10:00:00")
        try await world.step("2026-03-16 10:00:00", Steps.appoint)
        #expect(try world.clock("appoint-responsible-person").status == .breached)
        try await correct(world, 4, to: "2026-03-11 10:00:00", at: "2026-03-16 11:00:00")
        #expect(try world.clock("appoint-responsible-person").status == .met)
        let next = try world.clock("submit-information")
        #expect(try next.dayZero == (day("2026-03-11")) && next.due == (day("2026-03-16")) && next.status == .running)
        // Corrected once more: the last correction counts.
        try await correct(world, 4, to: "2026-03-12 10:00:00", at: "2026-03-16 12:00:00")
        #expect(try world.clock("submit-information").dayZero == day("2026-03-12"))
        #expect(try world.clock("appoint-responsible-person").endedOn == day("2026-03-12"))
        try world.expectSameAfterRebuild()
    }

    @Test("The waiting period counts from the corrected later signature (vector 25)")
    func signature() async throws {
        let world = try await World()
        try await world.received("2025-12-15 10:00:00")
        try await world.step("2025-12-15 11:00:00", Steps.appoint)
        try await world.step("2025-12-15 12:00:00", Steps.submit())
        try await world.step("2025-12-15 13:00:00", Steps.enter)
        try await world.step("2025-12-17 10:00:00", Steps.train)
        try await world.step("2025-12-18 10:00:00", Steps.sign(.centre))
        try await world.step("2025-12-29 10:00:00", Steps.sign(.body))
        try await correct(world, 9, to: "2025-12-26 10:00:00", at: "2025-12-29 11:00:00")
        let status = try world.journal.readNow { try OnboardingStatus.of("S0288", in: $0) }
        #expect(try status == .accepted(liveFrom: day("2026-01-08")))
        #expect(try world.journal.readNow { try OnboardingStatus.liveFrom("S0288", in: $0) } == day("2026-01-08"))
        #expect(try world.record().days[.completed] == day("2025-12-26"))
        await #expect(throws: ClockError.self) { try await world.step("2026-01-06 10:00:00", Steps.goLive) }
        try await world.step("2026-01-08 10:00:00", Steps.goLive)
        #expect(
            try world.journal.readNow { try OnboardingStatus.of("S0288", in: $0) } == .live(since: day("2026-01-08")))
        // Consulting that began too early cannot be made so afterwards either.
        await #expect(throws: ClockError.self) {
            try await correct(world, 13, to: "2026-01-05 10:00:00", at: "2026-01-09 10:00:00")
        }
        try world.expectSameAfterRebuild()
    }

    @Test("A correction is refused without a reason, in the future, out of order, or for what has no moment of its own")
    func refused() async throws {
        let world = try await World()
        try await world.received("2026-03-10 10:00:00")
        try await world.step("2026-03-11 10:00:00", Steps.appoint)
        let cases: [(Int, String, String, String)] = [
            (3, "2026-03-10 09:00:00", " ", "onboarding.reasonMissing"),
            (3, "2026-03-13 09:00:00", "why", "onboarding.future"),
            (3, "2026-03-11 12:00:00", "why", "onboarding.order"),
            (1, "2026-03-10 09:00:00", "why", "onboarding.entryHasNoMoment"),
            (9, "2026-03-10 09:00:00", "why", "onboarding.entryUnknown"),
        ]
        for (entry, moment, reason, code) in cases {
            let refusal = await #expect(throws: Refusal.self) {
                try await correct(world, entry, to: moment, at: "2026-03-12 10:00:00", reason: reason)
            }
            #expect(refusal?.code == code)
        }
        #expect(try await world.casework.load(InformationRequest.self, id: World.id).version == 4)
    }

    @Test("The requests of a line go to each body once, also when the sending is repeated or one had failed")
    func bulk() async throws {
        let world = try await World()
        let bodies = ["MIA", "MJ", "MH"]
        for body in bodies {
            var line = Steps.line
            line.body = body
            let approved = line
            try await world.step("2026-03-01 09:00:00", of: OnboardingDesk.id(plan: "2026", line: "1", body: body)) {
                .approve(approved, at: $0)
            }
        }
        let failing = OnboardingDesk.id(plan: "2026", line: "1", body: "MJ")
        try await world.step("2026-03-02 09:00:00", of: failing, Steps.send())
        try await world.step("2026-03-02 10:00:00", of: failing, Steps.failed)
        func send(_ now: String) async throws -> SendingReport {
            let moment = try at(now)
            return try await world.desk.sendAll(
                plan: "2026", line: "1", channel: "documentolog", number: { "1-15/\($0.body)" }, sentAt: moment,
                by: world.actor, at: moment)
        }
        let first = try await send("2026-03-03 10:00:00")
        #expect(first.sent.count == 3 && first.already.isEmpty && first.refused.isEmpty)
        let second = try await send("2026-03-03 11:00:00")
        #expect(second.sent.isEmpty && second.already.count == 3)
        #expect(
            try world.journal.readNow { try InformationRequestRecord.fetch(id: failing, in: $0) }?.number == "1-15/MJ")
        // Pages of two: nothing twice, nothing left out.
        var seen: [String] = []
        var cursor: String?
        repeat {
            let after = cursor
            let page = try world.journal.readNow { try InformationRequestRecord.page(after: after, limit: 2, in: $0) }
            seen += page.records.map(\.body)
            cursor = page.next
        } while cursor != nil
        #expect(seen.sorted() == bodies.sorted())
    }

    @Test("A body's record counts what was in time and late, with the number of cases (797 §21)")
    func bodyRecord() async throws {
        let world = try await World()
        try await world.received("2026-03-10 10:00:00")
        try await world.step("2026-03-16 10:00:00", Steps.appoint)
        try await world.step("2026-03-17 10:00:00", Steps.submit())
        let records = try world.journal.readNow { try BodyRecord.fetch(body: "MIA", in: $0) }
        let byRule = Dictionary(uniqueKeysWithValues: records.map { ($0.rule, $0) })
        #expect(byRule["appoint-responsible-person"]?.late == 1)
        #expect(byRule["submit-information"]?.met == 1)
        #expect(byRule["hold-training"]?.running == 1)
        #expect(byRule["send-request"] == nil)
        #expect(try world.journal.readNow { try BodyRecord.fetch(body: "MJ", in: $0) }.isEmpty)
    }
}
