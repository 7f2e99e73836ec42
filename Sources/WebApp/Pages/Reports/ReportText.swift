import Languages
import Reporting
import WorkingDays

/// The numbers of a month as a person reads them, line by line, in the words of the pages.
package struct ReportText: Sendable {
    private let texts: Texts

    /// With the words on the screen.
    /// - Throws: `TextsError` where they cannot be read.
    package init() throws { texts = try Texts() }

    /// The lines; bodies and services by their names, or by their codes where `names` has none.
    package func lines(
        _ figures: MonthlyFigures, of month: CivilMonth, names: [String: Localized], _ language: Language
    ) -> [String] {
        func line(_ key: TextKey, _ number: Int) -> String {
            "\(texts.text(key, language)): \(NumberText.whole(number))"
        }
        func parts(_ counts: [(code: String, count: Int)]) -> [String] {
            counts.map { "    \(names[$0.code]?[language] ?? $0.code): \(NumberText.whole($0.count))" }
        }
        let dates = DateText(texts: texts, language: language, zone: .almaty)
        let average = figures.averageHundredths.map { NumberText.tenths(ofThousandths: $0 * 10, language) } ?? "–"
        let longest = figures.longest.map {
            "; " + texts.text("report.longest", language, ["days": NumberText.whole($0)])
        }
        var lines = [texts.text("report.title", language, ["month": dates.month(month)]), ""]
        lines += [line("report.opening", figures.opening), line("report.received", figures.received)]
        lines += [line("report.closed", figures.closed), line("report.closing", figures.closing), ""]
        lines.append("1. " + line("report.item1", figures.forum))
        lines.append("2. " + line("report.within", figures.withinTerm))
        lines.append("   " + line("report.past", figures.pastTerm))
        lines.append("   \(texts.text("report.average", language)): \(average)\(longest ?? "")")
        lines.append("3. " + line("report.item3", figures.violations))
        lines += parts(figures.violationsByBody.map { ($0.body, $0.count) })
        lines.append("   " + line("report.earlier", figures.overdueFromEarlier))
        lines.append("4. " + line("report.item4", figures.orderAndStandard))
        lines += parts(figures.byService.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) })
        lines.append("5. " + line("report.item5", figures.employees))
        return lines
    }
}
