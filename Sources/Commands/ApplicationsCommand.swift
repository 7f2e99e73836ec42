import Applications
import ArgumentParser
import CanonicalJSON
import ContactCentre
import Foundation
import Journal
import Synchronization
import WebApp
import WorkingDays

/// `bailanys applications`: records of applications that providers enter into the monitoring system (797 §15-16, 452).
struct ApplicationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "applications", abstract: "Take in records of applications, and show one by its number.",
        discussion: "No record holds anything of the applicant; docs/applications.md says what it holds.",
        subcommands: [Import.self, Show.self, Pull.self])

    /// `bailanys applications import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in a file of records, CSV or JSON with an object on each line.",
            discussion: """
                A record that is known as it is changes nothing; one that says something new is a correction, and the old one is kept. \
                Lines that are wrong are left out and named. Interrupted, the command is simply given again. Exit code 1 where \
                lines were left out.
                Example: bailanys applications import applications-2026-11.csv
                Example: bailanys applications import applications-2026-11.jsonl
                """)
        static let mayBegin = true
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The file.") var file: String
        @Option(help: "csv or jsonl; by the ending of the name unless given.") var format: String?

        func validate() throws {
            if let format, ApplicationFile.Format(rawValue: format) == nil {
                throw ValidationError("--format takes csv or jsonl, not “\(format)”.")
            }
        }

        func run(in office: Office) async throws {
            let source = ApplicationFile(
                path: try office.path(file), format: format.flatMap(ApplicationFile.Format.init(rawValue:)))
            let output = office.output
            let problems = Mutex<[ApplicationProblem]>([])
            let report = try await ApplicationImport(source, into: office.centre.applications).run(
                by: office.actor, at: office.now,
                refused: { problem in
                    let count = problems.withLock { kept in
                        if kept.count <= 1_000 { kept.append(problem) }
                        return kept.count
                    }
                    if count <= 20 { output.note("\(problem)") }
                    if count == 21 { output.note("… more lines are wrong; --json names the first thousand.") }
                })
            var intake = ApplicationIntake()
            intake.report = report
            intake.problems = problems.withLock { $0 }
            office.answer(
                intake.json,
                "\(report.lines) lines: \(report.added) new, \(report.corrected) corrected, \(report.unchanged) known, \(report.refused) left out; \(report.doubtful) taken with a doubt."
            )
            if report.refused > 0 { throw ExitCode(1) }
        }
    }

    /// `bailanys applications show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print what is known of an application, each version that was told.",
            discussion: "Example: bailanys applications show DEMO-000003")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the application.") var number: String

        func run(in office: Office) async throws {
            let versions = try await office.centre.applications.versions(of: number)
            guard !versions.isEmpty else {
                throw CommandFailure("Nothing is known of the application “\(number)”.", .notFound)
            }
            for version in versions {
                let line = try JSON(encoding: version.line)
                office.answer(
                    .object(["revision": .int(Int64(version.revision)), "record": line]),
                    "revision \(version.revision), taken \(version.takenAt) by \(version.source.rawValue): \(line.text)"
                )
            }
        }
    }

    /// `bailanys applications pull`.
    struct Pull: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "pull",
            abstract: "Pull records from the monitoring system now, from where the last pull ended.",
            discussion: """
                A running server pulls by itself (stage-address, stage-minutes). What is known as it is changes nothing. The exit \
                code is 1 where the system could not be asked.
                Example: bailanys applications pull
                Example: bailanys applications pull --from ""
                """)
        @OptionGroup var options: OfficeOptions
        @Option(name: .customLong("from"), help: "Begin after this cursor; an empty text: at the beginning.")
        var cursor: String?

        func run(in office: Office) async throws {
            guard let pull = office.centre.stagePull else {
                throw CommandFailure(
                    "No monitoring system is set: write “stage-address” into the settings (bailanys config show).")
            }
            guard let state = try await pull.round(from: cursor) else {
                throw CommandFailure("A pull is under way already.")
            }
            office.answer(
                try JSON(encoding: state),
                lines: [
                    "taken \(state.taken), by the last pull \(state.lastReceived); goes on after \(state.cursor ?? "the beginning")"
                ] + state.refused.map { "not taken: \($0)" })
            if let fault = state.fault { throw CommandFailure(fault) }
        }
    }
}
