import Accounts
import CanonicalJSON
import HTTPTypes
import Testing
import WebApp

@Suite("The JSON interface and its description")
struct APIDescriptionTests {
    private static func routes() -> [String: Route] {
        let routes = Routes.all(WebConfiguration()).filter { $0.path.path.hasPrefix("/api/v1/") }
        return Dictionary(uniqueKeysWithValues: routes.map { ("\($0.method) \(template($0.path.path))", $0) })
    }

    /// `/api/v1/a/:b` as `/a/{b}`.
    private static func template(_ path: String) -> String {
        path.replacing("/api/v1", with: "").split(separator: "/").map { part in
            part.hasPrefix(":") ? "/{\(part.dropFirst())}" : "/\(part)"
        }.joined()
    }

    @Test("docs/openapi.yaml has exactly the addresses and methods of the program")
    func addresses() throws {
        let described = Set(try APIDescription().operations.map { "\($0.method) \($0.path)" })
        let real = Set(Self.routes().keys)
        #expect(described.subtracting(real).isEmpty, "only described: \(described.subtracting(real).sorted())")
        #expect(real.subtracting(described).isEmpty, "not described: \(real.subtracting(described).sorted())")
    }

    @Test("each operation names the permission that its route asks for, its parameters, and an id of its own")
    func permissions() throws {
        let routes = Self.routes()
        var ids: Set<String> = []
        for operation in try APIDescription().operations {
            let route = try #require(routes["\(operation.method) \(operation.path)"])
            let needed: String
            switch route.access {
            case .needs(let permission): needed = permission.rawValue
            case .signedIn: needed = "signedIn"
            case .everyone: needed = "everyone"
            }
            #expect(operation.permission == needed, "\(operation.path)")
            let inPath = Set(
                operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                    String($0.dropFirst().dropLast())
                })
            #expect(operation.pathParameters == inPath, "\(operation.path)")
            let id = operation.json["operationId"]?.string ?? ""
            #expect(ids.insert(id).inserted && !id.isEmpty, "\(operation.path): \(id)")
            #expect(operation.json["responses"]?["default"] != nil, "\(operation.path)")
        }
    }

    @Test("each query that is described is taken, and any other is refused")
    func queries() async throws {
        let site = try await Site(bringsUpToDate: true)
        let values = [
            "limit": "2", "existsOn": "2026-01-01", "dueFrom": "2026-01-01", "dueThrough": "2026-12-31",
            "filedFrom": "2026-01-01", "filedThrough": "2026-12-31", "open": "true", "overdue": "true",
            "month": "2026-03", "year": "2026", "kind": "", "status": "", "owner": "", "state": "", "channel": "",
            "phase": "", "flag": "", "cursor": "", "case": "", "assignee": "none", "from": "2026-01",
            "through": "2026-12",
        ]
        try await site.test { browser in
            // What is a body's own has its own test: a body's token is no account's.
            for operation in try APIDescription().operations
            where operation.method == "GET" && !operation.path.hasPrefix("/body/") {
                let role = Role.allCases.first { role in
                    Permission(rawValue: operation.permission).map(role.permissions.contains) ?? true
                }
                let api = try await APIClient(browser, site, as: try #require(role))
                guard operation.pathParameters.isEmpty else { continue }
                let query = operation.queries.map { "\($0)=\(values[$0] ?? "x")" }.joined(separator: "&")
                let path = String(operation.path.dropFirst())
                let taken = try await api.get(query.isEmpty ? path : "\(path)?\(query)")
                #expect(taken.status == 200, "\(path)?\(query): \(taken.text)")
                guard path != "openapi.yaml" else { continue }
                let refused = try await api.get("\(path)?nonsense=1")
                #expect(refused.status == 400 && refused.text.contains("nonsense"), "\(path)")
            }
        }
    }

    @Test("each role gets to what it has the permission for and to nothing else", arguments: Role.allCases)
    func matrix(role: Role) async throws {
        let site = try await Site(bringsUpToDate: true)
        try await site.test { browser in
            let api = try await APIClient(browser, site, as: role)
            for (name, route) in Self.routes() where route.path != .searchAPI && !name.contains("/body/") {
                let path = route.path.path.replacing("/api/v1/", with: "").split(separator: "/")
                    .map { $0.hasPrefix(":") ? "x" : String($0) }.joined(separator: "/")
                let answer =
                    route.method == .get
                    ? try await api.get(path)
                    : try await api.send(.post, path, "nonsense", [.contentType: "text/plain"])
                if case .needs(let permission) = route.access, !role.permissions.contains(permission) {
                    #expect(answer.status == 403, "\(name)")
                } else {
                    #expect(answer.status != 403 && answer.status < 500, "\(name): \(answer.status)")
                    // What is no JSON, table or form changes nothing.
                    if route.method == .post { #expect(answer.status == 415, "\(name): \(answer.status)") }
                }
            }
        }
    }
}
