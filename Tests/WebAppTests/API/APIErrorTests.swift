import Accounts
import CanonicalJSON
import HTTPTypes
import HummingbirdTesting
import Testing
import WebApp

@Suite("The errors that the description of the JSON interface promises")
struct APIErrorTests {
    /// One operation with an address at which nothing is.
    private struct Probe {
        let operation: APIDescription.Operation
        let description: APIDescription

        var name: String { "\(operation.method) \(operation.path)" }
        var isPost: Bool { operation.method == "POST" }
        var takesJSON: Bool { operation.body != nil }

        /// The address below `/api/v1/`, its parameters replaced by what is right in form and does not exist.
        var path: String {
            operation.path.dropFirst().split(separator: "/").map { part in
                switch part {
                case "{digest}": String(repeating: "0", count: 64)
                case "{period}": "1999-01"
                case "{edition}", "{revision}": "7"
                case _ where part.hasPrefix("{"): "none"
                default: String(part)
                }
            }.joined(separator: "/")
        }

        /// Somebody who may use it, and somebody who may not.
        func role(may: Bool) -> Role? {
            guard let permission = Permission(rawValue: operation.permission) else { return may ? .auditor : nil }
            return Role.allCases.first { $0.permissions.contains(permission) == may }
        }

        /// The least body that the description allows.
        var body: String { operation.body.map { sample($0).text } ?? "" }

        private func sample(_ schema: JSON) -> JSON {
            if let ref = schema["$ref"]?.string {
                return sample(
                    description.json["components"]?["schemas"]?[String(ref.split(separator: "/").last ?? "")] ?? .null)
            }
            if let first = schema["enum"]?.array?.first { return first }
            switch schema["type"]?.string {
            case "object":
                let properties = schema["properties"]?.object ?? [:]
                let names = (schema["required"]?.array ?? []).compactMap(\.string)
                return .object(Dictionary(uniqueKeysWithValues: names.map { ($0, sample(properties[$0] ?? .null)) }))
            case "array": return .array([sample(schema["items"] ?? .null)])
            case "integer": return .int(schema["minimum"]?.int ?? 1)
            case "boolean": return .bool(true)
            case _ where schema["description"]?.string?.contains("offset") == true:
                return .string("2026-03-16T10:00:00+05:00")
            default: return .string(schema["pattern"]?.string?.contains("{4}") == true ? "2026-03-19" : "x")
            }
        }

        /// The members that the body may have, and the least body with another value for one of them.
        var members: [String] {
            var schema = operation.body ?? .null
            if let ref = schema["$ref"]?.string {
                schema =
                    description.json["components"]?["schemas"]?[String(ref.split(separator: "/").last ?? "")] ?? .null
            }
            return (schema["properties"]?.object ?? [:]).keys.sorted()
        }

        func body(_ member: String, _ value: String) -> String {
            var members = (operation.body.map { sample($0) }?.object ?? [:]).mapValues(\.text)
            members[member] = value
            return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
        }
    }

    private static func probes() throws -> [Probe] {
        let description = try APIDescription()
        return description.operations.map { Probe(operation: $0, description: description) }
    }

    /// Sends a body as JSON, or asks where there is none to send.
    private func answer(_ probe: Probe, _ api: APIClient, body: String? = nil) async throws -> APIClient.Answer {
        probe.isPost ? try await api.post(probe.path, body ?? probe.body) : try await api.get(probe.path)
    }

    @Test("each operation declares every error as problem+json, and those that all have")
    func declared() throws {
        let description = try APIDescription()
        for operation in description.operations {
            let responses = operation.json["responses"]?.object ?? [:]
            for (status, response) in responses where !status.hasPrefix("2") {
                let name = response["$ref"]?.string?.split(separator: "/").last.map(String.init) ?? ""
                let schema = description.json["components"]?["responses"]?[name]?["content"]?[
                    "application/problem+json"]
                #expect(schema != nil, "\(operation.path) \(status)")
            }
            for status in ["401", "403", "429", "default"] { #expect(responses[status] != nil, "\(operation.path)") }
            let others: Set = operation.method == "POST" ? ["400", "408", "413"] : []
            #expect(others.isSubset(of: responses.keys), "\(operation.method) \(operation.path)")
            #expect(operation.pathParameters.isEmpty == (responses["404"] == nil), "\(operation.path)")
        }
    }

    @Test("401 without a sign-in, 403 without the permission, for every operation")
    func gate() async throws {
        let site = try await Site()
        try await site.test { browser in
            var clients: [Role: APIClient] = [:]
            for role in Role.allCases { clients[role] = try await APIClient(browser, site, as: role) }
            for probe in try Self.probes() {
                let method: HTTPRequest.Method = probe.isPost ? .post : .get
                let nobody = try await browser.send(
                    method, "/api/v1/\(probe.path)", headers: [.contentType: "application/json"], body: probe.body)
                #expect(nobody.status == .unauthorized, "\(probe.name)")
                #expect(nobody.headers[.wwwAuthenticate] == "Bearer", "\(probe.name)")
                #expect(nobody.headers[.contentType] == "application/problem+json", "\(probe.name)")
                guard let role = probe.role(may: false), let api = clients[role] else { continue }
                #expect(try await answer(probe, api).status == 403, "\(probe.name)")
            }
        }
    }

    @Test("404 for what does not exist, 400 for what is no JSON, 422 for a member too many, 413 for too much, 415")
    func bodies() async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            var clients: [Role: APIClient] = [:]
            for role in Role.allCases { clients[role] = try await APIClient(browser, site, as: role) }
            // What bodies' own systems call opens with a body's token alone (BodySystemTests).
            for probe in try Self.probes() where !probe.operation.path.hasPrefix("/body/") {
                let api = try #require(probe.role(may: true).flatMap { clients[$0] })
                if !probe.operation.pathParameters.isEmpty, !probe.isPost || probe.takesJSON {
                    let missing = try await answer(probe, api)
                    #expect(
                        missing.status == 404 || Self.open.contains(probe.name), "\(probe.name): \(missing.text)")
                }
                // The export of the forum is read line by line; what is wrong with it is in its report.
                guard probe.takesJSON, probe.operation.path != "/complaints/import" else { continue }
                let cut = try await answer(probe, api, body: "{\"a\":")
                // A kind of case that does not exist is said before the body is read.
                let wrong = probe.operation.path.hasPrefix("/duties/{kind}") ? 404 : 400
                #expect(cut.status == wrong, "\(probe.name): \(cut.text)")
                let deep = try await answer(probe, api, body: String(repeating: "[", count: 100_000))
                #expect(deep.status == wrong, "\(probe.name): \(deep.text.prefix(300))")
                let most = [
                    "search": 1_100_000, "complaints/reading": 1_400_000, "complaints/incoming": 600_000,
                    "applications": 2_200_000,
                ]
                let large = try await answer(
                    probe, api, body: String(repeating: " ", count: most[probe.path] ?? 270_000))
                #expect(large.status == 413, "\(probe.name): \(large.text.prefix(300))")
                guard probe.operation.json["responses"]?["422"] != nil else { continue }
                let list = try await answer(probe, api, body: "[]")
                #expect(list.status == 422 || list.status == 404, "\(probe.name): \(list.text)")
                let odd = try await answer(probe, api, body: #"{"nonsense":1}"#)
                #expect(
                    odd.status == 422 && odd.errors == ["nonsense"] || odd.status == 404, "\(probe.name): \(odd.text)")
                let plain = try await api.send(.post, probe.path, probe.body, [.contentType: "text/plain"])
                #expect(plain.status == 415, "\(probe.name): \(plain.text)")
            }
        }
    }

    /// Values of a member that no program of ours sends.
    private static let odd = [
        #""a\u0000b""#, #""\u202egpj.exe""#, "[[]]", "{}", "99999999999999999999", "9223372036854775807", "-1", "1e400",
        "true", "\"\(String(repeating: "a", count: 70_000))\"",
    ]

    @Test(
        "a value that is none of its member is refused, and what deceives a reader by the member's name; nothing fails")
    func values() async throws {
        let site = try await Site(bringsUpToDate: true) {
            $0.requestLimit = RateLimit(burst: 100_000, perSecond: 100_000)
        }
        try await site.test { browser in
            var clients: [Role: APIClient] = [:]
            for role in Role.allCases { clients[role] = try await APIClient(browser, site, as: role) }
            for probe in try Self.probes() where probe.takesJSON && probe.operation.path != "/complaints/import" {
                let api = try #require(probe.role(may: true).flatMap { clients[$0] })
                for member in probe.members {
                    for value in Self.odd {
                        let answer = try await api.post(probe.path, probe.body(member, value))
                        #expect(answer.status < 500, "\(probe.name) \(member): \(value.prefix(30)): \(answer.text)")
                        guard value.hasPrefix("\""), answer.status == 422 else { continue }
                        #expect(
                            answer.errors.first?.hasPrefix(member) == true, "\(probe.name) \(member): \(answer.text)")
                    }
                }
            }
        }
    }

    /// What answers for what it does not know: the figures of a month without complaints are naught.
    private static let open: Set = [
        "GET /reports/{period}", "GET /reports/{period}/figures.csv", "POST /plans/{plan}/approval",
        "POST /reports/{period}/seal",
    ]

    @Test("429 for every operation when one asks too often, with the time to wait")
    func tooMany() async throws {
        let site = try await Site { $0.requestLimit = RateLimit(burst: 1, perSecond: 0.001) }
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: .administrator)
            _ = try await api.get("openapi.yaml")
            for probe in try Self.probes() {
                let answer = try await answer(probe, api)
                #expect(answer.status == 429 && answer.headers[.retryAfter] != nil, "\(probe.name)")
            }
        }
    }

    @Test("cursors and limits that nobody was given are refused")
    func cursors() async throws {
        let queries = [
            "limit=-1", "limit=0", "limit=99999999999999999999", "limit=501", "limit=1e3", "cursor=-1", "cursor=%00",
            "cursor=WyItMSJd", "cursor=WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ", "cursor=WyI5MjIzMzcyMDM2ODU0Nzc1ODA3Il0",
            "cursor=e30", "cursor=W1tbW1tb",
        ]
        let site = try await Site()
        try await site.test { browser in
            for probe in try Self.probes() where probe.operation.queries.contains("cursor") {
                // A body's own system has a token of its own (BodySystemTests).
                if probe.operation.path.hasPrefix("/body/") { continue }
                guard probe.operation.pathParameters.isEmpty else { continue }
                let api = try await APIClient(browser, site, as: try #require(probe.role(may: true)))
                // A card's place is its code, which can be any word.
                for query in queries where probe.path != "cards" || !query.hasPrefix("cursor=WyI") {
                    let answer = try await api.get("\(probe.path)?\(query)")
                    #expect(answer.status == 400, "\(probe.name) \(query): \(answer.text.prefix(200))")
                }
            }
        }
    }
}
