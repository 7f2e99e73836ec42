import Accounts
import Casework
import ContactCentre
import Contacts
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import KnowledgeBase
import Languages
import Registry
import Rulebook
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("The operator's console")
struct ConsoleTests {
    /// A site with the real calendar, registry and cards, and an operator at work.
    private func atWork(_ body: @escaping @Sendable (Site, Browser) async throws -> Void) async throws {
        let site = try await Site()
        let (centre, actor, now) = (site.centre, Actor("test"), site.time.now)
        _ = try await centre.casework.adopt(
            try ScheduleFolder(path: Repository.path + "/schedules").calendar(), reason: "test", expecting: nil,
            by: actor, at: now)
        _ = try RegistryFolder.import(
            folder: Repository.path + "/knowledge", into: centre.casework, by: actor, at: now)
        _ = try centre.cards.importFolder(Repository.path + "/knowledge/services", by: actor, at: now)
        try await site.test { browser in
            browser[cookie: "language"] = "ru"
            try await browser.signIn("operator")
            try await body(site, browser)
        }
    }

    private func open(_ site: Site) async throws -> ContactRecord? {
        let account = try #require(try await site.accounts.all(for: .timer).first { $0.loginName == "operator" })
        return try await site.centre.contacts.open(of: .user(account.account.number))
    }

    @Test("a call without a script: start, search, read a card, close; the card's edition and language are kept")
    func call() async throws {
        try await atWork { site, browser in
            let started = try await browser.post(
                "/calls/start", ["language": "ru", "back": "/search"], from: "/search")
            #expect(started.headers[.location] == "/search")
            let contact = try #require(try await open(site))
            let found = try await browser.post("/search", ["words": "ghfdf"], from: "/search")
            #expect(found.text.contains("права</strong>") && found.text.contains("href=\"/cards/S0273\""))
            let page = try await browser.get("/cards/S0273?show=kk").text
            #expect(page.contains("name=\"read\" value=\"kk\""))
            site.time.advance(milliseconds: 65_000)
            let closed = try await browser.post(
                "/calls/close",
                [
                    "contact": contact.id, "outcome": "answeredByCard", "card": "S0273", "edition": "1", "read": "kk",
                ], from: "/search")
            #expect(closed.headers[.location] == "/search")
            #expect(try await open(site) == nil)
            let record = try await site.centre.journal.read { try ContactRecord.fetch(contact.id, in: $0) }
            #expect(record?.card == "S0273" && record?.edition == 1 && record?.cardLanguage == .kk)
            #expect(record?.seconds == 65 && record?.outcome == .answeredByCard)
        }
    }

    @Test("a script gets the results alone, and the bar alone")
    func fragments() async throws {
        try await atWork { site, browser in
            let token = try await browser.token(on: "/search")
            let header = try #require(HTTPField.Name("X-Fragment"))
            let found = try await browser.post(
                "/search", ["words": "паспорт"], token: token, headers: [header: "1"])
            #expect(found.text.contains("class=\"hits\"") && !found.text.contains("<html"))
            let bar = try await browser.post(
                "/calls/start", ["language": "kk"], token: token, headers: [header: "1"])
            #expect(bar.text.contains("id=\"callbar\"") && !bar.text.contains("<html"))
        }
    }

    @Test("nonsense has no card that looks like an answer; a tie asks one question, and its answer comes first")
    func unsure() async throws {
        try await atWork { _, browser in
            let token = try await browser.token(on: "/search")
            let header = try #require(HTTPField.Name("X-Fragment"))
            func results(_ fields: [String: String]) async throws -> String {
                try await browser.post("/search", fields, token: token, headers: [header: "1"]).text
            }
            let nonsense = try await results(["words": "сколько стоит билет в кино"])
            #expect(!nonsense.contains("data-fact") && !nonsense.contains("choice-box"))
            let tie = try await results(["words": "прописка по месту жительства временно"])
            #expect(tie.contains("choice-box") && tie.contains("data-key=\"first\"") && tie.contains("<kbd"))
            let other = try #require(tie.firstMatch(of: /value="(S\d{4})" data-key="second"/)?.output.1)
            let chosen = try await results([
                "words": "прописка по месту жительства временно", "choice": String(other),
            ])
            #expect(!chosen.contains("choice-box"))
            let first = try #require(chosen.firstMatch(of: /href="\/cards\/(S\d{4})/)?.output.1)
            #expect(first == other)
            // What is no choice of these words changes nothing.
            #expect(try await results(["words": "паспорт", "choice": "S9999-lost"]).contains("S0288"))
        }
    }

    @Test("a story leads to the sheet of its services, in the language asked for, with what each card says")
    func lifeEvent() async throws {
        try await atWork { _, browser in
            let found = try await browser.post("/search", ["words": "у нас родилась дочка"], from: "/search").text
            #expect(found.contains("href=\"/life-events/L01\"") && found.contains("Shift+Enter"))
            #expect(try await browser.get("/life-events").text.contains("/life-events/L15"))
            let sheet = try await browser.get("/life-events/L01").text
            #expect(sheet.contains("/cards/S0121") && sheet.contains("Бесплатно"))
            #expect(sheet.contains("органом не подтверждено"))
            #expect(sheet.contains("один из родителей") && !sheet.contains("ата-анасының бірі"))
            let both = try await browser.get("/life-events/L01?show=both").text
            #expect(both.contains("один из родителей") && both.contains("ата-анасының бірі"))
            #expect(try await browser.get("/life-events/L99").status == .notFound)
        }
    }

    @Test("cards that cannot answer are listed for who keeps them, by fact")
    func silent() async throws {
        try await atWork { _, browser in
            #expect(try await browser.get("/knowledge/unanswering").status == .forbidden)
            let coordinator = Browser(client: browser.client)
            coordinator[cookie: "language"] = "ru"
            try await coordinator.signIn("coordinator")
            let all = try await coordinator.get("/knowledge/unanswering").text
            #expect(all.contains("S0001") && all.contains("Срок, Сколько стоит, Документы, Где"))
            let place = try await coordinator.get("/knowledge/unanswering?fact=where").text
            #expect(place.contains("S0001") && !place.contains("S0003 "))
        }
    }

    @Test("telephony's address begins a contact once, leads to a clean one, and keeps nothing of the number")
    func pop() async throws {
        try await atWork { site, browser in
            let answer = try await browser.get("/pop?call=%2B77011234567")
            #expect(answer.headers[.location] == "/search")
            let first = try #require(try await open(site))
            _ = try await browser.get("/pop?call=PBX-42")
            let second = try #require(try await open(site))
            #expect(second.id != first.id)
            _ = try await browser.get("/pop?call=PBX-42")
            #expect(try await open(site)?.id == second.id)
            let events = try await site.centre.casework.history(of: StreamID(kind: "contact", id: first.id))
            let payload = String(decoding: events[0].recorded.payload, as: UTF8.self)
            #expect(!payload.contains("7011234567") && !payload.contains("call"))
            let foreign = try await browser.get(
                "/pop?call=PBX-43", headers: [try #require(HTTPField.Name("Sec-Fetch-Site")): "cross-site"])
            #expect(foreign.headers[.location] == "/search")
            #expect(try await open(site)?.id == second.id)
        }
    }

    @Test("what we did not have becomes a draft with the words masked, a gap, and a mark on the contact")
    func gap() async throws {
        try await atWork { site, browser in
            _ = try await browser.post("/calls/start", ["language": "ru"], from: "/search")
            let form = try await browser.post("/calls/gap", ["words": "пропуск 900101300123"], from: "/search").text
            #expect(!form.contains("900101300123"))
            let missing = try await browser.post("/calls/gap/draft", ["text": "", "body": ""], from: "/search")
            #expect(missing.status == .unprocessableContent && missing.text.contains("field-error"))
            let done = try await browser.post(
                "/calls/gap/draft", ["text": "Где получить пропуск", "body": "MIA", "words": "пропуск"],
                from: "/search")
            #expect(done.headers[.location] == "/search")
            let draft = try #require(
                try await site.centre.journal.read { try RequestDraftRecord.waiting(in: $0) }.first)
            #expect(draft.body == "MIA" && draft.gap != nil)
            #expect(try await open(site)?.gap == draft.gap)
            let coordinator = Browser(client: browser.client)
            try await coordinator.signIn("coordinator")
            #expect(try await coordinator.get("/requests/drafts").text.contains("Где получить пропуск"))
            let sent = try await coordinator.post(
                "/requests/drafts/\(draft.id)", ["note-\(draft.id)": "1-15/9", "act": "send"],
                from: "/requests/drafts")
            #expect(sent.headers[.location] == "/requests/drafts")
            #expect(try await site.centre.gaps.gap(draft.gap ?? "")?.state == .asked)
            #expect(try await site.centre.journal.read { try RequestDraftRecord.waiting(in: $0) }.isEmpty)
        }
    }

    @Test("how to complain names the term and its date; told, it stands on the contact; a complaint is registered")
    func complaint() async throws {
        try await atWork { site, browser in
            _ = try await browser.post("/calls/start", ["language": "ru"], from: "/search")
            let contact = try #require(try await open(site))
            // 19 March 2026, a Thursday; 23-25 March are Nauryz: five working days end on 31 March.
            let page = try await browser.get("/calls/complaint").text
            #expect(page.contains("5 рабочих дней") && page.contains("31\u{A0}марта 2026"))
            _ = try await browser.post("/calls/complaint/told", ["contact": contact.id], from: "/search")
            #expect(try await open(site)?.complaintGuidance == true)
            let file = "/calls/complaint/file"
            func send(_ fields: [String: String]) async throws -> TestResponse {
                try await browser.post(file, fields, from: "/calls/complaint")
            }
            let wrong = try await send(["action": "read", "subject": "Не приняли документы в ЦОНе", "iin": "12"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("field-iin-error"))
            let facts = ["kind": "order", "service": "S0273", "place": "psc", "region": "75", "nature": "complaint"]
            let read = try await send(
                facts.merging(["read": "1", "action": "preview", "subject": "Не приняли документы в ЦОНе"]) { $1 })
            let shown = try #require(DrawnForm.fields(read.text, to: file))
            let filed = try await send(shown.merging(["action": "register"]) { $1 })
            #expect(filed.text.contains("2026-000001"))
        }
    }

    @Test("the stage of an application is told, or plainly that there is none")
    func stage() async throws {
        try await atWork { site, browser in
            let none = try await browser.post("/calls/stage", ["number": "AB-12"], from: "/calls/stage").text
            #expect(none.contains("Данных о стадиях нет совсем"))
            let table = "number,service,stage,date,body\nAB-12,S0288,ready,2026-03-18,MIA\n"
            _ = try await site.centre.stages.import(
                name: "s.csv", bytes: Array(table.utf8), by: Actor("test"), at: site.time.now)
            let found = try await browser.post("/calls/stage", ["number": "ab 12"], from: "/calls/stage").text
            #expect(found.contains("Результат готов"))
            let other = try await browser.post("/calls/stage", ["number": "zz"], from: "/calls/stage").text
            #expect(other.contains("По этому номеру сведений нет"))
        }
    }

    @Test("without a mail server the card says so; what was read is offered again, what was pinned stays")
    func cards() async throws {
        try await atWork { _, browser in
            let card = try await browser.get("/cards/S0273").text
            #expect(card.contains("mail-relay"))
            _ = try await browser.post("/cards/S0273/pin", from: "/cards/S0273")
            let search = try await browser.get("/search").text
            #expect(search.contains("Закрепленные") && search.contains("/cards/S0273"))
            let refused = try await browser.post(
                "/cards/S0273/mail", ["address": "a@b.kz"], from: "/cards/S0273")
            #expect(refused.status == .unprocessableContent)
        }
    }
}
