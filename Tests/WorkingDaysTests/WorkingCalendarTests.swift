import Testing

@testable import WorkingDays

@Suite("The working calendar")
struct WorkingCalendarTests {
    @Test("Adding, counting, stepping back and adding in one pass agree with each other on random days")
    func properties() throws {
        let calendar = try Schedules.calendar()
        var random = SeededNumbers(seed: 1)
        let first = try day("2013-06-01").dayNumber
        let last = try day("2026-12-01").dayNumber
        for _ in 0..<20_000 {
            let start = CivilDate(dayNumber: first + Int(random.next() % UInt64(last - first)))
            let (one, two) = (Int(random.next() % 15) + 1, Int(random.next() % 15) + 1)
            let end = try calendar.date(adding: one, to: start)
            #expect(try calendar.workingDays(after: start, through: end) == one)
            #expect(try calendar.isWorkingDay(end))
            #expect(try calendar.date(adding: two, to: end) == calendar.date(adding: one + two, to: start))
            let back = try calendar.date(adding: -one, to: end)
            let nearest = try calendar.lastWorkingDay(onOrBefore: start)
            #expect(back == nearest)
        }
    }

    @Test("Many at once give what one by one gives, by both ways", arguments: [100, 8_000])
    func batch(count: Int) throws {
        let calendar = try Schedules.calendar()
        let first = try day("2013-01-01")
        let dates = (0..<count).map { first.adding(days: $0 * 37 % 5_000) }
        #expect(try calendar.dates(adding: 17, to: dates) == dates.map { try calendar.date(adding: 17, to: $0) })
        #expect(throws: CalendarError.missingYear(2028)) {
            try calendar.dates(adding: 30, to: [CivilDate](repeating: day("2027-12-20"), count: count))
        }
    }

    @Test("Files that contradict themselves make no calendar")
    func refused() throws {
        let holiday = CalendarException(
            date: try day("2026-01-01"), kind: .holiday, nameKK: "Жаңа жыл", nameRU: "Новый год", basisKK: "test",
            basisRU: "test",
            knownSince: try day("2025-01-01"))
        #expect(throws: CalendarError.empty) { try WorkingCalendar(exceptions: [], years: []) }
        #expect(throws: CalendarError.missingYear(2025)) { try WorkingCalendar(exceptions: [], years: [2024, 2026]) }
        #expect(throws: CalendarError.outsideYears(holiday.date)) {
            try WorkingCalendar(exceptions: [holiday], years: [2025])
        }
        #expect(throws: CalendarError.duplicate(holiday.date)) {
            try WorkingCalendar(exceptions: [holiday, holiday], years: [2026])
        }
    }

    @Test("A day added and removed leads back to the same calendar and digest, and the difference names the day")
    func changes() throws {
        let calendar = try Schedules.calendar()
        let extra = CalendarException(
            date: try day("2026-03-19"), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной", basisKK: "Decree",
            basisRU: "Decree",
            knownSince: try day("2026-03-10"))
        let changed = try calendar.changed(adding: [extra])
        #expect(changed.digest != calendar.digest)
        let differences = calendar.differences(to: changed)
        #expect(differences == [CalendarChange(date: extra.date, old: nil, new: extra)])
        #expect(differences.allSatisfy { $0.movesDates })
        let back = try changed.changed(removing: [extra.date])
        #expect(back == calendar)
        #expect(back.digest == calendar.digest)
        let named = try calendar.changed(adding: [#require(calendar.exception(on: day("2026-01-01")))])
        #expect(named == calendar)
    }

    @Test("A further year joins the calendar, and a year apart does not")
    func years() throws {
        let calendar = try Schedules.calendar(2025...2026)
        let next = try Schedules.calendar(2027...2027).exceptions
        #expect(try calendar.changed(year: 2027, exceptions: next) == Schedules.calendar(2025...2027))
        #expect(throws: CalendarError.missingYear(2027)) { try calendar.changed(year: 2028, exceptions: []) }
    }

    @Test("What depends on 2027, which is an estimate, says so even without an exception on the way")
    func provisional() throws {
        let calendar = try Schedules.calendar()
        #expect(calendar.provisionalYears == [2027])
        #expect(try calendar.due(.workingDays(2), from: day("2027-02-08")).isProvisional)
        #expect(try calendar.due(.workingDays(2), from: day("2026-12-30")).isProvisional)
        #expect(try !calendar.due(.workingDays(1), from: day("2026-12-30")).isProvisional)
    }
}

/// A reproducible sequence of numbers.
struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
