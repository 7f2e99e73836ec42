/// One day on which two calendars differ.
package struct CalendarChange: Hashable, Sendable, Codable {
    /// The day.
    package let date: CivilDate
    /// What the calendar said before; nil for an ordinary day of the week.
    package let old: CalendarException?
    /// What it says now; nil for an ordinary day of the week.
    package let new: CalendarException?

    /// Whether the day became worked or stopped being worked; false when only its name or basis changed.
    package var movesDates: Bool {
        isWorked(old) != isWorked(new)
    }

    private func isWorked(_ exception: CalendarException?) -> Bool {
        exception.map { $0.kind == .workingDay } ?? !date.weekday.isWeekend
    }
}

/// New calendars from old ones, and what differs between two.
extension WorkingCalendar {
    /// The calendar with these exceptions put in (replacing what was said of their days) and these days made ordinary.
    ///
    /// Throws `CalendarError.outsideYears` for an exception outside the covered years, `.duplicate` for one given twice.
    package func changed(
        adding added: [CalendarException] = [], removing removed: [CivilDate] = []
    ) throws(CalendarError) -> WorkingCalendar {
        let replaced = Set(added.map(\.date)).union(removed)
        return try WorkingCalendar(
            exceptions: exceptions.filter { !replaced.contains($0.date) } + added, years: years)
    }

    /// The calendar with a further year, or with a covered year replaced.
    ///
    /// Throws `CalendarError.missingYear` when years between are missing.
    package func changed(year: Int, exceptions replacement: [CalendarException]) throws(CalendarError)
        -> WorkingCalendar
    {
        try WorkingCalendar(
            exceptions: exceptions.filter { $0.date.year != year } + replacement, years: Set(years).union([year]))
    }

    /// The days on which `newer` differs from this calendar, earliest first; years that only one covers are included.
    package func differences(to newer: WorkingCalendar) -> [CalendarChange] {
        let old = Dictionary(exceptions.map { ($0.date, $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(newer.exceptions.map { ($0.date, $0) }, uniquingKeysWith: { first, _ in first })
        return Set(old.keys).union(new.keys).sorted().compactMap { date in
            old[date] == new[date] ? nil : CalendarChange(date: date, old: old[date], new: new[date])
        }
    }

    /// FNV-1a of 64 bits over the years and every field of every exception, as 16 hexadecimal digits.
    static func fingerprint(years: ClosedRange<Int>, exceptions: [CalendarException]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0xff) &* 0x100_0000_01b3
        }
        mix("\(years.lowerBound)-\(years.upperBound)")
        for exception in exceptions {
            mix(exception.date.description)
            mix(exception.kind.rawValue)
            mix(exception.nameKK)
            mix(exception.nameRU)
            mix(exception.basisKK)
            mix(exception.basisRU)
            mix(exception.knownSince.description)
            mix(exception.isProvisional ? "?" : "")
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
