import ArgumentParser
import Complaints
import ContactCentre
import Foundation
import Languages
import Triage
import WorkingDays

extension ComplaintsCommand {
    /// `bailanys complaints read`.
    struct Read: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "read",
            abstract: "Show what a citizen's words say: what, where, whom, how urgent, who must answer.",
            discussion: """
                Nothing is recorded and no data folder is needed. Personal data are shown as ‹name›, ‹phone› and the like.
                The words of a real person belong into a file (--file), not into the history of a shell.
                Example: bailanys complaints read "в ЦОНе Караганды третью неделю не выдают удостоверение"
                Example: bailanys complaints read --file letter.txt --json
                """)
        @OptionGroup var folders: Folders
        @Argument(help: "The words.") var words: [String] = []
        @Option(help: "A file with the words; - for the standard input.") var file: String?
        @Option(help: "The language of the reasons: kk, ru or en.") var language = "en"
        @Option(help: "The day by which the registry and the routing table are asked; today unless given.")
        var date: String?
        @Flag(help: "Answer in JSON.") var json = false

        func validate() throws {
            if words.isEmpty == (file == nil) { throw ValidationError("Give the words, or --file with them.") }
            try Written.language(language)
            if let date, CivilDate(date) == nil {
                throw ValidationError("--date “\(date)” is no day: write it as 2026-03-19.")
            }
        }

        func run() throws {
            let home = try TriageHome(home: folders.homePath)
            let text = try text()
            let reading = try home.withSearch { search in
                try home.reader.read(text, on: ReadingDay.day(date), search: search)
            }
            if json { return print(reading.json.text) }
            ReadingSheet(text: text, reading: reading, language: try Written.language(language)).lines.forEach {
                print($0)
            }
        }

        private func text() throws -> String {
            guard let file else { return words.joined(separator: " ") }
            let data =
                file == "-"
                ? FileHandle.standardInput.readDataToEndOfFile()
                : try Data(contentsOf: URL(fileURLWithPath: Folders.absolute(file)))
            return String(decoding: data, as: UTF8.self)
        }
    }
}

/// A reading for a terminal.
struct ReadingSheet {
    let text: String
    let reading: ComplaintReading
    let language: Language

    /// The lines: the text with personal data hidden, then a line a field with its confidence and its words.
    var lines: [String] {
        var lines = [reading.masked(text), ""]
        lines.append(line("nature", reading.nature.value.rawValue, reading.nature.confidence, reading.nature.evidence))
        if let one = reading.elsewhere {
            lines.append(line("not ours", one.value.rawValue, one.confidence, one.evidence))
        }
        if reading.isComplaint, reading.elsewhere == nil {
            lines.append(line("kind", reading.kind.value.rawValue, reading.kind.confidence, reading.kind.evidence))
        }
        for service in reading.services {
            lines.append(line("service", service.value, service.confidence, service.evidence))
        }
        if let one = reading.region { lines.append(line("region", one.value, one.confidence, one.evidence)) }
        if !reading.openRegions.isEmpty {
            lines.append("region       open: " + reading.openRegions.joined(separator: ", "))
        }
        if let one = reading.place { lines.append(line("place", one.value, one.confidence, one.evidence)) }
        if let one = reading.named { lines.append(line("blamed", one.value, one.confidence, one.evidence)) }
        if let one = reading.urgent { lines.append(line("urgent", "yes", one.confidence, one.evidence)) }
        if let one = reading.again { lines.append(line("again", "yes", one.confidence, one.evidence)) }
        for matter in reading.matters { lines.append("matter       \(matter.service): “\(words(matter.bytes))”") }
        for (place, one) in reading.addressees.enumerated() {
            let why = language == .kk ? one.why.kk : language == .ru ? one.why.ru : one.why.en ?? one.why.ru
            lines.append(
                (place == 0 ? "answers      " : "or           ")
                    + "\(BodyAddress(code: one.body, unit: one.unit)) \(share(one.confidence)) \(one.rule) (\(one.edition)\(one.cite.map { ", " + $0[language] } ?? "")): \(why)"
            )
        }
        for one in reading.alternatives {
            lines.append("if           \(one.change): \(one.answer.address) \(one.answer.rule)")
        }
        lines.append("sure         " + share(reading.confidence))
        return lines
    }

    private func line(_ field: String, _ value: String, _ confidence: Double, _ evidence: [ComplaintReading.Evidence])
        -> String
    {
        let quoted = evidence.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }.map { "“\(words($0.bytes))”" }
        let shown = NSOrderedSet(array: quoted).array.prefix(6).compactMap { $0 as? String }.joined(separator: " ")
        return field.padding(toLength: 13, withPad: " ", startingAt: 0) + "\(value) \(share(confidence)) \(shown)"
    }

    private func share(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    /// Words of the text; what tells who somebody is stays hidden.
    private func words(_ range: Range<Int>) -> String {
        if reading.personal.contains(where: { $0.bytes.overlaps(range) }) { return "‹…›" }
        return String(decoding: Array(text.utf8)[range], as: UTF8.self).replacingOccurrences(of: "\n", with: " ")
    }
}
