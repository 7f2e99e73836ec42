import Accounts
import Complaints
import ContactCentre
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("A complaint and its steps on the page")
struct ComplaintPageTests {
    /// A site with the calendar, the registry, and one complaint filed a day ago.
    private func prepared() async throws -> (site: Site, number: String, path: String) {
        let site = try await Site(bringsUpToDate: true)
        let filing = ComplaintFiling(
            channel: "phone", kind: .employees, body: "MNE", language: "kk", subject: "Құжатты қабылдамады",
            contacts: ComplaintContacts(name: "Айша Сынақова", phone: "+7 700 000 00 00"),
            filedAt: site.time.now.adding(milliseconds: -86_400_000))
        let receipt = try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now)
        return (site, receipt.number, "/complaints/\(receipt.number)")
    }

    @Test(
        "an answer without its outcome, or from the future, goes back with what was typed; a right one is recorded once"
    )
    func answer() async throws {
        let (site, _, path) = try await prepared()
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let html = try await browser.get(path).text
            let form = try #require(PageForm.all(in: html).first { $0.given["step"] == "answer" })
            let common = form.given.merging(["outcome": ""]) { $1 }
            func send(_ fields: [String: String]) async throws -> (HTTPResponse.Status, String) {
                let response = try await browser.post(
                    path + "/steps/answer", common.merging(fields) { $1 }, from: path)
                return (response.status, response.text)
            }
            let noOutcome = try await send(["text": "Айыпты жазаланды"])
            #expect(noOutcome.0 == .unprocessableContent)
            #expect(noOutcome.1.contains("Айыпты жазаланды"))
            let future = try await send(["outcome": "satisfied", "at": "2036-01-01T10:00"])
            #expect(future.0 == .unprocessableContent)
            #expect(future.1.contains("value=\"2036-01-01T10:00\""))
            for _ in 0..<2 {
                #expect(try await send(["outcome": "satisfied", "text": "Айыпты жазаланды"]).0 == .seeOther)
            }
            let events = try await site.journal.read { db in
                try String.fetchAll(db, sql: "SELECT name FROM event WHERE name = 'complaintAnswered'")
            }
            #expect(events.count == 1)
            #expect(try await browser.get(path).text.contains("steps/answer") == false)
        }
    }

    @Test("an extension beyond the law is refused in the reader's words, and two people do not undo each other's work")
    func extend() async throws {
        let (site, _, path) = try await prepared()
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let beyond = try await browser.post(
                path + "/steps/extend", ["version": "1", "at": "2026-03-19T10:30", "days": "30", "reason": "тексеру"],
                from: path)
            #expect(beyond.status == .unprocessableContent)
            #expect(beyond.text.contains("жұмыс күніне ғана"))
            let stale = try await browser.post(
                path + "/steps/note", ["version": "0", "text": "x"], from: path)
            #expect(stale.status == .conflict)
        }
    }

    @Test(
        "the applicant is masked; a look needs a purpose, is recorded before it shows anything, and is not for everybody"
    )
    func reveal() async throws {
        let (site, _, path) = try await prepared()
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            #expect(try await !browser.get(path).text.contains("Сынақова"))
            let none = try await browser.post(path + "/reveal", ["purpose": " "], from: path)
            #expect(none.status == .unprocessableContent)
            #expect(!none.text.contains("Сынақова"))
            let shown = try await browser.post(path + "/reveal", ["purpose": "хабарласу"], from: path)
            #expect(shown.text.contains("Айша Сынақова"))
            #expect(shown.headers[.cacheControl]?.contains("no-store") == true)
            let looks = try await site.journal.read { db in
                try String.fetchAll(db, sql: "SELECT actor FROM event WHERE name = 'complaintRevealed'")
            }
            #expect(looks.count == 1)
            #expect(try await !browser.get(path).text.contains("Сынақова"))

            let auditor = Browser(client: browser.client)
            try await auditor.signIn("auditor")
            #expect(try await auditor.get(path).status == .ok)
            let token = try await auditor.token(on: "/")
            let refused = try await auditor.post(path + "/reveal", ["purpose": "x"], token: token)
            #expect(refused.status == .forbidden)
            let step = try await auditor.post(path + "/steps/note", ["version": "1", "text": "x"], token: token)
            #expect(step.status == .forbidden)
        }
    }

    @Test("the moment of filing is put right on the page; both moments and both days stay to be seen, with the reason")
    func refile() async throws {
        let (site, _, path) = try await prepared()
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "en"
            let fields = ["version": "1", "at": "2026-03-16T10:00"]
            let unsaid = try await browser.post(path + "/steps/refile", fields, from: path)
            #expect(unsaid.status == .unprocessableContent)
            let done = try await browser.post(
                path + "/steps/refile", fields.merging(["reason": "the <scan>"]) { $1 }, from: path)
            #expect(done.status == .seeOther)
            let page = try await browser.get(path).text
            #expect(page.contains("formerly:") && page.contains("the &lt;scan&gt;") && page.contains("16.03.2026"))
        }
    }

    @Test("a mistaken registration is annulled with its reason, says so, and offers nothing more but a note")
    func annul() async throws {
        let (site, number, path) = try await prepared()
        let other = try await site.centre.complaints.register(
            ComplaintFiling(
                channel: "phone", kind: .employees, body: "MNE", language: "kk", subject: "Сынақ",
                contacts: ComplaintContacts(name: "Айша Сынақова"), filedAt: site.time.now),
            by: Actor("test"), at: site.time.now
        ).number
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "ru"
            for fields in [["ground": "duplicate", "reason": "x"], ["ground": "erroneous"], ["reason": "x"]] {
                let refused = try await browser.post(
                    path + "/steps/annul", fields.merging(["version": "1"]) { $1 }, from: path)
                #expect(refused.status == .unprocessableContent, "\(fields)")
            }
            let done = try await browser.post(
                path + "/steps/annul",
                ["version": "1", "ground": "duplicate", "duplicateOf": other, "reason": "подана <дважды>"], from: path)
            #expect(done.status == .seeOther)
            let page = try await browser.get(path).text
            #expect(page.contains("Жалоба аннулирована") && page.contains("подана &lt;дважды&gt;"))
            #expect(page.contains("href=\"/complaints/\(other)\""))
            for step in ["answer", "transfer", "withdraw", "classify", "refile", "annul"] {
                #expect(!page.contains("/steps/\(step)\""), "\(step)")
            }
            #expect(page.contains("/steps/note\"") && !page.contains("is-breached"))
            #expect(try await browser.get("/complaints?status=annulled").text.contains(number))
            #expect(try await !browser.get("/complaints?status=open").text.contains(number))
            let auditor = Browser(client: browser.client)
            try await auditor.signIn("auditor")
            #expect(try await auditor.get(path).text.contains("подана &lt;дважды&gt;"))
        }
    }
}
