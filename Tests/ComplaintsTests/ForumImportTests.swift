import CSV
import Casework
import Complaints
import Foundation
import Journal
import PersonalData
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The export of the forum")
struct ForumImportTests {
    static let header =
        "number,filed_at,kind,service,body,region,language,name,iin,phone,email,address,subject,answered_at,outcome,extended_days,extended_at,told_at,transferred_to,transferred_at,withdrawn_at\n"

    static func line(
        _ number: String, filed: String = "2026-03-02T10:00:00+05:00", kind: String = "order", service: String = "S1",
        body: String = "MJ", iin: String = "900101400001", subject: String = "ДЕМО мәтін", answered: String = "",
        outcome: String = "", days: String = "", extended: String = "", told: String = "", to: String = "",
        transferred: String = "",
        withdrawn: String = ""
    ) -> String {
        "\(number),\(filed),\(kind),\(service),\(body),75,kk,Тест Тестов,\(iin),+7700,a@b.kz,\"Алматы, 1\",\(subject),\(answered),\(outcome),\(days),\(extended),\(told),\(to),\(transferred),\(withdrawn)\n"
    }

    static let answered = line("F2", answered: "2026-03-09T10:00:00+05:00", outcome: "satisfied")

    @Test("Lines become complaints with all that happened to them, in the order of time")
    func takesIn() async throws {
        let world = try await World()
        let csv =
            Self.header + Self.line("F1") + Self.answered
            + Self.line(
                "F3", answered: "2026-03-20 09:00", outcome: "partly", days: "5", extended: "2026-03-05 09:00",
                told: "2026-03-06 09:00", to: "A75",
                transferred: "2026-03-04 09:00")
            + Self.line("F4", withdrawn: "2026-03-03 09:00:30") + Self.line("F5", body: "")
        let (report, refused) = try world.run(csv, batch: 2)
        #expect(refused.isEmpty)
        #expect(report.added == 5 && report.lines == 5 && report.events == 5 + 1 + 4 + 1)
        let third = try world.record("2026-000003")
        #expect(third.body == "A75" && third.extendedBy == 5 && third.outcome == .partly && third.forumNumber == "F3")
        #expect(third.dueOn == (try day("2026-03-19")))
        #expect(try world.clocks("2026-000003").map(\.status.rawValue).sorted() == ["breached", "met"])
        #expect(try world.record("2026-000004").status == .withdrawn)
        #expect(try world.record("2026-000005").body == "MJ")
        #expect(try await world.desk.reveal([third]).first?.contacts?.address == "Алматы, 1")
        #expect(try world.journal.verify().firstBad == nil)
    }

    @Test("The projections after an import are those that a rebuild makes event by event")
    func rebuild() async throws {
        let world = try await World()
        var csv = Self.header
        for index in 1...40 {
            csv += Self.line(
                "F\(index)", iin: "9001014\(10000 + index)",
                answered: index % 3 == 0 ? "2026-03-1\(index % 9) 10:00" : "",
                outcome: index % 3 == 0 ? "explained" : "",
                days: index % 4 == 0 ? "3" : "", extended: index % 4 == 0 ? "2026-03-04 10:00" : "",
                to: index % 5 == 0 ? "APS" : "", transferred: index % 5 == 0 ? "2026-03-03 10:00" : "",
                withdrawn: index % 3 == 1 ? "2026-03-20 10:00" : "")
        }
        let (report, refused) = try world.run(csv, batch: 7)
        #expect(report.added == 40, "\(refused.map(\.problem))")
        let before = try world.journal.projectionContents()
        try world.journal.rebuild()
        #expect(try world.journal.projectionContents() == before)
        #expect(try world.journal.readNow { try Counters.wrong(in: $0) } == [])
        #expect(before.contains { $0.hasPrefix("clock ") } && before.contains { $0.hasPrefix("complaint ") })
    }

    @Test("The same file again changes nothing; a line that has gained an answer adds only that")
    func again() async throws {
        let world = try await World()
        let first = Self.header + Self.line("F1") + Self.line("F2") + Self.line("F3")
        #expect(try world.run(first).report.added == 3)
        let events = try world.events()
        let same = try world.run(first)
        #expect(same.report.unchanged == 3 && same.report.events == 0)
        #expect(try world.events() == events)
        let more = try world.run(Self.header + Self.line("F1") + Self.answered)
        #expect(more.report.unchanged == 1 && more.report.updated == 1 && more.report.events == 1)
        #expect(try world.record("2026-000002").outcome == .satisfied)
        // The forum may lag behind what is known here.
        #expect(try world.run(first).report.unchanged == 3)
    }

    @Test("A number twice in one file is one complaint", arguments: [1, 2, 3, 10])
    func twice(_ batch: Int) async throws {
        let world = try await World()
        let (report, refused) = try world.run(
            Self.header + Self.line("F2") + Self.line("F1") + Self.answered + Self.line("F2"), batch: batch)
        #expect(refused.isEmpty)
        #expect(report.added == 2 && report.updated == 1 && report.unchanged == 1)
    }

    @Test(
        "A line that contradicts what is recorded is refused, and the field is named",
        arguments: [
            (line("F2", kind: "other"), "kind"), (line("F2", service: "S2"), "service"),
            (line("F2", body: "KGD"), "body"),
            (line("F2", filed: "2026-03-02T10:00:01+05:00"), "filed_at"), (line("F2", iin: "900101400002"), "iin"),
            (line("F2", subject: "басқа"), "subject"),
            (line("F2", answered: "2026-03-09T10:00:00+05:00", outcome: "rejected"), "outcome"),
            (line("F2", answered: "2026-03-08T10:00:00+05:00", outcome: "satisfied"), "answered_at"),
            (line("F2", withdrawn: "2026-03-10T10:00:00+05:00"), "withdrawn_at"),
        ])
    func contradictions(_ line: String, _ field: String) async throws {
        let world = try await World()
        #expect(try world.run(Self.header + Self.answered).report.added == 1)
        let events = try world.events()
        let (report, refused) = try world.run(Self.header + line)
        #expect(report.refused == 1 && refused.first?.problem.field == field, "\(refused.map(\.problem))")
        #expect(try world.events() == events)
    }

    @Test(
        "A wrong line is refused with its line and field, without personal data, and the rest goes in",
        arguments: [
            (line("F2", kind: "bad"), "kind"), (line("F2", filed: "yesterday"), "filed_at"),
            (line("F2", filed: "2027-03-02T10:00:00+05:00"), "filed_at"), (line("F2", service: "S9"), "service"),
            (line("F2", body: "XX"), "body"), (line("F2", iin: "12"), "iin"), (line(""), "number"),
            (line("F 2"), "number"), (line("F2", answered: "2026-03-09 10:00"), "outcome"),
            (line("F2", outcome: "satisfied"), "answered_at"),
            (line("F2", days: "x", extended: "2026-03-03 10:00"), "extended_days"),
            (line("F2", told: "2026-03-03 10:00"), "told_at"),
            (line("F2", to: "A75"), "transferred_at"),
            (line("F2", to: "YY", transferred: "2026-03-03 10:00"), "transferred_to"),
            (
                line("F2", answered: "2026-03-09 10:00", outcome: "partly", withdrawn: "2026-03-09 10:00"),
                "withdrawn_at"
            ),
            (line("F2", answered: "2026-03-01 10:00", outcome: "partly"), nil), ("F2,2026\n", nil),
            ("F2,a\"b\(String(repeating: ",", count: 19))\n", "filed_at"),
        ] as [(String, String?)])
    func refused(_ line: String, _ field: String?) async throws {
        let world = try await World()
        let (report, refused) = try world.run(Self.header + Self.line("F1") + line + Self.line("F3"))
        #expect(report.added == 2 && report.refused == 1)
        let problem = try #require(refused.first?.problem)
        #expect(problem.line == 3 && problem.field == field, "\(problem)")
        for secret in ["Тест", "900101", "+7700", "a@b.kz"] { #expect(!problem.description.contains(secret)) }
    }

    @Test("The error file, mended, is taken in again")
    func errorFile() async throws {
        let world = try await World()
        let (_, refused) = try world.run(Self.header + Self.line("F1", kind: "bad", subject: "\"ДЕМО, \"\"мәтін\"\"\""))
        var bytes = ForumErrorFile.header
        for line in refused { bytes += ForumErrorFile.line(line) }
        let mended = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: ",bad,", with: ",order,")
        #expect(try world.run(mended).report.added == 1)
        let record = try world.record("2026-000001")
        #expect(try await world.desk.reveal([record]).first?.subject == "ДЕМО, \"мәтін\"")
    }

    @Test(
        "A formula in the error file is defused, and what it was when it is taken in again; deceiving characters are refused"
    )
    func marks() async throws {
        let world = try await World()
        let (_, refused) = try world.run(
            Self.header + Self.line("F1", kind: "bad", subject: "=HYPERLINK(1)")
                + Self.line("F2", subject: "Иван\u{7}ов")
                + Self.line("F3", subject: "a\u{202E}b") + Self.line("F4\u{0}"))
        #expect(refused.map(\.problem.field) == ["kind", "subject", "subject", "number"])
        #expect(refused.dropFirst().allSatisfy { $0.problem.fault == .characters })
        let bytes = ForumErrorFile.header + ForumErrorFile.line(try #require(refused.first))
        let written = String(decoding: bytes, as: UTF8.self)
        #expect(written.contains(",'=HYPERLINK(1),"))
        #expect(try world.run(written.replacingOccurrences(of: ",bad,", with: ",order,")).report.added == 1)
        #expect(try await world.desk.reveal([try world.record("2026-000001")]).first?.subject == "=HYPERLINK(1)")
    }

    @Test("One line or object that is too long is one fault, and the rest is tried; each object of JSON is named")
    func tooLong() async throws {
        let long = String(repeating: "x", count: 1_100_000)
        let table = Self.header + Self.line("F1") + Self.line("F2", subject: long) + Self.line("F3")
        let (report, refused) = try (try await World()).run(table)
        #expect(report.added == 2 && refused.map(\.problem.line) == [3])
        func object(_ number: String, _ subject: String = "ДЕМО") -> String {
            """
            {"number":"\(number)","filed_at":"2026-03-02T10:00:00+05:00","kind":"order","body":"MJ","subject":"\(subject)"}
            """
        }
        let line = "[17,\"x{\",\(object("F1")),\(object("F2", long)),{\"number\":5},\(object("F3"))]"
        let world = try await World()
        let (taken, left) = try world.run(ForumFile(bytes: Array(line.utf8), format: .json, name: "forum.json"))
        #expect(taken.added == 2)
        #expect(left.map(\.problem.object) == [1, 2, 4, 5] && left.map(\.problem.line) == [1, 1, 1, 1])
        #expect(left.last?.problem.description.hasPrefix("forum.json:1: object 5: filed_at: ") ?? false)
    }

    @Test("JSON, as an array or line by line, says the same as CSV")
    func json() async throws {
        let object = """
            {"number": "F1", "filed_at": "2026-03-02T10:00:00+05:00", "kind": "order", "service": "S1", "body": "MJ",
             "name": "Тест \\"Т\\" {", "subject": "ДЕМО", "extended_days": 3, "extended_at": "2026-03-04 10:00", "email": null}
            """
        for text in [
            "[\(object),\n\(object.replacingOccurrences(of: "F1", with: "F2"))]",
            "\u{FEFF}\(object)\n{\"number\": 5}\n{\"x\": 1}\n5\n{\"number\": tru}",
        ] {
            let world = try await World()
            let file = ForumFile(bytes: Array(text.utf8), format: .json, name: "forum.json")
            let (report, refused) = try world.run(file)
            if text.hasPrefix("[") {
                #expect(report.added == 2 && refused.isEmpty)
            } else {
                #expect(report.added == 1)
                #expect(refused.map(\.problem.line) == [3, 4, 5, 6], "\(refused.map(\.problem))")
            }
            let record = try world.record("2026-000001")
            #expect(record.extendedBy == 3)
            #expect(try await world.desk.reveal([record]).first?.contacts?.name == "Тест \"Т\" {")
        }
    }

    @Test("What stands before the place where a file breaks stays, and running the mended file completes it")
    func broken() async throws {
        let world = try await World()
        let good = Self.header + (1...5).map { Self.line("F\($0)") }.joined()
        #expect(throws: CSVError.self) { try world.run(good + "F6,\"never closed", batch: 2) }
        #expect(try world.journal.readNow { try ComplaintRecord.count(ComplaintFilter(), in: $0) } == 4)
        let (report, _) = try world.run(good + Self.line("F6"), batch: 2)
        #expect(report.unchanged == 4 && report.added == 2)
    }

    @Test("Random bytes are refused or taken in, and never stop the program")
    func hostile() async throws {
        let world = try await World()
        var random = SeededGenerator(seed: 797)
        let seed = Array((Self.header + Self.line("F1") + Self.answered).utf8)
        for _ in 0..<60 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            for format in ForumFile.Format.allCases {
                // Whether the file is refused as a whole does not matter here.
                _ = try? world.run(ForumFile(bytes: bytes, format: format, name: "hostile"))
            }
        }
        #expect(try world.journal.verify().firstBad == nil)
    }

    @Test("A person who was erased stays erased when the file comes again")
    func erased() async throws {
        let world = try await World()
        let csv = Self.header + Self.line("F1")
        #expect(try world.run(csv).report.added == 1)
        let person = try #require(try world.record("2026-000001").person)
        try world.vault.erase(PersonID(person))
        #expect(try world.run(csv).report.unchanged == 1)
        #expect(
            try world.run(Self.header + Self.line("F1", answered: "2026-03-09 10:00", outcome: "partly")).report.updated
                == 1)
        #expect(!(try world.vault.existingKeys(for: [PersonID(person)]).has(PersonID(person))))
    }

    @Test("Numbers count by the year of registration")
    func numbers() async throws {
        let world = try await World()
        let csv =
            Self.header + Self.line("F1", filed: "2025-12-31 19:00") + Self.line("F2", filed: "2025-12-30 10:00")
            + Self.line("F3")
        #expect(try world.run(csv).report.added == 3)
        let ids = try world.journal.readNow { try ComplaintRecord.fetch(ComplaintFilter(), in: $0) }.map(\.id)
        #expect(ids.sorted() == ["2025-000001", "2026-000001", "2026-000002"])
        #expect(ComplaintNumber("2026-1000000")?.description == "2026-1000000")
    }
}
