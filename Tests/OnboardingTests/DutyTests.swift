import Casework
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Onboarding

@Suite("The short cases beside a request")
struct DutyTests {
    private func refuse(
        _ id: String, on moment: String, enteredOn entered: String? = nil, documents: [String], body: String = "MIA",
        in world: World
    ) async throws {
        try await world.desk.begin(
            AdditionalRequest.self, id: id, DutyNote(body: body, text: "question \(id)"),
            happenedAt: try at("2026-01-05 09:00:00"), by: world.actor, at: try at("2026-01-05 09:00:00"))
        try await world.desk.end(
            AdditionalRequest.self, id: id, by: "additionalRefused",
            DutyNote(body: "", text: "no", ground: "none", documents: documents), happenedAt: try at(moment),
            by: world.actor, at: try at(entered ?? moment))
    }

    private func notices(in world: World) throws -> [DutyRecord] {
        try world.journal.readNow { try DutyRecord.fetch(body: "MIA", in: $0) }.filter { $0.kind == "refusal-notice" }
    }

    @Test(
        "Two refusals within one month begin the notice, whichever months of the calendar they lie in (797 §12)",
        arguments: [
            ("2026-03-31 23:59:59", "2026-04-01 00:00:00", true), ("2026-03-31 10:00:00", "2026-04-30 10:00:00", true),
            ("2026-03-31 10:00:00", "2026-05-01 10:00:00", false), ("2026-04-01 10:00:00", "2026-05-01 23:59:59", true),
            ("2026-04-01 10:00:00", "2026-05-02 00:00:00", false),
        ])
    func withinOneMonth(first: String, second: String, isNotice: Bool) async throws {
        for isBackwards in [false, true] {
            let world = try await World()
            let entered = "2026-06-01 10:00:00"
            for (id, moment) in isBackwards ? [("2", second), ("1", first)] : [("1", first), ("2", second)] {
                try await refuse(id, on: moment, enteredOn: entered, documents: ["d" + id], in: world)
            }
            let month = String(second.prefix(7))
            #expect(try notices(in: world).map(\.stream.id) == (isNotice ? ["MIA-\(month)"] : []))
            guard isNotice else { continue }
            let state = try await world.casework.load(Duty<RefusalNotice>.self, id: "MIA-\(month)").state
            #expect(state.begunAt == (try at(second)) && state.begun?.reference == "1, 2")
            #expect(state.begun?.documents == ["d1", "d2"])
            // A third one in that month is added to the notice while it is open.
            try await refuse("3", on: second, enteredOn: entered, documents: ["d3"], in: world)
            #expect(try notices(in: world).count == 1)
            let added = try await world.casework.load(Duty<RefusalNotice>.self, id: "MIA-\(month)").state.begun
            #expect(added?.reference == "1, 2, 3" && added?.documents == ["d1", "d2", "d3"])
        }
    }

    @Test("The second refusal within a month begins the notice with the documents, and only once (797 §12)")
    func secondRefusal() async throws {
        let world = try await World()
        try await refuse("1", on: "2026-02-28 23:59:59", documents: ["d1"], in: world)
        try await refuse("2", on: "2026-04-01 00:00:00", documents: ["d2"], in: world)
        try await refuse("3", on: "2026-04-02 10:00:00", documents: [], body: "MH", in: world)
        #expect(try notices(in: world).isEmpty, "one in each month, one of another body")
        try await refuse("4", on: "2026-04-16 10:00:00", documents: ["d4", "d2"], in: world)
        #expect(try notices(in: world).map(\.stream.id) == ["MIA-2026-04"])
        let state = try await world.casework.load(Duty<RefusalNotice>.self, id: "MIA-2026-04").state
        #expect(state.begun?.documents == ["d2", "d4"])
        #expect(state.begun?.reference == "2, 4" && state.begun?.text == "question 2; question 4")
        let clock = try world.journal.readNow { try ClockRow.fetch(of: StreamID("refusal-notice/MIA-2026-04"), in: $0) }
        #expect(try clock.map(\.rule) == ["inform-agency"] && clock.first?.due == (day("2026-04-17")))
        for (id, moment) in [("5", "2026-04-20 10:00:00"), ("6", "2026-04-21 10:00:00")] {
            try await refuse(id, on: moment, documents: ["d" + id], in: world)
        }
        #expect(try notices(in: world).count == 1)
        // The documents go with the notice without being attached again.
        let told = try at("2026-04-22 10:00:00")
        try await world.desk.end(
            RefusalNotice.self, id: "MIA-2026-04", by: "agencyInformed",
            DutyNote(body: "", text: "letter", documents: ["letter"]),
            happenedAt: told, by: world.actor, at: told)
        let ended = try await world.casework.load(Duty<RefusalNotice>.self, id: "MIA-2026-04").state.ended
        #expect(ended?.documents == ["d2", "d4", "d5", "d6", "letter"])
        // What comes after the notice was sent has one of its own, with the refusal before it.
        try await refuse("7", on: "2026-04-23 10:00:00", documents: ["d7"], in: world)
        try await refuse("8", on: "2026-05-23 10:00:00", documents: ["d8"], in: world)
        #expect(
            try notices(in: world).map { "\($0.stream.id): \($0.text)" }.sorted() == [
                "MIA-2026-04-2: question 6; question 7", "MIA-2026-04: question 2; question 4; question 5; question 6",
                "MIA-2026-05: question 7; question 8",
            ])
        try world.expectSameAfterRebuild()
    }

    @Test("Refusals entered out of their order: the notice runs from the second that happened")
    func outOfOrder() async throws {
        let world = try await World()
        try await refuse("1", on: "2026-04-15 10:00:00", documents: ["d1"], in: world)
        try await refuse("2", on: "2026-04-06 10:00:00", enteredOn: "2026-04-16 09:00:00", documents: [], in: world)
        let clocks = try world.journal.readNow {
            try ClockRow.fetch(of: StreamID("refusal-notice/MIA-2026-04"), in: $0)
        }
        #expect(clocks.first?.dayZero == (try day("2026-04-15")))
    }

    @Test("A notice without any document is refused")
    func withoutDocuments() async throws {
        let world = try await World()
        for id in ["1", "2"] { try await refuse(id, on: "2026-04-1\(id) 10:00:00", documents: [], in: world) }
        let now = try at("2026-04-20 10:00:00")
        let refusal = try await #require(throws: Refusal.self) {
            try await world.desk.end(
                RefusalNotice.self, id: "MIA-2026-04", by: "agencyInformed", DutyNote(body: "", text: "letter"),
                happenedAt: now, by: world.actor, at: now)
        }
        #expect(refusal.code == "duty.documentsMissing")
    }

    @Test("A change counts from the day it takes effect and ends on the day of its moment (797 §6)")
    func change() async throws {
        let world = try await World()
        let told = try at("2026-03-10 10:00:00")
        try await world.desk.begin(
            InformationChange.self, id: "1",
            DutyNote(body: "MIA", service: "S0288", text: "new fee", on: try day("2026-03-19")),
            happenedAt: told, by: world.actor, at: told)
        let stream = StreamID("information-change/1")
        #expect(
            try world.journal.readNow { try ClockRow.fetch(of: stream, in: $0) }.first?.due == (try day("2026-03-27")))
        let late = try at("2026-03-30 10:00:00")
        try await world.desk.end(
            InformationChange.self, id: "1", by: "changeSubmitted",
            DutyNote(body: "", text: "form", on: try day("2026-03-20")), happenedAt: late, by: world.actor, at: late)
        let clock = try world.journal.readNow { try ClockRow.fetch(of: stream, in: $0) }.first
        #expect(try clock?.status == .breached && clock?.endedOn == (day("2026-03-30")))
        try world.expectSameAfterRebuild()
    }

    @Test(
        "Terms of the short cases come from the rulebook",
        arguments: [
            ("responsiblePersonLeft", "responsible-person-change", "2026-03-27"),
            ("trainingRequested", "agency-training", "2026-04-07"),
        ])
    func terms(event: String, procedure: String, due: String) async throws {
        let world = try await World()
        let now = try at("2026-03-19 10:00:00")
        let note = DutyNote(body: procedure == "agency-training" ? "APS" : "MIA", text: "x")
        if procedure == "agency-training" {
            try await world.desk.begin(AgencyTraining.self, id: "1", note, happenedAt: now, by: world.actor, at: now)
        } else {
            try await world.desk.begin(
                ResponsiblePersonChange.self, id: "1", note, happenedAt: now, by: world.actor, at: now)
        }
        let clocks = try world.journal.readNow { try ClockRow.fetch(of: StreamID("\(procedure)/1"), in: $0) }
        #expect(clocks.map(\.due) == [try day(due)])
    }

    @Test("Refusals of a short case")
    func refused() throws {
        let now = try at("2026-03-19 10:00:00")
        let context = DecisionContext(
            now: now, actor: Actor("test"), calendar: try TestCentre.schedules.calendar(), zone: .almaty,
            clocks: CaseClocks(),
            procedure: nil)
        let note = DutyNote(body: "MIA", text: "x")
        let open = DutyState(begun: note, begunAt: now)
        var ended = open
        (ended.ended, ended.endedBy) = (note, "additionalAnswered")
        let before = now.adding(milliseconds: -1)
        let table: [(DutyCommand, DutyState, String)] = [
            (.begin(note, at: now), open, "duty.exists"),
            (.begin(note, at: now.adding(milliseconds: 1)), DutyState(), "duty.future"),
            (.end("additionalAnswered", note, at: now), DutyState(), "duty.unknown"),
            (.end("additionalAnswered", note, at: now), ended, "duty.ended"),
            (.end("agencyInformed", note, at: now), open, "duty.wrongEnd"),
            (.end("additionalAnswered", note, at: before), open, "duty.order"),
            (.end("additionalRefused", note, at: now), open, "duty.groundMissing"),
            (
                .end("additionalRefused", DutyNote(body: "", text: "", ground: "busy"), at: now), open,
                "duty.groundMissing"
            ),
        ]
        for (command, state, code) in table {
            let refusal = try #require(throws: Refusal.self) {
                try Duty<AdditionalRequest>.decide(command, on: state, in: context)
            }
            #expect(refusal.code == code)
        }
    }
}
