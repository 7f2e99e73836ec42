import Casework
import Journal
import Onboarding
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("One request from the line of the plan to consulting")
struct ChainTests {
    @Test("Every step, every clock and every date (vector 1)")
    func wholeChain() async throws {
        let world = try await World()
        try await world.begin()
        #expect(try world.clock("send-request").due == Steps.line.requestOn)
        #expect(try world.clock("accept-service").due == day("2026-04-13"))
        #expect(try world.record().state == .planned)

        try await world.step("2026-03-16 10:00:00", Steps.send())
        #expect(try world.clock("send-request").status == .met)
        #expect(try world.clocks()["appoint-responsible-person"] == nil, "a clock starts on the receipt only")
        try await world.step("2026-03-19 10:00:00", Steps.receive)
        let appoint = try world.clock("appoint-responsible-person")
        #expect(try appoint.due == (day("2026-03-26")) && appoint.owner == .body && appoint.body == "MIA")
        #expect(appoint.proof.contains("2026-03-19") && appoint.service == "S0288")

        try await world.step("2026-03-26 18:00:00", Steps.appoint)
        #expect(try world.clock("appoint-responsible-person").status == .met)
        #expect(try world.clock("submit-information").due == day("2026-03-31"))
        try await world.step("2026-03-31 18:00:00", Steps.submit())
        #expect(try world.clock("submit-information").status == .met)
        #expect(try world.clock("enter-information").due == day("2026-04-01"))
        #expect(try world.clock("hold-training").due == day("2026-04-07"))

        try await world.step("2026-04-01 09:00:00", Steps.enter)
        try await world.step("2026-04-07 09:00:00", Steps.train)
        #expect(try world.clock("sign-protocol").due == day("2026-04-09"))
        try await world.step("2026-04-08 09:00:00", Steps.sign(.body))
        #expect(try world.clock("sign-protocol").status == .running, "one side is not both")
        try await world.step("2026-04-09 09:00:00", Steps.sign(.centre))
        #expect(try world.clock("start-consulting").due == day("2026-04-17"))
        #expect(try world.clock("accept-service").status == .met)

        try await world.step("2026-04-17 00:00:00", Steps.goLive)
        #expect(try world.clocks().values.allSatisfy { $0.status == .met })
        #expect(try world.clocks().count == 8)
        let record = try world.record()
        #expect(record.state == .live)
        #expect(
            try record.days == [
                .sent: day("2026-03-16"), .received: day("2026-03-19"), .appointed: day("2026-03-26"),
                .submitted: day("2026-03-31"), .entered: day("2026-04-01"), .trained: day("2026-04-07"),
                .completed: day("2026-04-09"), .live: day("2026-04-17"),
            ])
        #expect(try await world.casework.recordBreaches(at: try at("2026-12-31 00:00:00")) == 0)
        try world.expectSameAfterRebuild()
    }

    @Test(
        "The body's two days from the receipt (vectors 1, 2)",
        arguments: [
            ("2026-03-19", "2026-03-26"), ("2026-03-20", "2026-03-27"), ("2026-03-21", "2026-03-27"),
            ("2026-03-22", "2026-03-27"),
        ])
    func appointment(receipt: String, due: String) async throws {
        let world = try await World()
        try await world.received("\(receipt) 10:00:00")
        #expect(try world.clock("appoint-responsible-person").due == day(due))
    }

    @Test("The three days over New Year and the five over the May holidays (vectors 3, 4)")
    func holidays() async throws {
        let world = try await World()
        try await world.received("2025-12-29 10:00:00")
        try await world.step("2025-12-30 10:00:00", Steps.appoint)
        #expect(try world.clock("submit-information").due == day("2026-01-06"))
        try await world.step("2026-04-30 10:00:00", Steps.submit())
        #expect(try world.clock("submit-information").status == .breached)
        #expect(try world.clock("hold-training").due == day("2026-05-12"))
    }

    @Test(
        "In time until the last second of the last day, local time (vector 6)",
        arguments: [("2026-03-26 23:59:59", Clock.Status.met), ("2026-03-27 00:00:00", .breached)])
    func lastSecond(moment: String, status: Clock.Status) async throws {
        let world = try await World()
        try await world.received("2026-03-19 10:00:00")
        try await world.step(moment, Steps.appoint)
        #expect(try world.clock("appoint-responsible-person").status == status)
    }

    @Test("Done on a day off: in time, nothing elapsed (vectors 11, 12)")
    func onADayOff() async throws {
        let world = try await World()
        try await world.received("2026-03-21 10:00:00")
        try await world.step("2026-03-21 11:00:00", Steps.appoint)
        let clock = try world.clock("appoint-responsible-person")
        #expect(try clock.status == .met && clock.endedOn == (day("2026-03-21")))
        let calendar = try TestCentre.schedules.calendar()
        #expect(try calendar.workingDays(after: clock.dayZero, through: day("2026-03-21")) == 0)
        try await world.step("2026-03-22 11:00:00", Steps.submit())
        #expect(try world.clock("submit-information").status == .met)
    }

    @Test("A stopped clock never alarms while another of the case runs (vector 19)")
    func stoppedClock() async throws {
        let world = try await World()
        try await world.received("2026-03-19 10:00:00")
        try await world.step("2026-03-20 10:00:00", Steps.appoint)
        try await world.step("2026-03-20 11:00:00", Steps.submit())
        try await world.step("2026-03-20 12:00:00", Steps.enter)
        #expect(try await world.casework.recordBreaches(at: try at("2026-04-10 00:00:00")) == 1)
        #expect(try world.clock("hold-training").status == .breached)
        #expect(try world.clock("enter-information").status == .met)
        #expect(try await world.casework.recordBreaches(at: try at("2026-04-10 00:00:00")) == 0)
    }

    @Test("Consulting starts after five working days have passed, and the refusal names the day (vector 25)")
    func waiting() async throws {
        let world = try await World()
        try await world.received("2025-12-22 10:00:00")
        for (moment, step) in [
            ("2025-12-22 11:00:00", Steps.appoint), ("2025-12-23 10:00:00", Steps.submit()),
            ("2025-12-24 10:00:00", Steps.enter), ("2025-12-25 10:00:00", Steps.train),
            ("2025-12-25 11:00:00", Steps.sign(.centre)), ("2025-12-26 10:00:00", Steps.sign(.body)),
        ] { try await world.step(moment, step) }
        for moment in ["2025-12-27 10:00:00", "2026-01-06 23:59:59", "2026-01-07 23:59:59"] {
            let error = try await #require(throws: ClockError.self) { try await world.step(moment, Steps.goLive) }
            #expect(error == .tooEarly(clock: "start-consulting", allowedFrom: try day("2026-01-08")))
            #expect("\(error)".contains("2026-01-08"))
        }
        #expect(try world.record().state == .accepted)
        try await world.step("2026-01-08 00:00:00", Steps.goLive)
        #expect(try world.record().state == .live)
        #expect(try world.clock("start-consulting").status == .met)
    }

    @Test("The waiting period counts from the later signature, whichever was entered first")
    func signaturesOutOfOrder() async throws {
        let world = try await World()
        try await world.received("2025-12-15 10:00:00")
        for (moment, step) in [
            ("2025-12-15 11:00:00", Steps.appoint), ("2025-12-16 10:00:00", Steps.submit()),
            ("2025-12-17 10:00:00", Steps.train), ("2025-12-26 10:00:00", Steps.sign(.body)),
        ] { try await world.step(moment, step) }
        let earlier = try at("2025-12-18 10:00:00")
        try await world.desk.perform(
            Steps.sign(.centre)(earlier), on: World.id, by: world.actor, at: try at("2025-12-29 10:00:00"))
        #expect(try world.clock("start-consulting").due == day("2026-01-08"))
        #expect(try world.record().days[.completed] == day("2025-12-26"))
    }

    @Test("The same command with the same key is done once; another version than the one seen is a conflict")
    func repeated() async throws {
        let world = try await World()
        try await world.begin()
        let now = try at("2026-03-16 10:00:00")
        let key = CommandKey("k-1", content: Array("send".utf8))
        for _ in 1...2 {
            let version = try await world.desk.perform(
                Steps.send()(now), on: World.id, by: world.actor, at: now, expecting: 1, once: key)
            #expect(version == 2)
        }
        await #expect(throws: JournalError.conflict(stream: StreamID("onboarding/\(World.id)"), expected: 1)) {
            try await world.desk.perform(
                Steps.receive(now), on: World.id, by: world.actor, at: now, expecting: 1)
        }
    }
}
