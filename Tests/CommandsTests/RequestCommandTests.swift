import CanonicalJSON
import TestSupport
import Testing

@testable import Commands

@Suite("Plan-schedules and requests on the command line")
struct RequestCommandTests {
    private static let header = "line,service,body,request_date,acceptance_date,responsible_unit\n"

    /// An office with an approved plan of two lines to one body.
    private func planned() async throws -> CallerOffice {
        let office = try await CallerOffice()
        try office.put(
            Self.header + "1,S0288,MIA,2026-03-12,2026-04-09,Группа\n2,S0290,MIA,2026-03-12,,Группа\n", in: "plan.csv")
        try await office.run("plan", "import", "plan.csv", "--plan", "2026")
        try await office.run("plan", "approve", "2026", "--act", "Order 1", "--at", "2026-03-10T10:00:00+05:00")
        return office
    }

    @Test("a table of a plan is taken in line by line; what is wrong is named with file, line and column")
    func planImport() async throws {
        let office = try await CallerOffice()
        try office.put(
            Self.header + """
                1,S0288,MIA,2026-03-12,2026-04-09,Группа
                2,S9999,MIA,2026-03-12,2026-04-09,Группа
                3,S0290,NOPE,2026-03-12,2026-04-09,Группа
                4,S0290,MIA,12.03.2026,2026-04-09,Группа

                """, in: "plan.csv")
        let said = try await office.fails(["plan", "import", "plan.csv", "--plan", "2026"])
        #expect(said.contains("1 lines wait for approval, 0 known, 3 refused."), "\(said)")
        for part in ["plan.csv, line 3", "plan.csv, line 4", "plan.csv, line 5", "S9999", "NOPE", "12.03.2026"] {
            #expect(said.contains(part), "\(part) in \(said)")
        }
        #expect(try await office.run("plan", "show").lines == ["2026\t0 requests\t1 lines wait for approval\t–"])
        let approved = try await office.run("plan", "approve", "2026", "--act", "Order 1")
        #expect(approved.lines == ["1 lines in force, 0 known, 0 refused."])
        let lines = try await office.json("plan", "show", "2026")
        #expect(lines.count == 1 && lines[0]["states"]?["planned"]?.int == 1 && lines[0]["line"]?.string == "1")
        try office.put("line;service\n1;S0288\n", in: "other.csv")
        for (file, part) in [("none.csv", "none.csv"), ("other.csv", "other.csv"), (".", ".")] {
            let said = try await office.fails(["plan", "import", file, "--plan", "2026"])
            #expect(said.hasPrefix("Error: ") && said.contains(part), "\(said)")
        }
    }

    @Test("a line is changed for all its bodies, and sent to all, each with a number of its own, nobody twice")
    func lines() async throws {
        let office = try await planned()
        let amended = try await office.run(
            "plan", "amend", "2026", "2", "--request", "2026-04-13", "--act", "Order 31", "--reason", "moved")
        #expect(amended.lines == ["1 changed, 0 already, 0 refused."])
        #expect(try await office.json("plan", "show", "2026").last?["requestOn"]?.string == "2026-04-13")
        let send = ["plan", "send", "2026", "1", "--number", "05-12/{n}", "--start", "101"]
        #expect(try await office.run(send).lines == ["1 sent, 0 already, 0 refused."])
        #expect(try await office.run(send).lines == ["0 sent, 1 already, 0 refused."])
        #expect(try await office.json("requests", "list", "--state", "sent").first?["number"]?.string == "05-12/101")
        for step in [
            ["plan", "amend", "2026", "9", "--act", "a", "--reason", "r"],
            ["plan", "send", "2026", "9", "--number", "{n}"],
        ] {
            let failure = await #expect(throws: CommandFailure.self) { try await office.run(step) }
            #expect(
                failure?.description == "The plan 2026 has no line 9: check the number.")
        }
        let refused = try await office.fails(["plan", "approve", "2027", "--act", "Order 2"])
        #expect(refused.contains("2027") || refused.contains("plan"), "\(refused)")
    }

    @Test("a request goes its whole way, each step says where it stands, and what may follow is told")
    func life() async throws {
        let office = try await planned()
        try office.put(#"{"name":"Тест","position":"бас маман","phone":"+7 700"}"#, in: "person.json")
        try office.put("%PDF-1.4\nform", in: "form.pdf")
        let id = "2026-1-MIA"
        let steps: [([String], String)] = [
            (["send", id, "--number", "05-12/101", "--at", "2026-03-12T10:00:00+05:00"], "sent, 2"),
            (["receive", id, "--proof", "incoming 12", "--at", "2026-03-12T15:00:00+05:00"], "received, 3"),
            (
                ["appoint", id, "--person", "person.json", "--order", "9", "--at", "2026-03-13T10:00:00+05:00"],
                "appointed, 4"
            ),
            (["submit", id, "--document", "form.pdf", "--at", "2026-03-13T12:00:00+05:00"], "returned, 6"),
            (
                ["submit", id, "--signed", "--document", "form.pdf", "--at", "2026-03-16T12:00:00+05:00"],
                "submitted, 7"
            ),
            (["return", id, "--reason", "the fee is missing", "--at", "2026-03-16T13:00:00+05:00"], "returned, 8"),
            (["submit", id, "--signed", "--at", "2026-03-17T12:00:00+05:00"], "submitted, 9"),
            (["train", id, "--text", "24 operators", "--at", "2026-03-18T12:00:00+05:00"], "trained, 10"),
        ]
        for (step, standing) in steps {
            let words = try await office.run(["requests"] + step)
            #expect(words.lines == ["Recorded: \(id) is \(standing) entries."])
        }
        let shown = try await office.run("requests", "show", id).lines
        #expect(shown.first?.hasPrefix("1. 2026-03-10") == true && shown.first?.contains("planLineApproved") == true)
        #expect(
            shown.contains { $0.hasPrefix("clock appoint-responsible-person: met, due 2026-03-16, ended 2026-03-13") })
        #expect(shown.last?.hasPrefix("next: ") == true && shown.last?.contains("sign") == true, "\(shown.last ?? "")")
        #expect(!shown.joined().contains("Тест"))
        let entered = try await office.run("requests", "enter", id, "--card", "S0288", "--edition", "1")
        #expect(entered.lines == ["Recorded: \(id) is trained, 11 entries."])
        for side in ["body", "centre"] {
            try await office.run("requests", "sign", id, "--side", side, "--position", "head")
        }
        // The waiting period of §9 has not passed.
        let early = try await office.fails(["requests", "golive", id])
        #expect(early.hasPrefix("Error: "), "\(early)")
        office.clock.advance(milliseconds: 40 * 86_400_000)
        #expect(
            try await office.run("requests", "golive", id).lines.first?.hasPrefix("Recorded: \(id) is live") == true)
        let done = try #require(try await office.json("requests", "show", id).first)
        #expect(done["state"]?.string == "live")
        #expect(try await office.run("requests", "list", "--body", "MIA", "--state", "live").lines.count == 1)
        #expect(try await office.run("requests", "list", "--body", "KGD").lines.isEmpty)
    }

    @Test("what a step cannot do is refused with the reason, and nothing is recorded")
    func refused() async throws {
        let office = try await planned()
        try office.put("{", in: "broken.json")
        try office.put(#"{"name":"Т","position":"п"}"#, in: "short.json")
        try office.put(#"{"name":"Т","position":"п","phone":"1","iin":"900101"}"#, in: "more.json")
        try office.put("MZ\u{0}\u{1}", in: "program.exe")
        let head = try office.position()
        let id = "2026-1-MIA"
        let table: [([String], String)] = [
            (["receive", id, "--proof", "12"], "Error: "), (["golive", id], "Error: "),
            (["send", "2026-9-MIA", "--number", "1"], "Error: "),
            (["send", id, "--number", "1", "--at", "2027-03-12T10:00:00+05:00"], "Error: "),
            (["appoint", id, "--person", "none.json"], "none.json"),
            (["appoint", id, "--person", "broken.json"], "broken.json is no JSON"),
            (["appoint", id, "--person", "short.json"], "short.json: phone"),
            (["appoint", id, "--person", "more.json"], "more.json: Unknown members: iin"),
            (["send", id, "--number", "1", "--document", "none.pdf"], "none.pdf"),
            (["send", id, "--number", "1", "--document", "program.exe"], "program.exe: "),
            (["show", "2026-9-MIA"], "There is no case “2026-9-MIA”: check the number."),
            (
                ["annul", id, "--reason", "twice"],
                "“2026-1-MIA” is a request: take it off the plan by `bailanys requests"
            ),
            (["correct", id, "--entry", "1", "--on", "2026-03-12", "--reason", "r"], "has a moment only: give --at."),
        ]
        for (step, said) in table {
            let words = try await office.fails(["requests"] + step)
            #expect(words.contains(said), "\(step): \(words)")
        }
        #expect(try office.position() == head)
    }

    @Test(
        "a short case beside the requests begins, is refused, makes a notice due, is annulled, and is named by its number"
    )
    func duties() async throws {
        let office = try await planned()
        func begin(_ day: Int) async throws -> String {
            let answer = try await office.json(
                "requests", "change", "--kind", "additional-request", "--body", "MIA", "--text", "сұрақ", "--at",
                "2026-03-\(day)T10:00:00+05:00")
            return try #require(answer.first?["id"]?.string)
        }
        try office.put("%PDF-1.4 refusal", in: "refusal.pdf")
        let cases = [try await begin(16), try await begin(17), try await begin(18)]
        #expect(Set(cases).count == 3)
        for id in cases.prefix(2) {
            let refused = try await office.run(
                "requests", "refuse", id, "--ground", "none", "--text", "letter", "--document", "refusal.pdf", "--at",
                "2026-03-19T10:00:00+05:00")
            #expect(refused.lines == ["Recorded: additional-request/\(id)."])
        }
        let notice = try await office.run(
            "requests", "notify", "MIA-2026-03", "--number", "05-12/77", "--text", "two refusals")
        #expect(notice.lines == ["Recorded: refusal-notice/MIA-2026-03."])
        let annulled = try await office.run("requests", "annul", cases[2], "--reason", "a test entry")
        #expect(annulled.lines == ["Recorded."])
        let shown = try await office.run("requests", "show", "refusal-notice/MIA-2026-03").lines
        #expect(shown.contains { $0.contains("agencyInformed") } && shown.last == "next: nothing", "\(shown)")
        let unknown = try await office.fails([
            "requests", "refuse", "MIA-2020-01-01", "--ground", "none", "--text", "x",
        ])
        #expect(unknown.hasPrefix("Error: "))
    }

    @Test("a responsible person is registered with the request, leaves, and another is named; no name is printed")
    func persons() async throws {
        let office = try await planned()
        try office.put(#"{"name":"Бірінші Тест","position":"маман","phone":"1"}"#, in: "one.json")
        try office.put(#"{"name":"Екінші Тест","position":"маман","phone":"2"}"#, in: "two.json")
        let id = "2026-1-MIA"
        try await office.run("requests", "send", id, "--number", "1", "--at", "2026-03-12T10:00:00+05:00")
        try await office.run("requests", "receive", id, "--proof", "1", "--at", "2026-03-12T11:00:00+05:00")
        try await office.run("requests", "appoint", id, "--person", "one.json", "--at", "2026-03-13T11:00:00+05:00")
        #expect(
            try await office.run("registry", "persons", "MIA").lines.first?.hasSuffix("\tsince 2026-03-13\tnow") == true
        )
        let left = try #require(
            try await office.json(
                "requests", "change", "--kind", "responsible-person-change", "--body", "MIA", "--text", "letter 7",
                "--at",
                "2026-03-18T10:00:00+05:00"
            ).first?["id"]?.string)
        #expect(try await office.run("registry", "persons", "MIA").lines.first?.contains("\tuntil 2026-03-1") == true)
        try await office.run(
            "requests", "change", "--kind", "responsible-person-change", "--end", left, "--details", "two.json",
            "--text",
            "letter 8")
        let persons = try await office.run("registry", "persons", "MIA").lines
        #expect(persons.count == 2 && persons.filter { $0.hasSuffix("now") }.count == 1, "\(persons)")
        #expect(!persons.joined().contains("Тест"))
        #expect(try await office.run("registry", "persons", "KGD").lines.isEmpty)
    }
}
