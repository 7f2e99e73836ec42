import Foundation
import PostgresSupport
import TestSupport
import Testing

/// Two data folders of one journal on PostgreSQL, by the built program.
@Suite("Nodes of one journal", .serialized, .timeLimit(.minutes(20)))
struct ClusterTests {
    /// A folder whose journal is at an address.
    private func node(_ address: String) throws -> Program {
        let program = Program()
        try FileManager.default.createDirectory(atPath: program.data, withIntermediateDirectories: true)
        try Data("journal: \(address)\n".utf8).write(to: URL(fileURLWithPath: program.data + "/bailanys.yaml"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: program.data + "/bailanys.yaml")
        return program
    }

    /// What is in one place at a time: the second folder has it from the first, as from a volume that moves with the work.
    private func share(_ first: Program, with second: Program) throws {
        for name in ["vault.db", "accounts.db", "links.key", "files"] {
            try FileManager.default.createSymbolicLink(
                atPath: second.data + "/" + name, withDestinationPath: first.data + "/" + name)
        }
    }

    private func head(_ program: Program) throws -> String {
        let outcome = try program.run("journal", "verify", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test(
        "One node works, the other follows; when the first is killed the other takes over with all that was acknowledged"
    )
    func takeOver() throws {
        let address = try PostgresServer.shared().database()
        let first = try node(address), second = try node(address)
        let server = try first.start("serve", "--port", "0", until: "Ready in")
        try share(first, with: second)
        let standby = try second.start("serve", "--port", "0", until: "this one follows at event")
        // What is acknowledged on the first, while the second follows.
        let added = try first.run("accounts", "add", "aigul", "--name", "Айгүл", "--role", "operator")
        #expect(added.status == 0, "\(added.errors)")
        #expect(try !head(first).contains("firstBad"))
        // A command for a folder whose node does not work says who does.
        let third = try node(address)
        let refused = try third.run("accounts", "add", "x", "--name", "X", "--role", "operator")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("Another node records now"), "\(refused.errors)")
        server.kill()
        let killed = ContinuousClock.now
        while !standby.text.contains("Ready in"), standby.process.isRunning, killed.duration(to: .now) < .seconds(120) {
            usleep(50_000)
        }
        #expect(standby.text.contains("this one takes over"), "\(standby.text)")
        #expect(standby.text.contains("Ready in"), "\(standby.text)")
        #expect(try !head(second).contains("firstBad"))
        let listed = try second.run("accounts", "list", "--json")
        #expect(listed.output.contains("aigul"))
        let rebuilt = try second.run("journal", "rebuild")
        #expect(rebuilt.status == 0, "\(rebuilt.errors)")
        // The former node, back again, is the one that follows now.
        let back = try first.start("serve", "--port", "0", until: "this one follows at event")
        #expect(back.text.contains(second.data))
        back.kill()
        standby.stop()
        #expect(standby.process.terminationStatus == 0, "\(standby.text)")
        // Given up in order, nobody waits.
        let again = try first.start("serve", "--port", "0", until: "Ready in")
        #expect(!again.text.contains("Another node works"))
        again.stop()
    }

    @Test("A centre goes from its file to the server and back by export and import, with the same head")
    func overAndBack() throws {
        let folder = Program()
        let server = try folder.start("serve", "--port", "0", until: "Ready in")
        server.stop()
        let file = folder.folder.file("journal.jsonl"), back = folder.folder.file("back.jsonl")
        #expect(try folder.run("journal", "export", file).status == 0)
        let there = try node(try PostgresServer.shared().database())
        #expect(try there.run("journal", "import", file).status == 0)
        #expect(try head(there) == head(folder))
        #expect(try there.run("journal", "export", back).status == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data(contentsOf: URL(fileURLWithPath: back)))
        let again = Program()
        #expect(try again.run("journal", "import", back).status == 0)
        #expect(try head(again) == head(folder))
        let shown = try there.run("config", "show")
        #expect(!shown.output.contains("127.0.0.1"))
        let doctor = try there.run("doctor")
        #expect(doctor.output.contains("The journal is on postgresql://tests@127.0.0.1"), "\(doctor.output)")
        // A folder that follows is no journal by itself.
        try FileManager.default.removeItem(atPath: there.data + "/bailanys.yaml")
        let alone = try there.run("journal", "export", folder.folder.file("alone.jsonl"))
        #expect(alone.status == 1)
        #expect(alone.errors.contains("follows a journal on a PostgreSQL server"), "\(alone.errors)")
    }
}
