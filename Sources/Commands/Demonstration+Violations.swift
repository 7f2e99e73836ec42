import Casework
import ContactCentre
import Correspondence
import Journal
import Rulebook
import WorkingDays

extension Demonstration {
    /// How many entries of the ledger are decided at most.
    private static let decided = 60

    /// Decides on what was late in earlier months, the earliest first, once: most are confirmed, every fifth excused; what is new waits.
    func decideViolations(_ centre: ContactCentre, today: CivilDate) async throws {
        let desk = centre.violations
        let entries = try await centre.journal.read { db -> [Violation] in
            let kinds = Set(ContactCentre.kinds.keys)
            var filter = ViolationFilter()
            (filter.caseKinds, filter.states) = (kinds, [.confirmed, .excused])
            guard try Violation.fetch(filter, limit: 1, in: db).isEmpty else { return [] }
            (filter.states, filter.through) = ([.drafted], CivilMonth(today).first)
            return try Violation.fetch(filter, isAscending: true, limit: Self.decided, in: db)
        }
        let grounds = desk.rules.grounds
        for (index, entry) in entries.enumerated() {
            let ground = grounds[(index / 5) % grounds.count].code
            let command: ViolationCommand =
                index % 5 == 4
                ? .excuse(ground: ground, words: "ДЕМО: \(ground)", document: nil)
                : .confirm(words: "ДЕМО", document: nil)
            try await desk.perform(command, on: entry.id, by: Self.actor, at: centre.now())
        }
        if !entries.isEmpty { output.note("demo: \(entries.count) entries of the ledger of violations decided") }
    }
}
