import ArgumentParser
import Blocking
import CanonicalJSON
import CardBlanks
import Casework
import ContactCentre
import Foundation
import Journal
import KnowledgeBase
import Languages
import WebApp
import WorkingDays

/// `bailanys cards`: service cards and their editions.
struct CardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cards", abstract: "Import, list, show, compare, edit and confirm service cards.",
        subcommands: [
            Import.self, List.self, Show.self, History.self, Difference.self, Edit.self, Confirm.self, Outdate.self,
            Withdraw.self, Restore.self, Silent.self, Campaign.self,
        ])

    /// `bailanys cards import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in the YAML cards of a folder; what changed becomes a new edition.",
            discussion: """
                A file that has not changed since it was last taken in leaves its card as it is. One that has, while its \
                card was edited elsewhere or confirmed by a body, is kept out and named. \
                Exit code 1 where a file was refused; each fault is named with its line and what to do.
                Example: bailanys cards import knowledge/services

                Filled blanks (XLSX or CSV), one or a folder of them, are taken all or none; a fault names its cell.
                Example: bailanys cards import S0288.xlsx --preview
                """)
        static let mayBegin = true
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The folder.") var folder: String
        @Flag(help: "Put changed files over what coordinators and bodies have made of the cards.") var over = false
        @Flag(help: "Of filled blanks: they are what bodies submitted (797 §5, §6).") var submission = false
        @Flag(help: "Of filled blanks: only say what would be recorded and what is wrong.") var preview = false

        func run(in office: Office) async throws {
            let folder = try office.path(folder)
            if try await Blocking.long.run({ try CardBlankFolder.isMeant(by: folder) }) {
                return try await takeBlanks(folder, in: office)
            }
            let report = try await Blocking.long.run { [over] in
                try office.centre.cards.importFolder(folder, over: over, by: office.actor, at: office.now)
            }
            for problem in report.refused { office.output.note("\(problem)") }
            for problem in report.kept { office.output.note("kept: \(problem)") }
            let files = Set(report.refused.map(\.file)).count
            office.answer(
                try JSON(encoding: report),
                "\(report.added) added, \(report.changed) changed, \(report.unchanged) unchanged, \(report.kept.count) kept, \(files) refused."
            )
            if !report.refused.isEmpty { throw ExitCode(1) }
        }
    }

    /// `bailanys cards list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List cards: code, state, edition, body, title.",
            discussion: """
                Example: bailanys cards list --owner MIA --state live
                Example: bailanys cards list --flag unconfirmed --json
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "Only this state: \(CardState.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: String?
        @Option(help: "Only of this body.") var owner: String?
        @Option(help: "Only of this sphere.") var sphere: String?
        @Option(help: "Only for this region and the whole country.") var region: String?
        @Option(help: "Only with this flag: \(CardFilter.Flag.allCases.map(\.rawValue).joined(separator: ", ")).")
        var flag: String?

        func validate() throws {
            if let state, CardState(rawValue: state) == nil { throw ValidationError("--state “\(state)” is no state.") }
            if let flag, CardFilter.Flag(rawValue: flag) == nil {
                throw ValidationError("--flag “\(flag)” is no flag.")
            }
        }

        func run(in office: Office) async throws {
            var filter = CardFilter()
            filter.states = Set([state].compactMap { $0 }.compactMap(CardState.init(rawValue:)))
            (filter.owner, filter.sphere, filter.region) = (owner, sphere, region)
            filter.flag = flag.flatMap(CardFilter.Flag.init(rawValue:))
            var cursor: String?
            repeat {
                let page = try await office.centre.cards.cards(filter, after: cursor, limit: 200)
                try await office.list(page.items, \.summary, line: Self.line)
                cursor = page.next
            } while cursor != nil
        }

        private static func line(_ record: CardRecord) -> String {
            "\(record.card.code)\t\(record.state.rawValue)\t\(record.edition)\t\(record.card.owner)\t\(record.card.title.text(.ru)?.text ?? "")"
        }
    }

    /// `bailanys cards show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print a card as JSON, with its state and edition.",
            discussion: """
                The content is JSON as knowledge/README.md names its fields; with --json the state stands around it.
                Example: bailanys cards show S0288
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code, for instance S0288.") var code: String

        func run(in office: Office) async throws {
            guard let record = try await office.centre.cards.card(code) else {
                throw CommandFailure("There is no card “\(code)”: see “bailanys cards list”.", .notFound)
            }
            if json { return office.output.line(try record.json().text) }
            var words = ["edition \(record.edition)", record.state.rawValue, record.content.rawValue]
            if let day = record.liveFrom { words.append("consulted on from \(day)") }
            if let body = record.confirmedBy { words.append("confirmed by \(body)") }
            office.output.note(words.joined(separator: ", "))
            if let outdated = record.outdated {
                let fields = outdated.fields.isEmpty ? "" : " (\(outdated.fields.joined(separator: ", ")))"
                office.output.note("out of date\(fields): \(outdated.reason)")
            }
            let uneven = try await office.centre.journal.read { try record.unevenItems(in: $0) }
            for (field, language) in uneven.sorted(by: { $0.key < $1.key }) {
                office.output.note("“\(field)” is newer in \(language.rawValue)")
            }
            for field in record.card.oneLanguageItems { office.output.note("“\(field)” is in one language only") }
            office.output.line(String(decoding: try CanonicalCoding.encode(record.card), as: UTF8.self))
        }
    }

    /// `bailanys cards history`.
    struct History: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "history", abstract: "Show the editions of a card, the latest first, and who confirmed them.",
            discussion: "Example: bailanys cards history S0288")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code.") var code: String

        func run(in office: Office) async throws {
            let editions = try await office.centre.journal.read { [code] in try CardRecord.editions(of: code, in: $0) }
            guard !editions.isEmpty else {
                throw CommandFailure("There is no card “\(code)”: see “bailanys cards list”.", .notFound)
            }
            let zone = office.centre.casework.zone
            try await office.list(editions, \.json) { edition in
                let confirmed = edition.confirmedAt.map {
                    ", confirmed \(zone.iso8601($0)) by \(edition.confirmedBy ?? "?"): \(edition.confirmation ?? "")"
                }
                return
                    "\(edition.edition)\t\(zone.iso8601(edition.editedAt))\t\(edition.actor)\t\(edition.origin.rawValue): \(edition.source)\(confirmed ?? "")"
            }
        }
    }

    /// `bailanys cards difference`.
    struct Difference: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "difference", abstract: "Show what differs between two editions of a card, point by point.",
            discussion: "Example: bailanys cards difference S0288 1 2")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The code.") var code: String
        @Argument(help: "The earlier edition.") var earlier: Int
        @Argument(help: "The later edition.") var later: Int

        func run(in office: Office) async throws {
            let changes = try await office.centre.journal.read { [code, earlier, later] db in
                try CardRecord.difference(of: code, from: earlier, to: later, in: db)
            }
            guard let changes else {
                throw CommandFailure(
                    "“\(code)” has no edition \(earlier) or no edition \(later): see “bailanys cards history”.",
                    .notFound)
            }
            try await office.list(changes, \.json) { change in
                let field = change.field + (change.language.map { " (\($0.rawValue))" } ?? "")
                let words = [change.old.map { "  - \($0)" }, change.new.map { "  + \($0)" }].compactMap { $0 }
                return ([field] + words).joined(separator: "\n")
            }
        }
    }
}
