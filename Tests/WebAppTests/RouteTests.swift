import Accounts
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import WebApp

@Suite("Who gets where")
struct RouteTests {
    private static let open: Set<SitePath> = [
        .healthLive, .healthReady, .asset(.parameter("name")), .language, .theme, .signIn, .gallery, .provider,
        .providerBack, .providerLogout,
        .bodyLink(.parameter("token")), .bodyLinkCard(.parameter("token")),
        .bodyLinkCardBlank(.parameter("token")), .bodyLinkFile(.parameter("token"), .parameter("digest")),
        .bodyLinkFiling(.parameter("token"), .parameter("id")), .bodyLinkBlank(.parameter("token"), .parameter("id")),
        .bodyLinkMarked(.parameter("token"), .parameter("id")),
        .bodyLinkScreen(.parameter("token"), .parameter("id")),
        .bodyLinkDiscrepancy(.parameter("token"), .parameter("id")),
        .bodyLinkCases(.parameter("token"), .parameter("id")), .bodyLinkList(.parameter("token"), .parameter("id")),
        .standingEntry,
        .standing(.parameter("token")), .standingFile(.parameter("token"), .parameter("digest")),
        .calendarFeed(.parameter("secret")),
    ]

    /// What a body's own system does, by the body's token and no session.
    private static let ofBodies = [
        "", "/:number", "/:number/receipt", "/:number/answer", "/:number/extension", "/:number/return",
        "/:number/question",
    ].map { SitePath.api("body/complaints" + $0) }

    private static func routes() -> [Route] {
        var configuration = WebConfiguration()
        configuration.showsGallery = true
        return Routes.all(configuration)
    }

    /// An address of the route, with something in the place of each parameter.
    private static func address(_ route: Route) -> String {
        route.path.path.split(separator: "/").map { $0.hasPrefix(":") ? "x" : String($0) }
            .joined(separator: "/").withSlash
    }

    @Test("only what is listed here is open to everybody")
    func openRoutes() {
        let found = Set(Self.routes().filter { $0.access == .everyone }.map(\.path))
        #expect(found == Self.open.union(Self.ofBodies))
    }

    @Test("without a session every other page leads to the sign-in, and a program is told 401")
    func notSignedIn() async throws {
        // There are more addresses than anybody may ask for at once.
        let site = try await Site { $0.requestLimit = RateLimit(burst: 10_000, perSecond: 1_000) }
        try await site.test { browser in
            for route in Self.routes() where route.access != .everyone {
                let page = try await browser.send(route.method, Self.address(route))
                // Under /api nobody reads pages: every caller is a program.
                let isForPrograms = Self.address(route).hasPrefix("/api/")
                #expect(page.status == (isForPrograms ? .unauthorized : .seeOther), "\(route.path)")
                #expect(page.headers[.location] == (isForPrograms ? nil : "/sign-in"), "\(route.path)")
                let program = try await browser.send(
                    route.method, Self.address(route), headers: [.accept: "application/json"])
                #expect(program.status == .unauthorized, "\(route.path)")
                #expect(program.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test("each role gets to the pages it has the permission for, and to no other", arguments: Role.allCases)
    func matrix(role: Role) async throws {
        let site = try await Site(bringsUpToDate: true) {
            $0.requestLimit = RateLimit(burst: 10_000, perSecond: 1_000)
        }
        try await site.test { browser in
            try await browser.signIn(role.rawValue)
            for route in Self.routes() where route.method == .get {
                let status = try await browser.get(Self.address(route)).status
                if Self.ofBodies.contains(route.path) {
                    #expect(status == .unauthorized, "\(route.path)")
                } else if case .needs(let permission) = route.access, !role.permissions.contains(permission) {
                    #expect(status == .forbidden, "\(route.path)")
                } else {
                    #expect(status != .forbidden && status.kind != .serverError, "\(route.path): \(status)")
                }
            }
        }
    }

    @Test("the gallery is not there unless asked for")
    func gallery() async throws {
        let site = try await Site { $0.showsGallery = false }
        try await site.test { browser in
            let response = try await browser.get("/gallery")
            #expect(response.status == .notFound)
        }
    }

    @Test("health is known without a session and says nothing about what is inside")
    func health() async throws {
        let site = try await Site()
        try await site.test { browser in
            let live = try await browser.get("/health/live")
            let ready = try await browser.get("/health/ready")
            #expect(live.status == .ok && ready.status == .ok)
        }
        var environment = site.environment
        environment.problems = { ["the disk is full of secrets"] }
        try await site.test(environment) { browser in
            let response = try await browser.get("/health/ready")
            #expect(response.status == .serviceUnavailable)
            #expect(!response.text.contains("secrets"))
            #expect(try await browser.get("/health/live").status == .ok)
        }
    }
}

extension String {
    fileprivate var withSlash: String { "/" + self }
}
