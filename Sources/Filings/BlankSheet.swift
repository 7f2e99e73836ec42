import Forms
import Languages
import Spreadsheets
import Workbooks
import WorkingDays

/// The sheet of a blank, written from top to bottom.
struct BlankSheet {
    let form: StatutoryForm
    let period: ReportPeriod
    let body: FilingBlank.Body
    let language: Language
    let lines: Int
    let filled: FormTable

    /// The sheet.
    var sheet: WorkbookSheet
    /// The hidden sheet with the names that are offered; nil where none are.
    private(set) var offered: WorkbookSheet?
    /// Where each cell that is filled in stands.
    var places: [FormPlace: String] = [:]
    /// The row that is written next.
    var row = 0
    /// The columns under the heads.
    let columns: [FormColumn]
    /// How many cells each of them is wide, so that the parts of a split column stand below it.
    let width: Int
    /// The widest set of columns, which is split.
    let split: [FormColumn]

    static let labelWidth = 58.0
    static let numberWidth = 7.0

    init(
        _ form: StatutoryForm, _ period: ReportPeriod, _ body: FilingBlank.Body, _ language: Language, lines: Int,
        filled: FormTable
    ) {
        self.form = form
        self.period = period
        self.body = body
        self.language = language
        self.lines = lines
        self.filled = filled
        let columns = form.numbers.lazy.compactMap(\.columns).first.flatMap { form.columns[$0] } ?? []
        let split = form.columns.values.filter { $0.contains { $0.of != nil } }.max { $0.count < $1.count } ?? []
        self.columns = columns
        self.split = split
        width = columns.isEmpty || split.isEmpty ? 1 : max(1, split.count / columns.count)
        sheet = WorkbookSheet((form.index ?? form.code) + " " + "\(period)")
        sheet.isProtected = true
        sheet.print.isLandscape = true
        sheet.print.footer = "\(form.index ?? form.code) · \(period) · \(body.name[language])"
        if !body.services.isEmpty {
            var list = WorkbookSheet(FilingTexts.offeredSheet[language])
            list.isHidden = true
            for (row, service) in body.services.enumerated() { list.put(row, 0, .text(service[language])) }
            offered = list
        }
    }

    /// The last column, from 0.
    var last: Int { max(3, 1 + columns.count * width) }
    /// How wide a cell that is filled in is, in letters.
    var cellWidth: Double { width > 1 ? 9.5 : 11 }

    mutating func make() {
        sheet.widths = [0: Self.numberWidth, 1: Self.labelWidth]
        for column in 2...last { sheet.widths[column] = cellWidth }
        passport()
        row += 1
        head()
        rows()
        row += 1
        footer()
    }

    // MARK: - Around the table

    private mutating func passport() {
        line(body.name[language], BlankStyles.title)
        for field in form.passport {
            let label = text(field.label)
            switch field.must {
            case .theTitle where form.isCumulative: line(form.title[language], BlankStyles.title)
            case .theTitle: pair(label, form.title[language], BlankStyles.value)
            case .theIndex: pair(label, form.index ?? "", BlankStyles.value)
            // The label goes on with the year.
            case .year: line(dated(label), BlankStyles.value)
            case .period: pair(label, dated(text(field.printed)), BlankStyles.value)
            case .text: pair(label, text(field.printed), BlankStyles.words)
            case .nothing where text(field.printed).isEmpty: pair(label, "", BlankStyles.words)
            case .nothing, .date, .signature, .stamp: pair(label, text(field.printed), BlankStyles.caption)
            }
        }
        let title = text(form.head.title)
        if !title.isEmpty {
            row += 1
            line(title, BlankStyles.title)
        }
    }

    private mutating func footer() {
        for field in form.footer {
            let label = text(field.label)
            switch field.must {
            case .text where field.name == "body-name": pair(label, body.name[language], BlankStyles.words)
            case .date:
                pair(label, "", BlankStyles.day)
                sheet.entry(
                    WorkbookBlock(rows: (row - 1)...(row - 1), columns: 2...last), .day(from: period.first),
                    refusal: FilingTexts.notADay[language])
            case .stamp: pair(label, "", BlankStyles.caption)
            default: pair(label, "", BlankStyles.words)
            }
        }
    }

    /// A label and what stands behind it.
    private mutating func pair(_ label: String, _ value: String, _ style: WorkbookStyle) {
        sheet.put(WorkbookBlock(rows: row...row, columns: 0...1), .text(label), BlankStyles.caption)
        sheet.put(
            WorkbookBlock(rows: row...row, columns: 2...last), value.isEmpty ? .blank : .text(value), style)
        let values = Double(last - 1) * cellWidth
        sheet.heights[row] = max(
            16, WorkbookSheet.height(of: label, width: Self.numberWidth + Self.labelWidth),
            WorkbookSheet.height(of: value, width: values))
        row += 1
    }

    /// A line over the whole width.
    mutating func line(_ text: String, _ style: WorkbookStyle) {
        sheet.put(WorkbookBlock(rows: row...row, columns: 0...last), .text(text), style)
        let whole = Self.numberWidth + Self.labelWidth + Double(last - 1) * cellWidth
        sheet.heights[row] = max(16, WorkbookSheet.height(of: text, width: whole, size: style.size))
        row += 1
    }

    // MARK: - Words

    /// Words in the language of the blank, or of the act where they are known in that alone.
    func text(_ words: [Language: String]) -> String { words[language] ?? words[form.language] ?? "" }

    /// Words with the quarter and the year in the places that the form leaves for them.
    func dated(_ text: String) -> String {
        var text = text
        if case .quarter(let quarter) = period { text = text.replacing("___", with: "\(quarter.quarter)") }
        return text.replacing("20__", with: "\(period.last.year)")
    }

    /// The head of a column: the month of this quarter alone where the form names those of all four.
    func head(of column: FormColumn) -> String {
        let label = dated(text(column.label))
        guard case .quarter(let quarter) = period, case .month = column.part else { return label }
        let names = label.split { !$0.isLetter }.map(String.init)
        guard names.count == 4 else { return label }
        let name = names[quarter.quarter - 1]
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
