import Accounts
import Casework
import ContactCentre
import Hummingbird
import KnowledgeBase
import Languages
import Markup

/// What people type: words without a good result, queries on which changes are tried, and what was learnt from use.
struct QueriesPage: Page {
    let weak: KnowledgeList<WeakQuery>
    let saved: [SavedQuery]
    let uses: [CardUse]
    let learning: LearningSwitch
    let switcher: String?
    let halfLife: Int
    let titles: [String: CardText]
    var isFirst = true
    var problem: String?
    var words = ""
    var card = ""

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("knowledge.queries") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("queries.lead"))
        html.knowledgeTabs(.queries, view)
        if let problem { html.alert(.danger, title: problem) }
        html.panel(view.t("queries.weak"), id: "weak") { weakList(&$0, view) }
        html.panel(view.t("queries.saved"), id: "saved") { savedList(&$0, view) }
        html.panel(view.t("queries.learnt"), id: "learnt") { learnt(&$0, view) }
    }

    private func weakList(_ html: inout HTML, _ view: View) {
        html.p(.class("note"), text: view.t("queries.weakText"))
        guard !weak.items.isEmpty else {
            return html.emptyState(title: view.t("queries.noWeak"), text: view.t("queries.noWeakText"))
        }
        let columns = [
            Column(view.t("queries.words")), Column(view.t("queries.times"), isNumeric: true),
            Column(view.t("queries.last")), Column(view.t("queries.do")),
        ]
        html.dataTable(caption: view.t("queries.weak"), columns: columns, rows: weak.items) { writer, html, query in
            writer.cell(&html, query.words)
            writer.cell(&html, NumberText.whole(query.times))
            writer.cell(&html, view.dates.short(query.lastAt))
            writer.cell(&html) { html in
                html.div(.class("buttons is-tight")) { html in
                    html.a(
                        .class("button is-small"),
                        .href(SitePath.knowledgeSynonym("new").with(["say": query.words])),
                        text: view.t("gaps.synonym"))
                    act("gap", query.words, view.t("queries.toGap"), &html, view)
                    act("dismiss", query.words, view.t("gaps.dismiss"), &html, view)
                }
            }
        }
        html.pager(
            Pager(
                summary: "", previous: isFirst ? nil : SitePath.knowledgeQueries.path,
                next: weak.next.map { SitePath.knowledgeQueries.with(["after": $0]) }), view)
    }

    private func act(_ act: String, _ words: String, _ label: String, _ html: inout HTML, _ view: View) {
        html.postForm(to: .knowledgeQueries, view) { html in
            html.input(.type("hidden"), .name("act"), .value(act))
            html.input(.type("hidden"), .name("words"), .value(words))
            html.button(.type("submit"), .class("button is-small is-quiet"), text: label)
        }
    }

    private func cardLink(_ code: String, _ html: inout HTML, _ view: View) {
        let title = titles[code]?.text(view.language)
        html.span { html in
            html.a(
                .href(SitePath.card(.value(code)).path), .lang(title?.language ?? view.language),
                text: title?.text ?? code)
            html.span(.class("note"), text: " \(code)")
        }
    }

    private func savedList(_ html: inout HTML, _ view: View) {
        html.p(.class("note"), text: view.t("queries.savedText"))
        html.postForm(to: .knowledgeQueries, view, .class("form-row knowledge-line")) { html in
            html.input(.type("hidden"), .name("act"), .value("keep"))
            html.textField(
                Field("words", label: view.t("queries.words")), view, value: words, Attribute("maxlength", 200))
            html.textField(
                Field("card", label: view.t("queries.expected"), hint: view.t("gaps.cardHint")), view, value: card,
                Attribute("maxlength", 20))
            html.button(.type("submit"), .class("button"), text: view.t("queries.keep"))
        }
        guard !saved.isEmpty else { return }
        let columns = [
            Column(view.t("queries.words")), Column(view.t("queries.expected")), Column(view.t("queries.do")),
        ]
        html.dataTable(caption: view.t("queries.saved"), columns: columns, rows: saved) { writer, html, query in
            writer.cell(&html, query.text)
            writer.cell(&html) { cardLink(query.card, &$0, view) }
            writer.cell(&html) { act("drop", query.text, view.t("queries.drop"), &$0, view) }
        }
    }

    private func learnt(_ html: inout HTML, _ view: View) {
        html.p(.class("note"), text: view.t("queries.learntText", count: halfLife))
        html.postForm(to: .knowledgeQueries, view, .class("form-row knowledge-line")) { html in
            html.input(.type("hidden"), .name("act"), .value(learning.isOn ? "off" : "on"))
            html.p { html in
                html.badge(
                    learning.isOn ? .met : .suspended, view, text: view.t(learning.isOn ? "queries.on" : "queries.off"))
                if let at = learning.changedAt {
                    html.span(
                        .class("note"), text: " \(view.dates.short(at)) · \(switcher ?? learning.changedBy ?? "")")
                }
            }
            html.button(
                .type("submit"), .class("button"),
                text: view.t(learning.isOn ? "queries.switchOff" : "queries.switchOn"))
        }
        guard !uses.isEmpty else { return html.p(text: view.t("queries.noUses")) }
        let columns = [
            Column(view.t("queries.words")), Column(view.t("knowledge.card")),
            Column(view.t("queries.opened"), isNumeric: true), Column(view.t("queries.confirmed"), isNumeric: true),
            Column(view.t("queries.weight"), isNumeric: true), Column(view.t("queries.do")),
        ]
        html.dataTable(caption: view.t("queries.learnt"), columns: columns, rows: uses) { writer, html, use in
            writer.cell(&html, use.words)
            writer.cell(&html) { cardLink(use.card, &$0, view) }
            writer.cell(&html, NumberText.whole(use.opened))
            writer.cell(&html, NumberText.whole(use.confirmed))
            writer.cell(&html, Self.weight(use.weight, view.language))
            writer.cell(&html) { act("forget", use.words, view.t("queries.forget"), &$0, view) }
        }
    }

    /// A weight with one place after the comma, as the reader's language writes it.
    static func weight(_ weight: Double, _ language: Language) -> String {
        NumberText.tenths(ofThousandths: Int((weight * 1_000).rounded()), language)
    }
}

extension QueriesPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await page(site, after: site.query("after")))
    }

    private static func page(_ site: WebRequest, after cursor: String? = nil) async throws -> QueriesPage {
        let centre = site.environment.centre
        let saved = try await centre.synonyms.savedQueries()
        let uses = try await centre.usage.uses(at: site.environment.now(), limit: 30)
        let learning = try await centre.usage.learning()
        return QueriesPage(
            weak: try await centre.usage.weakQueries(after: cursor, limit: 30), saved: saved, uses: uses,
            learning: learning, switcher: try await site.names(of: [learning.changedBy ?? ""]).values.first,
            halfLife: centre.usage.rules.halfLifeDays,
            titles: try await site.titles(of: saved.map(\.card) + uses.map(\.card)), isFirst: cursor == nil)
    }

    static func change(_ site: WebRequest) async throws -> Response {
        let (centre, actor, now) = (site.environment.centre, try site.authority.actor, site.environment.now())
        let (words, key) = (String(site.form["words"].prefix(500)), try site.formKey(of: actor))
        do {
            switch site.form["act"] {
            case "dismiss": try await centre.usage.settle(words, as: nil, by: actor, at: now)
            case "gap":
                let language: Language = site.context.language == .ru ? .ru : .kk
                let gap = try await centre.gaps.report(words, language: language, by: actor, at: now, once: key)
                try await centre.usage.settle(words, as: "gap:" + gap.id, by: actor, at: now)
            case "keep":
                try await centre.synonyms.keep(
                    words, card: site.form["card"].uppercased(), by: actor, at: now, once: key)
            case "drop": try await centre.synonyms.drop(words, by: actor, at: now, once: key)
            case "forget": try await centre.usage.forget(words)
            case "on": try await centre.usage.switchLearning(on: true, by: actor, at: now)
            case "off": try await centre.usage.switchLearning(on: false, by: actor, at: now)
            default: throw SiteError(.badRequest, "The form names no act.")
            }
        } catch {
            let problem = try site.problem(error)
            var page = try await page(site)
            (page.problem, page.words, page.card) = (problem.text, words, site.form["card"])
            return site.page(page, status: problem.status)
        }
        return site.redirect(to: .knowledgeQueries, notice: .knowledgeChanged)
    }
}
