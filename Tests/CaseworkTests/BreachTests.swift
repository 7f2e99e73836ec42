import Casework
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Breaches")
struct BreachTests {
    @Test("Recorded after the end of the last day, once, also for more cases than one transaction takes")
    func once() async throws {
        let world = try await World()
        for number in 1...230 {
            try await world.happens(Onboarding.self, "\(number)", "requestReceived", "2026-03-19 10:00")
        }
        #expect(try await world.casework.recordBreaches(at: try at("2026-03-26 23:59")) == 0)
        #expect(try await world.casework.recordBreaches(at: try at("2026-03-27 00:00")) == 230)
        let head = try world.journal.head()
        for moment in ["2026-03-27 00:00", "2026-05-01 00:00"] {
            #expect(try await world.casework.recordBreaches(at: try at(moment)) == 0)
        }
        #expect(try world.journal.head() == head)
        try world.expectSameAfterRebuild()
    }

    @Test("What was done on the last day and entered later is in time, although a breach was noted at midnight")
    func enteredLater() async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-03-19 10:00")
        try await world.casework.recordBreaches(at: try at("2026-03-27 00:00"))
        let (done, now) = (try at("2026-03-26 17:00"), try at("2026-03-27 09:00"))
        _ = try await world.casework.transact(by: world.actor, at: now) { session in
            try session.perform([(Note("responsiblePersonAppointed"), done)], on: TestCase<Onboarding>.self, id: "1")
                .version
        }
        let clock = try world.clocks("onboarding/1")["appoint-responsible-person"]
        #expect(clock?.status == .met && clock?.endedOn == CivilDate("2026-03-26"))
        #expect(clock?.breachedOn == nil, "nobody is late in the body's record")
        try world.expectSameAfterRebuild()
        let names = try await world.casework.history(of: StreamID("onboarding/1")).map(\.event.content.name)
        #expect(names == ["requestReceived", "termBreached", "responsiblePersonAppointed"])
    }

    @Test("A choice of clocks: by body, by day, open, flagged, by kind of case")
    func choices() async throws {
        let world = try await World()
        for (id, body, moment) in [
            ("1", "MIA", "2026-03-10 10:00"), ("2", "MIA", "2026-03-19 10:00"), ("3", "MH", "2026-03-19 10:00"),
        ] {
            try await world.happens(Onboarding.self, id, "requestReceived", moment, ["body": body])
        }
        try await world.happens(
            Review.self, "9", "complaintRegistered", "2026-03-19 10:00", ["reviewer": "body", "body": "MIA"])
        try await world.casework.recordBreaches(at: try at("2026-03-16 00:00"))
        func count(_ set: (inout ClockFilter) -> Void) throws -> Int {
            var filter = ClockFilter()
            set(&filter)
            let chosen = filter
            let rows = try world.journal.readNow { try ClockRow.fetch(chosen, in: $0) }
            #expect(rows.map(\.due) == rows.map(\.due).sorted())
            #expect(try world.journal.readNow { try ClockRow.count(chosen, in: $0) } == rows.count)
            return rows.count
        }
        #expect(try count { $0.caseKinds = ["onboarding"] } == 3)
        #expect(
            try count {
                $0.body = "MIA"; $0.caseKinds = ["onboarding"]
            } == 2)
        #expect(try count { $0.caseKinds = ["onboarding", "complaint-review"] } == 4)
        #expect(try count { $0.caseKinds = ["onboard"] } == 0)
        #expect(try count { $0.caseKinds = [] } == 0)
        #expect(try count { $0.standings = [.breached] } == 1)
        let noted = try day("2026-03-16")
        #expect(try count { $0.breachedFrom = noted } == 1)
        #expect(try count { $0.breachedFrom = noted.adding(days: 1) } == 0)
        #expect(
            try count {
                $0.isOpen = true; $0.owners = [.body]
            } == 3)
        #expect(try count { $0.isOpen = false } == 0)
        let due = try day("2026-03-26")
        #expect(
            try count {
                $0.dueFrom = due; $0.dueThrough = due; $0.caseKinds = ["onboarding"]
            } == 2)
        #expect(try count { $0.isFlagged = true } == 0)
    }
}
