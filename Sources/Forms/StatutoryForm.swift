import Languages
import WorkingDays

/// A form of the law: what is reported, by whom, for which period.
package struct StatutoryForm: Hashable, Sendable {
    /// How often it is due, and with it the length of its period.
    package enum Periodicity: String, CaseIterable, Hashable, Sendable {
        /// Each month.
        case month
        /// Each quarter of a year.
        case quarter
    }

    /// Our code, ASCII: `797-18`. Never shown.
    package let code: String
    /// The index as it is printed on the form, with its exact letters (1-мқ ends in U+049B, 1-мк in U+043A); nil where the
    /// act gives none.
    package let index: String?
    /// The short form of the act: `797`.
    package let act: String
    /// The place in the act, in the words of the act; nil where the form is an appendix as a whole.
    package let cite: Localized?
    /// The first day on which this edition is in force.
    package let from: CivilDate
    /// The last one; nil where it is in force still, or where what replaced it is not known.
    package let to: CivilDate?
    /// Its title.
    package let title: Localized
    /// How often it is due.
    package let periodicity: Periodicity
    /// Whether each column is the total since January.
    package let isCumulative: Bool
    /// The named sets of columns; empty for a report that the centre makes.
    package let columns: [String: [FormColumn]]
    /// The rows and headings, in the order of the form.
    package let rows: [FormRow]
    /// What must hold between its numbers.
    package let rules: [FormRule]
    /// How the centre makes it; nil for a form that bodies file.
    package let making: FormMaking?
    /// The language of its text; the words in the others are translations of ours.
    package let language: Language
    /// The lines above the table of a form that bodies file.
    package let passport: [FormField]
    /// The lines below it.
    package let footer: [FormField]
    /// What stands over the table.
    package let head: FormHead
    /// What must hold between filings.
    package let bonds: [FormBond]
    /// Who sends it by which day; nil for a form that the centre makes.
    package let submission: FormSubmission?
    /// Whether lines without a number may stand below any row whose label is on a lost page, since what they were is not known.
    package let allowsLines: Bool

    /// The row with this code, nil where there is none.
    package func row(_ code: String) -> FormRow? { rows.first { $0.code == code && !$0.isSection } }

    /// The rows that hold numbers, in the order of the form.
    package var numbers: [FormRow] { rows.filter { !$0.isSection } }

    /// The columns of a row, in order; empty where the centre makes the form.
    package func columns(of row: FormRow) -> [FormColumn] { row.columns.flatMap { columns[$0] } ?? [] }

    /// The period of this form in which a day lies.
    package func period(containing day: CivilDate) -> ReportPeriod {
        switch periodicity {
        case .month: .month(CivilMonth(day))
        case .quarter: .quarter(CivilQuarter(CivilMonth(day)))
        }
    }

    /// A period of this form's length from its text; nil for anything else.
    package func period(_ text: String) -> ReportPeriod? {
        guard let period = ReportPeriod(text) else { return nil }
        switch (periodicity, period) {
        case (.month, .month), (.quarter, .quarter): return period
        default: return nil
        }
    }
}

/// How a form is made by the centre and where it goes.
package struct FormMaking: Hashable, Sendable {
    /// The name of the document's form, which the receiver checks: `bailanys/monthly-report/1`.
    package let schema: String
    /// The paragraph as the document names it: `797 §18`.
    package let law: String
    /// The procedure of the rulebook whose clock runs for it.
    package let procedure: String
    /// The clock of that procedure.
    package let clock: String
    /// The first segment of the address to which it is pushed: `monthly`.
    package let path: String
}
