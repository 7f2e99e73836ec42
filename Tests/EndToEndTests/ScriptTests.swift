import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("What the command line tells a script")
struct ScriptTests {
    /// One command of the walk, what it must end with, and the members that its answer must have.
    private struct Step {
        let arguments: [String]
        var status: Int32 = 0
        var keys: [String] = []
        var isList = false

        init(_ line: String, _ keys: String..., status: Int32 = 0) {
            arguments = line.split(separator: " ").map { String($0.replacing("_", with: " ")) }
            self.keys = keys
            self.status = status
        }

        static func list(_ line: String, _ keys: String...) -> Step {
            var step = Step(line)
            (step.keys, step.isList) = (keys, true)
            return step
        }
    }

    private let program = Program()

    private static let filing =
        #"{"channel":"letter","kind":"order","service":"S0288","subject":"x","contacts":{},"filedAt":"2026-10-05T10:00:00+05:00"}"#

    /// A year of work in the order in which the commands need each other; files lie in the folder of the test.
    private static let steps: [Step] = [
        Step("registry import HOME/knowledge --dry-run", "added", "changed", "refused", "unchanged"),
        .list("registry bodies --kind central", "code", "kind", "name"),
        .list("registry services", "code", "owner", "name", "channels"),
        Step("cards import HOME/knowledge/services", "added", "unchanged", "kept", "refused"),
        .list("cards list --owner MIA", "code", "state", "edition", "title"),
        Step("cards show S0288", "code", "edition", "version", "card"),
        .list("cards history S0288", "edition", "editedAt", "origin"),
        Step("cards show S9999", "code", "detail", "exitCode", status: 1),
        Step("cards outdate S0288 --reason fee --fields fee", "code", "state"),
        .list("search find паспорт", "hits", "isWeak", "reading"),
        Step("search explain паспорт", "hits", "reading"),
        Step("calendar show 2026", "edition", "days", "editions"),
        Step("calendar preview", "moves", "differences", "cases"),
        Step("calendar undo --reason x", "code", "detail", "exitCode", status: 1),
        Step("plan import FOLDER/plan.csv --plan 2026", "added", "problems"),
        Step("plan import FOLDER/bad-plan.csv --plan x", "added", "problems", status: 1),
        Step("plan approve 2026 --act Order_12 --at 2026-01-05T10:00:00+05:00", "added", "unchanged"),
        .list("plan show 2026", "plan", "line", "service", "states", "overdue"),
        Step("plan send 2026 1 --number 5/{n} --at 2026-01-08T10:00:00+05:00", "sent", "already", "refused"),
        .list("requests list --body MIA", "id", "plan", "body", "state", "days"),
        Step("requests receive 2026-1-MIA --proof 4411 --at 2026-01-09T10:00:00+05:00", "id", "state"),
        Step("requests show 2026-1-MIA", "id", "state", "version", "clocks", "timeline", "nextSteps"),
        Step("requests golive 2026-1-MIA", "code", "detail", "exitCode", status: 1),
        Step("letters new --kind request --case onboarding/2026-1-MIA", "id"),
        .list("letters list", "id", "kind", "case", "subject", "stage"),
        Step("complaints register FOLDER/complaint.json", "number", "body", "dueOn", "isNew"),
        Step("complaints extend NUMBER --days 2 --reason x --at 2026-10-07T10:00:00+05:00", "case", "version"),
        Step("complaints tell NUMBER --by letter --at 2026-10-07T11:00:00+05:00", "case", "version"),
        Step("complaints answer NUMBER --outcome satisfied --at 2026-10-08T10:00:00+05:00", "case", "version"),
        Step("complaints correct NUMBER --at 2026-10-08T09:00:00+05:00 --reason slip", "case", "version"),
        Step("complaints answer NUMBER --outcome satisfied", "code", "refusal", "detail", "exitCode", status: 1),
        Step("complaints answer 1999-1 --outcome satisfied", "code", "detail", "exitCode", status: 1),
        Step("complaints answer NUMBER --outcome nonsense", "code", "detail", "exitCode", status: 64),
        Step("complaints show NUMBER", "number", "clocks", "timeline", "status"),
        .list("complaints list", "number", "body", "dueOn", "status", "hasContacts"),
        Step("complaints import FOLDER/forum.csv", "lines", "added", "refused", "problems", status: 1),
        Step("stages import FOLDER/stages.csv", "taken", "isKnown", "refused"),
        Step("report figures 2026-10", "opening", "received", "closing", "violations"),
        Step("report seal 2026-10", "revision", "digest", "position", "bytes"),
        Step("report seal 2026-10", "code", "detail", "exitCode", status: 1),
        Step("report seal 2026-13", "code", "detail", "exitCode", status: 64),
        Step("complaints annul NUMBER --as x --reason y", "code", "detail", "exitCode", status: 64),
        Step(
            "complaints annul NUMBER --as duplicate --of NUMBER --reason y", "code", "refusal", "detail", "exitCode",
            status: 1),
        Step("complaints annul NUMBER --as erroneous --reason test", "case", "version"),
        .list("report list", "period", "revisions", "receipts"),
        Step("report show 2026-10", "balance", "items"),
        Step("report remake 2026-10", "sealed", "kept", "remade", "isSame"),
        .list("accounts list", "number", "login", "roles"),
        Step("accounts add aigerim --name A --role operator", "number", "login", "password"),
        Step("accounts disable aigerim --reason left", "number", "isDisabled"),
        Step("accounts tokens revoke aigerim none", "code", "detail", "exitCode", status: 1),
        Step("journal verify", "checked", "head"),
        Step("journal export FOLDER/export.jsonl", "events", "file"),
        Step("journal import FOLDER/nothing.jsonl", "code", "detail", "exitCode", status: 1),
        Step("journal rebuild", "events"),
        Step("deliveries show none", "code", "detail", "exitCode", status: 1),
    ]

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: program.folder.file(name)))
    }

    @Test("with --json every answer is JSON with the names of the JSON interface, errors too, and the exit code tells")
    func walk() throws {
        try write("complaint.json", Self.filing)
        try write(
            "plan.csv", "line,service,body,request_date,acceptance_date,responsible_unit\n1,S0288,MIA,2026-01-08,,\n")
        try write(
            "bad-plan.csv",
            "line,service,body,request_date,acceptance_date,responsible_unit\n1,S0288,MIA,31.02.2026,,\n")
        try write("forum.csv", "number,filed_at,kind\nF-1,yesterday,order\n")
        try write("stages.csv", "number,service,stage,date,body\n1,S0288,ready,2026-10-01,MIA\n")
        // The months of the walk are long over on any day: the timer must not seal them before the walk does.
        try FileManager.default.createDirectory(atPath: program.data, withIntermediateDirectories: true)
        try write("data/bailanys.yaml", "report-first-period: \"2099-01\"\n")
        // Carried out inside a server: the answers travel over its socket, and the folder is opened once.
        let server = try program.start("serve", "--port", "0", until: "Ready in")
        defer { server.stop() }
        var number = ""
        let folder = URL(fileURLWithPath: program.data).deletingLastPathComponent().path
        for step in Self.steps {
            let arguments = step.arguments.map {
                $0.replacing("FOLDER", with: folder).replacing("HOME", with: Repository.path)
                    .replacing("NUMBER", with: number)
            }
            let outcome = try program.run(arguments + ["--json"])
            let name = step.arguments.joined(separator: " ")
            #expect(outcome.status == step.status, "\(name): \(outcome.output)\(outcome.errors)")
            let isFailure = step.keys.contains("exitCode")
            let text = isFailure ? outcome.errors.split(separator: "\n").last.map(String.init) ?? "" : outcome.output
            if isFailure { #expect(outcome.output.isEmpty, "\(name)") }
            let lines = text.split(separator: "\n")
            #expect(step.isList ? !lines.isEmpty : lines.count == 1, "\(name): \(text)")
            for line in lines {
                let json = try JSON(parsing: Array(line.utf8))
                let members = try #require(json.object, "\(name): \(line)")
                for key in step.keys { #expect(members[key] != nil, "\(name) has no \(key): \(line.prefix(500))") }
                if isFailure { #expect(members["exitCode"]?.int == Int64(step.status), "\(name)") }
                if step.arguments.starts(with: ["complaints", "register"]) { number = members["number"]?.string ?? "" }
            }
        }
    }

    @Test("what needs no data folder answers in JSON too")
    func computed() throws {
        let due = try program.run("clock", "due", "--json", input: "2026-04-30,5 working days\n\n2026-04-30,at once\n")
        #expect(
            due.output
                == #"{"dayZero":"2026-04-30","due":"2026-05-12","line":1,"term":"5 working days"}"# + "\n"
                + #"{"dayZero":"2026-04-30","due":"2026-04-30","line":3,"term":"at once"}"# + "\n")
        let bad = try program.run("clock", "due", "--json", input: "nonsense\n")
        #expect(bad.status == 1 && bad.output.isEmpty)
        #expect(try JSON(parsing: Array(bad.errors.utf8.dropLast()))["code"]?.string == "unprocessable")
        let rulebook = try program.run("rulebook", "--json")
        for line in rulebook.output.split(separator: "\n") {
            #expect(try JSON(parsing: Array(line.utf8))["rule"]?.string != nil)
        }
        #expect(rulebook.output.split(separator: "\n").count > 15)
    }
}
