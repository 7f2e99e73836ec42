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
                --learn takes the labels of another file for decisions of officers. --against reads the same complaints with
                the schedules/ and knowledge/ of another folder too, and tells what would get better and worse there.
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
        @Option(
            name: .customLong("learn"), help: "A file of labelled complaints to learn from, another than the measured.")
        var learnFile: String?
        @Option(help: "The folder with the schedules and knowledge to compare with, before they are put into place.")
        var against: String?
        @Flag(help: "Answer in JSON: each measure in thousandths.") var json = false

        func validate() throws {
            for part in without where ComplaintReader.Part(rawValue: part) == nil {
                throw ValidationError("--without “\(part)” is no part of the reading.")
            }
            if against != nil, runFile != nil {
                throw ValidationError("--against compares; --run writes one reading: give one of them.")
            }
            if let date, CivilDate(date) == nil {
                throw ValidationError("--date “\(date)” is no day: write it as 2026-03-19.")
            }
        }

        func run() throws {
            let evaluation = try evaluation(home: folders.homePath)
            if let against {
                let comparison = TriageComparison(
                    before: evaluation, after: try self.evaluation(home: Folders.absolute(against)))
                print(json ? Self.json(comparison).text : comparison.table)
                return
            }
            let report = TriageReport(evaluation)
            print(json ? Self.json(report).text : report.table)
            if let runFile {
                try OutputFile.replace(Folders.absolute(runFile), with: evaluation.runLines().utf8)
            }
        }

        /// The complaints as the files of a folder read them.
        private func evaluation(home: String) throws -> TriageEvaluation {
            let home = try TriageHome(home: home)
            return try home.withSearch { search in
                try TriageEvaluation(
                    file: Folders.absolute(complaints), reader: home.reader, on: ReadingDay.day(date),
                    without: Set(without.compactMap(ComplaintReader.Part.init(rawValue:))),
                    learningFrom: learnFile.map(Folders.absolute), keepsSigns: runFile != nil, search: search)
            }
        }

        private static func json(_ comparison: TriageComparison) -> JSON {
            func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
            func thousandths(_ value: Double?) -> JSON { value.map { .int(Int64(($0 * 1_000).rounded())) } ?? .null }
            return .object([
                "measures": .array(
                    comparison.measures.map {
                        .object([
                            "name": .string($0.name), "before": thousandths($0.before), "after": thousandths($0.after),
                        ])
                    }),
                "changes": .array(
                    comparison.changes.map {
                        .object([
                            "id": .string($0.id), "field": .string($0.field), "before": text($0.before),
                            "after": text($0.after), "labelled": text($0.labelled), "isBetter": .bool($0.isBetter),
                        ])
                    }),
            ])
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
