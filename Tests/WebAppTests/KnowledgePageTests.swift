import ContactCentre
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import KnowledgeBase
import Languages
import TestSupport
import Testing
import WebApp

@Suite("Pages of those who keep the knowledge")
struct KnowledgePageTests {
    private static let group = [
        "id": "test-dodge", "sphere": "defence", "say": "откосить от армии\r\nаскерден қашу",
        "meanRU": "отсрочка от призыва", "reason": "callers say so", "version": "0",
    ]

    @Test("a group of synonyms is tried on the kept queries, then confirmed; an incomplete one says what is missing")
    func synonyms() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let queries = "/knowledge/queries"
            let kept = try await browser.post(
                queries, ["act": "keep", "words": "откосить от армии", "card": "s0004"], from: queries)
            #expect(kept.status == .seeOther)
            #expect(try await browser.get(queries).text.contains("откосить от армии"))
            let page = "/knowledge/synonyms/new"
            let tried = try await browser.post(
                page, Self.group.merging(["act": "try"]) { $1 }, from: page)
            #expect(tried.status == .ok)
            #expect(tried.text.contains("id=\"trial\""))
            #expect(tried.text.contains("value=\"save\""))
            #expect(try await site.centre.synonyms.history().isEmpty)
            let wrong = try await browser.post(
                page, Self.group.merging(["act": "try", "meanRU": ""]) { $1 }, from: page)
            #expect(wrong.status == .unprocessableContent)
            let saved = try await browser.post(page, Self.group.merging(["act": "save"]) { $1 }, from: page)
            #expect(saved.status == .seeOther)
            #expect(saved.headers[.location] == "/knowledge/synonyms/test-dodge")
            let shown = try await browser.get("/knowledge/synonyms/test-dodge")
            #expect(shown.text.contains("callers say so"))
            #expect(try await browser.get("/knowledge/synonyms").text.contains("test-dodge"))
        }
    }

    @Test(
        "a faulty text names each fault with its line and records nothing; a confirmation of an older edition is refused"
    )
    func card() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let edit = "/cards/S0001/edit"
            let faulty = try await browser.post(
                edit, ["edition": "1", "reason": "letter 5", "text": "code: S0001\ncontent: sure\nowner: MD"],
                from: edit)
            #expect(faulty.status == .unprocessableContent)
            #expect(faulty.text.contains("“sure” is no content"))
            let record = try #require(try await site.centre.cards.card("S0001"))
            #expect(record.edition == 1)
            let text = CardFile.write(record.card) + "fee:\n  ru: \"Бесплатно\"\n"
            let made = try await browser.post(
                edit, ["edition": "1", "reason": "letter 5", "text": text], from: edit)
            #expect(made.status == .seeOther)
            let history = "/cards/S0001/history"
            let stale = try await browser.post(
                history, ["act": "confirm", "edition": "1", "body": "MD", "document": "letter 6"], from: history)
            #expect(stale.status == .unprocessableContent)
            let confirmed = try await browser.post(
                history, ["act": "confirm", "edition": "2", "body": "MD", "document": "letter 6"], from: history)
            #expect(confirmed.status == .seeOther)
            let shown = try await browser.get(history).text
            #expect(shown.contains("letter 6") && shown.contains("Бесплатно</ins>"))
            _ = try await browser.post(history, ["act": "withdraw", "reason": "abolished"], from: history)
            #expect(try await browser.get(history).text.contains("abolished"))
            _ = try await browser.post("/sign-out", from: "/")
            try await browser.signIn("operator")
            #expect(try await browser.get(history).status == .notFound)
            #expect(try await browser.get("/cards/S0001").status == .notFound)
        }
    }

    @Test("a gap is listed, dismissed with a reason and gone from the open ones; without a reason it stays")
    func gap() async throws {
        let site = try await Site(bringsUpToDate: true)
        let gap = try await site.centre.gaps.report(
            "новая выплата <b>", language: .ru, by: .user(1), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let page = "/knowledge/gaps"
            #expect(try await browser.get(page).text.contains("новая выплата"))
            let refused = try await browser.post(
                "/knowledge/gaps/\(gap.id)", ["act": "dismiss", "reason": ""], from: page)
            #expect(refused.status == .unprocessableContent)
            let done = try await browser.post(
                "/knowledge/gaps/\(gap.id)", ["act": "dismiss", "reason": "not a service"], from: page)
            #expect(done.status == .seeOther)
            #expect(try await browser.get(page).text.contains("новая выплата") == false)
            #expect(try await browser.get(page + "?show=dismissed").text.contains("not a service"))
        }
    }
}
