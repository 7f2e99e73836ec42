import Accounts
import Casework
import Complaints
import ContactCentre
import Correspondence
import Delivery
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import Onboarding
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("The ledger of violations on its pages")
struct ViolationPageTests {
    /// A site where MNE said on 16 March what it should have said until the 13th, and a complaint to KGD is late.
    /// - Returns: the entries of the change and of the complaint.
    static func prepared(_ site: Site) async throws -> (change: Violation.ID, complaint: Violation.ID) {
        let actor = Actor("test")
        let zone = site.environment.zone
        func moment(_ day: String) throws -> Moment {
            zone.moment(of: try #require(CivilDate(day)), hour: 10, minute: 0)
        }
        let note = DutyNote(body: "MNE", service: "S0241", text: "баға", on: CivilDate("2026-03-10"))
        let desk = site.centre.onboarding
        let id = try await desk.begin(
            .informationChange, note, happenedAt: try moment("2026-03-10"), by: actor, at: site.time.now)
        try await site.centre.casework.recordBreaches(at: site.time.now)
        try await desk.end(
            .informationChange, id: id, by: "changeSubmitted", DutyNote(body: "", text: "form"),
            happenedAt: try moment("2026-03-16"), by: actor, at: site.time.now)
        let filing = ComplaintFiling(
            channel: "phone", kind: .other, body: "KGD", subject: "x",
            contacts: ComplaintContacts(name: "Айша Сынақова"), filedAt: try moment("2026-02-10"))
        _ = try await site.centre.complaints.register(filing, by: actor, at: site.time.now)
        try await site.centre.casework.recordBreaches(at: site.time.now)
        return try await site.journal.read { db in
            var filter = ViolationFilter()
            filter.caseKinds = ["information-change", "complaint"]
            let found = try Violation.fetch(filter, in: db)
            return (
                try #require(found.first { $0.stream.kind == "information-change" }).id,
                try #require(found.first { $0.stream.kind == "complaint" }).id
            )
        }
    }

    private func path(_ id: Violation.ID) -> String { SitePath.violation(.value("\(id)")).path }

    private func form(_ step: String, on path: String, _ browser: Browser) async throws -> [String: String] {
        let forms = PageForm.all(in: try await browser.get(path).text)
        return try #require(forms.first { $0.given["step"] == step }, "no form of \(step) on \(path)").given
    }

    private func events(_ site: Site, _ id: Violation.ID) async throws -> [String] {
        try await site.centre.casework.history(of: id.stream).map(\.event.content.name)
            .filter { $0.hasPrefix("violation") }
    }

    @Test("a draft waits on the first page, is confirmed once however often the form is sent, and its body is told")
    func confirmed() async throws {
        let site = try await Site(bringsUpToDate: true)
        let id = try await Self.prepared(site).change
        try await site.test { browser in
            try await browser.signIn("coordinator")
            #expect(try await browser.get("/").text.contains("/violations?state=waiting"))
            let list = try await browser.get("/violations").text
            #expect(list.contains(path(id)) && list.contains("is-dueToday"))
            #expect(try await browser.get("/duties/information-change/\(id.stream.id)").text.contains(path(id)))
            var confirm = try await form("confirm", on: path(id), browser)
            confirm["words"] = "5-1/33 хат"
            let first = try await browser.post(path(id), confirm, from: path(id))
            #expect(first.status == .seeOther, "\(first.text)")
            #expect(try await browser.post(path(id), confirm, from: path(id)).status == .seeOther, "the button twice")
            #expect(try await events(site, id) == ["violationConfirmed", "violationTold"])
            // Back, and another decision on what was seen before.
            var other = confirm
            other["step"] = "excuse"
            other["ground"] = "system-failure"
            other["key"] = "another"
            let late = try await browser.post(path(id), other, from: path(id))
            #expect(late.status == .conflict && late.text.contains("5-1/33"))
            let page = try await browser.get(path(id)).text
            #expect(
                page.contains("5-1/33 хат") && page.contains("value=\"withdraw\"")
                    && !page.contains("value=\"confirm\""))
            #expect(page.contains("/body/"))
            var withdraw = try await form("withdraw", on: path(id), browser)
            withdraw["reason"] = ""
            #expect(try await browser.post(path(id), withdraw, from: path(id)).status == .unprocessableContent)
            withdraw["reason"] = "басқа іс"
            #expect(try await browser.post(path(id), withdraw, from: path(id)).status == .seeOther)
            var excuse = try await form("excuse", on: path(id), browser)
            (excuse["ground"], excuse["words"]) = ("other", "")
            let bare = try await browser.post(path(id), excuse, from: path(id))
            #expect(bare.status == .unprocessableContent && bare.text.contains("-words-error"))
            excuse["words"] = "су тасқыны"
            #expect(try await browser.post(path(id), excuse, from: path(id)).status == .seeOther)
            #expect(try await browser.get("/violations?state=excused").text.contains(path(id)))
            #expect(try await browser.get("/bodies/MNE").text.contains("/violations?body=MNE"))
        }
    }

    @Test("what happens in the case and leaves the entry as it is does not come between its reader and his decision")
    func otherEvents() async throws {
        let site = try await Site(bringsUpToDate: true)
        let id = try await Self.prepared(site).complaint
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let confirm = try await form("confirm", on: path(id), browser)
            _ = try await site.centre.complaints.reveal(
                id.stream.id, for: "a look", by: Actor("other"), at: site.time.now)
            #expect(try await browser.post(path(id), confirm, from: path(id)).status == .seeOther)
        }
    }

    @Test("the body replies by its link; a reply after its term is kept and marked, other tokens open nothing")
    func replied() async throws {
        let site = try await Site(bringsUpToDate: true)
        let id = try await Self.prepared(site).change
        try await site.centre.violations.tell(id, by: Actor("test"), at: site.time.now)
        let now = site.time.now
        let token = try await site.journal.read { [site] db in
            try #require(try site.centre.violations.link(to: id, at: now, in: db)).token
        }
        try await site.test { browser in
            let address = "/body/\(token)"
            let page = try await browser.get(address)
            #expect(page.status == .ok && page.headers[.cacheControl] == "no-store")
            var reply = try await form("reply", on: address, browser)
            reply["text"] = ""
            #expect(try await browser.post(address, reply, from: address).status == .unprocessableContent)
            reply["text"] = "Хат кеш келді"
            #expect(try await browser.post(address, reply, from: address).status == .seeOther)
            #expect(try await browser.post(address, reply, from: address).status == .seeOther)
            #expect(try await events(site, id) == ["violationTold", "violationReplied"])
            site.time.advance(milliseconds: 30 * 86_400_000)
            var late = try await form("reply", on: address, browser)
            late["text"] = "Қосымша"
            #expect(try await browser.post(address, late, from: address).status == .seeOther)
            #expect(try await browser.get("/body/\(token)x").status == .notFound)
            try await browser.signIn("coordinator")
            let seen = try await browser.get(path(id)).text
            #expect(seen.contains("Хат кеш келді") && seen.contains("Қосымша"))
            #expect(try await site.centre.casework.violation(id)?.entry.isReplyLate == true)
            var revoke = try await form("revoke", on: path(id), browser)
            revoke["reason"] = "қате мекенжай"
            #expect(try await browser.post(path(id), revoke, from: path(id)).status == .seeOther)
            #expect(try await browser.get(address).status == .notFound)
        }
    }

    @Test("with an address the body gets a mail that holds the link; its words stand sealed in the journal")
    func mailed() async throws {
        let site = try await Site(bringsUpToDate: true, settings: { $0.publicAddress = "https://1414.example.kz" })
        let id = try await Self.prepared(site).change
        try await site.centre.bodyLinks.setChannel(
            of: "MNE", email: "kense@mne.example.kz", webhook: nil, by: Actor("test"), at: site.time.now)
        try await site.centre.violations.perform(
            .confirm(words: nil, document: nil), on: id, by: Actor("test"), at: site.time.now)
        let history = try await site.centre.casework.history(of: id.stream)
        guard case .violationTold(let told)? = history.last?.event.content as? ViolationEvent else {
            Issue.record("nobody was told")
            return
        }
        #expect(told.way == "mail" && told.letter?.contains("example.kz") == false)
        let queued = try await site.journal.read { db in
            try DeliveryRecord.fetchAll(
                kind: "violation-notice", subject: "\(id.stream)#\(history.count)", in: db)
        }
        let delivery = try #require(queued.first)
        let bytes = try #require(try await site.centre.violations.document(for: delivery))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("kense@mne.example.kz") && text.contains("https://1414.example.kz/body/"))
    }

    @Test(
        "a day off in the past reopens a confirmed entry; its closing is confirmed on the page and the clock is reviewed"
    )
    func reopened() async throws {
        let site = try await Site(bringsUpToDate: true)
        let id = try await Self.prepared(site).change
        try await site.centre.violations.perform(
            .confirm(words: nil, document: nil), on: id, by: Actor("test"), at: site.time.now)
        let casework = site.centre.casework
        let (calendar, edition) = try await site.journal.read { db in
            (try casework.calendars.calendar(in: db), try casework.calendars.edition(in: db))
        }
        let day = CalendarException(
            date: try #require(CivilDate("2026-03-12")), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной",
            basisKK: "Қаулы", basisRU: "Постановление", knownSince: try #require(CivilDate("2026-03-01")))
        _ = try await casework.adopt(
            try calendar.changed(adding: [day]), reason: "Қаулы", expecting: edition, by: Actor("test"),
            at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let page = try await browser.get(path(id)).text
            #expect(page.contains("<del>") && page.contains("value=\"close\"") && !page.contains("value=\"withdraw\""))
            #expect(try await browser.get("/violations?state=reopened").text.contains(path(id)))
            var close = try await form("close", on: path(id), browser)
            close["reason"] = "Қаулы 5"
            #expect(try await browser.post(path(id), close, from: path(id)).status == .seeOther)
            #expect(try await casework.violation(id)?.entry.state == .closed)
            let closed = try await browser.get(path(id)).text
            #expect(!closed.contains("value=\"close\"") && closed.contains("Қаулы 5"))
        }
    }

    @Test("who may read a kind of case sees its entries, who answers for it decides, nobody else")
    func roles() async throws {
        let site = try await Site(bringsUpToDate: true)
        let (change, complaint) = try await Self.prepared(site)
        try await site.test { browser in
            let sees: [(Role, Violation.ID, sees: Bool, decides: Bool)] = [
                (.coordinator, change, true, true), (.coordinator, complaint, false, false),
                (.complaintsOfficer, change, false, false), (.complaintsOfficer, complaint, true, true),
                (.auditor, change, true, false), (.auditor, complaint, true, false),
                (.administrator, change, false, false),
            ]
            for (role, id, sees, decides) in sees {
                let own = Browser(client: browser.client)
                try await own.signIn(role.rawValue)
                let page = try await own.get(path(id))
                #expect(page.status == (sees ? .ok : .notFound), "\(role) \(id)")
                #expect(page.text.contains("value=\"confirm\"") == decides, "\(role) \(id)")
                #expect(try await own.get("/violations").text.contains(path(id)) == sees, "\(role) \(id)")
                let sent = try await own.post(path(id), ["step": "confirm"], from: "/account")
                if !sees || !decides { #expect(sent.status == .forbidden || sent.status == .notFound, "\(role) \(id)") }
            }
            let own = Browser(client: browser.client)
            try await own.signIn("operator")
            #expect(try await own.get("/violations").status == .forbidden)
        }
    }

    @Test(
        "the list is chosen, valid when empty, and taken out as a file; what is nonsense in the address narrows nothing"
    )
    func list() async throws {
        let site = try await Site(bringsUpToDate: true)
        let (change, complaint) = try await Self.prepared(site)
        try await site.test { browser in
            try await browser.signIn("auditor")
            func has(_ query: String) async throws -> [Bool] {
                let page = try await browser.get("/violations\(query)")
                #expect(page.status == .ok, "\(query)")
                return [change, complaint].map { page.text.contains(path($0)) }
            }
            #expect(try await has("?search=&state=&body=&rule=&month=") == [true, true])
            #expect(try await has("?body=MNE") == [true, false])
            #expect(try await has("?rule=review-by-body") == [false, true])
            #expect(try await has("?month=2026-03") == [true, false])
            #expect(try await has("?month=2026-02&state=drafted") == [false, true])
            #expect(try await has("?search=\(complaint.stream.id)") == [false, true])
            #expect(try await has("?state=confirmed") == [false, false])
            #expect(try await has("?state=waiting") == [true, true])
            #expect(try await has("?state=nonsense&month=x&after=x&sort=x") == [true, true])
            #expect(try await has("?sort=day") == [true, true])
            let file = try await browser.get("/violations?format=csv&body=MNE")
            #expect(
                file.headers[.contentType]?.hasPrefix("text/csv") == true && file.text.contains("information-change/"))
            #expect(!file.text.contains("complaint/"))
        }
    }

    @Test("far more complaints than is usual are told on the supervisor's page, with the list behind them")
    func surge() async throws {
        let site = try await Site(bringsUpToDate: true)
        let day: Int64 = 86_400_000
        func register(_ days: Int64, _ body: String, _ service: String?) async throws {
            let filing = ComplaintFiling(
                channel: "phone", kind: .other, service: service, body: body, subject: "x",
                contacts: ComplaintContacts(name: "Айша Сынақова"),
                filedAt: site.time.now.adding(milliseconds: -days * day - 60_000))
            _ = try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now)
        }
        for week in 1...5 { try await register(Int64(week) * 7, "KGD", nil) }
        for _ in 1...5 { try await register(0, "MNE", "S0241") }
        try await site.test { browser in
            let link = "/complaints?service=S0241&amp;body=MNE&amp;from=2026-03-16&amp;through=2026-03-22"
            for (role, page, sees) in [
                (Role.complaintsOfficer, "/statistics", true), (.complaintsOfficer, "/", true),
                (.coordinator, "/statistics", false), (.coordinator, "/", false),
            ] {
                let own = Browser(client: browser.client)
                try await own.signIn(role.rawValue)
                let text = try await own.get(page).text
                #expect(text.contains(link) == sees, "\(role) \(page)")
                if page == "/statistics" { #expect(text.contains("id=\"surges\"") && text.contains("S0241")) }
            }
        }
    }
}
