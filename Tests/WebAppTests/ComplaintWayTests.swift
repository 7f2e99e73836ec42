import Accounts
import Casework
import Complaints
import ContactCentre
import Correspondence
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("A complaint at its body and back, by links without an account")
struct ComplaintWayTests {
    private static let words = "Құжатты қабылдамады, себебін айтпады"
    private static let name = "Айша Сынақова"

    /// A site with a complaint that the ministry must answer.
    private static func prepared(
        _ configure: (inout WebConfiguration) -> Void = { _ in }
    ) async throws -> (site: Site, number: String) {
        let site = try await Site(bringsUpToDate: true, configure)
        let filing = ComplaintFiling(
            channel: "phone", kind: .employees, body: "MNE", language: "kk", subject: words,
            contacts: ComplaintContacts(name: name, phone: "+7 700 000 00 00"),
            filedAt: site.time.now.adding(milliseconds: -3_600_000))
        let receipt = try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now)
        return (site, receipt.number)
    }

    private static func link(_ site: Site, _ number: String, _ subject: LinkSubject) async throws -> String {
        let token = try await site.centre.bodyLinks.make(
            id: FormKey.random(site.environment.randomBytes), complaint: number, for: subject,
            until: site.time.now.adding(milliseconds: 86_400_000), by: Actor("test"), at: site.time.now)
        return (subject == .standing ? "/status/" : "/body/") + token
    }

    private static func names(_ site: Site, _ number: String) async throws -> [String] {
        try await site.journal.read { db in
            try String.fetchAll(
                db, sql: "SELECT name FROM event WHERE stream = ? ORDER BY version", arguments: ["complaint/\(number)"])
        }
    }

    @Test(
        "the officer makes a link; the body reads, confirms, asks, answers; the applicant replies and sees the answer")
    func whole() async throws {
        let (site, number) = try await Self.prepared()
        try await site.test { browser in
            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsOfficer")
            let page = "/complaints/\(number)"
            let made = try await officer.post(
                page + "/way", ["step": "make", "for": "complaint", "days": "30"], from: page)
            #expect(made.status == .seeOther)
            let own = try await officer.get(page).text
            let path = String(try #require(own.firstMatch(of: /\/body\/[A-Za-z0-9_.\-]+/)?.output))

            // The body: no account.
            let seen = try await browser.get(path)
            #expect(seen.status == .ok && seen.text.contains(Self.words) && seen.text.contains(Self.name))
            #expect(seen.headers[.cacheControl] == "no-store")
            #expect(seen.headers[try #require(HTTPField.Name("X-Robots-Tag"))]?.contains("noindex") == true)
            _ = try await browser.get(path)
            #expect(
                try await Self.names(site, number) == ["complaintRegistered", "complaintRevealed"],
                "the look is remembered, once a day")
            #expect(try await browser.post(path, ["step": "receive", "number": "12"], from: path).status == .seeOther)
            #expect(try await browser.post(path, ["step": "ask"], from: path).status == .unprocessableContent)
            #expect(
                try await browser.post(path, ["step": "ask", "question": "Қай күні?"], from: path).status == .seeOther)

            // The applicant.
            let standing = try await Self.link(site, number, .standing)
            let mine = try await browser.get(standing)
            #expect(mine.status == .ok && mine.text.contains("Қай күні?"))
            #expect(!mine.text.contains(Self.name) && !mine.text.contains(Self.words), "masked")
            #expect(
                try await browser.post(standing, ["step": "add", "text": "2 наурызда"], from: standing).status
                    == .seeOther)
            #expect(try await browser.get(path).text.contains("2 наурызда"))

            // The answer.
            let fields = ["step": "answer", "outcome": "satisfied", "text": "Құжатыңыз қабылданды"]
            let form = try #require(
                PageForm.all(in: try await browser.get(path).text).first { $0.given["step"] == "answer" })
            for _ in 0..<2 {
                let sent = try await browser.post(path, form.given.merging(fields) { $1 })
                #expect(sent.status == .seeOther, "a double click is one answer")
            }
            let answered = try await browser.get(standing).text
            #expect(answered.contains("Құжатыңыз қабылданды"))
            #expect(try await !browser.get(path).text.contains(Self.name), "the contacts are no longer needed")
            #expect(try await browser.post(standing, ["step": "notHelped"], from: standing).status == .seeOther)
            #expect(
                try await browser.post(standing, ["step": "continue", "text": "Толық емес"], from: standing).status
                    == .seeOther)
            let names = try await Self.names(site, number)
            #expect(names.filter { $0 == "complaintAnswered" }.count == 1)
            #expect(names.suffix(2) == ["answerRated", "complaintContinued"])

            // The officer reads it all.
            let story = try await officer.get(page).text
            for text in ["Қай күні?", "2 наурызда", "Құжатыңыз қабылданды"] { #expect(story.contains(text), "\(text)") }
        }
    }

    @Test("once the complaint is with another body, the link of the first shows nothing of it and does nothing")
    func elsewhere() async throws {
        let (site, number) = try await Self.prepared()
        let path = try await Self.link(site, number, .complaint)
        try await site.test { browser in
            let token = try await browser.token(on: path)
            try await site.centre.complaints.transfer(
                number, to: "KGD", reason: "salyq", happenedAt: site.time.now, by: Actor("test"), at: site.time.now)
            let seen = try await browser.get(path)
            #expect(seen.status == .ok && !seen.text.contains(Self.words) && !seen.text.contains(Self.name))
            #expect(!seen.text.contains("salyq") && !seen.text.contains("name=\"step\""))
            let act = try await browser.post(
                path, ["step": "answer", "outcome": "satisfied", "text": "x"], token: token)
            #expect(act.status == .unprocessableContent)
            #expect(try await !Self.names(site, number).contains("complaintAnswered"))
        }
    }

    @Test("a return waits for an officer, who takes it with one press or declines it with a reason")
    func giveBack() async throws {
        let (site, number) = try await Self.prepared()
        let path = try await Self.link(site, number, .complaint)
        try await site.test { browser in
            let back = ["step": "giveBack", "body": "KGD", "reason": "салық"]
            #expect(try await browser.post(path, back, from: path).status == .seeOther)
            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsOfficer")
            let page = "/complaints/\(number)"
            #expect(try await officer.get(page).text.contains("value=\"KGD\""))
            let wrong = try await officer.post(page + "/way", ["step": "confirm", "body": "MIA"], from: page)
            #expect(wrong.status == .unprocessableContent)
            let bare = try await officer.post(page + "/way", ["step": "decline", "reason": " "], from: page)
            #expect(bare.status == .unprocessableContent)
            #expect(
                try await officer.post(page + "/way", ["step": "decline", "reason": "сіздікі"], from: page).status
                    == .seeOther)
            #expect(try await browser.get(path).text.contains("сіздікі"))
            #expect(try await browser.post(path, back, from: path).status == .seeOther)
            #expect(
                try await officer.post(page + "/way", ["step": "confirm", "body": "KGD"], from: page).status
                    == .seeOther)
            let record = try await site.journal.read { try ComplaintRecord.fetch(id: number, in: $0) }
            #expect(record?.body == "KGD")
        }
    }

    @Test("a link that is revoked, over, foreign or of another kind opens nothing, for reading, acting and files alike")
    func closed() async throws {
        let (site, number) = try await Self.prepared()
        let body = try await Self.link(site, number, .complaint)
        let standing = try await Self.link(site, number, .standing)
        try await site.test { browser in
            let token = try await browser.token(on: body)
            func expectClosed(_ path: String, _ comment: String) async throws {
                #expect(try await browser.get(path).status == .notFound, "\(comment)")
                #expect(
                    try await browser.post(path, ["step": "receive"], token: token).status == .notFound, "\(comment)")
                let file = path + "/files/" + String(repeating: "a", count: 64)
                #expect(try await browser.get(file).status == .notFound, "\(comment)")
            }
            try await expectClosed(body.replacing("/body/", with: "/status/"), "the body's link is no applicant's")
            try await expectClosed(standing.replacing("/status/", with: "/body/"), "nor the other way round")
            try await expectClosed(String(body.dropLast()) + (body.hasSuffix("A") ? "B" : "A"), "forged")
            let file = body + "/files/" + String(repeating: "a", count: 64)
            #expect(try await browser.get(file).status == .notFound, "a file that the complaint does not have")

            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsOfficer")
            let links = try await site.journal.read { db in
                try BodyLinkRecord.fetch(request: number, subject: .complaint, in: db)
                    + BodyLinkRecord.fetch(request: number, subject: .standing, in: db)
            }
            // Who keeps requests does not revoke what is the complaints officer's.
            let coordinator = Browser(client: browser.client)
            try await coordinator.signIn("coordinator")
            let foreign = try await coordinator.post(
                "/links", ["request": number, "revoke": links[0].id], token: try await coordinator.token(on: "/"))
            #expect(foreign.status != .seeOther)
            #expect(try await browser.get(body).status == .ok)
            for link in links {
                let page = "/complaints/\(number)"
                let revoked = try await officer.post(page + "/way", ["step": "revoke", "link": link.id], from: page)
                #expect(revoked.status == .seeOther)
            }
            try await expectClosed(body, "revoked")
            try await expectClosed(standing, "revoked")
            let again = try await Self.link(site, number, .complaint)
            #expect(try await browser.get(again).status == .ok)
            site.time.advance(milliseconds: 2 * 86_400_000)
            try await expectClosed(again, "over")
        }
    }

    @Test("the applicant finds his complaint by number and code; guesses are few, and of one number fewer still")
    func code() async throws {
        let (site, number) = try await Self.prepared { $0.signInLimit = RateLimit(burst: 4, perSecond: 0.001) }
        let standing = try await Self.link(site, number, .standing)
        let link = try #require(
            try await site.journal.read { try BodyLinkRecord.fetch(request: number, subject: .standing, in: $0).first })
        let code = site.centre.bodyLinks.code(of: link.id)
        try await site.test { browser in
            let token = try await browser.token(on: "/status")
            func look(_ code: String) async throws -> (HTTPResponse.Status, String?) {
                let answer = try await browser.post("/status", ["number": number, "code": code], token: token)
                return (answer.status, answer.headers[.location])
            }
            let wrong = try await look("AAAAA-AAAAA")
            #expect(wrong.0 == .unprocessableContent && wrong.1 == nil)
            let right = try await look(" " + code.lowercased().replacing("-", with: " "))
            #expect(right.0 == .seeOther && right.1 == standing)
            _ = try await look("B")
            _ = try await look("C")
            #expect(try await look(code).0 == .tooManyRequests)
        }
    }

    @Test("only who manages complaints makes, revokes and sends; nobody else sees a link")
    func roles() async throws {
        let (site, number) = try await Self.prepared()
        _ = try await Self.link(site, number, .complaint)
        try await site.test { browser in
            for role in Role.allCases {
                let own = Browser(client: browser.client)
                try await own.signIn(role.rawValue)
                let token = try await own.token(on: "/account")
                let manages = role.permissions.contains(.manageComplaints)
                let act = try await own.post("/complaints/\(number)/way", ["step": "again"], token: token)
                #expect(act.status == (manages ? .unprocessableContent : .forbidden), "\(role)")
                let page = try await own.get("/complaints/\(number)")
                #expect(page.text.contains("/body/") == manages, "\(role)")
                let list = try await own.get("/complaints/unreceived")
                #expect(list.status == (role.permissions.contains(.readComplaints) ? .ok : .forbidden), "\(role)")
            }
        }
    }
}
