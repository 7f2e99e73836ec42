import Accounts
import CanonicalJSON
import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import LoopbackServer
import OpenIDSupport
import Synchronization
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Signing in by the organisation's provider of identities")
struct ProviderPageTests {
    private func with(_ stand: StandInProvider, _ body: (Site) async throws -> Void) async throws {
        try await withServer(stand.router()) { port in
            let issuer = "http://127.0.0.1:\(port)"
            stand.issuer.withLock { $0 = issuer }
            let site = try await Site(settings: { settings in
                settings.providerAddress = issuer
                settings.providerClient = StandInProvider.client
                settings.providerSecret = "geheim"
                settings.providerGroups = ["operator=operators", "coordinator=chiefs"]
                settings.publicAddress = "https://1414.example.kz"
                // Hundreds of tests begin at once: that the machine is slow is no finding here.
                settings.providerTimeout = 300
            })
            stand.clock.withLock { $0 = site.time.now.millisecondsSince1970 / 1_000 }
            try await body(site)
        }
    }

    /// Away to the provider, consent there, and back.
    @discardableResult
    private static func come(_ browser: Browser, _ stand: StandInProvider) async throws -> TestResponse {
        let away = try await browser.get("/sign-in/provider")
        let address = try #require(away.headers[.location])
        #expect(away.status == .seeOther && address.hasPrefix(stand.issuer.withLock(\.self) + "/authorize?"))
        let answer = stand.consent(address)
        #expect(address.contains("redirect_uri=https%3A%2F%2F1414.example.kz%2Fsign-in%2Fprovider%2Fback"))
        return try await browser.get(
            "/sign-in/provider/back?code=\(answer["code"] ?? "")&state=\(answer["state"] ?? "")")
    }

    @Test("from the button in, with the roles of the groups; out by order of the provider, once")
    func way() async throws {
        let stand = try StandInProvider()
        try await with(stand) { site in
            try await site.test { browser in
                #expect(try await browser.get("/sign-in").text.contains(#"href="/sign-in/provider""#))
                #expect(try await browser.get("/cards/S001").headers[.location] == "/sign-in")
                #expect(try await Self.come(browser, stand).headers[.location] == "/cards/S001")
                let account = try await browser.get("/account").text
                #expect(account.contains("Айгерім Сапарова") && !account.contains("/account/password"))
                #expect(try await browser.get("/requests").status == .forbidden)
                // The same answer again, and one without what the browser kept.
                let other = Browser(client: browser.client)
                #expect(try await other.get("/sign-in/provider/back?code=x&state=y").status == .forbidden)

                var order = stand.claims(nonce: "x")
                order["nonce"] = nil
                order["jti"] = "order-1"
                order["events"] = ["http://schemas.openid.net/event/backchannel-logout": [:]]
                let idToken = try stand.signed(stand.claims(nonce: "x"))
                let token = try stand.signed(order)
                for (sent, status) in [
                    ("", HTTPResponse.Status.badRequest), (idToken, .badRequest), (token + "A", .badRequest),
                ] {
                    let answer = try await other.post("/sign-in/provider/logout", ["logout_token": sent])
                    #expect(answer.status == status)
                }
                #expect(try await browser.get("/account").status == .ok)
                #expect(try await other.post("/sign-in/provider/logout", ["logout_token": token]).status == .ok)
                #expect(try await browser.get("/account").headers[.location] == "/sign-in")
                #expect(try await other.post("/sign-in/provider/logout", ["logout_token": token]).status == .badRequest)
                // Back again: the same account, and this session alone by its name.
                try await Self.come(browser, stand)
                let elsewhere = Browser(client: browser.client)
                stand.deviation.withLock { $0.claims = { $0["sid"] = "s2" } }
                try await Self.come(elsewhere, stand)
                order["jti"] = "order-2"
                order["sub"] = nil
                let one = try stand.signed(order)
                #expect(try await other.post("/sign-in/provider/logout", ["logout_token": one]).status == .ok)
                #expect(try await browser.get("/account").headers[.location] == "/sign-in")
                #expect(try await elsewhere.get("/account").status == .ok)
            }
            let all = try await site.accounts.all(for: .commandLine("test"))
            #expect(all.filter { $0.home == .provider }.map(\.loginName) == ["aigerim"])
        }
    }

    @Test("who is in no group that counts, has another's name, or is refused there stays out, and is told so")
    func out() async throws {
        let stand = try StandInProvider()
        try await with(stand) { site in
            try await site.test { browser in
                browser[cookie: "language"] = "ru"
                stand.deviation.withLock { $0.claims = { $0["groups"] = ["visitors"] } }
                let nobody = try await Self.come(browser, stand)
                #expect(nobody.status == .forbidden && nobody.text.contains("не назначена роль"))
                // A name that is a local account is not taken over.
                stand.deviation.withLock { $0.claims = { $0["preferred_username"] = "administrator" } }
                #expect(try await Self.come(browser, stand).status == .forbidden)
                stand.deviation.withLock { $0.claims = { $0["nonce"] = "another" } }
                let wrong = try await Self.come(browser, stand)
                #expect(wrong.status == .forbidden && wrong.text.contains("не удалось"))
                stand.deviation.withLock { $0 = .init() }
                let number = try await site.accounts.all(for: .commandLine("test")).count
                #expect(number == Role.allCases.count)
                // Closed by an administrator, he stays out.
                try await Self.come(browser, stand)
                let id = try #require(
                    try await site.accounts.all(for: .commandLine("test")).first { $0.home == .provider }
                ).account.number
                try await site.accounts.disable(
                    id, reason: "left", by: .commandLine("test"), at: site.environment.now())
                #expect(try await Self.come(Browser(client: browser.client), stand).status == .forbidden)
            }
        }
    }

    @Test("a provider that is down is said, and a local account gets in; without one there is nothing at its addresses")
    func down() async throws {
        let site = try await Site(settings: { settings in
            settings.providerAddress = "http://127.0.0.1:9"
            settings.providerClient = StandInProvider.client
            settings.providerGroups = ["operator=operators"]
            settings.publicAddress = "https://1414.example.kz"
        })
        try await site.test { browser in
            browser[cookie: "language"] = "ru"
            let page = try await browser.get("/sign-in/provider")
            #expect(page.status == .serviceUnavailable && page.text.contains("Служба входа организации не отвечает"))
            #expect(try await browser.signIn("coordinator").headers[.location] == "/")
        }
        let plain = try await Site()
        try await plain.test { browser in
            #expect(try await browser.get("/sign-in/provider").status == .notFound)
            #expect(try await browser.get("/sign-in/provider/back?code=x&state=y").status == .notFound)
            let order = try await browser.post("/sign-in/provider/logout", ["logout_token": "x"])
            #expect(order.status == .notFound)
            #expect(try await !browser.get("/sign-in").text.contains("/sign-in/provider"))
        }
    }
}
