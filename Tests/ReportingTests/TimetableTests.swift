import Logging
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Reporting

struct TimetableTests {
    @Test(
        "The report is due at its hour, once, missed months first",
        arguments: [
            ("2026-02-28 23:59", [], []), ("2026-03-03 09:59", [], []), ("2026-03-03 10:00", [], ["2026-02"]),
            ("2026-04-20 08:00", [], ["2026-02", "2026-03"]), ("2026-04-20 08:00", ["2026-02"], ["2026-03"]),
            ("2026-04-20 08:00", ["2026-02", "2026-03"], []),
        ] as [(String, [String], [String])])
    func due(now: String, sealed: [String], expected: [String]) throws {
        let due = try ReportTimetable().due(
            at: at(now), first: CivilMonth("2026-02"), sealed: Set(sealed.compactMap { CivilMonth($0) }),
            term: .dayOfNextMonth(5), calendar: calendar(), zone: .almaty)
        #expect(due.map(\.description) == expected)
    }

    @Test("However late the chosen day, the report is made on the working-day target")
    func target() throws {
        var timetable = ReportTimetable()
        timetable.workingDay = 5
        // The fifth working day after March is Tuesday 7 April, the target of the 5th is Friday 3 April.
        let due = try timetable.due(
            at: at("2026-04-03 10:00"), first: CivilMonth("2026-03"), sealed: [], term: .dayOfNextMonth(5),
            calendar: calendar(), zone: .almaty)
        #expect(due.map(\.description) == ["2026-03"])
    }

    @Test("After downtime each missed month is made once, and a second round makes none")
    func rounds() async throws {
        let world = try await World()
        _ = try await world.file("2026-02-10 10:00")
        _ = try await world.file("2026-03-10 10:00")
        let now = try world.at("2026-04-20 08:00")
        let service = ReportService(
            desk: world.reports, timetable: ReportTimetable(), now: { now }, sleep: { _ in },
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

    private func calendar() throws -> WorkingCalendar {
        try ScheduleFolder(path: Repository.path + "/schedules").calendar()
    }

    private func at(_ text: String) throws -> Moment {
        try #require(Moment(text.replacing(" ", with: "T") + ":00+05:00"))
    }
}
