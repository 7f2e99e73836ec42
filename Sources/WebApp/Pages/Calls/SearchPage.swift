import Accounts
import CanonicalJSON
import CardSearch
import Casework
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// Cards by what a caller says; the words travel in the body, never in an address.
///
/// Without a script it is a form; `console.js` sends the same form while one types and puts the results in their place.
struct SearchPage: Page {
    var bar: CallBar?
    var drawsCall: Bool { bar != nil }
    var words = ""
    var isExact = false
    var filters = SearchFilters()
    var results: SearchResults?
    var shelf: CardShelf?

    var section: NavigationSection? { .search }
    var scripts: [String] { ["console.js"] }
    func title(_ view: View) -> String { view.t("nav.search") }

    /// The identity of the place of the results.
    static let resultsID = "results"

    func draw(into html: inout HTML, _ view: View) {
        bar?.draw(into: &html, view)
        html.h1(.class("visually-hidden"), text: title(view))
        html.postForm(
            to: .search, view, .id("finder"), .class("finder"), .role("search"),
            Attribute("data-opened", SitePath.searchOpened.path)
        ) { html in
            html.div(.class("finder-field")) { html in
                html.icon(.search)
                html.label(.for("words"), .class("visually-hidden"), text: view.t("search.words"))
                html.input(
                    .type("search"), .id("words"), .name("words"), .value(words), .autocomplete("off"),
                    Attribute("placeholder", view.t("search.placeholder")), Attribute("spellcheck", "false"),
                    Attribute("autocapitalize", "off"), Attribute("enterkeyhint", "search"),
                    Attribute("maxlength", 2_000), .autofocus)
                html.button(.type("submit"), .class("button is-primary"), text: view.t("search.find"))
            }
            html.div(.class("finder-options")) { html in
                html.div(.class("choice")) { html in
                    html.input(.type("checkbox"), .id("exact"), .name("exact"), .value("yes"), .checked(isExact))
                    html.label(.for("exact")) { html in
                        html.text(view.t("search.exactly"))
                        html.shortcut("F4")
                    }
                }
                filters.draw(into: &html, view)
                html.a(.class("finder-events"), .href(SitePath.lifeEvents.path), text: view.t("life.all"))
                if view.may(.manageRequests) {
                    html.a(.class("finder-drafts"), .href(SitePath.drafts.path), text: view.t("drafts.title"))
                }
            }
        }
        html.div(.id(Self.resultsID), .class("finder-results")) { html in
            if let results { results.draw(into: &html, view) } else { shelf?.draw(into: &html, view) }
        }
        if bar != nil { ShortcutsDialog.draw(into: &html, view) }
    }
}

extension SearchPage {
    static func show(_ site: WebRequest) async throws -> Response {
        var page = SearchPage(bar: try await site.callBar(), shelf: try await CardShelf(site))
        try await page.filters.load(site)
        return site.page(page)
    }

    /// `POST /search`: the whole page, or for a script only the results.
    static func find(_ site: WebRequest) async throws -> Response {
        let form = site.form
        let (words, isExact) = (form["words"], form["exact"] == "yes")
        let choice = form["choice"].isEmpty ? nil : form["choice"]
        let filters = SearchFilters(form)
        guard !words.isEmpty else {
            let shelf = try await CardShelf(site)
            if site.wantsFragment { return site.fragment { html, view in shelf.draw(into: &html, view) } }
            return try await show(site)
        }
        let (results, took) = try await results(
            SearchQuery(
                words, limit: 12, filters: filters.query(try site.visibleCardStates),
                isExact: isExact, readsQuestion: true, choice: choice), site)
        if site.wantsFragment {
            var response = site.fragment { html, view in results.draw(into: &html, view) }
            response.setSearchTime(took)
            return response
        }
        var page = SearchPage(
            bar: try await site.callBar(), words: words, isExact: isExact, filters: filters,
            results: results)
        try await page.filters.load(site)
        return site.page(page)
    }

    /// `POST /search/opened`: which card was opened for which words; a script's beacon, so no token, and no answer.
    static func opened(_ site: WebRequest) async throws -> Response {
        let (words, card) = (String(site.form["words"].prefix(500)), site.form["card"])
        let centre = site.environment.centre
        if !words.isEmpty, try await centre.cards.card(card) != nil {
            try await centre.usage.cardOpened(
                query: words, card: card, rank: max(1, Int(site.form["rank"]) ?? 1), at: centre.now())
        }
        return Response(status: .noContent)
    }

    private static func results(
        _ query: SearchQuery, _ site: WebRequest
    ) async throws -> (SearchResults, took: Duration) {
        let centre = site.environment.centre
        let today = site.environment.zone.civilDate(of: site.environment.now())
        return try await centre.journal.read { db in
            let start = ContinuousClock.now
            let (answer, cards) = try centre.cards.search(query, in: db)
            let took = start.duration(to: .now)
            let names = try Set(cards.map(\.owner)).reduce(into: [String: Localized]()) { names, owner in
                names[owner] = try Registry.localizedName(of: owner, on: today, in: db)
            }
            var results = SearchResults(answer: answer, cards: cards, owners: names, words: query.text)
            results.events = answer.events.prefix(LifeEventLinks.most).compactMap { centre.cards.events[$0] }
            let terms = cards.compactMap { card in card.answer?.term.map { (card.code, $0) } }
            if !terms.isEmpty {
                let calendar = try centre.casework.calendars.calendar(in: db)
                for (code, term) in terms {  // A calendar that does not reach so far tells no day.
                    results.ends[code] = try? calendar.dueDate(term, from: today)
                }
            }
            return (results, took)
        }
    }

    /// `POST /api/v1/search`: `{"text": …, "limit": …, "exactly": …, "choice": …}`; other members are passed over.
    static func answer(_ site: WebRequest) async throws -> Response {
        guard let json = try? JSON(parsing: Array(site.body.readableBytesView)),  // what is no JSON is answered below
            let text = json["text"]?.string
        else { throw SiteError(.badRequest, "The body must be JSON with the member “text”.") }
        func refuse(_ name: String, _ what: String) -> APIProblem {
            APIProblem(.badRequest, "\(name): \(what)", fields: [FieldProblem(field: name, message: what)])
        }
        if let sent = json["limit"], sent.int == nil { throw refuse("limit", "This must be a whole number.") }
        if let sent = json["exactly"], sent.bool == nil { throw refuse("exactly", "This must be true or false.") }
        if let sent = json["choice"], sent.string == nil { throw refuse("choice", "This must be a text.") }
        let limit = min(50, max(1, Int(json["limit"]?.int ?? 10)))
        let query = SearchQuery(
            text, limit: limit, filters: .init(states: try site.visibleCardStates.map(\.rawValue)),
            isExact: json["exactly"]?.bool ?? false, readsQuestion: true, choice: json["choice"]?.string)
        let cards = site.environment.centre.cards
        let (found, took) = try await site.environment.centre.journal.read { db in
            let start = ContinuousClock.now
            return (try cards.search(query, in: db), start.duration(to: .now))
        }
        let hits = zip(found.answer.hits, found.cards).map { hit, card in
            JSON.object([
                "code": .string(card.code), "state": .string(card.state.rawValue),
                "title": .object([
                    "kk": .string(card.title.kk ?? ""), "ru": .string(card.title.ru ?? ""),
                ]),
                "score": .int(Int64((hit.score * 1_000).rounded())),
                "reasons": .array(
                    hit.reasons.map { reason in
                        .object(["field": .string(reason.field), "words": .array(reason.words.map { .string($0) })])
                    }),
                "answer": card.answer?.json ?? .null,
            ])
        }
        let reading = found.answer.reading.map { reading in
            JSON.object([
                "typed": .string(reading.typed), "readAs": .string(reading.readAs),
                "through": .string(reading.through.rawValue),
            ])
        }
        let body = JSON.object([
            "hits": .array(hits), "isWeak": .bool(found.answer.isWeak), "isSure": .bool(found.answer.isSure),
            "choice": found.answer.choice?.json ?? .null, "events": found.answer.eventsJSON(cards.events),
            "reading": .array(reading),
        ])
        var response = Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: .init(bytes: body.bytes)))
        response.setSearchTime(took)
        return response
    }
}

extension Response {
    /// Says how long the search itself took, in milliseconds, for whoever measures what the web adds to it.
    fileprivate mutating func setSearchTime(_ took: Duration) {
        let microseconds = took.components.seconds * 1_000_000 + took.components.attoseconds / 1_000_000_000_000
        headers[.serverTiming] = "search;dur=\(Double(microseconds) / 1_000)"
    }
}
