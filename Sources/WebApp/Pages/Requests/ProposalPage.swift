import Accounts
import CardProposals
import Casework
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Onboarding
import Registry
import WorkingDays

/// The form of a card that a body submitted: line by line against the card in force, as operators would see it; returned with
/// remarks on its fields, or accepted by one key (797 §5).
struct ProposalPage: Page {
    let proposal: CardProposalRecord
    let record: CardRecord
    let body: Localized
    let check: CardFormCheck
    let stated: [(fact: CardFact, text: CardText)]
    /// Whether the step can be recorded by whoever reads.
    let isOpen: Bool
    var remarks: [String: String] = [:]
    var reason = ""
    var problem: String?

    /// What can be done.
    enum Act: String, Sendable {
        case accept, giveBack = "return"
    }

    var section: NavigationSection? { .requests }
    func title(_ view: View) -> String { view.t("proposal.title") }
    private var path: SitePath { .requestCard(.value(proposal.request)) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.requests"), .requests), (proposal.request, .request(.value(proposal.request)))], view)
        html.pageHeader(title(view), lead: proposal.card.title.text(view.language)?.text) { html in
            html.tag(view.name("proposalState", proposal.state))
            html.a(
                .class("button"), .href(SitePath.cardHistory(.value(proposal.card.code)).path),
                text: view.t("proposal.card"))
        }
        if let problem { html.alert(.danger, title: problem) }
        html.facts([
            Fact(view.t("clocks.body")) { $0.bodyName(proposal.body, body, view) },
            Fact(view.t("proposal.submitted")) { $0.moment(proposal.proposedAt, view) },
            Fact(
                view.t("proposal.against"),
                view.t(
                    "proposal.editions",
                    ["base": NumberText.whole(proposal.base), "present": NumberText.whole(record.edition)])),
        ])
        if proposal.state == .returned { said(&html, view) }
        html.lagging(check.uneven, view)
        if isOpen { accept(&html, view) }
        CardPreview(
            card: proposal.card, present: record.card, differences: check.differences, stated: stated,
            uneven: check.uneven
        )
        .draw(into: &html, view)
        if isOpen { giveBack(&html, view) }
    }

    private func said(_ html: inout HTML, _ view: View) {
        html.panel(view.t("proposal.remarks"), id: "remarks") { html in
            html.ul { html in
                for remark in proposal.remarks {
                    html.li { html in
                        html.strong(text: CardFieldName.name(remark.field, view) + ": ")
                        html.text(remark.text)
                    }
                }
            }
        }
    }

    private func hidden(_ act: Act, _ html: inout HTML) {
        for (name, value) in [
            ("step", act.rawValue), ("number", "\(proposal.number)"), ("edition", "\(record.edition)"),
        ] {
            html.input(.type("hidden"), .name(name), .value(value))
        }
    }

    private func accept(_ html: inout HTML, _ view: View) {
        html.panel(view.t("proposal.accept"), id: "accept") { html in
            html.p(text: view.t("proposal.acceptHelp"))
            html.postForm(to: path, view) { html in
                hidden(.accept, &html)
                html.formButtons(submit: view.t("proposal.accept"), view)
            }
        }
    }

    private func giveBack(_ html: inout HTML, _ view: View) {
        html.details(.class("panel fold"), .id("return"), Attribute("open", flag: problem != nil)) { html in
            html.summary { $0.h2(text: view.t("proposal.return")) }
            html.p(text: view.t("proposal.returnHelp"))
            html.postForm(to: path, view, .class("form is-wide")) { html in
                hidden(.giveBack, &html)
                // What has changed is what is spoken of most.
                let changed = Set(check.differences.map(\.field))
                for field in CardFormField.ofBody where changed.contains(field.rawValue) {
                    remark(field, &html, view)
                }
                html.details(.class("fold")) { html in
                    html.summary(text: view.t("proposal.otherFields"))
                    for field in CardFormField.ofBody where !changed.contains(field.rawValue) {
                        remark(field, &html, view)
                    }
                }
                html.textArea(
                    Field("reason", label: view.t("proposal.reason"), isRequired: false), view, rows: 3, value: reason)
                html.formButtons(submit: view.t("proposal.return"), view, isDangerous: true)
            }
        }
    }

    private func remark(_ field: CardFormField, _ html: inout HTML, _ view: View) {
        let name = "remark." + field.rawValue
        html.textArea(
            .filter(name, label: CardFieldName.name(field.rawValue, view), id: "remark-" + field.rawValue), view,
            rows: 2, value: remarks[field.rawValue] ?? "")
    }
}

extension ProposalPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await load(site)) }

    static func act(_ site: WebRequest) async throws -> Response {
        var page = try await load(site)
        let (authority, form) = (try site.authority, site.form)
        try authority.require(.manageCards)
        guard let act = Act(rawValue: form["step"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        let (desk, request, view) = (site.environment.centre.proposals, page.proposal.request, site.reader)
        let (now, key) = (site.environment.now(), try site.formKey(of: authority.actor))
        page.reason = String(form["reason"].prefix(2_000))
        for field in CardFormField.ofBody {
            page.remarks[field.rawValue] = String(form["remark." + field.rawValue].prefix(1_000))
        }
        let number = Int(form["number"]) ?? 0
        do {
            switch act {
            case .accept:
                _ = try await desk.accept(
                    number, against: Int(form["edition"]) ?? 0, of: request, by: authority.actor, at: now, once: key)
            case .giveBack:
                let remarks = CardFormField.ofBody.compactMap { field -> CardProposalRemark? in
                    let text = page.remarks[field.rawValue] ?? ""
                    return text.isEmpty ? nil : CardProposalRemark(field: field.rawValue, text: text)
                }
                let said = remarks.map { CardFieldName.name($0.field, view) + ": " + $0.text }
                let text = ([page.reason].filter { !$0.isEmpty } + said).joined(separator: "\n")
                try await desk.giveBack(
                    number, remarks: remarks, StepNote(text: text), of: request, by: authority.actor, at: now,
                    once: key)
            }
            return site.redirect(to: .request(.value(request)), notice: .stepDone)
        } catch {
            let problem = try site.problem(error)
            page.problem = problem.text
            return site.page(page, status: problem.status)
        }
    }

    private static func load(_ site: WebRequest) async throws -> ProposalPage {
        let id = try site.parameter("id")
        let (centre, authority) = (site.environment.centre, try site.authority)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let found = try await centre.journal.read {
            db -> (CardProposalRecord, CardRecord, Localized?, CardFormCheck)? in
            guard let proposal = try CardProposalRecord.latest(of: id, in: db),
                let record = try CardRecord.fetch(proposal.card.code, in: db),
                let check = try CardDesk.check(
                    CardForm(proposal.card), of: proposal.card.code, edition: proposal.base, in: db)
            else { return nil }
            return (proposal, record, try Registry.localizedName(of: proposal.body, on: today, in: db), check)
        }
        guard let (proposal, record, body, check) = found else {
            throw SiteError(.notFound, "No form of a card was submitted to the request \(id).")
        }
        return ProposalPage(
            proposal: proposal, record: record, body: body ?? Localized(kk: proposal.body, ru: proposal.body),
            check: check, stated: centre.cards.stated(proposal.card, on: today),
            isOpen: proposal.state == .waiting && authority.may(.manageRequests) && authority.may(.manageCards))
    }
}
