import Forms
import Languages
import Spreadsheets
import WorkingDays

/// The lines above the table: what they tell about the period.
struct PassportReader {
    private let value: (text: String, address: String?)
    private let sheet: String?
    private let must: FormField.Must

    init(_ sheet: FilingSheet, _ form: StatutoryForm) {
        self.sheet = sheet.grid.name
        let field = form.passport.first { $0.must == .period || $0.must == .year }
        must = field?.must ?? .nothing
        // The label of a line may go on with what is filled in: «Есептік кезең 20__ ж.».
        let labels = (field?.label.values.sorted() ?? []).map { $0.prefix { !$0.isNumber && $0 != "_" && $0 != ":" } }
        for label in labels {
            if let found = sheet.value(String(label), where: { PeriodWords.year(in: $0) != nil }) {
                value = (found.text, found.address)
                return
            }
        }
        // A line without its label, but with the words of a period.
        for row in sheet.above {
            for item in row.cells {
                let text = item.cell.shown
                guard text.count < 80, PeriodWords.year(in: text) != nil else { continue }
                guard must == .year || PeriodWords.quarter(in: text) != nil,
                    Folding.fold(text).contains("кезең") || must == .period
                else { continue }
                value = (text, sheet.address(row, item.column))
                return
            }
        }
        value = ("", nil)
    }

    /// The year that is told; nil where none is.
    var year: Int? { PeriodWords.year(in: value.text) }

    /// What is wrong with the period; nil where it is the one that the filing is for.
    func fault(_ period: ReportPeriod) -> FilingFault? {
        let wanted: String
        switch (must, period) {
        case (.period, .quarter(let quarter)):
            if PeriodWords.quarter(in: value.text) == quarter.quarter, year == quarter.year { return nil }
            wanted = "\(period)"
        case (.year, _):
            if year == period.last.year { return nil }
            wanted = "\(period.last.year)"
        default: return nil
        }
        return FilingFault(
            .period, sheet: sheet, cell: value.address, found: value.text, wanted: wanted,
            text: FilingTexts.period(value.text, wanted))
    }
}
