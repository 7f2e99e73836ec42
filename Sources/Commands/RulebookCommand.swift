import ArgumentParser
import Rulebook

/// `bailanys rulebook`: the law as it is loaded.
struct RulebookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rulebook", abstract: "Check the rulebooks and list their clocks.",
        discussion: "Reads schedules/rulebooks and names file, line and what to do for everything that is wrong.")

    @OptionGroup var folders: Folders

    func run() throws {
        let set = try ScheduleFolder(path: folders.schedules).rulebooks(knownEvents: KnownEvents.all)
        for edition in set.editions {
            print("\(edition.id): \(edition.title.en ?? edition.title.ru)")
            for procedure in edition.procedures {
                for rule in procedure.rules {
                    let terms = rule.terms.map { "\($0.term)" }.joined(separator: ", ")
                    print("  \(procedure.id) · \(rule.id) · \(rule.cite[.en]) · \(rule.owner.rawValue) · \(terms)")
                }
            }
        }
    }
}
