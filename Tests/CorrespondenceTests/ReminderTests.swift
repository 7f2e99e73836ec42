import Casework
import Correspondence
import Foundation
import GRDB
import Journal
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing
import WorkingDays

@Suite("Reminders, each once")
struct ReminderTests {
    @Test(
        "mail leaves on working days within the hours of the house",
        arguments: [
            ("2026-03-19 08:59", 0), ("2026-03-19 09:00", 1), ("2026-03-19 17:59", 1), ("2026-03-19 18:00", 0),
            // A Saturday, Nauryz, and the working day before it.
            ("2026-03-14 10:00", 0), ("2026-03-23 10:00", 0), ("2026-03-20 10:00", 1),
        ])
    func hours(moment: String, count: Int) async throws {
        let world = try await World()
        let now = try at(moment)
        try world.put(1, of: "onboarding", due: world.casework.today(now))
        #expect(try await world.reminders.round(at: now) == count)
        #expect(try world.mails().count == count)
    }

    @Test("a term is reminded of on the working day before its last, not earlier, and over days off")
    func horizon() async throws {
        let world = try await World()
        // 20 March is the last working day before Nauryz; the next is the 26th.
        try world.put(1, of: "onboarding", due: try day("2026-03-26"))
        #expect(try await world.reminders.round(at: try at("2026-03-19 10:00")) == 0)
        #expect(try await world.reminders.round(at: try at("2026-03-20 10:00")) == 1)
        #expect(try await world.reminders.round(at: try at("2026-03-26 10:00")) == 0)
    }

    @Test("a term is reminded of before its last day and at its breach, and again where its date moves")
    func again() async throws {
        let world = try await World()
        func round(_ moment: String) async throws -> Int { try await world.reminders.round(at: try at(moment)) }
        func change(_ sql: String) throws { try world.write { try $0.execute(sql: "UPDATE clock SET " + sql) } }
        try world.put(1, of: "onboarding", due: try day("2026-03-19"))
        #expect(try await round("2026-03-19 10:00") == 1)
        #expect(try await round("2026-03-19 10:05") == 0)
        try change("due = '2026-03-20'")
        #expect(try await round("2026-03-19 11:00") == 1)
        try change("status = 'breached', breachedOn = '2026-03-26'")
        #expect(try await round("2026-03-26 10:00") == 1)
        #expect(try await round("2026-03-27 10:00") == 0)
        try change("endedOn = '2026-03-27'")
        #expect(try await round("2026-03-27 11:00") == 0)
        let subjects = try world.mails().map { String($0.subject.prefix { $0 != "/" }) }
        #expect(subjects.sorted() == ["Мерзім бұзылды ", "Мерзім жақындап қалды ", "Мерзім жақындап қалды "])
    }

    @Test("a breach that is older than the house wants to hear of is no news; a missed target is not called a breach")
    func old() async throws {
        let world = try await World()
        try world.put(1, of: "complaint", due: try day("2026-03-10"), breachedOn: try day("2026-03-11"))
        #expect(try await world.reminders.round(at: world.now) == 0)
        try world.put(1, of: "onboarding", due: try day("2026-03-11"), breachedOn: try day("2026-03-12"))
        try world.write { try $0.execute(sql: "UPDATE clock SET force = 'internal-target' WHERE stream LIKE 'onb%'") }
        #expect(try await world.reminders.round(at: world.now) == 1)
        #expect(
            try world.mails().first?.subject.hasPrefix("Ішкі межеден кешікті / Внутренний ориентир пропущен: ") == true)
    }

    @Test("the mail names the duty, the body and the last day in both languages, and nobody")
    func words() async throws {
        let world = try await World()
        let about = try await world.request(World.received)
        #expect(try await world.reminders.round(at: try at("2026-03-20 10:00")) == 1)
        let mail = try #require(try world.mails().first)
        #expect(mail.subject == "Мерзім жақындап қалды / Срок истекает: 2026-7-MIA")
        for part in [
            "Мерзім жақындап қалды. ", "Ішкі істер министрлігі\nСоңғы күні: 26.03.2026", "Срок истекает. ",
            "Министерство внутренних дел\nПоследний день: 26.03.2026",
        ] {
            #expect(mail.text.contains(part), "\(part) in \(mail.text)")
        }
        #expect(mail.text.hasSuffix("\n\(about.rawValue)") && !mail.text.hasPrefix("\n"))
    }

    @Test("where the calendar ends, what is known is reminded of all the same")
    func lastDay() async throws {
        let world = try await World(through: 2026)
        try world.put(1, of: "onboarding", due: try day("2026-12-31"))
        try world.put(1, of: "complaint", due: try day("2026-12-29"), breachedOn: try day("2026-12-30"))
        #expect(try await world.reminders.round(at: try at("2026-12-31 10:00")) == 2)
        await #expect(throws: CalendarError.missingYear(2027)) {
            try await world.reminders.round(at: try at("2027-01-04 10:00"))
        }
    }

    @Test("the service looks again and again until it is told to stop, and queues nothing while the clock is in doubt")
    func service() async throws {
        let world = try await World()
        try world.put(1, of: "onboarding", due: world.today)
        let (rounds, permits) = (AsyncStream.makeStream(of: Void.self), AsyncStream.makeStream(of: Void.self))
        let isHeld = Mutex(true)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = ReminderService(
            desk: world.reminders, now: { world.now },
            sleep: { duration in
                #expect(duration == .seconds(300))
                rounds.continuation.yield()
                for await _ in permits.stream { break }
            }, isHeld: { isHeld.withLock { $0 } }, logger: logger)
        let group = ServiceGroup(configuration: .init(services: [service], logger: logger))
        async let running: Void = group.run()
        var round = rounds.stream.makeAsyncIterator()
        await round.next()
        #expect(try world.mails().isEmpty)
        isHeld.withLock { $0 = false }
        for _ in 0..<2 {
            permits.continuation.yield()
            await round.next()
            #expect(try world.mails().count == 1)
        }
        await group.triggerGracefulShutdown()
        try await running
    }
}
