import Accounts
import CanonicalJSON
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

@Suite("Who of the officers has a complaint, on pages and in the interface")
struct ComplaintHoldingTests {
    /// A site with some complaints filed a day ago, and two officers: complaintsOfficer and asel.
    static func prepared(_ count: Int = 2) async throws -> (site: Site, numbers: [String], asel: Int64) {
        let site = try await Site(bringsUpToDate: true)
        let asel = try await site.create("asel", [.complaintsOfficer])
        var numbers: [String] = []
        for _ in 0..<count {
            let filing = ComplaintFiling(
                channel: "phone", kind: .employees, body: "MNE", language: "kk", subject: "Құжатты қабылдамады",
                contacts: ComplaintContacts(name: "Айша Сынақова"),
                filedAt: site.time.now.adding(milliseconds: -86_400_000))
            numbers.append(
                try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now).number)
        }
        return (site, numbers, asel)
    }

    static func record(_ number: String, _ site: Site) async throws -> ComplaintRecord? {
        try await site.journal.read { try ComplaintRecord.fetch(id: number, in: $0) }
    }

    /// The rows of a list, by the numbers they lead to.
    static func rows(_ html: String) -> Set<String> {
        Set(html.matches(of: /href="\/complaints\/(\d{4}-\d{6})">/).map { String($0.output.1) })
    }

    @Test("an officer takes a complaint with one press, hands it over by name and puts it back; the page tells it all")
    func page() async throws {
        let (site, numbers, asel) = try await Self.prepared(1)
        let path = "/complaints/\(numbers[0])"
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "en"
            func send(_ step: String, _ fields: [String: String] = [:]) async throws -> HTTPResponse.Status {
                let form = try #require(
                    PageForm.all(in: try await browser.get(path).text).first { $0.given["step"] == step })
                return try await browser.post(
                    path + "/steps/" + step, form.given.merging(fields) { $1 }, from: path
                ).status
            }
            let fresh = try await browser.get(path).text
            #expect(fresh.contains("/steps/take\"") && !fresh.contains("/steps/putBack\""))
            #expect(try await send("take") == .seeOther)
            let taken = try await browser.get(path).text
            #expect(taken.contains("Complaintsofficer (you)"))
            #expect(!taken.contains("/steps/take\"") && taken.contains("/steps/putBack\""))
            #expect(try await send("handOver", ["to": "\(asel)"]) == .seeOther)
            #expect(try await Self.record(numbers[0], site)?.assignee == asel)
            #expect(try await browser.get(path).text.contains("<p>Asel</p>"))
            #expect(try await send("putBack") == .seeOther)
            #expect(try await Self.record(numbers[0], site)?.assignee == nil)
            // Who names nobody, or somebody who may not, is told at the field.
            #expect(try await send("handOver", ["to": ""]) == .unprocessableContent)
            let auditor = try #require(
                try await site.accounts.all(for: .commandLine("test")).first { $0.loginName == "auditor" })
            let refused = try await browser.post(
                path + "/steps/handOver", ["to": "\(auditor.account.number)"], from: path)
            #expect(refused.status == .unprocessableContent && refused.text.contains("may not do complaints"))
        }
    }

    @Test("two officers do not take one complaint from each other unseen; the same press twice is done once")
    func conflict() async throws {
        let (site, numbers, asel) = try await Self.prepared(1)
        let path = "/complaints/\(numbers[0])"
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let form = try #require(
                PageForm.all(in: try await browser.get(path).text).first { $0.given["step"] == "take" })
            try await site.centre.complaints.assign(
                numbers[0], to: .officer(asel), by: Actor("test"), at: site.time.now)
            #expect(try await browser.post(path + "/steps/take", form.given, from: path).status == .conflict)
            #expect(try await Self.record(numbers[0], site)?.assignee == asel)
            let now = try #require(
                PageForm.all(in: try await browser.get(path).text).first { $0.given["step"] == "take" })
            for _ in 0..<2 {
                #expect(try await browser.post(path + "/steps/take", now.given, from: path).status == .seeOther)
            }
            let taken = try await site.journal.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM event WHERE name = 'complaintAssigned'")
            }
            #expect(taken == 2)
        }
    }

    @Test(
        "the list shows who has what and is filtered by it: mine, nobody's, a colleague's; readers see, and take nothing"
    )
    func filter() async throws {
        let (site, numbers, asel) = try await Self.prepared(3)
        let own = try #require(
            try await site.accounts.all(for: .commandLine("test")).first { $0.loginName == "complaintsofficer" })
        let desk = site.centre.complaints
        try await desk.assign(numbers[0], to: .officer(own.account.number), by: Actor("test"), at: site.time.now)
        try await desk.assign(numbers[1], to: .officer(asel), by: Actor("test"), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            for (query, expected) in [
                ("me", [numbers[0]]), ("\(asel)", [numbers[1]]), ("none", [numbers[2]]), ("x'--", numbers),
                ("99", []),
            ] {
                let page = try await browser.get("/complaints?assignee=\(query)")
                #expect(page.status == .ok && Self.rows(page.text) == Set(expected), "\(query)")
            }
            let sorted = try await browser.get("/complaints?assignee=me&status=open").text
            #expect(sorted.contains("assignee=me&amp;sort="))
            let file = try await browser.get("/complaints?assignee=\(asel)&format=csv").text
            #expect(file.contains(numbers[1]) && file.contains("Asel") && !file.contains(numbers[0]))

            let auditor = Browser(client: browser.client)
            try await auditor.signIn("auditor")
            let list = try await auditor.get("/complaints?assignee=\(asel)").text
            #expect(Self.rows(list) == [numbers[1]] && list.contains("Asel"))
            #expect(
                !list.contains("name=\"row\"") && !list.contains("/complaints/bulk") && !list.contains("value=\"me\""))
            let page = try await auditor.get("/complaints/\(numbers[1])").text
            #expect(page.contains("Asel") && !page.contains("/steps/take"))
            let token = try await auditor.token(on: "/")
            for path in ["/complaints/\(numbers[2])/steps/take", "/complaints/bulk", "/complaints/views"] {
                #expect(try await auditor.post(path, ["act": "take"], token: token).status == .forbidden, "\(path)")
            }
        }
    }

    @Test("what an officer had who left is found by the filter and given to another; he himself is given nothing more")
    func left() async throws {
        let (site, numbers, asel) = try await Self.prepared(2)
        try await site.centre.complaints.assign(
            numbers[0], to: .officer(asel), by: Actor("test"), at: site.time.now)
        try await site.accounts.disable(asel, reason: "left", by: .commandLine("test"), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            #expect(try await browser.get("/complaints").text.contains("<option value=\"\(asel)\">Asel</option>"))
            #expect(Self.rows(try await browser.get("/complaints?assignee=\(asel)").text) == [numbers[0]])
            let page = try await browser.get("/complaints/\(numbers[1])").text
            #expect(!page.contains(">Asel</option>") && page.contains("/steps/take"))
            let refused = try await browser.post(
                "/complaints/\(numbers[1])/steps/handOver", ["to": "\(asel)"], from: "/complaints/\(numbers[1])")
            #expect(refused.status != .seeOther)
            let taken = try await browser.post(
                "/complaints/\(numbers[0])/steps/take", ["version": "2"], from: "/complaints/\(numbers[0])")
            #expect(taken.status == .seeOther)
            #expect(try await !browser.get("/complaints").text.contains("<option value=\"\(asel)\">"))
        }
    }

    @Test("programs give complaints into hands and ask for what somebody has; a wrong name is told at its member")
    func interface() async throws {
        let (site, numbers, asel) = try await Self.prepared()
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            let path = "complaints/\(numbers[0])"
            #expect(try await api.get(path).json["assignee"] == nil)
            let done = try await api.post(path + "/assignment", #"{"to":"asel"}"#, key: "hand-1")
            #expect(done.status == 200 && done.json["version"]?.int == 2)
            #expect(try await api.post(path + "/assignment", #"{"to":"asel"}"#, key: "hand-1").status == 200)
            let again = try await api.post(path + "/assignment", #"{"to":"\#(asel)"}"#)
            #expect(again.status == 422 && again.errors == ["to"])
            #expect(try await api.post(path + "/assignment", #"{"to":"nobody"}"#).errors == ["to"])
            #expect(try await api.post(path + "/assignment", #"{"to":"auditor"}"#).errors == ["to"])
            #expect(try await api.get(path).json["assignee"]?.int == asel)
            let mine = try await api.get("complaints?assignee=me")
            #expect(mine.status == 200 && mine.items.isEmpty)
            #expect(try await api.get("complaints?assignee=asel").items.map { $0["number"]?.string } == [numbers[0]])
            #expect(try await api.get("complaints?assignee=none").items.map { $0["number"]?.string } == [numbers[1]])
            #expect(try await api.get("complaints?assignee=someone").status == 400)
            #expect(try await api.post(path + "/assignment", "{}", ifMatch: "\"1\"").status == 412)
            #expect(try await api.post(path + "/assignment", "{}").status == 200)
            #expect(try await api.post(path + "/assignment", "{}").status == 422)
            #expect(try await api.post(path + "/assignment", #"{"to":"me"}"#).status == 200)
            let auditor = try await APIClient(browser, site, as: .auditor)
            #expect(try await auditor.post(path + "/assignment", #"{"to":"me"}"#).status == 403)
        }
    }
}
