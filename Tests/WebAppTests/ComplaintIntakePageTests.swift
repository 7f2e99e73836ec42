import Accounts
import ContactCentre
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import Languages
import TestSupport
import Testing

@testable import WebApp

@Suite("Complaints that are registered or imported on a page")
struct ComplaintIntakePageTests {
    private static let new = "/complaints/new"
    private static let importing = "/complaints/import"

    private func count(_ site: Site) async throws -> Int {
        try await site.journal.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM complaint") ?? -1 }
    }

    /// What the page sends once the words are read, with other values in some fields; the answer is worked out for them.
    private func fields(_ values: [String: String], _ browser: Browser) async throws -> [String: String] {
        let typed = [
            "action": "read", "channel": "mail", "language": "kk", "subject": "Құжатты қабылдамады",
            "at": "2026-03-18T10:00", "name": "Айша Сынақова",
        ]
        let read = try await browser.post(Self.new, typed, from: Self.new).text
        let drawn = try #require(DrawnForm.fields(read, to: Self.new))
        let own = drawn.merging(["kind": "employees", "nature": "complaint"]) { $1 }.merging(values) { $1 }
        let shown = try await browser.post(
            Self.new, own.merging(["action": "preview"]) { $1 }, token: own[FormToken.fieldName])
        guard shown.status == .ok, let fields = DrawnForm.fields(shown.text, to: Self.new) else {
            return own.merging(["action": "register"]) { $1 }
        }
        return fields.merging(["action": "register"]) { $1 }
    }

    private func register(_ fields: [String: String], _ browser: Browser) async throws -> TestResponse {
        try await browser.post(Self.new, fields, token: fields[FormToken.fieldName])
    }

    @Test("a complaint is registered once, by the name of a service and the code of a body, and leads to its page")
    func register() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let list = try await browser.get("/complaints").text
            #expect(list.contains("href=\"\(Self.new)\"") && list.contains("href=\"\(Self.importing)\""))
            let page = try await browser.get(Self.new).text
            #expect(page.contains("<datalist id=\"services\"") && page.contains("<datalist id=\"bodies\""))
            let sent = try await fields(["service": "S0288 · паспорт", "body": "mia"], browser)
            #expect(sent["service"] == "S0288" && sent["body"] == "MIA")
            for _ in 0..<2 {
                let done = try await register(sent, browser)
                #expect(done.status == .seeOther && done.headers[.location] == "/complaints/2026-000001")
            }
            #expect(try await count(site) == 1)
            let record = try await site.journal.read { db in
                try String.fetchOne(db, sql: "SELECT service || ' ' || channel FROM complaint")
            }
            #expect(record == "S0288 mail")
            #expect(try await !browser.get("/complaints/2026-000001").text.contains("Сынақова"))
        }
    }

    @Test("what is wrong stands at its field, and nothing typed is lost")
    func wrong() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let cases: [([String: String], String)] = [
                (["subject": ""], "field-subject-error"), (["service": "zzzz"], "field-service-error"),
                (["body": "акимат"], "field-body-error"), (["at": "2036-01-01T10:00"], "field-at-error"),
                (["at": "x"], "field-at-error"), (["iin": "12"], "field-iin-error"),
                (["email": "x"], "field-email-error"),
            ]
            for (values, mark) in cases {
                let refused = try await register(try await fields(values, browser), browser)
                #expect(refused.status == .unprocessableContent, "\(values)")
                #expect(refused.text.contains("id=\"\(mark)\""), "\(values)")
                #expect(refused.text.contains("value=\"Айша Сынақова\""), "\(values)")
            }
            // Several bodies have the word: their codes are offered.
            let several = try await register(try await fields(["body": "акимат"], browser), browser)
            #expect(several.text.contains(" · "))
            #expect(try await count(site) == 0)
        }
    }

    @Test("an operator may register and is told the number; he may not import")
    func roles() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("operator")
            let done = try await register(try await fields([:], browser), browser)
            #expect(done.status == .ok && done.text.contains("2026-000001"))
            #expect(!done.text.contains("Айша Сынақова"))
            #expect(try await browser.get(Self.importing).status == .forbidden)
            let auditor = Browser(client: browser.client)
            try await auditor.signIn("auditor")
            #expect(try await auditor.get(Self.new).status == .forbidden)
            #expect(try await !auditor.get("/complaints").text.contains(Self.new))
        }
    }

    private func upload(_ text: String, named name: String, mode: String, _ browser: Browser) async throws
        -> TestResponse
    {
        let token = try await browser.token(on: Self.importing) ?? ""
        let body = """
            --b\r
            Content-Disposition: form-data; name="\(FormToken.fieldName)"\r
            \r
            \(token)\r
            --b\r
            Content-Disposition: form-data; name="file"; filename="\(name)"\r
            Content-Type: text/csv\r
            \r
            \(text)\r
            --b\r
            Content-Disposition: form-data; name="mode"\r
            \r
            \(mode)\r
            --b--\r\n
            """
        return try await browser.send(
            .post, Self.importing, headers: [.contentType: "multipart/form-data; boundary=b"], body: body)
    }

    private static let table = """
        number,filed_at,kind,body,name,subject
        F-1,2026-03-18 10:00,employees,MIA,Айша Сынақова,Мәтін
        F-2,2026-03-18 11:00,order,MIA,,Мәтін
        F-3,2026-03-18 11:00,strange,MIA,,Мәтін
        F-4,2036-03-18 11:00,order,MIA,,Мәтін

        """

    @Test("a file that is no table is refused in the reader's language, with its place and what to do")
    func noTable() async throws {
        let tables = [
            ("", "empty", ":1"), ("number,kind\n", "missingColumns", ":1"),
            ("number,filed_at,kind,nonsense\n", "unknownColumns", ":1"),
            ("number,number,filed_at,kind\n", "repeatedColumn", ":1"),
            ("number,filed_at,kind\n\"F-1,2026-03-18 10:00,order\n", "unclosedQuote", ":2"),
        ]
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            for language in [Language.kk, .ru] {
                browser[cookie: "language"] = language.rawValue
                for (table, fault, place) in tables {
                    let page = try await upload(table, named: "f.csv", mode: "check", browser)
                    #expect(page.status == .unprocessableContent, "\(fault)")
                    let words = site.environment.texts.text(TextKey(family: "tableFault", member: fault), language)
                    // The words around the values; some begin with one.
                    let pieces = words.split(separator: /\{[a-z]+\}/).map { $0.trimmingCharacters(in: .whitespaces) }
                    let longest = try #require(pieces.max { $0.count < $1.count })
                    #expect(page.text.contains(longest) && page.text.contains("f.csv\(place)"), "\(fault)")
                    #expect(!page.text.contains("first line"), "\(fault)")
                }
            }
        }
    }

    @Test("a check names the lines and records nothing; an import takes in the rest; sent again it changes nothing")
    func take() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let before = try await site.journal.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") }
            let checked = try await upload(Self.table, named: "forum.csv", mode: "check", browser)
            #expect(checked.status == .ok)
            for text in ["forum.csv", "<code class=\"code\">kind</code>", "<code class=\"code\">filed_at</code>"] {
                #expect(checked.text.contains(text), "\(text)")
            }
            #expect(!checked.text.contains("Сынақова"))
            // What is wrong is said in the reader's language, never in the words of the log.
            browser[cookie: "language"] = "ru"
            let russian = try await upload(Self.table, named: "forum.csv", mode: "check", browser)
            #expect(russian.text.contains("Вид должен быть order, standard, employees или other."))
            #expect(russian.text.contains("Это время еще не наступило"))
            #expect(!russian.text.contains("correct it") && !russian.text.contains("correct the time"))
            #expect(
                try await site.journal.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") } == before)
            for _ in 0..<2 {
                let done = try await upload(Self.table, named: "forum.csv", mode: "import", browser)
                #expect(done.status == .ok)
                #expect(try await count(site) == 2)
            }
            let json = "[{\"number\": \"F-1\", \"filed_at\": \"2026-03-18 10:00\", \"kind\": \"employees\"}]"
            #expect(try await upload(json, named: "forum.json", mode: "check", browser).status == .ok)
            // Nothing of the files is left.
            let kept = try FileManager.default.subpathsOfDirectory(atPath: site.folder.file("data"))
            #expect(!kept.contains { $0.contains("attachments/") && !$0.hasSuffix(".db") && $0.contains("unfinished") })
        }
    }

    @Test("a file that is none, or no export, is answered in words")
    func noFile() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let empty = try await upload("", named: "", mode: "check", browser)
            #expect(empty.status == .unprocessableContent && empty.text.contains("field-file-error"))
            let other = try await upload("a;b\r\n1;2\r\n", named: "x.csv", mode: "import", browser)
            #expect(other.status == .unprocessableContent && other.text.contains("x.csv"))
            let broken = try await upload("[{\"number\":", named: "x.json", mode: "check", browser)
            #expect(broken.status == .unprocessableContent)
            #expect(try await count(site) == 0)
        }
    }
}
