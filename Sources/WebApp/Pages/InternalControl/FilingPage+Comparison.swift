import Forms
import InternalControl
import Languages
import Markup
import WorkingDays

extension HTML {
    /// The rows of a filing beside our numbers; below them the rows that are held against nothing, with the reason of each.
    mutating func comparison(_ rows: [RowComparison], of page: FilingPage, _ view: View) {
        guard page.state.taken != nil, page.rules.forms.contains(page.form.code) else { return }
        panel(view.t("internalControl.comparison"), id: "comparison") { html in
            html.p(.class("note"), text: view.t("internalControl.lowerBound"))
            for row in rows { html.comparedRow(row, of: page, view) }
            html.apart(page, view)
        }
    }

    private mutating func comparedRow(_ compared: RowComparison, of page: FilingPage, _ view: View) {
        let label = page.form.row(compared.row)?.label[view.language] ?? ""
        h3(text: "\(compared.row). \(label)")
        figures(compared.figures, form: page.form, row: compared.row, view)
        p(.class("hint"), text: view.t("internalControl.partly") + ": " + compared.pair.why[view.language])
        let found = page.discrepancies.first { $0.row == compared.row }
        p { html in
            if let found {
                html.badge(found.standing.state, view, text: view.name("discrepancyStanding", found.standing))
                html.text(" ")
                html.a(.href(SitePath.discrepancy(.value(found.id)).path), text: view.t("discrepancies.open"))
            } else if compared.difference == nil {
                html.text(view.t("internalControl.noInformation"))
            } else {
                html.badge(.met, view, text: view.t("internalControl.agrees"))
            }
        }
    }

    /// Two rows of numbers by column, the body's and ours, with what differs.
    /// - Parameter isForBody: whether the body itself reads it.
    mutating func figures(
        _ figures: [ComparedFigure], form: StatutoryForm, row: String, isForBody: Bool = false, _ view: View
    ) {
        let labels = Dictionary(
            (form.row(row).map { form.columns(of: $0) } ?? []).map { ($0.code, $0.label) },
            uniquingKeysWith: { first, _ in first })
        let columns =
            [Column(view.t("internalControl.whose"))]
            + figures.map { figure in
                Column(
                    figure.months(view) ?? labels[figure.column]?[view.language] ?? figure.column, isNumeric: true)
            }
        let lines: [(label: String, value: (ComparedFigure) -> String)] = [
            (
                view.t(isForBody ? "filingsLink.yours" : "internalControl.theirs"),
                { $0.theirs.map { NumberText.whole($0) } ?? "–" }
            ),
            (view.t(isForBody ? "filingsLink.centres" : "internalControl.ours"), { NumberText.whole($0.ours) }),
            (view.t("internalControl.difference"), { $0.difference.map(NumberText.signed) ?? "–" }),
        ]
        dataTable(caption: view.t("internalControl.comparison"), columns: columns, rows: lines) { row, html, line in
            row.cell(&html, line.label)
            for figure in figures { row.cell(&html, line.value(figure)) }
        }
    }

    private mutating func apart(_ page: FilingPage, _ view: View) {
        let rows = page.form.numbers.compactMap { row in
            page.rules.reasonApart(of: page.form.code, row: row.code).map { (row, $0) }
        }
        guard !rows.isEmpty else { return }
        details { html in
            html.summary(text: view.t("internalControl.apart", ["n": NumberText.whole(rows.count)]))
            html.ul(.class("bullets")) { html in
                for (row, why) in rows {
                    html.li { html in
                        html.text("\(row.code). \(row.label[view.language]): ")
                        html.em(text: why[view.language])
                    }
                }
            }
        }
    }
}

extension ComparedFigure {
    /// The months that it is about, in words; nil where they are not written as months.
    func months(_ view: View) -> String? {
        let ends = months.split(separator: "…").compactMap { CivilMonth($0) }
        guard let first = ends.first, let last = ends.last else { return nil }
        guard first != last else { return view.dates.period(.month(first)) }
        let quarter = CivilQuarter(first)
        if quarter.months.first == first, quarter.months.last == last { return view.dates.period(.quarter(quarter)) }
        return "\(view.dates.period(.month(first))) – \(view.dates.period(.month(last)))"
    }
}

extension NumberText {
    /// A number with its sign.
    static func signed(_ number: Int) -> String {
        number > 0 ? "+" + whole(number) : number < 0 ? "−" + whole(-number) : "0"
    }
}

extension DiscrepancyStanding {
    /// For its badge.
    var state: ClockState {
        switch self {
        case .found, .undelivered: .dueToday
        case .underway, .sent: .running
        case .settled: .met
        }
    }
}
