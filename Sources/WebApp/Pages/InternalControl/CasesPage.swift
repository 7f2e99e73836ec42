import Accounts
import ContactCentre
import Forms
import InternalControl
import Languages
import Markup
import Reporting
import WorkingDays

/// A discrepancy case by case (797 §20): the body's own list beside our complaints, each case that only one side counts with the cause
/// that the program proposes and what speaks for it; a person confirms it, also for all that are alike.
struct CasesPage: Page {
    let number: String
    let id: FilingID
    let form: StatutoryForm
    let body: Localized
    let figures: DiscrepancyFigures
    let state: DiscrepancyState
    let version: Int
    /// The list beside our complaints; nil where none was taken, or there are too many.
    let comparison: CaseComparison?
    /// Whether more complaints stand behind our number than are matched.
    let isTooMany: Bool
    let rules: ReconciliationRules
    let services: [String: Localized]
    let bodies: [String: Localized]
    /// What was wrong with a list that was sent.
    var refused: [BodyListFault] = []
    /// The form that takes the list.
    var upload: StepForm?
    /// What was wrong with a group that was sent, by its name.
    var problem: (group: String, text: String)?

    /// How many rows of a group are shown at once.
    static let shown = 100
    /// How large a list with its form may be, in bytes.
    static let limit = 12 * 1_024 * 1_024

    /// Open cases of one side with one proposed cause.
    struct Group {
        let side: CaseSide
        let cause: String
        let cases: [OpenCase]
        var name: String { "\(side.rawValue)-\(cause.isEmpty ? "none" : cause)" }
    }

    var section: NavigationSection? { .reports }
    var path: SitePath { .discrepancyCases(.value(number)) }
    func title(_ view: View) -> String {
        view.t("cases.title") + ": "
            + view.t(
                "discrepancies.name",
                ["form": form.shortName, "period": view.dates.period(id.period), "row": figures.row])
    }

    /// The open cases that have no cause yet, in groups: what the body counts first, the largest group first.
    var groups: [Group] {
        let entries = state.caseEntries
        let open = (comparison?.open ?? []).filter { entries[$0.key] == nil }
        let parts = Dictionary(grouping: open) { "\($0.side.rawValue)|\($0.cause ?? "")" }
        let order = CaseSide.allCases
        return parts.values.compactMap { cases in
            cases.first.map { Group(side: $0.side, cause: $0.cause ?? "", cases: cases) }
        }.sorted { left, right in
            let (first, second) = (order.firstIndex(of: left.side) ?? 0, order.firstIndex(of: right.side) ?? 0)
            return (first, -left.cases.count, left.cause) < (second, -right.cases.count, right.cause)
        }
    }

    func draw(into html: inout HTML, _ view: View) {
        let row = view.t(
            "discrepancies.name",
            ["form": form.shortName, "period": view.dates.period(id.period), "row": figures.row])
        html.breadcrumbs(
            [
                (view.t("nav.reports"), .reports), (view.t("discrepancies.title"), .discrepancies),
                (row, .discrepancy(.value(number))),
            ], view)
        html.pageHeader(view.t("cases.title"), lead: "\(body[view.language]) · \(row)")
        facts(into: &html, view)
        if isTooMany { html.alert(.warning, title: view.t("cases.tooMany")) }
        if let comparison, comparison.counted != figures.figures.last?.ours {
            html.alert(.warning, title: view.t("cases.changed")) { html in
                html.a(.href(SitePath.filing(.value(id.description)).path), text: view.t("filingStep.compare"))
            }
        }
        list(into: &html, view)
        guard let comparison else { return }
        sums(comparison, into: &html, view)
        let rows = CaseRows(services: services, bodies: bodies, isForBody: false, answers: state.caseAnswers)
        for group in groups { self.group(group, rows, into: &html, view) }
        agreed(comparison, into: &html, view)
    }

    private func facts(into html: inout HTML, _ view: View) {
        var facts = [
            Fact(
                view.t("discrepancies.numbersLabel"),
                view.t(
                    "discrepancies.numbers",
                    [
                        "theirs": figures.figures.last?.theirs.map { NumberText.whole($0) } ?? "–",
                        "ours": NumberText.whole(figures.figures.last?.ours ?? 0),
                    ])),
            Fact(
                view.t("discrepancies.unexplained"),
                "\(NumberText.whole(state.unexplained)) / \(NumberText.whole(abs(figures.difference)))"),
        ]
        if let comparison {
            facts.append(Fact(view.t("cases.agreed"), NumberText.whole(comparison.agreed.count)))
            let open = groups.map(\.cases.count).reduce(0, +)
            facts.append(Fact(view.t("cases.withoutCause"), NumberText.whole(open)))
        }
        html.facts(facts)
    }

    private func list(into html: inout HTML, _ view: View) {
        html.panel(view.t("cases.list"), id: "list") { html in
            if let list = state.list {
                html.p(
                    text: view.t("cases.listTaken", count: list.cases) + " · "
                        + view.name("bodyFilingChannel", list.channel))
                if list.unknownServices > 0 {
                    html.p(.class("hint"), text: view.t("cases.unknownServices", count: list.unknownServices))
                }
            } else {
                html.p(text: view.t("cases.noList"))
            }
            html.listFaults(refused, view)
            html.listTemplates(.discrepancyList(.value(number)), view)
            guard let upload, view.may(.sealReports) else { return }
            html.foldedStep(
                upload, title: view.t(state.list == nil ? "cases.take" : "cases.takeAgain"),
                isOpen: state.list == nil || upload.values != nil
            ) { $0.stepForm(upload, view) }
        }
    }

    /// Which causes have how many cases on which side, and what they add up to.
    private func sums(_ comparison: CaseComparison, into html: inout HTML, _ view: View) {
        struct Line {
            let side: CaseSide
            let cause: String
            var confirmed = 0
            var proposed = 0
        }
        var lines: [String: Line] = [:]
        for cause in state.causes.values {
            guard let side = cause.side else { continue }
            lines["\(side.rawValue)|\(cause.cause)", default: Line(side: side, cause: cause.cause)].confirmed +=
                cause.units
        }
        for group in groups {
            lines["\(group.side.rawValue)|\(group.cause)", default: Line(side: group.side, cause: group.cause)]
                .proposed +=
                group.cases.map(\.units).reduce(0, +)
        }
        let order = CaseSide.allCases
        let sorted = lines.values.sorted {
            (order.firstIndex(of: $0.side) ?? 0, $0.cause) < (order.firstIndex(of: $1.side) ?? 0, $1.cause)
        }
        guard !sorted.isEmpty else { return }
        html.panel(view.t("cases.sums"), id: "sums") { html in
            let columns = [
                Column(view.t("discrepancies.cause")), Column(view.t("cases.side")),
                Column(view.t("cases.confirmed"), isNumeric: true), Column(view.t("cases.proposed"), isNumeric: true),
            ]
            html.dataTable(caption: view.t("cases.sums"), columns: columns, rows: sorted) { row, html, line in
                row.cell(&html, causeName(line.cause, view))
                row.cell(&html, view.name("caseSide", line.side))
                row.cell(&html, signed(line.confirmed, line.side))
                row.cell(&html, signed(line.proposed, line.side))
            }
            html.p { html in
                html.strong(
                    text: view.t(
                        "cases.sum",
                        [
                            "sum": NumberText.signed(comparison.difference),
                            "left": NumberText.whole(state.unexplained),
                        ]))
            }
        }
    }

    private func signed(_ units: Int, _ side: CaseSide) -> String {
        guard units != 0, side != .moved else { return NumberText.whole(units) }
        return NumberText.signed(side == .theirs ? units : -units)
    }

    func causeName(_ code: String, _ view: View) -> String {
        code.isEmpty ? view.t("cases.noCause") : rules.cause(code)?.words[view.language] ?? code
    }

    private func agreed(_ comparison: CaseComparison, into html: inout HTML, _ view: View) {
        guard !comparison.agreed.isEmpty else { return }
        html.panel(view.t("cases.agreed"), id: "agreed") { html in
            html.details { html in
                html.summary(text: view.t("cases.agreedCount", count: comparison.agreed.count))
                html.ul(.class("plain-list")) { html in
                    for pair in comparison.agreed.prefix(Self.shown) {
                        html.li(
                            text: "\(pair.theirs.own) ↔ \(pair.ours.facts.id) · \(view.name("matchBasis", pair.basis))")
                    }
                }
                if comparison.agreed.count > Self.shown {
                    html.p(.class("hint"), text: view.t("cases.firstShown", ["n": "\(Self.shown)"]))
                }
            }
        }
    }
}
