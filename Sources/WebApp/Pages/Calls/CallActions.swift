import Accounts
import Casework
import ContactCentre
import Contacts
import HTTPTypes
import Hummingbird
import KnowledgeBase
import Languages
import Logging
import Markup
import PersonalData

/// What the bar does: start, describe, close; and the address that telephony opens.
enum CallActions {
    /// `GET /pop?call=…`, opened by telephony when a call is taken: begins a contact and goes on to a clean address.
    ///
    /// The reference is in no log (`AccessLog` writes patterns of routes) and at most its keyed hash is in the journal
    /// (`CallReference`). A page of another site cannot begin a contact in an operator's name: it gets the search only.
    static func pop(_ site: WebRequest) async throws -> Response {
        let fetchSite = site.request.headers[.fetchSite]
        guard fetchSite != "cross-site" else { return site.redirect(to: .search) }
        let reference = CallReference(site.query("call") ?? "").opaque
        let vault = site.environment.centre.vault
        let language = site.context.language == .ru ? Language.ru : .kk
        do {
            _ = try await site.environment.centre.contacts.start(
                ContactStarted(
                    channel: .phone, language: site.query("language").flatMap(Language.init(rawValue:)) ?? language,
                    call: reference.map { vault.person(knownBy: "call:" + $0).rawValue }),
                by: try site.authority.actor, at: site.environment.now())
        } catch {
            // Somebody is on the line: whatever keeps us from recording, the operator gets his search.
            site.context.logger.error("contact.pop.start.failed", metadata: ["error": "\(error)"])
        }
        return site.redirect(to: .search)
    }

    static func start(_ site: WebRequest) async throws -> Response {
        let contact = try await site.environment.centre.contacts.start(
            ContactStarted(
                channel: ContactChannel(rawValue: site.form["channel"]) ?? .phone,
                language: Language(rawValue: site.form["language"]) ?? .kk),
            by: try site.authority.actor, at: site.environment.now())
        return try await answer(site, contact)
    }

    static func describe(_ site: WebRequest) async throws -> Response {
        let described = ContactDescribed(
            channel: ContactChannel(rawValue: site.form["channel"]),
            language: Language(rawValue: site.form["language"]), topic: ContactTopic(rawValue: site.form["topic"]))
        return try await perform([.describe(described)], site)
    }

    static func close(_ site: WebRequest) async throws -> Response {
        guard let outcome = ContactOutcome(rawValue: site.form["outcome"]) else {
            throw SiteError(.badRequest, "The form names no outcome.")
        }
        var commands: [Contact.Command] = []
        if outcome == .answeredByCard, let reading = reading(site) { commands.append(.tell(reading)) }
        commands.append(.close(outcome, .person))
        return try await perform(commands, site)
    }

    /// Records the card of the page as read out, without closing.
    static func told(_ site: WebRequest) async throws -> Response {
        guard let reading = reading(site) else { throw SiteError(.badRequest, "The form names no edition.") }
        return try await perform([.tell(reading)], site)
    }

    /// Records guidance as given, in the language of the contact.
    static func guided(
        _ site: WebRequest, _ make: (Language) throws -> ContactGuidanceGiven
    ) async throws -> Response {
        let contact = try await site.environment.centre.contacts.open(of: try site.authority.actor)
        return try await perform([.guide(try make(contact?.language ?? site.context.language))], site)
    }

    /// The card that a form says was read.
    private static func reading(_ site: WebRequest) -> ContactCardTold? {
        guard let edition = Int(site.form["edition"]), edition > 0,
            let language = Language(rawValue: site.form["read"]), !site.form["card"].isEmpty
        else { return nil }
        return ContactCardTold(card: String(site.form["card"].prefix(40)), edition: edition, language: language)
    }

    private static func perform(_ commands: [Contact.Command], _ site: WebRequest) async throws -> Response {
        do {
            let contact = try await site.environment.centre.contacts.perform(
                commands, on: site.form["contact"], by: try site.authority.actor, at: site.environment.now())
            try await learn(from: site, contact)
            return try await answer(site, contact)
        } catch let refusal as Refusal {
            let problem: TextKey = refusal.field == "outcome" ? "call.noCard" : "call.over"
            var bar = try await site.callBar(reading: reading(site)) ?? CallBar()
            bar.problem = problem
            return respond(site, bar, status: .unprocessableContent)
        }
    }

    /// Tells the search which card was the answer to the words of this call, or that there was none.
    private static func learn(from site: WebRequest, _ contact: ContactRecord) async throws {
        let words = String(site.form["words"].prefix(500))
        guard !words.isEmpty else { return }
        let (usage, now) = (site.environment.centre.usage, site.environment.now())
        if let reading = reading(site), contact.card == reading.card {
            try await usage.answerConfirmed(query: words, card: reading.card, at: now)
        } else if contact.outcome == .nothingFound {
            try await usage.unanswered(words, at: now)
        }
    }

    private static func answer(_ site: WebRequest, _ contact: ContactRecord) async throws -> Response {
        let isClosed = contact.outcome != nil
        let bar = CallBar(contact: isClosed ? nil : contact, reading: reading(site))
        guard !site.wantsFragment else {
            var response = respond(site, bar, status: .ok)
            // The script goes on to the search, which says it.
            if isClosed {
                response.setSiteCookie(
                    Preferences.noticeCookie, Notice.contactClosed.rawValue, 60, site.environment)
            }
            return response
        }
        // After a call the next one begins at the search, clean.
        if isClosed { return site.redirect(to: .search, notice: .contactClosed) }
        return site.redirect(to: LocalPath(site.form["back"])?.string ?? SitePath.search.path)
    }

    private static func respond(_ site: WebRequest, _ bar: CallBar, status: HTTPResponse.Status) -> Response {
        guard site.wantsFragment else { return site.page(SearchPage(bar: bar), status: status) }
        return site.fragment(status: status) { html, view in bar.draw(into: &html, view) }
    }
}
