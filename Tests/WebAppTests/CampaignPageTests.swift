import Accounts
import CanonicalJSON
import Casework
import ContactCentre
import Correspondence
import Foundation
import Freshness
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import KnowledgeBase
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Campaigns on the site: begun by a coordinator, answered by bodies through their links")
struct CampaignPageTests {
    /// A body with four cards, two of them written in full.
    private static let body = "MNE"
    private static let path = "/knowledge/campaigns/2026-000001"

    private static func choice(_ site: Site) -> [String: String] {
        let until = site.centre.casework.today(site.time.now).adding(days: 14)
        return ["kind": "body", "months": "", "sphere": "", "body": body, "until": "\(until)"]
    }

    private static func query(_ fields: [String: String]) -> String {
        fields.map { "\($0)=\($1)" }.sorted().joined(separator: "&")
    }

    /// Begins a campaign for the cards of the body over the pages.
    private static func begin(_ browser: Browser, _ site: Site) async throws {
        try await browser.signIn("coordinator")
        let page = try await browser.get("/knowledge/campaigns/new?" + query(choice(site)))
        let digest = try #require(page.text.firstMatch(of: /name="digest" value="([0-9a-f]+)"/)?.output.1)
        let fields = choice(site).merging(["digest": String(digest)]) { $1 }
        let made = try await browser.post(
            "/knowledge/campaigns", fields, from: "/knowledge/campaigns/new")
        #expect(made.status == .seeOther && made.headers[.location] == path)
    }

    /// The address of the body's link, as the coordinator sees it.
    private static func link(_ browser: Browser) async throws -> String {
        let page = try await browser.get("\(path)/bodies/\(body)").text
        return String(try #require(page.firstMatch(of: /value="https?:\/\/[^"\/]*(\/body\/[^"]+)"/)?.output.1))
    }

    private static func confirmations(_ site: Site) async throws -> Int {
        try await site.journal.read { db in
            try CampaignBodyRecord.fetch(campaign: "2026-000001", body: body, in: db)?.confirmed ?? -1
        }
    }

    /// The first card that waits on a body's page, with its edition.
    private static func waiting(_ page: String) throws -> (card: String, edition: String) {
        let pattern =
            /name="step" value="confirm"><input type="hidden" name="card" value="(S\d+)"><input type="hidden" name="edition" value="(\d+)">/
        let found = try #require(page.firstMatch(of: pattern))
        return (String(found.output.1), String(found.output.2))
    }

    @Test(
        "nothing is recorded by looking; the form that opens blank is right, and what is missing is told at its field")
    func preview() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let blank = try await browser.get("/knowledge/campaigns/new")
            #expect(blank.status == .ok && !blank.text.contains("id=\"preview\""))
            let shown = try await browser.get("/knowledge/campaigns/new?" + Self.query(Self.choice(site)))
            #expect(shown.status == .ok && shown.text.contains("id=\"preview\""))
            for (field, value) in [("until", "2020-01-01"), ("until", "x"), ("body", ""), ("body", "NOBODY")] {
                let wrong = Self.choice(site).merging([field: value]) { $1 }
                let page = try await browser.get("/knowledge/campaigns/new?" + Self.query(wrong))
                #expect(page.status == .unprocessableContent, "\(field) \(value)")
                #expect(page.text.contains("id=\"field-\(field)-error\""), "\(field) \(value)")
            }
            #expect(try await browser.get("/knowledge/campaigns").text.contains("class=\"empty"))
            // A list that is not the one that was shown is shown anew and not begun.
            let other = Self.choice(site).merging(["digest": "0"]) { $1 }
            let refused = try await browser.post("/knowledge/campaigns", other, from: "/knowledge/campaigns/new")
            #expect(refused.status == .unprocessableContent && refused.text.contains("id=\"preview\""))
        }
        #expect(try await site.journal.read { try CampaignRecord.fetch(in: $0).isEmpty })
    }

    @Test("a body says who answers once, confirms a card once however often it clicks, and the coordinator sees it")
    func confirms() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await Self.begin(browser, site)
            let link = try await Self.link(browser)
            let own = Browser(client: browser.client)
            let first = try await own.get(link)
            #expect(first.status == .ok && first.headers[.cacheControl] == "no-store")
            #expect(!first.text.contains("value=\"confirm\""), "nobody has said who answers")
            let unnamed = try await own.post(link, ["step": "sign", "name": "", "position": "x"], from: link)
            #expect(unnamed.status == .unprocessableContent && unnamed.text.contains("value=\"x\""))
            let signed = try await own.post(
                link, ["step": "sign", "name": "Айша Сынақова", "position": "бас маман"], from: link)
            #expect(signed.status == .seeOther && signed.headers[.location] == link)
            let page = try await own.get(link).text
            #expect(page.contains("Айша Сынақова"))
            let (card, edition) = try Self.waiting(page)
            let key = try #require(page.firstMatch(of: /name="key" value="([0-9a-f]+)"/)?.output.1)
            let act = ["step": "confirm", "card": card, "edition": edition, "key": String(key)]
            for _ in 0..<2 {
                let done = try await own.post(link, act, from: link)
                #expect(done.status == .seeOther && done.headers[.location] == "\(link)#card-\(card)")
            }
            // From another window, with a key of its own.
            #expect(try await own.post(link, act.merging(["key": "other"]) { $1 }, from: link).status == .seeOther)
            #expect(try await Self.confirmations(site) == 1)
            let events = try await site.centre.casework.history(of: StreamID("card/\(card)"))
            #expect(events.count { $0.recorded.name == "cardConfirmed" } == 1)
            let stale = try await own.post(link, ["step": "confirm", "card": card, "edition": "99"], from: link)
            #expect(stale.status == .unprocessableContent && stale.text.contains("href=\"#card-\(card)\""))
            // Another browser has not said who answers.
            let stranger = Browser(client: browser.client)
            let refused = try await stranger.post(link, act.merging(["key": "s"]) { $1 }, from: link)
            #expect(refused.status == .unprocessableContent)
            let board = try await browser.get(Self.path)
            #expect(board.text.contains("/bodies/\(Self.body)\""))
            let sheet = try await browser.get("/cards/\(card)?show=ru").text
            #expect(sheet.contains("card-foot"))
        }
        let traces = try await site.journal.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM event WHERE payload LIKE '%Сынақова%'")
        }
        #expect(traces.isEmpty)
    }

    @Test(
        "a remark comes back as it was typed where something is missing, then waits for the coordinator, who drafts a request"
    )
    func objects() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await Self.begin(browser, site)
            let link = try await Self.link(browser)
            let own = Browser(client: browser.client)
            _ = try await own.post(link, ["step": "sign", "name": "А", "position": "Б"], from: link)
            let (card, edition) = try Self.waiting(try await own.get(link).text)
            let act = ["step": "object-\(card)", "card": card, "edition": edition, "field": "fee", "text": ""]
            let empty = try await own.post(link, act, from: link)
            #expect(
                empty.status == .unprocessableContent && empty.text.contains("id=\"field-object-\(card)-text-error\""))
            #expect(empty.text.contains("value=\"fee\" selected"))
            let sent = try await own.post(link, act.merging(["text": "Сбор 0,25 МРП"]) { $1 }, from: link)
            #expect(sent.status == .seeOther)
            #expect(try await own.get(link).text.contains("Сбор 0,25 МРП"))
            let inbox = try await browser.get("/").text
            #expect(inbox.contains("/knowledge/remarks"))
            #expect(try await browser.get("/knowledge/remarks").text.contains("Сбор 0,25 МРП"))
            let page = "\(Self.path)/bodies/\(Self.body)"
            let draft = try await browser.get(page).text
            #expect(draft.contains("id=\"draft\"") && draft.contains("Сбор 0,25 МРП"))
            let made = try await browser.post(
                page, ["step": "draft", "text": "Просим сообщить сбор", "remark": "2026-000001"], from: page)
            #expect(made.status == .seeOther && made.headers[.location] == "/requests/drafts")
            #expect(try await browser.get("/requests/drafts").text.contains("Просим сообщить сбор"))
            #expect(try await browser.get("/knowledge/remarks").text.contains("class=\"empty"))
            let again = try await browser.post(
                "/knowledge/remarks/2026-000001", ["act": "dismiss", "reason": "x"], from: "/knowledge/remarks")
            #expect(again.status == .unprocessableContent)
        }
    }

    @Test("all the others are confirmed by one click; a card that changed meanwhile stops it and is shown")
    func rest() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await Self.begin(browser, site)
            let link = try await Self.link(browser)
            let own = Browser(client: browser.client)
            _ = try await own.post(link, ["step": "sign", "name": "А", "position": "Б"], from: link)
            let page = try await own.get(link).text
            let seen = page.matches(of: /name="seen" value="(S\d+:\d+)"/).map { String($0.output.1) }
            #expect(!seen.isEmpty)
            let old = seen.map { $0.prefix { $0 != ":" } + ":99" }
            let stale = try await own.post(link, ["step": "rest", "seen": String(old[0])], from: link)
            #expect(stale.status == .unprocessableContent)
            #expect(try await Self.confirmations(site) == 0)
            for _ in 0..<2 {
                let done = try await own.post(link, ["step": "rest", "seen": seen[0]], from: link)
                #expect(done.status == .seeOther && done.headers[.location] == "\(link)#rest")
            }
            #expect(try await Self.confirmations(site) == 1)
        }
    }

    @Test("a link that was revoked opens nothing; another is made; an ended campaign is read and changes nothing")
    func revoked() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await Self.begin(browser, site)
            let link = try await Self.link(browser)
            let page = "\(Self.path)/bodies/\(Self.body)"
            let id = try #require(
                try await browser.get(page).text.firstMatch(of: /name="link" value="([0-9a-f]+)"/)?.output.1)
            _ = try await browser.post(page, ["step": "revoke", "link": String(id)], from: page)
            let own = Browser(client: browser.client)
            #expect(try await own.get(link).status == .notFound)
            let foreign = try await browser.post(page, ["step": "revoke", "link": "00"], from: page)
            #expect(foreign.status == .unprocessableContent)
            _ = try await browser.post(page, ["step": "renew"], from: page)
            let next = try await Self.link(browser)
            #expect(next != link)
            _ = try await own.post(next, ["step": "sign", "name": "А", "position": "Б"], from: next)
            let (card, edition) = try Self.waiting(try await own.get(next).text)
            let token = try await own.token(on: next)
            let silent = try await browser.post(Self.path, ["reason": ""], from: Self.path)
            #expect(silent.status == .unprocessableContent && silent.text.contains("id=\"field-reason-error\""))
            #expect(try await browser.post(Self.path, ["reason": "все ответили"], from: Self.path).status == .seeOther)
            let over = try await own.get(next)
            #expect(over.status == .ok && !over.text.contains("value=\"confirm\""))
            let late = try await own.post(
                next, ["step": "confirm", "card": card, "edition": edition], token: token)
            #expect(late.status == .unprocessableContent)
            #expect(try await Self.confirmations(site) == 0)
        }
    }

    @Test("names are shown for a purpose that is recorded; the letter on paper and its sheet are made once")
    func letters() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await Self.begin(browser, site)
            let link = try await Self.link(browser)
            let own = Browser(client: browser.client)
            _ = try await own.post(link, ["step": "sign", "name": "Айша Сынақова", "position": "Б"], from: link)
            let page = "\(Self.path)/bodies/\(Self.body)"
            #expect(!(try await browser.get(page)).text.contains("Сынақова"))
            let silent = try await browser.post(page, ["step": "reveal", "purpose": ""], from: page)
            #expect(silent.status == .unprocessableContent)
            let seen = try await browser.post(page, ["step": "reveal", "purpose": "уточнить"], from: page)
            #expect(seen.status == .ok && seen.text.contains("Сынақова"))
            let key = "00112233445566778899aabbccddeeff"
            for _ in 0..<2 {
                let made = try await browser.post(page, ["step": "letter", "key": key], from: page)
                #expect(made.status == .seeOther)
            }
            let letters = try await site.journal.read {
                try LetterRecord.fetch(about: StreamID("cardCampaign/2026-000001"), in: $0)
            }
            #expect(letters.count == 1 && letters.first?.kind == .cards && letters.first?.outgoing == "1/2026")
            let sheet = try await browser.get(page + "/sheet")
            #expect(sheet.status == .ok && sheet.text.contains("class=\"qr\"") && sheet.text.contains(link))
            #expect(try await browser.get("/letters/\(letters[0].id)").status == .ok)
        }
    }

    @Test("the card says that it was asked for and not confirmed, the board is a file, programs are told the same")
    func marks() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await Self.begin(browser, site)
            let cards = try await site.journal.read {
                try CampaignCardRecord.fetch(campaign: "2026-000001", body: Self.body, in: $0)
            }
            let card = try #require(cards.first).record.card.code
            let shown = try await browser.get("/cards/\(card)")
            #expect(shown.text.contains("02.04.2026"), "until when the body was asked")
            #expect(!shown.text.contains("02.04.2026 дейін жауап бермеді"))
            let file = try await browser.get(Self.path + "?format=csv")
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8" && file.text.contains(Self.body))
            let api = try await APIClient(browser, site, as: .coordinator)
            let told = try await api.get("cards/\(card)").json["freshness"]?["asked"]
            #expect(told?["campaign"]?.string == "2026-000001" && told?["isConfirmed"]?.bool == false)
            for address in [
                "card-campaigns", "card-campaigns/2026-000001", "card-campaigns/2026-000001/bodies",
                "card-campaigns/2026-000001/bodies/\(Self.body)", "card-remarks",
            ] {
                #expect(try await api.get(address).status == 200, "\(address)")
            }
            site.time.advance(milliseconds: 15 * 86_400_000)
            let later = Browser(client: browser.client)
            try await later.signIn("coordinator")
            #expect(try await later.get("/cards/\(card)").text.contains("02.04.2026 дейін жауап бермеді"))
            #expect(try await later.get("/").text.contains("href=\"/knowledge/campaigns\""))
            let ended = try await api.post("card-campaigns/2026-000001/end", #"{"reason":"test"}"#)
            #expect(ended.status == 200 && ended.json["endReason"]?.string == "test")
        }
    }

    @Test("a program previews, begins what it was shown, once for a key, and is told what is wrong by field")
    func programs() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .coordinator)
            let asked = #""kind":"body","body":"\#(Self.body)","until":"2026-04-02""#
            let plan = try await api.post("card-campaigns/preview", "{\(asked)}")
            #expect(plan.status == 200 && plan.json["cards"]?.int == 4 && plan.json["emptyCards"]?.int == 2)
            let digest = try #require(plan.json["digest"]?.string)
            let stale = try await api.post("card-campaigns", #"{\#(asked),"digest":"0"}"#)
            #expect(stale.status == 422 && stale.json["refusal"]?.string == "campaign.changed")
            for _ in 0..<2 {
                let begun = try await api.post("card-campaigns", #"{\#(asked),"digest":"\#(digest)"}"#, key: "k1")
                #expect(begun.status == 201 && begun.json["id"]?.string == "2026-000001")
            }
            #expect(try await api.get("card-campaigns").items.count == 1)
            for (body, field) in [
                (#"{"kind":"unconfirmed","until":"2026-04-02"}"#, "months"),
                (#"{"kind":"body","body":"X","until":"2026-04-02"}"#, "body"),
                (#"{"kind":"all","until":"2026-03-01"}"#, "until"), (#"{"kind":"some","until":"2026-04-02"}"#, "kind"),
            ] {
                let wrong = try await api.post("card-campaigns", body)
                #expect(wrong.status == 422 && wrong.errors == [field], "\(body): \(wrong.text)")
            }
            #expect(try await api.get("card-campaigns/2027-000001").status == 404)
        }
    }

    @Test("who keeps no cards begins, ends and reads nothing", arguments: Role.allCases)
    func roles(role: Role) async throws {
        let site = try await Site(bringsUpToDate: true)
        let keeps = role.permissions.contains(.manageCards)
        try await site.test { browser in
            try await browser.signIn(role.rawValue)
            for path in ["/knowledge/campaigns", "/knowledge/campaigns/2026-000001", "/knowledge/remarks/2026-000001"] {
                let answer = try await browser.post(path, ["reason": "x", "act": "correct"], from: "/account")
                #expect((answer.status == .forbidden) == !keeps, "\(role) \(path): \(answer.status)")
            }
        }
        #expect(try await site.journal.read { try CampaignRecord.fetch(in: $0).isEmpty })
    }
}
