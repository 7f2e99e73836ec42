import CardProposals
import Casework
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Logging
import Markup
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// What a body's link answers and does; every act is an event in the name of the link.
extension BodyLinkPage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try ended(site) }
        if link.subject == .complaint { return try await ComplaintLinkPage.show(link, site) }
        if link.subject == .cards { return try await CardsLinkPage.show(link, site) }
        if link.subject == .violation { return try await ViolationLinkPage.show(link, site) }
        if link.subject == .filings { return try await FilingsLinkPage.show(link, site) }
        // HEAD is no look: a program asks whether the address is there.
        if site.request.method == .get {
            try await site.environment.centre.bodyLinks.opened(link, at: site.environment.now())
        }
        return unlisted(site.page(try await page(link, site)))
    }

    /// Before a byte of the form is read: the link opens something, and is not acted by too often.
    static func admit(_ site: WebRequest) async throws -> Response? {
        guard let link = try await link(site) else { return try ended(site) }
        try site.limiters.link.take(link.id, at: site.environment.now())
        return nil
    }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try ended(site) }
        if link.subject == .complaint { return try await ComplaintLinkPage.act(link, site) }
        if link.subject == .cards { return try await CardsLinkPage.act(link, site) }
        if link.subject == .violation { return try await ViolationLinkPage.act(link, site) }
        // Each of its forms has an address of its own.
        if link.subject == .filings { throw SiteError(.badRequest, "The form does not say what is to be done.") }
        guard let act = BodyAct(rawValue: site.form["step"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        let token = try site.parameter("token")
        let draft = act == .submit ? site.form["draft"] : ""
        let form = act.form(
            token: token, edition: Int(site.form["edition"]), draft: draft.isEmpty ? nil : draft, site.reader)
        var reader = StepReader(form, site, keepsDocuments: false)
        do {
            if try await perform(act, link, &reader) {
                return unlisted(site.redirect(to: .bodyLink(.value(token)), notice: .bodyActDone))
            }
        } catch {
            try reader.take(error)
        }
        // Nothing of the file is left: it has to be chosen again.
        reader.form.kept = nil
        var page = try await page(link, site)
        page.sent = reader.form
        return unlisted(site.page(page, status: reader.status))
    }

    private static func link(_ site: WebRequest) async throws -> BodyLinkRecord? {
        try await site.environment.centre.bodyLinks.find(
            try site.parameter("token"), at: site.environment.now(),
            opening: [.request, .complaint, .cards, .violation, .filings])
    }

    /// Nothing is said of why; who tries often has to wait.
    static func ended(_ site: WebRequest) throws -> Response {
        SecurityLog.write("security.link", ["what": "opens nothing"], site.context)
        try site.limiters.signIn.take("body link \(site.context.customer)", at: site.environment.now())
        return unlisted(site.page(BodyLinkEndedPage(), status: .notFound))
    }

    /// For no search engine and no cache; the other headers of the site say the rest.
    static func unlisted(_ response: Response) -> Response {
        var response = response
        if let name = HTTPField.Name("X-Robots-Tag") { response.headers[name] = "noindex, nofollow, noarchive" }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func page(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> BodyLinkPage {
        let centre = site.environment.centre
        let stream = StreamID(kind: InformationRequest.streamKind, id: link.request)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let state = try await centre.casework.load(InformationRequest.self, id: link.request).state
        let found = try await centre.journal.read { db in
            try InformationRequestRecord.fetch(id: link.request, in: db).map { record in
                let card = try CardRecord.fetch(record.service, in: db)
                return (
                    record, try Registry.service(record.service, in: db)?.name,
                    try Registry.localizedName(of: link.body, on: today, in: db),
                    try ClockRow.fetch(of: stream, in: db).filter { $0.endedOn == nil && $0.owner != .ucc },
                    card,
                    try card.map { try state.sentAt != nil && CardDesk.mayConfirm(link.body, $0, in: db) } ?? false,
                    try centre.casework.calendars.calendar(in: db)
                )
            }
        }
        guard let (record, service, body, clocks, card, mayConfirm, calendar) = found else {
            throw SiteError(.notFound, "The request of the link is gone.")
        }
        return BodyLinkPage(
            link: link, record: record, state: state,
            service: service ?? Localized(kk: record.service, ru: record.service),
            body: body ?? Localized(kk: link.body, ru: link.body), clocks: clocks,
            titles: centre.casework.rulebooks.ruleTitles, calendar: calendar, card: card,
            mayConfirm: mayConfirm, token: try site.parameter("token"))
    }

    /// Does what the form says; false where something is wrong with it, which the reader's form then says.
    private static func perform(
        _ act: BodyAct, _ link: BodyLinkRecord, _ reader: inout StepReader
    ) async throws -> Bool {
        let site = reader.site
        let (centre, now) = (site.environment.centre, site.environment.now())
        let actor = BodyLinkDesk.actor(of: link.id)
        let source = "body link \(link.id.prefix(8))"
        let key = try site.formKey(of: actor)
        switch act {
        case .receive:
            let proof = reader.optional("number").map { "\(source), № \($0)" } ?? source
            guard reader.isRight else { return false }
            try await centre.onboarding.perform(
                .receive(RequestReceived(proof: proof), at: now), on: link.request, by: actor, at: now, once: key)
        case .appoint:
            let details = RequestStep.details(&reader)
            let order = reader.optional("order")
            guard reader.isRight else { return false }
            try await centre.onboarding.appoint(
                try await RequestStep.sealed(details, of: link.body, site), order: order, document: nil,
                to: link.request, happenedAt: now, by: actor, at: now, once: key)
        case .submit:
            reader.checkDocument()
            let submitted = InformationSubmitted(
                isSignedByHead: reader.text("signed") == "yes", isComplete: reader.text("complete") == "yes",
                document: reader.document)
            guard reader.isRight else { return false }
            let draft = site.form["draft"]
            try await site.keeping("document", for: actor) {
                guard draft.isEmpty else {
                    // The form on the screen was checked: what lacks in it is refused, and not returned.
                    var whole = submitted
                    whole.isComplete = true
                    return try await centre.proposals.submit(
                        whole, draft, of: link.request, by: actor, at: now, once: key)
                }
                _ = try await centre.onboarding.perform(
                    .submit(submitted, at: now), on: link.request, by: actor, at: now, once: key)
            }
        case .confirm:
            guard let edition = Int(site.form["edition"]),
                let record = try await centre.journal.read({
                    try InformationRequestRecord.fetch(id: link.request, in: $0)
                })
            else { throw SiteError(.badRequest, "The form does not say which edition it confirms.") }
            guard try await centre.casework.load(InformationRequest.self, id: link.request).state.sentAt != nil else {
                throw OnboardingRefusal.notSent("The request was not sent yet: nothing was asked of the body.")
            }
            // The card is that of the request, whatever the form says: a link opens one request of one body.
            try await centre.cards.perform(
                .confirm(edition: edition, body: link.body, document: source), on: record.service, by: actor,
                at: now, once: key)
        }
        return true
    }
}
