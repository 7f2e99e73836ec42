import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import InternalControl
import Journal
import WebApp
import WorkingDays

/// `bailanys discrepancies`: where the bodies' numbers and ours disagree (797 §20).
struct DiscrepanciesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discrepancies", abstract: "List and explain discrepancies between the bodies' numbers and ours.",
        discussion: """
            A discrepancy begins when a body's form is taken (`bailanys filings take`). Each unit of it needs a cause; the \
            explanation is sealed and pushed to the Agency at once, with what is left unexplained (797 §20).
            """,
        subcommands: [
            List.self, Show.self, DiscrepancyTemplate.self, DiscrepancyMatch.self, DiscrepancyContainer.self,
            Confirm.self, Withdraw.self,
            Explain.self, Settle.self,
        ])

    /// `bailanys discrepancies list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List discrepancies, the latest found first.",
            discussion: "Example: bailanys discrepancies list --open --body MJ")
        @OptionGroup var options: OfficeOptions
        @Option(help: "Only of this body.") var body: String?
        @Flag(help: "Only those that are not settled.") var open = false

        func run(in office: Office) async throws {
            var filter = DiscrepancyRecord.Filter()
            (filter.body, filter.isOpen) = (body, open)
            let chosen = filter
            let records = try await office.centre.journal.read { db in
                try DiscrepancyRecord.fetch(chosen, limit: 10_000, in: db)
            }
            try await office.list(records, \.json) { record in
                let theirs = record.theirs.map { "\($0)" } ?? "-"
                let left = record.unexplained
                return
                    "\(record.id)\ttheirs \(theirs)\tours \(record.ours)\tunexplained \(left)\t\(record.standing.rawValue)"
            }
        }
    }

    /// `bailanys discrepancies show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one: the numbers, what is proposed and confirmed, our complaints.",
            discussion: "Example: bailanys discrepancies show 78-1mk_2022-Q1_MJ_16")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "Its number.") var number: String

        func run(in office: Office) async throws {
            let desk = office.centre.internalControl
            let found = try await desk.discrepancy(number)
            guard let figures = found.state.figures else { throw CaseworkError.noSuchCase(found.stream) }
            let (record, complaints, proposals) = try await office.centre.journal.read { db in
                (
                    try DiscrepancyRecord.fetch(number, in: db),
                    try desk.complaints(behind: figures, limit: InternalControlDesk.listed, in: db),
                    try desk.proposals(found.state, in: db)
                )
            }
            var members = record?.json.object ?? [:]
            members["complaints"] = .array(complaints.map(JSON.string))
            members["proposed"] = .array(
                proposals.map { .object(["cause": .string($0.cause), "units": .number($0.units)]) })
            let numbers = figures.figures.map { figure in
                "\(figure.months)\ttheirs \(figure.theirs.map { "\($0)" } ?? "-")\tours \(figure.ours)"
            }
            let causes = found.state.causes.sorted { $0.key < $1.key }.map { entry, cause in
                "entry \(entry): \(cause.units) by \(cause.cause): \(cause.text)"
            }
            office.answer(
                .object(members),
                lines: numbers + causes + proposals.map { "proposed: \($0.units) by \($0.cause)" }
                    + ["unexplained: \(found.state.unexplained)"])
        }
    }

    /// `bailanys discrepancies confirm`.
    struct Confirm: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm", abstract: "Confirm a cause and how many units it explains.",
            discussion: """
                Example: bailanys discrepancies confirm 78-1mk_2022-Q1_MJ_16 --cause other-channel --units 2 \
                --text "their list of 7 April"
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the discrepancy.") var number: String
        @Option(help: "The code of the cause, as schedules/reconciliation/797.yaml has it.") var cause: String
        @Option(help: "How many units it explains.") var units: Int
        @Option(help: "What settles it; no names of people.") var text: String
        @Option(help: "The number of a complaint of ours that it is about; may be given several times.") var complaint:
            [String] = []
        @Option(help: "A document that proves it.") var document: String?

        func run(in office: Office) async throws {
            let document = try await office.attach(document)
            let cause = DiscrepancyCause(
                cause: cause, units: units, text: text, complaints: complaint, documents: document.map { [$0] } ?? [])
            try await office.record(.confirm(cause, rules: office.centre.internalControl.rules), on: number)
        }
    }

    /// `bailanys discrepancies withdraw`.
    struct Withdraw: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw", abstract: "Take a confirmed cause back.",
            discussion:
                "Example: bailanys discrepancies withdraw 78-1mk_2022-Q1_MJ_16 --entry 3 --reason \"not theirs\"")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the discrepancy.") var number: String
        @Option(help: "The entry that confirmed it.") var entry: Int
        @Option(help: "Why.") var reason: String

        func run(in office: Office) async throws {
            try await office.record(.withdraw(entry: entry, reason: reason), on: number)
        }
    }

    /// `bailanys discrepancies explain`.
    struct Explain: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain", abstract: "Seal the explanation as it stands and put it into the outbox.",
            discussion: "Example: bailanys discrepancies explain 78-1mk_2022-Q1_MJ_16")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the discrepancy.") var number: String

        func run(in office: Office) async throws {
            let sealed = try await office.centre.internalControl.explain(number, by: office.actor, at: office.now)
            office.answer(
                .object([
                    "revision": .number(sealed.revision), "digest": .string(sealed.digest),
                    "unexplained": .number(sealed.unexplained),
                ]), "Sealed: revision \(sealed.revision), sha256 \(sealed.digest), unexplained \(sealed.unexplained).")
        }
    }

    /// `bailanys discrepancies settle`.
    struct Settle: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "settle", abstract: "Settle what is explained and was told to the Agency.",
            discussion: "Example: bailanys discrepancies settle 78-1mk_2022-Q1_MJ_16 --reason \"receipt AR-000007\"")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the discrepancy.") var number: String
        @Option(help: "How it ended.") var reason: String

        func run(in office: Office) async throws {
            try await office.record(.settle(reason: reason), on: number)
        }
    }
}

extension Office {
    /// Records what is said of a discrepancy, and answers with its version.
    fileprivate func record(_ command: DiscrepancyCommand, on number: String) async throws {
        let desk = centre.internalControl
        try await desk.record(command, on: number, by: actor, at: now)
        let found = try await desk.discrepancy(number)
        recorded(found.stream, version: found.version)
    }
}
