import Casework
import Foundation
import Journal
import Onboarding
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The plan-schedule: draft, approval, change, forecast")
struct PlanScheduleTests {
    static let header = "line,service,body,request_date,acceptance_date,responsible_unit\n"

    private func draft(_ text: String, in world: World) async throws -> PlanReport {
        try await world.desk.draftPlan(
            rows: try OnboardingDesk.planRows(of: Array((Self.header + text).utf8), named: "plan.csv"), plan: "2026",
            source: "plan.csv", by: world.actor, at: try at("2025-12-10 09:00:00"))
    }

    private func approve(_ act: String = "No. 12", in world: World) async throws -> PlanReport {
        let now = try at("2025-12-20 09:00:00")
        return try await world.desk.approvePlan("2026", act: act, approvedAt: now, by: world.actor, at: now)
    }

    @Test("a draft starts no clock; its approval begins the requests, and the record says by which act")
    func approval() async throws {
        let world = try await World()
        try world.takeKnowledge()
        let report = try await draft(
            "1,S0288,MIA,2026-03-17,2026-04-13,\n2,S9999,MIA,2026-03-18,,\n1,S0288,MIA,2026-03-17,,\n", in: world)
        #expect(report.added == ["2026-1-MIA"])
        #expect(report.problems.map(\.line) == [3, 4])
        #expect(report.problems.map(\.code) == ["plan.service", "plan.twice"])
        #expect(try world.journal.readNow { try InformationRequestRecord.count(in: $0) } == 0)
        let waiting = try #require(try world.journal.readNow { try PlanRecord.fetch(in: $0) }.first)
        #expect(waiting.draftLines == 1 && waiting.draftSource == "plan.csv" && waiting.act == nil)
        await #expect(throws: Refusal.self) { try await approve(" ", in: world) }
        #expect(try await approve(in: world).added == ["2026-1-MIA"])
        let inForce = try #require(try world.journal.readNow { try PlanRecord.fetch(in: $0) }.first)
        #expect(inForce.draftLines == 0 && inForce.act == "No. 12" && inForce.requests == 1)
        #expect(try world.clock("send-request").due == day("2026-03-17"))
        await #expect(throws: Refusal.self) { try await approve(in: world) }
        #expect(try await draft("1,S0288,MIA,2026-03-17,2026-04-13,\n", in: world).unchanged == 1)
        #expect(try await draft("1,S0288,MIA,2026-03-19,2026-04-13,\n", in: world).problems[0].code == "plan.changed")
        try world.expectSameAfterRebuild()
    }

    @Test("a plan without a name or a usable line is refused")
    func refusals() async throws {
        let world = try await World()
        try world.takeKnowledge()
        let rows = try OnboardingDesk.planRows(
            of: Array((Self.header + "1,S0288,MIA,2026-03-17,,\n").utf8), named: "plan.csv")
        await #expect(throws: Refusal.self) {
            try await world.desk.draftPlan(
                rows: rows, plan: "20/26", source: "plan.csv", by: world.actor, at: try at("2025-12-10 09:00:00"))
        }
        #expect(try await draft("x y,S0288,MIA,2026-03-17,,\n", in: world).added.isEmpty)
        // What no calendar covers is named by its own column; a table without a line says so.
        let late = try await draft(
            "1,S0288,MIA,2026-03-17,2028-04-13,\n2,S0288,MIA,2026-03-17,,a\u{202E}b\n", in: world)
        #expect(late.problems.map(\.field) == ["acceptance_date", "responsible_unit"])
        #expect(late.problems.map(\.code) == ["plan.calendar", "plan.characters"])
        let empty = try await #require(throws: Refusal.self) { try await draft("", in: world) }
        #expect(empty.code == "plan.noLines")
        #expect(try world.journal.readNow { try PlanRecord.fetch(in: $0) }.isEmpty)
    }

    @Test("a changed line moves its terms with the reason; after the sending the planned day stands")
    func amendment() async throws {
        let world = try await World()
        try await world.begin()
        let now = try at("2026-03-02 10:00:00")
        func amend(_ requestOn: String, _ acceptanceOn: String, at moment: Moment) async throws -> SendingReport {
            try await world.desk.amendLine(
                plan: "2026", line: "1",
                PlanLineAmended(
                    requestOn: try day(requestOn), acceptanceOn: try day(acceptanceOn), approval: "No. 14",
                    reason: "the body moved house"),
                amendedAt: moment, by: world.actor, at: moment)
        }
        #expect(try await amend("2026-04-01", "2026-05-04", at: now).sent == [World.id])
        #expect(try world.clock("send-request").due == day("2026-04-01"))
        #expect(try world.clock("accept-service").due == day("2026-05-04"))
        #expect(try world.record().requestOn == day("2026-04-01"))
        try await world.step("2026-04-01 10:00:00", Steps.send())
        let later = try at("2026-04-02 10:00:00")
        await #expect(throws: Refusal.self) { try await amend("2026-04-20", "2026-05-04", at: later) }
        _ = try await amend("2026-04-01", "2026-05-11", at: later)
        #expect(try world.clock("send-request").status == .met)
        #expect(try world.clock("accept-service").due == day("2026-05-11"))
        await #expect(throws: Refusal.self) { try await amend("2026-04-01", "2026-05-11", at: later) }
        try world.expectSameAfterRebuild()
    }

    @Test("a request taken off the plan waits for nothing any more")
    func cancelled() async throws {
        let world = try await World()
        try await world.received("2026-03-18 10:00:00")
        let cancel: Step = { .cancel(StepNote(text: "the service was abolished"), at: $0) }
        let nothing: Step = { .cancel(StepNote(text: " "), at: $0) }
        await #expect(throws: Refusal.self) { try await world.step("2026-03-19 10:00:00", nothing) }
        try await world.step("2026-03-19 10:00:00", cancel)
        #expect(try world.clocks().values.allSatisfy { $0.endedOn != nil || $0.status == .waiting })
        #expect(try world.record().state == .cancelled)
        await #expect(throws: Refusal.self) { try await world.step("2026-03-19 11:00:00", Steps.appoint) }
        let status = try world.journal.readNow { try OnboardingStatus.of("S0288", in: $0) }
        #expect(status == .notPlanned)
        try world.expectSameAfterRebuild()
    }

    @Test("the forecast uses every term of law to its last day and never looks back")
    func forecast() async throws {
        let world = try await World()
        try await world.received("2026-03-18 10:00:00")
        let procedure = try #require(
            world.casework.rulebooks.procedure("onboarding", on: try day("2026-03-18")))
        let calendar = try world.journal.readNow { [keeper = world.casework.calendars] in try keeper.calendar(in: $0) }
        func days(_ today: String) throws -> (String, String) {
            let found = try OnboardingForecast(procedure: procedure, calendar: calendar, today: try day(today)).days(
                of: try world.record())
            return (found.accepted.description, found.live.description)
        }
        // Received on Wednesday 18 March; 21-25 March are days off; 2 + 3 + 5 + 2 working days.
        let expected = try [2, 3, 5, 2].reduce(try day("2026-03-18")) { try calendar.date(adding: $1, to: $0) }
        #expect(try days("2026-03-18").0 == expected.description)
        #expect(try days("2026-06-01").0 > "2026-06-01")
        #expect(try days("2026-03-18").1 > days("2026-03-18").0)
        let line = try #require(try world.journal.readNow { try PlanBoardLine.fetch(plan: "2026", in: $0) }.first)
        #expect(line.next?.rule == "appoint-responsible-person" && line.overdue == 0)
        #expect(line.states == [.received: 1] && line.acceptedOn == nil)
    }

    @Test("what is missing in the form stands in the entry, in the order of the form, and makes it incomplete")
    func missing() async throws {
        let world = try await World()
        try await world.received("2026-03-18 10:00:00")
        try await world.step("2026-03-19 10:00:00", Steps.appoint)
        try await world.step("2026-03-20 10:00:00") {
            .submit(
                InformationSubmitted(isSignedByHead: true, isComplete: true, missing: [.fee, .nameRussian]), at: $0)
        }
        #expect(try world.record().state == .returned)
        let history = try await world.casework.history(of: StreamID(kind: "onboarding", id: World.id))
        let submitted = history.compactMap { entry -> InformationSubmitted? in
            if case .informationSubmitted(let step, _) = entry.event.content as? InformationRequestEvent {
                step
            } else {
                nil
            }
        }
        #expect(submitted.map(\.missing) == [[.nameRussian, .fee]] && submitted.map(\.isComplete) == [false])
    }

    @Test("information that came late and was returned stays late when it comes again in time")
    func lateness() async throws {
        let world = try await World()
        try await world.received("2026-04-06 10:00:00")
        try await world.step("2026-04-07 10:00:00", Steps.appoint)
        try await world.step("2026-04-20 10:00:00", Steps.submit())
        #expect(try world.clock("submit-information").breachedOn == day("2026-04-20"))
        try await world.step("2026-04-21 10:00:00", Steps.giveBack)
        #expect(try world.clock("submit-information").status == .running)
        #expect(try world.clock("submit-information").breachedOn == day("2026-04-20"))
        try await world.step("2026-04-22 10:00:00", Steps.submit())
        #expect(try world.clock("submit-information").status == .met)
        let record = try world.journal.readNow { try BodyRecord.fetch(body: "MIA", in: $0) }
            .first { $0.rule == "submit-information" }
        #expect(record?.late == 1 && record?.met == 0)
        try world.expectSameAfterRebuild()
    }

    @Test("every event is written under its name and read back the same")
    func roundTrip() throws {
        let subject = CaseSubject(body: "MIA", service: "S0288")
        let note = StepNote(text: "x")
        let events: [InformationRequestEvent] = [
            .planLineApproved(Steps.line),
            .planLineAmended(
                PlanLineAmended(requestOn: try day("2026-03-17"), approval: "a", reason: "b"), subject),
            .requestSent(RequestSent(number: "1", channel: "mail"), subject), .requestSendingFailed(note, subject),
            .requestReceived(RequestReceived(proof: "p"), subject),
            .responsiblePersonAppointed(ResponsiblePersonAppointed(order: "5"), subject),
            .informationSubmitted(InformationSubmitted(isSignedByHead: true, isComplete: true), subject),
            .informationReturned(note, subject),
            .informationEntered(InformationEntered(card: "c", edition: 1), subject),
            .trainingHeld(note, subject), .protocolSigned(ProtocolSigned(side: .body, position: "h"), subject),
            .protocolCompleted(subject), .wentLive(subject), .requestCancelled(note, subject),
            .contactMade(note, subject), .entryCorrected(EntryCorrected(entry: 1, text: "t", reason: "r"), subject),
        ]
        #expect(Set(events.map(\.name)) == Set(InformationRequestEvent.names))
        for event in events {
            let written = try CaseEvent(event).journalled(occurredAt: try at("2026-03-18 10:00:00"))
            let recorded = RecordedEvent(
                position: 1, stream: StreamID(kind: "onboarding", id: "x"), version: 1, name: written.name,
                occurredAt: written.occurredAt, recordedAt: written.occurredAt, actor: Actor("t"),
                payload: written.payload, content: nil)
            let read = try EventCatalogue(OnboardingDesk.eventTypes).read(recorded)
            #expect(read.content as? InformationRequestEvent == event)
        }
    }

    @Test("short cases get a number of their own, also on the same day")
    func numbers() async throws {
        let world = try await World()
        let now = try at("2026-03-18 10:00:00")
        func begin(_ text: String) async throws -> String {
            try await world.desk.begin(
                .additionalRequest, DutyNote(body: "MIA", service: "S0288", text: text), happenedAt: now,
                by: world.actor, at: now)
        }
        #expect(try await begin("the fee") == "MIA-2026-03-18")
        #expect(try await begin("the place") == "MIA-2026-03-18-2")
        await #expect(throws: Refusal.self) { try await begin(" ") }
        for id in ["MIA-2026-03-18", "MIA-2026-03-18-2"] {
            try await world.desk.end(
                .additionalRequest, id: id, by: "additionalRefused",
                DutyNote(body: "MIA", text: "no", ground: "none", documents: ["d"]), happenedAt: now, by: world.actor,
                at: now)
        }
        #expect(try await world.desk.duty(.refusalNotice, id: "MIA-2026-03").begun?.documents == ["d"])
    }
}
