import Languages

/// A line above or below the table of a form: a label and what must stand behind it.
package struct FormField: Hashable, Sendable {
    /// What must stand there.
    package enum Must: String, CaseIterable, Hashable, Sendable {
        /// The index of the form.
        case theIndex = "the-index"
        /// The title of the form.
        case theTitle = "the-title"
        /// The quarter and the year.
        case period
        /// The year.
        case year
        /// Words of the body.
        case text
        /// A day.
        case date
        /// A name and its signature.
        case signature
        /// A stamp.
        case stamp
        /// Nothing that is asked for.
        case nothing
    }

    /// Our name: `index`.
    package let name: String
    /// The label, in the languages in which it is known.
    package let label: [Language: String]
    /// What must stand behind it.
    package let must: Must
    /// What the form prints behind the label, with `___` for the number of a quarter and `20__` for a year; empty where it is left to
    /// whoever fills it in.
    package var printed: [Language: String] = [:]
}

/// What stands over the table of a form that bodies file.
package struct FormHead: Hashable, Sendable {
    /// The title of the table, where it has its own.
    package let title: [Language: String]
    /// The head of the column of numbers.
    package let number: [Language: String]
    /// The head of the column of names.
    package let name: [Language: String]
    /// The head above the months, where they have one of their own.
    package var overMonths: [Language: String] = [:]
    /// The line of column numbers below the head, as it is printed; empty where the form has none.
    package let columnNumbers: [String]
}

/// What must hold between a filing and others: of other forms, other bodies or other periods.
package struct FormBond: Hashable, Sendable {
    /// What must hold.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// What a body files holds what its units file.
        case contains
        /// Numbers of two forms are near each other.
        case compare
        /// Nothing is filed for a period for which something was taken.
        case noSecondFiling = "no-second-filing"
    }

    /// Its name, once in a form.
    package let name: String
    /// What must hold.
    package let kind: Kind
    /// What it stands on.
    package let ground: FormRule.Ground
    /// What follows where it does not hold.
    package let level: FormRule.Level
    /// The words or the reason behind it.
    package let cite: Localized
}
