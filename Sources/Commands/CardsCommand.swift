import ArgumentParser
import CanonicalJSON
import Foundation
import KnowledgeBase

/// `bailanys cards`: service cards and their editions.
struct CardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cards", abstract: "Import, show and compare service cards.",
        subcommands: [Import.self, Show.self, Difference.self])

    /// `bailanys cards import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in the YAML cards of a folder; what changed becomes a new edition.",
            discussion: "Exit code 1 where a file was refused; it is named with the line and what to do.")
        @OptionGroup var folders: Folders
        @Argument(help: "The folder.") var folder: String

        func run(in office: Office) async throws {
            let report = try office.centre.cards.importFolder(office.path(folder), by: office.actor, at: office.now)
            for problem in report.refused { office.output.note("\(problem)") }
            office.output.line(
                "\(report.added) added, \(report.changed) changed, \(report.unchanged) unchanged, \(report.refused.count) refused."
            )
            if !report.refused.isEmpty { throw ExitCode(1) }
        }
    }

    /// `bailanys cards show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print a card as JSON, with its state and edition.")
        @OptionGroup var folders: Folders
        @Argument(help: "The code, for instance S0288.") var code: String

        func run(in office: Office) async throws {
            guard let record = try await office.centre.cards.card(code) else {
                throw CommandFailure("There is no card “\(code)”.")
            }
            office.output.note("edition \(record.edition), \(record.state.rawValue), \(record.card.content.rawValue)")
            office.output.line(String(decoding: try CanonicalCoding.encode(record.card), as: UTF8.self))
        }
    }

    /// `bailanys cards difference`.
    struct Difference: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "difference", abstract: "Show what differs between two editions of a card.")
        @OptionGroup var folders: Folders
        @Argument(help: "The code.") var code: String
        @Argument(help: "The earlier edition.") var earlier: Int
        @Argument(help: "The later edition.") var later: Int

        func run(in office: Office) async throws {
            let changes = try await office.centre.journal.read { [code, earlier, later] db in
                try CardRecord.difference(of: code, from: earlier, to: later, in: db)
            }
            for change in changes { office.output.line("\(change.field)\n  - \(change.old)\n  + \(change.new)") }
        }
    }
}
