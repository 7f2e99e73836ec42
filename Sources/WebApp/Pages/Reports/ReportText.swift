import Forms
import Languages
import Reporting
import WorkingDays

/// The numbers of a report as a person reads them, line by line, in the words of its form.
package struct ReportText: Sendable {
    private let texts: Texts

    /// With the words on the screen.
    /// - Throws: `TextsError` where they cannot be read.
    package init() throws { texts = try Texts() }

    /// The lines; bodies and services by their names, or by their codes where `names` has none.
    package func lines(
        _ figures: FormFigures, of form: StatutoryForm, _ period: ReportPeriod, names: [String: Localized],
        _ language: Language
    ) -> [String] {
        let dates = DateText(texts: texts, language: language, zone: .almaty)
        var lines = [texts.text("report.title", language, ["month": dates.period(period)])]
        for (_, rows) in form.sections {
            lines.append("")
            let isNumbered = rows.contains { $0.number != nil }
            for row in rows where row.made?.path.isEmpty == false {
                let number = row.number.map { "\($0). " } ?? (isNumbered ? "   " : "")
                lines.append("\(number)\(row.label[language]): \(row.value(figures[row.code], language))")
                lines += parts(of: row, figures).map { part in
                    let key = part.keys.last ?? ""
                    return "    \(names[key]?[language] ?? key): \(NumberText.whole(part.count))"
                }
            }
        }
        return lines
    }

    /// The parts that have names, the most first where the form does not order them.
    private func parts(of row: FormRow, _ figures: FormFigures) -> [FormFigures.Part] {
        guard let group = row.made?.finest, ["body", "service"].contains(group.keys.last) else { return [] }
        let parts = figures.parts(of: row.code)
        return group.isList ? parts : parts.sorted { ($1.count, $0.keys[0]) < ($0.count, $1.keys[0]) }
    }
}
