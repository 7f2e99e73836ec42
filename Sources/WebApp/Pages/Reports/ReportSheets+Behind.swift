import Forms
import Languages
import Reporting
import Workbooks
import WorkingDays

/// What stands behind the numbers of a sealed report: their parts, and the cases one by one.
extension ReportSheets {
    /// The parts of a number by its finest group.
    func parts(of row: FormRow) -> WorkbookSheet? {
        let parts = figures.parts(of: row.code)
        guard let group = row.made?.finest, !parts.isEmpty else { return nil }
        let label = row.label[language]
        var headings: [String] = []
        for key in group.keys { headings.append(dimension(key)) }
        var table = ListTable(
            title: "\(row.number.map { "\($0). " } ?? "")\(label)",
            headings: headings + [t("bodies.code", language), label])
        table.rows = parts.map { part in
            let words = zip(group.keys, part.keys).map { dimension, key in
                ListTable.Cell.text(names.text(key, of: dimension, maker.texts, language))
            }
            return words + [.text(part.keys.last ?? ""), .count(part.count)]
        }
        return sheet(table)
    }

    private func dimension(_ key: String) -> String {
        switch key {
        case "body": t("clocks.body", language)
        case "service": t("requests.service", language)
        case "bodyKind": t("bodies.kind", language)
        default: t("report.part", language)
        }
    }

    /// The order in which columns stand; what is not among them comes after them.
    private static let order = [
        "number", "registered", "due", "closed", "body", "kind", "service", "serviceName", "outcome",
    ]

    /// The cases behind a number, without the contacts.
    func cases(of row: FormRow) -> WorkbookSheet? {
        guard let list = content.entries(of: row), !list.entries.isEmpty else { return nil }
        let columns = list.columns.sorted {
            (Self.order.firstIndex(of: $0) ?? 99, $0) < (Self.order.firstIndex(of: $1) ?? 99, $1)
        }
        var table = ListTable(
            title: "\(t("nav.complaints", language)): \(row.number ?? "2") \(row.label[language])",
            headings: columns.map(column))
        table.rows = list.entries.map { entry in columns.map { cell($0, entry[$0] ?? "") } }
        return sheet(table)
    }

    private func column(_ name: String) -> String {
        switch name {
        case "number": t("complaints.number", language)
        case "registered": t("complaints.registered", language)
        case "due": t("clocks.due", language)
        case "closed": t("complaints.closed", language)
        case "body": t("clocks.body", language)
        case "kind": t("complaints.kind", language)
        case "service": t("contacts.serviceCode", language)
        case "serviceName": t("requests.service", language)
        case "outcome": t("complaints.outcome", language)
        default: name
        }
    }

    private func cell(_ name: String, _ value: String) -> ListTable.Cell {
        if let day = CivilDate(value) { return .day(day) }
        switch name {
        case "body", "kind": return .text(value.isEmpty ? "" : names.text(value, of: name, maker.texts, language))
        case "outcome":
            guard !value.isEmpty else { return .text("") }
            return .text(maker.texts.text(TextKey(family: "complaintStatus", member: value), language))
        default: return .text(value)
        }
    }

    private func sheet(_ table: ListTable) -> WorkbookSheet {
        var sheet = table.sheet
        sheet.print.footer = footer
        return sheet
    }
}
