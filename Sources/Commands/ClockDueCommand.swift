import ArgumentParser
import CanonicalJSON
import Foundation
import Rulebook
import WebApp
import WorkingDays

extension ClockCommand {
    /// `bailanys clock due`: the due date of each line of the standard input.
    struct Due: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "due",
            abstract: "Read lines such as “2026-03-19,2 working days” and print the due date of each.",
            discussion: """
                A line that cannot be read stops the work with its number; the lines before it are printed. With --json each \
                answer is an object with its line, day zero, term and due date.
                Example: bailanys clock due < events.csv
                """)

        @OptionGroup var folders: Folders
        @Flag(help: "Answer in JSON: one object a line.") var json = false

        func run() throws {
            let calendar = try ScheduleFolder(path: folders.schedules).calendar()
            var dues = DueLines(calendar: calendar, writesJSON: json)
            let output = FileHandle.standardOutput
            while true {
                let chunk = try StandardInput.read(upTo: 1 << 18)
                let isLast = chunk.isEmpty
                let failure = dues.take(chunk, isLast: isLast)
                try output.write(contentsOf: Data(dues.answer))
                dues.answer.removeAll(keepingCapacity: true)
                if let failure { throw failure }
                if isLast { return }
            }
        }
    }
}

/// Turns bytes of lines into bytes of due dates.
struct DueLines {
    /// The lines that are ready to be written.
    var answer: [UInt8] = []
    /// The longest line in bytes.
    private static let longest = 4_096
    private let calendar: WorkingCalendar
    private let writesJSON: Bool
    private var rest: [UInt8] = []
    private var number = 0
    private var terms: [(text: [UInt8], term: Term)] = []

    init(calendar: WorkingCalendar, writesJSON: Bool) {
        self.calendar = calendar
        self.writesJSON = writesJSON
    }

    /// Takes the next bytes; at the end also a last line without a line feed.
    /// - Returns: the failure at the first line that cannot be read.
    mutating func take(_ bytes: [UInt8], isLast: Bool) -> CommandFailure? {
        var start = 0
        let all = rest.isEmpty ? bytes : rest + bytes
        while let end = all[start...].firstIndex(of: 0x0A) {
            if let failure = line(all[start..<end]) { return failure }
            start = end + 1
        }
        rest = Array(all[start...])
        if rest.count > Self.longest {
            number += 1
            return failure("it is longer than \(Self.longest) bytes")
        }
        guard isLast, !rest.isEmpty else { return nil }
        return line(rest[...])
    }

    private mutating func line(_ bytes: ArraySlice<UInt8>) -> CommandFailure? {
        number += 1
        var bytes = bytes
        if bytes.last == 0x0D { bytes.removeLast() }
        if bytes.isEmpty { return nil }
        guard let comma = bytes.firstIndex(of: UInt8(ascii: ",")),
            let date = CivilDate(String(decoding: bytes[..<comma], as: UTF8.self))
        else { return failure("it does not begin with a date such as 2026-03-19 and a comma") }
        guard let term = term(bytes[(comma + 1)...]) else {
            return failure("what follows the comma is no term such as “2 working days”")
        }
        do {
            let due = try calendar.dueDate(term, from: date)
            if writesJSON {
                let members: [String: JSON] = [
                    "line": .number(number), "dayZero": .date(date), "term": .string("\(term)"), "due": .date(due),
                ]
                answer.append(contentsOf: JSON.object(members).bytes)
            } else {
                answer.append(contentsOf: due.description.utf8)
            }
            answer.append(0x0A)
            return nil
        } catch {
            return failure("\(error)")
        }
    }

    private mutating func term(_ bytes: ArraySlice<UInt8>) -> Term? {
        if let known = terms.first(where: { $0.text.elementsEqual(bytes) }) { return known.term }
        guard let term = Term(parsing: String(decoding: bytes, as: UTF8.self)) else { return nil }
        if terms.count < 32 { terms.append((Array(bytes), term)) }
        return term
    }

    private func failure(_ reason: String) -> CommandFailure {
        CommandFailure("Standard input, line \(number): \(reason). Mend the line and run the command again.")
    }
}
