import Forms
import Languages
import Spreadsheets
import Workbooks
import WorkingDays

/// A blank form as a workbook, made from its definition: labels locked, cells that are filled in open and guarded, the body and the
/// period filled in. What is filled in so is read by `FilingCheck`.
package struct FilingBlank: Sendable {
    /// The body that will file it.
    package struct Body: Hashable, Sendable {
        /// Its code.
        package let code: String
        /// Its name.
        package let name: Localized
        /// The names of its services, offered where the form asks for one by one; empty where they are not known.
        package let services: [Localized]

        /// A body.
        package init(code: String, name: Localized, services: [Localized] = []) {
            self.code = code
            self.name = name
            self.services = services
        }
    }

    /// The languages in which a blank is made: those of the acts.
    package static let languages: [Language] = [.kk, .ru]
    /// How many lines may be made below a row: more than any body has services.
    package static let lineLimit = 1_000

    /// The workbook.
    package let workbook: Workbook
    /// The address of each cell that is filled in: `D17`.
    package let places: [FormPlace: String]

    /// A blank of a form.
    /// - Parameters:
    ///   - period: the period that it is for, of the form's length.
    ///   - language: kk or ru; in any other the language of the act.
    ///   - lines: how many lines are made below each row that asks for lines.
    ///   - filled: numbers that stand in it already, such as the months of a cumulative form that were filed before; lines are then as
    ///     many as it has, and `lines` at least.
    /// - Returns: nil for a form whose rows are as many as there are providers (3-мк, 4-мк): it is no blank of a body.
    package init?(
        _ form: StatutoryForm, _ period: ReportPeriod, for body: Body, in language: Language, lines: Int = 5,
        filled: FormTable = FormTable()
    ) {
        guard form.making == nil, !form.numbers.contains(where: { $0.repeats || $0.lines.count > 1 }),
            form.period("\(period)") != nil
        else {
            return nil
        }
        let language = Self.languages.contains(language) ? language : form.language
        var maker = BlankSheet(
            form, period, body, language, lines: min(max(lines, 0), Self.lineLimit), filled: filled)
        maker.make()
        let about = FilingTexts.about(form, body, "\(period)")
        var help = WorkbookSheet(FilingTexts.aboutSheet[language])
        help.widths = [0: 110]
        for (row, text) in about.enumerated() {
            help.put(
                row, 0, .text(text[language]),
                WorkbookStyle().with {
                    $0.isWrapped = true
                    $0.isTop = true
                    $0.size = row == 0 ? 13 : 11
                    $0.isBold = row == 0
                })
        }
        help.isProtected = true
        var sheets = [maker.sheet, help]
        if let offered = maker.offered { sheets.append(offered) }
        workbook = Workbook(
            title: "\(form.index ?? form.code) · \(body.name[language]) · \(period)",
            language: language == .kk ? "kk-KZ" : "ru-KZ", day: period.last, sheets: sheets)
        places = maker.places
    }
}
