import Testing

@testable import WorkingDays

@Suite("Zones of Kazakhstan")
struct CivilZoneTests {
    @Test("Vector 7: both 23:30 of 29 February 2024 in Almaty are one civil date and one order of events")
    func repeatedHour() throws {
        let first = try instant("2024-02-29T23:30:00+06:00")
        let second = try instant("2024-02-29T23:30:00+05:00")
        #expect(first < second)
        for moment in [first, second] {
            #expect(CivilZone.almaty.civilDate(of: moment).description == "2024-02-29")
            #expect(CivilZone.almaty.wallClock(of: moment) == (23, 30))
        }
        #expect(CivilZone.almaty.iso8601(first) == "2024-02-29T23:30:00.000+06:00")
        #expect(CivilZone.almaty.iso8601(second) == "2024-02-29T23:30:00.000+05:00")
        #expect(CivilZone.almaty.moment(of: try day("2024-02-29"), hour: 23, minute: 30) == first)
    }

    @Test("Vector 8: 86,400 seconds after 00:30 of 29 February 2024 it is still 29 February")
    func longDay() throws {
        let start = try instant("2024-02-29T00:30:00+06:00")
        let later = start.adding(milliseconds: 86_400_000)
        #expect(CivilZone.almaty.civilDate(of: later).description == "2024-02-29")
        #expect(CivilZone.almaty.wallClock(of: later) == (23, 30))
        let length = CivilZone.almaty.start(of: try day("2024-02-29")).millisecondsSince1970
        #expect(CivilZone.almaty.start(of: try day("2024-03-01")).millisecondsSince1970 - length == 25 * 3_600_000)
    }

    @Test("Vector 9: one instant near midnight is two dates in Aqtobe and Almaty until March 2024")
    func twoZones() throws {
        let moment = try instant("2024-02-20T18:30:00Z")
        #expect(CivilZone.almaty.civilDate(of: moment).description == "2024-02-21")
        #expect(CivilZone.aqtobe.civilDate(of: moment).description == "2024-02-20")
        let year = try instant("2025-02-20T18:30:00Z")
        #expect(CivilZone.almaty.civilDate(of: year) == CivilZone.aqtobe.civilDate(of: year))
    }

    @Test("Vectors 6 and 20: a day and a month end at local midnight")
    func midnight() throws {
        let zone = CivilZone.almaty
        #expect(zone.civilDate(of: try instant("2026-03-31T18:59:59.999Z")).description == "2026-03-31")
        #expect(zone.civilDate(of: try instant("2026-03-31T19:00:00.000Z")).description == "2026-04-01")
        #expect(zone.start(of: try day("2026-04-01")).description == "2026-03-31T19:00:00.000Z")
    }

    @Test(
        "The start of every day is on that day, and the millisecond before it is not", arguments: CivilZone.kazakhstan)
    func starts(zone: CivilZone) throws {
        var date = try day("2000-01-02")
        while date.year < 2030 {
            let start = zone.start(of: date)
            guard zone.civilDate(of: start) == date,
                zone.civilDate(of: start.adding(milliseconds: -1)) == date.adding(days: -1)
            else {
                Issue.record("\(zone.name): \(date) starts at \(start)")
                return
            }
            date = date.adding(days: 1)
        }
    }

    @Test("A time that summer time skipped is the instant of the change")
    func gap() throws {
        let skipped = CivilZone.almaty.moment(of: try day("2004-03-28"), hour: 2, minute: 30)
        #expect(CivilZone.almaty.iso8601(skipped) == "2004-03-28T03:00:00.000+07:00")
    }

    @Test("A zone is found by its name, and only Kazakhstan's are known")
    func names() {
        #expect(CivilZone.named("Asia/Oral") == .oral)
        #expect(CivilZone.named("Europe/Berlin") == nil)
    }

    @Test("Every change of offset agrees with the tz database", .enabled(if: Schedules.hasPython))
    func tzDatabase() throws {
        let lines = try Schedules.reference("zones")
        var expected: [String: [(Int64, Int64)]] = [:]
        for line in lines {
            let fields = line.split(separator: " ")
            let (start, offset) = try (#require(Int64(fields[1])), #require(Int64(fields[2])))
            expected[String(fields[0]), default: []].append((start, offset))
        }
        #expect(expected.count == 7)
        for zone in CivilZone.kazakhstan {
            let changes = try #require(expected[zone.name])
            #expect(zone.firstHours * 3_600 == changes[0].1)
            #expect(zone.transitions.map(\.start) == changes.dropFirst().map(\.0), "\(zone.name)")
            #expect(zone.transitions.map { $0.hours * 3_600 } == changes.dropFirst().map(\.1), "\(zone.name)")
        }
    }
}
