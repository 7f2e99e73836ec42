import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Complaints on the command line")
struct ComplaintCommandTests {
    private static let header =
        "number,filed_at,kind,service,body,region,language,name,iin,phone,email,address,subject\n"

    private static func line(_ number: String, kind: String = "order", at day: String = "2026-03-02") -> String {
        "\(number),\(day)T10:00:00+05:00,\(kind),S0288,,75,kk,Тест Тестов,900101400001,+7700,a@b.kz,Алматы,ДЕМО\n"
    }

    /// Registers a complaint and gives its number.
    private func register(_ office: CallerOffice, at day: String = "2026-03-12") async throws -> String {
        try office.put(
            """
            {"channel":"letter","kind":"order","service":"S0288","subject":"құпия сөз","filedAt":"\(day)T05:00:00Z",
            "contacts":{"name":"Тест Тестов","phone":"+7 700"}}
            """, in: "complaint.json")
        let receipt = try JSON(
            parsing: Array(try await office.run("complaints", "register", "complaint.json").lines[0].utf8))
        #expect(receipt["isNew"]?.bool == true && receipt["dueOn"]?.string != nil && receipt["body"]?.string != nil)
        return try #require(receipt["number"]?.string)
    }

    @Test(
        "an export is taken in once; a line again changes nothing, and wrong lines are named, twenty of them in words")
    func imports() async throws {
        let office = try await CallerOffice()
        let good = Self.header + Self.line("F1") + Self.line("F2")
        try office.put(good, in: "forum.csv")
        let first = try await office.run("complaints", "import", "forum.csv")
        #expect(first.lines == ["2 lines: 2 registered, 0 brought up to date, 0 known, 0 left out."])
        let again = try await office.run("complaints", "import", "forum.csv", "--errors", "none.csv")
        #expect(again.lines == ["2 lines: 0 registered, 0 brought up to date, 2 known, 0 left out."])
        let wrong = (1...25).map { Self.line("W\($0)", kind: "weather") }.joined()
        try office.put(Self.header + wrong + Self.line("F3"), in: "wrong.csv")
        let said = try await office.fails(["complaints", "import", "wrong.csv", "--errors", "left.csv"])
        let lines = said.split(separator: "\n")
        #expect(lines[0] == "26 lines: 1 registered, 0 brought up to date, 0 known, 25 left out.")
        #expect(
            lines.count == 22 && lines[21] == "… more lines are wrong; --errors FILE writes all of them.", "\(said)")
        #expect(
            lines[1] == "wrong.csv:2: kind: The kind must be order, standard, employees or other: correct it.",
            "\(lines[1])")
        #expect(try office.text(of: "left.csv").split(whereSeparator: \.isNewline).count == 26)
        // Mended, the table of what was left out is taken in as it is.
        let mended = try office.text(of: "left.csv").replacing("weather", with: "order")
        try office.put(mended, in: "mended.csv")
        #expect(
            try await office.run("complaints", "import", "mended.csv").lines[0].hasPrefix("25 lines: 25 registered"))
        let json = try JSON(
            parsing: Array(
                try await office.fails(["complaints", "import", "wrong.csv", "--json"]).split(separator: "\n")[0].utf8))
        #expect(json["refused"]?.int == 25 && json["unchanged"]?.int == 1 && json["problems"]?.array?.count == 25)
    }

    @Test("an import that never began leaves no table of errors behind, so that it can simply be given again")
    func noLeftovers() async throws {
        let office = try await CallerOffice()
        let said = try await office.fails(["complaints", "import", "forum.csv", "--errors", "left.csv"])
        #expect(said.contains("forum.csv"), "\(said)")
        try office.put("number;kind\n", in: "forum.csv")
        let strange = try await office.fails(["complaints", "import", "forum.csv", "--errors", "left.csv"])
        #expect(strange.contains("forum.csv"), "\(strange)")
        let files = try FileManager.default.contentsOfDirectory(atPath: office.there.path)
        #expect(files == ["forum.csv"])
    }

    @Test("a complaint goes its way: extended, told, transferred, answered, corrected, classified; no name is printed")
    func life() async throws {
        let office = try await CallerOffice()
        let number = try await register(office)
        func at(_ day: Int) -> [String] { ["--at", "2026-03-\(day)T10:00:00+05:00"] }
        let steps: [[String]] = [
            ["classify", number, "--kind", "employees", "--reason", "about a clerk"],
            ["transfer", number, "--to", "KGD", "--reason", "a tax matter"] + at(13),
            ["extend", number, "--days", "5", "--reason", "an opinion"] + at(17),
            ["tell", number, "--by", "letter"] + at(18),
            ["answer", number, "--outcome", "satisfied"] + at(19),
            ["correct", number, "--reason", "a slip"] + at(18),
        ]
        for step in steps {
            #expect(try await office.run(["complaints"] + step).lines == ["Recorded."], "\(step)")
        }
        let shown = try await office.run("complaints", "show", number).lines
        let document = try JSON(parsing: Array(shown[0].utf8))
        #expect(shown.count == 1 && !shown[0].contains("Тестов") && !shown[0].contains("құпия"))
        #expect(document["body"]?.string == "KGD" && document["status"]?.string == "answered")
        #expect(document["kind"]?.string == "employees" && document["closedOn"]?.string == "2026-03-18")
        let listed = try await office.run("complaints", "list", "--body", "KGD").lines
        #expect(listed.count == 1 && listed[0].hasPrefix("\(number)\tKGD\temployees\tregistered 2026-03-12\tdue "))
        #expect(listed[0].hasSuffix("\tclosed 2026-03-18"))
    }

    @Test("a complaint is given into an officer's hands by name, is found by them, and is put back")
    func hands() async throws {
        let office = try await CallerOffice()
        let number = try await register(office)
        try await office.run("accounts", "add", "asel", "--name", "Асель", "--role", "complaintsOfficer")
        try await office.run("accounts", "add", "erlan", "--name", "Ерлан", "--role", "operator")
        let refused = try await office.fails(["complaints", "assign", number, "--to", "erlan"])
        #expect(refused.contains("may not do complaints"), "\(refused)")
        #expect(try await office.fails(["complaints", "assign", number, "--to", "nobody"]).contains("no account"))
        #expect(try await office.run("complaints", "assign", number, "--to", "asel").lines == ["Recorded."])
        #expect(try await office.json("complaints", "list", "--assignee", "asel").first?["number"]?.string == number)
        #expect(try await office.json("complaints", "list", "--assignee", "none").isEmpty)
        #expect(try await office.run("complaints", "assign", number, "--release").lines == ["Recorded."])
        #expect(try await office.json("complaints", "list", "--assignee", "none").first?["assignee"] == nil)
        #expect(try await office.json("complaints", "list", "--assignee", "asel").isEmpty)
    }

    @Test("a complaint that was withdrawn or annulled is listed as such, and its number answers a script")
    func ends() async throws {
        let office = try await CallerOffice()
        let (first, second, third) = (
            try await register(office), try await register(office, at: "2026-03-13"),
            try await register(office, at: "2026-03-16")
        )
        try await office.run("complaints", "withdraw", first, "--reason", "the service was provided")
        let annulled = try await office.json(
            "complaints", "annul", second, "--as", "duplicate", "--of", first, "--reason", "filed twice")
        #expect(annulled.first?["case"]?.string == "complaint/\(second)" && annulled.first?["version"]?.int == 2)
        try await office.run("complaints", "annul", third, "--as", "erroneous", "--reason", "a test entry")
        for (status, number, end) in [
            ("withdrawn", first, "closed 2026-03-19"), ("annulled", third, "annulled (erroneous)"),
        ] {
            let lines = try await office.run("complaints", "list", "--status", status).lines
            #expect(lines.first?.hasPrefix(number) == true && lines.first?.hasSuffix(end) == true, "\(lines)")
        }
        #expect(try await office.run("complaints", "list", "--status", "annulled").lines.count == 2)
        #expect(try await office.run("complaints", "list", "--limit", "2").lines.count == 2)
        #expect(try await office.json("complaints", "list", "--status", "open").isEmpty)
    }

    @Test("what cannot be done is refused with the reason, and nothing is recorded")
    func refused() async throws {
        let office = try await CallerOffice()
        let number = try await register(office)
        try office.put(#"{"channel":"letter","kind":"weather","subject":"x"}"#, in: "kind.json")
        try office.put(#"{"channel":"letter","kind":"order","subject":"x","filedAt":"yesterday"}"#, in: "moment.json")
        try office.put(#"[1]"#, in: "list.json")
        try office.put(String(repeating: " ", count: 1 << 20) + "{}", in: "large.json")
        let head = try office.position()
        let table: [([String], String)] = [
            (["register", "none.json"], "none.json"), (["register", "kind.json"], "kind.json: kind"),
            (["register", "moment.json"], "moment.json: filedAt"), (["register", "list.json"], "list.json: "),
            (["register", "large.json"], "large.json"), (["register", "."], "Error: "),
            (["answer", "2026-000099", "--outcome", "satisfied"], "Error: "),
            (["answer", number, "--outcome", "satisfied", "--at", "2026-03-01T10:00:00+05:00"], "Error: "),
            (["answer", number, "--outcome", "satisfied", "--at", "2030-03-01T10:00:00+05:00"], "Error: "),
            (["extend", number, "--days", "500", "--reason", "slow"], "Error: "),
            (["extend", number, "--days=-5", "--reason", "slow"], "Error: "),
            (["transfer", number, "--to", "NOPE", "--reason", "r"], "Error: "),
            (["annul", number, "--as", "duplicate", "--of", number, "--reason", "r"], "Error: "),
            (["correct", number, "--at", "2026-03-18T16:00:00+05:00", "--reason", "r"], "Error: "),
            (["show", "2026-000099"], "There is no complaint 2026-000099: see “bailanys complaints list”."),
        ]
        for (step, said) in table {
            let words = try await office.fails(["complaints"] + step)
            #expect(words.contains(said), "\(step): \(words)")
        }
        #expect(try office.position() == head)
    }
}
