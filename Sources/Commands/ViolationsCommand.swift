import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import Correspondence
import Journal
import Rulebook
import WebApp
import WorkingDays

/// `bailanys violations`: the ledger of violations.
struct ViolationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "violations", abstract: "Keep the ledger of violations: every breached term of law.",
        subcommands: [List.self, Show.self, Confirm.self, Excuse.self, Tell.self, Withdraw.self, Close.self])
}

extension ViolationsCommand {
    /// `bailanys violations list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List entries of the ledger, the latest first.",
            discussion: """
                Example: bailanys violations list --state drafted --body MIA
                Example: bailanys violations list --month 2026-10 --json
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "drafted, confirmed, excused, reopened or closed.") var state: String?
        @Option(help: "The code of the body.") var body: String?
        @Option(help: "The clock: the identifier of its rule.") var rule: String?
        @Option(help: "The month in which they count, as 2026-10.") var month: String?
        @Option(help: "How the number of the case begins.") var number: String?
        @Option(help: "How many at most.") var limit = 100

        func validate() throws {
            if let state, Violation.State(rawValue: state) == nil {
                let known = Violation.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--state takes \(known), not “\(state)”.")
            }
            if let month, CivilMonth(month) == nil {
                throw ValidationError("--month takes a month as 2026-10; “\(month)” is none.")
            }
            if !(1...100_000).contains(limit) { throw ValidationError("--limit takes a number from 1 to 100000.") }
        }

        func run(in office: Office) async throws {
            var filter = ViolationFilter()
            filter.caseKinds = Set(ContactCentre.kinds.keys)
            if let state = state.flatMap(Violation.State.init(rawValue:)) { filter.states = [state] }
            (filter.body, filter.rule, filter.number) = (body, rule, number)
            if let month = month.flatMap({ CivilMonth($0) }) { filter.choose(month) }
            let (chosen, most) = (filter, limit)
            let entries = try await office.centre.journal.read { try Violation.fetch(chosen, limit: most, in: $0) }
            let titles = office.centre.casework.rulebooks.ruleTitles
            try await office.list(entries, { $0.json(titles: titles) }) { entry in
                let done = entry.endedOn.map { "done \($0)" } ?? "open"
                return "\(entry.id)\t\(entry.state.rawValue)\t\(entry.body ?? "–")\tdue \(entry.due)\t\(done)"
            }
        }
    }

    /// `bailanys violations show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one entry with the proof of its date and what was done with it.",
            discussion: """
                Example: bailanys violations show onboarding~2026-7-MNE~appoint-responsible-person~2026-04-03
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The entry, as “bailanys violations list” names it.") var entry: String

        func validate() throws { _ = try ViolationStepOptions.id(entry) }

        func run(in office: Office) async throws {
            let id = try ViolationStepOptions.id(entry)
            guard let found = try await office.centre.casework.violation(id) else {
                throw CommandFailure("There is no entry “\(entry)”: see “bailanys violations list”.", .notFound)
            }
            let casework = office.centre.casework
            let calendar = try await casework.journal.read { try casework.calendars.calendar(in: $0) }
            let events = found.history.compactMap { recorded, event -> (RecordedEvent, ViolationEvent)? in
                guard let happened = event.content as? ViolationEvent, happened.id(in: id.stream) == id else {
                    return nil
                }
                return (recorded, happened)
            }
            var members = found.entry.json(titles: casework.rulebooks.ruleTitles).object ?? [:]
            members["version"] = .number(found.version)
            members["timeline"] = .array(events.map { $1.json($0) })
            let late = try found.entry.daysLate(calendar, asOf: casework.today(office.now))
            let lines =
                [
                    "\(id): \(found.entry.state.rawValue)", "body \(found.entry.body ?? "–")",
                    "due \(found.entry.due), \(found.entry.endedOn.map { "done \($0)" } ?? "not done yet"), late by \(late) working days",
                    "proof \(found.entry.proof)",
                ] + events.map { "\($0.occurredAt) \($1.name) by \($0.actor)" }
            office.answer(.object(members), lines.joined(separator: "\n"))
        }
    }
}

/// What every step of an entry takes.
struct ViolationStepOptions: ParsableArguments {
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The entry, as “bailanys violations list” names it.") var entry: String

    func validate() throws { _ = try Self.id(entry) }

    /// The entry of a name.
    /// - Throws: `ValidationError` where it is none.
    static func id(_ text: String) throws -> Violation.ID {
        guard let id = Violation.ID(text) else {
            throw ValidationError("“\(text)” names no entry: see “bailanys violations list”.")
        }
        return id
    }

    /// Carries the step out and says what the entry has become.
    func perform(_ command: ViolationCommand, in office: Office) async throws {
        let id = try Self.id(entry)
        let version = try await office.centre.violations.perform(
            command, on: id, by: office.actor, at: office.now)
        try await tell(id, version, in: office)
    }

    /// Says what an entry has become.
    func tell(_ id: Violation.ID, _ version: Int, in office: Office) async throws {
        let state = try await office.centre.casework.violation(id)?.entry.state.rawValue ?? ""
        office.answer(
            .object(["id": .string(entry), "state": .string(state), "version": .number(version)]),
            "Recorded: \(entry) is \(state).")
    }
}
