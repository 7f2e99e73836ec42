import ArgumentParser
import CanonicalJSON
import ContactCentre
import Contacts
import Foundation
import Journal

/// `bailanys stages`: the stages of applications that providers enter into the monitoring system (797 §15-16).
struct StagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stages", abstract: "Take in the stages of applications, so that operators can tell them.",
        subcommands: [Import.self])

    /// `bailanys stages import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in a table of stages; the same table again changes nothing.",
            discussion: """
                Columns: number, service, stage, date, body. Stages: accepted, in-review, waiting-for-applicant, ready, \
                issued, refused. Of the numbers only a keyed hash is kept. Exit code 1 where lines were refused.
                Example: bailanys stages import stages-2026-03-19.csv
                """)
        static let mayBegin = true
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The table.") var file: String

        func run(in office: Office) async throws {
            let bytes = try office.contents(of: file, upTo: 256 << 20)
            let report = try await office.centre.stages.import(
                name: file, bytes: bytes, by: office.actor, at: office.now)
            for line in report.refused { office.output.note("\(file), \(line)") }
            office.answer(
                try JSON(encoding: report),
                report.isKnown
                    ? "This table was taken in before; nothing changed."
                    : "\(report.taken) stages taken in, \(report.refused.count) lines refused.")
            if !report.refused.isEmpty { throw ExitCode(1) }
        }
    }
}
