import Accounts
import Attachments
import CanonicalJSON
import Casework
import ContactCentre
import Correspondence
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import KnowledgeBase
import Onboarding
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("Who may leave a file on the disk")
struct UploadGuardTests {
    private static let multipart: HTTPFields = [.contentType: "multipart/form-data; boundary=b"]

    private static func body(_ fields: [(String, String)], file: String, named name: String = "f.txt") -> String {
        fields.map { "--b\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined()
            + "--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"\(name)\"\r\n\r\n\(file)\r\n--b--\r\n"
    }

    /// A site with a link to a request that waits for its form.
    private static func withLink(
        _ configure: (inout WebConfiguration) -> Void = { _ in }
    ) async throws -> (site: Site, request: String, path: String) {
        let site = try await Site(bringsUpToDate: true, configure)
        let (desk, now, actor) = (site.centre.onboarding, site.time.now, Actor("test"))
        let id = OnboardingDesk.id(plan: "2026", line: "7", body: "MNE")
        let line = PlanLineApproved(
            plan: "2026", line: "7", service: "S0288", body: "MNE", requestOn: site.centre.casework.today(now),
            approval: "№ 1")
        let before = now.adding(milliseconds: -3_600_000)
        try await desk.perform(.approve(line, at: before), on: id, by: actor, at: now)
        try await desk.perform(
            .send(RequestSent(number: "5/2026", channel: "mail"), at: before), on: id, by: actor, at: now)
        try await desk.perform(.receive(RequestReceived(proof: "7"), at: before), on: id, by: actor, at: now)
        try await desk.perform(
            .appoint(ResponsiblePersonAppointed(registration: "x"), at: before), on: id, by: actor, at: now)
        let token = try await site.centre.bodyLinks.make(
            id: String(repeating: "a", count: 32), request: id, until: now.adding(milliseconds: 86_400_000), by: actor,
            at: now)
        return (site, id, "/body/\(token)")
    }

    @Test("a route that is open to everybody takes no files before somebody was asked")
    func table() {
        let open = Routes.all(WebConfiguration()).filter {
            $0.access == .everyone && ($0.uploads != nil || $0.isStreaming)
        }
        #expect(!open.isEmpty)
        for route in open {
            #expect(route.isGuarded, "\(route.path)")
            // What is read once and forgotten leaves even less.
            #expect(route.uploads?.keeping != .forSender, "\(route.path)")
        }
    }

    @Test("an upload to a wrong link leaves nothing on the disk, before and after the limit of guesses")
    func wrongLink() async throws {
        let site = try await Site { $0.signInLimit = RateLimit(burst: 3, perSecond: 0.01) }
        try await site.test { browser in
            let token = try await browser.token(on: "/sign-in") ?? ""
            var statuses: [Int] = []
            for number in 0..<8 {
                let body = Self.body(
                    [(FormToken.fieldName, token)], file: String(repeating: "a", count: 100_000) + "\(number)")
                statuses.append(
                    try await browser.send(.post, "/body/x", headers: Self.multipart, body: body).status.code)
            }
            #expect(statuses == [404, 404, 404, 429, 429, 429, 429, 429])
            #expect(try site.keptFiles().isEmpty)
        }
    }

    @Test("by a right link a file stays only where the act that it came with was recorded")
    func rightLink() async throws {
        let (site, request, path) = try await Self.withLink()
        try await site.test { browser in
            let token = try await browser.token(on: path) ?? ""
            func send(_ fields: [(String, String)], _ file: String) async throws -> Int {
                try await browser.send(
                    .post, path, headers: Self.multipart,
                    body: Self.body([(FormToken.fieldName, token)] + fields, file: file)
                ).status.code
            }
            #expect(try await send([("step", "nonsense")], "бірінші") == 400)
            #expect(try await send([("step", "receive")], "екінші") == 422, "it was received already")
            #expect(try await send([("step", "submit")], "") == 422)
            let bare = try await browser.send(
                .post, path, headers: Self.multipart, body: Self.body([("step", "submit")], file: "үшінші"))
            #expect(bare.status == .forbidden)
            #expect(try site.keptFiles().isEmpty)

            let fields = [("step", "submit"), ("signed", "yes"), ("complete", "yes"), ("key", "k1")]
            #expect(try await send(fields, "төртінші") == 303)
            #expect(try site.keptFiles().count == 1)
            #expect(try await send(fields, "төртінші") == 303, "a double click")
            #expect(try await send(fields, "бесінші") != 303, "another file is another sending")
            #expect(try site.keptFiles().count == 1)
            let stored = try #require(try site.keptFiles().last).replacing("/", with: "")
            try await browser.signIn("coordinator")
            let file = try await browser.get("/files/\(stored)?case=onboarding/\(request)")
            #expect(file.status == .ok && file.text == "төртінші")
        }
    }

    @Test("a form of a card is kept by a right link only, in the fields of the body, and not too often")
    func cardForm() async throws {
        let (site, request, path) = try await Self.withLink { $0.linkLimit = RateLimit(burst: 3, perSecond: 0.01) }
        let id = CardDrafts.id(request: request)
        try await site.test { browser in
            let token = try await browser.token(on: path + "/card")
            let fields = ["step": "keep", "fee.ru": "5 МРП", "owner": "MF"]
            #expect(try await browser.post("/body/x/card", fields, token: token).status == .notFound)
            #expect(try await browser.post(path + "/card", fields, token: nil).status == .forbidden)
            #expect(try await site.centre.cards.draft(id) == nil)
            #expect(try await browser.post(path + "/card", fields, token: token).status == .ok)
            let draft = try #require(try await site.centre.cards.draft(id))
            #expect(draft.form.text(of: .fee).ru == "5 МРП")
            let card = try #require(try await site.centre.cards.card("S0288"))
            #expect(draft.form.word(of: .owner) == card.card.owner && card.edition == 1)
            #expect(try await browser.post(path + "/card", ["step": "save"], token: token).status == .badRequest)
            #expect(try await browser.post(path + "/card", fields, token: token).status.code == 429)
        }
    }

    @Test("one link is acted by a limited number of times")
    func quota() async throws {
        let (site, _, path) = try await Self.withLink { $0.linkLimit = RateLimit(burst: 2, perSecond: 0.01) }
        try await site.test { browser in
            let token = try await browser.token(on: path)
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await browser.post(path, ["step": "x"], token: token).status.code) }
            #expect(statuses == [400, 400, 429, 429])
        }
    }

    @Test("below the floor of the disk files are refused with a sentence, and readiness says so; other work goes on")
    func fullDisk() async throws {
        let site = try await Site(settings: { $0.diskReserve = 1_048_576 })
        try await site.test { browser in
            #expect(try await browser.get("/health/ready").status == .serviceUnavailable)
            try await browser.signIn("coordinator")
            var headers = Self.multipart
            headers[.formToken] = try await browser.token(on: "/")
            let answer = try await browser.send(
                .post, "/api/v1/attachments", headers: headers, body: Self.body([], file: "құжат"))
            #expect(answer.status.code == 507 && answer.text.contains("nearly full"), "\(answer.text)")
            #expect(try site.keptFiles().isEmpty)
            #expect(try await browser.get("/").status == .ok)
        }
    }
}

@Suite("Which file a digest opens")
struct DocumentTests {
    private static let multipart: HTTPFields = [.contentType: "multipart/form-data; boundary=x"]

    private static func upload(_ text: String, _ api: APIClient) async throws -> String {
        let sent = try await api.send(
            .post, "attachments",
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\(text)\r\n--x--\r\n",
            multipart)
        return try #require(sent.items.first?["digest"]?.string)
    }

    @Test("a step names only what its sender uploaded or its case has, and a digest in a text opens nothing")
    func naming() async throws {
        let site = try await Site(bringsUpToDate: true)
        let (desk, now, actor) = (site.centre.onboarding, site.time.now, Actor("test"))
        let id = OnboardingDesk.id(plan: "2026", line: "7", body: "MNE")
        let line = PlanLineApproved(
            plan: "2026", line: "7", service: "S0288", body: "MNE", requestOn: site.centre.casework.today(now),
            approval: "№ 1")
        try await desk.perform(.approve(line, at: now), on: id, by: actor, at: now)
        try await site.test { browser in
            let officer = try await APIClient(browser, site, as: .complaintsOfficer)
            let coordinator = try await APIClient(browser, site, as: .coordinator)
            let secret = try await Self.upload("Жауап: Айгүл Сынақова", officer)
            let path = "requests/\(id)/contact"
            let stolen = try await coordinator.post(path, #"{"text":"x","document":"\#(secret)"}"#)
            #expect(stolen.status == 422 && stolen.errors == ["document"], "\(stolen.text)")
            // The digest as a text is a text.
            #expect(try await coordinator.post(path, #"{"text":"\#(secret)"}"#).status == 200)
            let file = "attachments/\(secret)?case=onboarding/\(id)"
            #expect(try await coordinator.get(file).status == 404)

            let own = try await Self.upload("Хат", coordinator)
            #expect(try await coordinator.post(path, #"{"text":"x","document":"\#(own)"}"#).status == 200)
            #expect(try await coordinator.get("attachments/\(own)?case=onboarding/\(id)").status == 200)
            // Another of the same rights may name again what the case has, and not what it has not.
            try await site.create("second", [.coordinator])
            try await browser.signIn("second")
            #expect(site.centre.attachments.isFrom("nobody", own) == false)
            let other = try await site.accounts.issueToken(
                for: try #require(
                    try await site.accounts.all(for: .commandLine("test")).first { $0.loginName == "second" }
                ).account.number, label: "x", by: .commandLine("test"), at: site.time.now
            ).text
            func post(_ body: String) async throws -> HTTPResponse.Status {
                var headers: HTTPFields = [.contentType: "application/json"]
                headers[.authorization] = "Bearer \(other)"
                return try await browser.client.executeRequest(
                    uri: "/api/v1/" + path, method: .post, headers: headers, body: ByteBuffer(string: body)
                ).status
            }
            #expect(try await post(#"{"text":"y","document":"\#(own)"}"#) == .ok)
            #expect(try await post(#"{"text":"y","document":"\#(secret)"}"#) == .unprocessableContent)
        }
    }

    @Test("a form that comes back keeps its sender's file only, whatever digest it is given")
    func keptInForm() async throws {
        let site = try await Site(bringsUpToDate: true)
        let secret = try site.centre.attachments.saveNow(Array("Құпия".utf8), named: "a.txt", for: "user:99").digest
        let (desk, now, actor) = (site.centre.onboarding, site.time.now, Actor("test"))
        let id = OnboardingDesk.id(plan: "2026", line: "7", body: "MNE")
        let line = PlanLineApproved(
            plan: "2026", line: "7", service: "S0288", body: "MNE", requestOn: site.centre.casework.today(now),
            approval: "№ 1")
        try await desk.perform(.approve(line, at: now), on: id, by: actor, at: now)
        try await site.test { browser in
            try await browser.signIn("coordinator")
            let page = "/requests/\(id)"
            let form = try #require(
                PageForm.all(in: try await browser.get(page).text).first { $0.given["step"] == "send" })
            var fields = form.given
            (fields["number"], fields["channel"]) = ("1", "mail")
            (fields["document-kept"], fields["document-name"]) = (secret, "a.txt")
            _ = try await browser.post(page, fields, token: fields[FormToken.fieldName])
            #expect(try await browser.get("/files/\(secret)?case=onboarding/\(id)").status == .notFound)
            let named = try await site.journal.read { db in
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM event WHERE instr(CAST(payload AS TEXT), ?)", arguments: [secret])
            }
            #expect(named == 0)
        }
    }
}
