import Casework
import Correspondence
import Dispatch
import HTTPTypes
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Onboarding
import Registry
import WorkingDays

/// What a body's link answers and does; every act is an event in the name of the link.
extension BodyLinkPage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try ended(site) }
        try await site.environment.centre.bodyLinks.opened(link, at: site.environment.now())
        return unlisted(site.page(try await page(link, site)))
    }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try ended(site) }
        guard let act = BodyAct(rawValue: site.form["act"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        do {
            try await perform(act, link, site)
            return unlisted(
                site.redirect(to: .bodyLink(.value(try site.parameter("token"))), notice: .bodyActDone))
        } catch let wrong as Wrong {
            return try await again(act, wrong.field, wrong.text, link, site)
        } catch let refusal as Refusal {
            return try await again(act, refusal.field, site.words(of: refusal), link, site)
        }
    }

    /// A field that is missing or a file that was not kept.
    private struct Wrong: Error {
        let field: String?
        let text: String
    }

    private static func again(
        _ act: BodyAct, _ field: String?, _ text: String, _ link: BodyLinkRecord, _ site: WebRequest
    ) async throws -> Response {
        var page = try await page(link, site)
        page.form.typed = site.form
        page.form.problem = (act, field, text)
        return unlisted(site.page(page, status: .unprocessableContent))
    }

    private static func link(_ site: WebRequest) async throws -> BodyLinkRecord? {
        try await site.environment.centre.bodyLinks.find(
            try site.parameter("token"), at: site.environment.now())
    }

    /// Nothing is said of why; who tries often has to wait.
    private static func ended(_ site: WebRequest) throws -> Response {
        let peer = RequestOrigin.client(
            peer: site.context.peer, forwardedFor: site.request.headers[.forwardedFor],
            trusts: site.environment.configuration.trustsForwardedFor)
        try site.limiters.signIn.take("body link \(peer)", at: site.environment.now())
        return unlisted(site.page(BodyLinkEndedPage(), status: .notFound))
    }

    /// For no search engine and no cache; the other headers of the site say the rest.
    private static func unlisted(_ response: Response) -> Response {
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
                (
                    record, try Registry.service(record.service, in: db)?.name,
                    try Registry.localizedName(of: link.body, on: today, in: db),
                    try ClockRow.fetch(of: stream, in: db).filter { $0.endedOn == nil && $0.owner != .ucc },
                    try CardRecord.fetch(record.service, in: db), try centre.casework.calendars.calendar(in: db)
                )
            }
        }
        guard let (record, service, body, clocks, card, calendar) = found else {
            throw SiteError(.notFound, "The request of the link is gone.")
        }
        return BodyLinkPage(
            link: link, record: record, state: state,
            service: service ?? Localized(kk: record.service, ru: record.service),
            body: body ?? Localized(kk: link.body, ru: link.body), clocks: clocks,
            titles: centre.casework.rulebooks.ruleTitles, calendar: calendar, card: card,
            form: BodyActForm(token: try site.parameter("token"), key: site.freshKey))
    }

    private static func perform(_ act: BodyAct, _ link: BodyLinkRecord, _ site: WebRequest) async throws {
        let (centre, now, form) = (site.environment.centre, site.environment.now(), site.form)
        let actor = BodyLinkDesk.actor(of: link.id)
        let source = "body link \(link.id.prefix(8))"
        let key = form["key"].isEmpty ? nil : CommandKey(form["key"], content: "\(link.id) \(act.rawValue)".utf8)
        func optional(_ name: String) -> String? { form[name].isEmpty ? nil : form[name] }
        func given(_ name: String) throws -> String {
            guard let text = optional(name) else {
                throw Wrong(
                    field: name, text: site.environment.texts.text("form.missing", site.context.language))
            }
            return text
        }
        switch act {
        case .receive:
            let proof = optional("number").map { "\(source), № \($0)" } ?? source
            try await centre.onboarding.perform(
                .receive(RequestReceived(proof: proof), at: now), on: link.request, by: actor, at: now, once: key)
        case .appoint:
            let details = ResponsiblePersonDetails(
                name: try given("name"), position: try given("position"), phone: try given("phone"),
                email: form["email"])
            // Sealing writes the key of the person to the disk: not on the threads that answer others.
            let (body, vault) = (link.body, centre.vault)
            let sealed = try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try details.sealed(of: body, in: vault) })
                }
            }
            try await centre.onboarding.appoint(
                sealed, order: optional("order"), document: nil, to: link.request, happenedAt: now, by: actor,
                at: now, once: key)
        case .submit:
            if let problem = site.fileProblem("file") { throw Wrong(field: "file", text: problem) }
            guard let file = site.files("file").first else {
                throw Wrong(
                    field: "file", text: site.environment.texts.text("form.missing", site.context.language))
            }
            let submitted = InformationSubmitted(
                isSignedByHead: !form["signed"].isEmpty, isComplete: !form["complete"].isEmpty,
                document: file.digest)
            try await centre.onboarding.perform(
                .submit(submitted, at: now), on: link.request, by: actor, at: now, once: key)
        case .confirm:
            guard let edition = Int(form["edition"]),
                let record = try await centre.journal.read({
                    try InformationRequestRecord.fetch(id: link.request, in: $0)
                })
            else { throw SiteError(.badRequest, "The form does not say which edition it confirms.") }
            // The card is that of the request, whatever the form says: a link opens one request of one body.
            try await centre.cards.perform(
                .confirm(edition: edition, body: link.body, document: source), on: record.service, by: actor,
                at: now, once: key)
        }
    }
}
