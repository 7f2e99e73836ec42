import Accounts
import Casework
import ContactCentre
import Freshness
import HTTPTypes
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// A new campaign: which cards, until when; what it would ask and of whom is shown before anything is recorded.
struct CampaignNewPage: Page {
    /// What was chosen, as it was typed.
    var kind = CardSelection.Kind.unconfirmed
    var months = "6"
    var sphere = ""
    var body = ""
    var until = ""
    let spheres: [String]
    let bodies: [String: Localized]
    /// What it would ask; nil before anything was chosen, or where something is wrong with it.
    var plan: CampaignPlan?
    /// What is wrong, and with which field.
    var problem: (field: String?, words: String)?

    /// How many calendar days ahead the last day is proposed.
    static let proposedDays = 14

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("campaign.new") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.knowledge"), .knowledgeCards), (view.t("knowledge.campaigns"), .knowledgeCampaigns)], view)
        html.pageHeader(title(view), lead: view.t("campaign.newLead"))
        let known = ["kind", "months", "sphere", "body", "until"]
        if let problem, !known.contains(problem.field ?? "") { html.alert(.danger, title: problem.words) }
        html.panel(view.t("campaign.which"), id: "which") { choice(into: &$0, view) }
        guard let plan else { return }
        html.panel(view.t("campaign.preview"), id: "preview") { preview(plan, into: &$0, view) }
    }

    private func field(_ name: String, _ label: TextKey, hint: TextKey? = nil, _ view: View) -> Field {
        // Which of them is needed depends on the first: the browser cannot know, and asks for none.
        .filter(
            name, label: view.t(label), hint: hint.map { view.t($0) },
            error: problem.flatMap { $0.field == name ? $0.words : nil })
    }

    private func choice(into html: inout HTML, _ view: View) {
        html.form(.class("form"), .method("get"), .action(SitePath.knowledgeCampaignNew.path)) { html in
            html.radios(
                field("kind", "campaign.selection", view), view,
                options: CardSelection.Kind.allCases.map { ($0.rawValue, view.name("cardSelection", $0)) },
                chosen: kind.rawValue)
            html.textField(
                field("months", "campaign.months", hint: "campaign.monthsHint", view), view, type: "number",
                value: months, Attribute("min", 1), Attribute("max", 60))
            html.selectField(
                field("sphere", "search.sphere", hint: "campaign.sphereHint", view), view,
                options: [("", view.t("form.choose"))] + spheres.map { ($0, Sphere.name($0, view)) }, chosen: sphere)
            html.selectField(
                field("body", "clocks.body", hint: "campaign.bodyHint", view), view,
                options: [("", view.t("form.choose"))] + bodies.sorted(in: view.language).map { ($0.code, $0.name) },
                chosen: body)
            html.textField(
                field("until", "campaign.lastDay", hint: "campaign.lastDayHint", view), view, type: "date", value: until
            )
            html.div(.class("buttons")) { html in
                html.button(.type("submit"), .class("button is-primary"), text: view.t("campaign.look"))
                html.a(
                    .class("button is-quiet"), .href(SitePath.knowledgeCampaigns.path), text: view.t("form.cancel"))
            }
        }
    }

    private func preview(_ plan: CampaignPlan, into html: inout HTML, _ view: View) {
        let without = Set(plan.withoutAddress)
        html.facts([
            Fact(view.t("campaign.bodies"), NumberText.whole(plan.bodies.count)),
            Fact(view.t("campaign.cards"), NumberText.whole(plan.cards)),
            Fact(view.t("campaign.empty"), NumberText.whole(plan.emptyCards)),
            Fact(view.t("campaign.withoutAddress"), NumberText.whole(without.count)),
        ])
        if plan.emptyCards > 0 { html.p(.class("note"), text: view.t("campaign.emptyHelp")) }
        if !without.isEmpty { html.p(.class("note"), text: view.t("campaign.paperHelp")) }
        html.postForm(to: .knowledgeCampaigns, view) { html in
            for (name, value) in [
                ("kind", kind.rawValue), ("months", months), ("sphere", sphere), ("body", body), ("until", until),
                ("digest", plan.digest),
            ] { html.input(.type("hidden"), .name(name), .value(value)) }
            html.formButtons(submit: view.t("campaign.begin", count: plan.bodies.count), view)
        }
        let columns = [
            Column(view.t("clocks.body")), Column(view.t("campaign.cards"), isNumeric: true),
            Column(view.t("campaign.way")),
        ]
        html.dataTable(caption: view.t("campaign.preview"), columns: columns, rows: plan.bodies) { row, html, asked in
            row.cell(&html) { $0.bodyName(asked.body, bodies[asked.body], view) }
            row.cell(&html, NumberText.whole(asked.cards.count))
            row.cell(&html, view.t(without.contains(asked.body) ? "campaign.byPaper" : "campaign.byMail"))
        }
    }
}

extension CampaignNewPage {
    static func show(_ site: WebRequest) async throws -> Response {
        var page = try await page(site) { site.query($0) ?? "" }
        // Opened without a choice, the form is blank and nothing is wrong with it.
        guard site.query("kind") != nil else { return site.page(page) }
        do {
            page.plan = try await plan(page, site)
            return site.page(page)
        } catch {
            let problem = try site.problem(error)
            page.problem = (problem.field, problem.text)
            return site.page(page, status: problem.status)
        }
    }

    /// Begins the campaign that was shown: `POST /knowledge/campaigns`.
    static func begin(_ site: WebRequest) async throws -> Response {
        let (centre, actor, now) = (site.environment.centre, try site.authority.actor, site.environment.now())
        var page = try await page(site) { site.form[$0] }
        do {
            let id = try await centre.campaigns.begin(
                page.selection, until: try lastDay(page), expecting: site.form["digest"], by: actor, at: now,
                once: try site.formKey(of: actor))
            return site.redirect(to: .knowledgeCampaign(.value(id)), notice: .stepRecorded)
        } catch {
            let problem = try site.problem(error)
            page.problem = (problem.field, problem.text)
            // The list as it is now, so that it can be begun after a look.
            if problem.field == nil { page.plan = try await plan(page, site) }
            return site.page(page, status: problem.status)
        }
    }

    private var selection: CardSelection {
        CardSelection(kind, months: Int(months), sphere: sphere, body: body)
    }

    private static func lastDay(_ page: CampaignNewPage) throws -> CivilDate {
        guard let day = CivilDate(page.until) else {
            throw FreshnessRefusal.campaignLastDay("Give a last day after today.", field: "until")
        }
        return day
    }

    private static func plan(_ page: CampaignNewPage, _ site: WebRequest) async throws -> CampaignPlan {
        try await site.environment.centre.campaigns.preview(
            page.selection, until: try lastDay(page), at: site.environment.now())
    }

    private static func page(_ site: WebRequest, _ value: (String) -> String) async throws -> CampaignNewPage {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let (spheres, bodies) = try await site.environment.centre.journal.read { db in
            let names = try Registry.bodyNames(on: today, in: db)
            // Only bodies that answer for a service have cards.
            let owners = Set(try Registry.owners(in: db))
            return (try CardRecord.spheres(in: db), names.filter { owners.contains($0.key) })
        }
        var page = CampaignNewPage(spheres: spheres, bodies: bodies)
        let isChosen = !value("kind").isEmpty
        page.kind = CardSelection.Kind(rawValue: value("kind")) ?? .unconfirmed
        if isChosen { (page.months, page.sphere, page.body) = (value("months"), value("sphere"), value("body")) }
        page.until = isChosen ? value("until") : today.adding(days: proposedDays).description
        return page
    }
}
