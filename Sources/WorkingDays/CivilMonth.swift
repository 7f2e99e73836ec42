/// A month of a year, the period of the reports.
package struct CivilMonth: Hashable, Comparable, Sendable {
    /// Months since January of year 0.
    private let index: Int

    /// The year.
    package var year: Int { index / 12 }

    /// The month of the year, 1-12.
    package var month: Int { index % 12 + 1 }

    /// The month (1-12) of a year (1900-2200), or nil when there is none.
    package init?(year: Int, month: Int) {
        guard CivilDate.writableYears.contains(year), (1...12).contains(month) else { return nil }
        index = year * 12 + month - 1
    }

    /// The month in which `date` lies.
    package init(_ date: CivilDate) {
        let parts = date.parts
        index = parts.year * 12 + parts.month - 1
    }

    private init(index: Int) {
        self.index = index
    }

    /// Its first day.
    package var first: CivilDate { CivilDate(dayNumber: CivilDate.dayNumber(year: year, month: month, day: 1)) }

    /// Its last day.
    package var last: CivilDate { next.first.adding(days: -1) }

    /// The month after it.
    package var next: CivilMonth { CivilMonth(index: index + 1) }

    /// The month before it.
    package var previous: CivilMonth { CivilMonth(index: index - 1) }

    /// The quarter of the year in which it lies, 1-4.
    package var quarter: Int { (month - 1) / 3 + 1 }

    /// Whether `date` lies in this month.
    package func contains(_ date: CivilDate) -> Bool { CivilMonth(date) == self }

    /// The day of this month with this number, or nil when the month is shorter.
    package func day(_ number: Int) -> CivilDate? {
        guard number >= 1, number <= CivilDate.length(ofMonth: month, year: year) else { return nil }
        return first.adding(days: number - 1)
    }

    package static func < (left: CivilMonth, right: CivilMonth) -> Bool { left.index < right.index }
}

extension CivilMonth: CustomStringConvertible, LosslessStringConvertible {
    /// Reads exactly `yyyy-MM`; nil for everything else.
    package init?(_ text: some StringProtocol) {
        guard let first = CivilDate(String(text) + "-01") else { return nil }
        self.init(first)
    }

    /// The month as `yyyy-MM`.
    package var description: String { String(first.description.prefix(7)) }
}

extension CivilMonth: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let month = CivilMonth(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is not a month of the form 2026-03; correct it.")
        }
        self = month
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
