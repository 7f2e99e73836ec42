import CSV
import DemoData
import Foundation
import Onboarding
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The plan of the demonstration")
struct DemoPlanTests {
    private static let zone = CivilZone.almaty

    private static func calendar(through year: Int) throws -> WorkingCalendar {
        let calendar = try ScheduleFolder(path: Repository.path + "/schedules").calendar()
        return try DemoCalendar.extending(calendar, through: year, knownSince: calendar.days.upperBound) ?? calendar
    }

    private static func table() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: Repository.path + "/schedules/plan/2026-demo.csv")))
    }

    @Test("lies around every day of three years: as much planned, on its way and accepted, nothing in the future")
    func everyDay() throws {
        let (calendar, table) = (try Self.calendar(through: 2029), try Self.table())
        var today = try #require(CivilDate(year: 2026, month: 1, day: 1))
        while today.year < 2029 {
            let plan = try DemoPlan(table: table, calendar: calendar, zone: Self.zone, today: today)
            let midnight = Self.zone.start(of: today)
            // One look for a day: a thousand days of sixty lines would be a hundred thousand expectations.
            let isRight = try plan.lines.allSatisfy { line in
                let moments = line.steps.map { Self.moment(of: $0) }
                return try calendar.isWorkingDay(line.requestOn) && line.acceptanceOn > line.requestOn
                    && moments.allSatisfy { $0 < midnight && $0 > plan.approvedAt } && moments == moments.sorted()
            }
            #expect(isRight && plan.lines.count == 60, "\(today)")
            #expect(plan.lines.count { $0.steps.isEmpty } == 10, "\(today)")
            #expect(plan.lines.count { $0.requestOn >= today } == 9, "\(today)")
            today = today.adding(days: 1)
        }
    }

    @Test("is a table that is read as any other, and says the same")
    func roundTrip() throws {
        let today = try #require(CivilDate(year: 2027, month: 3, day: 8))
        let plan = try DemoPlan(
            table: try Self.table(), calendar: try Self.calendar(through: 2028), zone: Self.zone, today: today)
        let rows = try OnboardingDesk.planRows(of: plan.table, named: "plan.csv")
        #expect(rows.count == plan.lines.count)
        for (row, line) in zip(rows, plan.lines) {
            #expect(String(row["responsible_unit"]) == line.unit && String(row["request_date"]) == "\(line.requestOn)")
        }
    }

    @Test("A calendar is continued by the holidays that return, each an estimate; one that reaches far enough is left")
    func continued() throws {
        let calendar = try ScheduleFolder(path: Repository.path + "/schedules").calendar()
        let last = calendar.years.upperBound
        let today = calendar.days.upperBound
        #expect(try DemoCalendar.extending(calendar, through: last, knownSince: today) == nil)
        let continued = try #require(try DemoCalendar.extending(calendar, through: last + 2, knownSince: today))
        #expect(continued.years == calendar.years.lowerBound...(last + 2))
        let added = continued.exceptions.filter { $0.date.year > last }
        #expect(added.allSatisfy { $0.isProvisional && $0.basisRU.hasPrefix("ДЕМО") && $0.basisKK.hasPrefix("ДЕМО") })
        let independence = try #require(CivilDate(year: last + 2, month: 12, day: 16))
        #expect(added.contains { $0.date == independence })
        #expect(continued.exceptions.filter { $0.date.year <= last } == calendar.exceptions)
    }

    /// When a step happened.
    private static func moment(of command: InformationRequestCommand) -> Moment {
        switch command {
        case .approve(_, let at), .send(_, let at), .sendingFailed(_, let at), .receive(_, let at), .appoint(_, let at),
            .submit(_, let at), .giveBack(_, let at), .enter(_, _, let at), .train(_, let at), .sign(_, let at),
            .goLive(let at), .amend(_, let at), .cancel(_, let at), .contact(_, let at):
            at
        case .correct: Moment(millisecondsSince1970: 0)
        }
    }
}
