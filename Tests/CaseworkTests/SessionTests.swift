import Casework
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The loop of all cases")
struct SessionTests {
    @Test("Another version than the person saw is a conflict and changes nothing")
    func conflict() async throws {
        let world = try await World()
        #expect(try await world.happens(Onboarding.self, "1", "requestReceived", "2026-03-19 10:00", expecting: 0) == 1)
        let head = try world.journal.head()
        await #expect(throws: JournalError.conflict(stream: StreamID("onboarding/1"), expected: 0)) {
            try await world.happens(
                Onboarding.self, "1", "responsiblePersonAppointed", "2026-03-19 11:00", expecting: 0)
        }
        #expect(try world.journal.head() == head)
        #expect(
            try await world.happens(
                Onboarding.self, "1", "responsiblePersonAppointed", "2026-03-19 11:00", expecting: 1) == 2)
    }

    @Test("A unit of work is done whole or not at all")
    func wholeOrNothing() async throws {
        let world = try await World()
        let head = try world.journal.head()
        let now = try at("2026-03-19 10:00")
        await #expect(throws: Refusal.self) {
            _ = try await world.casework.transact(by: world.actor, at: now) { session in
                try session.perform([(Note("requestReceived"), now)], on: TestCase<Onboarding>.self, id: "1")
                return try session.perform([], on: TestCase<Onboarding>.self, id: "2").version
            }
        }
        #expect(try world.journal.head() == head)
        #expect(try world.board().isEmpty)
    }

    @Test("What happened to a case besides its own events is passed over in its state, not in its version and clocks")
    func othersSkipped() async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-03-19 10:00")
        #expect(try await world.casework.recordBreaches(at: try at("2026-03-27 00:00")) == 1)
        let loaded = try await world.casework.load(TestCase<Onboarding>.self, id: "1")
        #expect(loaded.state == ["requestReceived"] && loaded.version == 2)
        #expect(loaded.clocks["appoint-responsible-person"]?.status == .breached)
        let history = try await world.casework.history(of: loaded.stream)
        #expect(history.map(\.event.content.name) == ["requestReceived", "termBreached"])
    }

    @Test("Tables pass over events that the catalogue does not know; a case that holds one says where it stands")
    func unknownEvents() async throws {
        let world = try await World()
        let now = try at("2026-03-19 10:00")
        for stream in ["account/1", "onboarding/1"] {
            _ = try await world.journal.transact(by: world.actor, at: now) { transaction in
                _ = try transaction.append(
                    [NewEvent(name: "signedIn", occurredAt: now, payload: Array("{}".utf8))], to: StreamID(stream),
                    expecting: 0)
                return true
            }
        }
        try world.expectSameAfterRebuild()
        #expect(try world.board().isEmpty)
        let error = try await #require(throws: CaseworkError.self) {
            try await world.casework.load(TestCase<Onboarding>.self, id: "1")
        }
        #expect(error == .unreadable(position: try world.journal.head().position, reason: "no type reads “signedIn”"))
    }

    @Test("A case keeps the edition of the rulebook under which it began")
    func editionKept() async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2014-03-19 10:00")
        let before = try await world.casework.load(TestCase<Onboarding>.self, id: "1").edition
        try await world.happens(Onboarding.self, "1", "responsiblePersonAppointed", "2026-03-19 10:00")
        let loaded = try await world.casework.load(TestCase<Onboarding>.self, id: "1")
        #expect(before != nil && loaded.edition == before && loaded.edition?.hasPrefix("797@") == true)
        let history = try await world.casework.history(of: loaded.stream)
        #expect(history.map(\.event.edition) == [before, nil])
    }

    @Test("Several events of a new case at once leave the same rows as one after the other")
    func batch() async throws {
        let world = try await World()
        let now = try at("2026-12-30 09:00")
        let stories: [[(String, String, [String: String])]] = [
            [
                ("complaintRegistered", "2026-03-19 10:00", ["reviewer": "body"]),
                ("complaintExtended", "2026-03-26 10:00", ["days": "3", "by": "body", "reason": "expertise"]),
                ("applicantTold", "2026-03-27 10:00", [:]), ("complaintAnswered", "2026-04-20 10:00", [:]),
            ],
            [
                ("complaintRegistered", "2026-03-19 10:00", ["reviewer": "body"]),
                ("complaintTransferred", "2026-03-26 10:00", ["reviewer": "agency", "body": "APS"]),
                ("complaintWithdrawn", "2026-03-27 10:00", [:]),
            ],
        ]
        for (index, story) in stories.enumerated() {
            let events = try story.map { (note: Note($0.0, $0.2), at: try at($0.1)) }
            _ = try await world.casework.transact(by: world.actor, at: now) { session in
                try session.perform(events, on: TestCase<Review>.self, id: "\(index)").version
            }
        }
        #expect(try world.board().count >= 2)
        try world.expectSameAfterRebuild()
    }
}
