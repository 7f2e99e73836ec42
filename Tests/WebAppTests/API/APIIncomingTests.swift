import Accounts
import CanonicalJSON
import ContactCentre
import Foundation
import GRDB
import HTTPTypes
import Journal
import Testing
import WebApp

@Suite("Words over the JSON interface")
struct APIIncomingTests {
    private static let text = "В ЦОНе Караганды оператор нахамила и накричала. Сынақова Айша, +7 700 000 12 34"

    private static func body(_ text: String, _ more: String = "") throws -> String {
        "{\"text\":\(JSON.string(text).text)\(more)}"
    }

    @Test("words are read for whoever may register, nothing is recorded, and too many are refused")
    func reading() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .operatorRole)
            let read = try await api.post("complaints/reading", try Self.body(Self.text))
            #expect(read.status == 200, "\(read.text)")
            #expect(read.json["kind"]?["value"] == .string("employees"))
            #expect(read.json["addressees"]?.array?.first?["body"] == .string("G35"))
            #expect(read.json["personal"]?.array?.isEmpty == false)
            let auditor = try await APIClient(browser, site, as: .auditor)
            #expect(try await auditor.post("complaints/reading", try Self.body("x")).status == 403)
            #expect(try await api.post("complaints/reading", #"{"text":" "}"#).status == 422)
            let long = String(repeating: "ж", count: 100_001)
            #expect(try await api.post("complaints/reading", try Self.body(long)).errors == ["text"])
            #expect(try await api.post("complaints/reading", try Self.body("x"), key: "k").status == 400)
            let events = try await site.journal.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM event WHERE name LIKE 'submission%'")
            }
            #expect(events == 0)
        }
    }

    @Test(
        "the forum hands words over once; they wait without words, are registered on the day of the arrival, or closed")
    func incoming() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let forum = try await APIClient(browser, site, as: .operatorRole)
            let words = try Self.body(
                Self.text,
                #","channel":"forum","language":"ru","forumNumber":"F-7","receivedAt":"2026-03-12T10:00:00+05:00""#)
            let first = try await forum.post("complaints/incoming", words, key: "a")
            #expect(first.status == 201, "\(first.text)")
            #expect(try await forum.post("complaints/incoming", words, key: "a").status == 201)
            let again = try await forum.post("complaints/incoming", words, key: "b")
            #expect(again.status == 200 && again.json["isNew"] == .bool(false))
            #expect(try await forum.get("complaints/incoming").status == 403)

            let officer = try await APIClient(browser, site, as: .complaintsOfficer)
            let list = try await officer.get("complaints/incoming")
            #expect(list.items.count == 1 && !list.text.contains("нахамила") && !list.text.contains("Сынақова"))
            let id = try #require(list.items.first?["number"]?.string)
            let matters = #"{"matters":[{"kind":"employees","body":"G35","region":"35","place":"psc"}]}"#
            let wrong = try await officer.post(
                "complaints/incoming/\(id)/registration", #"{"matters":[{"kind":"order","body":"X"}]}"#)
            #expect(wrong.status == 422)
            let done = try await officer.post("complaints/incoming/\(id)/registration", matters)
            #expect(done.status == 200, "\(done.text)")
            let number = try #require(done.json["complaints"]?.array?.first?["number"]?.string)
            let filedAt = try await officer.get("complaints/\(number)").json["filedAt"]?.string
            #expect(filedAt?.hasPrefix("2026-03-12T05:00:00") == true)
            #expect(try await officer.post("complaints/incoming/\(id)/registration", matters).status == 422)
            #expect(try await officer.get("complaints/incoming/\(id)").json["complaints"] == .array([.string(number)]))

            let second = try await forum.post(
                "complaints/incoming", try Self.body("Спасибо сотрудникам ЦОНа!", #","channel":"mail""#))
            let other = try #require(second.json["number"]?.string)
            let path = "complaints/incoming/\(other)/closing"
            #expect(try await officer.post(path, #"{"ground":"noComplaint","nature":"court"}"#).errors == ["nature"])
            #expect(try await officer.post(path, #"{"ground":"duplicate","duplicateOf":"2026-999999"}"#).status == 422)
            let closed = try await officer.post(path, #"{"ground":"noComplaint","nature":"thanks","told":"Рақмет!"}"#)
            #expect(closed.status == 200 && closed.json["state"] == .string("closed"))
            #expect(try await officer.get("complaints/incoming/IN-2026-999999").status == 404)
        }
    }
}
