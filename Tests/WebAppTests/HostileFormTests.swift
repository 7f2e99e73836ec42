import Accounts
import CanonicalJSON
import ContactCentre
import Contacts
import Correspondence
import Delivery
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("Hostile texts in every form of the site")
struct HostileFormTests {
    /// Texts that a form of ours never sends by itself.
    private static let texts = [
        HostileTests.text,
        "\u{202E}gpj.\u{0}\(HostileTests.text)\r\nBcc: all@example.kz\r\nX-Evil: 1",
        String(repeating: "Ұ", count: 1_200) + HostileTests.text,
        "-9223372036854775809", "'; DROP TABLE event; --", "{{7*7}}${7*7}%s%n=1+1",
    ]

    /// Forms that would end the session of the test or only choose how the page looks.
    private static let left = ["/sign-out", "/account", "/accounts/", "/language", "/theme"]

    static func site() async throws -> Site {
        try await Site(bringsUpToDate: true) {
            $0.requestLimit = RateLimit(burst: 100_000, perSecond: 100_000)
        } settings: {
            $0.mailRelay = "smtp://127.0.0.1:9"
            $0.mailSender = "ucc@example.kz"
        }
    }

    /// Follows links from the start and a few of each kind of page; returns the forms, one of each shape.
    private static func forms(_ master: Browser) async throws -> [PageForm] {
        try await placed(master).map(\.form)
    }

    /// The same, each with the page on which it stands.
    static func placed(_ master: Browser) async throws -> [(page: String, form: PageForm)] {
        var (waiting, seen) = (["/", "/search?q=a", "/cards/S0288", "/cards/S0288/edit"], Set<String>())
        var (kinds, forms): ([String: Int], [String: (page: String, form: PageForm)]) = ([:], [:])
        while let path = waiting.popLast() {
            guard seen.insert(path).inserted else { continue }
            let page = try await master.get(path)
            guard page.headers[.contentType]?.hasPrefix("text/html") == true else { continue }
            check(page, path)
            for form in PageForm.all(in: page.text)
            where !left.contains(where: { form.action.hasPrefix($0) && form.action != "/accounts" }) {
                forms[form.shape] = forms[form.shape] ?? (path, form)
            }
            for link in page.text.matches(of: /href="(\/[^"#]*)"/) {
                let address = String(link.1).replacing("&amp;", with: "&")
                let kind = address.prefix { $0 != "?" }.split(separator: "/").prefix(2)
                    .map { $0.contains(where: \.isNumber) ? "#" : $0 }.joined(separator: "/")
                guard !address.hasPrefix("/assets"), kinds[kind, default: 0] < 3 else { continue }
                kinds[kind, default: 0] += 1
                waiting.append(address)
            }
        }
        return forms.values.sorted { $0.form.shape < $1.form.shape }
    }

    private static func check(_ page: TestResponse, _ what: String) {
        HostileTests.check(page, what)
        #expect(!page.text.unicodeScalars.contains { $0.value == 0 || $0.value == 0x202E }, "\(what)")
        #expect(!page.headers.contains { $0.name.canonicalName == "x-evil" }, "\(what)")
    }

    @Test("what no keyboard types is refused or shown as text, in every field of every form, and nothing fails")
    func forms() async throws {
        let site = try await Self.site()
        try await site.test { browser in
            let master = try await HostileTests.master(browser, site)
            try await HostileTests.fill(browser, site)
            _ = try await master.post("/calls/start", ["back": "/search"], from: "/search")
            let forms = try await Self.forms(master)
            let actions = Set(forms.map { $0.action.split(separator: "/").first ?? "" })
            #expect(forms.count > 30, "\(forms.map(\.shape).joined(separator: "\n"))")
            #expect(actions.isSuperset(of: ["cards", "knowledge", "letters", "links", "complaints", "requests"]))
            // Many are taken, and many are refused beside their fields.
            let answers = try await Self.send(forms, master)
            #expect(answers.count { $0 == 303 } > 20 && answers.count { $0 == 422 } > 20, "\(answers)")
            // A body answers by its own link, without an account; an operator writes down what he found nothing on.
            let token = try await site.centre.bodyLinks.make(
                id: String(repeating: "a", count: 32), request: "2026-1-KGD",
                until: site.time.now.adding(milliseconds: 86_400_000), by: .commandLine("test"), at: site.time.now)
            let address = "/body/\(token)"
            let guest = Browser(client: browser.client)
            let given = PageForm.all(in: try await guest.get(address).text)
            #expect(!given.isEmpty)
            _ = try await Self.send(given, guest)
            let gap = try await master.post("/calls/gap", ["words": HostileTests.text], from: "/search")
            Self.check(gap, "/calls/gap")
            let drafts = PageForm.all(in: gap.text).filter { $0.action.hasPrefix("/calls/gap") }
            #expect(!drafts.isEmpty)
            _ = try await Self.send(drafts, master)
            // What was taken is shown as text wherever it stands now.
            _ = try await Self.forms(master)
        }
    }

    /// Sends every form with every text in all its fields; the statuses of the answers.
    private static func send(_ forms: [PageForm], _ browser: Browser) async throws -> [Int] {
        var answers: [Int] = []
        for form in forms {
            for text in texts {
                var fields = form.given
                for field in form.typed { fields[field.name] = text }
                let answer = try await browser.post(form.action, fields)
                check(answer, "\(form.shape): \(text.prefix(20))")
                answers.append(answer.status.code)
            }
        }
        return answers
    }

    @Test("a field that is no text in UTF-8 is refused by its name, on every form, and changes nothing")
    func notUTF8() async throws {
        let form = Form(urlEncoded: "a=%FF%FE&%C3=b&c=%D0%B6&d=%00%E2%80%AE7")
        #expect(form.unreadable == ["a", "%C3"])
        #expect(form["a"].isEmpty && form["c"] == "ж" && form["d"] == "7" && form.all("d") == ["7"])
        #expect(form.exactly("d") == "\u{0}\u{202E}7")
        let site = try await Self.site()
        try await site.test { browser in
            let master = try await HostileTests.master(browser, site)
            // Whoever follows all links takes lists out too, which is recorded.
            let forms = try await Self.forms(master)
            let head = try site.journal.head().position
            for form in forms {
                let token = form.given[FormToken.fieldName] ?? ""
                var body = "\(FormToken.fieldName)=\(token)"
                for name in form.given.keys.sorted() where name != FormToken.fieldName { body += "&\(name)=%FF" }
                for field in form.typed { body += "&\(field.name)=%C3%28%ED%A0%80" }
                guard body.contains("%") else { continue }
                let answer = try await master.send(
                    .post, form.action, headers: [.contentType: "application/x-www-form-urlencoded"], body: body)
                #expect(answer.status == .badRequest, "\(form.shape)")
            }
            #expect(try site.journal.head().position == head)
        }
    }

    @Test("a letter to a caller goes to one address: what could begin another header or name another reader is refused")
    func mail() async throws {
        let site = try await Self.site()
        try await site.test { browser in
            let master = try await HostileTests.master(browser, site)
            let page = "/cards/S0288"
            let token = try await master.token(on: page)
            let addresses = [
                "", "a", "a@b", "@example.kz", "a@@example.kz", "a@example.kz,b@example.kz",
                "a@example.kz;b@example.kz", "a@example.kz b@example.kz", "a@example.kz\r\nBcc: b@example.kz",
                "a@example.kz\nBcc: b@example.kz", "a\r\n@example.kz", "<a@example.kz>", "\"a,b\"@example.kz",
                "a@example.kz>\r\nRCPT TO:<b@example.kz", "a@[127.0.0.1]", "ә@example.kz", "a@exam\tple.kz",
                String(repeating: "a", count: 300) + "@example.kz",
            ]
            for address in addresses {
                let answer = try await master.post(
                    "\(page)/mail", ["address": address, "language": "kk"], token: token)
                #expect(answer.status == .unprocessableContent, "\(address)")
            }
            #expect(try await site.journal.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM delivery") } == 0)
            // What no keyboard types is taken away before, so that the address is the one that is seen.
            let sent = try await master.post(
                "\(page)/mail", ["address": " a\u{0}@example\u{202E}.kz\r\n", "language": "kk"], token: token)
            #expect(sent.status == .seeOther, "\(sent.status)")
            let delivery = try #require(
                try await site.journal.read { db in
                    try String.fetchOne(db, sql: "SELECT id FROM delivery WHERE kind = 'card-mail'")
                        .flatMap { try DeliveryRecord.fetch(DeliveryID($0), in: db) }
                })
            let document = try #require(try await site.centre.cardMail.document(for: delivery))
            #expect(try JSON(parsing: document)["to"] == .string("a@example.kz"))
        }
    }
}
