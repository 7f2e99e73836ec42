import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("The log of the server", .serialized)
struct LogTests {
    private let program = Program()

    private func curl(_ more: String...) throws -> Program.Outcome {
        try program.run(program: "/usr/bin/curl", ["-s", "-S", "-i", "--max-time", "60"] + more)
    }

    @Test(
        "As JSON each request is a line with its id, level and route; no name, password, address or query stands in it")
    func json() throws {
        try FileManager.default.createDirectory(atPath: program.data, withIntermediateDirectories: true)
        try Data("log-format: json\n".utf8).write(to: URL(fileURLWithPath: program.data + "/bailanys.yaml"))
        let server = try program.start("serve", "--port", "0", until: "Ready in")
        let address = try #require(server.text.firstMatch(of: /http:\/\/[0-9a-z.:]+\//)).0
        let site = String(address.dropLast())
        let page = try curl("-c", program.folder.file("jar"), site + "/sign-in")
        let token = try #require(page.output.firstMatch(of: /name="_token" value="([^"]+)"/)?.1)
        let refused = try curl(
            "-b", program.folder.file("jar"), "-A", "Sagyndykova-Browser/7", "-d", "_token=\(token)", "-d",
            "name=sagyndykova", "-d", "password=tigerlily-9981", site + "/sign-in")
        #expect(refused.output.hasPrefix("HTTP/1.1 403"), "\(refused.output.prefix(200))")
        let searched = try curl("-H", "Authorization: Bearer hollyhock-7", site + "/search?q=Dzhaksybekov")
        let id = try #require(searched.output.lowercased().firstMatch(of: /x-request-id: ([^\r\n]+)/)?.1)
        _ = try curl(site + "/nowhere/Dzhaksybekov?phone=77015550122")
        _ = try curl(site + "/body/peony-4417-token")
        server.stop()
        let lines = server.text.split(separator: "\n").filter { $0.hasPrefix("{") }
        let entries = try lines.map { try JSON(parsing: Array($0.utf8)) }
        let answered = entries.filter { $0["event"]?.string == "http.request.answered" }
        #expect(answered.count == 5, "\(server.text)")
        for entry in answered {
            for member in ["time", "level", "request", "method", "route", "status", "ms", "who"] {
                #expect(entry[member]?.string?.isEmpty == false, "\(member): \(entry)")
            }
        }
        #expect(answered.contains { $0["request"]?.string?.lowercased() == String(id) })
        #expect(entries.contains { $0["event"]?.string == "security.sign-in" && $0["level"]?.string == "notice" })
        for secret in [
            "sagyndykova", "tigerlily", "dzhaksybekov", "7015550122", "hollyhock", "peony", String(token).lowercased(),
        ] {
            #expect(!server.text.lowercased().contains(secret), "\(secret)")
        }
    }
}
