import Languages

/// A column that bodies fill in.
package struct FormColumn: Hashable, Sendable {
    /// The part of the period that it is about.
    package enum Part: Hashable, Sendable {
        /// A month of the quarter, from 1.
        case month(Int)
        /// The whole period.
        case total
    }

    /// Its number as it is printed, or our name.
    package let code: String
    /// The part of the period; nil where the heads say something else.
    package let part: Part?
    /// The month of the year that a cumulative column goes up to, from 1; nil where it is about no month of the year.
    package let month: Int?
    /// What splits the part further (`person`, `entity`); nil where nothing does.
    package let of: String?
    /// The words of the head above it, which other columns share.
    package let under: [Language: String]
    /// The words of its head, in the languages in which the act has them.
    package let label: [Language: String]
}
