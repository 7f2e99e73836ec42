import Accounts
import ContactCentre
import Freshness
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// What bodies say is not right with their cards: work of a coordinator, the oldest first.
struct RemarksPage: Page {
    let remarks: [ObjectionRecord]
    let count: Int
    /// The number after which the next page begins; nil after the last.
    let next: String?
    var isFirst = true
    let titles: [String: CardText]
    let bodies: [String: Localized]
    /// What could not be done, and with which remark.
    var problem: (remark: String, words: String)?

    /// How many stand on a page.
    static let size = 30

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("remark.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.knowledge"), .knowledgeCards), (view.t("knowledge.campaigns"), .knowledgeCampaigns)], view)
        html.pageHeader(title(view), lead: view.t("remark.lead"))
        if let problem { html.alert(.danger, title: problem.words) }
        guard !remarks.isEmpty else {
            return html.emptyState(title: view.t("remark.none"), text: view.t("remark.noneText"))
        }
        html.ol(.class("ledger")) { html in
            for remark in remarks { html.li(.id("remark-" + remark.id)) { line(remark, &$0, view) } }
        }
        html.pager(
            Pager(
                summary: view.t("remark.count", count: count),
                previous: isFirst ? nil : SitePath.knowledgeRemarks.path,
                next: next.map { SitePath.knowledgeRemarks.with(["after": $0]) }), view)
    }

    private func line(_ remark: ObjectionRecord, _ html: inout HTML, _ view: View) {
        html.div(.class("ledger-head")) { html in
            let title = titles[remark.card]?.text(view.language)
            html.h2(.class("ledger-title")) { html in
                html.a(
                    .href(SitePath.cardHistory(.value(remark.card)).path), .lang(title?.language ?? view.language),
                    text: title?.text ?? remark.card)
            }
            if let field = remark.field { html.tag(CardFieldName.name(field, view)) }
        }
        html.p(text: remark.text)
        html.p(.class("note")) { html in
            let edition = view.t("contacts.edition", ["edition": NumberText.whole(remark.edition)])
            html.text("\(remark.id) · \(remark.card) · \(edition) · \(view.dates.short(remark.madeAt)) · ")
            let name = bodies[remark.body]?[view.language] ?? remark.body
            html.a(
                .href(SitePath.knowledgeCampaignBody(.value(remark.campaign), .value(remark.body)).path), text: name)
        }
        let path = SitePath.knowledgeRemark(.value(remark.id))
        html.div(.class("ledger-actions")) { html in
            html.a(
                .class("button is-small"), .href(SitePath.cardForm(.value(remark.card)).path),
                text: view.t("history.edit"))
            html.postForm(to: path, view) { html in
                html.input(.type("hidden"), .name("act"), .value("correct"))
                html.button(.type("submit"), .class("button is-small"), text: view.t("remark.correct"))
            }
            html.a(
                .class("button is-small"),
                .href(
                    SitePath.knowledgeCampaignBody(.value(remark.campaign), .value(remark.body)).path + "#draft"),
                text: view.t("remark.ask"))
            html.details(.class("fold"), Attribute("open", flag: problem?.remark == remark.id)) { html in
                html.summary(text: view.t("gaps.dismiss"))
                html.postForm(to: path, view, .class("form-row")) { html in
                    html.input(.type("hidden"), .name("act"), .value("dismiss"))
                    html.textField(
                        Field("reason", label: view.t("gaps.reason"), id: "reason-" + remark.id), view,
                        Attribute("maxlength", 300))
                    html.button(.type("submit"), .class("button is-quiet"), text: view.t("gaps.dismiss"))
                }
            }
        }
    }
}

extension RemarksPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await page(site, site.query("after")))
    }

    private static func page(_ site: WebRequest, _ after: String?) async throws -> RemarksPage {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let (found, count, bodies) = try await site.environment.centre.journal.read { db in
            (
                try ObjectionRecord.waiting(after: after, limit: size + 1, in: db),
                try ObjectionRecord.waitingCount(in: db), try Registry.bodyNames(on: today, in: db)
            )
        }
        let shown = Array(found.prefix(size))
        return RemarksPage(
            remarks: shown, count: count, next: found.count > size ? shown.last?.id : nil, isFirst: after == nil,
            titles: try await site.titles(of: shown.map(\.card)), bodies: bodies)
    }

    /// Closes a remark: `POST /knowledge/remarks/{id}`.
    static func settle(_ site: WebRequest) async throws -> Response {
        let (id, actor, now) = (try site.parameter("id"), try site.authority.actor, site.environment.now())
        let desk = site.environment.centre.campaigns
        let key = try site.formKey(of: actor)
        do {
            switch site.form["act"] {
            case "correct": try await desk.correct(id, by: actor, at: now, once: key)
            case "dismiss":
                try await desk.dismiss(
                    id, reason: String(site.form["reason"].prefix(300)), by: actor, at: now, once: key)
            default: throw SiteError(.badRequest, "The form names no act.")
            }
        } catch {
            let problem = try site.problem(error)
            var page = try await page(site, nil)
            page.problem = (id, problem.text)
            return site.page(page, status: problem.status)
        }
        return site.redirect(to: .knowledgeRemarks, notice: .knowledgeChanged)
    }
}
