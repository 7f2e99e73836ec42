import Accounts
import Blocking
import CardProposals
import Casework
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Onboarding
import PersonalData
import Registry
import Rulebook
import WorkingDays

/// One information request: where it stands, its chain of terms, the next steps as forms, and everything that happened.
struct RequestPage: Page {
    let record: InformationRequestRecord
    let service: Localized
    let body: Localized
    let parts: CaseParts
    let state: InformationRequestState
    /// Who is responsible for this request by now (797 §5); nil where nobody is known. The name is opened on the page of
    /// the body only, where that look is recorded.
    let person: ResponsiblePerson?
    /// The short cases beside the request, the latest first.
    let duties: [DutyRecord]
    /// The card of the service and its edition, to be named when the information is entered.
    let card: (code: String, edition: Int)?
    /// The form of the card that the body submitted last; nil where it submitted none.
    var proposal: CardProposalRecord?
    /// The forms, in the order of the page.
    let forms: [StepForm]
    /// The form that was sent and refused; it stands in the place of its own.
    var sent: StepForm?

    var section: NavigationSection? { .requests }
    func title(_ view: View) -> String { view.t("request.title", ["number": record.id]) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.requests"), .requests), (view.t("nav.plan"), .plan)], view)
        html.pageHeader(service[view.language], lead: title(view)) { html in
            html.stateTag(record.state, view)
            if view.may(.manageRequests) {
                html.a(
                    .class("button"), .href(SitePath.letterNew.with(["case": "onboarding/" + record.id])),
                    text: view.t("letters.new"))
                html.a(
                    .class("button"), .href(SitePath.bodyLinks.with(["request": record.id])),
                    text: view.t("bodyLinks.title"))
            }
        }
        if let proposal {
            html.alert(
                proposal.state == .waiting ? .warning : .info,
                title: view.t("proposal.at", ["date": view.dates.short(proposal.proposedAt)])
                    + " · " + view.name("proposalState", proposal.state)
            ) { html in
                html.p {
                    $0.a(.href(SitePath.requestCard(.value(record.id)).path), text: view.t("proposal.look"))
                }
            }
        }
        html.panel(view.t("case.clocks"), id: "clocks") { html in
            html.reviews(parts, view)
            html.clockChain(parts, view)
            html.proofs(parts, view)
        }
        html.div(.class("columns")) { html in
            html.div(.class("stack")) { html in
                if view.may(.manageRequests) { steps(into: &html, view) }
                html.history(parts, view) { event, html in
                    html.requestEntry(event, of: record, parts, canCorrect: view.may(.manageRequests), view)
                }
            }
            html.div(.class("stack")) { html in
                facts(into: &html, view)
                others(into: &html, view)
            }
        }
    }

    private func facts(into html: inout HTML, _ view: View) {
        html.panel(view.t("request.facts"), id: "facts") { html in
            var facts = [
                Fact(view.t("clocks.body")) { $0.bodyName(record.body, body, view) },
                Fact(view.t("plan.line")) { html in
                    html.a(
                        .href(SitePath.planLine(.value(record.plan), .value(record.line)).path),
                        text: view.t("plan.lineOf", ["line": record.line, "plan": record.plan]))
                },
                Fact(view.t("plan.requestOn"), DateText.short(record.requestOn)),
                Fact(
                    view.t("plan.acceptanceOn"),
                    record.acceptanceOn.map(DateText.short) ?? "–"),
                Fact(view.t("request.outgoing"), record.number ?? "–"),
            ]
            if let unit = record.unit { facts.append(Fact(view.t("plan.unit"), unit)) }
            if let person {
                facts.append(
                    Fact(view.t("request.person")) { html in
                        html.p(text: view.t("complaints.masked"))
                        html.p(
                            .class("hint"), text: view.t("body.from", ["date": DateText.short(person.since)]))
                        guard view.may(.manageRequests) else { return }
                        html.a(
                            .href(SitePath.body(.value(record.body)).path + "#persons"),
                            text: view.t("complaint.reveal"))
                    })
            }
            html.facts(facts)
        }
    }

    private func others(into html: inout HTML, _ view: View) {
        guard !duties.isEmpty else { return }
        html.panel(view.t("request.duties"), id: "duties") { html in
            html.ul(.class("links")) { html in
                for duty in duties {
                    html.li { html in
                        html.a(
                            .href(SitePath.duty(.value(duty.kind), .value(duty.stream.id)).path),
                            text: DutyName(rawValue: duty.kind).map { view.name("duty", $0) } ?? duty.kind)
                        html.p(.class("hint")) { html in
                            if let day = CivilDate(duty.begunOn) { html.date(day, view) }
                            html.text(" · ")
                            html.text(view.standing(of: duty))
                        }
                        html.p(.class("quote"), text: duty.text)
                    }
                }
            }
        }
    }
}

extension RequestPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await load(try site.parameter("id"), site))
    }

    /// Reads a request with everything that its page shows.
    static func load(_ id: String, _ site: WebRequest) async throws -> RequestPage {
        let centre = site.environment.centre
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let state = try await centre.casework.load(InformationRequest.self, id: id).state
        let found = try await centre.journal.read { db in
            try InformationRequestRecord.fetch(id: id, in: db).map { record in
                (
                    record, try Registry.service(record.service, in: db)?.name,
                    try Registry.localizedName(of: record.body, on: today, in: db),
                    try state.registration.map { try Registry.responsiblePerson(inPlaceOf: $0, on: today, in: db) }
                        ?? Registry.responsiblePerson(of: record.body, on: today, in: db),
                    try DutyRecord.fetch(body: record.body, service: record.service, in: db),
                    try CardProposalRecord.latest(of: id, in: db)
                )
            }
        }
        guard let (record, service, body, responsible, duties, proposal) = found,
            let parts = try await CaseParts(StreamID(kind: InformationRequest.streamKind, id: id), site)
        else { throw SiteError(.notFound, "no request \(id)") }
        let card = try await centre.cards.card(record.service).map { ($0.card.code, $0.edition) }
        // The entry is in the address where the form is opened, and in the form where it was refused.
        let corrected = Int(site.form["entry"]) ?? site.query("correct").flatMap(Int.init)
        var page = RequestPage(
            record: record, service: service ?? Localized(kk: record.service, ru: record.service),
            body: body ?? Localized(kk: record.body, ru: record.body), parts: parts, state: state,
            person: responsible, duties: duties, card: card, forms: [])
        page = RequestPage(
            record: page.record, service: page.service, body: page.body, parts: parts, state: state,
            person: page.person, duties: duties, card: card,
            proposal: proposal, forms: page.steps(correcting: corrected).compactMap { page.form($0, site) })
        return page
    }
}
