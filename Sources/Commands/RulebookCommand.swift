import ArgumentParser
import CanonicalJSON
import ContactCentre
import Languages
import Rulebook
import WebApp

/// `bailanys rulebook`: the law as it is loaded, and what another edition of it would change.
struct RulebookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rulebook", abstract: "Check the rulebooks and list their clocks; compare editions.",
        subcommands: [List.self, Compare.self], defaultSubcommand: List.self)

    /// `bailanys rulebook list`, and without a word.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Check the rulebooks and list their clocks.",
            discussion: """
                Reads schedules/rulebooks and names file, line and what to do for everything that is wrong.
                A clock whose text was not found says “unknown”: nothing is counted by it.
                Example: bailanys rulebook
                Example: bailanys rulebook --home /srv/draft-of-the-law --json
                """)

        @OptionGroup var folders: Folders
        @Flag(help: "Answer in JSON: one object a clock.") var json = false

        func run() throws {
            let set = try ScheduleFolder(path: folders.schedules).rulebooks(knownEvents: ContactCentre.lawfulEvents)
            for edition in set.editions {
                if !json { print("\(edition.id): \(edition.title.en ?? edition.title.ru)") }
                for procedure in edition.procedures {
                    for rule in procedure.rules {
                        let terms = rule.isUnknown ? ["unknown"] : rule.terms.map { "\($0.term)" }
                        if json {
                            print(Self.json(rule, terms, edition: "\(edition.id)", procedure: "\(procedure.id)").text)
                            continue
                        }
                        print(
                            "  \(procedure.id) · \(rule.id) · \(rule.cite[.en]) · \(rule.owner.rawValue) · \(terms.joined(separator: ", "))"
                        )
                    }
                }
            }
        }

        private static func json(_ rule: ClockRule, _ terms: [String], edition: String, procedure: String) -> JSON {
            .object([
                "edition": .string(edition), "procedure": .string(procedure), "rule": .string(rule.id),
                "title": .names(rule.title), "cite": .names(rule.cite), "owner": .string(rule.owner.rawValue),
                "force": .string(rule.force.rawValue), "terms": .array(terms.map(JSON.string)),
            ])
        }
    }
}
