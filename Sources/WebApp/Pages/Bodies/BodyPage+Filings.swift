import Accounts
import Forms
import InternalControl
import Languages
import Markup
import Registry
import WorkingDays

extension BodyPage {
    /// What the body filed of its internal control: a line for each form and period; nothing where it files none.
    func filings(into html: inout HTML, _ view: View) {
        guard !overview.filings.isEmpty else { return }
        html.panel(view.t("body.filings"), id: "filings") { html in
            html.ul(.class("plain-list")) { html in
                for (record, open) in overview.filings {
                    html.li { html in
                        html.a(
                            .href(SitePath.filing(.value(record.id.description)).path),
                            text: "\(indexes[record.id.form] ?? record.id.form), \(view.dates.period(record.id.period))"
                        )
                        html.p(.class("hint")) { html in
                            let day = record.takenOn ?? record.returnedOn
                            let standing: FilingStanding = record.takenOn == nil ? .returned : .taken
                            html.text(
                                view.name("filingStanding", standing) + (day.map { " " + DateText.short($0) } ?? ""))
                            let questions = max(0, record.doubts - record.answers)
                            if questions > 0 { html.text(" · " + view.t("filingsLink.questions", count: questions)) }
                            if open > 0 {
                                html.text(" · " + view.t("discrepancies.title") + ": " + NumberText.whole(open))
                            }
                        }
                    }
                }
            }
        }
    }
}
