import Languages
import Rulebook

/// Which rows of the bodies' forms are held against which of our numbers, and by what a difference can be explained.
///
/// All of it is a reading, in `schedules/reconciliation/797.yaml`: 797 §20 says only that each discrepancy is explained.
package struct ReconciliationRules: Hashable, Sendable {
    /// How the months of a form are held against ours.
    package enum Reading: String, CaseIterable, Hashable, Sendable {
        /// Events of a period: months add up.
        case flow
        /// A number at the end of the period.
        case moment
    }

    /// A row that is held against a number of ours.
    package struct Pair: Hashable, Sendable {
        /// The row, by the code of the form.
        package let rows: [String: String]
        /// The name of the measure that counts our number.
        package let measure: String
        /// The kinds of complaint that count; empty for all.
        package let kinds: Set<String>
        /// How months are read.
        package let reading: Reading
        /// Why it is comparable only in part.
        package let why: Localized
    }

    /// Rows that are held against nothing.
    package struct Apart: Hashable, Sendable {
        /// The rows, by the code of the form.
        package let rows: [String: [String]]
        /// Why.
        package let why: Localized
    }

    /// Which of the two numbers a cause makes larger.
    package enum Side: String, CaseIterable, Hashable, Sendable {
        /// The body's.
        case theirs
        /// Ours.
        case ours
        /// The one or the other.
        case either
    }

    /// What can explain a difference.
    package struct Cause: Hashable, Sendable {
        /// Its code: `other-channel`.
        package let code: String
        /// Which number it makes larger.
        package let side: Side
        /// Its name.
        package let words: Localized
        /// What proves it.
        package let settles: Localized
    }

    /// The codes of the forms that are reconciled.
    package let forms: [String]
    /// The rows that are compared, in the order of the file.
    package let pairs: [Pair]
    /// The rows that are not.
    package let apart: [Apart]
    /// The causes, in the order of the file.
    package let causes: [Cause]

    /// The rows of a form that are compared, with what they are held against.
    package func pairs(of form: String) -> [(row: String, pair: Pair)] {
        pairs.compactMap { pair in pair.rows[form].map { ($0, pair) } }
    }

    /// The pair of a row of a form; nil where it is held against nothing.
    package func pair(of form: String, row: String) -> Pair? { pairs.first { $0.rows[form] == row } }

    /// Why a row of a form is held against nothing; nil where the file says nothing of it.
    package func reasonApart(of form: String, row: String) -> Localized? {
        apart.first { $0.rows[form]?.contains(row) ?? false }?.why
    }

    /// A cause by its code.
    package func cause(_ code: String) -> Cause? { causes.first { $0.code == code } }

    /// The causes that can explain a difference of this sign: theirs larger, or ours.
    package func causes(theirsIsLarger: Bool) -> [Cause] {
        causes.filter { $0.side == .either || ($0.side == .theirs) == theirsIsLarger }
    }
}
