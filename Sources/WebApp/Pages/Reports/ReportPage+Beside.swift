import Forms
import Languages
import Markup
import Reporting
import WorkingDays

extension ReportPage {
    /// A sealed report of a period before.
    struct Earlier: Sendable {
        let name: String
        let period: ReportPeriod
        let revision: Int
        let figures: FormFigures

        /// How many periods stand beside the one that is shown.
        static let most = 3

        /// The last revisions of the sealed periods before one, the latest first.
        static func fetch(before period: ReportPeriod, of desk: any PeriodDesk) async throws -> [Earlier] {
            var found: [Earlier] = []
            for standing in try await desk.standings()
            where standing.revisions > 0 && standing.period.last < period.first {
                guard found.count < most, let sealed = try await desk.report(standing.period).state.sealed.last,
                    let figures = try await desk.figures(of: sealed)
                else { continue }
                found.append(
                    Earlier(
                        name: desk.name(of: standing.period), period: standing.period, revision: sealed.revision,
                        figures: figures))
            }
            return found
        }
    }

    /// The numbers beside those of the periods before, as each was sealed; each opens its own cases.
    func beside(into html: inout HTML, _ view: View) {
        guard !earlier.isEmpty else { return }
        let rows = form.numbers.filter { $0.made?.path.isEmpty == false }
        html.panel(view.t("report.beside"), id: "beside") { html in
            html.p(.class("hint"), text: view.t("report.besideText"))
            let columns =
                [Column(view.t("report.items")), Column(view.dates.period(period), isNumeric: true)]
                + earlier.map { Column(view.dates.period($0.period), isNumeric: true) }
            html.dataTable(caption: view.t("report.beside"), columns: columns, rows: rows) { cells, html, row in
                cells.cell(&html, row.label[view.language])
                cells.cell(&html) { html in
                    number(row, figures[row.code], address(ReportNumber(row.code)), &html, view)
                }
                for before in earlier {
                    cells.cell(&html) { html in
                        number(
                            row, before.figures[row.code],
                            Self.address(ReportNumber(row.code), of: form, before.name, revision: before.revision),
                            &html,
                            view)
                    }
                }
            }
        }
    }

    private func number(_ row: FormRow, _ count: Int?, _ address: String, _ html: inout HTML, _ view: View) {
        let text = row.value(count, view.language)
        guard row.made?.behind != nil, (count ?? 0) > 0 else { return html.text(text) }
        html.a(.href(address), text: text)
    }
}
