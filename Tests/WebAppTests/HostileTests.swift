import Accounts
import CanonicalJSON
import ContactCentre
import Correspondence
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import TestSupport
import Testing
import WebApp

@Suite("Hostile input on the site")
struct HostileTests {
    static let text = "<script>alert(7)</script>\"'><img src=x onerror=alert(7)>"

    /// `text` as it stands in a JSON string.
    private static let quoted = JSON.string(text).text

    /// Somebody who may everything, signed in.
    static func master(_ browser: Browser, _ site: Site) async throws -> Browser {
        try await site.create("master", Set(Role.allCases))
        let master = Browser(client: browser.client)
        try await master.signIn("master")
        return master
    }

    @Test("an address made of anything is answered: not found, not taken, or a page, and the server goes on")
    func addresses() async throws {
        let site = try await Site(bringsUpToDate: true) {
            $0.requestLimit = RateLimit(burst: 100_000, perSecond: 100_000)
        }
        let parameters = [
            "none", "-9223372036854775808", "9223372036854775807", "%00", "..%2F..%2Fetc%2Fpasswd", "%F0%9F",
            "%3Cscript%3Ealert(7)", "S0288", String(repeating: "a", count: 3_000), "0000-00", "'%20OR%201=1",
        ]
        let values = [
            "9223372036854775807", "-9223372036854775808", "%00%FF", "%3Cscript%3Ealert(7)", "%22%20*%20NEAR(",
        ]
        let names = [
            "from", "through", "to", "skip", "year", "month", "period", "number", "sort", "status", "kind", "body", "q",
            "text", "service", "region", "correct", "case", "state", "line", "plan", "format", "view", "owner", "on",
        ]
        try await site.test { browser in
            let master = try await Self.master(browser, site)
            for route in Routes.all(site.environment.configuration) where route.method == .get {
                let parts = route.path.path.split(separator: "/").map(String.init)
                let queries = values.map { value in names.map { "\($0)=\(value)" }.joined(separator: "&") }
                // Where the address has no place for it, each of the queries once.
                let sent = parts.contains { $0.hasPrefix(":") } ? parameters : Array(parameters.prefix(values.count))
                for (index, parameter) in sent.enumerated() {
                    let path = "/" + parts.map { $0.hasPrefix(":") ? parameter : $0 }.joined(separator: "/")
                    let page = try await master.get("\(path)?\(queries[index % queries.count])")
                    #expect(page.status.code < 500, "\(path)?\(queries[index % queries.count])")
                    #expect(!page.text.contains("<script>alert"), "\(path)")
                }
            }
        }
    }

    @Test("what was typed into any field is shown on every page as text and never run")
    func texts() async throws {
        let site = try await Site(bringsUpToDate: true) {
            $0.requestLimit = RateLimit(burst: 100_000, perSecond: 100_000)
        }
        try await site.accounts.create(
            loginName: "evil", displayName: Self.text, password: Site.password, roles: [.operatorRole],
            mustChangePassword: false, by: .commandLine("test"), at: site.time.now)
        try await site.test { browser in
            let master = try await Self.master(browser, site)
            try await Self.fill(browser, site)
            let found = try await walk(master)
            #expect(found.pages > 60, "\(found.pages)")
            #expect(found.shown > 8, "the text is shown on \(found.shown) pages")
            let searched = try await master.post("/search", ["q": Self.text], from: "/search")
            Self.check(searched, "/search")
        }
    }

    static func fill(_ browser: Browser, _ site: Site) async throws {
        let complaints = try await APIClient(browser, site, as: .complaintsOfficer)
        let requests = try await APIClient(browser, site, as: .coordinator)
        func sent(_ answer: APIClient.Answer) -> APIClient.Answer {
            #expect((200...201).contains(answer.status), "\(answer.text)")
            return answer
        }
        for closing in ["answer", "withdrawal"] {
            let filed = sent(
                try await complaints.post(
                    "complaints",
                    #"{"channel":"phone","kind":"other","body":"KGD","filedAt":"2026-03-16T10:00:00+05:00","subject":\#(Self.quoted),"contacts":{"name":\#(Self.quoted),"address":\#(Self.quoted)}}"#
                ))
            let number = try #require(filed.json["number"]?.string)
            let at = #""at":"2026-03-17T10:00:00+05:00""#
            _ = sent(try await complaints.post("complaints/\(number)/note", #"{"text":\#(Self.quoted)}"#))
            _ = sent(
                try await complaints.post(
                    "complaints/\(number)/transfer", #"{"body":"MIA","reason":\#(Self.quoted),\#(at)}"#))
            _ = sent(
                try await complaints.post(
                    "complaints/\(number)/extension", #"{"days":1,"reason":\#(Self.quoted),\#(at)}"#))
            let body =
                closing == "answer"
                ? #"{"outcome":"explained","text":\#(Self.quoted),"measures":\#(Self.quoted)}"#
                : #"{"reason":\#(Self.quoted)}"#
            _ = sent(try await complaints.post("complaints/\(number)/\(closing)", body))
        }
        let unit = Self.text.replacing("\"", with: "\"\"")
        let table =
            "line,service,body,request_date,acceptance_date,responsible_unit\n1,S0001,KGD,2026-03-16,,\"\(unit)\"\n"
        _ = sent(try await requests.send(.post, "plans/2026/draft", table, [.contentType: "text/csv"]))
        let at = #""at":"2026-03-16T10:00:00+05:00""#
        let plan = sent(try await requests.post("plans/2026/approval", #"{"act":\#(Self.quoted),\#(at)}"#))
        let id = try #require(plan.json["added"]?.array?.first?.string)
        let steps = [
            ("contact", #"{"text":\#(Self.quoted),\#(at)}"#),
            ("send", #"{"number":\#(Self.quoted),"channel":\#(Self.quoted),\#(at)}"#),
            ("receipt", #"{"proof":\#(Self.quoted),\#(at)}"#),
            (
                "appointment",
                #"{"person":{"name":\#(Self.quoted),"position":\#(Self.quoted),"phone":"1"},"order":\#(Self.quoted),\#(at)}"#
            ),
            ("submission", #"{"isSignedByHead":true,"isComplete":true,\#(at)}"#),
            ("return", #"{"text":\#(Self.quoted),\#(at)}"#),
        ]
        for (step, body) in steps { _ = sent(try await requests.post("requests/\(id)/\(step)", body)) }
        let letter = try await site.centre.letters.draft(
            .request, about: .init("onboarding/\(id)"), by: .commandLine("test"), at: site.time.now)
        #expect(!letter.isEmpty)
        let calendar = try await requests.get("calendar")
        let day =
            #"{"date":"2026-06-09","kind":"holiday","kk":\#(Self.quoted),"ru":\#(Self.quoted),"basisKK":\#(Self.quoted),"basisRU":\#(Self.quoted)}"#
        let administrator = try await APIClient(browser, site, as: .administrator)
        let keeper =
            try await requests.post("calendar/preview", #"{"changes":[\#(day)]}"#).status == 200
            ? requests : administrator
        _ = sent(
            try await keeper.post(
                "calendar/adopt", #"{"changes":[\#(day)],"reason":\#(Self.quoted)}"#, ifMatch: calendar.tag))
    }

    /// Follows the links of all pages, one address of each kind of list, and looks at every page.
    private func walk(_ master: Browser) async throws -> (pages: Int, shown: Int) {
        var (waiting, seen, shown) = (["/"], Set(["/"]), 0)
        var kinds: [String: Int] = [:]
        while let path = waiting.popLast() {
            let page = try await master.get(path)
            guard page.headers[.contentType]?.hasPrefix("text/html") == true else { continue }
            Self.check(page, path)
            if page.text.contains("alert(7)") { shown += 1 }
            for link in page.text.matches(of: /href="(\/[^"#]*)"/) {
                let address = String(link.1).replacing("&amp;", with: "&")
                // Of pages that differ in one number or code alone a few are enough.
                let kind = address.prefix { $0 != "?" }.split(separator: "/").prefix(1).joined()
                guard seen.count < 400, !seen.contains(address), kinds[kind, default: 0] < 12 else { continue }
                kinds[kind, default: 0] += 1
                seen.insert(address)
                waiting.append(address)
            }
        }
        return (seen.count, shown)
    }

    static func check(_ page: TestResponse, _ path: String) {
        let html = page.text
        #expect(page.status.code < 500, "\(path)")
        #expect(!html.contains("<script>alert") && !html.contains("<img src=x"), "\(path)")
        for tag in html.matches(of: /<[a-z][^>]*>/) where tag.0.contains("alert(7)") {
            #expect(tag.0.count(where: { $0 == "\"" }).isMultiple(of: 2), "\(path): \(tag.0)")
            #expect(tag.0.replacing(/"[^"]*"/, with: "").contains("onerror") == false, "\(path): \(tag.0)")
        }
        #expect(page.headers[.xContentTypeOptions] == "nosniff", "\(path)")
        #expect(page.headers[.contentSecurityPolicy] != nil, "\(path)")
    }
}
