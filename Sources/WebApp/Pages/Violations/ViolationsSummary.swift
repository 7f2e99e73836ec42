import Casework
import GRDB
import Journal
import Languages
import Markup
import WorkingDays

/// The ledger in numbers: what waits, and twelve months by body and by month.
struct ViolationsSummary: Sendable {
    /// The months that are summed up.
    let months: ClosedRange<CivilMonth>
    let counts: ViolationSummary
    /// What waits for a person, of all months.
    let waiting: [Violation.State: Int]

    /// How many bodies are shown, those with most violations first; the list has them all.
    static let shown = 20
    /// The states that stand in the tables.
    static let states: [Violation.State] = [.drafted, .reopened, .confirmed, .excused]

    init(_ choice: ViolationChoice, kinds: Set<String>, today: CivilDate, in db: Database) throws {
        let last = choice.month ?? CivilMonth(today)
        months = (choice.month ?? last.earlier(by: 11))...last
        counts = try ViolationSummary.fetch(months, kinds: kinds, body: choice.body, in: db)
        var waiting: [Violation.State: Int] = [:]
        for state in [Violation.State.drafted, .reopened] {
            var filter = ViolationFilter()
            (filter.caseKinds, filter.states) = (kinds, [state])
            waiting[state] = try Violation.countListed(filter, in: db)
        }
        self.waiting = waiting
    }

    /// What waits, and what was decided in the months.
    func tiles(into html: inout HTML, _ view: View) {
        let total = counts.total
        let note =
            months.lowerBound == months.upperBound
            ? view.dates.month(months.lowerBound)
            : "\(view.dates.month(months.lowerBound)) – \(view.dates.month(months.upperBound))"
        html.tiles(
            Self.states.map { state in
                let isWaiting = state == .drafted || state == .reopened
                let count = (isWaiting ? waiting : total)[state] ?? 0
                let more = count > Violation.listed
                return Tile(
                    value: NumberText.whole(min(count, Violation.listed)) + (more ? "+" : ""),
                    label: view.name("violationState", state), note: isWaiting ? nil : note,
                    address: SitePath.violations.with(["state": state.rawValue]),
                    state: count == 0 ? nil : state.badge)
            })
    }

    func draw(into html: inout HTML, _ names: ViolationNames, _ view: View) {
        guard !counts.counts.isEmpty else { return }
        html.panel(view.t("violations.byBody"), id: "by-body") { html in
            let rows = counts.byBody.map { (body: $0.key, counts: $0.value) }.sorted { left, right in
                let (a, b) = (Self.weight(left.counts), Self.weight(right.counts))
                return a != b ? a > b : (left.body ?? "") < (right.body ?? "")
            }
            html.dataTable(
                caption: view.t("violations.byBody"), columns: Self.columns(view.t("clocks.body"), view),
                rows: Array(rows.prefix(Self.shown))
            ) { row, html, line in
                row.cell(&html) { html in
                    guard let body = line.body else { return html.text(view.t("violations.ours")) }
                    html.bodyName(body, names.bodies[body], view)
                }
                for state in Self.states {
                    let address = SitePath.violations.with([
                        "state": state.rawValue, "body": line.body,
                        "month": months.lowerBound == months.upperBound ? "\(months.lowerBound)" : nil,
                    ])
                    row.number(&html, line.counts[state] ?? 0, address: line.body == nil ? nil : address, view)
                }
            }
            if rows.count > Self.shown {
                html.p(.class("note"), text: "\(Self.shown) / \(NumberText.whole(rows.count))")
            }
        }
        guard months.lowerBound != months.upperBound else { return }
        html.panel(view.t("violations.byMonth"), id: "by-month") { html in
            html.violationMonths(counts, body: nil, view)
        }
    }

    private static func weight(_ counts: ViolationSummary.Counts) -> Int { states.reduce(0) { $0 + (counts[$1] ?? 0) } }

    static func columns(_ first: String, _ view: View) -> [Column] {
        [Column(first)] + states.map { Column(view.name("violationState", $0), isNumeric: true) }
    }
}

extension HTML {
    /// The entries by month, the latest first; every number leads to its list.
    mutating func violationMonths(_ counts: ViolationSummary, body: String?, _ view: View) {
        let rows = counts.byMonth.sorted { $0.key > $1.key }
        dataTable(
            caption: view.t("violations.byMonth"), columns: ViolationsSummary.columns(view.t("reports.month"), view),
            rows: rows
        ) { row, html, line in
            row.cell(&html, view.dates.month(line.key))
            for state in ViolationsSummary.states {
                let address = SitePath.violations.with([
                    "state": state.rawValue, "body": body, "month": "\(line.key)",
                ])
                row.number(&html, line.value[state] ?? 0, address: address, view)
            }
        }
    }
}

extension CivilMonth {
    /// The month so many months before this one.
    func earlier(by months: Int) -> CivilMonth { (0..<months).reduce(self) { month, _ in month.previous } }
}
