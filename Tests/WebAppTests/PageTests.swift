import Accounts
import Foundation
import HTTPTypes
import HummingbirdTesting
import Languages
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Pages")
struct PageTests {
    private static let pages = ["/", "/account/password", "/gallery", "/nowhere"]

    @Test(
        "every page in every language has its language, one heading, unique ids, a label for each field, no script or style inside"
    )
    func wellFormed() async throws {
        let site = try await Site()
        try await site.test { browser in
            for language in Language.allCases {
                browser[cookie: "language"] = language.rawValue
                Self.check(try await browser.get("/sign-in").text, language, "/sign-in")
                try await browser.signIn("coordinator")
                for path in Self.pages { Self.check(try await browser.get(path).text, language, path) }
                _ = try await browser.post("/sign-out", from: "/")
            }
        }
    }

    private static func check(_ html: String, _ language: Language, _ path: String) {
        let what: Comment = "\(path) in \(language.rawValue)"
        #expect(html.contains("<html lang=\"\(language.rawValue)\""), what)
        #expect(html.matches(of: /<h1[ >]/).count == 1, what)
        #expect(!html.contains("⟦") && !html.contains("{count}") && !html.contains("{name}"), what)
        let ids = html.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count, what)
        let labelled = Set(html.matches(of: /<label for="([^"]*)"/).map { String($0.1) })
        for control in html.matches(of: /<(input|select|textarea)([^>]*)>/) {
            let attributes = String(control.2)
            if attributes.contains("type=\"hidden\"") { continue }
            let id = attributes.firstMatch(of: /\ id="([^"]*)"/).map { String($0.1) }
            #expect(id.map(labelled.contains) == true, what)
        }
        for described in html.matches(of: /aria-(?:describedby|labelledby)="([^"]*)"/) {
            for id in described.1.split(separator: " ") { #expect(ids.contains(String(id)), what) }
        }
        #expect(!html.contains("<style") && html.firstMatch(of: /\ (style|on[a-z]+)="/) == nil, what)
        #expect(
            html.matches(of: /<script/).count == html.matches(of: /<script type="module" src="[^"]+"><\/script>/).count,
            what)
    }

    @Test(
        "what a person typed is shown and never run",
        arguments: [
            "<script>alert(1)</script>", "\"\u{301}><img src=x onerror=alert(1)>",
            "'\u{301} onfocus=alert(1) autofocus='",
            "</title><script>", "{count} {name}",
        ])
    func hostileNames(name: String) async throws {
        let site = try await Site()
        try await site.accounts.create(
            loginName: "hostile", displayName: name, password: Site.password, roles: [.operatorRole],
            mustChangePassword: false, by: .commandLine("test"), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("hostile")
            Self.expectInert(try await browser.get("/"))
            let echoed = try await Browser(client: browser.client).signIn(name, password: "x")
            #expect(echoed.status == .forbidden)
            Self.expectInert(echoed)
        }
    }

    private static func expectInert(_ page: TestResponse) {
        // Looked at as scalars: as characters, a quote with an accent is no quote.
        let scalars = Array(page.text.unicodeScalars.map { $0.isASCII ? Character($0) : "·" })
        let html = String(scalars)
        #expect(!html.contains("<script>") && !html.contains("<img"))
        for tag in html.matches(of: /<[a-z][^>]*>/) {
            #expect(tag.0.replacing(/"[^"]*"/, with: "").firstMatch(of: /\ on[a-z]+=/) == nil)
            #expect(tag.0.count(where: { $0 == "\"" }).isMultiple(of: 2))
        }
    }

    @Test(
        "the language is the chosen one, else the browser's, else Kazakh",
        arguments: [
            (nil, nil, "kk"), (nil, "ru-RU,ru;q=0.9", "ru"), (nil, "de-DE, en;q=0.8", "en"), (nil, "fr", "kk"),
            ("en", "ru", "en"), ("xx", "ru", "ru"),
        ] as [(String?, String?, String)])
    func language(cookie: String?, accept: String?, expected: String) async throws {
        let site = try await Site()
        try await site.test { browser in
            browser[cookie: "language"] = cookie
            let page = try await browser.get("/sign-in", headers: accept.map { [.acceptLanguage: $0] } ?? [:])
            #expect(page.text.contains("<html lang=\"\(expected)\""))
        }
    }

    @Test("one click changes the language, comes back to the page and is remembered; so does the theme")
    func preferences() async throws {
        let site = try await Site()
        try await site.test { browser in
            let response = try await browser.post("/language", ["language": "en", "back": "/sign-in"])
            #expect(response.headers[.location] == "/sign-in")
            #expect(try await browser.get("/sign-in").text.contains("<html lang=\"en\""))
            _ = try await browser.post("/theme", ["theme": "dark", "back": "/sign-in"])
            #expect(try await browser.get("/sign-in").text.contains("data-theme=\"dark\""))
            #expect(try await browser.post("/language", ["language": "de"]).status == .badRequest)
        }
    }

    @Test("a file with its version is kept for ever, without it asked for again")
    func assets() async throws {
        let site = try await Site()
        try await site.test { browser in
            let html = try await browser.get("/sign-in").text
            let address = try #require(html.firstMatch(of: /href="(\/assets\/site\.css\?v=[0-9a-f]+)"/)).1
            let versioned = try await browser.get(String(address))
            #expect(versioned.headers[.cacheControl] == "public, max-age=31536000, immutable")
            let plain = try await browser.get("/assets/site.css")
            #expect(plain.headers[.cacheControl] == "public, no-cache")
            for path in ["/assets/none.css", "/assets/..%2FTexts%2Fkk.json", "/assets/.hidden"] {
                #expect(try await browser.get(path).status == .notFound)
            }
        }
    }
}
