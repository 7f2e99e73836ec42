/// Adding and counting working days: two table look-ups each, no allocation.
extension WorkingCalendar {
    /// The date `count` working days after `date`; day 1 is the first working day after it.
    ///
    /// Zero gives `date` itself when it is worked, else the next working day. A negative count goes back.
    /// Throws `CalendarError.missingYear` when `date` or the result lies outside the covered years.
    @inlinable @inline(__always)
    package func date(adding count: Int, to date: CivilDate) throws(CalendarError) -> CivilDate {
        let offset = try offset(of: date)
        guard count.magnitude < 1 << 32 else { throw .termOutOfRange }
        return try workingDay(at: count > 0 ? Int(before[offset + 1]) + count - 1 : Int(before[offset]) + count)
    }

    /// The same for many dates at once, a single look-up for each.
    ///
    /// Throws `CalendarError.missingYear` for the first date without an answer.
    package func dates(adding count: Int, to dates: [CivilDate]) throws(CalendarError) -> [CivilDate] {
        var results = [CivilDate](repeating: CivilDate(dayNumber: 0), count: dates.count)
        var target = results.mutableSpan
        try add(count, to: dates.span, into: &target)
        return results
    }

    /// Writes the date `count` working days after each of `dates` into `results`, which must be as long.
    ///
    /// Above a few thousand dates it first makes a table of the answer for every covered day.
    /// Throws `CalendarError.missingYear` for the first date without an answer.
    package func add(
        _ count: Int, to dates: Span<CivilDate>, into results: inout MutableSpan<CivilDate>
    ) throws(CalendarError) {
        precondition(dates.count == results.count, "One place for each result.")
        guard dates.count > before.count / 2 else {
            for index in dates.indices { results[index] = try date(adding: count, to: dates[index]) }
            return
        }
        let answers = try answers(adding: count)
        let first = Int32(firstDay)
        let covered = UInt32(answers.count)
        for index in dates.indices {
            let offset = UInt32(bitPattern: dates[index].days &- first)
            guard offset < covered else { throw .missingYear(dates[index].year) }
            let day = answers[Int(offset)]
            guard day != Int32.min else { throw .missingYear(count < 0 ? years.lowerBound - 1 : years.upperBound + 1) }
            results[index] = CivilDate(dayNumber: Int(day))
        }
    }

    /// For every covered day the day number `count` working days later, `Int32.min` where it is not covered.
    private func answers(adding count: Int) throws(CalendarError) -> [Int32] {
        guard count.magnitude < 1 << 32 else { throw .termOutOfRange }
        return (0..<before.count - 1).map { offset in
            let index = count > 0 ? Int(before[offset + 1]) + count - 1 : Int(before[offset]) + count
            return worked.indices.contains(index) ? worked[index] : Int32.min
        }
    }

    /// The number of working days after one date up to and including another; 0 when the second is not later.
    ///
    /// A thing done on the day it came, on a weekend too, took 0 working days.
    @inlinable @inline(__always)
    package func workingDays(after start: CivilDate, through end: CivilDate) throws(CalendarError) -> Int {
        guard end > start else { return 0 }
        return Int(before[try offset(of: end) + 1]) - Int(before[try offset(of: start) + 1])
    }

    /// The number of working days in a range of dates, both ends included.
    package func workingDays(in range: ClosedRange<CivilDate>) throws(CalendarError) -> Int {
        Int(before[try offset(of: range.upperBound) + 1]) - Int(before[try offset(of: range.lowerBound)])
    }

    /// The last working day on or before a date. Throws when it would lie before the covered years.
    package func lastWorkingDay(onOrBefore date: CivilDate) throws(CalendarError) -> CivilDate {
        try workingDay(at: Int(before[try offset(of: date) + 1]) - 1)
    }

    /// The first working day on or after a date. Throws when it would lie after the covered years.
    package func firstWorkingDay(onOrAfter date: CivilDate) throws(CalendarError) -> CivilDate {
        try self.date(adding: 0, to: date)
    }
}
