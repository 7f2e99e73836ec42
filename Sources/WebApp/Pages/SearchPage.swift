import CanonicalJSON
import CardSearch
import Hummingbird
import KnowledgeBase
import Languages
import Markup

/// Cards by what a caller says; the words travel in the body, never in an address.
struct SearchPage: Page {
    var words = ""
    var isExact = false
    var answer: SearchAnswer?
    var cards: [CardRecord] = []

    var section: NavigationSection? { .search }
    func title(_ view: View) -> String { view.t("nav.search") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("search.lead"))
        html.postForm(to: .search, view, .class("form")) { html in
            html.textField(
                Field("words", label: view.t("search.words")), view, type: "search", value: words, .autocomplete("off"),
                Attribute.autofocus)
            html.checkbox(Field("exact", label: view.t("search.exactly"), isRequired: false), isTicked: isExact)
            html.formButtons(submit: view.t("search.find"), view)
        }
        guard let answer else { return }
        for reading in answer.reading where reading.typed != reading.readAs {
            html.p(.class("note"), text: "\(reading.typed) → \(reading.readAs)")
        }
        guard !cards.isEmpty else {
            return html.emptyState(title: view.t("search.nothing"), text: view.t("search.nothingHelp"))
        }
        let highlighter = Highlighter(answer)
        html.ol(.class("results")) { html in
            for card in cards {
                html.li { html in
                    for language in [Language.kk, .ru] {
                        guard let (text, own) = card.card.title.text(language), own == language else { continue }
                        html.p { html in
                            html.a(.href(SitePath.card(.value(card.card.code)).path), .lang(language)) { html in
                                for piece in highlighter.pieces(of: text) {
                                    if piece.isMarked { html.mark(text: piece.text) } else { html.text(piece.text) }
                                }
                            }
                        }
                    }
                    html.tag(view.name("cardState", card.state))
                }
            }
        }
    }
}

extension SearchPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(SearchPage()) }

    static func find(_ site: WebRequest) async throws -> Response {
        let words = site.form["words"]
        let isExact = site.form["exact"] == "yes"
        let (answer, cards) = try await site.environment.centre.cards.search(
            SearchQuery(words, limit: 10, filters: .init(states: visible), isExact: isExact))
        return site.page(SearchPage(words: words, isExact: isExact, answer: answer, cards: cards))
    }

    /// Withdrawn cards are for those who keep them.
    private static let visible = CardState.allCases.filter { $0 != .withdrawn }.map(\.rawValue)

    /// `POST /api/v1/search`: `{"text": …, "limit": …, "typing": …, "exactly": …}`.
    static func answer(_ site: WebRequest) async throws -> Response {
        guard let json = try? JSON(parsing: Array(site.body.readableBytesView)),  // what is no JSON is answered below
            let text = json["text"]?.string
        else { throw SiteError(.badRequest, "The body must be JSON with the member “text”.") }
        let limit = min(50, max(1, Int(json["limit"]?.int ?? 10)))
        let (answer, cards) = try await site.environment.centre.cards.search(
            SearchQuery(
                text, limit: limit, filters: .init(states: visible), isExact: json["exactly"]?.bool ?? false,
                isTyping: json["typing"]?.bool ?? false))
        let hits = zip(answer.hits, cards).map { hit, card in
            JSON.object([
                "code": .string(card.card.code), "state": .string(card.state.rawValue),
                "title": .object([
                    "kk": .string(card.card.title.kk ?? ""), "ru": .string(card.card.title.ru ?? ""),
                ]),
                "score": .int(Int64((hit.score * 1_000).rounded())),
                "reasons": .array(
                    hit.reasons.map { reason in
                        .object(["field": .string(reason.field), "words": .array(reason.words.map { .string($0) })])
                    }),
            ])
        }
        let reading = answer.reading.map { reading in
            JSON.object([
                "typed": .string(reading.typed), "readAs": .string(reading.readAs),
                "through": .string(reading.through.rawValue),
            ])
        }
        let body = JSON.object(["hits": .array(hits), "isWeak": .bool(answer.isWeak), "reading": .array(reading)])
        return Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: .init(bytes: body.bytes)))
    }
}
