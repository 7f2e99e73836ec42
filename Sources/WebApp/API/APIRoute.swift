import Accounts
import HTTPTypes
import Hummingbird
import Journal

/// How a command may be repeated.
enum Repeating: Sendable {
    /// By `Idempotency-Key`: the same key gives the first answer again.
    case byKey
    /// It changes nothing, or what it changes shows that it was done: no key is taken.
    case harmless
}

extension Route {
    /// An address of the JSON interface that only reads.
    /// - Parameter query: the names that the query may have; others are refused.
    static func api(
        get path: String, _ access: Access, query: [String] = [],
        _ handle: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> Route {
        .get(.api(path), access) { site in
            try checkQuery(site, query)
            return try await handle(APIRequest(site)).response
        }
    }

    /// An address of the JSON interface that takes a command as JSON.
    static func api(
        post path: String, _ permission: Permission, bodyLimit: Int = 131_072, repeats: Repeating = .byKey,
        _ handle: @escaping @Sendable (APIRequest) async throws -> APIAnswer
    ) -> Route {
        // No page of another site can send JSON without asking us first, and we never allow it.
        .post(.api(path), .needs(permission), check: .origin, bodyLimit: bodyLimit) { site in
            try checkQuery(site, [])
            let type = site.request.headers[.contentType]?.split(separator: ";").first ?? ""
            guard type.lowercased() == "application/json" else {
                throw APIProblem(.unsupportedMedia, "Send application/json, not “\(type)”.")
            }
            if case .harmless = repeats, site.request.headers[.idempotencyKey] != nil {
                throw APIProblem(
                    .badRequest, "This command takes no Idempotency-Key: repeated, it does nothing a second time.")
            }
            do {
                return try await handle(APIRequest(site)).response
            } catch JournalError.conflict where site.request.headers[.ifMatch] != nil {
                throw APIProblem(.preconditionFailed, "The case has changed since it was read: read it again.")
            }
        }
    }

    /// An address of the JSON interface whose body is read while it arrives.
    static func api(
        stream path: String, _ permission: Permission,
        _ handle: @escaping @Sendable (WebRequest) async throws -> Response
    ) -> Route {
        var route = Route.post(.api(path), .needs(permission), check: .origin, bodyLimit: 0, handle)
        route.isStreaming = true
        return route
    }

    /// Refuses names that the query does not have, so that a slip in a filter does not list everything.
    static func checkQuery(_ site: WebRequest, _ names: [String]) throws {
        for (name, _) in site.request.uri.queryParameters where !names.contains(String(name)) {
            let known = names.isEmpty ? "there are none here" : "known are \(names.joined(separator: ", "))"
            throw APIProblem(.badRequest, "The query has no “\(name)”: \(known).")
        }
    }
}
