import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Calendar, clocks, reports and the journal on the command line")
struct LawCommandTests {
    /// A request whose body has received it on 12 March 2026: its first term ends on the 16th.
    private func running() async throws -> CallerOffice {
        let office = try await CallerOffice()
        try office.put(
            "line,service,body,request_date,acceptance_date,responsible_unit\n1,S0288,MIA,2026-03-19,,Группа\n",
            in: "plan.csv")
        try await office.run("plan", "import", "plan.csv", "--plan", "2026")
        try await office.run("plan", "approve", "2026", "--act", "Order 1", "--at", "2026-03-10T10:00:00+05:00")
        try await office.run(
            "requests", "send", "2026-1-MIA", "--number", "1", "--at", "2026-03-19T09:00:00+05:00")
        try await office.run(
            "requests", "receive", "2026-1-MIA", "--proof", "1", "--at", "2026-03-19T10:00:00+05:00")
        return office
    }

    /// A folder of the law in which 20 March 2026 is a day off; the first term then ends a day later.
    private func propose(_ office: CallerOffice) throws {
        let schedules = office.there.file("schedules")
        try FileManager.default.copyItem(atPath: Repository.path + "/schedules", toPath: schedules)
        let year = URL(fileURLWithPath: schedules + "/calendar/2026.csv")
        let text = String(decoding: try Data(contentsOf: year), as: UTF8.self)
        try Data((text + "2026-03-20,holiday,Сынақ,Проверка,Сынақ,Проверка,2026-01-01,no\n").utf8).write(to: year)
    }

    private func due(_ office: CallerOffice) async throws -> String? {
        try await office.run("requests", "show", "2026-1-MIA").lines.first {
            $0.hasPrefix("clock appoint-responsible-person")
        }.flatMap { $0.firstMatch(of: #/due (\S+)/#).map { String($0.output.1) } }
    }

    @Test("a change of the calendar is shown, adopted, and undone; each edition stays visible with its reason")
    func calendar() async throws {
        let office = try await running()
        try propose(office)
        #expect(try await due(office) == "2026-03-26")
        let nothing = try await office.fails(["calendar", "undo", "--reason", "x"])
        #expect(nothing.contains("no change of the calendar that could be undone"))
        let preview = try await office.run("calendar", "preview", home: office.there.path).lines
        #expect(
            preview[0] == "2026-03-20: ordinary day → holiday Проверка" && preview[1].hasPrefix("Moves 1 due dates;"))
        #expect(preview.last == "  onboarding/2026-1-MIA appoint-responsible-person: 2026-03-26 → 2026-03-27")
        #expect(try await due(office) == "2026-03-26")
        try await office.run("calendar", "adopt", "--reason", "Decree 7", home: office.there.path)
        #expect(try await due(office) == "2026-03-27")
        let shown = try await office.run("calendar", "show", "2026").lines
        #expect(shown[0].hasPrefix("Edition 2, adopted ") && shown[0].hasSuffix(": Decree 7"))
        #expect(shown.contains { $0.hasPrefix("2026-03-20 holiday Сынақ / Проверка") })
        let undone = try #require(try await office.json("calendar", "undo", "--reason", "repealed").first)
        #expect(undone["edition"]?.int == 3 && undone["moves"]?.int == 1)
        #expect(try await due(office) == "2026-03-26")
        let again = try await office.fails(["calendar", "undo", "--reason", "x"])
        #expect(again.contains("no change of the calendar that could be undone"), "\(again)")
        let editions = try await office.json("calendar", "show", "2026").first?["editions"]?.array
        #expect(editions?.compactMap { $0["reason"]?.string }.prefix(2) == ["repealed", "Decree 7"])
    }

    @Test("a calendar file that is wrong is named with its line, and nothing is proposed")
    func wrongCalendar() async throws {
        let office = try await CallerOffice()
        try propose(office)
        let year = office.there.file("schedules/calendar/2026.csv")
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: year)), as: UTF8.self)
        try Data((text + "2026-02-30,holiday,a,b,c,d,2026-01-01,no\n").utf8).write(to: URL(fileURLWithPath: year))
        let error = await #expect(throws: (any Error).self) {
            try await office.run("calendar", "preview", home: office.there.path)
        }
        let lines = text.split(separator: "\n").count + 2
        #expect("\(try #require(error))".contains("2026.csv"), "\(lines): \(error.map { "\($0)" } ?? "")")
    }

    @Test("an outcome that a change of the calendar puts in doubt waits for a person, who decides once")
    func review() async throws {
        let office = try await running()
        try office.put(#"{"name":"Т","position":"п","phone":"1"}"#, in: "person.json")
        office.clock.advance(milliseconds: 10 * 86_400_000)
        // Met on the last day; by the calendar in which that day came earlier, late.
        try await office.run(
            "requests", "appoint", "2026-1-MIA", "--person", "person.json", "--at", "2026-03-27T10:00:00+05:00")
        #expect(try await office.run("clock", "flagged").lines.isEmpty)
        try propose(office)
        try await office.run("calendar", "adopt", "--reason", "Decree 7", home: office.there.path)
        let flagged = try await office.run("clock", "flagged").lines
        #expect(flagged.count == 1 && flagged[0].hasPrefix("onboarding/2026-1-MIA\tappoint-responsible-person\tMIA\t"))
        #expect(try await office.json("clock", "flagged").first?["rule"]?.string == "appoint-responsible-person")
        let decided = try await office.run(
            "clock", "review", "onboarding/2026-1-MIA", "appoint-responsible-person", "--outcome", "met", "--reason",
            "decree 7")
        #expect(decided.lines.first?.hasPrefix("Recorded: met") == true, "\(decided.lines)")
        #expect(try await office.run("clock", "flagged").lines.isEmpty)
        for (about, clock) in [("onboarding/2026-9-MIA", "x"), ("x", "x"), ("onboarding/2026-1-MIA", "x")] {
            let said = try await office.fails(["clock", "review", about, clock, "--outcome", "met", "--reason", "r"])
            #expect(said.hasPrefix("Error: "), "\(said)")
        }
        let trusted = try await office.fails(["clock", "confirm", "--reason", "compared"])
        #expect(trusted.hasPrefix("Error: "), "\(trusted)")
    }

    @Test("a month is shown, written, sealed once, shown as it was sealed, and made again the same")
    func reports() async throws {
        let office = try await CallerOffice()
        office.clock.advance(milliseconds: 14 * 86_400_000)
        let figures = try await office.run("report", "figures", "2026-03").lines
        #expect(!figures.isEmpty && figures.allSatisfy { $0.contains("\t") })
        for (format, start) in [("csv", ""), ("json", "{"), ("text", "")] {
            let lines = try await office.run("report", "export", "2026-03", "--format", format, "--language", "kk")
                .lines
            #expect(!lines.isEmpty && lines[0].hasPrefix(start), "\(format)")
        }
        let none = try await office.fails(["report", "show", "2026-03"])
        #expect(none == "Error: There is no such sealed report: see “bailanys report list”.")
        let sealed = try await office.run("report", "seal", "2026-03").lines
        let digest = try #require(sealed[0].firstMatch(of: #/^Revision 1 sealed: sha256 ([0-9a-f]{64}), /#)?.output.1)
        let twice = try await office.fails(["report", "seal", "2026-03"])
        #expect(twice.hasPrefix("Error: "), "\(twice)")
        let listed = try await office.run("report", "list").lines
        #expect(
            listed.contains { $0.hasPrefix("  revision 1: sha256 \(digest), position ") && $0.hasSuffix("none yet") })
        let shown = try await office.run("report", "show", "2026-03").lines
        #expect(try JSON(parsing: Array(shown[0].utf8))["period"]?.string == "2026-03")
        let remade = try #require(try await office.json("report", "remake", "2026-03").first)
        #expect(remade["isSame"]?.bool == true && remade["remade"]?.string == String(digest))
        let missing = try await office.fails(["report", "show", "2026-03", "--revision", "2"])
        #expect(missing.contains("There is no such sealed report"))
        let unmade = try await office.fails(["report", "remake", "2026-03", "--revision", "2"])
        #expect(unmade.hasPrefix("Error: "))
        // What was sealed waits in the outbox.
        let waiting = try await office.run("deliveries", "list").lines
        let id = try #require(waiting.first?.split(separator: "\t").first.map(String.init))
        #expect(try await office.run("deliveries", "show", id).lines[0].contains("sha256 \(digest)"))
        for command in [["show", "none"], ["requeue", "none", "--reason", "r"], ["requeue", id, "--reason", "r"]] {
            let said = try await office.fails(["deliveries"] + command)
            #expect(said.hasPrefix("Error: "), "\(said)")
        }
        #expect(try await office.run("deliveries", "list", "--phase", "dead").lines.isEmpty)
    }

    @Test("an export that was changed, cut off or is none is refused with its line, and of it nothing stays")
    func journal() async throws {
        let office = try await CallerOffice()
        try await office.run("journal", "export", "all.jsonl")
        let whole = try office.text(of: "all.jsonl")
        let lines = whole.split(separator: "\n")
        let events = try #require(try await office.json("journal", "verify").first?["checked"]?.int)
        #expect(lines.count == Int(events) + 1)
        let known = try await office.fails(["journal", "import", "all.jsonl"])
        #expect(known.contains("has events already"), "\(known)")
        for name in ["none.jsonl", "."] {
            let said = try await office.fails(["journal", "import", name])
            #expect(said.contains("cannot be read: check the name and the rights of the file."), "\(said)")
        }
        let counted = try #require(try await office.json("journal", "rebuild").first)
        #expect(counted["events"]?.int == events)
    }
}
