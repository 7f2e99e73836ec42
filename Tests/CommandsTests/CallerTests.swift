import ContactCentre
import Foundation
import Journal
import TestSupport
import Testing

@testable import Commands

@Suite("A command that a server carries out for somebody elsewhere")
struct CallerTests {
    private static let header =
        "number,filed_at,kind,service,body,region,language,name,iin,phone,email,address,subject\n"

    private func complaint(_ number: String, kind: String = "order") -> String {
        "\(number),2026-03-02T10:00:00+05:00,\(kind),S0288,,75,kk,Тест Тестов,900101400001,+7700,a@b.kz,Алматы,ДЕМО\n"
    }

    @Test("Paths are the person's, and what only his own process has is refused with what to do")
    func paths() async throws {
        let office = try await CallerOffice()
        try office.put(Self.header + complaint("F1"), in: "forum.csv")
        let words = try await office.run("complaints", "import", "forum.csv")
        #expect(words.lines.first?.hasPrefix("1 lines: 1 registered") == true, "\(words.lines) \(words.notes)")
        for path in ["/dev/stdin", "/dev/fd/63", "/proc/self/fd/0", "../../../../../../../dev/stdin"] {
            let failure = await #expect(throws: CommandFailure.self) {
                try await office.run("complaints", "import", path, "--format", "csv")
            }
            #expect(failure?.description.contains("put it into a file") == true)
        }
        let failure = await #expect(throws: CommandFailure.self) { try await office.run("complaints", "register") }
        #expect(failure?.description.contains("put the JSON into a file") == true)
    }

    @Test("The law that is proposed is the person's, not that of the server's folder")
    func home() async throws {
        let office = try await CallerOffice()
        let schedules = office.there.file("schedules")
        try FileManager.default.copyItem(atPath: Repository.path + "/schedules", toPath: schedules)
        let year = schedules + "/calendar/2026.csv"
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: year)), as: UTF8.self)
        let more = text + "2026-11-12,holiday,Сынақ,Проверка,Сынақ,Проверка,2026-01-01,no\n"
        try Data(more.utf8).write(to: URL(fileURLWithPath: year))
        let same = try await office.run("calendar", "preview")
        #expect(same.lines.first?.hasPrefix("Moves 0") == true, "\(same.lines)")
        let other = try await office.run("calendar", "preview", home: office.there.path)
        #expect(other.lines.first?.hasPrefix("2026-11-12: ordinary day → holiday") == true, "\(other.lines)")
        let adopted = try await office.run("calendar", "adopt", "--reason", "test", home: office.there.path)
        #expect(adopted.lines.last == "Adopted as edition 2.")
    }

    @Test("A table of refused lines never empties the file that is read, nor any other")
    func errors() async throws {
        let office = try await CallerOffice()
        let forum = Self.header + complaint("F1") + complaint("F2", kind: "bad")
        try office.put(forum, in: "forum.csv")
        try office.put("mine", in: "other.csv")
        for name in ["forum.csv", "./forum.csv", "other.csv"] {
            let failure = await #expect(throws: CommandFailure.self) {
                try await office.run("complaints", "import", "forum.csv", "--errors", name)
            }
            #expect(failure?.description.contains("exists already") == true)
        }
        #expect(try office.text(of: "forum.csv") == forum && office.text(of: "other.csv") == "mine")
        await #expect(throws: (any Error).self) {
            try await office.run("complaints", "import", "forum.csv", "--errors", "left-out.csv")
        }
        let left = try office.text(of: "left-out.csv")
        #expect(left.contains("F2") && !left.contains("F1"))
        let files = try FileManager.default.contentsOfDirectory(atPath: office.there.path)
        #expect(Set(files) == ["forum.csv", "other.csv", "left-out.csv"])
        let rights = try FileManager.default.attributesOfItem(atPath: office.there.file("left-out.csv"))
        #expect(rights[.posixPermissions] as? Int == 0o600)
    }

    @Test("The same word of --once changes nothing, whenever the step is given again; other words are refused")
    func once() async throws {
        let office = try await CallerOffice()
        try office.put(
            "line,service,body,request_date,acceptance_date,responsible_unit\n1,S0288,MIA,2026-03-12,2026-04-09,Группа\n",
            in: "plan.csv")
        try await office.run("plan", "import", "plan.csv", "--plan", "2026")
        try await office.run("plan", "approve", "2026", "--act", "Order 1")
        let step = ["requests", "send", "2026-1-MIA", "--number", "05-12/101", "--once", "a"]
        let first = try await office.run(step)
        let head = try office.centre.journal.head()
        #expect(try await office.run(step).lines == first.lines)
        #expect(try office.centre.journal.head() == head)
        await #expect(throws: JournalError.keyReused("cli/a")) {
            try await office.run("requests", "send", "2026-1-MIA", "--number", "05-12/102", "--once", "a")
        }
        await #expect(throws: JournalError.keyReused("cli/a")) {
            try await office.run("requests", "receive", "2026-1-MIA", "--proof", "05-12/101", "--once", "a")
        }
        #expect(try office.centre.journal.head() == head)
    }

    @Test("Long work is done on threads of its own, not on those that answer callers")
    func threads() async throws {
        let office = try await CallerOffice()
        let verified = try await office.run("journal", "verify")
        #expect(verified.lines.first?.contains("events are right") == true)
        #expect(verified.threads == ["bailanys-long"])
        #expect(try await office.run("journal", "rebuild").threads == ["bailanys-long"])
        #expect(try await office.run("journal", "export", "all.jsonl").threads == ["bailanys-long"])
        // The file is whole, and stands under its name alone.
        #expect(try office.text(of: "all.jsonl").hasSuffix("\"}}\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: office.there.path) == ["all.jsonl"])
        let failure = await #expect(throws: CommandFailure.self) {
            try await office.run("journal", "export", "all.jsonl")
        }
        #expect(failure?.description.contains("exists already") == true)
    }
}
