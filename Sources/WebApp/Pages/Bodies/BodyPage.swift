import Accounts
import Blocking
import Casework
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// One body: what it is, who answers for it, what was asked of it, and how it keeps its terms.
///
/// Who answers is masked until somebody says what he needs the name for; that look is recorded.
struct BodyPage: Page {
    let overview: BodyOverview
    /// The titles of the rules.
    let titles: [String: Localized]
    /// From how many refusals within a month on the Agency is told (797 §12); nil where the rulebook does not say.
    let repeatedly: Int?
    /// The indexes of the forms that bodies file, by code.
    let indexes: [String: String]
    /// The form that said that somebody left (797 §7), where it was sent and refused.
    var sent: StepForm?
    /// The form of the ways to the body, where it was sent and refused.
    var sentChannel: StepForm?
    /// The token of its system, made a moment ago and shown this once.
    var token: String?
    /// What its system checks signatures by, shown with the token.
    var secret: String?
    /// Who answers or answered, opened a moment ago; a person that was erased is nil.
    var revealed: [String: ResponsiblePersonDetails?]?
    /// Why nothing was opened.
    var purposeProblem: String?

    var record: PublicBody { overview.body }
    var section: NavigationSection? { .bodies }
    func title(_ view: View) -> String { record.name(on: view.today)[view.language] }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.bodies"), .bodies)]
                + overview.ancestors.reversed().map { ($0.name[view.language], .body(.value($0.code))) }, view)
        html.pageHeader(title(view), lead: lead(view)) { html in
            if view.may(.readRequests) {
                html.a(
                    .class("button"), .href(SitePath.requests.with(["body": record.code])),
                    text: view.t("nav.requests"))
                html.a(
                    .class("button"), .href(SitePath.clocks.with(["list": "open", "body": record.code])),
                    text: view.t("nav.clocks"))
            }
        }
        if let end = record.validTo, end < view.today { closed(on: end, &html, view) }
        html.tiles(tiles(view))
        html.div(.class("columns")) { html in
            html.div(.class("stack")) { html in
                if view.may(.readRequests) {
                    dates(into: &html, view)
                    requests(into: &html, view)
                } else {
                    services(into: &html, view)
                }
            }
            html.div(.class("stack")) { html in
                facts(into: &html, view)
                if view.may(.manageRegistry) { channel(into: &html, view) }
                if view.may(.readReports) { filings(into: &html, view) }
                if view.may(.readRequests) {
                    persons(into: &html, view)
                    refusals(into: &html, view)
                    correspondence(into: &html, view)
                }
            }
        }
        if view.may(.readRequests) {
            timeliness(into: &html, view)
            violations(into: &html, view)
            services(into: &html, view)
        }
    }

    private func lead(_ view: View) -> String {
        [record.kind.label[view.language], overview.region?[view.language]].compactMap { $0 }.joined(separator: " · ")
    }

    private func closed(on end: CivilDate, _ html: inout HTML, _ view: View) {
        html.alert(.warning, title: view.t("bodies.closedOn", ["date": DateText.short(end)])) { html in
            guard let successor = overview.successor else { return }
            html.p { html in
                html.text(view.t("body.successor") + ": ")
                html.bodyName(successor.code, successor.name, view)
            }
        }
    }

    private func tiles(_ view: View) -> [Tile] {
        let live = overview.services.count { $0.card == .live }
        var tiles = [
            Tile(
                value: NumberText.whole(overview.services.count), label: view.t("bodies.services"),
                note: view.t("body.live", ["n": NumberText.whole(live)]),
                address: overview.services.isEmpty ? nil : "#services")
        ]
        guard view.may(.readRequests) else { return tiles }
        let (requests, breaches, refusals) = (
            overview.figures.requests, overview.figures.breaches, overview.refusals.count
        )
        tiles += [
            Tile(
                value: NumberText.whole(requests), label: view.t("bodies.openRequests"),
                address: SitePath.requests.with(["body": record.code, "open": "yes"])),
            Tile(
                value: NumberText.whole(breaches), label: view.t("bodies.breaches"),
                address: SitePath.clocks.with(["list": "breached", "body": record.code]),
                state: breaches > 0 ? .breached : nil),
            Tile(
                value: view.t(
                    "body.refusalsOf", ["n": "\(refusals)", "limit": repeatedly.map(String.init) ?? "–"]),
                label: view.t("body.refusals"), note: view.t("body.refusalsNote"), address: "#refusals",
                state: repeatedly.map { refusals >= $0 } ?? false ? .breached : refusals > 0 ? .dueToday : nil),
        ]
        if view.may(.readComplaints) {
            tiles.append(
                Tile(
                    value: NumberText.whole(overview.openComplaints), label: view.t("body.complaints"),
                    address: SitePath.complaints.with(["body": record.code, "status": "open"])))
        }
        return tiles
    }

    private func facts(into html: inout HTML, _ view: View) {
        html.panel(view.t("request.facts"), id: "facts") { html in
            let (today, overview) = (view.today, overview)
            let name = record.name(on: today)
            var facts = [
                Fact("Қазақша") { $0.span(.lang(.kk), text: name.kk) },
                Fact("На русском") { $0.span(.lang(.ru), text: name.ru) },
            ]
            if let english = name.en { facts.append(Fact("In English") { $0.span(.lang(.en), text: english) }) }
            facts.append(Fact(view.t("bodies.code")) { $0.element("code", [], text: overview.body.code) })
            if let level = record.level { facts.append(Fact(view.t("body.level"), view.name("localLevel", level))) }
            if let parent = overview.ancestors.first {
                facts.append(Fact(view.t("body.parent")) { $0.bodyName(parent.code, parent.name, view) })
            }
            let dates = [
                record.validFrom.map { view.t("body.from", ["date": DateText.short($0)]) },
                record.validTo.map { view.t("body.to", ["date": DateText.short($0)]) },
            ].compactMap { $0 }
            if !dates.isEmpty { facts.append(Fact(view.t("body.exists"), dates.joined(separator: " "))) }
            if let successor = overview.successor {
                facts.append(Fact(view.t("body.successor")) { $0.bodyName(successor.code, successor.name, view) })
            }
            if !overview.predecessors.isEmpty {
                facts.append(Fact(view.t("body.predecessors")) { $0.bodyList(overview.predecessors, view) })
            }
            let former = record.names.filter { !$0.applies(on: today) }
            if !former.isEmpty { facts.append(Fact(view.t("body.former")) { $0.formerNames(former, view) }) }
            if !overview.children.isEmpty {
                facts.append(
                    Fact(view.t("body.children", ["n": NumberText.whole(overview.children.count)])) { html in
                        html.bodyList(Array(overview.children.prefix(8)), view)
                        guard overview.children.count > 8 else { return }
                        html.p {
                            $0.a(
                                .href(SitePath.bodies.with(["parent": overview.body.code])),
                                text: view.t("body.allChildren"))
                        }
                    })
            }
            html.facts(facts)
        }
    }
}

extension HTML {
    fileprivate mutating func bodyList(_ bodies: [PublicBody], _ view: View) {
        ul(.class("plain-list")) { html in
            for body in bodies { html.li { $0.bodyName(body.code, body.name, view) } }
        }
    }

    fileprivate mutating func formerNames(_ names: [DatedName], _ view: View) {
        ul(.class("plain-list")) { html in
            for name in names {
                html.li { html in
                    html.localized(name.name, view)
                    if let through = name.through {
                        html.p(.class("hint"), text: view.t("body.to", ["date": DateText.short(through)]))
                    }
                }
            }
        }
    }
}

extension BodyPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    static func page(_ site: WebRequest) async throws -> BodyPage {
        let code = try site.parameter("code")
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let (language, cards) = (site.context.language, try site.visibleCardStates)
        let kinds = PermittedClocks.kinds(for: try site.authority.permissions)
        let centre = site.environment.centre
        let overview = try await centre.journal.read { db in
            try BodyOverview.fetch(code, on: today, language, cards: cards, clocks: kinds, in: db)
        }
        guard let overview else { throw SiteError(.notFound, "no body \(code)") }
        let notice = centre.casework.rulebooks.procedure(RefusalNotice.procedure, on: today)
        return BodyPage(
            overview: overview, titles: centre.casework.rulebooks.ruleTitles, repeatedly: notice?.repetition?.times,
            indexes: centre.internalControl.shortNames)
    }

    /// Shows who answers for the body, after the look and its purpose were recorded.
    static func reveal(_ site: WebRequest) async throws -> Response {
        let authority = try site.authority
        try authority.require(.manageRequests)
        let code = try site.parameter("code")
        var page = try await page(site)
        let (centre, purpose) = (site.environment.centre, site.form["purpose"])
        do {
            _ = try await centre.casework.transact(by: authority.actor, at: site.environment.now()) { session in
                try Registry.recordLook(atPersonsOf: code, for: purpose, in: session)
                return true
            }
        } catch let refusal as Refusal {
            page.purposeProblem = site.words(of: refusal)
            return site.page(page, status: .unprocessableContent)
        }
        let (persons, vault) = (page.overview.persons, centre.vault)
        // The keys are read off the cooperative pool.
        page.revealed = try await Blocking.brief.run {
            try persons.reduce(into: [:]) { $0[$1.id] = .some(try $1.sealed.open(with: vault)) }
        }
        return site.secretPage(page)
    }
}
