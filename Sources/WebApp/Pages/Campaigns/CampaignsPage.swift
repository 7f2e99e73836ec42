import ContactCentre
import Freshness
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// The campaigns by which bodies confirm their cards, the latest first.
struct CampaignsPage: Page {
    let campaigns: [CampaignRecord]
    /// The number after which the next page begins; nil after the last.
    let next: String?
    var isFirst = true
    let bodies: [String: Localized]
    /// How many remarks of bodies wait for the centre.
    let remarks: Int

    /// How many stand on a page.
    static let size = 30

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("knowledge.campaigns") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("campaign.lead")) { html in
            html.a(
                .class("button"), .href(SitePath.knowledgeRemarks.path),
                text: "\(view.t("remark.title")) · \(NumberText.whole(remarks))")
            html.a(
                .class("button is-primary"), .href(SitePath.knowledgeCampaignNew.path), text: view.t("campaign.new"))
        }
        html.knowledgeTabs(.campaigns, view)
        guard !campaigns.isEmpty else {
            return html.emptyState(title: view.t("campaign.none"), text: view.t("campaign.noneText"))
        }
        let columns = [
            Column(view.t("campaign.number")), Column(view.t("campaign.selection")), Column(view.t("campaign.lastDay")),
            Column(view.t("campaign.bodies"), isNumeric: true), Column(view.t("campaign.cards"), isNumeric: true),
            Column(view.t("campaign.confirmed"), isNumeric: true), Column(view.t("campaign.remarks"), isNumeric: true),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: campaigns) { row, html, campaign in
            row.cell(&html) {
                $0.a(
                    .class("whole"), .href(SitePath.knowledgeCampaign(.value(campaign.id)).path), text: campaign.id)
            }
            row.cell(&html, Self.words(of: campaign.selection, bodies, view))
            row.cell(&html) { html in
                html.date(campaign.lastDay, view)
                html.text(" ")
                html.campaignState(campaign, view)
            }
            row.cell(&html, NumberText.whole(campaign.bodies))
            row.cell(&html, NumberText.whole(campaign.cards))
            row.cell(&html, NumberText.whole(campaign.confirmed))
            row.cell(&html, NumberText.whole(campaign.remarks))
        }
        html.pager(
            Pager(
                summary: "", previous: isFirst ? nil : SitePath.knowledgeCampaigns.path,
                next: next.map { SitePath.knowledgeCampaigns.with(["after": $0]) }), view)
    }

    /// Which cards were chosen, in words.
    static func words(of selection: CardSelection, _ bodies: [String: Localized], _ view: View) -> String {
        let kind = view.name("cardSelection", selection.kind)
        switch selection.kind {
        case .all: return kind
        case .unconfirmed: return "\(kind): \(view.t("campaign.monthCount", count: selection.months ?? 0))"
        case .sphere: return "\(kind): \(Sphere.name(selection.sphere ?? "", view))"
        case .body:
            let code = selection.body ?? ""
            return bodies[code]?[view.language] ?? code
        }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        let after = site.query("after")
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let page = try await site.environment.centre.journal.read { db in
            let found = try CampaignRecord.fetch(after: after, limit: size + 1, in: db)
            return CampaignsPage(
                campaigns: Array(found.prefix(size)), next: found.count > size ? found[size - 1].id : nil,
                isFirst: after == nil, bodies: try Registry.bodyNames(on: today, in: db),
                remarks: try ObjectionRecord.waitingCount(in: db))
        }
        return site.page(page)
    }
}

extension HTML {
    /// Whether a campaign runs, is past its last day, or was ended.
    mutating func campaignState(_ campaign: CampaignRecord, _ view: View) {
        if !campaign.isRunning { return tag(view.t("campaign.ended")) }
        if campaign.lastDay < view.today { return badge(.missed, view, text: view.t("campaign.over")) }
        badge(campaign.lastDay == view.today ? .dueToday : .running, view)
    }
}
