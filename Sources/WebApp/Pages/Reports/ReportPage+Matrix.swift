import Forms
import Languages
import Markup
import Reporting
import WorkingDays

extension ReportPage {
    /// The most lines of a table that a page shows; all of them are in the workbook.
    static let mostLines = 400

    /// A part of the form that is one table: a column a row of it, a line each body and service; every number opens its cases.
    func matrix(_ rows: [FormRow], title: String, into html: inout HTML, _ view: View) {
        guard let matrix = FormMatrix(rows, figures) else { return }
        let labels = matrix.columns.map { row in Column(row.head(view.language), isNumeric: true) }
        let lines = Array(matrix.lines.prefix(Self.mostLines))
        html.dataTable(caption: title, columns: [Column(view.t("report.part"))] + labels, rows: lines) {
            row, html, line in
            row.cell(&html) { html in
                html.span(
                    .class("depth-\(line.keys.count)"), text: names.line(line, of: matrix, view.texts, view.language))
            }
            for (column, count) in zip(matrix.columns, line.counts) {
                row.cell(&html) { html in
                    let text = column.value(count, view.language)
                    guard column.made?.behind != nil, (count ?? 0) > 0 else { return html.text(text) }
                    html.a(.href(address(ReportNumber(column.code, keys: line.keys))), text: text)
                }
            }
        }
        if matrix.lines.count > lines.count {
            html.p(
                .class("note"),
                text: view.t("report.moreLines", ["n": NumberText.whole(matrix.lines.count - lines.count)]))
        }
        html.ul(.class("bullets")) { html in
            for row in matrix.columns {
                guard let words = row.explanation?[view.language] else { continue }
                html.li(text: "\(row.label[view.language]): \(words)")
            }
        }
        if form.hasReading(rows) { html.p(.class("note"), text: view.t("report.reading")) }
    }
}

extension FormRow {
    /// The head of its column: its number and its words; a mark where the words are our reading.
    func head(_ language: Language) -> String {
        let words = number.map { "\($0). \(label[language])" } ?? label[language]
        return source == .ours ? words + " *" : words
    }
}

extension ReportNames {
    /// What a line of a table is about.
    func line(_ line: FormMatrix.Line, of matrix: FormMatrix, _ texts: Texts, _ language: Language) -> String {
        guard let key = line.keys.last else { return texts.text("report.whole", language) }
        return text(key, of: matrix.keys[line.keys.count - 1], texts, language)
    }
}
