import Accounts
import Casework
import Complaints
import ContactCentre
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("The auditor's page")
struct AuditPageTests {
    /// A site with a complaint at whose contacts the officer has looked.
    private func prepared() async throws -> (site: Site, path: String) {
        let site = try await Site(bringsUpToDate: true)
        let path = try await Self.complaint(site)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let shown = try await browser.post(path + "/reveal", ["purpose": "хабарласу"], from: path)
            #expect(shown.text.contains("Айша Сынақова"))
            let list = try await browser.get("/complaints?format=csv&text=x")
            #expect(list.status == .ok)
        }
        return (site, path)
    }

    private static func complaint(_ site: Site) async throws -> String {
        let filing = ComplaintFiling(
            channel: "phone", kind: .employees, body: "MNE", language: "kk", subject: "Құжатты қабылдамады",
            contacts: ComplaintContacts(name: "Айша Сынақова", phone: "+7 700 000 00 00"),
            filedAt: site.time.now.adding(milliseconds: -86_400_000))
        let receipt = try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now)
        return "/complaints/\(receipt.number)"
    }

    @Test("the auditor sees who looked, at what and why, and which list was taken out; nothing of the citizen")
    func looks() async throws {
        let (site, path) = try await prepared()
        try await site.test { browser in
            try await browser.signIn("auditor")
            browser[cookie: "language"] = "en"
            let page = try await browser.get("/audit")
            #expect(page.status == .ok)
            #expect(page.text.contains("хабарласу") && page.text.contains("href=\"\(path)\""))
            #expect(page.text.contains("Complaintsofficer") && page.text.contains("List taken out as a file"))
            #expect(page.text.contains("/complaints · csv"))
            #expect(!page.text.contains("Сынақова"))
            // Only this person, only this case, only these days.
            let number = path.split(separator: "/")[1]
            for (query, isThere) in [
                ("who=user:3", true), ("who=user:1", false), ("case=\(number)", true), ("case=2026-9", false),
                ("case=complaint/\(number)", true), ("from=2020-01-01&through=2020-02-01", false),
                ("what=access", false), ("what=change", false),
            ] {
                let text = try await browser.get("/audit?\(query)").text
                #expect(text.contains("хабарласу") == isThere, "\(query)")
            }
            let changes = try await browser.get("/audit?what=change&case=\(number)").text
            #expect(changes.contains("href=\"\(path)\""))
            let access = try await browser.get("/audit?what=access&who=user:3").text
            #expect(access.contains("Signed in"))
            #expect(try await browser.get("/audit?after=x").status == .badRequest)
        }
    }

    @Test("the list goes out as a file, and that is a look of its own; a formula stays a text")
    func file() async throws {
        let (site, _) = try await prepared()
        try await site.test { browser in
            try await browser.signIn("auditor")
            browser[cookie: "language"] = "en"
            let file = try await browser.get("/audit?format=csv")
            #expect(file.headers[.contentDisposition]?.contains("audit-look-") == true)
            #expect(file.text.contains("complaintRevealed") && file.text.contains("хабарласу"))
            let book = try await browser.get("/audit?what=access&format=xlsx")
            #expect(book.status == .ok && book.headers[.contentDisposition]?.contains(".xlsx") == true)
            #expect(try await browser.get("/audit").text.contains("/audit · xlsx"))
            let taken = try await site.journal.read { db in
                try String.fetchAll(
                    db, sql: "SELECT payload FROM event WHERE name = 'userTookList' AND actor = 'user:5'")
            }
            #expect(taken.count == 2 && taken.allSatisfy { !$0.contains("хабарласу") })
        }
    }

    @Test("nobody else sees it, nor a list in it; who may not read complaints is not told why somebody looked")
    func others() async throws {
        let (site, _) = try await prepared()
        try await site.test { browser in
            for role in Role.allCases {
                let own = Browser(client: browser.client)
                try await own.signIn(role.rawValue)
                let page = try await own.get("/audit")
                let sees = role.permissions.contains(.readJournal)
                #expect(page.status == (sees ? .ok : .forbidden), "\(role)")
                #expect(try await own.get("/").text.contains("href=\"/audit\"") == sees, "\(role)")
                #expect(page.text.contains("хабарласу") == (role == .auditor), "\(role)")
            }
            // The administrator sees the page and takes no list out.
            let administrator = Browser(client: browser.client)
            try await administrator.signIn("administrator")
            #expect(try await administrator.get("/audit?format=csv").status == .forbidden)
        }
    }
}
