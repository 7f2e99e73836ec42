import ArgumentParser
import CSV
import Casework
import Foundation
import Journal
import Onboarding
import WorkingDays

/// `bailanys requests`: the plan-schedule and information requests.
struct RequestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests", abstract: "Take in the plan-schedule; list and show information requests.",
        subcommands: [Plan.self, List.self, Show.self])

    /// `bailanys requests plan`.
    struct Plan: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "plan", abstract: "Take in a plan-schedule that the IT body has approved (797 §3).",
            discussion:
                "Columns: line, service, body, request_date, acceptance_date, responsible_unit. Exit code 1 where lines were refused."
        )
        @OptionGroup var folders: Folders
        @Argument(help: "The table.") var file: String
        @Option(help: "The short name of the plan, for instance 2026.") var plan: String
        @Option(help: "The act by which the IT body approved it.") var approval: String
        @Option(help: "When it was approved; now unless given.") var at: String?

        func run(in office: Office) async throws {
            let path = office.path(file)
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw CommandFailure("\(path) cannot be read.")
            }
            var reader = try CSVReader(name: file, columns: OnboardingDesk.planColumns, bytes: Array(bytes))
            var rows: [CSVRow] = []
            while let row = try reader.next() { rows.append(row) }
            let report = try await office.centre.onboarding.importPlan(
                rows: rows, plan: plan, approval: approval, approvedAt: try office.moment(at), by: office.actor,
                at: office.now)
            for line in report.refused { office.output.note("\(file), \(line)") }
            office.output.line(
                "\(report.added.count) lines added, \(report.unchanged) known, \(report.refused.count) refused.")
            if !report.refused.isEmpty { throw ExitCode(1) }
        }
    }

    /// `bailanys requests list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List information requests.")
        @OptionGroup var folders: Folders
        @Option(help: "The code of the body.") var body: String?
        @Option(help: "The state: planned, sent, received, appointed, submitted, …") var state: String?

        func run(in office: Office) async throws {
            var filter = InformationRequestRecord.Filter()
            (filter.body, filter.state) = (body, state)
            let chosen = filter
            let records = try await office.centre.journal.read { db in
                try InformationRequestRecord.fetch(chosen, limit: 1_000, in: db)
            }
            for record in records {
                office.output.line(
                    "\(record.id)\t\(record.service)\t\(record.body)\tplanned \(record.requestOn)\t\(record.state)")
            }
        }
    }

    /// `bailanys requests show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one request: what happened, its clocks and their proof.")
        @OptionGroup var folders: Folders
        @Argument(help: "The case, for instance 2026-1-MIA.") var id: String

        func run(in office: Office) async throws {
            let stream = StreamID(kind: InformationRequest.streamKind, id: id)
            let casework = office.centre.casework
            let history = try await casework.history(of: stream)
            guard !history.isEmpty else { throw CaseworkError.noSuchCase(stream) }
            for (recorded, _) in history {
                office.output.line(
                    "\(recorded.version). \(casework.zone.iso8601(recorded.occurredAt)) \(recorded.name) — recorded \(casework.zone.iso8601(recorded.recordedAt)) by \(recorded.actor)"
                )
            }
            for clock in try await office.centre.journal.read({ try ClockRow.fetch(of: stream, in: $0) }) {
                let ended = clock.endedOn.map { ", ended \($0)" } ?? ""
                office.output.line(
                    "clock \(clock.rule): \(clock.status.rawValue), due \(clock.due)\(ended) — \(clock.proof)")
            }
        }
    }
}
