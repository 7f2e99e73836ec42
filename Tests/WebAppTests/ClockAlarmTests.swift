import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Languages
import TestSupport
import Testing
import WebApp

@Suite("The machine's clock in doubt, on pages")
struct ClockAlarmTests {
    @Test("Everybody is told, administrators may vouch for it, and the site stays ready")
    func alarm() async throws {
        let site = try await Site(steady: { SteadyReading(boot: "a", milliseconds: 1) })
        try await site.test { browser in
            #expect(try await browser.get("/health/ready").text == #"{"status":"ready"}"#)
            site.time.advance(milliseconds: 86_400_000)
            let ready = try await browser.get("/health/ready")
            #expect(ready.status == .ok && ready.text == #"{"clock":"held","status":"ready"}"#)

            let texts = site.environment.texts
            let words = Language.allCases.map { texts.text("machineClock.held", $0) }
            try await browser.signIn("complaintsOfficer")
            let told = try await browser.get("/").text
            #expect(words.contains(where: told.contains) && !told.contains("/machine-clock"))
            let reports = try await browser.get("/reports").text
            #expect(words.contains(where: reports.contains))
            let refused = try await browser.post("/machine-clock", ["reason": "x"], from: "/")
            #expect(refused.status == .forbidden)

            let other = Browser(client: browser.client)
            try await other.signIn("administrator")
            #expect(try await other.get("/").text.contains("action=\"/machine-clock\""))
            let silent = try await other.post("/machine-clock", ["reason": " "], from: "/")
            #expect(silent.status == .unprocessableContent && silent.text.contains("/machine-clock"))
            let confirmed = try await other.post("/machine-clock", ["reason": "compared"], from: "/")
            #expect(confirmed.headers[.location] == "/")
            #expect(!(try await other.get("/").text.contains("/machine-clock")))
            #expect(try await browser.get("/health/ready").text == #"{"status":"ready"}"#)
            // A second click finds nothing to confirm.
            #expect(try await other.post("/machine-clock", ["reason": "compared"], from: "/").headers[.location] == "/")
        }
    }
}
