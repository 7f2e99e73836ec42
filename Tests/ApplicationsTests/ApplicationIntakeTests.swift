import Applications
import CSV
import CanonicalJSON
import Contacts
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@Suite("Records of applications come in, each once, and what was told before is kept")
struct ApplicationIntakeTests {
    @Test("the same file again changes nothing; another word is a correction, and each version is kept")
    func once() async throws {
        let world = try await World()
        let first = [World.record("A-1"), World.record("A-2"), World.record("A-3"), World.record("A-4")]
        #expect(try world.take(first).added == 4)
        let head = try world.journal.readNow { try SQLiteEventStore(db: $0).head().position }
        let again = try world.take(first)
        #expect(again.unchanged == 4 && again.added == 0)
        #expect(try world.journal.readNow { try SQLiteEventStore(db: $0).head().position } == head)
        let ended = World.record("a1", ["finishedAt": "2026-03-16T12:00:00+05:00", "result": "provided"])
        #expect(try world.take([ended], at: "2026-05-21 09:00").corrected == 1)
        let versions = try await world.desk.versions(of: "A 1")
        #expect(versions.map(\.revision) == [1, 2] && versions.map(\.line.late) == [nil, 4])
        #expect(versions.last?.source == .file)
        // Told back as it was: a third version and not silence.
        #expect(try world.take([first[0]], at: "2026-05-22 09:00").corrected == 1)
        #expect(try await world.desk.versions(of: "A-1").count == 3)
        #expect(try await world.desk.versions(of: "A-9").isEmpty)
        try world.expectSameAfterRebuild()
    }

    @Test("a wrong line is named with its line and field, and keeps no other from being taken")
    func wrongLines() async throws {
        let world = try await World()
        var refused: [String] = []
        let report = try world.take(
            World.record("A-1"), "", "{\"number\":", World.record("A-2", ["service": "S9999"]),
            World.record("A-3", ["acceptedAt": "2026-03-02"]), World.record("A-4", ["колонка": "x"]),
            World.record("A-5"), refused: &refused)
        #expect(report.added == 2 && report.refused == 4 && report.lines == 6)
        #expect(refused.map { $0.prefix(19) }.count == 4)
        #expect(refused[0].hasPrefix("test.jsonl, line 3: "))
        #expect(refused[1] == "test.jsonl, line 4, service: The register has no service “S9999”.")
        #expect(refused[2].hasPrefix("test.jsonl, line 5, acceptedAt: "))
        #expect(refused[3].hasPrefix("test.jsonl, line 6, колонка: "))
    }

    @Test("a table says the same as objects: stages stand in one column")
    func table() async throws {
        let world = try await World()
        let table = """
            number;service;provider;way;form;acceptedAt;term;stages
            A-1;S0288;MIA;corporation;paper;2026-03-02T10:00:00+05:00;5 working days;accepted 2026-03-02T10:00:00+05:00; in-review 2026-03-03T10:00:00+05:00
            """.replacing("accepted 2026", with: "\"accepted 2026").replacing(
                "03T10:00:00+05:00", with: "03T10:00:00+05:00\"")
        let report = try ApplicationImport(
            ApplicationFile(bytes: Array(table.utf8), format: .csv, name: "t.csv"), into: world.desk
        ).runNow(by: world.actor, at: try at("2026-05-20 09:00"), refused: { throw World.Refused(what: "\($0)") })
        #expect(report.added == 1)
        let known = try #require(try await world.desk.versions(of: "A-1").last?.application)
        #expect(
            known.stages.map(\.stage) == [.accepted, .inReview] && known.way == .corporation && known.form == .paper)
        #expect(throws: CSVError.self) {
            try ApplicationImport(
                ApplicationFile(bytes: Array("number,service\n".utf8), format: .csv, name: "t.csv"), into: world.desk
            ).runNow(by: world.actor, at: try at("2026-05-20 09:00"))
        }
    }

    @Test("a line without an end is passed over and does not fill the memory")
    func longLine() async throws {
        let world = try await World()
        var refused: [String] = []
        let report = try world.take(
            String(repeating: "x", count: 200_000), World.record("A-1"), refused: &refused)
        #expect(report.added == 1 && refused.count == 1 && refused[0].contains("65536"))
    }
}
