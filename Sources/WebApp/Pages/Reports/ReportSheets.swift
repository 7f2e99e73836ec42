import Forms
import Languages
import Reporting
import Workbooks
import WorkingDays

/// The sheets of a sealed report: its numbers in each language of the act, then the parts of each number, then the cases behind it.
struct ReportSheets {
    let maker: ReportWorkbook
    let form: StatutoryForm
    let period: ReportPeriod
    let content: SealedReport
    let names: ReportNames
    let sealed: ReportSealed
    let receipt: ReportReceipt?
    /// Whether it is of a demonstration, and says so.
    let isDemo: Bool

    init(
        _ maker: ReportWorkbook, form: StatutoryForm, period: ReportPeriod, content: SealedReport, names: ReportNames,
        sealed: ReportSealed, receipt: ReportReceipt?, isDemo: Bool
    ) {
        self.isDemo = isDemo
        self.maker = maker
        self.form = form
        self.period = period
        self.content = content
        self.names = names
        self.sealed = sealed
        self.receipt = receipt
    }

    var figures: FormFigures { content.figures }
    var language: Language { maker.language }

    func t(_ key: TextKey, _ language: Language, _ values: [String: String] = [:]) -> String {
        maker.texts.text(key, language, values)
    }

    func dates(_ language: Language) -> DateText { DateText(texts: maker.texts, language: language, zone: maker.zone) }

    func title(_ language: Language) -> String {
        form.name(of: period, maker.texts, language, dates(language))
    }

    /// All sheets.
    var all: [WorkbookSheet] {
        let languages = [language] + [.kk, .ru].filter { $0 != language }
        return languages.map(numbers) + languages.flatMap(tables)
            + form.numbers.filter { !isInTable($0) }.compactMap(parts)
            + (maker.showsCases ? form.numbers.compactMap(cases) : [])
    }

    /// The numbers in the languages of the act.
    var official: [WorkbookSheet] { [Language.kk, .ru].flatMap { [numbers($0)] + tables($0) } }

    // MARK: - The numbers

    private static let section = SheetStyles.head.with { $0.fill = 0xEEF2F6 }
    private static let value = SheetStyles.cell.with {
        $0.isBold = true
        $0.alignment = .right
        $0.shape = .whole
    }

    private func numbers(_ language: Language) -> WorkbookSheet {
        var sheet = WorkbookSheet(
            maker.texts.text(TextKey(family: "languageName", member: language.rawValue), language))
        sheet.widths = [0: 6, 1: 52, 2: 16, 3: 52]
        var row = 0
        func line(_ text: String, _ style: WorkbookStyle = SheetStyles.plain) {
            sheet.put(WorkbookBlock(rows: row...row, columns: 0...3), .text(text), style)
            sheet.heights[row] = max(16, WorkbookSheet.height(of: text, width: 126, size: style.size))
            row += 1
        }
        line(title(language), SheetStyles.heading)
        let lead = form.title[language]
        line(form.cite.map { "\(lead): \($0[language])" } ?? lead)
        if isDemo { line(t("demo.note", language), SheetStyles.plain.with { $0.isBold = true }) }
        for (name, value) in seal(language) { line("\(name): \(value)") }
        row += 1
        let first = row
        let heads = ["№", t("report.items", language), t("report.value", language), ""]
        for (column, text) in heads.enumerated() {
            sheet.put(row, column, text.isEmpty ? .blank : .text(text), SheetStyles.head)
        }
        row += 1
        for (section, rows) in form.sections {
            if let section { line(section.label[language], Self.section) }
            for known in rows where known.made?.path.isEmpty == false {
                sheet.put(row, 0, known.number.map { .text($0) } ?? .blank, SheetStyles.cell)
                sheet.put(row, 1, .text(known.label[language]), SheetStyles.cell)
                sheet.put(row, 2, Self.shown(known, figures[known.code]), Self.style(known))
                sheet.put(row, 3, (known.explanation?[language]).map { .text($0) } ?? .blank, SheetStyles.cell)
                sheet.fit(row, [(1, known.label[language]), (3, known.explanation?[language] ?? "")])
                row += 1
            }
        }
        let balances = balances(language)
        if !balances.isEmpty {
            row += 1
            for balance in balances { line("\(t("report.balance", language)): \(balance)") }
        }
        sheet.print.repeated = first...first
        sheet.print.footer = footer
        return sheet
    }

    /// The seal: what the page says of it.
    private func seal(_ language: Language) -> [(name: String, value: String)] {
        let dates = dates(language)
        let received = receipt.map { "\($0.number), \(dates.short($0.receivedAt))" }
        return [
            (t("report.revision", language), "\(sealed.revision)"), (t("report.digest", language), sealed.digest),
            (t("report.position", language), "\(sealed.position)"), (t("reports.receipt", language), received ?? "–"),
        ] + (sealed.reason.map { [(t("report.reason", language), $0)] } ?? [])
    }

    /// The sums that had to be right before it was sealed, in words: what was open and what came is closed or open.
    private func balances(_ language: Language) -> [String] {
        func sum(_ rows: [String]) -> String {
            rows.map { code in "\(form.row(code)?.label[language] ?? code) \(figures[code] ?? 0)" }.joined(
                separator: " + ")
        }
        return form.rules.compactMap { rule in
            guard rule.kind == .equal, rule.level == .fault, case .these(let rows) = rule.rows else { return nil }
            return "\(sum(rows)) = \(sum(rule.of))"
        }
    }

    var footer: String { "\(title(language)) · \(sealed.revision) · SHA-256 \(sealed.digest)" }

    /// A number as the page shows it, and as a number: hundredths with one decimal, a dash where there is none.
    private static func shown(_ row: FormRow, _ number: Int?) -> WorkbookValue {
        guard let number else { return .text("–") }
        return row.unit == "hundredths" ? .number(Double(number) / 100) : .count(number)
    }

    private static func style(_ row: FormRow) -> WorkbookStyle {
        row.unit == "hundredths" ? value.with { $0.shape = .decimals(1) } : value
    }
}
