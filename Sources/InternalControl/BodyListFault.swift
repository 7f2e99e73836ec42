/// What is wrong with a body's list, at its cell; nothing of what stands there is repeated, since it may be personal.
package struct BodyListFault: Hashable, Sendable {
    /// The kinds of what can be wrong.
    package enum Name: String, CaseIterable, Hashable, Sendable {
        /// No row names the columns.
        case noHead
        /// A column that is none of the list: names and contacts are not to be given.
        case columnUnknown
        /// A column stands twice.
        case columnTwice
        /// A column that must be there is not.
        case columnMissing
        /// There is no case in it.
        case noCase
        /// There are more cases than are read.
        case tooMany
        /// It is the list of another discrepancy.
        case otherDiscrepancy
        /// A value that must be there is missing.
        case missing
        /// The number of the body stands twice.
        case ownTwice
        /// A number has signs that no number has, or is too long.
        case numberWrong
        /// A number that looks like an IIN.
        case numberPersonal
        /// No number of the centre.
        case centreNumberWrong
        /// No day.
        case dayWrong
        /// A day after the day on which the list came.
        case dayFuture
        /// No kind of the list.
        case kindUnknown
        /// No source of the list.
        case sourceUnknown
        /// No IIN of 12 digits.
        case iinWrong
        /// A formula without its value, or an error.
        case formula
    }

    /// What is wrong.
    package let name: Name
    /// The line of the file, from 1; nil for the whole.
    package var line: Int?
    /// The column.
    package var column: BodyListColumn?
    /// The cell: `C7`; nil for the whole.
    package var cell: String?

    /// A fault.
    package init(_ name: Name, line: Int? = nil, column: BodyListColumn? = nil, cell: String? = nil) {
        self.name = name
        self.line = line
        self.column = column
        self.cell = cell
    }
}

extension BodyListFault.Name {
    /// What is wrong and what to do, for terminals and programs.
    package var sentence: String {
        switch self {
        case .noHead: "No row has the heads of the template: use the template, or name the columns by its words."
        case .columnUnknown: "This column is none of the template: take it out; names and contacts are not to be given."
        case .columnTwice: "This column stands twice: keep one."
        case .columnMissing: "A column that must be there is missing: add it."
        case .noCase: "There is no case below the heads: write one a line."
        case .tooMany: "There are more than \(BodyCaseList.mostCases) cases: give a list of one month."
        case .otherDiscrepancy: "The list is for another discrepancy: take the template of this one."
        case .missing: "A value that must be there is missing: fill it in."
        case .ownTwice: "The number of the body stands twice: each case has one of its own."
        case .numberWrong: "No number: at most 64 letters, digits and signs, no line breaks."
        case .numberPersonal: "The number looks like an IIN: write the number of the paper."
        case .centreNumberWrong: "No number of 1414: they look like 2026-000123."
        case .dayWrong: "No day: write 31.03.2026."
        case .dayFuture: "The day lies in the future: correct it."
        case .kindUnknown: "No kind of the list: choose one."
        case .sourceUnknown: "No source of the list: choose one."
        case .iinWrong: "No IIN: 12 digits, the cell formatted as text so that noughts at its beginning stay."
        case .formula: "A formula without its value, or an error: write the value."
        }
    }
}
