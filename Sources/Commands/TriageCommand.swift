import ArgumentParser
import CanonicalJSON
import ContactCentre
import Foundation
import Triage
import WorkingDays

/// `bailanys triage`: what the reading of complaints is worth.
struct TriageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "triage", abstract: "Measure the reading of complaints.", subcommands: [Evaluate.self])

    /// `bailanys triage eval`.
    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval", abstract: "Read a file of labelled complaints and measure the reading.",
            discussion: """
                A complaint is one JSON object a line: id, text and labels, as docs/routing.md describes them. Nothing of it is
                kept; no data folder is needed. --run writes what was read, one JSON object a line, for another scorer.
                Example: bailanys triage eval --complaints labelled.jsonl --run predictions.jsonl
                """)
        @OptionGroup var folders: Folders
        @Option(help: "The file of complaints.") var complaints: String
        @Option(name: .customLong("run"), help: "Write what was read of each complaint.") var runFile: String?
        @Option(help: "The day by which the registry and the routing table are asked; today unless given.")
        var date: String?
        @Option(
            parsing: .upToNextOption,
            help:
                "Parts to leave out, to see what they give: \(ComplaintReader.Part.allCases.map(\.rawValue).joined(separator: ", "))."
        )
        var without: [String] = []
        @Flag(help: "Answer in JSON: each measure in thousandths.") var json = false

        func validate() throws {
            for part in without where ComplaintReader.Part(rawValue: part) == nil {
                throw ValidationError("--without “\(part)” is no part of the reading.")
            }
            if let date, CivilDate(date) == nil {
                throw ValidationError("--date “\(date)” is no day: write it as 2026-03-19.")
            }
        }

        func run() throws {
            let home = try TriageHome(home: folders.homePath)
            let evaluation = try home.withSearch { search in
                try TriageEvaluation(
                    file: Folders.absolute(complaints), reader: home.reader, on: ReadingDay.day(date),
                    without: Set(without.compactMap(ComplaintReader.Part.init(rawValue:))),
                    keepsSigns: runFile != nil, search: search)
            }
            let report = TriageReport(evaluation)
            print(json ? Self.json(report).text : report.table)
            if let runFile {
                try OutputFile.replace(Folders.absolute(runFile), with: evaluation.runLines().utf8)
            }
        }

        private static func json(_ report: TriageReport) -> JSON {
            .object(
                Dictionary(
                    report.measures.map { ($0.name, $0.value.map { .int(Int64(($0 * 1_000).rounded())) } ?? .null) },
                    uniquingKeysWith: { first, _ in first }))
        }
    }
}

/// The day by which a text is read.
enum ReadingDay {
    /// The day that was written, or today.
    static func day(_ text: String?) -> CivilDate {
        text.flatMap { CivilDate($0) } ?? CivilZone.almaty.civilDate(of: .current)
    }
}
