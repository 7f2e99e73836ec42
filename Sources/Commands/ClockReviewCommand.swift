import ArgumentParser
import CanonicalJSON
import Casework
import Journal
import Rulebook
import WorkingDays

extension ClockCommand {
    /// `bailanys clock flagged`: the outcomes that wait for a person's decision.
    struct Flagged: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "flagged", abstract: "List outcomes that a change of the calendar has put in doubt.",
            discussion: "Decide each with “bailanys clock review”. Example: bailanys clock flagged --json")
        @OptionGroup var folders: Folders
        @Flag(help: "Print JSON.") var json = false

        func run(in office: Office) async throws {
            var filter = ClockFilter()
            filter.isFlagged = true
            let chosen = filter
            let clocks = try await office.centre.journal.read { db in
                try ClockRow.fetch(chosen, limit: 10_000, in: db)
            }
            if json { return office.output.line(JSON.array(clocks.map(Self.json)).text) }
            for clock in clocks {
                let ended = clock.endedOn.map { "ended \($0)" } ?? "open"
                office.output.line(
                    "\(clock.stream)\t\(clock.rule)\t\(clock.body ?? "–")\trecorded as \(Self.outcome(clock))\tdue \(clock.due)\t\(ended)"
                )
            }
        }

        private static func outcome(_ clock: ClockRow) -> String { clock.status == .breached ? "late" : "met" }

        private static func json(_ clock: ClockRow) -> JSON {
            .object([
                "case": .string(clock.stream.rawValue), "clock": .string(clock.rule),
                "body": clock.body.map { .string($0) } ?? .null, "recorded": .string(outcome(clock)),
                "due": .string(clock.due.description),
                "endedOn": clock.endedOn.map { .string($0.description) } ?? .null,
            ])
        }
    }

    /// `bailanys clock review`: a person's decision on one of them.
    struct Review: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "review", abstract: "Decide on an outcome that a change of the calendar has put in doubt.",
            discussion: """
                What was recorded may be upheld; it is turned round only where the calendar in force bears it out.
                Nothing is erased: the decision and its reason are an event of the case.
                Example: bailanys clock review onboarding/2026-7-MNE appoint-responsible-person --outcome met
                  --reason "2 April became a day off by decree 5"
                """)
        @OptionGroup var folders: Folders
        @Argument(help: "The case, as “bailanys clock flagged” names it: onboarding/…, complaint/….") var about: String
        @Argument(help: "The clock: the identifier of its rule.") var clock: String
        @Option(help: "met (in time) or late (a breach).") var outcome: String
        @Option(help: "Why.") var reason: String

        func validate() throws {
            if ClockChange.Outcome(rawValue: outcome) == nil {
                throw ValidationError("--outcome takes met or late, not “\(outcome)”.")
            }
        }

        func run(in office: Office) async throws {
            guard let outcome = ClockChange.Outcome(rawValue: outcome) else { return }
            let change = try await office.centre.casework.review(
                clock, of: StreamID(about), outcome: outcome, reason: reason, by: office.actor, at: office.now)
            let dates = change.due.map { ", due \($0) instead of \(change.was?.description ?? "?")" } ?? ""
            office.output.line("Recorded: \(outcome.rawValue)\(dates).")
        }
    }
}
