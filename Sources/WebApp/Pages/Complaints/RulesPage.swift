import Accounts
import Casework
import Complaints
import ContactCentre
import Hummingbird
import Journal
import Languages
import Markup
import Rulebook
import WorkingDays

/// What another edition of the rules or of the routing table would change, before anybody adopts it: the terms beside each other, and
/// the complaints that would have another last day or another body. Nothing is recorded here.
struct RulesPage: Page {
    let editions: [RulebookEdition]
    let tables: [String]
    let left: RulebookEdition
    let right: RulebookEdition
    let table: String?
    let number: String?
    let compared: [ComparedComplaint]
    /// Whether there are more complaints than are compared here.
    let isCut: Bool
    let names: IntakeNames

    /// How many complaints are compared on the page; the command line compares all.
    static let most = 500

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("rules.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view)
        html.pageHeader(title(view), lead: view.t("rules.lead"))
        let options = editions.map { (value: $0.id, label: $0.id) }
        html.filterForm(
            to: .complaintRules, view,
            [
                .choice("from", label: view.t("rules.from"), any: nil, options, chosen: left.id),
                .choice("to", label: view.t("rules.to"), any: nil, options, chosen: right.id),
                .choice(
                    "table", label: view.t("rules.table"), any: view.t("rules.noTable"),
                    tables.map { (value: $0, label: $0) }, chosen: table ?? ""),
                .words("number", label: view.t("complaints.number"), value: number ?? "", limit: 20),
            ]
        ) { html in
            html.div(.class("buttons")) { html in
                html.button(.type("submit"), .class("button"), text: view.t("list.show"))
            }
        }
        terms(into: &html, view)
        cases(into: &html, view)
        html.p(.class("hint"), text: view.t("rules.adopt"))
    }

    /// The clocks of both editions, one a line; what is not known says so.
    private func terms(into html: inout HTML, _ view: View) {
        func rules(_ edition: RulebookEdition) -> [ClockRule] { edition.procedure("complaint-review")?.rules ?? [] }
        var ids = rules(left).map(\.id)
        ids += rules(right).map(\.id).filter { !ids.contains($0) }
        let columns = [Column(view.t("clocks.duty")), Column(left.id), Column(right.id)]
        html.dataTable(caption: view.t("rules.terms"), columns: columns, rows: ids) { row, html, id in
            let own = rules(left).first { $0.id == id }
            let other = rules(right).first { $0.id == id }
            row.cell(&html, (own ?? other)?.title[view.language] ?? id)
            row.cell(&html, term(own, view))
            row.cell(&html, term(other, view))
        }
        for edition in [left, right] {
            guard let silence = edition.procedure("complaint-review")?.silence else { continue }
            html.p(
                .class("hint"),
                text: "\(edition.id): \(silence.explanation[view.language]) (\(silence.cite[view.language]))")
        }
        // What the newer rules know beyond the review itself, and what of them was not found.
        let unknown = right.procedures.flatMap(\.rules).filter(\.isUnknown)
        guard !unknown.isEmpty else { return }
        html.p(.class("hint"), text: view.t("rules.unknownList"))
        html.ul(.class("bullets")) { html in
            for rule in unknown { html.li(text: "\(rule.title[view.language]) (\(rule.cite[view.language]))") }
        }
    }

    private func term(_ rule: ClockRule?, _ view: View) -> String {
        guard let rule else { return "–" }
        guard let term = rule.terms.last?.term else { return view.t("rules.unknown") }
        return "\(ProofTexts(language: view.language).term(term)), \(rule.cite[view.language])"
    }

    private func cases(into html: inout HTML, _ view: View) {
        let shown = number == nil ? compared.filter(\.differs) : compared
        html.p(
            text: view.t(
                "rules.count",
                ["all": NumberText.whole(compared.count), "moved": NumberText.whole(compared.count(where: \.differs))]))
        if isCut { html.p(.class("hint"), text: view.t("rules.cut", ["n": NumberText.whole(Self.most)])) }
        guard !shown.isEmpty else { return }
        var columns = [
            Column(view.t("complaints.number")), Column(view.t("clocks.body")), Column(left.id), Column(right.id),
        ]
        if table != nil { columns.append(Column(view.t("rules.other"))) }
        html.dataTable(caption: view.t("rules.cases"), columns: columns, rows: shown) { row, html, one in
            row.cell(&html) {
                $0.a(.class("whole"), .href(SitePath.complaint(.value(one.number)).path), text: one.number)
            }
            row.cell(&html) { $0.bodyName(one.body, names.bodies[one.body], view) }
            row.cell(&html) { self.side(one.left, &$0, view) }
            row.cell(&html) { self.side(one.right, &$0, view) }
            guard table != nil else { return }
            row.cell(&html) { html in
                guard let answer = one.answer, one.movesToAnother else { return html.text("–") }
                html.bodyName(answer.body, names.bodies[answer.body], view)
                html.p(.class("hint"), text: answer.why[view.language])
            }
        }
    }

    private func side(_ side: ComplaintUnderLaw, _ html: inout HTML, _ view: View) {
        if let due = side.due { html.date(due, view) } else { html.text("–") }
        html.text(" · " + view.t(side.standing.label))
        if !side.refused.isEmpty { html.p(.class("hint"), text: view.t("rules.refused")) }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        let (desk, now) = (site.environment.centre.complaints, site.environment.now())
        func chosen(_ name: String) -> String? { site.query(name).flatMap { $0.isEmpty ? nil : $0 } }
        let pair: (left: RulebookEdition, right: RulebookEdition)
        do {
            pair = try desk.editions(chosen("from"), chosen("to"), at: now)
        } catch is Refusal {
            throw SiteError(.notFound, "There is no such edition.")
        }
        let table = chosen("table").flatMap { desk.routing.edition($0) }
        let number = chosen("number")
        let compared = try await desk.compare(
            pair.left, pair.right, table: table, number: number, limit: most + 1, at: now)
        let page = RulesPage(
            editions: desk.casework.rulebooks.editions(of: "complaint-review"),
            tables: desk.routing.editions.map(\.edition), left: pair.left, right: pair.right, table: table?.edition,
            number: number, compared: Array(compared.prefix(most)), isCut: compared.count > most,
            names: try await IntakeWork.names(site))
        return site.page(page)
    }
}

extension ComplaintUnderLaw.Standing {
    /// How the review would stand, in words.
    fileprivate var label: TextKey {
        switch self {
        case .open: "rules.open"
        case .late: "rules.late"
        case .met: "rules.met"
        case .cancelled: "rules.cancelled"
        case .none: "rules.none"
        }
    }
}
