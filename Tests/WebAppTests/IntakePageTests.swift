import Accounts
import Casework
import Complaints
import ContactCentre
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Intake
import Journal
import PersonalData
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("From a citizen's words to a complaint")
struct IntakePageTests {
    private static let new = "/complaints/new"
    private static let rude =
        "В ЦОНе Караганды оператор нахамила и накричала, заявление на удостоверение не приняла. Сынақова Айша, +7 700 000 12 34"
    private static let thanks = "ХҚКО қызметкерлеріне алғысымды айтамын"

    private func names(_ site: Site) async throws -> [String] {
        try await site.journal.read { db in
            try String.fetchAll(
                db,
                sql: "SELECT name FROM event WHERE name LIKE 'submission%' OR name LIKE 'complaint%' ORDER BY position")
        }
    }

    /// Sends the words to be read and gives what the page would send next.
    private func read(
        _ text: String, _ browser: Browser, with more: [String: String] = [:]
    ) async throws -> (html: String, fields: [String: String]) {
        var fields = try #require(DrawnForm.fields(try await browser.get(Self.new).text, to: Self.new))
        fields.merge(["subject": text, "action": "read", "language": "ru"].merging(more) { $1 }) { $1 }
        let page = try await browser.post(Self.new, fields, token: fields[FormToken.fieldName])
        #expect(page.status == .ok)
        return (page.text, try #require(DrawnForm.fields(page.text, to: Self.new)))
    }

    private func send(_ fields: [String: String], _ act: String, _ browser: Browser) async throws -> TestResponse {
        try await browser.post(
            Self.new, fields.merging(["action": act]) { $1 }, token: fields[FormToken.fieldName])
    }

    @Test(
        "words are read, shown masked with the body and the last day, and one confirmation registers what was shown, once"
    )
    func words() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let (html, fields) = try await read(Self.rude, browser)
            #expect(html.contains("<mark class=\"evidence is-kind\"") && html.contains("нахамила</mark>"))
            #expect(fields["kind"] == "employees" && fields["region"] == "35" && fields["place"] == "psc")
            #expect(fields["namedPick"] == "G35" && fields["shownBody"] == "G35" && fields["shownDue"] != nil)
            // What tells who somebody is stands only in the field in which it was typed.
            let shown = try #require(html.range(of: "class=\"words-shown\""))
            let end = try #require(html[shown.upperBound...].range(of: "</p>"))
            #expect(!html[shown.upperBound..<end.lowerBound].contains("Сынақова"))
            #expect(try await names(site).isEmpty)
            for _ in 0..<2 {
                let done = try await send(fields, "register", browser)
                #expect(done.status == .seeOther && done.headers[.location] == "/complaints/2026-000001")
            }
            #expect(
                try await names(site) == ["submissionReceived", "complaintRegistered", "submissionRegistered"])
            let payload = try await site.journal.read { db in
                try String.fetchOne(
                    db, sql: "SELECT payload FROM event WHERE name = 'submissionRegistered'") ?? ""
            }
            #expect(payload.contains("employees-of-branch") && payload.contains("\"taken\":\"G35\""))
            #expect(!payload.contains("нахамила") && !payload.contains("Сынақова"))
        }
    }

    @Test("nobody registers a body or a day that he was not shown; what was typed stays")
    func changed() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let (_, fields) = try await read(Self.rude, browser, with: ["name": "Айша Сынақова"])
            var other = fields
            other["namedPick"] = "none"
            other["body"] = "MIA"
            let changed = try await send(other, "register", browser)
            #expect(changed.status == .conflict)
            let shown = try #require(DrawnForm.fields(changed.text, to: Self.new))
            #expect(shown["shownBody"] == "MIA" && shown["name"] == "Айша Сынақова" && shown["subject"] == Self.rude)
            var unseen = fields
            unseen["shownBody"] = nil
            unseen["shownDue"] = nil
            #expect(try await send(unseen, "register", browser).status == .ok)
            #expect(try await names(site).isEmpty)
            #expect(try await send(shown, "register", browser).status == .seeOther)
            let body = try await site.journal.read { try String.fetchOne($0, sql: "SELECT body FROM complaint") }
            #expect(body == "MIA")
        }
    }

    @Test("what two people's words were corrected to is proposed for the next like them, until one of them is erased")
    func learnt() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let ending = "терминал номерков не печатает, талон на загранпаспорт не дали, ЦОН Костаная закрыт на обед."
            let texts = [
                "Четыре часа стояла: \(ending) Сынақова Айша", "Пришёл утром, \(ending) Пищухин Роман",
                "Сегодня опять: \(ending) Тайжанова Бота",
            ]
            for (place, text) in texts.prefix(2).enumerated() {
                var (html, fields) = try await read(text, browser)
                #expect(!html.contains("proposal-kind-before") || place == 1)
                #expect(fields["kind"] != "other")
                fields["kind"] = "other"
                fields["servicePick"] = "none"
                fields["service"] = "S0002"
                let shown = try #require(
                    DrawnForm.fields(try await send(fields, "preview", browser).text, to: Self.new))
                #expect(try await send(shown, "register", browser).status == .seeOther)
            }
            let (html, fields) = try await read(texts[2], browser)
            #expect(html.contains("proposal-kind-before") && html.contains("proposal-service-before"))
            #expect(fields["kind"] == "other" && fields["servicePick"] == "S0002")
            browser[cookie: "language"] = "en"
            #expect(try await browser.get("/complaints/proposals").text.contains("heeded: 2"))
            #expect(try await send(fields, "register", browser).status == .seeOther)
            let payload = try await site.journal.read { db in
                try String.fetchOne(
                    db,
                    sql: "SELECT payload FROM event WHERE name = 'submissionRegistered' ORDER BY position DESC") ?? ""
            }
            #expect(payload.contains("decided-before"))
            for number in ["2026-000001", "2026-000002"] {
                _ = try await site.centre.erasePerson(
                    ofComplaint: number, reason: "asked for it", by: Actor("test"))
            }
            let after = try await read(texts[0], browser)
            #expect(after.fields["kind"] != "other" && after.html.contains("proposal-kind-before"))
        }
    }

    @Test("what is no complaint is closed with what the person is told, and no complaint is made of it")
    func instead() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let (html, fields) = try await read(Self.thanks, browser, with: ["language": "kk"])
            #expect(fields["nature"] == "thanks" && fields["told"]?.isEmpty == false && fields["shownBody"] == nil)
            #expect(html.contains("value=\"close\""))
            #expect(try await send(fields, "close", browser).status == .ok)
            #expect(try await names(site) == ["submissionReceived", "submissionClosed"])
            // Against the proposal: he says that it is a complaint, and is shown who answers.
            let (_, again) = try await read(Self.thanks, browser)
            let page = try await send(again.merging(["nature": "complaint"]) { $1 }, "preview", browser)
            #expect(DrawnForm.fields(page.text, to: Self.new)?["shownBody"] != nil)
        }
    }

    @Test("an operator leaves the words, an officer finds them in the queue and takes one after the other")
    func queue() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("operator")
            for text in [Self.thanks, Self.rude] {
                var fields = try #require(DrawnForm.fields(try await browser.get(Self.new).text, to: Self.new))
                fields.merge(["subject": text, "language": "ru"]) { $1 }
                let left = try await send(fields, "leave", browser)
                #expect(left.status == .ok && left.text.contains("IN-2026-00000"))
            }
            #expect(try await browser.get("/complaints/incoming").status == .forbidden)
            site.time.advance(milliseconds: 3 * 86_400_000)

            let auditor = Browser(client: browser.client)
            try await auditor.signIn("auditor")
            let list = try await auditor.get("/complaints/incoming").text
            #expect(list.contains("IN-2026-000002") && !list.contains("нахамила"))
            #expect(try await auditor.get("/complaints/incoming/IN-2026-000002").status == .forbidden)

            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsOfficer")
            let path = "/complaints/incoming/IN-2026-000002"
            let page = try await officer.get(path).text
            #expect(page.contains("нахамила</mark>") && !page.contains("Сынақова") && !page.contains("000 12 34"))
            let unsaid = try await officer.post(path + "/reveal", ["purpose": " "], from: path)
            #expect(unsaid.status == .unprocessableContent && !unsaid.text.contains("Сынақова"))
            let looked = try await officer.post(path + "/reveal", ["purpose": "хабарласу"], from: path)
            #expect(looked.text.contains("Сынақова") && looked.headers[.cacheControl]?.contains("no-store") == true)
            #expect(try await names(site).last == "submissionRevealed")
            let fields = try #require(DrawnForm.fields(page, to: path))
            let sent = fields.merging(["action": "register"]) { $1 }
            let done = try await officer.post(path, sent, token: fields[FormToken.fieldName])
            #expect(done.status == .seeOther)
            #expect(done.headers[.location] == "/complaints/incoming/IN-2026-000001")
            // The day of filing is that of the arrival.
            let isThatOfArrival = try await site.journal.read { db in
                try Bool.fetchOne(
                    db,
                    sql: "SELECT c.filedAt = s.receivedAt FROM complaint c JOIN submission s ON s.id = 'IN-2026-000002'"
                )
            }
            #expect(isThatOfArrival == true)
            #expect(try await officer.get(path).text.contains("/complaints/2026-000001"))
            // Somebody who had it open as well is not refused his work: he goes on.
            let late = try await officer.post(
                path, sent.merging(["key": "x"]) { $1 }, token: fields[FormToken.fieldName])
            #expect(late.status == .seeOther)
            let thanks = "/complaints/incoming/IN-2026-000001"
            let closing = try #require(DrawnForm.fields(try await officer.get(thanks).text, to: thanks))
            let closed = try await officer.post(
                thanks, closing.merging(["action": "close"]) { $1 }, token: closing[FormToken.fieldName])
            #expect(closed.status == .seeOther && closed.headers[.location] == "/complaints/incoming")
            let figures = try await officer.get("/complaints/proposals").text
            #expect(figures.contains("employees-of-branch") && figures.contains("100 %"))
        }
    }

    @Test("the same matter of the same person is told before anything is registered, until the person is erased")
    func duplicates() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let (first, fields) = try await read(Self.rude, browser)
            #expect(!first.contains("IN-2026-000001") && !first.contains("2026-000001"))
            _ = try await send(fields, "register", browser)
            let again =
                "Қарағандыдағы ХҚКО операторы дөрекі сөйледі, жеке куәлікке өтінішімді алмады. Сынақова Айша 87000001234. Бұрын жазғанмын."
            #expect(try await read(again, browser).html.contains("href=\"/complaints/2026-000001\""))
            let person = try await site.journal.read { try String.fetchOne($0, sql: "SELECT person FROM complaint") }
            try site.centre.vault.erase(PersonID(try #require(person)))
            #expect(try await !read(again, browser).html.contains("href=\"/complaints/2026-000001\""))
        }
    }

    @Test("from a call the words become a complaint of that call, and both know each other")
    func call() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("operator")
            _ = try await browser.post("/calls/start", ["language": "ru"], from: "/search")
            let file = "/calls/complaint/file"
            let page = try await browser.get("/calls/complaint?card=S0273").text
            var fields = try #require(DrawnForm.fields(page, to: file))
            #expect(fields["subject"] == "" && fields["service"] == "S0273")
            fields["subject"] = Self.rude
            let read = try await browser.post(file, fields, token: fields[FormToken.fieldName])
            #expect(read.status == .ok)
            let shown = try #require(DrawnForm.fields(read.text, to: file))
            let done = try await browser.post(
                file, shown.merging(["action": "register"]) { $1 }, token: shown[FormToken.fieldName])
            #expect(done.status == .ok && done.text.contains("2026-000001"))
            let linked = try await site.journal.read { db in
                try String.fetchOne(
                    db,
                    sql: """
                        SELECT s.contact FROM submission s JOIN contactComplaint c ON c.contact = s.contact
                        WHERE c.complaint = '2026-000001'
                        """)
            }
            #expect(linked != nil)
            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsOfficer")
            #expect(try await officer.get("/complaints/2026-000001").text.contains(linked ?? "?"))
        }
    }

    @Test("a script gets the part that says who answers, and words that are none are told at their field")
    func fragment() async throws {
        let site = try await Site(bringsUpToDate: true)
        let name = try #require(HTTPField.Name("X-Fragment"))
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let (_, fields) = try await read(Self.rude, browser)
            let part = try await browser.post(
                Self.new, fields.merging(["action": "preview", "kind": "order"]) { $1 },
                token: fields[FormToken.fieldName], headers: [name: "1"])
            #expect(part.status == .ok && part.text.hasPrefix("<section id=\"decision\""))
            let empty = try await send(fields.merging(["subject": "  "]) { $1 }, "read", browser)
            #expect(empty.status == .unprocessableContent && empty.text.contains("field-subject-error"))
            let long = String(repeating: "а", count: 32_001)
            #expect(
                try await send(fields.merging(["subject": long]) { $1 }, "read", browser).status
                    == .unprocessableContent)
        }
    }
}
