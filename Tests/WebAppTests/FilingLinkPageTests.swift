import Accounts
import Casework
import ContactCentre
import Correspondence
import DemoData
import Forms
import Foundation
import HTTPTypes
import HummingbirdTesting
import InternalControl
import Journal
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("A body's forms by its link, without an account")
struct FilingLinkPageTests {
    static let filing = "78-1mk_2025-Q4_MJ"
    static let desk = "/internal-control/filings/\(filing)"

    /// The form of the Ministry of Justice with so many complaints in October; the centre has none.
    private static func form(_ complaints: Int, _ site: Site, spoilt: Bool = false) throws -> String {
        let id = try #require(FilingID(filing))
        var form = DemoFiling(try site.centre.internalControl.form(of: id), id.period, body: "Министерство юстиции")
        if complaints > 0 {
            form.set("16.1", months: [complaints, 0, 0])
            form.set("17.1", months: [complaints, 0, 0])
        }
        if spoilt { form.write("41", "16", "4") }
        return form.text
    }

    /// The address of the link of the Ministry of Justice.
    private static func link(_ site: Site, body: String = "MJ") async throws -> String {
        let id = try #require(FilingID("78-1mk_2025-Q4_\(body)"))
        let now = site.time.now
        try await site.centre.filingNotices.makeLink(for: id, by: Actor("test"), at: now)
        let found = try await site.journal.read { try site.centre.filingNotices.link(of: body, at: now, in: $0) }
        return "/body/" + (try #require(found).token)
    }

    private static func send(_ text: String, _ page: String, _ given: [String: String], _ browser: Browser) async throws
        -> TestResponse
    {
        var fields = given.filter { $0.key != "document" }
        let token = fields.removeValue(forKey: FormToken.fieldName) ?? ""
        var body = "--b\r\nContent-Disposition: form-data; name=\"\(FormToken.fieldName)\"\r\n\r\n\(token)\r\n"
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            body += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body += "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"form.csv\"\r\n\r\n"
        body += text + "\r\n--b--\r\n"
        return try await browser.send(
            .post, page, headers: [.contentType: "multipart/form-data; boundary=b"], body: body)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func fields(_ step: String, _ page: String, _ browser: Browser) async throws -> [String: String] {
        let forms = PageForm.all(in: try await browser.get(page).text)
        return try #require(forms.first { $0.given["step"] == step }, "no form of \(step) on \(page)").given
    }

    private static func files(_ site: Site) throws -> Set<String> {
        let folder = site.centre.data.files
        return Set(try FileManager.default.subpathsOfDirectory(atPath: folder))
    }

    @Test("a file with faults is told them and leaves nothing; the right one is taken once, with its receipt")
    func way() async throws {
        let site = try await Site(bringsUpToDate: true)
        let link = try await Self.link(site)
        let page = "\(link)/filings/\(Self.filing)"
        try await site.test { browser in
            let overview = try await browser.get(link)
            #expect(overview.status == .ok && overview.text.contains(page))
            #expect(overview.headers[.cacheControl] == "no-store")
            let blank = try await browser.get(page + "/blank?language=kk")
            #expect(
                blank.status == .ok && blank.headers[.contentDisposition]?.contains("\(Self.filing)-kk.xlsx") == true)
            let given = try await Self.fields("take", page, browser)
            let (head, files) = (try site.journal.head().position, try Self.files(site))
            let back = try await Self.send(try Self.form(2, site, spoilt: true), page, given, browser)
            #expect(back.status == .unprocessableContent)
            #expect(back.text.contains("F91") && back.text.contains("data:application/vnd.openxmlformats"))
            let none = try await Self.send(
                "Сәлеметсіз бе!\n", page, try await Self.fields("take", page, browser), browser)
            #expect(none.status == .unprocessableContent && none.text.contains("id=\"refused\""))
            #expect(try site.journal.head().position == head, "nothing of a refused file stands in the journal")
            #expect(try Self.files(site) == files, "nor on the disk")

            let right = try await Self.fields("take", page, browser)
            #expect(try await Self.send(try Self.form(2, site), page, right, browser).status == .seeOther)
            let receipt = try await browser.get(page).text
            #expect(receipt.contains("\(Self.filing)/1") && receipt.contains("SHA-256"))
            #expect(!receipt.contains("value=\"take\""), "1-мк is corrected by the Agency alone")
            // Sent twice: done once, answered alike; with another file it is refused.
            let after = try site.journal.head().position
            #expect(try await Self.send(try Self.form(2, site), page, right, browser).status == .seeOther)
            #expect(try await Self.send(try Self.form(3, site), page, right, browser).status == .conflict)
            #expect(try site.journal.head().position == after)
            let state = try await site.centre.internalControl.filing(try #require(FilingID(Self.filing))).state
            #expect(state.taken?.note.channel == .link && state.revisions == 1)

            // The discrepancy: what the body makes of it.
            let discrepancy = "\(link)/discrepancies/\(Self.filing)_16"
            #expect(receipt.contains(discrepancy))
            let seen = try await browser.get(discrepancy)
            #expect(seen.status == .ok)
            var answer = try await Self.fields("answer", discrepancy, browser)
            answer["stance"] = "reason"
            let bare = try await browser.post(discrepancy, answer, from: discrepancy)
            #expect(bare.status == .unprocessableContent && bare.text.contains("field-answer-text-error"))
            answer["text"] = "кеңсеге түсті"
            #expect(try await browser.post(discrepancy, answer, from: discrepancy).status == .seeOther)
            #expect(try await browser.get(discrepancy).text.contains("кеңсеге түсті"))
            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsofficer")
            let own = try await officer.get("/internal-control/discrepancies/\(Self.filing)_16").text
            #expect(own.contains("кеңсеге түсті"))
            #expect(try await officer.get("/internal-control/discrepancies").text.contains("_16"))
        }
    }

    @Test("a link opens the forms that its body owes, and no other address below it opens anything")
    func closed() async throws {
        let site = try await Site(bringsUpToDate: true)
        let (link, stranger) = (try await Self.link(site), try await Self.link(site, body: "MF"))
        try await site.test { browser in
            for below in [
                "/filings/78-1mk_2025-Q4_MF", "/filings/78-2mk_2025-Q4_MJ", "/filings/78-1mk_2020-Q4_MJ",
                "/filings/x", "/filings/78-1mk_2025-Q4_MF/blank", "/filings/\(Self.filing)x/marked",
                "/discrepancies/78-1mk_2025-Q4_MF_16", "/discrepancies/x",
            ] {
                #expect(try await browser.get(link + below).status == .notFound, "\(below)")
            }
            #expect(try await browser.get(stranger + "/filings/" + Self.filing).status == .notFound)
            #expect(try await browser.get(link + "/filings/\(Self.filing)/marked").status == .notFound)
            // The quarter that runs can be looked at and not filed yet.
            let running = link + "/filings/78-1mk_2026-Q1_MJ"
            let page = try await browser.get(running)
            #expect(page.status == .ok && !page.text.contains("value=\"take\""))
            #expect(
                try await browser.post(link, ["step": "take"], from: "\(link)/filings/\(Self.filing)").status
                    == .badRequest)
            let now = site.time.now
            let found = try await site.journal.read { try site.centre.filingNotices.link(of: "MJ", at: now, in: $0) }
            try await site.centre.bodyLinks.revoke(
                try #require(found).record.id, of: [.filings], reason: "test", by: Actor("test"), at: now)
            for below in ["", "/filings/\(Self.filing)", "/filings/\(Self.filing)/blank"] {
                #expect(try await browser.get(link + below).status == .notFound)
            }
        }
    }

    @Test("who acts too often by one link has to wait, and a file that is too large is not read to its end")
    func bounds() async throws {
        let site = try await Site(bringsUpToDate: true) { $0.linkLimit = RateLimit(burst: 5, perSecond: 0.001) }
        let page = try await Self.link(site) + "/filings/\(Self.filing)"
        try await site.test { browser in
            let given = try await Self.fields("take", page, browser)
            let large = String(repeating: "a;b;c\n", count: 2_200_000)
            let files = try Self.files(site)
            #expect(try await Self.send(large, page, given, browser).status == .contentTooLarge)
            #expect(try Self.files(site) == files)
            var last = HTTPResponse.Status.ok
            for _ in 1...6 { last = try await Self.send("x", page, given, browser).status }
            #expect(last == .tooManyRequests)
        }
    }

    @Test("a coordinator asks, copies the link, revokes it; who may not sees no link")
    func rights() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let board = "/internal-control?form=78-1mk&period=2025-Q4"
            let asked = try await browser.post(
                "/internal-control", ["form": "78-1mk", "period": "2025-Q4"], from: board)
            #expect(asked.status == .seeOther)
            let own = try await browser.get(Self.desk).text
            let path = String(try #require(own.firstMatch(of: /\/body\/[A-Za-z0-9_.\-]+/)?.output))
            #expect(try await browser.get(path).status == .ok)
            #expect(try await browser.get(Self.desk + "/sheet").text.contains(path))
            #expect(
                try await browser.post(Self.desk + "/link", ["step": "letter"], from: Self.desk).status == .seeOther)
            #expect(try await browser.get(Self.desk).text.contains("/letters/"))
            #expect(
                try await browser.post(Self.desk + "/link", ["step": "revoke"], from: Self.desk).status == .seeOther)
            #expect(try await browser.get(path).status == .notFound)
            #expect(
                try await browser.post(Self.desk + "/link", ["step": "x"], from: Self.desk).status == .badRequest)
            #expect(
                try await browser.post("/internal-control", ["form": "78-1mk", "period": "2026-Q1"], from: board).status
                    == .badRequest, "the quarter is not over")
            let auditor = Browser(client: browser.client)
            try await auditor.signIn("auditor")
            let seen = try await auditor.get(Self.desk)
            #expect(seen.status == .ok && !seen.text.contains("/body/"))
            #expect(
                try await auditor.post(Self.desk + "/link", ["step": "make"], from: Self.desk).status == .forbidden)
            #expect(try await auditor.get(Self.desk + "/sheet").status == .forbidden)
        }
    }

    @Test(
        "a form filled in on the screen is checked at its cells, kept by nobody until it is filed, and filed as a workbook"
    )
    func screen() async throws {
        let site = try await Site(bringsUpToDate: true)
        let link = try await Self.link(site)
        let page = "\(link)/filings/\(Self.filing)/screen"
        let id = try #require(FilingID(Self.filing))
        let form = try site.centre.internalControl.form(of: id)
        try await site.test { browser in
            let drawn = try #require(
                PageForm.all(in: try await browser.get(page).text).first { $0.action == page })
            let cells = drawn.typed.map(\.name).filter { $0.hasPrefix("c|") }
            #expect(cells.count > 200, "each cell of the form has its field")
            let (head, files) = (try site.journal.head().position, try Self.files(site))
            // Nothing happened: 0 everywhere, one line where lines are asked.
            let asked = form.numbers.filter { !$0.lines.isEmpty }.map(\.code)
            let first = try #require(asked.first)
            var names: [String: String] = ["step": "zeros"]
            for row in asked { names["n|\(row)|0"] = "Демо" }
            let filled = try await browser.post(page, names, from: page).text
            #expect(filled.contains("name=\"c|16||4\"") && filled.contains("value=\"0\"") && filled.contains("Демо"))
            // One is counted where names are counted.
            var zeros = drawn.given.merging(names) { $1 }
            for cell in cells {
                let parts = cell.split(separator: "|", omittingEmptySubsequences: false)
                if parts[2].isEmpty || (parts[2] == "0" && asked.contains(String(parts[1]))) { zeros[cell] = "0" }
            }
            for rule in form.rules where rule.kind == .linesCounted {
                guard case .these(let rows) = rule.rows else { continue }
                for row in form.numbers where rows.contains(row.code) {
                    for column in form.columns(of: row) {
                        zeros["c|\(row.code)||\(column.code)"] = "1"
                        zeros["c|\(row.code)|0|\(column.code)"] = "1"
                    }
                }
            }
            zeros["step"] = "take"
            var wrong = zeros
            wrong["c|16||4"] = "41"
            wrong["c|18||1"] = "көп"
            let refused = try await browser.post(page, wrong, from: page)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("field-cell-16-4-error") && refused.text.contains("field-cell-18-1-error"))
            #expect(
                refused.text.contains("value=\"41\"") && refused.text.contains("value=\"көп\""), "what was typed stays")
            var nameless = zeros
            nameless["n|\(first)|0"] = ""
            #expect(try await browser.post(page, nameless, from: page).status == .unprocessableContent)
            var check = zeros
            check["step"] = "check"
            #expect(try await browser.post(page, check, from: page).status == .ok)
            #expect(try site.journal.head().position == head, "looking records nothing")
            #expect(try Self.files(site) == files)
            let filed = try await browser.post(page, zeros, from: page)
            #expect(filed.status == .seeOther)
            let state = try await site.centre.internalControl.filing(id).state
            #expect(state.taken?.note.channel == .link && state.taken?.note.numbers["16"]?["4"] == "0")
            #expect(try await browser.get("\(link)/filings/\(Self.filing)").text.contains("\(Self.filing)/1"))
            // Pressed twice it is filed once; the page of the receipt follows.
            let body = zeros.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
            let again = try await browser.send(
                .post, page, headers: [.contentType: "application/x-www-form-urlencoded"], body: body)
            #expect(again.status == .seeOther)
            #expect(try await site.centre.internalControl.filing(id).version == 1)
            #expect(try await browser.get(page).status == .seeOther)
        }
    }
}
