/// The period that a report is about: a month or a quarter.
package enum ReportPeriod: Hashable, Sendable {
    /// A month, written `2026-03`.
    case month(CivilMonth)
    /// A quarter, written `2026-Q1`.
    case quarter(CivilQuarter)

    /// Its first day.
    package var first: CivilDate {
        switch self {
        case .month(let month): month.first
        case .quarter(let quarter): quarter.first
        }
    }

    /// Its last day.
    package var last: CivilDate {
        switch self {
        case .month(let month): month.last
        case .quarter(let quarter): quarter.last
        }
    }

    /// The months in it, the first first.
    package var months: [CivilMonth] {
        switch self {
        case .month(let month): [month]
        case .quarter(let quarter): quarter.months
        }
    }

    /// The period of the same length before it.
    package var previous: ReportPeriod {
        switch self {
        case .month(let month): .month(month.previous)
        case .quarter(let quarter): .quarter(quarter.previous)
        }
    }

    /// The period of the same length after it.
    package var next: ReportPeriod {
        switch self {
        case .month(let month): .month(month.next)
        case .quarter(let quarter): .quarter(quarter.next)
        }
    }
}

extension ReportPeriod: CustomStringConvertible, LosslessStringConvertible {
    /// Reads `yyyy-MM` or `yyyy-Qn`; nil for everything else.
    package init?(_ text: some StringProtocol) {
        if let month = CivilMonth(text) {
            self = .month(month)
        } else if let quarter = CivilQuarter(text) {
            self = .quarter(quarter)
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .month(let month): month.description
        case .quarter(let quarter): quarter.description
        }
    }
}
