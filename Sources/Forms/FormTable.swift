/// The numbers of one filled form, whatever file or screen they came from.
package struct FormTable: Hashable, Sendable {
    /// A line without a number below a row: a service, a provider, a source.
    package struct Line: Hashable, Sendable {
        /// What it names.
        package let name: String
        /// Its cells, by column.
        package var cells: [String: FormCell]
        /// The lines below it.
        package var lines: [Line]

        /// A line of a table.
        package init(name: String, cells: [String: FormCell], lines: [Line] = []) {
            self.name = name
            self.cells = cells
            self.lines = lines
        }
    }

    /// The codes of the rows in the order in which they stand.
    package private(set) var order: [String] = []
    private var cells: [String: [String: FormCell]] = [:]
    private var lines: [String: [Line]] = [:]

    /// A table without rows.
    package init() {}

    /// Adds a row below those that are there.
    package mutating func add(row: String, cells: [String: FormCell], lines: [Line] = []) {
        order.append(row)
        self.cells[row, default: [:]].merge(cells) { _, new in new }
        self.lines[row, default: []] += lines
    }

    /// The cell of a row in a column; empty where there is none.
    package subscript(row: String, column: String) -> FormCell { cells[row]?[column] ?? .empty }

    /// The lines below a row.
    package func lines(below row: String) -> [Line] { lines[row] ?? [] }
}

/// Where a filled form breaks a rule.
package struct FormFault: Hashable, Sendable {
    /// The name of the rule in the form.
    package let rule: String
    /// What follows.
    package let level: FormRule.Level
    /// The row.
    package let row: String
    /// The column; nil where it is about the whole row.
    package let column: String?
    /// What stands there.
    package let found: String
    /// What would be right, in the form `= 14`, `≤ 14`, `≥ 14`, `3…9`; nil where no number is, empty where nothing may stand.
    package let wanted: String?
    /// The way to the line below the row; empty for the row itself.
    package let line: [Int]
    /// What the rule asks.
    package let kind: FormRule.Kind
}
