import Accounts
import Complaints
import ContactCentre
import Contacts
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import Languages
import Onboarding
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Lists: chosen, sorted, paged, taken out as they are seen")
struct ListPageTests {
    /// The cells of the first column of the table of a page, in their order.
    private func firstCells(_ html: String) -> [String] {
        html.matches(of: /<th[^>]*scope="row"[^>]*>(.*?)<\/th>/.dotMatchesNewlines()).map { String($0.output.1) }
    }

    @Test("terms: every list opens, keeps its choice in every link, and leads to the proof")
    func clocks() async throws {
        let site = try await BodyPageTests.prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            for list in ["breached", "today", "week", "open", "met", "late", "none"] {
                for sort in ["", "&sort=due", "&sort=-body", "&sort=duty", "&sort=-number", "&sort=x"] {
                    let page = try await browser.get("/clocks?list=\(list)\(sort)")
                    #expect(page.status == .ok, "\(list) \(sort)")
                }
            }
            let open = try await browser.get("/clocks?list=open&body=MNE&sort=-due").text
            #expect(open.contains("list=open&amp;body=MNE&amp;sort=due"))
            #expect(open.contains("list=open&amp;body=MNE&amp;sort=-due&amp;format=csv"))
            #expect(open.contains("/requests/2026-7-MNE#proof-"))
            let file = try await browser.get("/clocks?list=open&body=MNE&format=csv").text
            #expect(file.split(separator: "\r\n").count == firstCells(open).count + 1)
            #expect(try await browser.get("/clocks?body=%27--&rule=%22&owner=x&skip=x").status == .ok)
        }
    }

    @Test("a term of a short case leads to the page of that case")
    func shortCase() async throws {
        let site = try await BodyPageTests.prepared()
        let note = DutyNote(body: "MNE", service: "S0288", text: "Тағы бір сұрақ")
        _ = try await site.centre.onboarding.begin(
            .additionalRequest, note, happenedAt: site.time.now, by: Actor("test"), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let open = try await browser.get("/clocks?list=open&body=MNE").text
            #expect(open.contains("href=\"/duties/additional-request/MNE-"))
        }
    }

    @Test("requests: by text, state, body and month, in every order")
    func requests() async throws {
        let site = try await BodyPageTests.prepared()
        try await site.test { browser in
            try await browser.signIn("auditor")
            for choice in ["text=5/2026", "state=received", "body=MNE", "month=2026-03", "open=yes", "service=S0288"] {
                let found = try await browser.get("/requests?" + choice).text
                #expect(found.contains("/requests/2026-7-MNE"), "\(choice)")
            }
            for choice in ["text=9/2026", "state=live", "body=MIA", "month=2026-04", "text=%25"] {
                let none = try await browser.get("/requests?" + choice).text
                #expect(none.contains("class=\"empty\""), "\(choice)")
            }
            for sort in ["number", "-service", "body", "-planned", "state"] {
                #expect(try await browser.get("/requests?sort=\(sort)").status == .ok, "\(sort)")
            }
            let file = try await browser.get("/requests?format=csv")
            #expect(file.status == .ok && file.text.contains("2026-7-MNE"))
            #expect(file.headers[.contentDisposition]?.contains(".csv") == true)
        }
    }

    @Test("letters: by stage, kind and body, in every order")
    func letters() async throws {
        let site = try await BodyPageTests.prepared()
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let made = try await browser.post(
                "/letters", ["case": "onboarding/2026-7-MNE", "kind": "request"], from: "/letters/new")
            let path = try #require(made.headers[.location])
            for choice in ["", "?stage=draft", "?kind=request", "?body=MNE"] {
                #expect(try await browser.get("/letters" + choice).text.contains(path), "\(choice)")
            }
            for choice in ["?stage=signed", "?body=MIA"] {
                #expect(try await !browser.get("/letters" + choice).text.contains(path), "\(choice)")
            }
            for sort in ["subject", "-body", "outgoing", "-stage"] {
                #expect(try await browser.get("/letters?sort=\(sort)").status == .ok, "\(sort)")
            }
            #expect(try await browser.get("/letters?format=csv").text.contains("MNE") == false)
            #expect(try await browser.get("/bodies/MNE").text.contains(path))
        }
    }

    @Test(
        "complaints: by number, state, kind, body and day, in the orders that an index gives; behind a number")
    func complaints() async throws {
        let site = try await BodyPageTests.prepared()
        for number in 1...3 {
            _ = try await site.centre.complaints.register(
                ComplaintFiling(
                    forumNumber: "F-\(number)", kind: number == 1 ? .employees : .order, body: "MNE",
                    subject: "Сынақ", contacts: ComplaintContacts(), filedAt: site.time.now),
                by: Actor("test"), at: site.time.now)
        }
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let all = try await browser.get("/complaints").text
            #expect(all.contains("1–3 / 3") && firstCells(all).count == 3)
            let counts = [
                "status=open": 3, "status=overdue": 0, "status=answered": 0, "status=late": 0, "status=withdrawn": 0,
                "status=x": 3, "kind=employees": 1, "kind=order&status=open": 2, "body=MNE": 3, "body=%27": 0,
                "search=F-2": 1, "search=2026-000003": 1, "search=%25": 0, "from=2026-03-19&through=2026-03-19": 3,
                "from=2026-03-20": 0, "skip=50": 0, "skip=x": 3,
            ]
            for (choice, count) in counts {
                #expect(firstCells(try await browser.get("/complaints?" + choice).text).count == count, "\(choice)")
            }
            for sort in ["number", "-filed", "due", "-due", "closed", "x"] {
                #expect(firstCells(try await browser.get("/complaints?sort=\(sort)").text).count == 3, "\(sort)")
            }
            let sorted = try await browser.get("/complaints?kind=order&sort=number").text
            #expect(sorted.contains("kind=order&amp;sort=-number"))
            let file = try await browser.get("/complaints?kind=order&sort=number&format=csv").text
            #expect(file.split(separator: "\r\n").count == 3 && file.contains("F-2"))
            let behind = try await browser.get("/complaints?number=received&period=2026-03").text
            #expect(firstCells(behind).count == 3 && behind.contains("format=csv"))
            let behindFile = try await browser.get("/complaints?number=received&period=2026-03&format=csv").text
            #expect(behindFile.split(separator: "\r\n").count == 4)
        }
    }

    @Test("contacts: by day, channel, outcome, operator, service and body; nothing says who called")
    func contacts() async throws {
        let site = try await BodyPageTests.prepared()
        let (desk, now) = (site.centre.contacts, site.time.now)
        let who = Actor("user:1")
        for (index, channel) in [ContactChannel.phone, .chat, .phone].enumerated() {
            let at = now.adding(milliseconds: Int64(index - 5) * 60_000)
            let started = try await desk.start(ContactStarted(channel: channel, language: .kk), by: who, at: at)
            let end = at.adding(milliseconds: Int64(30_000 + index * 1_000))
            try await desk.perform(
                [
                    .describe(ContactDescribed(service: "S0288")),
                    .close(index == 0 ? .nothingFound : .answeredWithoutCard, .person),
                ], on: started.id, by: who, at: end)
        }
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let all = try await browser.get("/contacts").text
            #expect(all.contains("1–3 / 3") && firstCells(all).count == 3)
            let counts = [
                "channel=chat": 1, "outcome=nothingFound": 1, "operator=user:1": 3, "service=s0288": 3,
                "service=S0001": 0, "body=MIA": 3, "body=MNE": 0, "from=2026-03-19&through=2026-03-19": 3,
                "from=2020-01-01&through=2020-01-31": 0, "from=x&through=y": 3, "from=2026-12-01&through=2026-01-01": 3,
            ]
            for (choice, count) in counts {
                let html = try await browser.get("/contacts?" + choice).text
                #expect(firstCells(html).count == count, "\(choice)")
            }
            let longest = try await browser.get("/contacts?sort=-seconds&from=2026-03-19&through=2026-03-19").text
            let first = longest.range(of: "0:32")?.lowerBound ?? longest.endIndex
            #expect(first < longest.range(of: "0:30")?.lowerBound ?? longest.startIndex)
            #expect(longest.contains("from=2026-03-19&amp;through=2026-03-19&amp;sort=seconds"))
            let file = try await browser.get("/contacts?channel=chat&format=csv").text
            #expect(file.split(separator: "\r\n").count == 2)
            let officer = Browser(client: browser.client)
            try await officer.signIn("operator")
            #expect(try await officer.get("/contacts").status == .forbidden)
            let administrator = Browser(client: browser.client)
            try await administrator.signIn("administrator")
            #expect(try await administrator.get("/contacts").status == .ok)
            #expect(try await administrator.get("/contacts?format=csv").status == .forbidden)
        }
    }
}
