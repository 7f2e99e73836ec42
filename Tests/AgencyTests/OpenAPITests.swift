import Foundation
import Hummingbird
import LoopbackServer
import Testing
import WorkingDays

@testable import Agency

@Suite("The description of the exchange")
struct OpenAPITests {
    @Test("docs/agency-openapi.yaml lists exactly the receiver's routes")
    func routes() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "agency-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // best effort
        let router = Router(context: AgencyContext.self)
        let store = try AgencyStore(path: folder.appending(path: "agency.sqlite").path)
        AgencyRoutes(store: store, faults: FaultQueue([]), sizeLimit: 1, now: { Moment(millisecondsSince1970: 0) })
            .add(to: router)
        let real = Set(router.routes.map { "\($0.method) \(Self.template("\($0.path)"))" })

        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/agency-openapi.yaml")
        var described: Set<String> = []
        var path = ""
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("  /"), line.hasSuffix(":") { path = String(line.dropFirst(2).dropLast()) }
            for method in ["get", "post", "put", "delete", "patch"] where line == "    \(method):" {
                described.insert("\(method.uppercased()) \(path)")
            }
        }
        #expect(described == real)
        #expect(!real.isEmpty)
    }

    /// "/a/:b" as "/a/{b}".
    private static func template(_ path: String) -> String {
        "/"
            + path.split(separator: "/").map { part in
                if part.hasPrefix(":") { "{\(part.dropFirst())}" } else { String(part) }
            }.joined(separator: "/")
    }
}
