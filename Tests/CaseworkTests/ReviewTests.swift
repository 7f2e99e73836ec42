import Casework
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The review of outcomes in doubt")
struct ReviewTests {
    private static let rule = "appoint-responsible-person"

    /// A request whose appointment came on 6 April, late by the calendar of then; then 2 April becomes a day off.
    private func doubtful(_ world: World) async throws {
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-04-01 10:00")
        try await world.casework.recordBreaches(at: try at("2026-04-04 00:00"))
        try await world.happens(Onboarding.self, "1", "responsiblePersonAppointed", "2026-04-06 09:00")
        let after = try world.calendar.changed(adding: [world.holiday("2026-04-02")])
        _ = try await world.casework.adopt(
            after, reason: "Decree", expecting: 1, by: world.actor, at: try at("2026-04-06 10:00"))
    }

    private func review(_ world: World, _ outcome: ClockChange.Outcome, _ reason: String = "Decree 5") async throws {
        try await world.casework.review(
            Self.rule, of: StreamID("onboarding/1"), outcome: outcome, reason: reason, by: world.actor,
            at: try at("2026-04-06 11:00"))
    }

    @Test("A breach that the calendar no longer bears out is lifted; both dates stay, and nothing is erased")
    func lifted() async throws {
        let world = try await World()
        try await doubtful(world)
        try await review(world, .met)
        let clock = try #require(try world.clocks("onboarding/1")[Self.rule])
        #expect(clock.status == .met && !clock.isFlagged && clock.breachedOn == nil)
        #expect(clock.due == CivilDate("2026-04-06") && clock.firstDue == CivilDate("2026-04-03"))
        let loaded = try await world.casework.load(TestCase<Onboarding>.self, id: "1")
        #expect(loaded.clocks[Self.rule]?.status == .met && loaded.clocks[Self.rule]?.due == clock.due)
        let names = try await world.casework.history(of: StreamID("onboarding/1")).map(\.event.content.name)
        #expect(names.contains("termBreached") && names.last == "clockReviewed")
        try world.expectSameAfterRebuild()
        await #expect(throws: Refusal.self, "decided once") { try await review(world, .met) }
    }

    @Test("A breach is upheld with its reason and keeps its date")
    func upheld() async throws {
        let world = try await World()
        try await doubtful(world)
        try await review(world, .late)
        let clock = try #require(try world.clocks("onboarding/1")[Self.rule])
        #expect(clock.status == .breached && !clock.isFlagged && clock.due == CivilDate("2026-04-03"))
        try world.expectSameAfterRebuild()
    }

    @Test("Where the calendar was put back meanwhile, the breach cannot be lifted any more")
    func calendarSaysOtherwise() async throws {
        let world = try await World()
        try await doubtful(world)
        _ = try await world.casework.adopt(
            world.calendar, reason: "Cancelled", expecting: 2, by: world.actor, at: try at("2026-04-06 10:30"))
        // The calendar bears out what was recorded: the doubt is gone, and nobody has to decide.
        await #expect(throws: Refusal.self) { try await review(world, .met) }
        await #expect(throws: Refusal.self) { try await review(world, .late) }
        let clock = try #require(try world.clocks("onboarding/1")[Self.rule])
        #expect(clock.status == .breached && !clock.isFlagged)
    }

    @Test("No review without a reason, of a clock that is not in doubt, of a case that is not there")
    func refused() async throws {
        let world = try await World()
        try await doubtful(world)
        await #expect(throws: Refusal.self) { try await review(world, .met, "  ") }
        let now = try at("2026-04-06 11:00")
        await #expect(throws: Refusal.self) {
            try await world.casework.review(
                "submit-information", of: StreamID("onboarding/1"), outcome: .met, reason: "x", by: world.actor,
                at: now)
        }
        await #expect(throws: CaseworkError.self) {
            try await world.casework.review(
                Self.rule, of: StreamID("onboarding/none"), outcome: .met, reason: "x", by: world.actor, at: now)
        }
    }

    @Test("A duty that the calendar makes late becomes a breach by a person's decision only")
    func late() async throws {
        let world = try await World()
        let before = try world.calendar.changed(adding: [world.holiday("2026-04-02")])
        _ = try await world.casework.adopt(
            before, reason: "Decree", expecting: 1, by: world.actor, at: try at("2026-03-30 09:00"))
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-04-01 10:00")
        try await world.happens(Onboarding.self, "1", "responsiblePersonAppointed", "2026-04-06 09:00")
        _ = try await world.casework.adopt(
            world.calendar, reason: "Cancelled", expecting: 2, by: world.actor, at: try at("2026-04-06 10:00"))
        #expect(try world.clocks("onboarding/1")[Self.rule]?.status == .met)
        try await review(world, .late)
        let clock = try #require(try world.clocks("onboarding/1")[Self.rule])
        #expect(clock.status == .breached && clock.due == CivilDate("2026-04-03"))
        #expect(clock.breachedOn == CivilDate("2026-04-06"))
        try world.expectSameAfterRebuild()
    }
}
