// How much processor a reading of a complaint takes: texts of 2,000 characters, and 100,000 characters of several kinds.
// Built and run by scripts/bench-reading.
//
// Arguments: the folder with schedules and knowledge, a file of complaints in JSON, one a line.

import CardSearch
import ContactCentre
import Foundation
import Triage
import WorkingDays

func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
}

/// The processor time of this process, in milliseconds.
func processor() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

/// Everything in a function, so that nothing is measured through a global variable.
func run(_ folder: String, _ file: String) throws {
    guard let date = CivilDate("2026-05-04") else { fail("no day") }
    let home = try TriageHome(home: folder)
    let lines = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self).split(separator: "\n")
    let texts = lines.compactMap { line in
        (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["text"] as? String
    }
    guard texts.count > 20 else { fail("Few complaints in \(file).") }

    /// Complaints in a row, from one of them on, until there are so many characters.
    func text(from first: Int, characters: Int) -> String {
        var text = ""
        var index = first
        while text.count < characters {
            text += texts[index % texts.count] + "\n"
            index += 1
        }
        return String(text.prefix(characters))
    }
    try home.withSearch { search in
        func measure(_ text: String) throws -> Double {
            let start = processor()
            _ = try home.reader.read(text, on: date, search: search)
            return processor() - start
        }
        let short = try (0..<200).map { try measure(text(from: $0 * 7, characters: 2_000)) }.sorted()
        print(
            String(
                format: "2,000 characters: p50 %.1f ms, p95 %.1f ms, most %.1f ms", short[100], short[190], short[199]))
        let long: [(name: String, text: String)] = [
            ("complaints", text(from: 0, characters: 100_000)),
            ("Latin", String(repeating: "qansha kutemin kualik ali shykpady ", count: 2_858)),
            ("one word", String(repeating: "а", count: 100_000)),
            ("no word", String(repeating: "?! ", count: 33_334)),
            ("numbers", String(repeating: "000101400332 ", count: 7_693)),
            ("names of places", String(repeating: "Абай Есіл Алматы ЦОН акимат «", count: 3_449)),
            ("misspelt", String(repeating: "удаставерениее куалыгымм поторял ", count: 3_031)),
        ]
        for (name, text) in long {
            let times = try (0..<5).map { _ in try measure(text) }.sorted()
            print(String(format: "100,000 characters, %@: %.1f ms", name, times[2]))
        }
    }
}

let arguments = CommandLine.arguments
guard arguments.count == 3 else { fail("folder complaints") }
do { try run(arguments[1], arguments[2]) } catch { fail("\(error)") }
