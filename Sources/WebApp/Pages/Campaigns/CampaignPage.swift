import Accounts
import ContactCentre
import Freshness
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// The board of a campaign: which body has confirmed what, who has not looked, what waits for the centre.
struct CampaignPage: Page {
    /// By what the board is ordered.
    enum Order: String, CaseIterable {
        case body, cards, confirmed, left, remarks, acted
    }

    let campaign: CampaignRecord
    let standing: CampaignBodyRecord.Standing?
    var place: ListPlace
    /// The rows of the choice, all of them in their order.
    var rows: [CampaignBodyRecord]
    let bodies: [String: Localized]
    let begunBy: String
    /// Why it was not ended.
    var problem: String?

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("campaign.one", ["number": campaign.id]) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.knowledge"), .knowledgeCards), (view.t("knowledge.campaigns"), .knowledgeCampaigns)], view)
        html.pageHeader(title(view), lead: CampaignsPage.words(of: campaign.selection, bodies, view))
        html.facts([
            Fact(view.t("campaign.lastDay")) { [campaign] html in
                html.date(campaign.lastDay, view)
                html.text(" ")
                html.campaignState(campaign, view)
            },
            Fact(
                view.t("campaign.confirmed"),
                "\(NumberText.whole(campaign.confirmed)) / \(NumberText.whole(campaign.cards))"),
            Fact(view.t("campaign.begun"), "\(view.dates.short(campaign.begunAt)), \(begunBy)"),
        ])
        if let at = campaign.endedAt {
            html.alert(.info, title: view.t("campaign.endedOn", ["date": view.dates.short(at)])) {
                $0.p(text: campaign.endReason ?? "")
            }
        }
        html.filterForm(
            place, view,
            [
                .choice(
                    "standing", label: view.t("campaign.standing"), any: view.t("list.all"),
                    CampaignBodyRecord.Standing.allCases.map { ($0.rawValue, view.name("campaignStanding", $0)) },
                    chosen: standing?.rawValue ?? "")
            ])
        if rows.isEmpty {
            html.emptyState(title: view.t("campaign.noBodies"), text: view.t("list.noneHelp"))
        } else {
            board(into: &html, view)
        }
        if campaign.isRunning { ending(into: &html, view) }
    }

    private func board(into html: inout HTML, _ view: View) {
        let columns = [
            place.column(view.t("clocks.body"), Order.body, isUsual: true),
            place.column(view.t("campaign.cards"), Order.cards, isNumeric: true, startsDescending: true),
            place.column(view.t("campaign.confirmed"), Order.confirmed, isNumeric: true, startsDescending: true),
            place.column(view.t("campaign.left"), Order.left, isNumeric: true, startsDescending: true),
            place.column(view.t("campaign.remarks"), Order.remarks, isNumeric: true, startsDescending: true),
            Column(view.t("campaign.opened")),
            place.column(view.t("campaign.acted"), Order.acted, startsDescending: true),
        ]
        let shown = Array(rows.dropFirst(place.offset).prefix(ListPlace.size))
        html.dataTable(caption: title(view), columns: columns, rows: shown) { row, html, asked in
            row.cell(&html) { html in
                let name = bodies[asked.body] ?? Localized(kk: asked.body, ru: asked.body)
                let text = name.shown(in: view.language)
                html.a(
                    .href(
                        SitePath.knowledgeCampaignBody(.value(campaign.id), .value(asked.body)).path),
                    Attribute.lang(text.language).when(text.language != view.language), text: text.text)
            }
            row.cell(&html, NumberText.whole(asked.cards))
            row.cell(&html, NumberText.whole(asked.confirmed))
            row.cell(&html, NumberText.whole(asked.left))
            row.cell(&html) { html in
                html.text(NumberText.whole(asked.remarks))
                guard asked.openRemarks > 0 else { return }
                html.text(" ")
                html.badge(
                    .dueToday, view, text: view.t("campaign.openRemarks", count: asked.openRemarks))
            }
            row.cell(&html) { html in
                if let at = asked.openedAt { return html.moment(at, view) }
                html.tag(view.t(asked.way == "paper" ? "campaign.byPaper" : "campaign.unopened"))
            }
            row.cell(&html) { html in
                if let at = asked.actedAt { html.moment(at, view) } else { html.text("–") }
            }
        }
        html.pager(place.pager(shown.count, of: rows.count), view)
    }

    private func ending(into html: inout HTML, _ view: View) {
        html.panel(view.t("campaign.ending"), id: "end") { html in
            html.p(.class("note"), text: view.t("campaign.endHelp"))
            html.postForm(to: .knowledgeCampaign(.value(campaign.id)), view, .class("form")) { html in
                html.textField(
                    Field("reason", label: view.t("gaps.reason"), error: problem), view, Attribute("maxlength", 300))
                html.formButtons(submit: view.t("campaign.end"), view, isDangerous: true)
            }
        }
    }

    /// The board as a file, as it is seen.
    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "campaign-\(campaign.id)", title: title(view),
            headings: [
                view.t("bodies.code"), view.t("clocks.body"), view.t("campaign.cards"), view.t("campaign.confirmed"),
                view.t("campaign.left"), view.t("campaign.remarks"), view.t("campaign.openRemarksHead"),
                view.t("campaign.opened"), view.t("campaign.acted"), view.t("campaign.lastDay"),
            ])
        func moment(_ moment: Moment?) -> String {
            moment.map { view.dates.short($0).replacing("\u{A0}", with: " ") } ?? ""
        }
        file.rows = rows.map { asked in
            [
                .text(asked.body), .text(bodies[asked.body]?[view.language] ?? asked.body), .count(asked.cards),
                .count(asked.confirmed), .count(asked.left), .count(asked.remarks), .count(asked.openRemarks),
                .text(moment(asked.openedAt)), .text(moment(asked.actedAt)), .day(campaign.lastDay),
            ]
        }
        return file
    }
}

extension CampaignPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let page = try await page(site)
        return site.wantsFile ? try await page.file(site.reader).response(site) : site.page(page)
    }

    private static func page(_ site: WebRequest) async throws -> CampaignPage {
        let id = try site.parameter("id")
        let standing = site.query("standing").flatMap(CampaignBodyRecord.Standing.init(rawValue:))
        let today = site.environment.zone.civilDate(of: site.environment.now())
        var place = ListPlace(.knowledgeCampaign(.value(id)), orders: Order.self, site)
        place.choose("standing", standing?.rawValue)
        let found = try await site.environment.centre.journal.read { db in
            try CampaignRecord.fetch(id, in: db).map { campaign in
                (
                    campaign, try CampaignBodyRecord.fetch(campaign: id, standing, in: db),
                    try Registry.bodyNames(on: today, in: db)
                )
            }
        }
        guard let (campaign, rows, bodies) = found else { throw SiteError(.notFound, "There is no campaign \(id).") }
        let name = try await site.names(of: [campaign.begunBy])[campaign.begunBy]
        let sorted = Self.sorted(rows, by: place.order(Order.self) ?? .body, bodies, site.context.language)
        return CampaignPage(
            campaign: campaign, standing: standing, place: place, rows: place.isDescending ? sorted.reversed() : sorted,
            bodies: bodies, begunBy: name ?? campaign.begunBy)
    }

    private static func sorted(
        _ rows: [CampaignBodyRecord], by order: Order, _ bodies: [String: Localized], _ language: Language
    ) -> [CampaignBodyRecord] {
        func number(_ row: CampaignBodyRecord) -> Int64 {
            switch order {
            case .body: 0
            case .cards: Int64(row.cards)
            case .confirmed: Int64(row.confirmed)
            case .left: Int64(row.left)
            case .remarks: Int64(row.remarks)
            case .acted: row.actedAt?.millisecondsSince1970 ?? 0
            }
        }
        let named = bodies.sorted(in: language).map(\.code)
        let places = Dictionary(zip(named, named.indices), uniquingKeysWith: { first, _ in first })
        return rows.sorted { left, right in
            (number(left), places[left.body] ?? .max, left.body) < (
                number(right), places[right.body] ?? .max, right.body
            )
        }
    }

    /// Ends the campaign: `POST /knowledge/campaigns/{id}`.
    static func end(_ site: WebRequest) async throws -> Response {
        let (id, actor) = (try site.parameter("id"), try site.authority.actor)
        do {
            try await site.environment.centre.campaigns.end(
                id, reason: String(site.form["reason"].prefix(300)), by: actor, at: site.environment.now(),
                once: try site.formKey(of: actor))
        } catch {
            let problem = try site.problem(error)
            var page = try await page(site)
            page.problem = problem.text
            return site.page(page, status: problem.status)
        }
        return site.redirect(to: .knowledgeCampaign(.value(id)), notice: .stepRecorded)
    }
}
