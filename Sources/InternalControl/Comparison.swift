import Forms
import Languages
import WorkingDays

/// A number of a body's form beside ours.
package struct ComparedFigure: Codable, Hashable, Sendable {
    /// The column of the form.
    package var column: String
    /// The months that the two numbers are about, as `2022-01…2022-03`.
    package var months: String
    /// What the body says; nil where it says “-”, which is no information and no 0.
    package var theirs: Int?
    /// What the centre counts.
    package var ours: Int

    /// The body's number less ours; nil where it gives no information.
    package var difference: Int? { theirs.map { $0 - ours } }
}

/// A row of a body's form beside the centre's number.
package struct RowComparison: Hashable, Sendable {
    /// The row of the form.
    package let row: String
    /// What is held against it.
    package let pair: ReconciliationRules.Pair
    /// The columns, that of the whole period last.
    package let figures: [ComparedFigure]

    /// The number of the whole period.
    package var whole: ComparedFigure? { figures.last }

    /// How many units are to be explained, with the sign of theirs less ours: the difference of the whole period; where that is
    /// none, how many units stand in other months (no sign then). Nil where the body gives no information.
    package var difference: Int? {
        guard let whole = whole?.difference else { return nil }
        guard whole == 0 else { return whole }
        return figures.dropLast().compactMap(\.difference).filter { $0 > 0 }.reduce(0, +)
    }

    /// Whether the row disagrees, so that it must be explained (797 §20 knows no threshold).
    package var isDiscrepancy: Bool { (difference ?? 0) != 0 }
}

/// The arithmetic of the reconciliation: which columns are held against which months, and what differs.
package enum Comparison {
    /// The months that a column of a form is about in a period; nil where it is about none that can be compared.
    ///
    /// A cumulative column holds everything since January.
    package static func months(
        of column: FormColumn, in form: StatutoryForm, for period: ReportPeriod
    ) -> ClosedRange<CivilMonth>? {
        guard column.of == nil else { return nil }
        if form.isCumulative {
            guard let month = column.month, month == period.last.month, let first = period.months.last?.january else {
                return nil
            }
            return first...CivilMonth(period.last)
        }
        guard let first = period.months.first, let last = period.months.last else { return nil }
        switch column.part {
        case .month(let number):
            guard period.months.indices.contains(number - 1) else { return nil }
            return period.months[number - 1]...period.months[number - 1]
        case .total: return first...last
        case nil: return nil
        }
    }

    /// The rows of a filing beside our numbers.
    /// - Parameters:
    ///   - numbers: what stands in the rows of the filing, by row and column.
    ///   - ours: our number of a pair over months.
    package static func rows(
        _ numbers: [String: [String: String]], of form: StatutoryForm, for period: ReportPeriod,
        by rules: ReconciliationRules,
        ours: (ReconciliationRules.Pair, ClosedRange<CivilMonth>) throws -> Int
    ) rethrows -> [RowComparison] {
        try rules.pairs(of: form.code).compactMap { code, pair -> RowComparison? in
            guard let row = form.row(code) else { return nil }
            let figures = try form.columns(of: row).compactMap { column -> ComparedFigure? in
                guard let months = months(of: column, in: form, for: period) else { return nil }
                let cell = FormCell(numbers[code]?[column.code] ?? "")
                var theirs: Int?
                if case .count(let count) = cell { theirs = count }
                return ComparedFigure(
                    column: column.code, months: "\(months.lowerBound)…\(months.upperBound)", theirs: theirs,
                    ours: try ours(pair, months))
            }
            return figures.isEmpty ? nil : RowComparison(row: code, pair: pair, figures: figures)
        }
    }
}

extension CivilMonth {
    /// January of its year.
    fileprivate var january: CivilMonth { CivilMonth(year: year, month: 1) ?? self }
}
