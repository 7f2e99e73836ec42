import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
    private let program = Program()

    @Test("A due date is explained in three languages")
    func explain() throws {
        let outcome = try program.run("clock", "explain", "--from", "2026-03-19", "--term", "2 working days")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Соңғы күні: 2026 жылғы 26 наурыз"))
        #expect(outcome.output.contains("Последний день срока: 26 марта 2026 года"))
        #expect(outcome.output.contains("Last day: Thursday 26 March 2026"))
    }

    @Test("Due dates are read from the standard input; a bad line is named")
    func due() throws {
        let good = try program.run("clock", "due", input: "2026-04-30,5 working days\r\n2026-04-30,10 calendar days")
        #expect(good.output == "2026-05-12\n2026-05-12\n")
        let bad = try program.run("clock", "due", input: "2026-04-30,5 working days\n2026-02-30,2 working days\n")
        #expect(bad.status == 1)
        #expect(bad.output == "2026-05-12\n")
        #expect(bad.errors.contains("line 2"))
    }

    @Test("A year without a calendar is an error that names the file to add")
    func missingYear() throws {
        let outcome = try program.run("clock", "explain", "--from", "2040-01-09", "--term", "2 working days")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("schedules/calendar/2040.csv"))
    }

    @Test(
        "Words that are not understood are answered with what to do, and exit code 64",
        arguments: [
            ["clock", "explain", "--from", "19.03.2026", "--term", "2 working days"],
            ["clock", "explain", "--from", "2026-03-19", "--term", "2 days of work"], ["nonsense"],
        ])
    func misunderstood(arguments: [String]) throws {
        let outcome = try program.run(arguments)
        #expect(outcome.status == 64)
        #expect(!outcome.errors.isEmpty)
    }

    @Test("A complaint is read as the JSON interface reads it: no contacts are needed, no other member is taken")
    func register() throws {
        let taken = try program.run(
            "complaints", "register", input: #"{"channel":"letter","kind":"order","service":"S0288","subject":"x"}"#)
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(taken.output.contains("dueOn"))
        let wrong = [
            (#"{"channel":"letter","kind":"order"}"#, "subject"),
            (#"{"channel":"letter","kind":"order","subject":"x","contact":{}}"#, "contact"),
            (#"{"channel":"letter","kind":"order","subject":"x","contacts":{"tel":"1"}}"#, "contacts.tel"),
            (#"{"channel":"letter","kind":"none","subject":"x"}"#, "kind"), (#"{"channel":"#, "no JSON"),
            (String(repeating: "[", count: 100_000), "nested deeper"),
        ]
        for (input, sign) in wrong {
            let refused = try program.run("complaints", "register", input: input)
            #expect(refused.status == 1 && refused.output.isEmpty)
            #expect(refused.errors.contains(sign) && refused.errors.contains("the standard input"), "\(refused.errors)")
        }
    }

    @Test("A terminal sees a bar with its share, taken away before the answer; anything else sees none of it")
    func progress() throws {
        let file = program.folder.file("forum.csv")
        let table = try program.run("demo", "generate", "--complaints", "60", "--months", "2")
        try Data(table.output.utf8).write(to: URL(fileURLWithPath: file))
        let command = "TERM=xterm '\(Program.path)' complaints import '\(file)'"
        let seen = try program.run(program: "/usr/bin/script", "-qec", command, "/dev/null")
        #expect(seen.status == 0)
        // Each drawing begins by taking the one before away; none goes over the edge or ends the line.
        let drawn = seen.output.split(separator: "\r\u{1B}[K").map(String.init)
        let bars = drawn.filter { $0.hasPrefix("█") || $0.hasPrefix("░") }
        #expect(bars.last?.hasPrefix("████████████████ 100 %") == true, "\(seen.output)")
        #expect(bars.allSatisfy { !$0.contains("\n") && $0.count < 80 })
        #expect(drawn.last?.contains(" registered, 0 brought up to date") == true)
        let again = try program.run("complaints", "import", file)
        #expect(again.status == 0 && again.errors.isEmpty, "\(again.errors)")
        #expect(again.output.split(separator: "\n").count == 1 && !again.output.contains("\r"))
    }

    @Test("The journal goes out and comes back the same")
    func exportAndImport() throws {
        let file = program.folder.file("export.jsonl")
        #expect(try program.run("accounts", "add", "root", "--name", "Root", "--role", "administrator").status == 0)
        #expect(try program.run("journal", "export", file).status == 0)
        let other = Program()
        let taken = try other.run("journal", "import", file)
        #expect(taken.status == 0, "\(taken.errors)")
        let heads = try [program, other].map { try $0.run("journal", "verify").output }
        #expect(heads[0] == heads[1])
        let again = try other.run("journal", "import", file)
        #expect(again.status == 1)
        #expect(again.errors.contains("has events already"))
    }

    @Test(
        "A mistyped data folder is said and not made",
        arguments: [
            ["report", "list"], ["complaints", "list"], ["search", "find", "паспорт"], ["journal", "verify"],
            ["journal", "export", "/dev/null"], ["report", "seal", "2026-10"], ["calendar", "undo", "--reason", "x"],
            ["backup", "/nonexistent/backup"], ["config", "show"], ["config", "check"],
        ])
    func noDataFolder(arguments: [String]) throws {
        let outcome = try program.run(arguments)
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("is no data folder") && outcome.errors.contains(program.data))
        #expect(!FileManager.default.fileExists(atPath: program.data))
        let json = try program.run(arguments + ["--json"])
        #expect(json.status == 1 && json.errors.contains(#""code":"notFound""#), "\(json.errors)")
    }

    @Test(
        "Every command explains itself",
        arguments: [
            ["clock"], ["calendar"], ["journal"], ["serve"], ["agency"], ["rulebook"],
        ])
    func help(command: [String]) throws {
        let outcome = try program.run(command + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("OVERVIEW"))
    }
}
