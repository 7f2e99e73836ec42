/// A calendar that shares nothing with the program: days are whole numbers from 1 January 1970, months are counted off a table,
/// and a term is walked day by day.
struct PlainCalendar {
    /// Days that are not worked although the week would have them worked.
    var off: Set<Int> = []
    /// Days of the weekend that are worked.
    var worked: Set<Int> = []

    /// Almaty, since 1 March 2024: five hours before Greenwich.
    static let shift = 5 * 3_600_000

    private static func length(_ year: Int, _ month: Int) -> Int {
        let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// The morning on which simulations begin.
    static let start = moment(number(2024, 4, 1), minute: 9 * 60)

    /// The number of a day.
    static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        var number = day - 1
        for earlier in 1970..<year { for month in 1...12 { number += length(earlier, month) } }
        for earlier in 1..<month { number += length(year, earlier) }
        return number
    }

    /// Year, month and day of a number.
    static func parts(_ number: Int) -> (year: Int, month: Int, day: Int) {
        var (left, year, month) = (number, 1970, 1)
        while left >= length(year, month) {
            left -= length(year, month)
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
        }
        return (year, month, left + 1)
    }

    /// A day of 2024 to 2027 as it is written: 2026-03-05.
    static func text(_ number: Int) -> String { texts[number - first] }

    private static let first = number(2024, 1, 1)
    private static let texts = (first...number(2028, 3, 31)).map(written)

    private static func written(_ number: Int) -> String {
        let (year, month, day) = parts(number)
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// The day in Almaty of a moment in milliseconds, and the minute of it.
    static func local(_ milliseconds: Int64) -> (day: Int, minute: Int) {
        let local = Int(milliseconds) + shift
        return (local / 86_400_000, local % 86_400_000 / 60_000)
    }

    /// The moment in milliseconds of a minute of a day in Almaty.
    static func moment(_ day: Int, minute: Int = 0) -> Int64 { Int64(day * 86_400_000 + minute * 60_000 - shift) }

    /// Whether a day is worked; 1 January 1970 was a Thursday.
    func isWorked(_ day: Int) -> Bool {
        if worked.contains(day) { return true }
        return (day + 3) % 7 < 5 && !off.contains(day)
    }

    /// Makes a day worked or not, whatever the week says.
    mutating func set(_ day: Int, isWorked: Bool) {
        off.remove(day)
        worked.remove(day)
        guard self.isWorked(day) != isWorked else { return }
        if isWorked { worked.insert(day) } else { off.insert(day) }
    }

    /// The n-th working day after a day.
    func after(_ day: Int, _ count: Int) -> Int {
        var (day, left) = (day, count)
        while left > 0 {
            day += 1
            if isWorked(day) { left -= 1 }
        }
        return day
    }

    /// The day on which a filing of a minute of a day is registered.
    func registration(_ day: Int, minute: Int) -> Int {
        isWorked(day) && minute < 18 * 60 + 30 ? day : after(day, 1)
    }
}
