import Accounts
import Casework
import Complaints
import ContactCentre
import Correspondence
import Foundation
import GRDB
import HTTPTypes
import HummingbirdTesting
import Journal
import Onboarding
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("A form that is sent twice")
struct FormKeyTests {
    private func complaint(_ site: Site) async throws -> String {
        let filing = ComplaintFiling(
            channel: "phone", kind: .employees, body: "MNE", language: "kk", subject: "Құжатты қабылдамады",
            contacts: ComplaintContacts(name: "Айша Сынақова"), filedAt: site.time.now)
        return try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now).number
    }

    /// Sends a form as a double click does, then with its old key and other words: recorded once, then refused in words,
    /// and nothing that was typed is lost.
    private func sendThrice(
        _ form: PageForm, _ fields: [String: String], other: [String: String], _ browser: Browser, _ site: Site,
        done: HTTPResponse.Status = .seeOther, _ what: String
    ) async throws {
        let sent = form.given.merging(fields) { $1 }
        let before = try site.journal.head().position
        let first = try await browser.post(form.action, sent)
        #expect(first.status == done, "\(what): \(first.status)")
        let after = try site.journal.head().position
        #expect(after > before, "\(what)")
        let again = try await browser.post(form.action, sent)
        #expect(again.status == done, "\(what), again: \(again.status)")
        let changed = try await browser.post(form.action, sent.merging(other) { $1 })
        #expect(changed.status == .conflict, "\(what), with other words: \(changed.status)")
        for text in other.values { #expect(changed.text.contains(text), "\(what): “\(text)” is lost") }
        #expect(try site.journal.head().position == after, "\(what)")
    }

    /// The steps of a complaint, what is sent, and what is sent then.
    private static let steps: [(step: String, fields: [String: String], other: [String: String])] = [
        ("answer", ["outcome": "satisfied", "text": "Бірінші"], ["text": "Екінші"]),
        ("extend", ["days": "1", "reason": "тексеру"], ["reason": "Екінші"]),
        ("told", ["means": "хат"], ["means": "Екінші"]),
        ("transfer", ["body": "MIA", "reason": "құзыреті"], ["reason": "Екінші"]),
        ("classify", ["kind": "order", "reason": "қате"], ["reason": "Екінші"]),
        ("note", ["text": "Бірінші"], ["text": "Екінші"]),
        ("withdraw", ["reason": "Бірінші"], ["reason": "Екінші"]),
        ("refile", ["at": "2026-03-16T10:00", "reason": "қате"], ["reason": "Екінші"]),
        ("annul", ["ground": "erroneous", "reason": "қате"], ["reason": "Екінші"]),
    ]

    @Test("each step of a complaint is recorded once; with other words under the same key it is refused, not forgotten")
    func complaintSteps() async throws {
        // What asks for no words has no others to be sent under the same key; ComplaintHoldingTests presses it twice.
        let wordless = ComplaintStep.allCases.filter(\.isHolding).map(\.rawValue)
        #expect((Self.steps.map(\.step) + wordless).sorted() == ComplaintStep.allCases.map(\.rawValue).sorted())
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            for (step, fields, other) in Self.steps {
                let number = try await complaint(site)
                if step == "told" {
                    try await site.centre.complaints.extend(
                        number, days: 1, reason: "тексеру", happenedAt: site.time.now, by: Actor("test"),
                        at: site.time.now)
                }
                let page = try await browser.get("/complaints/\(number)").text
                let form = try #require(PageForm.all(in: page).first { $0.given["step"] == step }, "\(step)")
                try await sendThrice(form, fields, other: other, browser, site, step)
            }
        }
    }

    @Test("two clicks on “register” take in one complaint, at the desk and in a call, and both show its number")
    func registration() async throws {
        let site = try await Site(bringsUpToDate: true)
        let facts = [
            "read": "1", "kind": "employees", "subject": "Құжатты қабылдамады", "body": "MIA", "nature": "complaint",
            "action": "preview", "at": "2026-03-18T10:00", "language": "kk",
        ]
        /// The form as it stands once the body and the last day are shown.
        @Sendable func confirmed(_ path: String, from page: String, _ browser: Browser) async throws -> (
            PageForm, [String: String]
        ) {
            let shown = try await browser.post(path, facts, from: page).text
            let form = try #require(PageForm.all(in: shown).first { $0.action == path })
            var fields = try #require(DrawnForm.fields(shown, to: path))
            fields["action"] = "register"
            fields[FormKey.fieldName] = nil
            fields[FormToken.fieldName] = nil
            return (form, fields)
        }
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            let (desk, typed) = try await confirmed("/complaints/new", from: "/complaints/new", browser)
            try await sendThrice(desk, typed, other: ["subject": "Екінші шағым"], browser, site, "the desk")
            let taker = Browser(client: browser.client)
            try await taker.signIn("operator")
            let (call, told) = try await confirmed("/calls/complaint/file", from: "/calls/complaint", taker)
            try await sendThrice(
                call, told, other: ["subject": "Үшінші шағым"], taker, site, done: .ok, "a call")
            let count = try await site.journal.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM complaint") }
            #expect(count == 2)
        }
    }

    @Test(
        "a body that sends its form twice by its link is recorded once; another word or file is not dropped in silence")
    func bodyLink() async throws {
        let site = try await Site(bringsUpToDate: true)
        let (desk, before) = (site.centre.onboarding, site.time.now.adding(milliseconds: -3_600_000))
        let line = PlanLineApproved(
            plan: "2026", line: "7", service: "S0288", body: "MIA", requestOn: site.centre.casework.today(before),
            approval: "№ 1")
        for command in [
            InformationRequestCommand.approve(line, at: before),
            .send(RequestSent(number: "5/2026", channel: "mail"), at: before),
        ] { try await desk.perform(command, on: "2026-7-MIA", by: Actor("test"), at: site.time.now) }
        let token = try await site.centre.bodyLinks.make(
            id: String(repeating: "a", count: 32), request: "2026-7-MIA",
            until: site.time.now.adding(milliseconds: 86_400_000), by: Actor("test"), at: site.time.now)
        try await site.test { browser in
            func form(_ act: String) async throws -> PageForm {
                let page = try await browser.get("/body/\(token)").text
                return try #require(PageForm.all(in: page).first { $0.given["step"] == act }, "\(act)")
            }
            try await sendThrice(
                form("receive"), ["number": "77"], other: ["number": "78-Екінші"], browser, site, "receive")
            try await sendThrice(
                form("appoint"),
                ["name": "Сынақ Айша", "position": "Маман", "phone": "+7 700", "email": "", "order": ""],
                other: ["name": "Басқа Адам"], browser, site, "appoint")
            let submit = try await form("submit")
            func upload(_ file: String) async throws -> HTTPResponse.Status {
                var body = ""
                for (name, value) in submit.given.sorted(by: { $0.key < $1.key }) where name != FormToken.fieldName {
                    body += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
                }
                let token = submit.given[FormToken.fieldName] ?? ""
                body =
                    "--b\r\nContent-Disposition: form-data; name=\"\(FormToken.fieldName)\"\r\n\r\n\(token)\r\n" + body
                    + "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.csv\"\r\n"
                    + "Content-Type: text/csv\r\n\r\n\(file)\r\n--b--\r\n"
                return try await browser.send(
                    .post, submit.action, headers: [.contentType: "multipart/form-data; boundary=b"], body: body
                ).status
            }
            #expect(try await upload("a,1\n") == .seeOther)
            let head = try site.journal.head().position
            #expect(try await upload("a,1\n") == .seeOther)
            #expect(try await upload("a,2\n") == .conflict)
            #expect(try site.journal.head().position == head)
        }
    }

    /// Values that a person would give, by the names of fields; the others get words.
    private static let values = [
        "at": "2026-03-19T10:30", "on": "2026-04-02", "days": "2", "start": "1", "body": "MIA", "service": "S0288",
        "email": "a@example.kz", "address": "a@example.kz", "phone": "+7 700 000 00 00", "iin": "", "duplicateOf": "",
        "request_date": "2026-04-06", "acceptance_date": "2026-05-04", "card": "S0288", "number": "7/1",
    ]

    @Test(
        "no form of the site says “recorded” and forgets: its second sending does nothing, other words are never lost")
    func allForms() async throws {
        let site = try await HostileFormTests.site()
        try await site.test { browser in
            let master = try await HostileTests.master(browser, site)
            try await HostileTests.fill(browser, site)
            for _ in 0..<3 { _ = try await complaint(site) }
            _ = try await master.post("/calls/start", ["back": "/search"], from: "/search")
            var recorded: Set<String> = []
            for (page, known) in try await HostileFormTests.placed(master) {
                // The page anew: what was recorded since has changed its versions.
                let forms = PageForm.all(in: try await master.get(page).text)
                guard let form = forms.first(where: { $0.shape == known.shape }), form.given["key"] != nil else {
                    continue
                }
                var fields = form.given
                for name in fields.keys { fields[name] = Self.values[name] ?? fields[name] }
                for field in form.typed { fields[field.name] = Self.values[field.name] ?? "Бірінші" }
                let before = try site.journal.head().position
                let first = try await master.post(form.action, fields)
                let after = try site.journal.head().position
                #expect(first.status.code < 500, "\(form.shape)")
                guard after > before else { continue }
                recorded.insert(form.action.split(separator: "/").first.map(String.init) ?? "")
                let again = try await master.post(form.action, fields)
                #expect(again.status.code < 500, "\(form.shape)")
                let twice = try site.journal.head().position
                #expect(twice == after || Self.counted(form), "\(form.shape) is recorded twice")
                guard let word = form.typed.first(where: { fields[$0.name] == "Бірінші" }) else { continue }
                fields[word.name] = "Екінші"
                let other = try await master.post(form.action, fields)
                let last = try site.journal.head().position
                #expect(other.status.code >= 400 || last > twice, "\(form.shape) forgets the second words")
            }
            #expect(
                recorded.isSuperset(of: ["complaints", "requests", "letters", "links", "knowledge", "calls", "cards"]),
                "\(recorded.sorted())")
        }
    }

    /// What is recorded as often as it is done: looks at personal data, cards read out, links ended.
    private static func counted(_ form: PageForm) -> Bool {
        form.action.contains("reveal") || form.action.hasPrefix("/calls/") || form.action.hasSuffix("/told")
    }
}
