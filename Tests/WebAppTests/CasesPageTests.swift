import Accounts
import Casework
import ContactCentre
import DemoData
import Forms
import Foundation
import HTTPTypes
import HummingbirdTesting
import InternalControl
import Journal
import Spreadsheets
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("A discrepancy case by case, on the officer's page and by the body's link")
struct CasesPageTests {
    static let filing = "78-1mk_2025-Q4_MJ"
    static let number = filing + "_16"
    static let desk = "/internal-control/discrepancies/\(number)/cases"
    static let iin = "850101300123"

    /// A form of the Ministry of Justice with three complaints, of which the centre has none.
    private static func filed(_ site: Site) async throws {
        let id = try #require(FilingID(filing))
        let desk = site.centre.internalControl
        var form = DemoFiling(try desk.form(of: id), id.period, body: "Министерство юстиции")
        form.set("16.1", months: [3, 0, 0])
        form.set("17.1", months: [3, 0, 0])
        let report = try desk.check(id, ByteSource(Array(form.text.utf8)))
        let note = try desk.note(id, report, file: String(repeating: "b", count: 64), channel: .letter)
        let now = site.time.now
        let outcome = try await desk.take(id, note, at: now, by: Actor("test"), now: now)
        #expect(outcome.discrepancies.contains(number))
    }

    private static func link(_ site: Site, body: String = "MJ") async throws -> String {
        let id = try #require(FilingID("78-1mk_2025-Q4_\(body)"))
        let now = site.time.now
        try await site.centre.filingNotices.makeLink(for: id, by: Actor("test"), at: now)
        let found = try await site.journal.read { try site.centre.filingNotices.link(of: body, at: now, in: $0) }
        return "/body/" + (try #require(found).token)
    }

    private static func send(_ text: String, _ page: String, _ browser: Browser) async throws -> TestResponse {
        var fields = try await fields("list", page, browser)
        fields["channel"] = fields["channel"].map { _ in "letter" }
        let token = fields.removeValue(forKey: FormToken.fieldName) ?? ""
        var body = "--b\r\nContent-Disposition: form-data; name=\"\(FormToken.fieldName)\"\r\n\r\n\(token)\r\n"
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) where name != "document" {
            body += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body += "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"list.csv\"\r\n\r\n"
        body += text + "\r\n--b--\r\n"
        return try await browser.send(
            .post, page, headers: [.contentType: "multipart/form-data; boundary=b"], body: body)
    }

    private static func fields(_ step: String, _ page: String, _ browser: Browser) async throws -> [String: String] {
        let forms = PageForm.all(in: try await browser.get(page).text)
        return try #require(forms.first { $0.given["step"] == step }, "no form of \(step) on \(page)").given
    }

    private static func everything(_ site: Site) throws -> Data {
        let folder = site.centre.data.path
        return try FileManager.default.subpathsOfDirectory(atPath: folder).reduce(into: Data()) { all, path in
            all.append(FileManager.default.contents(atPath: folder + "/" + path) ?? Data())
        }
    }

    @Test(
        "a list with faults leaves nothing; a right one is matched, its cases get their causes, the body answers about one"
    )
    func way() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await Self.filed(site)
        let link = try await Self.link(site)
        let page = "\(link)/discrepancies/\(Self.number)/cases"
        try await site.test { browser in
            let first = try await browser.get(page)
            #expect(first.status == .ok && first.headers[.cacheControl] == "no-store")
            let template = try await browser.get(page + "/template?language=kk")
            #expect(
                template.status == .ok
                    && template.headers[.contentDisposition]?.contains("\(Self.number)-kk.xlsx") == true)
            let head = try site.journal.head().position
            let faulty = try await Self.send("own;filed_on;ФИО\nв-1;02.10.2025;Иванов\n", page, browser)
            #expect(faulty.status == .unprocessableContent && faulty.text.contains("C1"))
            #expect(try await Self.send("хат\n", page, browser).status == .unprocessableContent)
            #expect(try site.journal.head().position == head)

            let list =
                "own;filed_on;source;iin\nв-1;02.10.2025;office;\(Self.iin)\nв-2;03.10.2025;office;\nв-3;06.10.2025;forum;\n"
            #expect(try await Self.send(list, page, browser).status == .seeOther)
            #expect(try Self.everything(site).range(of: Data(Self.iin.utf8)) == nil, "no IIN is on the disk")
            let seen = try await browser.get(page).text
            #expect(seen.contains("value=\"t:в-1\"") && seen.contains("value=\"t:в-3\""))
            var answer = try await Self.fields("cases", page, browser)
            answer["case"] = "t:в-3"
            answer["stance"] = "agrees"
            answer["text"] = ""
            #expect(try await browser.post(page, answer, from: page).status == .seeOther)
            answer["case"] = "t:нет"
            #expect(try await browser.post(page, answer, from: page).status == .unprocessableContent)

            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsofficer")
            let own = try await officer.get(Self.desk).text
            #expect(own.contains("group-theirs-other-channel") && own.contains("group-theirs-missing-ours"))
            let forms = PageForm.all(in: own).filter { $0.given["step"] == "confirm" }
            #expect(forms.count == 2)
            for form in forms {
                var given = form.given
                given["cause"] = given["group"]?.contains("missing-ours") == true ? "missing-ours" : "other-channel"
                given["text"] = ""
                given["version"] = try await Self.fields("confirm", Self.desk, officer)["version"]
                #expect(try await officer.post(Self.desk, given, from: Self.desk).status == .seeOther)
            }
            let state = try await site.centre.internalControl.discrepancy(Self.number).state
            // One box of each group is sent by this browser.
            #expect(state.caseEntries.count == 2 && state.unexplained == 1 && state.answers.first?.cases == ["t:в-3"])
            #expect(try await officer.get("/internal-control/discrepancies/\(Self.number)").text.contains(Self.desk))
        }
    }

    @Test("the link of another body opens nothing of it, and who may not read reports neither")
    func closed() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await Self.filed(site)
        let stranger = try await Self.link(site, body: "MF")
        try await site.test { browser in
            for below in ["", "/template"] {
                let path = "\(stranger)/discrepancies/\(Self.number)/cases\(below)"
                #expect(try await browser.get(path).status == .notFound, "\(path)")
            }
            let officer = Browser(client: browser.client)
            try await officer.signIn("complaintsofficer")
            #expect(
                try await officer.get("/internal-control/discrepancies/78-1mk_2025-Q4_MF_16/cases").status == .notFound)
            #expect(try await officer.get("/internal-control/discrepancies/x/cases/template").status == .notFound)
        }
    }
}
