/// Which days are worked in the years it covers, and what differs from the plain week, with the reason.
///
/// Two tables answer every question in constant time: how many working days there are before each day, and which day
/// the n-th working day is. A date outside the covered years is an error that names the missing file, never a guess.
package struct WorkingCalendar: Sendable {
    /// The years it covers, without a gap.
    package let years: ClosedRange<Int>
    /// Every exception, earliest first.
    package let exceptions: [CalendarException]
    /// The years in which at least one exception is an estimate; dates that depend on them say so.
    package let provisionalYears: [Int]
    /// A fingerprint of the years and the exceptions: 16 hexadecimal digits. Not a cryptographic digest.
    package let digest: String

    /// The day number of the first covered day.
    @usableFromInline let firstDay: Int
    /// For each covered day and the day after the last: the number of working days before it.
    @usableFromInline let before: [Int32]
    /// The day number of each working day.
    @usableFromInline let worked: [Int32]
    /// For each covered day the index of its exception, or -1.
    private let exceptionIndex: [Int16]

    /// A calendar of the plain week with these exceptions.
    ///
    /// - Parameters:
    ///   - exceptions: in any order, at most one for a day, each in one of `years`.
    ///   - years: the years that are known entirely; they must follow one another.
    /// - Throws: `CalendarError.missingYear` for a gap, `.empty`, `.duplicate`, `.outsideYears`.
    package init(exceptions: [CalendarException], years: some Sequence<Int>) throws(CalendarError) {
        let sorted = Set(years).sorted()
        guard let first = sorted.first, let last = sorted.last else { throw .empty }
        for (offset, year) in sorted.enumerated() where year != first + offset { throw .missingYear(first + offset) }
        let firstDay = CivilDate.dayNumber(year: first, month: 1, day: 1)
        let count = CivilDate.dayNumber(year: last + 1, month: 1, day: 1) - firstDay
        let ordered = exceptions.sorted { $0.date < $1.date }
        var index = [Int16](repeating: -1, count: count)
        for (position, exception) in ordered.enumerated() {
            let offset = exception.date.dayNumber - firstDay
            guard offset >= 0, offset < count else { throw .outsideYears(exception.date) }
            guard index[offset] < 0 else { throw .duplicate(exception.date) }
            index[offset] = Int16(position)
        }
        var before = [Int32](repeating: 0, count: count + 1)
        var worked: [Int32] = []
        worked.reserveCapacity(count)
        for offset in 0..<count {
            before[offset] = Int32(worked.count)
            let date = CivilDate(dayNumber: firstDay + offset)
            let isWorked = index[offset] < 0 ? !date.weekday.isWeekend : ordered[Int(index[offset])].kind == .workingDay
            if isWorked { worked.append(date.days) }
        }
        before[count] = Int32(worked.count)
        self.years = first...last
        self.exceptions = ordered
        provisionalYears = Set(ordered.lazy.filter(\.isProvisional).map(\.date.year)).sorted()
        digest = WorkingCalendar.fingerprint(years: first...last, exceptions: ordered)
        self.firstDay = firstDay
        self.before = before
        self.worked = worked
        exceptionIndex = index
    }

    /// The covered days.
    package var days: ClosedRange<CivilDate> {
        CivilDate(dayNumber: firstDay)...CivilDate(dayNumber: firstDay + before.count - 2)
    }

    /// The exception of a day, or nil when it is an ordinary day of the week or lies outside the covered years.
    package func exception(on date: CivilDate) -> CalendarException? {
        let offset = date.dayNumber - firstDay
        guard offset >= 0, offset < exceptionIndex.count, exceptionIndex[offset] >= 0 else { return nil }
        return exceptions[Int(exceptionIndex[offset])]
    }

    /// Whether a day is worked. Throws `CalendarError.missingYear` outside the covered years.
    @inlinable @inline(__always)
    package func isWorkingDay(_ date: CivilDate) throws(CalendarError) -> Bool {
        let offset = try offset(of: date)
        return before[offset + 1] != before[offset]
    }

    /// Whether a date in `range` depends on a year that is only estimated.
    package func isProvisional(_ range: ClosedRange<CivilDate>) -> Bool {
        guard !provisionalYears.isEmpty else { return false }
        return provisionalYears.contains { (range.lowerBound.year...range.upperBound.year).contains($0) }
    }

    /// The next year when its calendar ought to be there and is not: from `since` (month and day) on; nil otherwise.
    ///
    /// The server warns with it from 1 November, while there is time to add the file.
    package func missingNextYear(
        asOf today: CivilDate, fromMonth month: Int = 11, day: Int = 1
    ) -> Int? {
        let parts = today.parts
        guard parts.month > month || (parts.month == month && parts.day >= day), !years.contains(parts.year + 1) else {
            return nil
        }
        return parts.year + 1
    }

    /// The place of a date in the tables.
    @inlinable @inline(__always)
    func offset(of date: CivilDate) throws(CalendarError) -> Int {
        let offset = date.dayNumber - firstDay
        guard offset >= 0, offset < before.count - 1 else { throw .missingYear(date.year) }
        return offset
    }

    /// The working day with this index. Throws when it would lie outside the covered years.
    @inlinable @inline(__always)
    func workingDay(at index: Int) throws(CalendarError) -> CivilDate {
        guard index >= 0 else { throw .missingYear(years.lowerBound - 1) }
        guard index < worked.count else { throw .missingYear(years.upperBound + 1) }
        return CivilDate(dayNumber: Int(worked[index]))
    }
}

extension WorkingCalendar: Hashable {
    package static func == (left: WorkingCalendar, right: WorkingCalendar) -> Bool {
        left.years == right.years && left.exceptions == right.exceptions
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
    }
}

extension WorkingCalendar: Codable {
    private enum CodingKeys: String, CodingKey { case from, through, exceptions }

    /// Rebuilds a calendar from its years and exceptions, the form in which an adopted calendar is kept.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let from = try container.decode(Int.self, forKey: .from)
        let through = try container.decode(Int.self, forKey: .through)
        guard from <= through else { throw CalendarError.empty }
        try self.init(
            exceptions: container.decode([CalendarException].self, forKey: .exceptions), years: from...through)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(years.lowerBound, forKey: .from)
        try container.encode(years.upperBound, forKey: .through)
        try container.encode(exceptions, forKey: .exceptions)
    }
}
