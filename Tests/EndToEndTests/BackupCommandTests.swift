import Foundation
import TestSupport
import Testing

@Suite("Backup, restore and drill of the built program", .serialized)
struct BackupCommandTests {
    private let program = Program()

    private var backup: String { program.folder.file("backup") }
    private var keyFile: String { program.folder.file("private.key") }

    private func makeKey() throws -> String {
        let made = try program.run("backup-key", keyFile)
        #expect(made.status == 0, "\(made.errors)")
        return made.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test("A server at work is backed up, and what is restored starts, with the same head and the same accounts")
    func server() throws {
        let recipient = try makeKey()
        let server = try program.start("serve", "--port", "0", "--metrics-port", "0", until: "Ready in")
        for name in ["a1", "a2"] {
            #expect(try program.run("accounts", "add", name + "xx", "--name", name, "--role", "operator").status == 0)
            let made = try program.run("backup", backup, "--recipient", recipient)
            #expect(made.status == 0 && made.output.contains("Restore point"), "\(made.errors)")
        }
        let drill = try program.run("drill", backup)
        #expect(drill.status == 0 && drill.output.contains("succeeded"), "\(drill.output)\(drill.errors)")
        #expect(server.text.contains("Metrics: http://127.0.0.1:"))
        server.stop()
        let verified = try program.run("verify-backup", backup, "--key", keyFile)
        #expect(verified.status == 0 && verified.output.contains("what is sealed opens"), "\(verified.output)")
        let restored = program.folder.file("restored")
        let result = try program.run("restore", backup, "--data", restored, "--key", keyFile)
        #expect(result.status == 0 && result.output.contains("It reaches to position"), "\(result.errors)")
        let head = try #require(result.output.split(separator: "\n").first { $0.contains("Head:") }?.suffix(64))
        #expect(try program.run("journal", "verify", "--data", restored).output.contains(head))
        let names = try program.run("accounts", "list", "--data", restored)
        #expect(names.output.contains("a1xx") && names.output.contains("a2xx"), "\(names.errors)")
        let again = try program.start("serve", "--port", "0", "--data", restored, until: "Ready in")
        again.stop()
        // A drill with the key opens everything; beside a centre that is at rest it is recorded there.
        let opened = try program.run("drill", backup, "--key", keyFile, "--json")
        #expect(opened.status == 0 && opened.output.contains(#""isOpened":true"#), "\(opened.errors)")
        let events = program.folder.file("events.jsonl")
        #expect(try program.run("journal", "export", events).status == 0)
        let text = try String(contentsOfFile: events, encoding: .utf8)
        #expect(text.components(separatedBy: "\"name\":\"restoreDrilled\"").count == 3)
        #expect(text.components(separatedBy: "\"name\":\"backupMade\"").count == 3)
    }

    @Test("Killed at any moment of a backup, the earlier points stay whole and the next one succeeds")
    func killed() throws {
        let recipient = try makeKey()
        #expect(try program.run("accounts", "add", "first", "--name", "First", "--role", "operator").status == 0)
        #expect(try program.run("backup", backup, "--recipient", recipient).status == 0)
        for number in 0..<6 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: Program.path)
            process.arguments = ["backup", backup, "--recipient", recipient, "--data", program.data]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            usleep(useconds_t(50_000 + number * 60_000))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let verified = try program.run("verify-backup", backup, "--key", keyFile)
            #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        }
        #expect(try program.run("backup", backup, "--recipient", recipient).status == 0)
        #expect(try program.run("drill", backup, "--key", keyFile).status == 0)
    }

    @Test("What a person does wrong is said in a sentence, and nothing is made")
    func wrong() throws {
        let recipient = try makeKey()
        #expect(try program.run("accounts", "add", "first", "--name", "First", "--role", "operator").status == 0)
        let nobody = try program.run("backup", backup)
        #expect(nobody.status == 1 && nobody.errors.contains("bailanys backup-key"), "\(nobody.errors)")
        #expect(try program.run("backup", backup, "--recipient", "x").errors.contains("is no key"))
        #expect(try program.run("backup", backup, "--recipient", recipient).status == 0)
        let restored = program.folder.file("restored")
        #expect(try program.run("restore", backup, "--data", restored).errors.contains("The private key is needed"))
        #expect(
            try program.run("restore", backup, "--data", program.data, "--key", keyFile).errors.contains("is not empty")
        )
        #expect(
            try program.run("restore", program.data, "--data", restored, "--key", keyFile).errors.contains("no backup"))
        let foreign = try program.run("verify-backup", backup, "--signer", String(repeating: "0", count: 64))
        #expect(foreign.status == 1 && foreign.errors.contains("another centre"))
        #expect(!FileManager.default.fileExists(atPath: restored))
        let alone = try program.run("restore", backup, "--data", restored, "--accept-loss", "the key burnt")
        #expect(alone.status == 0 && alone.output.contains("Missing: the vault"), "\(alone.errors)")
    }

    @Test("A doctor finds what is wrong and says what to do; settings are shown and checked")
    func doctor() throws {
        let missing = try program.run("doctor")
        #expect(missing.status == 1 && missing.output.contains("There is no centre in"))
        #expect(!FileManager.default.fileExists(atPath: program.data))
        let server = try program.start("serve", "--port", "0", until: "Ready in")
        let beside = try program.run("doctor", "--json")
        #expect(beside.status == 0, "\(beside.output)")
        #expect(beside.output.contains("There has been no backup"))
        server.stop()
        let settings = program.data + "/bailanys.yaml"
        try Data("report-hour: 99\nmail-password: geheim\n".utf8).write(to: URL(fileURLWithPath: settings))
        let checked = try program.run("config", "check")
        #expect(checked.status == 1 && checked.output.contains("line 1: “report-hour” takes a number from 0 to 23"))
        #expect(try program.run("doctor").output.contains("line 1"))
        try Data("report-hour: 9\nmail-password: geheim\n".utf8).write(to: URL(fileURLWithPath: settings))
        let shown = try program.run("config", "show")
        #expect(shown.status == 0 && shown.output.contains("report-hour: 9") && !shown.output.contains("geheim"))
        try FileManager.default.removeItem(atPath: program.data + "/vault.db")
        #expect(try program.run("doctor").output.contains("vault.db is missing"))
    }
}
