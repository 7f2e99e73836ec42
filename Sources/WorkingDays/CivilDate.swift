/// A day of the civil (Gregorian) calendar, without a time and without a zone.
///
/// It is one integer, the number of days since 1970-01-01, so that comparing and adding cost nothing. Arithmetic is
/// exact for every year from 1900 to 2200, the years that can be written as text.
@frozen
package struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01 in the storage form.
    @usableFromInline let days: Int32

    /// The day `dayNumber` days after 1970-01-01 (negative before it).
    @inlinable @inline(__always)
    package init(dayNumber: Int) {
        days = Int32(truncatingIfNeeded: dayNumber)
    }

    /// The day with this year (1900-2200), month (1-12) and day of the month, or nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard CivilDate.writableYears.contains(year), (1...12).contains(month), day >= 1,
            day <= CivilDate.length(ofMonth: month, year: year)
        else { return nil }
        self.init(dayNumber: CivilDate.dayNumber(year: year, month: month, day: day))
    }

    /// The years in which a date can be written and read as text.
    package static let writableYears = 1900...2200

    /// Days since 1970-01-01.
    @inlinable @inline(__always) package var dayNumber: Int { Int(days) }

    /// The year, month and day of the month in one computation.
    package var parts: (year: Int, month: Int, day: Int) {
        // Count from 1 March of year 0, so that the leap day ends a year and the lengths of months repeat by five.
        let count = Int(days) + 719_468
        let cycle = (count >= 0 ? count : count - 146_096) / 146_097
        let dayOfCycle = count - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0), month, day)
    }

    /// The calendar year.
    package var year: Int { parts.year }

    /// The month, 1-12.
    package var month: Int { parts.month }

    /// The day of the month, 1-31.
    package var day: Int { parts.day }

    /// The day of the week.
    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        let index = (Int(days) + 3) % 7
        return Weekday.all[index >= 0 ? index : index + 7]
    }

    /// The date `days` calendar days later (earlier when negative).
    @inlinable @inline(__always)
    package func adding(days count: Int) -> CivilDate {
        CivilDate(dayNumber: Int(days) + count)
    }

    /// Calendar days from this date to `other`; negative when `other` is earlier.
    @inlinable @inline(__always)
    package func days(to other: CivilDate) -> Int {
        Int(other.days) - Int(days)
    }

    @inlinable @inline(__always)
    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.days < right.days
    }

    /// Whether `year` has a 29 February.
    package static func isLeap(year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The number of days of a month (1-12) of a year.
    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 of a date that is known to exist.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let cycle = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfCycle = marchYear - cycle * 400
        let marchMonth = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
    }
}

/// A day of the week, numbered as in ISO 8601: Monday is 1, Sunday is 7.
package enum Weekday: Int, CaseIterable, Hashable, Sendable {
    /// The first day of the week.
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    /// Whether a five-day week rests on it.
    package var isWeekend: Bool { self == .saturday || self == .sunday }

    static let all = Weekday.allCases
}
