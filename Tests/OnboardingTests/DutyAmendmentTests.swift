import Casework
import Journal
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Onboarding

@Suite("Short cases that were entered wrongly")
struct DutyAmendmentTests {
    private func clock(_ stream: String, in world: World) throws -> ClockRow {
        try #require(try world.journal.readNow { try ClockRow.fetch(of: StreamID(stream), in: $0) }.first)
    }

    private func change(on effect: String, _ moment: String = "2026-03-10 10:00:00", in world: World) async throws
        -> String
    {
        let now = try at(moment)
        return try await world.desk.begin(
            .informationChange, DutyNote(body: "MIA", service: "S0288", text: "new fee", on: try day(effect)),
            happenedAt: now, by: world.actor, at: now)
    }

    private func refuse(_ moment: String, document: String, in world: World) async throws -> String {
        let now = try at(moment)
        let id = try await world.desk.begin(
            .additionalRequest, DutyNote(body: "MIA", text: "question \(moment.prefix(10))"), happenedAt: now,
            by: world.actor, at: now)
        try await world.desk.end(
            .additionalRequest, id: id, by: "additionalRefused",
            DutyNote(body: "", text: "no", ground: "none", documents: [document]), happenedAt: now, by: world.actor,
            at: now)
        return id
    }

    private func notices(in world: World) throws -> [String] {
        try world.journal.readNow { try DutyRecord.notices(of: "MIA", in: $0) }.map { "\($0.stream.id): \($0.text)" }
    }

    @Test("A corrected day of effect moves the term (797 §6), a corrected end its outcome")
    func corrected() async throws {
        let world = try await World()
        let id = try await change(on: "2026-03-19", in: world)
        let late = try at("2026-03-30 10:00:00")
        try await world.desk.end(
            .informationChange, id: id, by: "changeSubmitted", DutyNote(body: "", text: "form"), happenedAt: late,
            by: world.actor, at: late)
        #expect(try clock("information-change/\(id)", in: world).status == .breached)
        let now = try at("2026-04-01 10:00:00")
        try await world.desk.correct(
            .informationChange, id: id, entry: 2, to: try at("2026-03-27 23:00:00"), reason: "letter of the 27th",
            by: world.actor, at: now)
        #expect(try clock("information-change/\(id)", in: world).status == .met)
        try await world.desk.correct(
            .informationChange, id: id, entry: 1, to: nil, on: try day("2026-03-12"), reason: "order of the 12th",
            by: world.actor, at: now)
        let moved = try clock("information-change/\(id)", in: world)
        #expect(try moved.dayZero == day("2026-03-12") && moved.due == day("2026-03-17") && moved.status == .breached)
        let record = try #require(
            try world.journal.readNow { try DutyRecord.fetch(StreamID("information-change/\(id)"), in: $0) })
        #expect(record.begunOn == "2026-03-12" && record.endedOn == "2026-03-27")
        try world.expectSameAfterRebuild()
    }

    @Test("A duplicate is annulled: its clock stands as if it had never run, and the body's record does not count it")
    func annulled() async throws {
        let world = try await World()
        let id = try await change(on: "2026-03-10", in: world)
        let twice = try await change(on: "2026-03-10", in: world)
        #expect(twice == id + "-2")
        try await world.casework.recordBreaches(at: try at("2026-03-20 10:00:00"))
        func overdue() throws -> Int {
            try world.journal.readNow { try BodyRecord.fetch(body: "MIA", in: $0) }.map(\.overdue).reduce(0, +)
        }
        #expect(try overdue() == 2)
        let now = try at("2026-03-20 11:00:00")
        try await world.desk.annul(
            .informationChange, id: twice, reason: "entered twice", reference: id, by: world.actor, at: now)
        #expect(try overdue() == 1)
        #expect(try clock("information-change/\(twice)", in: world).status == .cancelled)
        let state = try await world.desk.duty(.informationChange, id: twice)
        #expect(state.annulled?.text == "entered twice" && state.annulled?.reference == id)
        let again = try await #require(throws: Refusal.self) {
            try await world.desk.annul(.informationChange, id: twice, reason: "x", by: world.actor, at: now)
        }
        #expect(again.code == "duty.annulled")
        try world.expectSameAfterRebuild()
    }

    @Test("An annulled or moved refusal takes the open notice with it; a notice whose refusals stand begins anew")
    func notices() async throws {
        let world = try await World()
        _ = try await refuse("2026-03-06 10:00:00", document: "d1", in: world)
        let second = try await refuse("2026-03-10 10:00:00", document: "d2", in: world)
        let third = try await refuse("2026-03-20 10:00:00", document: "d3", in: world)
        #expect(
            try notices(in: world) == [
                "MIA-2026-03: question 2026-03-06; question 2026-03-10; question 2026-03-20"
            ])
        let now = try at("2026-03-23 10:00:00")
        try await world.desk.annul(.additionalRequest, id: second, reason: "a slip", by: world.actor, at: now)
        #expect(try notices(in: world) == ["MIA-2026-03-2: question 2026-03-06; question 2026-03-20"])
        #expect(try clock("refusal-notice/MIA-2026-03", in: world).status == .cancelled)
        #expect(try clock("refusal-notice/MIA-2026-03-2", in: world).dayZero == day("2026-03-20"))
        try await world.desk.annul(.refusalNotice, id: "MIA-2026-03-2", reason: "sent?", by: world.actor, at: now)
        #expect(try notices(in: world) == ["MIA-2026-03-3: question 2026-03-06; question 2026-03-20"])
        let april = try at("2026-04-20 10:00:00")
        try await world.desk.correct(
            .additionalRequest, id: third, entry: 2, to: try at("2026-04-08 10:00:00"), reason: "of April",
            by: world.actor, at: april)
        #expect(try notices(in: world).isEmpty, "a month and two days apart")
        try world.expectSameAfterRebuild()
    }

    @Test(
        "What cannot be corrected is refused",
        arguments: [
            (3, "2026-03-11 10:00:00", nil, "x", "duty.entryUnknown"),
            (1, "2026-03-11 10:00:00", nil, " ", "duty.reasonMissing"),
            (1, "2026-03-13 10:00:01", nil, "x", "duty.order"), (2, "2026-03-09 10:00:00", nil, "x", "duty.order"),
            (2, "2026-05-01 10:00:00", nil, "x", "duty.order"), (2, nil, "2026-03-11", "x", "duty.dayOfEnd"),
            (1, nil, "2026-03-12", "x", "duty.unchanged"), (2, "2026-03-12 10:00:00", nil, "x", "duty.unchanged"),
        ] as [(Int, String?, String?, String, String)])
    func refused(entry: Int, moment: String?, on: String?, reason: String, code: String) async throws {
        let world = try await World()
        let id = try await change(on: "2026-03-12", in: world)
        let ended = try at("2026-03-12 10:00:00")
        try await world.desk.end(
            .informationChange, id: id, by: "changeSubmitted", DutyNote(body: "", text: "form"), happenedAt: ended,
            by: world.actor, at: ended)
        let refusal = try await #require(throws: Refusal.self) {
            try await world.desk.correct(
                .informationChange, id: id, entry: entry, to: try moment.map(at), on: try on.map(day),
                reason: reason, by: world.actor, at: try at("2026-03-14 10:00:00"))
        }
        #expect(refusal.code == code)
    }
}
