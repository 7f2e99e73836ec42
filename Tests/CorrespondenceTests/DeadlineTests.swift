import Casework
import Correspondence
import Delivery
import Dispatch
import GRDB
import Journal
import Languages
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Deadlines among very many")
struct DeadlineTests {
    @Test("a calendar feed holds an officer's deadlines however many of others come before them")
    func feed() async throws {
        let world = try await World()
        try world.put(2_500, of: "complaint", due: world.today)
        try world.put(3, of: "onboarding", due: world.today.adding(days: 5))
        let text = try await world.feeds.text(of: ["onboarding", "information-change"], bodies: [:], services: [:]) {
            _ in nil
        }
        #expect(text.matches(of: /BEGIN:VEVENT/).count == 3)
        #expect(!text.contains("more@bailanys"))
        let empty = try await world.feeds.text(of: [], bodies: [:], services: [:]) { _ in nil }
        #expect(!empty.contains("BEGIN:VEVENT"))
    }

    @Test("a calendar feed that is too long ends with an entry that says so")
    func longFeed() async throws {
        let world = try await World()
        try world.put(2_500, of: "complaint", due: world.today)
        let text = try await world.feeds.text(of: ["complaint"], bodies: [:], services: [:]) { _ in nil }
        #expect(text.matches(of: /BEGIN:VEVENT/).count == 2_001)
        #expect(text.matches(of: /UID:more@bailanys/).count == 1)
    }

    @Test("a term that ends tomorrow is reminded of, however many old breaches stand before it")
    func starving() async throws {
        let world = try await World()
        try world.put(
            5_100, of: "complaint", due: world.today.adding(days: -40), breachedOn: world.today.adding(days: -39))
        try world.put(1, of: "onboarding", due: world.today.adding(days: 1))
        #expect(try await world.reminders.round(at: world.now) == 1)
        #expect(try world.mails().count == 1)
    }

    @Test("new breaches are all reminded of once, in however many parts they are queued")
    func breaches() async throws {
        let world = try await World()
        try world.put(
            450, of: "complaint", due: world.today.adding(days: -2), breachedOn: world.today.adding(days: -1))
        #expect(try await world.reminders.round(at: world.now) == 450)
        #expect(try await world.reminders.round(at: world.now) == 0)
        #expect(try world.mails().count == 450)
    }

    @Test("a round that finds nothing new does not ask for the writer", .timeLimit(.minutes(60)))
    func quiet() async throws {
        let world = try await World()
        try world.put(3, of: "onboarding", due: world.today.adding(days: 1))
        #expect(try await world.reminders.round(at: world.now) == 3)
        let (begun, release) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
        // The writer is held until the round is over: a round that asked for it would never end.
        let writing = Task {
            try await world.casework.journal.transact(by: Actor("test"), at: world.now) { _ in
                begun.continuation.finish()
                release.wait()
                return true
            }
        }
        for await _ in begun.stream {}
        let again = try await world.reminders.round(at: world.now)
        release.signal()
        #expect(again == 0)
        #expect(try await writing.value)
    }
}
