import Forms
import Languages
import WorkingDays

/// A form on internal control as a body would fill it in and save as text; labelled as demo data.
///
/// Cells that are not set hold 0, as a body writes where nothing happened.
package struct DemoFiling: Sendable {
    /// The form.
    package let form: StatutoryForm
    /// The period that it is filled in for.
    package let period: ReportPeriod
    /// What the body calls itself.
    package let body: String
    private var cells: [FormPlace: String] = [:]
    private var lines: [String: [String]] = [:]

    /// A filled form in which nothing happened.
    package init(_ form: StatutoryForm, _ period: ReportPeriod, body: String) {
        self.form = form
        self.period = period
        self.body = body
        // Where lines are counted or added up there must be some.
        for row in form.numbers where !row.lines.isEmpty { lines[row.code] = ["Демо-услуга"] }
        for rule in form.rules where rule.kind == .linesCounted {
            guard case .these(let rows) = rule.rows else { continue }
            for row in form.numbers where rows.contains(row.code) {
                for column in form.columns(of: row) {
                    cells[FormPlace(row: row.code, column: column.code)] = "1"
                    cells[FormPlace(row: row.code, line: [0], column: column.code)] = "1"
                }
            }
        }
    }

    /// Sets what stands in the months of a row and of all rows that it is a part of, with their totals.
    /// - Parameter months: a number for each month of the period.
    package mutating func set(_ row: String, months: [Int]) {
        guard let row = form.row(row) else { return }
        for column in form.columns(of: row) {
            guard let value = value(of: column, months) else { continue }
            add(value, to: FormPlace(row: row.code, column: column.code))
            if lines[row.code] != nil { add(value, to: FormPlace(row: row.code, line: [0], column: column.code)) }
        }
        if let parent = row.parent { set(parent, months: months) }
    }

    /// Writes a text into a cell, whatever the rules say.
    package mutating func write(_ text: String, _ row: String, _ column: String) {
        cells[FormPlace(row: row, column: column)] = text
    }

    private mutating func add(_ value: Int, to place: FormPlace) {
        cells[place] = "\((cells[place].flatMap { Int($0) } ?? 0) + value)"
    }

    private func value(of column: FormColumn, _ months: [Int]) -> Int? {
        switch column.part {
        case .month(let number): months.indices.contains(number - 1) ? months[number - 1] : nil
        case .total: months.reduce(0, +)
        case nil: column.month == period.last.month ? months.reduce(0, +) : nil
        }
    }

    /// The table as text, with semicolons, in UTF-8.
    package var text: String {
        var rows: [[String]] = form.passport.map { line($0) } + [[]]
        let columns = form.numbers.compactMap(\.columns).first.flatMap { form.columns[$0] } ?? []
        rows.append([form.head.number[form.language] ?? "№", form.head.name[form.language] ?? "Көрсеткіштердің атауы"])
        rows.append(["", ""] + columns.map { head($0) })
        if !form.head.columnNumbers.isEmpty { rows.append(["", "А"] + columns.map(\.code)) }
        for row in form.rows {
            guard !row.isSection else {
                let words = row.label[form.language]
                rows.append(["\(row.code). \(words.isEmpty ? "Информация о прочих показателях" : words)"])
                continue
            }
            rows.append([row.number ?? "", label(row)] + values(row, []))
            for (index, name) in (lines[row.code] ?? []).enumerated() {
                rows.append(["", name] + values(row, [index]))
            }
        }
        rows.append([])
        rows += form.footer.map { field in
            [field.label[form.language] ?? field.label[.kk] ?? ""] + (field.must == .text ? [body] : [])
        }
        rows.append(["Демонстрационные данные"])
        return rows.map { $0.map(Self.quoted).joined(separator: ";") }.joined(separator: "\r\n") + "\r\n"
    }

    private func values(_ row: FormRow, _ line: [Int]) -> [String] {
        form.columns(of: row).map { column in
            if let month = column.month, month > period.last.month { return "" }
            return cells[FormPlace(row: row.code, line: line, column: column.code)] ?? "0"
        }
    }

    private func label(_ row: FormRow) -> String {
        let words = row.label[form.language]
        return words.isEmpty ? row.label.ru : words
    }

    private func line(_ field: FormField) -> [String] {
        let label = field.label[form.language] ?? ""
        switch field.must {
        case .theIndex: return [label, form.index ?? ""]
        case .theTitle: return form.isCumulative ? [form.title[form.language]] : [label, form.title[form.language]]
        case .text: return [label, "Агентство по делам государственной службы"]
        case .year: return [label.replacing("20__", with: "\(period.last.year)")]
        case .period:
            guard case .quarter(let quarter) = period else { return [label] }
            return [label, "\(quarter.quarter) квартал \(quarter.year) года"]
        default: return [label]
        }
    }

    private func head(_ column: FormColumn) -> String {
        if case .quarter(let quarter) = period, column.part == .total { return "ВСЕГО за \(quarter.quarter) квартал" }
        return column.label[form.language] ?? ""
    }

    private static func quoted(_ text: String) -> String {
        guard text.contains(where: { ";\"\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
