import Accounts
import Complaints
import GRDB
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

/// Services of bodies about which far more is complained than is usual, each with its complaints.
struct SurgePanel: Sendable {
    let surges: [ComplaintSurge]
    let bodies: [String: Localized]
    let services: [String: Localized]
    /// How many weeks before are looked at.
    let weeks: Int

    /// How many are shown; those with the greatest excess come first in each week.
    static let shown = 10

    /// The surges of this week and the last.
    init(on today: CivilDate, _ rules: ViolationRules.Surge, in db: Database) throws {
        surges = try ComplaintSurge.fetch(on: today, by: rules, in: db)
        weeks = rules.weeks
        bodies = surges.isEmpty ? [:] : try Registry.bodyNames(on: today, in: db)
        services = surges.isEmpty ? [:] : try Registry.serviceNames(in: db)
    }

    /// Draws the table; where nothing is unusual, a sentence.
    func draw(into html: inout HTML, _ view: View) {
        html.panel(view.t("surge.title"), id: "surges") { html in
            guard !surges.isEmpty else { return html.p(.class("note"), text: view.t("surge.none")) }
            html.p(.class("note"), text: view.t("surge.lead", ["n": "\(weeks)"]))
            let columns = [
                Column(view.t("requests.service")), Column(view.t("clocks.body")), Column(view.t("surge.week")),
                Column(view.t("surge.count"), isNumeric: true), Column(view.t("surge.usual"), isNumeric: true),
            ]
            html.dataTable(
                caption: view.t("surge.title"), columns: columns, rows: Array(surges.prefix(Self.shown))
            ) { row, html, surge in
                let (subject, week) = (surge.subject, surge.week)
                row.cell(&html) { html in
                    guard let code = subject.service else { return }
                    html.serviceName(code, services[code], view)
                }
                row.cell(&html) { $0.bodyName(subject.body, bodies[subject.body], view) }
                row.cell(&html, "\(DateText.short(week.first)) – \(DateText.short(week.last))")
                // Who may not read complaints sees the number alone.
                let address = SitePath.complaints.with([
                    "service": subject.service, "body": subject.body, "from": "\(week.first)",
                    "through": "\(week.last)",
                ])
                row.number(&html, surge.count, address: view.may(.readComplaints) ? address : nil, isBad: true, view)
                let usual = surge.usualHalves
                row.cell(
                    &html,
                    usual.isMultiple(of: 2)
                        ? NumberText.whole(usual / 2) : NumberText.tenths(ofThousandths: usual * 500, view.language))
            }
        }
    }
}
