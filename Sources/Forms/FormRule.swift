import Languages

/// Something that must hold between the numbers of a form.
package struct FormRule: Hashable, Sendable {
    /// What must hold.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// No cell is empty; "-" counts as filled.
        case filled
        /// Each cell is a whole number from 0 up, or "-".
        case wholeNumber = "whole-number"
        /// Every row stands once, in its order.
        case everyRowOnce = "every-row-once"
        /// The row is the sum of the others, in each column.
        case sum
        /// The sum of the rows is at most that of the others.
        case atMost = "at-most"
        /// The sum of the rows is at least that of the others.
        case atLeast = "at-least"
        /// The sums are equal.
        case equal
        /// Each of the rows is at most the sum of the others.
        case eachAtMost = "each-at-most"
        /// The row is the sum of the lines below it.
        case linesSum = "lines-sum"
        /// The row is at least the sum of the lines below it.
        case linesAtMost = "lines-at-most"
        /// The row is the number of the lines below it.
        case linesCounted = "lines-counted"
        /// The column of the period is the sum of its months.
        case totalIsSum = "total-is-sum"
        /// It is at least the largest month and at most their sum.
        case totalBetween = "total-between"
        /// It is the last month.
        case totalIsLast = "total-is-last"
        /// A column is the sum of others, in each line.
        case columnsSum = "columns-sum"
        /// The sum of columns is at most that of others, in each line.
        case columnsAtMost = "columns-at-most"
        /// «Итого» is the sum of the providers.
        case totalOfLines = "total-of-lines"
        /// Along the months of a cumulative form nothing falls.
        case notFalling = "not-falling"
        /// Nothing falls against what was filed before.
        case notFallingSince = "not-falling-since"
        /// What was told before is told again.
        case sameAsFiled = "same-as-filed"
        /// The total begins anew with a year.
        case startsAnew = "starts-anew"
        /// Nothing stands after the month of the filing.
        case emptyAfter = "empty-after"
    }

    /// What a rule stands on.
    package enum Ground: String, CaseIterable, Hashable, Sendable {
        /// The act says it.
        case text
        /// Where it does not hold, one of the numbers is wrong.
        case arithmeticNecessity = "arithmetic-necessity"
        /// A likely sign of a mistake; a doubt, always.
        case ours
    }

    /// What follows where it does not hold.
    package enum Level: String, CaseIterable, Hashable, Sendable {
        /// The filing is not taken; a report is not sealed.
        case fault
        /// A question stays beside the number.
        case doubt
    }

    /// The rows that it is about.
    package enum Rows: Hashable, Sendable {
        /// All that hold numbers and count in one of these ways; all where it is empty.
        case all(counting: Set<FormRow.Counting>)
        /// Those whose number is printed.
        case numbered
        /// Just these.
        case these([String])
    }

    /// Its name, once in a form.
    package let name: String
    /// What must hold.
    package let kind: Kind
    /// What it stands on.
    package let ground: Ground
    /// What follows.
    package let level: Level
    /// The words or the reason behind it.
    package let cite: Localized
    /// The rows that it is about.
    package let rows: Rows
    /// The rows or columns on the other side.
    package let of: [String]
    /// The columns that it is about; empty for all.
    package let columns: [String]
    /// Whether it goes along the lines below the rows.
    package let isAboutLines: Bool
    /// Whether it asks about lines only where some are given.
    package let needsLines: Bool
}
