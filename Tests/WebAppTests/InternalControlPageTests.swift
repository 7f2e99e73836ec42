import Accounts
import Attachments
import CanonicalJSON
import Casework
import ContactCentre
import DemoData
import Foundation
import HTTPTypes
import HummingbirdTesting
import InternalControl
import Journal
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("The bodies' reports on internal control and what disagrees with our numbers, on pages and in the interface")
struct InternalControlPageTests {
    static let filing = "78-1mk_2025-Q4_MJ"
    static let path = "/internal-control/filings/\(filing)"
    static let discrepancy = "/internal-control/discrepancies/\(filing)_16"

    /// The form of the Ministry of Justice with so many complaints in October; the centre has none.
    private func form(_ complaints: Int, _ site: Site, spoilt: Bool = false) throws -> String {
        let id = try #require(FilingID(Self.filing))
        var form = DemoFiling(try site.centre.internalControl.form(of: id), id.period, body: "Министерство юстиции")
        if complaints > 0 {
            form.set("16.1", months: [complaints, 0, 0])
            form.set("17.1", months: [complaints, 0, 0])
        }
        if spoilt { form.write("41", "16", "4") }
        return form.text
    }

    private func fields(_ step: String, _ page: String, _ browser: Browser) async throws -> [String: String] {
        let forms = PageForm.all(in: try await browser.get(page).text)
        return try #require(forms.first { $0.given["step"] == step }, "no form of \(step) on \(page)").given
    }

    private func upload(_ text: String, _ browser: Browser) async throws -> TestResponse {
        var given = try await fields("take", Self.path, browser)
        given["channel"] = "letter"
        given["at"] = "2026-03-19T09:00"
        var parts = [(FormToken.fieldName, try await browser.token(on: Self.path) ?? "")]
        parts += given.filter { $0.key != FormToken.fieldName && $0.key != "document" }.sorted { $0.key < $1.key }
        var body = parts.map { "--b\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined()
        body += "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"form.csv\"\r\n\r\n"
        body += text + "\r\n--b--\r\n"
        return try await browser.send(
            .post, Self.path, headers: [.contentType: "multipart/form-data; boundary=b"], body: body)
    }

    @Test("a form with faults goes back with each of them; the right one is taken, and what disagrees is explained")
    func way() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsofficer")
            #expect(try await browser.get("/internal-control").text.contains(Self.path))
            #expect(try await !browser.get(Self.path).text.contains("value=\"link\""))
            let back = try await upload(form(2, site, spoilt: true), browser)
            #expect(back.status == .seeOther)
            let faults = try await browser.get(Self.path).text
            #expect(faults.contains("F91") && faults.contains("41"))
            #expect(try await browser.get(Self.discrepancy).status == .notFound)
            #expect(try await upload(form(2, site), browser).status == .seeOther)
            #expect(try await browser.get(Self.path).text.contains(Self.discrepancy))
            // The first form goes with nothing typed: each mistake stands at its field.
            var confirm = try await fields("confirm", Self.discrepancy, browser)
            #expect(confirm["units"] == "2")
            let bare = try await browser.post(Self.discrepancy, confirm, from: Self.discrepancy)
            #expect(bare.status == .unprocessableContent && bare.text.contains("field-confirm-text-error"))
            confirm["cause"] = "other-channel"
            confirm["text"] = "тізім 7 сәуір"
            confirm["units"] = "3"
            let tooMany = try await browser.post(Self.discrepancy, confirm, from: Self.discrepancy)
            #expect(tooMany.text.contains("field-confirm-units-error"))
            confirm["units"] = "2"
            #expect(try await browser.post(Self.discrepancy, confirm, from: Self.discrepancy).status == .seeOther)
            // Pressed twice: recorded once.
            #expect(
                try await browser.post(Self.discrepancy, confirm, from: Self.discrepancy).status != .internalServerError
            )
            let state = try await site.centre.internalControl.discrepancy("\(Self.filing)_16").state
            #expect(state.causes.count == 1 && state.unexplained == 0)
            let explain = try await fields("explain", Self.discrepancy, browser)
            #expect(try await browser.post(Self.discrepancy, explain, from: Self.discrepancy).status == .seeOther)
            let pages = try await browser.get(Self.discrepancy + "/explanations/1/pdf")
            #expect(pages.headers[.contentType] == "application/pdf" && pages.text.hasPrefix("%PDF-"))
            #expect(try await browser.get(Self.discrepancy + "/explanations/7/pdf").status == .notFound)
            let document = try await browser.get(Self.discrepancy + "/explanations/1")
            #expect(document.headers[.contentDisposition]?.contains("\(Self.filing)_16-1.json") == true)
            #expect(document.text.contains("bailanys/discrepancy-explanation/1"))
            let list = try await browser.get("/internal-control/discrepancies?open=yes&body=MJ")
            #expect(list.text.contains(Self.discrepancy))
            let file = try await browser.get("/internal-control/discrepancies?format=csv")
            #expect(file.text.contains("\(Self.filing)_16"))
            #expect(
                try await browser.get("/internal-control?format=csv&form=78-1mk&period=2025-Q4").text.contains("MJ;"))
        }
    }

    @Test("who reads reports sees all of it and changes nothing; who does not, sees nothing")
    func rights() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("auditor")
            let page = try await browser.get(Self.path)
            #expect(page.status == .ok && !page.text.contains("name=\"step\""))
            let answer = try await browser.post(Self.path, ["step": "take"], from: Self.path)
            #expect(answer.status == .forbidden)
        }
        try await site.test { browser in
            try await browser.signIn("operator")
            for path in [Self.path, "/internal-control", "/internal-control/discrepancies"] {
                #expect(try await browser.get(path).status == .forbidden)
            }
        }
    }

    @Test(
        "what is no filing is not found, whatever it looks like",
        arguments: ["78-1mk", "78-1mk_2025-Q4_NOBODY", "78-1mk_2025-10_MJ", "797-18_2025-10_MJ", "x_y_z", "__"])
    func notFound(_ id: String) async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsofficer")
            #expect(try await browser.get("/internal-control/filings/\(id)").status == .notFound)
            #expect(try await browser.get("/internal-control/discrepancies/\(id)").status == .notFound)
        }
    }

    @Test("the JSON interface takes a file, tells what disagrees, confirms, takes back, explains and refuses by name")
    func interface() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            let account = try #require(
                try await site.accounts.all(for: .commandLine("test")).first { $0.loginName == "complaintsofficer" })
            let file = try site.centre.attachments.saveNow(
                Array(form(2, site).utf8), named: "form.csv", for: "user:\(account.account.number)")
            let number = "\(Self.filing)_16"
            let missing = try await api.post("filings/\(Self.filing)", #"{"channel":"letter"}"#)
            #expect(missing.status == 422 && missing.errors == ["document"])
            let taken = try await api.post(
                "filings/\(Self.filing)", #"{"channel":"letter","document":"\#(file.digest)"}"#, key: "a")
            #expect(taken.status == 201 && taken.json["taken"]?.bool == true)
            #expect(taken.json["discrepancies"]?.array == [.string(number)])
            let filing = try await api.get("filings/\(Self.filing)")
            #expect(filing.json["comparison"]?.array?.first?["difference"]?.int == 2)
            #expect(try await api.get("discrepancies?open=true").items.count == 1)
            let cause = #"{"cause":"other-channel","units":2,"text":"list"}"#
            let confirmed = try await api.post("discrepancies/\(number)/cause", cause, key: "b")
            #expect(confirmed.status == 200)
            let entry = try await api.get("discrepancies/\(number)").json["causes"]?.array?.first?["entry"]?.int ?? 0
            let back = try await api.post(
                "discrepancies/\(number)/withdrawal", #"{"entry":\#(entry),"reason":"no"}"#, key: "c")
            #expect(back.status == 200)
            let explained = try await api.post("discrepancies/\(number)/explanation", "{}", key: "d")
            #expect(explained.status == 201 && explained.json["unexplained"]?.int == 2)
            let settled = try await api.post("discrepancies/\(number)/settlement", #"{"reason":"x"}"#)
            #expect(settled.status == 409 || settled.status == 422)
            #expect(try await api.get("discrepancies/none").status == 404)
        }
    }
}
