/// What is wrong with one place of the form of a card; its words stand in the string tables.
package struct CardFormFault: Codable, Hashable, Sendable {
    /// The kinds of faults.
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        /// It must be filled in.
        case missing
        /// It is longer than a field may be.
        case tooLong
        /// It is none of the values that can be chosen.
        case unknown
        /// The register does not know it.
        case notRegistered
        /// It is no number such as 0.25.
        case noNumber
        /// It is no whole number of days.
        case noDays
        /// It is no day.
        case noDay
        /// The last day is before the first.
        case daysTurned
        /// A fact has neither a value nor words.
        case noValue
        /// An amount stands where there can be none.
        case noAmount
        /// Only a fee is told in this measure.
        case onlyFee
        /// Only a term is told in this measure.
        case onlyTerm
        /// The value of a code has blanks or several lines.
        case notOneWord
    }

    /// Where: `fee.kk`, `documents.2.ru`, `facts.0.amount`.
    package let place: String
    /// What.
    package let kind: Kind

    /// A fault at a place.
    package init(place: String, kind: Kind) {
        self.place = place
        self.kind = kind
    }

    /// The field that it is about.
    package var field: CardFormField? { CardFormField(place: place) }
}
