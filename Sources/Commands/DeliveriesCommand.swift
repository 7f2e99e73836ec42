import ArgumentParser
import CanonicalJSON
import ContactCentre
import Delivery
import Journal
import WebApp

/// `bailanys deliveries`: what leaves the house.
struct DeliveriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "Show what was pushed to the Agency, its attempts and receipts.",
        discussion: """
            A running server delivers and tries again by itself. What it gave up is “dead” and an alarm; look at the attempts, \
            mend the cause, put it back.
            """,
        subcommands: [List.self, Show.self, Requeue.self])

    /// `bailanys deliveries list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List deliveries, the latest first.",
            discussion: """
                Example: bailanys deliveries list
                Example: bailanys deliveries list --phase dead --json
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "Only this phase: \(DeliveryState.Phase.allCases.map(\.rawValue).joined(separator: ", ")).")
        var phase: String?
        @Option(help: "At most so many.") var limit = 50

        func validate() throws {
            guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes a number from 1 to 10000.") }
            if let phase, DeliveryState.Phase(rawValue: phase) == nil {
                throw ValidationError("--phase “\(phase)” is unknown: see --help.")
            }
        }

        func run(in office: Office) async throws {
            let phases = phase.flatMap(DeliveryState.Phase.init(rawValue:)).map { [$0] } ?? DeliveryState.Phase.allCases
            let deliveries = try await office.centre.journal.read { [limit] db in
                try DeliveryRecord.latest(phases, limit: limit, in: db)
            }
            try await office.list(deliveries, \.json) { delivery in
                let end = delivery.receiptNumber.map { "receipt \($0)" } ?? delivery.lastError ?? "–"
                return
                    "\(delivery.id.rawValue)\t\(delivery.subject)\t\(delivery.phase.rawValue)\t\(delivery.attempts) attempts\t\(end)"
            }
        }
    }

    /// `bailanys deliveries show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one delivery with every attempt.",
            discussion: "Example: bailanys deliveries show report-2026-10-1")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The identifier, as the list names it.") var id: String

        func run(in office: Office) async throws {
            let id = DeliveryID(id)
            let (delivery, attempts) = try await office.centre.journal.read { db in
                (try DeliveryRecord.fetch(id, in: db), try DeliveryRecord.attempts(of: id, in: db))
            }
            guard let delivery else { throw DeliveryError.unknown(id) }
            if json { return office.output.line(delivery.json(history: attempts).text) }
            office.output.line(
                "\(delivery.subject) to \(delivery.destination): \(delivery.phase.rawValue), \(delivery.size) bytes, sha256 \(delivery.digest)"
            )
            for attempt in attempts {
                let status = attempt.status.map { " \($0)" } ?? ""
                let next = attempt.nextAttemptAt.map { ", next \($0)" } ?? ""
                office.output.line(
                    "\(attempt.number). \(attempt.startedAt) \(attempt.outcome ?? "under way")\(status) \(attempt.message ?? "")\(next)"
                )
            }
        }
    }

    /// `bailanys deliveries requeue`.
    struct Requeue: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "requeue", abstract: "Put a delivery that was given up back into the outbox.",
            discussion: """
                Example: bailanys deliveries requeue report-2026-10-1 --reason "the Agency renewed its certificate"
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The identifier, as the list names it.") var id: String
        @Option(help: "Why.") var reason: String

        func run(in office: Office) async throws {
            let (delivery, reason, centre) = (DeliveryID(id), reason, office.centre)
            _ = try await centre.journal.transact(by: office.actor, at: office.now) { transaction in
                try centre.outbox.requeue(delivery, reason: reason, in: transaction)
                return true
            }
            office.answer(.object(["delivery": .string(id)]), "Recorded.")
        }
    }
}
