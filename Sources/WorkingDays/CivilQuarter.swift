/// A quarter of a year, the period of the quarterly reports.
package struct CivilQuarter: Hashable, Comparable, Sendable {
    /// Its first month.
    package let firstMonth: CivilMonth

    /// The year.
    package var year: Int { firstMonth.year }

    /// The quarter of the year, 1-4.
    package var quarter: Int { firstMonth.quarter }

    /// The quarter (1-4) of a year (1900-2200), or nil when there is none.
    package init?(year: Int, quarter: Int) {
        guard (1...4).contains(quarter), let month = CivilMonth(year: year, month: quarter * 3 - 2) else { return nil }
        firstMonth = month
    }

    /// The quarter in which a month lies.
    package init(_ month: CivilMonth) {
        var first = month
        while first.month % 3 != 1 { first = first.previous }
        firstMonth = first
    }

    /// Its three months, the first first.
    package var months: [CivilMonth] { [firstMonth, firstMonth.next, firstMonth.next.next] }

    /// Its first day.
    package var first: CivilDate { firstMonth.first }

    /// Its last day.
    package var last: CivilDate { next.first.adding(days: -1) }

    /// The quarter after it.
    package var next: CivilQuarter { CivilQuarter(firstMonth.next.next.next) }

    /// The quarter before it.
    package var previous: CivilQuarter { CivilQuarter(firstMonth.previous) }

    package static func < (left: CivilQuarter, right: CivilQuarter) -> Bool { left.firstMonth < right.firstMonth }
}

extension CivilQuarter: CustomStringConvertible, LosslessStringConvertible {
    /// Reads exactly `yyyy-Qn`; nil for everything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[0].utf8.allSatisfy({ (48...57).contains($0) }),
            parts[1].utf8.count == 2, parts[1].first == "Q", let year = Int(parts[0]),
            let quarter = Int(parts[1].dropFirst())
        else { return nil }
        self.init(year: year, quarter: quarter)
    }

    /// The quarter as `yyyy-Qn`.
    package var description: String { "\(firstMonth.first.description.prefix(4))-Q\(quarter)" }
}
