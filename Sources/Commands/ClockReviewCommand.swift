import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import Journal
import Rulebook
import WebApp
import WorkingDays

extension ClockCommand {
    /// `bailanys clock flagged`: the outcomes that wait for a person's decision.
    struct Flagged: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "flagged", abstract: "List outcomes that a change of the calendar has put in doubt.",
            discussion: """
                Decide each with “bailanys clock review”.
                Example: bailanys clock flagged --json
                """)
        @OptionGroup var options: OfficeOptions

        func run(in office: Office) async throws {
            var filter = ClockFilter()
            filter.isFlagged = true
            let chosen = filter
            let clocks = try await office.centre.journal.read { db in
                try ClockRow.fetch(chosen, limit: 10_000, in: db)
            }
            let titles = office.centre.casework.rulebooks.ruleTitles
            try await office.list(clocks, { $0.json(titles: titles) }) { clock in
                let ended = clock.endedOn.map { "ended \($0)" } ?? "open"
                let former = clock.flaggedLapses.map { ", former term ended \($0)" }.joined()
                return
                    "\(clock.stream)\t\(clock.rule)\t\(clock.body ?? "–")\trecorded as \(Self.outcome(clock))\tdue \(clock.due)\t\(ended)\(former)"
            }
        }

        private static func outcome(_ clock: ClockRow) -> String { clock.status == .breached ? "late" : "met" }
    }

    /// `bailanys clock review`: a person's decision on one of them.
    struct Review: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "review", abstract: "Decide on an outcome that a change of the calendar has put in doubt.",
            discussion: """
                What was recorded may be upheld; it is turned round only where the calendar in force bears it out. \
                Nothing is erased: the decision and its reason are an event of the case.
                Example: bailanys clock review onboarding/2026-7-MNE appoint-responsible-person --outcome met --reason "decree 5"
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The case, as “bailanys clock flagged” names it: onboarding/…, complaint/….") var about: String
        @Argument(help: "The clock: the identifier of its rule.") var clock: String
        @Option(help: "met (in time) or late (a breach; of an internal target, missed).") var outcome: String
        @Option(help: "The former term that is meant, by its last day, where another body had the duty then.")
        var lapse: String?
        @Option(help: "Why.") var reason: String

        func validate() throws {
            if let lapse, CivilDate(lapse) == nil {
                throw ValidationError("--lapse takes a date as 2026-03-19; “\(lapse)” is none.")
            }
            if ClockChange.Outcome(rawValue: outcome) == nil {
                throw ValidationError("--outcome takes met or late, not “\(outcome)”.")
            }
        }

        func run(in office: Office) async throws {
            guard let outcome = ClockChange.Outcome(rawValue: outcome) else { return }
            let change = try await office.centre.casework.review(
                clock, of: StreamID(about), outcome: outcome, lapse: lapse.flatMap { CivilDate($0) }, reason: reason,
                by: office.actor, at: office.now)
            let dates = change.due.map { ", due \($0) instead of \(change.was?.description ?? "?")" } ?? ""
            office.answer(
                .members([
                    "case": .string(about), "rule": .string(clock), "outcome": .string(outcome.rawValue),
                    "due": .date(change.due), "was": .date(change.was),
                ]), "Recorded: \(outcome.rawValue)\(dates).")
        }
    }
}
