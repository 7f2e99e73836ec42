import Accounts
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

@Suite("One act for several complaints of the list")
struct ComplaintBulkTests {
    /// A form with rows: a name that comes again is more than a dictionary holds.
    private static func post(
        _ browser: Browser, _ fields: [String: String], rows: [String]
    ) async throws -> TestResponse {
        var fields = fields
        fields[FormToken.fieldName] = try await browser.token(on: "/complaints")
        func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        let parts = fields.map { "\(encoded($0))=\(encoded($1))" } + rows.map { "row=\(encoded($0))" }
        return try await browser.send(
            .post, "/complaints/bulk", headers: [.contentType: "application/x-www-form-urlencoded"],
            body: parts.joined(separator: "&"))
    }

    private static func events(_ name: String, _ site: Site) async throws -> Int? {
        try await site.journal.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM event WHERE name = ?", arguments: [name])
        }
    }

    @Test("rows are taken in transactions of their own: who was quicker keeps his, and the page tells it row by row")
    func take() async throws {
        let (site, numbers, asel) = try await ComplaintHoldingTests.prepared(3)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "en"
            let list = try await browser.get("/complaints").text
            #expect(list.matches(of: /form="bulk-form"/).count == 3 && list.contains("value=\"\(numbers[0])\""))
            // Somebody takes one after the list was drawn.
            try await site.centre.complaints.assign(
                numbers[1], to: .officer(asel), by: Actor("test"), at: site.time.now)
            let fields = ["act": "take", "key": "k1", "back": "/complaints?status=open"]
            let done = try await Self.post(browser, fields, rows: numbers + ["2026-999999", "<script>"])
            #expect(done.status == .ok && done.text.contains("Done: 2 of 4."))
            #expect(done.text.contains("came into other hands") && done.text.contains("There is no such complaint"))
            #expect(done.text.contains("href=\"/complaints?status=open\"") && !done.text.contains("<script>"))
            #expect(try await ComplaintHoldingTests.record(numbers[1], site)?.assignee == asel)
            #expect(try await Self.events("complaintAssigned", site) == 3)
            // Sent again as it was, it is answered as before.
            let again = try await Self.post(browser, fields, rows: numbers + ["2026-999999", "<script>"])
            #expect(again.text.contains("Done: 2 of 4."))
            #expect(try await Self.events("complaintAssigned", site) == 3)
            // Another's is handed over where the list showed that he has it.
            let over = try await Self.post(
                browser, ["act": "handOver", "step": "handOver", "to": "\(asel)", "key": "k2"],
                rows: try await Self.values(browser))
            #expect(over.status == .ok && over.text.contains("Done: 2 of 3."))
        }
    }

    /// What the boxes of the list say.
    private static func values(_ browser: Browser) async throws -> [String] {
        try await browser.get("/complaints").text.matches(of: /<input[^>]*name="row"[^>]*value="([^"]*)"/)
            .map { String($0.output.1) }
    }

    @Test("an extension asks its days and its reason once; the law decides each row, and nothing is done twice")
    func extend() async throws {
        let (site, numbers, _) = try await ComplaintHoldingTests.prepared(3)
        try await site.centre.complaints.withdraw(
            numbers[2], happenedAt: site.time.now, by: Actor("test"), at: site.time.now)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "en"
            let asked = try await Self.post(browser, ["act": "extend"], rows: numbers)
            #expect(asked.status == .ok && asked.text.contains("name=\"days\"") && asked.text.contains(numbers[2]))
            #expect(try await Self.events("complaintExtended", site) == 0)
            let fields = ["act": "extend", "step": "extend", "key": "k1"]
            let unsaid = try await Self.post(
                browser, fields.merging(["days": "5", "reason": " "]) { $1 }, rows: numbers)
            #expect(unsaid.status == .unprocessableContent && unsaid.text.contains("value=\"5\""))
            #expect(unsaid.text.contains("name=\"row\" value=\"\(numbers[1])\""))
            let reason = ["days": "5", "reason": "an <expert> opinion"]
            for _ in 0..<2 {
                let done = try await Self.post(browser, fields.merging(reason) { $1 }, rows: numbers)
                #expect(done.status == .ok && done.text.contains("Done: 2 of 3."))
                #expect(done.text.contains("The complaint is closed"))
            }
            #expect(try await Self.events("complaintExtended", site) == 2)
            // Beyond the law none is done.
            let beyond = try await Self.post(
                browser, ["act": "extend", "step": "extend", "key": "k2", "days": "90", "reason": "x"],
                rows: Array(numbers.prefix(2)))
            #expect(beyond.status == .unprocessableContent && beyond.text.contains("Done: 0 of 2."))
            #expect(try await Self.events("complaintExtended", site) == 2)
        }
    }

    @Test("a transfer goes to one body for one reason; a reminder goes only where an address of the body is known")
    func transferAndRemind() async throws {
        let (site, numbers, _) = try await ComplaintHoldingTests.prepared(2)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "en"
            let asked = try await Self.post(browser, ["act": "transfer"], rows: numbers)
            #expect(asked.status == .ok && asked.text.contains("<option value=\"KGD\""))
            let fields = ["act": "transfer", "step": "transfer", "body": "KGD", "reason": "taxes", "key": "k1"]
            let done = try await Self.post(browser, fields, rows: numbers)
            #expect(done.status == .ok && done.text.contains("Done: 2 of 2."))
            for number in numbers {
                #expect(try await ComplaintHoldingTests.record(number, site)?.body == "KGD")
            }
            let off = try await Self.post(browser, ["act": "remind", "key": "k2"], rows: numbers)
            #expect(off.status == .unprocessableContent && off.text.contains("Done: 0 of 2."))
        }
    }

    @Test("no rows, more than a hundred, or an act that there is not, are refused whole")
    func limits() async throws {
        let (site, numbers, _) = try await ComplaintHoldingTests.prepared(1)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            browser[cookie: "language"] = "en"
            let none = try await Self.post(browser, ["act": "take"], rows: [])
            #expect(none.status == .unprocessableContent && none.text.contains("No complaint is chosen"))
            let many = (1...101).map { "2026-" + String("00000\($0)".suffix(6)) }
            let refused = try await Self.post(browser, ["act": "take", "key": "k"], rows: many)
            #expect(refused.status == .unprocessableContent && refused.text.contains("At most 100 complaints"))
            #expect(try await Self.events("complaintAssigned", site) == 0)
            #expect(try await Self.post(browser, ["act": "erase"], rows: numbers).status == .badRequest)
            let twice = try await Self.post(browser, ["act": "take", "key": "k"], rows: numbers + numbers)
            #expect(twice.status == .ok && twice.text.contains("Done: 1 of 1."))
        }
    }
}
