import ContactCentre
import Forms
import Journal
import Languages
import Reporting
import Workbooks
import WorkingDays

/// A sealed report as a workbook: its numbers as the page shows them, what they are made of, what stands behind them, the seal. It is
/// made of the sealed document alone, so that it says what was sent, whatever became known later.
package struct ReportWorkbook: Sendable {
    let texts: Texts
    let language: Language
    let zone: CivilZone
    /// Whether the cases behind the numbers are in it; for readers of complaints.
    let showsCases: Bool

    init(texts: Texts, language: Language, zone: CivilZone, showsCases: Bool) {
        self.texts = texts
        self.language = language
        self.zone = zone
        self.showsCases = showsCases
    }

    /// A maker for the command line, with the words that the program brings.
    /// - Throws: `TextsError` where they cannot be read.
    package init(_ language: Language) throws {
        self.init(texts: try Texts(), language: language, zone: .almaty, showsCases: true)
    }

    /// The workbook of a revision; of the last one where none is named. Nil where there is no such sealed report, or its document
    /// is not kept.
    package func workbook(
        _ period: ReportPeriod, by desk: any PeriodDesk, revision: Int?, in centre: ContactCentre
    ) async throws -> Workbook? {
        guard let sheets = try await sheets(period, by: desk, revision: revision, in: centre) else { return nil }
        return Workbook(
            title: sheets.title(language), language: language.rawValue, day: period.last, sheets: sheets.all)
    }

    /// The numbers of a revision on pages: in Kazakh and in Russian, with the balance and the seal. Nil as for a workbook.
    package func pages(
        _ period: ReportPeriod, by desk: any PeriodDesk, revision: Int?, in centre: ContactCentre
    ) async throws -> Workbook? {
        guard let sheets = try await sheets(period, by: desk, revision: revision, in: centre) else { return nil }
        return Workbook(
            title: "\(sheets.title(.kk)) / \(sheets.title(.ru))", language: Language.kk.rawValue, day: period.last,
            sheets: sheets.official)
    }

    private func sheets(
        _ period: ReportPeriod, by desk: any PeriodDesk, revision: Int?, in centre: ContactCentre
    ) async throws -> ReportSheets? {
        let state = try await desk.report(period).state
        let wanted = revision.map { number in state.sealed.first { $0.revision == number } } ?? state.sealed.last
        guard let sealed = wanted, let bytes = try await desk.document(sealed),
            let content = SealedReport(bytes, of: desk.form.form)
        else { return nil }
        let names = try await centre.journal.read { try ReportNames(on: period.last, in: $0) }
        return ReportSheets(
            self, form: desk.form.form, period: period, content: content, names: names, sealed: sealed,
            receipt: state.receipts.last { $0.revision == sealed.revision }, isDemo: centre.settings.isDemo ?? false)
    }
}
