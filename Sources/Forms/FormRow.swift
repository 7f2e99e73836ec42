import Languages

/// A line of a form: a heading, or a number with its name.
package struct FormRow: Hashable, Sendable {
    /// How months become a quarter, or how a total grows.
    package enum Counting: String, CaseIterable, Hashable, Sendable {
        /// Events: the quarter is the sum of its months.
        case flow
        /// Persons, each once in a period.
        case persons
        /// Objects, each once in a period.
        case distinct
        /// A number at a moment: the quarter is its last month.
        case stock
        /// How things of the period stand; no rule.
        case state
        /// The largest of something (the longest lateness): the whole is the largest of its parts.
        case longest
    }

    /// Where the label comes from, since copies of some acts have lost pages.
    package enum Source: String, CaseIterable, Hashable, Sendable {
        /// Whole in the table of the form.
        case table
        /// Only its end is left.
        case tableEnd = "table-end"
        /// Only its beginning is left.
        case tableStart = "table-start"
        /// The wording of the same row of the sister form.
        case sister
        /// The wording of the rules.
        case rules
        /// The wording of the explanation.
        case explanation
        /// Only the number is known.
        case cut
        /// Our reading.
        case ours
    }

    /// The number as it is printed, a text: 3.1 and 3.10 are two rows; or a word where nothing is printed.
    package let code: String
    /// Whether it is a heading, which holds no number.
    package let isSection: Bool
    /// Of a heading: whether what stands below it is one table, a column a row, a line for each thing that it is told by.
    package let isTable: Bool
    /// What is printed before the label; nil where nothing is.
    package let number: String?
    /// The row that it is a part of.
    package let parent: String?
    /// Its words.
    package let label: Localized
    /// What there is to say beside the number on a page; nil where the label says all.
    package let explanation: Localized?
    /// The place in the law.
    package let cite: Localized?
    /// Where the label comes from.
    package let source: Source
    /// How it adds up.
    package let counting: Counting
    /// What it is counted in, as the form says; `hundredths` for a number that is kept in hundredths of what its label says.
    package let unit: String?
    /// The name of its set of columns; nil where the centre makes the form.
    package let columns: String?
    /// What a line below it names (`service`, `provider`, `source` …), from the outermost in; empty where it has none.
    package let lines: [String]
    /// What the form prints in the place of those names, from the outermost in.
    package let lineLabels: [[Language: String]]
    /// What the copy of the act prints instead of the label, or of a word of it; nil where it prints the label.
    package let printed: String?
    /// Whether it stands for as many rows as there are things to name, numbered on.
    package let repeats: Bool
    /// What the centre counts for it; nil for a form that bodies file.
    package let made: FormNumber?
}

/// A number that the centre makes: what it counts and where it stands in the document.
package struct FormNumber: Hashable, Sendable {
    /// A part of the number by what it is about.
    package struct Group: Hashable, Sendable {
        /// The name for programs: `violationsByKind`.
        package let name: String
        /// The dimensions of the measure, the outermost first.
        package let keys: [String]
        /// What the keys are called in the entries of a list.
        package let names: [String]
        /// The path in the document.
        package let path: [String]
        /// Whether it is a list of entries, each with its keys and its count, the most first; else an object by key.
        package let isList: Bool
    }

    /// What stands behind the number in the document, one by one.
    package struct List: Hashable, Sendable {
        /// The path in the document.
        package let path: [String]
        /// The columns of the measure that each entry has.
        package let columns: [String]
    }

    /// The two rows of which an average is made.
    package struct Average: Hashable, Sendable {
        /// The row that is added up.
        package let sum: String
        /// The row that counts.
        package let count: String
    }

    /// The name of the measure; empty for an average.
    package let measure: String
    /// The path in the document; empty where only its list stands there.
    package let path: [String]
    /// Its parts.
    package let groups: [Group]
    /// What stands behind it; nil where only the number is told.
    package let list: List?
    /// Of what it is the average, in hundredths: the row that is added up, and the row that counts; nil for a number that is measured.
    package var average: Average?
    /// Whether the number blames: on a page it stands out where it is not nought.
    package let blames: Bool

    /// The group with all dimensions, from which the number and its other groups are added up; nil where it has none.
    package var finest: Group? { groups.max { $0.keys.count < $1.keys.count } }
}
