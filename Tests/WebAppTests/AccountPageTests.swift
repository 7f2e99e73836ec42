import Accounts
import Delivery
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Accounts, second factor and deliveries on pages")
struct AccountPageTests {
    @Test("from setting up codes to signing in with one")
    func secondFactor() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let page = try await browser.get("/account/second-factor")
            #expect(page.headers[.cacheControl]?.contains("no-store") == true)
            let secret = try #require(
                page.text.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/)?.output.1)
            let telephone = OneTimeCode(secret: try #require(Base32.decode(String(secret))))
            let wrong = try await browser.post(
                "/account/second-factor", ["code": "1"], from: "/account/second-factor")
            #expect(wrong.status == .unprocessableContent)
            let code = telephone.code(step: telephone.step(at: site.time.now))
            let added = try await browser.post(
                "/account/second-factor", ["code": code], from: "/account/second-factor")
            #expect(added.headers[.location] == "/account")

            site.time.advance(milliseconds: 60_000)
            let other = Browser(client: browser.client)
            #expect(try await other.get("/requests").headers[.location] == "/sign-in")
            #expect(try await other.signIn("coordinator").headers[.location] == "/sign-in/code")
            #expect(try await other.get("/requests").headers[.location] == "/sign-in/code")
            let refused = try await other.post("/sign-in/code", ["code": "000000"], from: "/sign-in/code")
            #expect(refused.status == .forbidden)
            let next = telephone.code(step: telephone.step(at: site.time.now))
            let inside = try await other.post("/sign-in/code", ["code": next], from: "/sign-in/code")
            #expect(inside.headers[.location] == "/requests")
            #expect(try await other.get("/requests").status == .ok)
        }
    }

    @Test("an administrator makes an account, changes it, and its owner gets in and out accordingly")
    func accounts() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("administrator")
            let nameless = try await browser.post(
                "/accounts", ["name": "zhanar", "operator": "yes"], from: "/accounts")
            #expect(nameless.status == .unprocessableContent)
            #expect(nameless.text.contains("value=\"zhanar\""))
            let made = try await browser.post(
                "/accounts", ["name": "zhanar", "shown": "Жанар", "operator": "yes"], from: "/accounts")
            let password = try #require(
                made.text.firstMatch(of: /class="given-password">([a-z2-7-]+)</)?.output.1)
            let other = Browser(client: browser.client)
            #expect(
                try await other.signIn("zhanar", password: String(password)).headers[.location] == "/account/password")
            let number = try #require(made.text.firstMatch(of: /href="(\/accounts\/\d+)">Жанар/)?.output.1)
            let path = String(number)
            let noReason = try await browser.post(path, ["act": "disable"], from: path)
            #expect(noReason.status == .unprocessableContent)
            let closed = try await browser.post(path, ["act": "disable", "reason": "left"], from: path)
            #expect(closed.status == .seeOther)
            #expect(try await other.signIn("zhanar", password: String(password)).status == .forbidden)
            let own = try await browser.post("/accounts/4", ["act": "roles", "auditor": "yes"], from: "/accounts/4")
            #expect(own.status == .unprocessableContent)
        }
    }

    @Test("a delivery that does not exist is not found; the list is empty and says so")
    func deliveries() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("administrator")
            #expect(try await browser.get("/deliveries").status == .ok)
            #expect(try await browser.get("/deliveries/x").status == .notFound)
            let requeued = try await browser.post("/deliveries/x", ["reason": "y"], from: "/deliveries")
            #expect(requeued.status == .forbidden || requeued.status == .notFound)
        }
    }
}
