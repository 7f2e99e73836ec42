import Foundation
import Testing

@Suite("The server", .serialized)
struct ServerTests {
    private let program = Program()

    @Test("It starts, answers, takes commands of the command line, and stops when it is told to")
    func life() throws {
        let server = try program.start("serve", "--port", "0", until: "Ready in")
        #expect(server.text.contains("Sign in as “admin”"))
        let verified = try program.run("journal", "verify")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.output.contains("events are right"))
        let failing = try program.run("journal", "import", "/nonexistent")
        #expect(failing.status == 1)
        #expect(failing.errors.contains("/nonexistent cannot be read"))
        server.stop()
        #expect(server.process.terminationStatus == 0)
        #expect(try program.run("journal", "verify").status == 0)
    }

    @Test("A second server on the same data is refused, the first goes on")
    func second() throws {
        let server = try program.start("serve", "--port", "0", until: "Ready in")
        let second = try program.run("serve", "--port", "0")
        #expect(second.status == 1)
        #expect(second.errors.contains("Another Bailanys works in"))
        #expect(server.process.isRunning)
        server.stop()
    }

    @Test("Killed at any moment, it starts again with all it had")
    func killed() throws {
        for _ in 0..<3 {
            let server = try program.start("serve", "--port", "0", until: "Ready in")
            server.kill()
        }
        let verified = try program.run("journal", "verify")
        #expect(verified.status == 0)
    }
}
