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

@Suite("Rules beside each other, and who must answer, on pages")
struct RulesPageTests {
    @Test("Both editions, what is unknown, and the complaints that would go elsewhere; nothing is recorded")
    func compared() async throws {
        let site = try await Site(bringsUpToDate: true)
        // Schools are the akimat's today and were the ministry's by the table of 2013.
        let filing = ComplaintFiling(
            channel: "phone", kind: .order, service: "S0012", region: "71", language: "ru", subject: "Очередь",
            contacts: ComplaintContacts(name: "Тест"), filedAt: site.time.now.adding(milliseconds: -86_400_000))
        let receipt = try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now)
        #expect(receipt.body == "A71")
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let before = try site.journal.head().position
            let page = try await browser.get("/complaints/rules").text
            for text in ["complaint-review@2013-04-15", "ssl-appc@2021-07-01", "complaints@2021-07-01"] {
                #expect(page.contains(text), "\(text)")
            }
            #expect(page.contains("белгісіз") || page.contains("расталмаған"))
            let moved = try await browser.get("/complaints/rules?table=complaints@2013-04-15").text
            #expect(moved.contains("/complaints/\(receipt.number)") && moved.contains("/bodies/ME"))
            let same = try await browser.get("/complaints/rules?table=complaints@2021-07-01").text
            #expect(!same.contains("/complaints/\(receipt.number)\""))
            let none = try await browser.get("/complaints/rules?from=none")
            #expect(none.status == .notFound)
            #expect(try site.journal.head().position == before)
        }
    }

    @Test("Before it is registered the page says who answers, by which paragraph, and what would change that")
    func whatIf() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let response = try await browser.post(
                "/complaints/new",
                [
                    "subject":
                        "В ЦОНе Астаны огромная очередь на прописку, весь день не могу сдать документы, никто не помогает",
                    "action": "read", "channel": "phone", "language": "ru",
                ], from: "/complaints/new")
            let text = response.text
            #expect(text.contains("complaints@2021-07-01"), "\(response.status)")
            #expect(text.contains("/bodies/G71"))
            #expect(text.contains("Жауапты не өзгертер еді:") || text.contains("Что изменило бы ответ:"))
        }
    }

    @Test("A complaint is handed to a territorial body without a code; its page says which")
    func unit() async throws {
        let site = try await Site(bringsUpToDate: true)
        let filing = ComplaintFiling(
            channel: "phone", kind: .order, body: "MNE", language: "ru", subject: "Очередь",
            contacts: ComplaintContacts(name: "Тест"), filedAt: site.time.now.adding(milliseconds: -86_400_000))
        let number = try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now).number
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let path = "/complaints/\(number)"
            let form = try #require(
                PageForm.all(in: try await browser.get(path).text).first { $0.given["step"] == "transfer" })
            let wrong = try await browser.post(
                path + "/steps/transfer",
                form.given.merging(["body": "A71", "unit": "71", "reason": "не наше"]) { $1 }, from: path)
            #expect(wrong.status == .unprocessableContent)
            let sent = try await browser.post(
                path + "/steps/transfer",
                form.given.merging(["body": "KMS", "unit": "71", "reason": "не наше"]) { $1 }, from: path)
            #expect(sent.status == .seeOther)
            let page = try await browser.get(path).text
            #expect(page.contains("аумақтық бөлімшесі") || page.contains("территориальный орган"))
        }
    }
}
