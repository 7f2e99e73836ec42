import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Casework

@Suite("The table of clocks says what the clocks of the case say")
struct BoardTests {
    /// Compares every row with the clock of the case that its events give.
    private func expectAgreement(_ stream: String, in world: World) throws {
        let rows = try world.clocks(stream)
        var clocks = CaseClocks()
        for event in try world.journal.readNow({ try SQLiteEventStore(db: $0).events(of: StreamID(stream)) }) {
            clocks.apply(try world.casework.catalogue.read(event).changes)
        }
        #expect(rows.count == clocks.clocks.count)
        for clock in clocks.clocks {
            let row = try #require(rows[clock.rule])
            #expect(row.status == clock.status, "\(clock.rule)")
            #expect(row.due == clock.due && row.dayZero == clock.dayZero && row.target == clock.target, "\(clock.rule)")
            #expect(row.endedOn == clock.endedOn && row.isFlagged == clock.isFlagged, "\(clock.rule)")
            #expect(row.proof == clock.proof && row.isProvisional == clock.isProvisional, "\(clock.rule)")
        }
    }

    @Test("Through breach, return, cancellation after a breach, and a second round")
    func onboarding() async throws {
        let world = try await World()
        let steps = [
            ("requestReceived", "2026-03-10 10:00"), ("responsiblePersonAppointed", "2026-03-11 10:00"),
            ("informationSubmitted", "2026-03-12 10:00"), ("", "2026-03-20 00:00"),
            ("informationReturned", "2026-03-20 10:00"),
            ("informationSubmitted", "2026-03-27 10:00"), ("", "2026-06-01 00:00"),
            ("trainingHeld", "2026-06-01 10:00"),
        ]
        for (name, moment) in steps {
            if name.isEmpty {
                try await world.casework.recordBreaches(at: try at(moment))
            } else {
                try await world.happens(Onboarding.self, "1", name, moment)
            }
            try expectAgreement("onboarding/1", in: world)
            if name == "informationReturned" {
                // Returned after the entry was due: a breach that was recorded stays one.
                #expect(try world.clocks("onboarding/1")["enter-information"]?.status == .breached)
            }
        }
        try world.expectSameAfterRebuild()
    }

    @Test("Through an annulment, whatever outcome it names", arguments: [ClockChange.Outcome?.none, .met, .late])
    func annulment(outcome: ClockChange.Outcome?) async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-03-10 10:00")
        try await world.casework.recordBreaches(at: try at("2026-03-20 00:00"))
        let now = try at("2026-03-20 10:00")
        var change = ClockChange(.cancelled, clock: "appoint-responsible-person", at: now, on: try day("2026-03-20"))
        change.reason = ClockChange.annulled
        change.outcome = outcome
        let event = try CaseEvent(Note("requestReceived"), changes: [change]).journalled(occurredAt: now)
        _ = try await world.journal.transact(by: world.actor, at: now) { transaction in
            try transaction.append([event], to: StreamID("onboarding/1"), expecting: 2).count
        }
        let row = try #require(try world.clocks("onboarding/1")["appoint-responsible-person"])
        #expect(row.status == .cancelled && row.breachedOn == nil)
        try expectAgreement("onboarding/1", in: world)
        try world.expectSameAfterRebuild()
    }

    @Test(
        "A cell that stands for nothing is damage, never another value", arguments: ["status", "force", "owner", "due"])
    func damage(column: String) async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-03-10 10:00")
        _ = try await world.journal.transact(by: world.actor, at: try at("2026-03-10 11:00")) { transaction in
            try transaction.db.execute(sql: "UPDATE clock SET \(column) = 'x'")
            return true
        }
        #expect(throws: DatabaseError.self) { try world.clocks("onboarding/1") }
    }

    @Test("Through an extension and a review of a flag, both ways", arguments: [true, false])
    func review(isMet: Bool) async throws {
        let world = try await World()
        for id in ["open", "done"] {
            try await world.happens(Onboarding.self, id, "requestReceived", "2026-04-01 10:00")
            try await world.casework.recordBreaches(at: try at("2026-04-04 00:00"))
        }
        try await world.happens(Onboarding.self, "done", "responsiblePersonAppointed", "2026-04-06 10:00")
        let after = try world.calendar.changed(adding: [world.holiday("2026-04-02")])
        _ = try await world.casework.adopt(
            after, reason: "Decree", expecting: 1, by: world.actor, at: try at("2026-04-06 12:00"))
        for id in ["open", "done"] {
            try expectAgreement("onboarding/\(id)", in: world)
            #expect(try world.clocks("onboarding/\(id)")["appoint-responsible-person"]?.isFlagged == true)
            var change = ClockChange(
                .reviewed, clock: "appoint-responsible-person", at: try at("2026-04-06 13:00"),
                on: try day("2026-04-06"))
            change.outcome = isMet ? .met : .late
            let decided = change
            _ = try await world.casework.transact(by: world.actor, at: try at("2026-04-06 13:00")) { session in
                let stream = StreamID("onboarding/\(id)")
                let version = try session.transaction.events(of: stream).count
                try session.append(.termBreached, changes: [decided], to: stream, expecting: version)
                return version
            }
            try expectAgreement("onboarding/\(id)", in: world)
        }
        try world.expectSameAfterRebuild()
    }

    @Test("An extension of a review moves the row as it moves the clock")
    func extended() async throws {
        let world = try await World()
        try await world.happens(Review.self, "1", "complaintRegistered", "2026-03-19 10:00", ["reviewer": "body"])
        try await world.happens(
            Review.self, "1", "complaintExtended", "2026-03-27 10:00",
            ["days": "3", "by": "body", "reason": "expertise"])
        try expectAgreement("complaint-review/1", in: world)
        try world.expectSameAfterRebuild()
    }
}
