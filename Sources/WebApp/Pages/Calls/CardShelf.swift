import Accounts
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup

/// The cards that a reader has pinned and those he read last: kept in two cookies of his browser, codes only.
struct CardShelf: Sendable {
    /// The pinned cards.
    var pinned: [CardRecord] = []
    /// The cards read last, the latest first, without the pinned ones.
    var recent: [CardRecord] = []

    private static let mostPinned = 12
    private static let mostRecent = 8
    private static let year = 31_536_000

    /// The shelf of a reader.
    init(_ site: WebRequest) async throws {
        let (pins, recent) = (Self.codes("pinned", site), Self.codes("recent", site))
        (self.pinned, self.recent) = try await site.environment.centre.journal.read { db in
            func cards(_ codes: [String]) throws -> [CardRecord] {
                try codes.compactMap { try CardRecord.fetch($0, in: db) }.filter { $0.state != .withdrawn }
            }
            return (try cards(pins), try cards(recent.filter { !pins.contains($0) }))
        }
    }

    /// Whether a card is pinned.
    static func isPinned(_ code: String, _ site: WebRequest) -> Bool { codes("pinned", site).contains(code) }

    /// Notes that a card was read.
    static func note(_ code: String, in response: inout Response, _ site: WebRequest) {
        keep([code] + codes("recent", site).filter { $0 != code }, mostRecent, "recent", in: &response, site)
    }

    /// `POST /cards/:code/pin`: pins a card, or takes the pin off.
    static func pin(_ site: WebRequest) async throws -> Response {
        let code = try site.parameter("code")
        let codes = codes("pinned", site)
        var response = site.redirect(to: .card(.value(code)))
        let changed = codes.contains(code) ? codes.filter { $0 != code } : [code] + codes
        keep(changed, mostPinned, "pinned", in: &response, site)
        return response
    }

    private static func keep(
        _ codes: [String], _ most: Int, _ name: String, in response: inout Response, _ site: WebRequest
    ) {
        guard let user = site.user else { return }
        response.setSiteCookie(
            "\(name)-\(user.number)", codes.prefix(most).joined(separator: "."), year, site.environment)
    }

    private static func codes(_ name: String, _ site: WebRequest) -> [String] {
        guard let user = site.user, let cookie = site.request.cookies["\(name)-\(user.number)"] else { return [] }
        return cookie.value.split(separator: ".").map(String.init)
            .filter { $0.count <= 20 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
    }

    func draw(into html: inout HTML, _ view: View) {
        guard !pinned.isEmpty || !recent.isEmpty else {
            return html.div(.class("finder-help")) { html in
                html.p(.class("note"), text: view.t("search.help"))
                html.p(.class("note"), text: view.t("search.shelfEmpty"))
            }
        }
        html.div(.class("shelf")) { html in
            list(pinned, "search.pinned", empty: "search.pinnedEmpty", &html, view)
            list(recent, "search.recent", empty: "search.recentEmpty", &html, view)
        }
    }

    private func list(
        _ cards: [CardRecord], _ title: TextKey, empty: TextKey, _ html: inout HTML, _ view: View
    ) {
        html.section { html in
            html.h2(text: view.t(title))
            guard !cards.isEmpty else { return html.p(.class("note"), text: view.t(empty)) }
            html.ul(.class("shelf-list")) { html in
                for card in cards {
                    guard let (text, language) = card.card.title.text(view.language) else { continue }
                    html.li { html in
                        html.a(
                            .href(SitePath.card(.value(card.card.code)).path), .lang(language),
                            Attribute("data-hit", flag: true), text: text)
                        html.code(text: card.card.code)
                    }
                }
            }
        }
    }
}
