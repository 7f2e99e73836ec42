import CanonicalJSON
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Commands

@Suite("Due dates of lines that come in pieces")
struct DueLinesTests {
    private static let text = """
        2026-03-19,2 working days\r
        2026-04-30,10 calendar days

        2026-10-15,5th of next month
        2026-03-19,at once
        """
    private static let answers = ["2026-03-26", "2026-05-12", "2026-11-05", "2026-03-19"]

    private static func calendar() throws -> WorkingCalendar { try TestCentre.schedules.calendar() }

    @Test("however the bytes are cut into pieces, each line has its answer")
    func pieces() throws {
        let (bytes, calendar) = (Array(Self.text.utf8), try Self.calendar())
        for size in 1...bytes.count {
            var dues = DueLines(calendar: calendar, writesJSON: false)
            for start in stride(from: 0, to: bytes.count, by: size) {
                #expect(dues.take(Array(bytes[start..<min(start + size, bytes.count)]), isLast: false) == nil)
            }
            #expect(dues.take([], isLast: true) == nil)
            let lines = String(decoding: dues.answer, as: UTF8.self).split(separator: "\n").map(String.init)
            #expect(lines == Self.answers, "in pieces of \(size)")
        }
    }

    @Test("for a script each answer says which line it is of")
    func json() throws {
        var dues = DueLines(calendar: try Self.calendar(), writesJSON: true)
        #expect(dues.take(Array(Self.text.utf8), isLast: true) == nil)
        let answers = try dues.answer.split(separator: 0x0A).map { try JSON(parsing: Array($0)) }
        #expect(answers.compactMap { $0["line"]?.int } == [1, 2, 4, 5])
        #expect(answers.compactMap { $0["due"]?.string } == Self.answers)
        #expect(answers.compactMap { $0["dayZero"]?.string }.first == "2026-03-19")
        #expect(answers.compactMap { $0["term"]?.string }.first == "2 working days")
    }

    @Test(
        "a line that cannot be read stops the work with its number; what came before it is answered",
        arguments: [
            ("2026-03-19", "it does not begin with a date such as 2026-03-19 and a comma"),
            ("2026-02-30,2 working days", "it does not begin with a date"),
            (",2 working days", "does not begin with a date"),
            ("2026-03-19,", "is no term such as"), ("2026-03-19,2 days of work", "is no term such as"),
            ("2040-01-09,2 working days", "2040.csv"),
            ("2026-03-19,999999999 working days", "line 3"), ("\u{0}", "does not begin with a date"),
            (String(repeating: "9", count: 5_000), "it is longer than 4096 bytes"),
        ])
    func wrong(line: String, said: String) throws {
        var dues = DueLines(calendar: try Self.calendar(), writesJSON: false)
        let failure = dues.take(Array("2026-03-19,2 working days\n\n\(line)".utf8), isLast: true)
        #expect(
            failure?.description.hasPrefix("Standard input, line 3: ") == true, "\(failure?.description ?? "taken")")
        #expect(failure?.description.contains(said) == true, "\(failure?.description ?? "taken")")
        #expect(failure?.description.hasSuffix("Mend the line and run the command again.") == true)
        #expect(dues.answer == Array("2026-03-26\n".utf8))
    }
}
