import Accounts
import CanonicalJSON
import CentreSupport
import ContactCentre
import Hummingbird
import HummingbirdTesting
import Logging
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("The addresses and the JSON interface of edition 4626e0f")
struct GoldenInterfaceTests {
    @Test("Every address that it had is there, for the same people")
    func routes() throws {
        var configuration = WebConfiguration()
        configuration.showsGallery = true
        let lines = Routes.all(configuration).map { route in
            let access =
                switch route.access {
                case .everyone: "everyone"
                case .signedIn: "signed in"
                case .needs(let permission): permission.rawValue
                }
            return "\(route.method.rawValue) \(route.path.path) \(access)"
        }
        try Golden.compare("routes.txt", lines, .nothingLost)
    }

    @Test("Its description says of every operation and member what it said")
    func description() throws {
        // Words may become better; what a program is told may only become more.
        let words: Set<String> = ["description", "summary", "title", "example", "examples"]
        try Golden.compare(
            "interface.txt", Self.lines(of: try APIDescription().json, leavingOut: words), .nothingLost)
    }

    /// One thing of each sort that the data folder holds.
    private static let addresses = [
        "bodies", "bodies/MIA", "services", "services/S0086", "cards", "cards/S0001", "cards/S0001/editions",
        "cards/S0001/editions/1", "calendar", "requests", "requests/2026-1-MIA", "requests/2026-3-KGD",
        "requests/2026-7-MIA", "plans", "plans/2026", "clocks", "complaints", "complaints/2026-000061",
        "complaints/2026-000063", "complaints/2026-000065", "reports", "reports/2026-09", "deliveries",
    ]

    @Test("Its data folder gives the same answers")
    func answers() async throws {
        let folder = try Golden.dataFolder()
        let now = CivilZone.almaty.start(of: try #require(CivilDate("2026-10-13")))
        let centre = try await ContactCentre.open(
            data: DataFolder(path: folder.file("data")), law: try RepositoryLaw.read(),
            environment: CentreEnvironment(
                now: { now }, randomBytes: { [UInt8](repeating: 7, count: $0) }),
            passwordCost: .trivial, bringsUpToDate: false, note: { _ in })
        let root = Authority.commandLine("test")
        let officer = try await centre.accounts.create(
            loginName: "golden", displayName: "Golden", password: "тоғыз жолдың торабы", roles: Set(Role.allCases),
            mustChangePassword: false, by: root, at: now)
        let token = try await centre.accounts.issueToken(for: officer, label: "test", by: root, at: now).text
        let environment = try WebEnvironment(configuration: WebConfiguration(), centre: centre)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        try await WebSite.application(environment, logger: logger).test(.router) { client in
            var lines: [String] = []
            for address in Self.addresses {
                let response = try await client.executeRequest(
                    uri: "/api/v1/" + address, method: .get, headers: [.authorization: "Bearer \(token)"], body: nil)
                #expect(response.status == .ok, "\(address): \(response.status)")
                let json = try JSON(parsing: Array(response.body.readableBytesView))
                lines += Self.lines(of: json, leavingOut: []).map { "\(address) \($0)" }
            }
            try Golden.compare("answers.txt", lines, .nothingLost)
        }
    }

    /// A document as lines, each a path and the value at its end.
    private static func lines(of json: JSON, at path: String = "", leavingOut words: Set<String>) -> [String] {
        if let members = json.object {
            return members.flatMap { name, value in
                // A member of this name, unless the schema itself has one called so.
                words.contains(name) && !path.hasSuffix(".properties")
                    ? [] : lines(of: value, at: path + "." + name, leavingOut: words)
            }
        }
        // Lists that are sets (required, enum) may grow: each element stands for itself.
        if let elements = json.array {
            return elements.enumerated().flatMap { index, element in
                let isPlain = element.object == nil && element.array == nil
                return lines(of: element, at: isPlain ? "\(path)[]" : "\(path)[\(index)]", leavingOut: words)
            }
        }
        return ["\(path)=\(String(decoding: json.bytes, as: UTF8.self))"]
    }
}
