import Accounts
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import WebApp

@Suite("In, out, and whose form it is")
struct SessionTests {
    @Test("a name and a password let in, to the page one wanted; signing out ends the session")
    func inAndOut() async throws {
        let site = try await Site()
        try await site.test { browser in
            let asked = try await browser.get("/account/password")
            #expect(asked.headers[.location] == "/sign-in")
            let welcome = try await browser.signIn("operator")
            #expect(welcome.status == .seeOther)
            #expect(welcome.headers[.location] == "/account/password")
            let session = try #require(browser[cookie: "bailanys"])
            #expect(try await browser.get("/").status == .ok)
            let goodbye = try await browser.post("/sign-out", from: "/")
            #expect(goodbye.headers[.location] == "/sign-in")
            browser[cookie: "bailanys"] = session
            #expect(try await browser.get("/").status == .seeOther)
        }
    }

    @Test("the session that existed before the sign-in is not the one after it")
    func fixation() async throws {
        let site = try await Site()
        try await site.test { browser in
            let planted = "A123456789012345678901234567890123456789012"
            browser[cookie: "bailanys"] = planted
            try await browser.signIn("operator")
            #expect(browser[cookie: "bailanys"] != planted)
        }
    }

    @Test(
        "the way back after the sign-in never leads to another site",
        arguments: [
            "https://evil.example/", "//evil.example", "/\\evil.example", "%2F%2Fevil.example", "javascript:alert(1)",
            "/%0d%0aSet-Cookie:x", "%2F%5Cevil.example",
        ])
    func openRedirect(target: String) async throws {
        let site = try await Site()
        try await site.test { browser in
            browser[cookie: "back"] = target
            let welcome = try await browser.signIn("operator")
            #expect(welcome.headers[.location] == "/")
            browser[cookie: "bailanys"] = nil
            let switched = try await browser.post("/language", ["language": "ru", "back": target])
            let location = switched.headers[.location] ?? ""
            #expect(location.hasPrefix("/") && !location.hasPrefix("//") && !location.contains("\\"))
        }
    }

    @Test("a form without the token, with another's token, or sent by another site changes nothing")
    func forgery() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("operator")
            let other = Browser(client: browser.client)
            try await other.signIn("auditor")
            let foreign = try await other.token(on: "/")
            let own = try await browser.token(on: "/")
            let attempts: [(String, String?, HTTPFields)] = [
                ("no token", nil, [:]), ("another's token", foreign, [:]), ("nonsense", "x", [:]),
                ("cross-site", own, fields("Sec-Fetch-Site", "cross-site")),
                ("same-site", own, fields("Sec-Fetch-Site", "same-site")),
                ("foreign origin", own, fields("Origin", "https://evil.example")),
            ]
            for (what, token, headers) in attempts {
                let response = try await browser.post("/sign-out", [:], token: token, headers: headers)
                #expect(response.status == .forbidden, "\(what)")
            }
            #expect(try await browser.get("/").status == .ok)
            let good = try await browser.post(
                "/sign-out", [:], token: own, headers: fields("Sec-Fetch-Site", "same-origin"))
            #expect(good.status == .seeOther)
        }
    }

    private func fields(_ name: String, _ value: String) -> HTTPFields {
        HTTPField.Name(name).map { [$0: value] } ?? [:]
    }

    @Test(
        "where a request comes from is read from Sec-Fetch-Site first, then from Origin",
        arguments: [
            ("same-origin", "https://evil.example", true), ("none", nil, true), ("same-site", nil, false),
            ("cross-site", "https://a.kz", false), (nil, "https://a.kz", true), (nil, "https://a.kz:8443", false),
            (nil, "null", true), (nil, nil, true), (nil, "a.kz", false),
        ] as [(String?, String?, Bool)])
    func origins(fetchSite: String?, origin: String?, isOwn: Bool) {
        #expect(RequestOrigin.isOwn(fetchSite: fetchSite, origin: origin, host: "a.kz") == isOwn)
    }

    @Test("an idle session ends, and the page leads to the sign-in")
    func idle() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("operator")
            site.time.advance(milliseconds: 2 * 3_600_000)
            #expect(try await browser.get("/").headers[.location] == "/sign-in")
        }
    }

    @Test("a program gets in by a token in the header, to the interface alone, and its token is no cookie")
    func programs() async throws {
        let site = try await Site()
        let number = try await site.create("robot", [.auditor])
        let token = try await site.accounts.issueToken(
            for: number, label: "test", by: .commandLine("test"), at: site.time.now)
        try await site.test { browser in
            let header: HTTPFields = [.authorization: "Bearer \(token.text)"]
            #expect(try await browser.get("/api/v1/bodies", headers: header).status == .ok)
            for route in Routes.all(WebConfiguration())
            where route.access != .everyone && !route.path.path.hasPrefix("/api/") {
                let page = try await browser.send(route.method, route.path.path, headers: header)
                #expect(page.status == .forbidden, "\(route.path)")
            }
            browser[cookie: "bailanys"] = token.text
            #expect(try await browser.get("/").status == .seeOther)
            try await browser.signIn("operator")
            let cookie = try #require(browser[cookie: "bailanys"])
            browser[cookie: "bailanys"] = nil
            #expect(try await browser.get("/", headers: [.authorization: "Bearer \(cookie)"]).status == .seeOther)
        }
    }

    @Test("too many wrong passwords: even the right one has to wait, and the page says how long")
    func throttle() async throws {
        let site = try await Site()
        try await site.test { browser in
            for _ in 0..<5 {
                #expect(try await browser.signIn("operator", password: "wrong").status == .forbidden)
            }
            browser[cookie: "language"] = "ru"
            let page = try await browser.signIn("operator")
            #expect(page.status == .tooManyRequests)
            #expect(page.text.contains("Повторите через 1 минуту"))
            site.time.advance(milliseconds: 60_000)
            #expect(try await browser.signIn("operator").status == .seeOther)
        }
    }

    @Test("a password given by somebody else is changed before anything else")
    func forcedPassword() async throws {
        let site = try await Site()
        try await site.create("newcomer", [.operatorRole], mustChangePassword: true)
        try await site.test { browser in
            #expect(try await browser.signIn("newcomer").headers[.location] == "/account/password")
            #expect(try await browser.get("/").headers[.location] == "/account/password")
            let new = "жаңа ұзын құпиясөз"
            for (fields, isTaken) in [
                (["old": "wrong", "new": new, "repeated": new], false),
                (["old": Site.password, "new": "short", "repeated": "short"], false),
                (["old": Site.password, "new": new, "repeated": new + "x"], false),
                (["old": Site.password, "new": new, "repeated": new], true),
            ] {
                let response = try await browser.post("/account/password", fields, from: "/account/password")
                #expect((response.status == .seeOther) == isTaken)
            }
            #expect(try await browser.signIn("newcomer", password: new).headers[.location] == "/")
            #expect(try await browser.get("/").status == .ok)
        }
    }
}
