import Accounts
import Casework
import ContactCentre
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import Onboarding
import Registry
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("The list of bodies and the page of one body")
struct BodyPageTests {
    private static let actor = Actor("test")

    /// A site with one open request to MNE, two refusals of it this month, and two responsible persons, one after the other.
    static func prepared() async throws -> Site {
        let site = try await Site(bringsUpToDate: true)
        let (desk, now) = (site.centre.onboarding, site.time.now)
        let today = site.centre.casework.today(now)
        let line = PlanLineApproved(
            plan: "2026", line: "7", service: "S0288", body: "MNE", requestOn: today, approval: "№ 1")
        let id = OnboardingDesk.id(plan: "2026", line: "7", body: "MNE")
        let before = now.adding(milliseconds: -3_600_000)
        try await desk.perform(.approve(line, at: before), on: id, by: actor, at: now)
        try await desk.perform(
            .send(RequestSent(number: "5/2026", channel: "mail"), at: before), on: id, by: actor, at: now)
        try await desk.perform(.receive(RequestReceived(proof: "registered"), at: before), on: id, by: actor, at: now)
        for text in ["Бірінші", "Екінші"] {
            let note = DutyNote(body: "MNE", service: "S0288", text: text)
            let duty = try await desk.begin(.additionalRequest, note, happenedAt: before, by: actor, at: now)
            let end = DutyNote(body: "MNE", text: "бас тарту", ground: "none")
            try await desk.end(
                .additionalRequest, id: duty, by: "additionalRefused", end, happenedAt: now, by: actor, at: now)
        }
        for (name, days) in [("Болат Сынақов", -40), ("Айгүл Сынақова", -5)] {
            let details = ResponsiblePersonDetails(name: name, position: "бас маман", phone: "+7 700 000 00 00")
            let sealed = try await site.journal.read { _ in try details.sealed(of: "MNE", in: site.centre.vault) }
            _ = try await site.centre.casework.transact(by: actor, at: now) { session in
                try Registry.registerResponsiblePerson(
                    sealed, of: "MNE", since: today.adding(days: days), in: session)
            }
        }
        return site
    }

    @Test("the list is filtered, sorted, paged and taken out as it is seen; what is no value is passed over")
    func list() async throws {
        let site = try await Self.prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let all = try await browser.get("/bodies").text
            #expect(all.contains("aria-sort=\"ascending\"") && all.contains("href=\"/bodies?skip=50\""))
            let next = try await browser.get("/bodies?skip=50").text
            #expect(next.contains("51–100"))
            let found = try await browser.get("/bodies?kind=central&text=MNE").text
            #expect(found.contains("href=\"/bodies/MNE\"") && !found.contains("href=\"/bodies/MIA\""))
            #expect(found.contains("href=\"/requests?body=MNE&amp;open=yes\""))
            let first = try await browser.get("/bodies?sort=-requests").text
            let rows = first.components(separatedBy: "<tr")
            #expect(rows.count > 2 && rows[2].contains("/bodies/MNE"))
            #expect(first.contains("aria-sort=\"descending\"") && first.contains("href=\"/bodies?sort=requests\""))
            let file = try await browser.get("/bodies?kind=central&text=MNE&format=csv")
            #expect(file.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(file.text.split(separator: "\r\n").count == 2 && file.text.contains("MNE"))
            let none = try await browser.get("/bodies?text=zzzzzz").text
            #expect(none.contains("class=\"empty\""))
            for odd in ["kind=x&sort=x&skip=-5", "skip=99999999999999", "region=%27&parent=%22", "sort=-"] {
                #expect(try await browser.get("/bodies?" + odd).status == .ok, "\(odd)")
            }
        }
    }

    @Test("the page shows what is asked of a body, its refusals of the month, its record and its links to the proofs")
    func page() async throws {
        let site = try await Self.prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let html = try await browser.get("/bodies/MNE").text
            #expect(html.contains("2 / 2"))
            #expect(html.contains("/duties/additional-request/MNE-"))
            #expect(html.contains("href=\"/requests/2026-7-MNE#proof-appoint-responsible-person\""))
            #expect(html.contains("n &lt; 5"))
            #expect(html.contains("lang=\"ru\"") && html.contains("lang=\"en\""))
            #expect(try await browser.get("/bodies/NOBODY").status == .notFound)
            // Where the numbers lead there are as many rows.
            let open = try await browser.get("/requests?body=MNE&open=yes").text
            #expect(open.contains("/requests/2026-7-MNE") && open.contains("1–1 / 1"))
        }
    }

    @Test("who answers is masked; a look needs a purpose, is recorded first, and is not for everybody")
    func reveal() async throws {
        let site = try await Self.prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            #expect(try await !browser.get("/bodies/MNE").text.contains("Сынақов"))
            let empty = try await browser.post("/bodies/MNE/reveal", ["purpose": " "], from: "/bodies/MNE")
            #expect(empty.status == .unprocessableContent && !empty.text.contains("Сынақов"))
            let shown = try await browser.post("/bodies/MNE/reveal", ["purpose": "қоңырау шалу"], from: "/bodies/MNE")
            #expect(shown.status == .ok && shown.headers[.cacheControl] == "no-store")
            #expect(shown.text.contains("Айгүл Сынақова") && shown.text.contains("Болат Сынақов"))
            let looks = try await site.journal.read { db in
                try String.fetchAll(db, sql: "SELECT actor FROM event WHERE name = 'responsiblePersonRevealed'")
            }
            #expect(looks.count == 1)
            // A later change of the registry still finds the body at its version.
            _ = try await site.centre.casework.transact(by: Self.actor, at: site.time.now) { session in
                try Registry.recordLook(atPersonsOf: "MNE", for: "тағы", in: session)
                return true
            }
            let unknown = try await browser.post("/bodies/NOBODY/reveal", ["purpose": "x"], from: "/bodies/MNE")
            #expect(unknown.status == .notFound)

            let auditor = Browser(client: browser.client)
            try await auditor.signIn("auditor")
            let page = try await auditor.get("/bodies/MNE")
            #expect(page.status == .ok && !page.text.contains("/bodies/MNE/reveal"))
            let token = try await auditor.token(on: "/")
            let refused = try await auditor.post("/bodies/MNE/reveal", ["purpose": "x"], token: token)
            #expect(refused.status == .forbidden)
            // The same holds for the page of a request.
            #expect(try await !auditor.get("/requests/2026-7-MNE").text.contains("Сынақова"))
        }
    }

    @Test("an operator sees what a body is and its cards, and nothing of the work with it")
    func operatorSees() async throws {
        let site = try await Self.prepared()
        try await site.test { browser in
            try await browser.signIn("operator")
            let html = try await browser.get("/bodies/MNE").text
            #expect(html.contains("id=\"services\""))
            for part in ["id=\"requests\"", "id=\"persons\"", "id=\"timeliness\"", "/clocks", "/requests"] {
                #expect(!html.contains(part), "\(part)")
            }
            let list = try await browser.get("/bodies").text
            #expect(!list.contains("sort=requests") && !list.contains("format=csv"))
            #expect(try await browser.get("/bodies?format=csv").status == .forbidden)
        }
    }
}
