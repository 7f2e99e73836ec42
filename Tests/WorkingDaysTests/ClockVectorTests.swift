import Testing
import WorkingDays

/// The test vectors of docs/working-days.md that concern dates; the others are in RulebookTests.
@Suite("Clock vectors: dates")
struct ClockVectorTests {
    @Test(
        "Vectors 1-5, 18, 21, 23, 25 and others: a term from a day is due on a day",
        arguments: [
            (1, "2 working days", "2026-03-19", "2026-03-26"), (1, "3 working days", "2026-03-26", "2026-03-31"),
            (2, "2 working days", "2026-03-20", "2026-03-27"), (2, "2 working days", "2026-03-21", "2026-03-27"),
            (2, "2 working days", "2026-03-22", "2026-03-27"), (3, "5 working days", "2026-04-30", "2026-05-12"),
            (4, "3 working days", "2025-12-30", "2026-01-06"), (5, "2 working days", "2018-08-24", "2018-08-27"),
            (21, "5th of next month", "2026-03-31", "2026-04-05"),
            (21, "5th of next month", "2025-12-31", "2026-01-05"),
            (23, "10 calendar days", "2026-03-31", "2026-04-10"), (23, "10 calendar days", "2026-04-30", "2026-05-12"),
            (24, "5 working days", "2026-09-07", "2026-09-14"),
            (25, "after 5 working days", "2025-12-26", "2026-01-08"),
            (20, "at once", "2026-03-19", "2026-03-19"), (20, "at once", "2026-03-21", "2026-03-26"),
            (4, "on the planned date", "2026-03-22", "2026-03-22"),
        ])
    func due(vector: Int, term: String, from: String, expected: String) throws {
        let calendar = try Schedules.calendar()
        let term = try #require(Term(parsing: term))
        let due = try calendar.due(term, from: day(from))
        #expect(due.date.description == expected)
        #expect(try calendar.dueDate(term, from: day(from)).description == expected)
    }

    @Test("Vector 5: without the exception the same term ends a day later")
    func withoutException() throws {
        let calendar = try Schedules.calendar().changed(removing: [day("2018-08-25")])
        #expect(try calendar.due(.workingDays(2), from: day("2018-08-24")).date.description == "2018-08-28")
    }

    @Test("Vector 10: a holiday range over the year's end covers 1 January")
    func overTheYearsEnd() throws {
        let holidays = try ["2025-12-31", "2026-01-01", "2026-01-02"].map { text in
            CalendarException(
                date: try day(text), kind: .holiday, nameKK: "Демалыс", nameRU: "Каникулы", basisKK: "test",
                basisRU: "test",
                knownSince: try day("2025-01-01"))
        }
        let calendar = try WorkingCalendar(exceptions: holidays, years: 2025...2026)
        #expect(try !calendar.isWorkingDay(day("2026-01-01")))
        #expect(try calendar.date(adding: 1, to: day("2025-12-30")).description == "2026-01-05")
    }

    @Test("Vectors 11 and 12: done on a weekend, a holiday or the same day is never a negative number of days")
    func neverNegative() throws {
        let calendar = try Schedules.calendar()
        let saturday = try day("2026-03-14")
        let due = try day("2026-03-17")
        #expect(try calendar.workingDays(after: saturday, through: saturday) == 0)
        #expect(try calendar.workingDays(after: day("2026-03-12"), through: saturday) == 1)
        #expect(try calendar.workingDays(after: saturday, through: due) == 2)
        #expect(try calendar.workingDays(after: day("2026-03-30"), through: due) == 0)
        #expect(try calendar.workingDays(after: due, through: saturday) == 0)
        #expect(try calendar.workingDays(after: due, through: day("2026-03-19")) == 2)
        #expect(try calendar.workingDays(after: day("2026-03-22"), through: day("2026-03-21")) == 0)
    }

    @Test("Vector 18: a date in a year without a file is an error that names the file")
    func missingYear() throws {
        let calendar = try Schedules.calendar(2025...2026)
        #expect(throws: CalendarError.missingYear(2027)) { try calendar.due(.workingDays(5), from: day("2026-12-28")) }
        #expect(throws: CalendarError.missingYear(2024)) { try calendar.date(adding: 1, to: day("2024-05-01")) }
        #expect(throws: CalendarError.missingYear(2027)) {
            try calendar.due(.dayOfNextMonth(5), from: day("2026-12-31"))
        }
        #expect(throws: CalendarError.missingYear(2028)) { try calendar.isWorkingDay(day("2028-01-01")) }
        #expect(CalendarError.missingYear(2027).description.contains("schedules/calendar/2027.csv"))
        #expect(try calendar.due(.workingDays(3), from: day("2026-12-28")).date.description == "2026-12-31")
    }

    @Test(
        "Vector 18: the next year is missed from 1 November on",
        arguments: [("2026-10-31", nil), ("2026-11-01", 2027), ("2026-12-31", 2027), ("2025-12-01", nil)]
            as [(String, Int?)])
    func warning(today: String, year: Int?) throws {
        #expect(try Schedules.calendar(2025...2026).missingNextYear(asOf: day(today)) == year)
    }

    @Test(
        "Vector 21: the 5th of a month of 2026 and its working-day target",
        arguments: [
            ("2026-03-31", "2026-04-05", "2026-04-03"), ("2026-06-30", "2026-07-05", "2026-07-03"),
            ("2026-08-31", "2026-09-05", "2026-09-04"), ("2026-11-30", "2026-12-05", "2026-12-04"),
            ("2025-12-31", "2026-01-05", "2026-01-05"),
        ])
    func fifth(from: String, date: String, target: String) throws {
        let due = try Schedules.calendar().due(.dayOfNextMonth(5), from: day(from))
        #expect(due.date.description == date)
        #expect(due.target?.description == target)
    }

    @Test("A fixed date before the first working day of its month is its own target")
    func noWorkingDayBefore() throws {
        let due = try Schedules.calendar().due(.dayOfNextMonth(3), from: day("2021-12-31"))
        #expect(due.target?.description == "2022-01-03")
    }

    @Test(
        "Working days in a year",
        arguments: zip(2013...2026, [246, 245, 245, 245, 245, 246, 246, 246, 245, 246, 246, 249, 246, 247]))
    func perYear(year: Int, count: Int) throws {
        let calendar = try Schedules.calendar()
        #expect(try calendar.workingDays(in: day("\(year)-01-01")...day("\(year)-12-31")) == count)
    }

    @Test(
        "Days that break naive calendars",
        arguments: [
            ("2020-05-11", true), ("2020-01-05", true), ("2020-12-20", true), ("2025-01-05", true),
            ("2014-05-04", true),
            ("2014-05-11", true), ("2024-06-17", true), ("2026-08-31", true), ("2013-12-28", true),
            ("2014-01-03", false),
            ("2027-03-15", false), ("2027-08-30", true), ("2027-03-24", false), ("2027-05-17", true),
        ])
    func naiveTraps(text: String, isWorked: Bool) throws {
        #expect(try Schedules.calendar().isWorkingDay(day(text)) == isWorked)
    }
}
