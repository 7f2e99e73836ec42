import Testing
import WorkingDays

@Suite("Civil dates")
struct CivilDateTests {
    @Test("Every day from 1900 to 2200 has the year, month, day and weekday that counting one by one gives")
    func exactForThreeCenturies() throws {
        var date = try day("1900-01-01")
        var (year, month, number, weekday) = (1900, 1, 1, 1)
        while year <= 2200 {
            let parts = date.parts
            guard parts == (year, month, number), date.weekday.rawValue == weekday,
                CivilDate(year: year, month: month, day: number) == date
            else {
                Issue.record("\(year)-\(month)-\(number) is \(date), \(date.weekday)")
                return
            }
            date = date.adding(days: 1)
            weekday = weekday == 7 ? 1 : weekday + 1
            number += 1
            if number > CivilDate.length(ofMonth: month, year: year) {
                number = 1
                month += 1
            }
            if month > 12 {
                month = 1
                year += 1
            }
        }
        #expect(date.days(to: try day("1900-01-01")) == -109_938)
    }

    @Test("Known day numbers", arguments: [("1970-01-01", 0), ("2000-02-29", 11_016), ("2024-03-01", 19_783)])
    func dayNumbers(text: String, number: Int) throws {
        #expect(try day(text).dayNumber == number)
        #expect(CivilDate(dayNumber: number).description == text)
    }

    @Test(
        "What is not exactly yyyy-MM-dd of an existing day is refused",
        arguments: [
            "2024-02-30", "2023-02-29", "2024-2-9", "2024-13-01", "2024-00-10", "2024-01-00", "24-01-01", "",
            "2024-01-01 ",
            "2024/01/01", "1899-12-31", "2201-01-01", "2024-01-0١",
        ])
    func strict(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test("Months know their days, their neighbours and their text")
    func months() throws {
        let february = try #require(CivilMonth("2024-02"))
        #expect(february.first.description == "2024-02-01")
        #expect(february.last.description == "2024-02-29")
        #expect(february.previous.previous.description == "2023-12")
        #expect(february.next.description == "2024-03")
        #expect(CivilMonth(try day("2024-12-31")).next.description == "2025-01")
        #expect(CivilMonth("2024-2") == nil)
        #expect(CivilMonth("2024-13") == nil)
    }
}

@Suite("Moments")
struct MomentTests {
    @Test(
        "ISO 8601 with an offset is read to the millisecond",
        arguments: [
            ("2026-03-19T04:05:06.789Z", "2026-03-19T04:05:06.789Z"),
            ("2026-03-19T04:05:06Z", "2026-03-19T04:05:06.000Z"),
            ("2026-03-19T09:05:06.7+05:00", "2026-03-19T04:05:06.700Z"),
            ("2026-03-19T02:35:06.789999-0130", "2026-03-19T04:05:06.789Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ])
    func reads(text: String, expected: String) throws {
        #expect(try instant(text).description == expected)
    }

    @Test(
        "What is no instant is refused",
        arguments: [
            "2026-03-19T04:05:06", "2026-03-19", "2026-03-19 04:05:06Z", "2026-03-19T24:00:00Z", "2026-03-19T04:60:00Z",
            "2026-03-19T04:05:60Z", "2026-03-19T04:05:06.Z", "2026-03-19T04:05:06Zx", "2026-02-30T04:05:06Z",
            "2026-03-19T04:05:06+5", "2026-03-19T04:05:06.1234567890Z",
        ])
    func refuses(text: String) {
        #expect(Moment(text) == nil)
    }
}
