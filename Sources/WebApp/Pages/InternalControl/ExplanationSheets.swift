import CanonicalJSON
import Forms
import InternalControl
import Languages
import Workbooks
import WorkingDays

/// The explanation of a discrepancy on pages (797 §20), in Kazakh and in Russian: both numbers, each cause, what nothing explains
/// yet. It is made of the sealed document alone, so that it says what the Agency was told.
struct ExplanationSheets {
    private let document: JSON
    private let digest: String
    private let texts: Texts
    private let zone: CivilZone
    /// Whether it is of a demonstration, and says so.
    private let isDemo: Bool

    /// The sheets of a document.
    /// - Throws: `JSONParsingError` where it is none.
    init(_ bytes: [UInt8], digest: String, texts: Texts, zone: CivilZone, isDemo: Bool) throws {
        self.isDemo = isDemo
        document = try JSON(parsing: bytes)
        self.digest = digest
        self.texts = texts
        self.zone = zone
    }

    /// Both languages, a sheet each.
    var book: Workbook {
        let day = document["found"]?.string.flatMap { CivilDate($0) } ?? CivilDate(dayNumber: 0)
        return Workbook(
            title: "\(title(.kk)) / \(title(.ru))", language: Language.kk.rawValue, day: day,
            sheets: [.kk, .ru].map(sheet))
    }

    private func t(_ key: TextKey, _ language: Language, _ values: [String: String] = [:]) -> String {
        texts.text(key, language, values)
    }

    private func title(_ language: Language) -> String {
        t("explanation.title", language, ["number": document["number"]?.string ?? ""])
    }

    private func words(_ json: JSON?, _ language: Language) -> String { json?[language.rawValue]?.string ?? "–" }

    private func sheet(_ language: Language) -> WorkbookSheet {
        var sheet = WorkbookSheet(t(TextKey(family: "languageName", member: language.rawValue), language))
        sheet.widths = [0: 34, 1: 14, 2: 14, 3: 14, 4: 50]
        sheet.print.footer = "\(document["number"]?.string ?? "") · SHA-256 \(digest)"
        var row = 0
        func line(_ text: String, _ style: WorkbookStyle = SheetStyles.plain) {
            sheet.put(WorkbookBlock(rows: row...row, columns: 0...4), .text(text), style)
            row += 1
        }
        line(title(language), SheetStyles.heading)
        if isDemo { line(t("demo.note", language), SheetStyles.part) }
        line(t("explanation.law", language))
        for (name, value) in facts(language) { line("\(name): \(value)") }
        row += 1
        line(t("explanation.numbers", language), SheetStyles.part)
        numbers(language, &sheet, &row)
        row += 1
        line(t("discrepancies.causes", language), SheetStyles.part)
        causes(language, &sheet, &row)
        line("\(t("discrepancies.unexplained", language)): \(document["unexplained"]?.int ?? 0)", SheetStyles.part)
        let answers = (document["answers"]?.array ?? []).compactMap(\.string)
        if !answers.isEmpty {
            row += 1
            line(t("discrepancies.answer", language), SheetStyles.part)
            answers.forEach { line($0) }
        }
        let complaints = (document["complaints"]?.array ?? []).compactMap(\.string)
        if !complaints.isEmpty {
            row += 1
            line(t("discrepancies.complaints", language), SheetStyles.part)
            line(complaints.joined(separator: ", "))
        }
        return sheet
    }

    private func facts(_ language: Language) -> [(String, String)] {
        let dates = DateText(texts: texts, language: language, zone: zone)
        let period = document["period"]?.string.flatMap { ReportPeriod($0) }
        let found = document["found"]?.string.flatMap { CivilDate($0) }
        let form = document["form"]
        return [
            (t("report.revision", language), "\(document["revision"]?.int ?? 0)"),
            (t("explanation.body", language), words(document["body"]?["name"], language)),
            (t("explanation.form", language), form?["index"]?.string ?? "–"),
            (t("explanation.period", language), period.map(dates.period) ?? "–"),
            (
                t("discrepancies.row", language),
                "\(form?["row"]?.string ?? "") \(words(form?["label"], language))"
            ),
            (t("discrepancies.foundOn", language), found.map(dates.long) ?? "–"),
            (t("explanation.difference", language), "\(document["difference"]?.int ?? 0)"),
        ]
    }

    private func numbers(_ language: Language, _ sheet: inout WorkbookSheet, _ row: inout Int) {
        let heads: [TextKey] = [
            "explanation.column", "explanation.theirs", "explanation.ours", "explanation.difference",
        ]
        for (place, key) in heads.enumerated() { sheet.put(row, place, .text(t(key, language)), SheetStyles.head) }
        row += 1
        for number in document["numbers"]?.array ?? [] {
            let (ours, theirs) = (number["ours"]?.int.map { Int($0) }, number["theirs"]?.int.map { Int($0) })
            sheet.put(row, 0, .text(months(number, language)), SheetStyles.cell)
            // “-” is no information, and no nought.
            sheet.put(row, 1, theirs.map { .count($0) } ?? .text("-"), SheetStyles.cell)
            sheet.put(row, 2, ours.map { .count($0) } ?? .text("-"), SheetStyles.cell)
            let difference = ours.flatMap { ours in theirs.map { $0 - ours } }
            sheet.put(row, 3, difference.map { .count($0) } ?? .text("-"), SheetStyles.cell)
            row += 1
        }
    }

    /// A column of the form and the months that it is about.
    private func months(_ number: JSON, _ language: Language) -> String {
        let dates = DateText(texts: texts, language: language, zone: zone)
        var months = (number["months"]?.string ?? "").split(separator: "…").compactMap { CivilMonth(String($0)) }
        if months.first == months.last { months = Array(months.prefix(1)) }
        return "\(number["column"]?.string ?? ""): " + months.map(dates.month).joined(separator: " – ")
    }

    private func causes(_ language: Language, _ sheet: inout WorkbookSheet, _ row: inout Int) {
        let causes = document["causes"]?.array ?? []
        guard !causes.isEmpty else { return }
        sheet.put(row, 0, .text(t("discrepancies.cause", language)), SheetStyles.head)
        sheet.put(row, 1, .text(t("explanation.units", language)), SheetStyles.head)
        sheet.put(
            WorkbookBlock(rows: row...row, columns: 2...4), .text(t("discrepancies.text", language)), SheetStyles.head)
        row += 1
        for cause in causes {
            sheet.put(row, 0, .text(words(cause["name"], language)), SheetStyles.cell)
            sheet.put(row, 1, cause["units"]?.int.map { .count(Int($0)) } ?? .blank, SheetStyles.cell)
            let settled =
                cause["settledBy"].map { "\n\(t("discrepancies.settles", language)): \(words($0, language))" } ?? ""
            // Of single cases both numbers, as far as both sides have one.
            let cases = cause["cases"]?.array?.map { one in
                [one["theirs"]?.string, one["ours"]?.string].compactMap(\.self).joined(separator: " ↔ ")
            }
            let listed = cases?.filter { !$0.isEmpty } ?? (cause["complaints"]?.array ?? []).compactMap(\.string)
            let side = cause["side"]?.string.flatMap(CaseSide.init).map {
                "\n" + t(TextKey(family: "caseSide", member: $0.rawValue), language)
            }
            let behind = (side ?? "") + (listed.isEmpty ? "" : "\n" + listed.joined(separator: ", "))
            sheet.put(
                WorkbookBlock(rows: row...row, columns: 2...4), .text((cause["text"]?.string ?? "") + settled + behind),
                SheetStyles.cell)
            row += 1
        }
    }
}
