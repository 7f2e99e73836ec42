import Accounts
import CanonicalJSON
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing
import WebApp

/// A program that uses the JSON interface with a token; every answer is held to the description.
struct APIClient: Sendable {
    let client: any TestClientProtocol
    let token: String
    let description: APIDescription

    init(_ browser: Browser, _ site: Site, as role: Role) async throws {
        client = browser.client
        guard
            let account = try await site.accounts.all(for: .commandLine("test")).first(where: {
                $0.loginName == role.rawValue.lowercased()
            })
        else {
            throw CancellationError()
        }
        token = try await site.accounts.issueToken(
            for: account.account.number, label: "test", by: .commandLine("test"), at: site.time.now
        ).text
        description = try APIDescription()
    }

    /// What came back.
    struct Answer: Sendable {
        let status: Int
        let json: JSON
        let headers: HTTPFields
        let text: String

        var errors: [String] { (json["errors"]?.array ?? []).compactMap { $0["field"]?.string } }
        var items: [JSON] { json["items"]?.array ?? [] }
        var tag: String { headers[.eTag] ?? "" }
    }

    func get(_ path: String, _ location: SourceLocation = #_sourceLocation) async throws -> Answer {
        try await send(.get, path, nil, [:], location)
    }

    func post(
        _ path: String, _ body: String, key: String? = nil, ifMatch: String? = nil,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let key, let name = HTTPField.Name("Idempotency-Key") { headers[name] = key }
        headers[.ifMatch] = ifMatch
        return try await send(.post, path, body, headers, location)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String?, _ headers: HTTPFields,
        _ location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        var headers = headers
        headers[.authorization] = "Bearer \(token)"
        let response = try await client.executeRequest(
            uri: "/api/v1/" + path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        let type = String((response.headers[.contentType] ?? "").split(separator: ";").first ?? "")
        let json = type.hasSuffix("json") ? try JSON(parsing: Array(response.body.readableBytesView)) : .null
        check(method, path, body, headers, response.status.code, type, json, location)
        return Answer(status: response.status.code, json: json, headers: response.headers, text: response.text)
    }

    private func check(
        _ method: HTTPRequest.Method, _ path: String, _ body: String?, _ headers: HTTPFields, _ status: Int,
        _ type: String, _ json: JSON, _ location: SourceLocation
    ) {
        var problems: [String]
        if status >= 400 {
            #expect(type == "application/problem+json", sourceLocation: location)
            problems = description.problems(json, .object(["$ref": .string("#/components/schemas/Problem")]))
            #expect(json["status"]?.int == Int64(status), sourceLocation: location)
            // An address or a method that is not there has no operation, and 405 is the router's.
            if let operation = description.operation(method.rawValue, path), status != 405 {
                let isDeclared = operation.json["responses"]?[String(status)] != nil
                #expect(isDeclared, "\(method) \(path): \(status) is not declared", sourceLocation: location)
            }
        } else {
            guard let operation = description.operation(method.rawValue, path),
                let schema = operation.answer(status, type) ?? operation.answer(status, "*/*")
            else {
                Issue.record("\(method) \(path): no answer \(status) \(type) is described", sourceLocation: location)
                return
            }
            problems = type.hasSuffix("json") ? description.problems(json, schema) : []
            if let body, let schema = operation.body, headers[.contentType] == "application/json",
                let sent = try? JSON(parsing: body)  // what is no JSON was refused above
            {
                problems += description.problems(sent, schema)
            }
        }
        #expect(problems.isEmpty, "\(method) \(path): \(problems)", sourceLocation: location)
    }
}
