import Casework
import ContactCentre
import HTTPTypes
import HummingbirdTesting
import Journal
import Rulebook
import TestSupport
import Testing
import WebApp

@Suite("The call that is being recorded")
struct RunningCallTests {
    @Test("who only answers callers begins at the search; whoever has figures to see begins with them")
    func firstPage() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("operator")
            let first = try await browser.get("/").text
            #expect(first.contains("id=\"words\"") && !first.contains("<a href=\"/\" aria-current"))
            let other = Browser(client: browser.client)
            try await other.signIn("coordinator")
            #expect(try await !other.get("/").text.contains("id=\"words\""))
        }
    }

    @Test("it is said on every page, until it is closed; that it was recorded is said on the next page, once")
    func everywhere() async throws {
        let site = try await Site()
        _ = try await site.centre.casework.adopt(
            try ScheduleFolder(path: Repository.path + "/schedules").calendar(), reason: "test", expecting: nil,
            by: Actor("test"), at: site.time.now)
        try await site.test { browser in
            browser[cookie: "language"] = "en"
            try await browser.signIn("operator")
            #expect(try await !browser.get("/bodies").text.contains("bar-call"))
            _ = try await browser.post("/calls/start", ["language": "ru"], from: "/search")
            for path in ["/bodies", "/account"] {
                #expect(try await browser.get(path).text.contains("A call since"), "\(path)")
            }
            let search = try await browser.get("/search").text
            #expect(!search.contains("bar-call") && search.contains("callbar is-open"))
            let contact = try #require(search.firstMatch(of: /name="contact" value="([^"]+)"/)?.output.1)
            let closed = try await browser.post(
                "/calls/close", ["contact": String(contact), "outcome": "answeredWithoutCard"], from: "/search",
                headers: [try #require(HTTPField.Name("X-Fragment")): "1"])
            #expect(closed.status == .ok)
            let next = try await browser.get("/search").text
            #expect(next.contains("alert is-success") && !next.contains("callbar is-open"))
            #expect(try await !browser.get("/search").text.contains("alert is-success"))
            #expect(try await !browser.get("/bodies").text.contains("bar-call"))
        }
    }
}
