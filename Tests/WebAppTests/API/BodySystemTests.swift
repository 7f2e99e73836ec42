import Accounts
import CanonicalJSON
import Casework
import Complaints
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import WebApp

@Suite("A body's own system and the complaints of the body")
struct BodySystemTests {
    /// A small program of a ministry: it has a token and nothing else.
    private struct System {
        let browser: Browser
        let token: String

        func send(
            _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, key: String? = nil,
            type: String = "application/json"
        ) async throws -> (status: Int, json: JSON?) {
            var headers: HTTPFields = [.authorization: "Bearer \(token)", .contentType: type]
            if let key { headers[.idempotencyKey] = key }
            let answer = try await browser.send(method, "/api/v1/body/complaints\(path)", headers: headers, body: body)
            return (answer.status.code, try? JSON(parsing: Array(answer.body.readableBytesView)))
        }
    }

    private static func prepared() async throws -> (site: Site, ours: String, theirs: String, token: String) {
        let site = try await Site(bringsUpToDate: true)
        func register(_ body: String) async throws -> String {
            let filing = ComplaintFiling(
                channel: "phone", kind: .order, body: body, language: "ru", subject: "Отказали",
                contacts: ComplaintContacts(name: "Айша Сынақова", phone: "+7 700 000 00 00"),
                filedAt: site.time.now.adding(milliseconds: -60_000))
            return try await site.centre.complaints.register(filing, by: Actor("test"), at: site.time.now).number
        }
        let token = try await site.centre.bodyLinks.issueToken(
            to: "MNE", secret: site.environment.randomBytes(32), by: Actor("test"), at: site.time.now)
        return (site, try await register("MNE"), try await register("KGD"), token)
    }

    @Test("it lists its complaints, reads one, confirms, asks, extends, answers; each as it is described")
    func whole() async throws {
        let (site, ours, _, token) = try await Self.prepared()
        let description = try APIDescription()
        try await site.test { browser in
            let system = System(browser: browser, token: token)
            func expect(
                _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, key: String? = nil
            ) async throws -> JSON? {
                let answer = try await system.send(method, path, body, key: key)
                #expect(answer.status == 200, "\(path): \(answer.json?.text ?? "")")
                let address = "/api/v1/body/complaints\(path)"
                let schema = try #require(
                    description.operation(method.rawValue, address)?.answer(200, "application/json"))
                #expect(description.problems(answer.json ?? .null, schema).isEmpty, "\(path)")
                return answer.json
            }
            let list = try await expect(.get, "")
            #expect(list?["items"]?.array?.compactMap { $0["number"]?.string } == [ours])
            for _ in 0..<2 {
                let one = try await expect(.get, "/\(ours)")
                #expect(one?["subject"]?.string == "Отказали")
                #expect(one?["applicant"]?["name"]?.string == "Айша Сынақова")
            }
            _ = try await expect(.post, "/\(ours)/receipt", #"{"reference":"7-1"}"#)
            _ = try await expect(.post, "/\(ours)/question", #"{"question":"Когда?"}"#)
            _ = try await expect(.post, "/\(ours)/extension", #"{"days":5,"reason":"проверка"}"#)
            let beyond = try await system.send(.post, "/\(ours)/extension", #"{"days":6,"reason":"еще"}"#)
            #expect(beyond.status == 422, "the law leaves five")
            let answer = #"{"outcome":"partly","text":"Разъяснено"}"#
            for _ in 0..<2 { _ = try await expect(.post, "/\(ours)/answer", answer, key: "a-1") }
            #expect(try await system.send(.post, "/\(ours)/answer", answer, key: "a-2").status == 422)
            let closed = try await expect(.get, "/\(ours)")
            #expect(closed?["status"]?.string == "answered" && closed?["applicant"] == nil)
            let names = try await site.centre.casework.history(of: StreamID(kind: "complaint", id: ours))
                .map(\.recorded.name)
            #expect(
                names == [
                    "complaintRegistered", "complaintRevealed", "complaintReceived", "applicantAsked",
                    "complaintExtended", "complaintAnswered",
                ])
        }
    }

    @Test("what is another body's is not there, a return names a body of the registry, and unknown members are refused")
    func foreign() async throws {
        let (site, ours, theirs, token) = try await Self.prepared()
        try await site.test { browser in
            let system = System(browser: browser, token: token)
            #expect(try await system.send(.get, "/\(theirs)").status == 404)
            #expect(
                try await system.send(.post, "/\(theirs)/answer", #"{"outcome":"satisfied","text":"x"}"#).status == 404)
            #expect(try await system.send(.post, "/\(ours)/return", #"{"body":"NONE","reason":"x"}"#).status == 422)
            #expect(
                try await system.send(.post, "/\(ours)/return", #"{"body":"KGD","reason":"x","a":1}"#).status == 422)
            #expect(try await system.send(.post, "/\(ours)/return", "x", type: "text/plain").status == 415)
            #expect(try await system.send(.get, "?nonsense=1").status == 400)
            #expect(try await system.send(.post, "/\(ours)/return", #"{"body":"KGD","reason":"налоги"}"#).status == 200)
            let record = try await site.journal.read { try ComplaintRecord.fetch(id: ours, in: $0) }
            #expect(record?.body == "MNE", "an officer decides")
        }
    }

    @Test("without a token, with a wrong, a replaced or a withdrawn one, nothing; an account's token opens none of it")
    func tokens() async throws {
        let (site, ours, _, token) = try await Self.prepared()
        try await site.test { browser in
            func status(_ token: String) async throws -> Int {
                try await System(browser: browser, token: token).send(.get, "/\(ours)").status
            }
            let api = try await APIClient(browser, site, as: .complaintsOfficer)
            #expect(try await status(api.token) == 401)
            #expect(try await browser.get("/api/v1/body/complaints").status == .unauthorized)
            #expect(try await status(String(token.dropLast()) + "x") == 401)
            #expect(try await status(token) == 200)
            // The body's token opens nothing else.
            let other = try await browser.get("/api/v1/complaints", headers: [.authorization: "Bearer \(token)"])
            #expect(other.status == .unauthorized)

            let keeper = Browser(client: browser.client)
            try await keeper.signIn("administrator")
            let made = try await keeper.post("/bodies/MNE/channel", ["step": "issue"], from: "/bodies/MNE")
            let next = try #require(made.text.firstMatch(of: /body_[0-9a-f]{64}/)?.output)
            #expect(made.headers[.cacheControl]?.contains("no-store") == true)
            #expect(try await status(token) == 401)
            #expect(try await status(String(next)) == 200)
            #expect(try await !keeper.get("/bodies/MNE").text.contains("body_"), "shown once")
            _ = try await keeper.post("/bodies/MNE/channel", ["step": "withdraw"], from: "/bodies/MNE")
            #expect(try await status(String(next)) == 401)
        }
    }
}
