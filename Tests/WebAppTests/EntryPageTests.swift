import Accounts
import ContactCentre
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("Sessions, recovery codes and tokens on pages")
struct EntryPageTests {
    private static let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"

    @Test(
        "one's sessions are listed with the kind of browser; one is ended, then all others; an administrator ends anybody's"
    )
    func sessions() async throws {
        let site = try await Site()
        try await site.test { browser in
            browser[cookie: "language"] = "en"
            let page = try await browser.get("/sign-in")
            let token = page.text.firstMatch(of: /name="_token" value="([^"]+)"/).map { String($0.1) }
            let signed = try await browser.post(
                "/sign-in", ["name": "operator", "password": Site.password], token: token,
                headers: [.userAgent: Self.firefox])
            #expect(signed.status == .seeOther)
            let (second, third) = (Browser(client: browser.client), Browser(client: browser.client))
            try await second.signIn("operator")
            try await third.signIn("operator")
            let list = try await browser.get("/account").text
            #expect(list.contains("Firefox, Windows") && list.contains("this one"))
            #expect(!list.contains("Gecko"))
            let ids = list.matches(of: /name="session" value="([0-9a-f]{12})"/).map { String($0.1) }
            #expect(ids.count == 2)
            let ended = try await browser.post("/account", ["act": "session", "session": ids[0]], from: "/account")
            #expect(ended.headers[.location] == "/account")
            let open = [try await second.get("/account").status, try await third.get("/account").status]
            #expect(open.filter { $0 == .ok }.count == 1)
            // What has ended meanwhile is no failure, and what is another's is not ended.
            let again = try await browser.post("/account", ["act": "session", "session": ids[0]], from: "/account")
            #expect(again.status == .seeOther)
            let rest = try await browser.post("/account", ["act": "others"], from: "/account")
            #expect(rest.headers[.location] == "/account")
            #expect(try await second.get("/account").status == .seeOther)
            #expect(try await third.get("/account").status == .seeOther)
            #expect(try await browser.get("/account").status == .ok)

            let administrator = Browser(client: browser.client)
            try await administrator.signIn("administrator")
            let foreign = try await administrator.get("/accounts/1").text
            let id = try #require(foreign.firstMatch(of: /name="session" value="([0-9a-f]{12})"/)).1
            let closed = try await administrator.post(
                "/accounts/1", ["act": "session", "session": String(id)], from: "/accounts/1")
            #expect(closed.status == .seeOther)
            #expect(try await browser.get("/account").status == .seeOther)
        }
    }

    @Test("recovery codes are shown once, let in once, and the last ones are told of")
    func recovery() async throws {
        let site = try await Site()
        try await site.test { browser in
            browser[cookie: "language"] = "en"
            try await browser.signIn("coordinator")
            #expect(try await browser.get("/account/recovery-codes").text.contains("Set up the second factor first"))
            let page = try await browser.get("/account/second-factor")
            let secret = try #require(page.text.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/)?.output.1)
            let telephone = OneTimeCode(secret: try #require(Base32.decode(String(secret))))
            func code() -> String { telephone.code(step: telephone.step(at: site.time.now)) }
            _ = try await browser.post("/account/second-factor", ["code": code()], from: "/account/second-factor")
            #expect(try await browser.get("/account").text.contains("There are no recovery codes"))
            site.time.advance(milliseconds: 60_000)
            let wrong = try await browser.post(
                "/account/recovery-codes", ["code": "000000"], from: "/account/recovery-codes")
            #expect(wrong.status == .unprocessableContent)
            let made = try await browser.post(
                "/account/recovery-codes", ["code": code()], from: "/account/recovery-codes")
            #expect(made.headers[.cacheControl]?.contains("no-store") == true)
            let codes = made.text.matches(of: /<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){5})<\/code>/).map { String($0.1) }
            #expect(codes.count == 10)
            #expect(try await !browser.get("/account/recovery-codes").text.contains(codes[0]))
            for (index, code) in codes.prefix(7).enumerated() {
                site.time.advance(milliseconds: 60_000)
                let other = Browser(client: browser.client)
                other[cookie: "language"] = "en"
                try await other.signIn("coordinator")
                let inside = try await other.post("/sign-in/code", ["recovery": code], from: "/sign-in/code")
                #expect(inside.status == .seeOther && inside.headers[.location] == "/", "\(index)")
                let home = try await other.get("/").text
                #expect(home.contains("Few recovery codes are left") == (index == 6), "\(index)")
            }
            let other = Browser(client: browser.client)
            try await other.signIn("coordinator")
            let used = try await other.post("/sign-in/code", ["recovery": codes[0]], from: "/sign-in/code")
            #expect(used.status == .forbidden)
        }
    }

    @Test(
        "a token is issued with its rights and its end, shown once, opens what it may and nothing else, and is revoked")
    func tokens() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            browser[cookie: "language"] = "en"
            try await browser.signIn("coordinator")
            let path = "/account/tokens"
            let none = try await browser.post(path, ["act": "issue", "label": "x", "days": "30"], from: path)
            #expect(none.status == .unprocessableContent && none.text.contains("Tick at least one right"))
            let foreign = try await browser.post(
                path, ["act": "issue", "label": "x", "days": "30", "may-manageAccounts": "yes"], from: path)
            #expect(foreign.status == .unprocessableContent)
            let nameless = try await browser.post(
                path, ["act": "issue", "label": " ", "days": "30", "may-readCards": "yes"], from: path)
            #expect(nameless.status == .unprocessableContent)
            let made = try await browser.post(
                path, ["act": "issue", "label": "обмен", "days": "30", "may-readCalendar": "yes"], from: path)
            #expect(made.status == .ok && made.headers[.cacheControl]?.contains("no-store") == true)
            let secret = try #require(made.text.firstMatch(of: /given-token">([A-Za-z0-9_-]{43})</)).1
            let list = try await browser.get(path).text
            #expect(list.contains("обмен") && !list.contains(secret) && list.contains("not yet"))
            let bearer: HTTPFields = [.authorization: "Bearer \(secret)", .accept: "application/json"]
            let program = Browser(client: browser.client)
            #expect(try await program.get("/api/v1/calendar?year=2026", headers: bearer).status == .ok)
            #expect(try await program.get("/api/v1/requests", headers: bearer).status == .forbidden)
            #expect(try await program.get(path, headers: bearer).status == .forbidden)
            let id = try #require(list.firstMatch(of: /name="token" value="([0-9a-f]{12})"/)).1
            let revoked = try await browser.post(path, ["act": "revoke", "token": String(id)], from: path)
            #expect(revoked.headers[.location] == path)
            #expect(try await program.get("/api/v1/calendar?year=2026", headers: bearer).status == .unauthorized)
        }
    }

    @Test("an administrator issues and revokes tokens of an account; nobody else gets there")
    func administrator() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("administrator")
            let path = "/accounts/3/tokens"
            let made = try await browser.post(
                path, ["act": "issue", "label": "форум", "days": "365", "may-readComplaints": "yes"], from: path)
            #expect(made.status == .ok && made.text.contains("форум"))
            #expect(try await browser.get("/accounts/99/tokens").status == .notFound)
            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsOfficer")
            #expect(try await officer.get(path).status == .forbidden)
            let token = try await officer.token(on: "/account/tokens")
            let own = try await officer.post(
                path, ["act": "issue", "label": "x", "days": "30", "may-readCards": "yes"], token: token)
            #expect(own.status == .forbidden)
            #expect(try await officer.get("/account/tokens").text.contains("форум"))
        }
    }

    @Test("the page of rights says of the second factor what the setting says", arguments: [true, false])
    func roles(isRequired: Bool) async throws {
        let site = try await Site(settings: { $0.secondFactor = isRequired ? .required : .offered })
        try await site.test { browser in
            browser[cookie: "language"] = "en"
            try await browser.signIn("auditor")
            if isRequired {
                let page = try await browser.get("/account/second-factor")
                let secret = try #require(page.text.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/)?.output.1)
                let telephone = OneTimeCode(secret: try #require(Base32.decode(String(secret))))
                let code = telephone.code(step: telephone.step(at: site.time.now))
                _ = try await browser.post("/account/second-factor", ["code": code], from: "/account/second-factor")
            }
            let text = try await browser.get("/roles").text
            #expect(text.contains("asks it of nobody and only offers it") == !isRequired)
            #expect(text.contains("asks it of these roles") == isRequired)
        }
    }

    @Test(
        "a browser is named by its kind and by nothing that tells one machine from others",
        arguments: [
            (firefox, "Firefox, Windows"),
            (
                "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome, Android"
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iOS"
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 YaBrowser/25.8 Safari/537.36",
                "Yandex Browser, Windows"
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge, macOS"
            ), ("curl/8.0", nil), ("", nil), (nil, nil), ("<script>Linux", "Linux"),
        ] as [(String?, String?)])
    func clients(agent: String?, name: String?) { #expect(ClientKind.name(agent) == name) }
}
