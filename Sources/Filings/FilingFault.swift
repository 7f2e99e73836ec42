import Forms
import Languages

/// One thing that is wrong with a filing, or that is asked about it.
package struct FilingFault: Hashable, Sendable {
    /// What kind of fault it is.
    package enum Name: String, CaseIterable, Hashable, Sendable {
        /// A workbook under a password.
        case encrypted
        /// The file is no workbook and no text table, or more than is read.
        case notWhatItSays = "not-what-it-says"
        /// Letters of Kazakh were lost on the way.
        case lettersLost = "letters-lost"
        /// No form is found in the file.
        case formUnknown = "form-unknown"
        /// The index is another one, or not written with its exact letters.
        case formCode = "form-code"
        /// It is for another period.
        case period
        /// The cells stand beside other rows than theirs.
        case shifted
        /// A row is not there, or not in its place.
        case rowMissing = "row-missing"
        /// A row stands twice.
        case rowTwice = "row-twice"
        /// The form has no such row.
        case rowUnknown = "row-unknown"
        /// A number stands with the label of another row.
        case rowLabel = "row-label"
        /// A cell is empty.
        case empty
        /// A cell holds no count.
        case notACount = "not-a-count"
        /// A number stands in a month that is yet to come.
        case ahead
        /// Rows, columns or lines do not agree.
        case sum
        /// The column of the period does not agree with its months.
        case total
        /// A total became less.
        case fell
        /// What was told before is told otherwise.
        case changed
    }

    /// What kind of fault it is.
    package let name: Name
    /// The rule of the form that it breaks; nil where the file could not be read so far.
    package let rule: String?
    /// What follows.
    package let level: FormRule.Level
    /// The row of the form.
    package var row: String?
    /// What the line below the row names; nil where it is about the row itself.
    package var line: String?
    /// The column of the form.
    package var column: String?
    /// The sheet; nil in a text.
    package var sheet: String?
    /// The address of the cell: `D17`.
    package var cell: String?
    /// What stands there.
    package var found: String?
    /// What would be right: `14`, `≤ 14`, `3…9`, or words.
    package var wanted: String?
    /// What is told to the person.
    package let text: Localized
    /// On what the rule stands: the words of the act, or the reason.
    package var ground: Localized?
    /// What the rule stands on; nil where there is no rule.
    package var founded: FormRule.Ground?

    /// A fault.
    init(
        _ name: Name, rule: String? = nil, level: FormRule.Level = .fault, row: String? = nil, column: String? = nil,
        sheet: String? = nil, cell: String? = nil, found: String? = nil, wanted: String? = nil, text: Localized
    ) {
        self.name = name
        self.rule = rule
        self.level = level
        self.row = row
        self.column = column
        self.sheet = sheet
        self.cell = cell
        self.found = found
        self.wanted = wanted
        self.text = text
    }
}
