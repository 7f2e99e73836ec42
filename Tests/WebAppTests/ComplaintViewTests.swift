import Accounts
import Complaints
import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Choices of the list of complaints that an officer keeps")
struct ComplaintViewTests {
    @Test(
        "what an officer looks at is kept under a name, leads back to it, is his alone, and is forgotten when he says so"
    )
    func life() async throws {
        let (site, _, _) = try await ComplaintHoldingTests.prepared(1)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "en"
            #expect(try await !browser.get("/complaints").text.contains("view-bar"))
            let address = "/complaints?assignee=me&status=open&sort=-filed"
            let form = try #require(
                PageForm.all(in: try await browser.get(address).text).first { $0.given["act"] == "keep" })
            let kept = try await browser.post(
                "/complaints/views", form.given.merging(["view": "Mine & <open>"]) { $1 }, from: address)
            #expect(kept.status == .seeOther)
            #expect(kept.headers[.location] == "/complaints?assignee=me&sort=-filed&status=open")
            let list = try await browser.get("/complaints").text
            #expect(list.contains(">Mine &amp; &lt;open&gt;</a>"))
            #expect(list.contains("href=\"/complaints?assignee=me&amp;sort=-filed&amp;status=open\""))
            #expect(!list.contains("aria-current=\"true\">Mine"))
            #expect(try await browser.get(address).text.contains("aria-current=\"true\">Mine"))

            let other = Browser(client: browser.client)
            try await other.signIn("asel")
            #expect(try await !other.get("/complaints").text.contains("Mine &amp;"))

            let drop = try #require(
                PageForm.all(in: try await browser.get("/complaints").text).first { $0.given["act"] == "drop" })
            #expect(drop.given["view"] == "Mine & <open>")
            #expect(try await browser.post("/complaints/views", drop.given, from: "/complaints").status == .seeOther)
            #expect(try await !browser.get("/complaints").text.contains("Mine &amp;"))
        }
    }

    @Test("a name that is missing or too long comes back with what was chosen; nothing chosen is no view")
    func refused() async throws {
        let (site, numbers, _) = try await ComplaintHoldingTests.prepared(1)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "en"
            let long = String(repeating: "a", count: 61)
            for (name, words) in [("", "Give a name"), (long, "Give a name")] {
                let page = try await browser.post(
                    "/complaints/views", ["act": "keep", "view": name, "status": "open", "sort": "-filed"],
                    from: "/complaints?status=open")
                #expect(page.status == .unprocessableContent && page.text.contains(words), "\(name)")
                #expect(page.text.contains("name=\"status\" value=\"open\"") && page.text.contains(numbers[0]))
                #expect(page.text.contains("name=\"sort\" value=\"-filed\""))
                #expect(name.isEmpty || page.text.contains(name))
            }
            let empty = try await browser.post(
                "/complaints/views", ["act": "keep", "view": "All", "sort": "number"], from: "/complaints?status=open")
            #expect(empty.status == .unprocessableContent && empty.text.contains("Nothing is chosen"))
            let strange = try await browser.post("/complaints/views", ["act": "x"], from: "/complaints?status=open")
            #expect(strange.status == .badRequest)
        }
    }
}
