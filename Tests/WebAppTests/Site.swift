import Accounts
import CentreSupport
import ContactCentre
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Logging
import Synchronization
import TestSupport
import WebApp
import WorkingDays

/// A site of its own for one test: empty journal, one account for each role, a clock that the test moves.
final class Site: Sendable {
    static let password = "тоғыз жолдың торабы"
    let folder = TemporaryFolder()
    let centre: ContactCentre
    let environment: WebEnvironment
    var journal: Journal { centre.journal }
    var accounts: Accounts { centre.accounts }

    init(
        bringsUpToDate: Bool = false, _ configure: (inout WebConfiguration) -> Void = { _ in },
        sleep: @escaping @Sendable (Duration) async throws -> Void = defaultSleep,
        settings set: (inout Settings) -> Void = { _ in }, steady: @escaping @Sendable () -> SteadyReading? = { nil }
    ) async throws {
        let randomBytes: @Sendable (Int) -> [UInt8] = { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        var configuration = WebConfiguration()
        configuration.port = 0
        configuration.showsGallery = true
        configure(&configuration)
        let time = SharedTime()
        self.time = time
        if bringsUpToDate {
            try FileManager.default.copyItem(
                atPath: try await UpToDateFolder.shared.path.value, toPath: folder.file("data"))
        }
        let data = try DataFolder(path: folder.file("data"))
        var settings = Settings()
        settings.secondFactor = .offered
        set(&settings)
        try settings.write(data.settings)
        centre = try await ContactCentre.open(
            data: data, law: try RepositoryLaw.read(),
            environment: CentreEnvironment(
                now: { time.now }, randomBytes: randomBytes, sleep: sleep, steady: steady),
            passwordCost: .trivial,
            bringsUpToDate: bringsUpToDate,
            note: { _ in })
        environment = try WebEnvironment(configuration: configuration, centre: centre)
        for role in Role.allCases { try await create(role.rawValue, [role]) }
    }

    let time: SharedTime

    @discardableResult
    func create(_ name: String, _ roles: Set<Role>, mustChangePassword: Bool = false) async throws -> Int64 {
        try await accounts.create(
            loginName: name, displayName: name.capitalized, password: Self.password, roles: roles,
            mustChangePassword: mustChangePassword, by: .commandLine("test"), at: time.now)
    }

    /// The files that are kept, each on its shelf, and those that have not arrived whole.
    func keptFiles() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: centre.data.files)
            .filter { !$0.hasPrefix("pending") && ($0.contains("/") || $0.hasPrefix("incoming-")) }.sorted()
    }

    /// Runs a test against the site without sockets.
    func test(_ body: @Sendable (Browser) async throws -> Void) async throws {
        try await test(environment, body)
    }

    /// Runs a test against the site with a changed environment.
    func test(_ environment: WebEnvironment, _ body: @Sendable (Browser) async throws -> Void) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await WebSite.application(environment, logger: logger).test(.router) { client in
            try await body(Browser(client: client))
        }
    }
}

/// A data folder that knows the calendar, the registers and the cards of the project: read once, copied by each site.
final class UpToDateFolder: Sendable {
    static let shared = UpToDateFolder()
    private let folder: TemporaryFolder
    let path: Task<String, any Error>

    private init() {
        let folder = TemporaryFolder()
        self.folder = folder
        path = Task {
            let path = folder.file("data")
            // Before the first moment of every site, so that no site's clock runs backwards.
            let time = SharedTime()
            time.advance(milliseconds: -3_600_000)
            let centre = try await ContactCentre.open(
                data: DataFolder(path: path), law: try RepositoryLaw.read(),
                environment: CentreEnvironment(
                    now: { time.now }, randomBytes: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } },
                    sleep: defaultSleep, steady: { nil }),
                passwordCost: .trivial, note: { _ in })
            try centre.close()
            return path
        }
    }
}

/// How the services of a site wait unless a test says otherwise.
let defaultSleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

/// A clock that goes on by a millisecond with each question, as a real one does, and that tests move.
final class SharedTime: Sendable {
    private let value = Mutex(Moment(millisecondsSince1970: 1_773_900_000_000))
    var now: Moment {
        value.withLock { value in
            value = value.adding(milliseconds: 1)
            return value
        }
    }
    func advance(milliseconds: Int64) { value.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
}

/// What a browser does: keeps cookies, finds the token of a form, sends forms.
final class Browser: Sendable {
    let client: any TestClientProtocol
    private let cookies = Mutex<[String: String]>([:])

    init(client: any TestClientProtocol) { self.client = client }

    subscript(cookie name: String) -> String? {
        get { cookies.withLock { $0[name] } }
        set { cookies.withLock { $0[name] = newValue } }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> TestResponse {
        var headers = headers
        let jar = cookies.withLock { $0 }
        if !jar.isEmpty { headers[.cookie] = jar.map { "\($0)=\($1)" }.sorted().joined(separator: "; ") }
        let response = try await client.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for cookie in response.headers[values: .setCookie] {
            let parts = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
            cookies.withLock { $0[String(parts[0])] = parts.count > 1 ? String(parts[1]) : nil }
        }
        return response
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        try await send(.get, path, headers: headers)
    }

    /// Sends a form with the token of the page at `page`, or of the sign-in page.
    func post(
        _ path: String, _ fields: [String: String] = [:], from page: String? = nil, token: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var fields = fields
        if let token {
            fields[FormToken.fieldName] = token
        } else if let page {
            fields[FormToken.fieldName] = try await self.token(on: page)
        }
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        let body = fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
        return try await send(.post, path, headers: headers, body: body)
    }

    func token(on page: String) async throws -> String? {
        let html = try await get(page).text
        let pattern = "name=\"\(FormToken.fieldName)\" value=\""
        guard let range = html.range(of: pattern) else { return nil }
        return String(html[range.upperBound...].prefix { $0 != "\"" })
    }

    @discardableResult
    func signIn(_ name: String, password: String = Site.password) async throws -> TestResponse {
        try await post("/sign-in", ["name": name, "password": password], from: "/sign-in")
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
