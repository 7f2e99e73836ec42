import Accounts
import Casework
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup

/// What callers asked and no card answered, with what can be done about each.
struct GapsPage: Page {
    let gaps: [GapRecord]
    /// What to ask for to get the next page.
    var next: String?
    let counts: [GapState: Int]
    let names: [String: String]
    var choice = Choice.open
    var isFirst = true
    /// What could not be done, and with which gap.
    var problem: (gap: String, words: String)?
    /// Whether it is the page of one gap.
    var isOne = false

    /// Which gaps are shown.
    enum Choice: String, CaseIterable, Sendable {
        case open, closed, dismissed

        var states: Set<GapState> {
            switch self {
            case .open: [.open, .asked]
            case .closed: [.closed]
            case .dismissed: [.dismissed]
            }
        }

        var label: TextKey {
            switch self {
            case .open: "gaps.open"
            case .closed: "gaps.closed"
            case .dismissed: "gaps.dismissed"
            }
        }
    }

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String {
        guard isOne, let gap = gaps.first else { return view.t("knowledge.gaps") }
        return view.t("gaps.one", ["number": gap.id])
    }

    func draw(into html: inout HTML, _ view: View) {
        if isOne {
            let way: [(String, SitePath)] = [
                (view.t("nav.knowledge"), .knowledgeCards), (view.t("knowledge.gaps"), .knowledgeGaps),
            ]
            html.breadcrumbs(way, view)
        }
        html.pageHeader(title(view), lead: isOne ? nil : view.t("gaps.lead"))
        if !isOne { choices(into: &html, view) }
        if let problem { html.alert(.danger, title: problem.words) }
        guard !gaps.isEmpty else {
            return html.emptyState(
                title: view.t("gaps.none"), text: view.t(choice == .open ? "gaps.noneOpen" : "gaps.noneOther"))
        }
        html.ol(.class("ledger")) { html in for gap in gaps { html.li { line(gap, &$0, view) } } }
        guard !isOne else { return }
        html.pager(
            Pager(
                summary: "", previous: isFirst ? nil : SitePath.knowledgeGaps.with(["show": choice.rawValue]),
                next: next.map { SitePath.knowledgeGaps.with(["show": choice.rawValue, "after": $0]) }), view)
    }

    private func choices(into html: inout HTML, _ view: View) {
        html.knowledgeTabs(.gaps, view)
        html.choices(
            view.t("knowledge.state"),
            Choice.allCases.map { choice in
                let count = choice.states.reduce(0) { $0 + (counts[$1] ?? 0) }
                return (
                    "\(view.t(choice.label)) · \(NumberText.whole(count))",
                    SitePath.knowledgeGaps.with(["show": choice.rawValue]), choice == self.choice
                )
            })
    }

    private func line(_ gap: GapRecord, _ html: inout HTML, _ view: View) {
        html.div(.class("ledger-head")) { html in
            html.h2(
                .class("ledger-title"), .lang(gap.language), text: gap.words.isEmpty ? gap.service ?? gap.id : gap.words
            )
            if gap.times > 1 { html.tag(view.t("gaps.times", count: gap.times)) }
            if gap.state == .asked { html.tag(view.name("gapState", gap.state)) }
        }
        html.p(.class("note")) { html in
            var parts = [gap.id, view.dates.short(gap.lastAt), names[gap.reportedBy] ?? gap.reportedBy]
            if let body = gap.body { parts.append(body) }
            if let request = gap.request { parts.append(view.t("gaps.request", ["number": request])) }
            html.text(parts.joined(separator: " · "))
            if let service = gap.service {
                html.text(" · ")
                html.a(.href(SitePath.card(.value(service)).path), text: service)
            }
        }
        switch gap.state {
        case .open, .asked: actions(gap, &html, view)
        case .closed:
            html.p { html in
                html.text(view.t("gaps.closedBy", ["edition": "\(gap.edition ?? 0)"]) + " ")
                html.a(.href(SitePath.cardHistory(.value(gap.card ?? "")).path), text: gap.card ?? "")
            }
        case .dismissed: html.p(text: gap.reason ?? "")
        }
    }

    private func actions(_ gap: GapRecord, _ html: inout HTML, _ view: View) {
        let isWrong = problem?.gap == gap.id
        html.div(.class("ledger-actions")) { html in
            html.a(
                .class("button is-small"),
                .href(SitePath.knowledgeSynonym("new").with(["say": gap.words])), text: view.t("gaps.synonym"))
            html.details(.class("fold"), Attribute("open", flag: isWrong)) { html in
                html.summary(text: view.t("gaps.answer"))
                html.postForm(to: .knowledgeGap(.value(gap.id)), view, .class("form-row")) { html in
                    html.input(.type("hidden"), .name("act"), .value("close"))
                    html.textField(
                        Field("card", label: view.t("gaps.card"), hint: view.t("gaps.cardHint"), id: "card-" + gap.id),
                        view, value: gap.service ?? "", Attribute("maxlength", 20))
                    html.button(.type("submit"), .class("button"), text: view.t("gaps.close"))
                }
                html.postForm(to: .knowledgeGap(.value(gap.id)), view, .class("form-row")) { html in
                    html.input(.type("hidden"), .name("act"), .value("dismiss"))
                    html.textField(
                        Field("reason", label: view.t("gaps.reason"), id: "reason-" + gap.id), view,
                        Attribute("maxlength", 300))
                    html.button(.type("submit"), .class("button is-quiet"), text: view.t("gaps.dismiss"))
                }
            }
        }
    }
}

extension GapsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await page(site, Choice(rawValue: site.query("show") ?? "") ?? .open, site.query("after")))
    }

    /// One gap alone, where a contact or the statistics led to it.
    static func one(_ site: WebRequest) async throws -> Response {
        let (id, centre) = (try site.parameter("id"), site.environment.centre)
        guard let gap = try await centre.gaps.gap(id) else { throw SiteError(.notFound, "There is no gap \(id).") }
        return site.page(
            GapsPage(
                gaps: [gap],
                counts: try await centre.journal.read { try GapRecord.counts(in: $0) },
                names: try await site.names(of: [gap.reportedBy]),
                choice: Choice.allCases.first { $0.states.contains(gap.state) } ?? .open, isOne: true))
    }

    private static func page(_ site: WebRequest, _ choice: Choice, _ cursor: String?) async throws -> GapsPage {
        var filter = GapRecord.Filter()
        filter.states = choice.states
        let centre = site.environment.centre
        let list = try await centre.gaps.gaps(filter, after: cursor, limit: 30)
        return GapsPage(
            gaps: list.items, next: list.next, counts: try await centre.journal.read { try GapRecord.counts(in: $0) },
            names: try await site.names(of: list.items.map(\.reportedBy)), choice: choice, isFirst: cursor == nil)
    }

    static func change(_ site: WebRequest) async throws -> Response {
        let id = try site.parameter("id")
        let (centre, actor, now) = (site.environment.centre, try site.authority.actor, site.environment.now())
        guard try await centre.gaps.gap(id) != nil else { throw SiteError(.notFound, "There is no gap \(id).") }
        let key = try site.formKey(of: actor)
        do {
            switch site.form["act"] {
            case "close":
                let code = site.form["card"].uppercased()
                let edition = try await centre.cards.card(code)?.edition ?? 0
                try await centre.gaps.close(id, card: code, edition: edition, by: actor, at: now, once: key)
            case "dismiss":
                try await centre.gaps.dismiss(
                    id, reason: String(site.form["reason"].prefix(300)), by: actor, at: now, once: key)
            default: throw SiteError(.badRequest, "The form names no act.")
            }
        } catch {
            let problem = try site.problem(error)
            var page = try await page(site, .open, nil)
            page.problem = (id, problem.text)
            return site.page(page, status: problem.status)
        }
        return site.redirect(to: .knowledgeGaps, notice: .knowledgeChanged)
    }
}
