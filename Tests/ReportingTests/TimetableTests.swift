import Casework
import Forms
import GRDB
import Journal
import Logging
import Reporting
import Rulebook
import Synchronization
import TestSupport
import Testing
import WorkingDays

struct TimetableTests {
    @Test(
        "The report is due at its hour, once, missed months first",
        arguments: [
            ("2026-02-28 23:59", [], []), ("2026-03-03 09:59", [], []), ("2026-03-03 10:00", [], ["2026-02"]),
            ("2026-04-20 08:00", [], ["2026-02", "2026-03"]), ("2026-04-20 08:00", ["2026-02"], ["2026-03"]),
            ("2026-04-20 08:00", ["2026-02", "2026-03"], []),
        ] as [(String, [String], [String])])
    func due(now: String, sealed: [String], expected: [String]) throws {
        let due = try due(ReportTimetable(), now, first: "2026-02").filter { !sealed.contains("\($0)") }
        #expect(due.map(\.description) == expected)
    }

    @Test("However late the chosen day, the report is made on the working-day target")
    func target() throws {
        var timetable = ReportTimetable()
        timetable.workingDay = 5
        // The fifth working day after March is Tuesday 7 April, the target of the 5th is Friday 3 April.
        let due = try due(timetable, "2026-04-03 10:00", first: "2026-03")
        #expect(due.map(\.description) == ["2026-03"])
    }

    @Test("After downtime each missed month is made once, and a second round makes none")
    func rounds() async throws {
        let world = try await World()
        _ = try await world.file("2026-02-10 10:00")
        _ = try await world.file("2026-03-10 10:00")
        let now = try at("2026-04-20 08:00")
        let service = ReportService(
            casework: world.casework, plans: [(desk: world.reports, timetable: ReportTimetable())], now: { now },
            sleep: { _ in },
            logger: Logger(label: "test"))
        await service.round()
        for text in ["2026-02", "2026-03"] {
            #expect(try await world.reports.report(month(text)).state.sealed.count == 1)
        }
        // The second round records that the missed months are late; from then on nothing is left to do.
        await service.round()
        let position = try world.journal.head().position
        await service.round()
        #expect(try world.journal.head().position == position)
        for text in ["2026-02", "2026-03"] {
            #expect(try await world.reports.report(month(text)).state.sealed.count == 1)
        }
    }

    private func due(_ timetable: ReportTimetable, _ now: String, first: String) throws -> [ReportPeriod] {
        let (now, calendar) = (try at(now), try calendar())
        return try timetable.periods(before: CivilZone.almaty.civilDate(of: now), first: ReportPeriod(first)).filter {
            try timetable.isDue($0, at: now, term: .dayOfNextMonth(5), calendar: calendar, zone: .almaty)
        }
    }

    @Test("A month that cannot be sealed says why once, and keeps no other from its term")
    func unbalanced() async throws {
        let world = try await World()
        let march = try await world.file("2026-03-10 10:00")
        _ = try await world.file("2026-04-10 10:00")
        try world.spoil(march)
        let now = try at("2026-05-20 08:00")
        let service = service(world, now)
        await service.round()
        let (bad, good) = (try month("2026-03"), try month("2026-04"))
        #expect(try await world.reports.report(good).state.sealed.count == 1)
        var report = try await world.reports.report(bad)
        #expect(report.state.sealed.isEmpty && report.state.problem?.code == "report.unbalanced")
        let standing = try await world.reports.standings().first { $0.period == bad }
        #expect(standing?.problem == report.state.problem && standing?.hasEnded == true)
        await service.round()
        let position = try world.journal.head().position
        await service.round()
        #expect(try world.journal.head().position == position)
        // Mended, it is sealed by the next round and the problem is gone.
        try world.journal.rebuild()
        await service.round()
        report = try await world.reports.report(bad)
        #expect(report.state.sealed.count == 1 && report.state.problem == nil)
        #expect(try await world.reports.standings().allSatisfy { $0.problem == nil && $0.revisions == 1 })
    }

    @Test("A year without a calendar holds up the month whose term needs it, and no other")
    func missingYear() async throws {
        let world = try await World(through: 2026)
        _ = try await world.file("2026-11-10 10:00")
        _ = try await world.file("2026-12-10 10:00")
        await service(world, try at("2027-01-20 08:00")).round()
        #expect(try await world.reports.report(month("2026-11")).state.sealed.count == 1)
        let december = try await world.reports.report(month("2026-12"))
        #expect(december.state.sealed.isEmpty && december.state.problem?.code == "report.noCalendar")
        #expect(try await world.reports.standings().first?.period == month("2026-12"))
    }

    @Test("Breaches that cannot be recorded keep no report from its term")
    func breaches() async throws {
        let world = try await World()
        _ = try await world.file("2026-03-10 10:00")
        _ = try world.journal.transactNow(by: world.actor, at: at("2026-03-11 10:00")) { transaction -> Int in
            try transaction.db.execute(
                sql: """
                    CREATE TRIGGER noBreach BEFORE INSERT ON event WHEN new.name = 'termBreached'
                    BEGIN SELECT raise(ABORT, 'no breach today'); END
                    """)
            return 0
        }
        await service(world, try at("2026-04-20 08:00")).round()
        #expect(try await world.reports.report(month("2026-03")).state.sealed.count == 1)
    }

    @Test(
        "While the clock is in doubt nothing is decided by it, by the timer or by a person; then what was due is done")
    func held() async throws {
        let world = try await World()
        _ = try await world.file("2026-03-10 10:00")
        let (now, right) = (try at("2026-04-20 08:00"), try at("2026-03-20 08:00"))
        let before = try world.journal.head()
        world.doubt.standing.withLock {
            $0 = TimeStanding(
                now: now, certain: right, hold: ClockHold(reason: .jumped, expected: right, found: now))
        }
        await service(world, now).round()
        #expect(try world.journal.head() == before)
        let refusal = await #expect(throws: Refusal.self) {
            try await world.reports.seal(month("2026-03"), by: world.actor, at: now)
        }
        #expect(refusal?.code == "report.clockHeld")
        #expect(try world.journal.head() == before)
        world.doubt.standing.withLock { $0 = nil }
        await service(world, now).round()
        #expect(try await world.reports.report(month("2026-03")).state.sealed.count == 1)
    }

    @Test(
        "After a rest a month is sealed once it is over for certain",
        arguments: [("2026-03-31 23:59", false), ("2026-04-01 00:00", true)])
    func rested(certain: String, isSealed: Bool) async throws {
        let world = try await World()
        _ = try await world.file("2026-03-10 10:00")
        let (now, certain) = (try at("2026-04-03 11:00"), try at(certain))
        world.doubt.standing.withLock { $0 = TimeStanding(now: now, certain: certain, hold: nil) }
        await service(world, now).round()
        let report = try await world.reports.report(month("2026-03"))
        #expect(report.state.sealed.isEmpty == !isSealed && report.state.problem == nil)
    }

    private func service(_ world: World, _ now: Moment) -> ReportService {
        ReportService(
            casework: world.casework, plans: [(desk: world.reports, timetable: ReportTimetable())], now: { now },
            sleep: { _ in },
            logger: Logger(label: "test"))
    }

    private func calendar() throws -> WorkingCalendar { try TestCentre.schedules.calendar() }
}
