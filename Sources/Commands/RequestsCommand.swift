import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import Foundation
import Journal
import Onboarding
import Rulebook
import WebApp
import WorkingDays

/// `bailanys requests`: information requests, step by step.
struct RequestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests", abstract: "List and show information requests; record their steps (797 §4-12).",
        discussion: """
            The steps follow one another as the law asks: send, receive, appoint, submit (or return), enter, train, sign by \
            each side, golive. --at says when a step happened, as 2026-03-19T10:30:00+05:00; now unless given. \
            A step that the law or the order of things does not allow is refused with the reason; nothing has changed then. \
            Plan-schedules: `bailanys plan`.
            """,
        subcommands: [List.self, Show.self] + steps + [
            RequestCorrect.self, RequestAnnul.self, RequestRefuse.self, RequestNotify.self,
        ])

    /// `bailanys requests list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List information requests.",
            discussion: """
                Example: bailanys requests list --body MIA
                Example: bailanys requests list --state received --json
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "The code of the body.") var body: String?
        @Option(help: "The state: planned, sent, received, appointed, submitted, …") var state: String?

        func validate() throws {
            if let state, RequestState(rawValue: state) == nil {
                throw ValidationError(
                    "--state takes \(RequestState.allCases.map(\.rawValue).joined(separator: ", ")), not “\(state)”.")
            }
        }

        func run(in office: Office) async throws {
            var filter = InformationRequestRecord.Filter()
            (filter.body, filter.state) = (body, state.flatMap(RequestState.init))
            let chosen = filter
            let records = try await office.centre.journal.read { db in
                try InformationRequestRecord.fetch(chosen, limit: 10_000, in: db)
            }
            try await office.list(records, \.json) {
                "\($0.id)\t\($0.service)\t\($0.body)\tplanned \($0.requestOn)\t\($0.state)"
            }
        }
    }

    /// `bailanys requests show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one request: what happened, its clocks, their proof, what may follow.",
            discussion: """
                A short case beside the requests is named by its number, with its kind where several have that number.
                Example: bailanys requests show 2026-1-MIA
                Example: bailanys requests show information-change/MIA-2026-03-18
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The case, for instance 2026-1-MIA.") var id: String

        func run(in office: Office) async throws {
            let stream = try await office.case(id)
            let casework = office.centre.casework
            let history = try await casework.history(of: stream)
            guard !history.isEmpty else { throw CaseworkError.noSuchCase(stream) }
            let state = try await casework.load(InformationRequest.self, id: stream.id).state
            let next = stream.kind == InformationRequest.streamKind ? state.nextSteps.map(\.rawValue) : []
            let clocks = try await office.centre.journal.read { try ClockRow.fetch(of: stream, in: $0) }
            if json {
                guard let document = try await CaseDocument.onboarding(stream, in: office.centre) else {
                    throw CaseworkError.noSuchCase(stream)
                }
                return office.output.line(document.json.text)
            }
            for (recorded, _) in history {
                office.output.line(
                    "\(recorded.version). \(casework.zone.iso8601(recorded.occurredAt)) \(recorded.name) — recorded \(casework.zone.iso8601(recorded.recordedAt)) by \(recorded.actor)"
                )
            }
            for clock in clocks {
                let ended = clock.endedOn.map { ", ended \($0)" } ?? ""
                office.output.line(
                    "clock \(clock.rule): \(clock.standing.rawValue), due \(clock.due)\(ended) — \(clock.proof)")
            }
            office.output.line("next: " + (next.isEmpty ? "nothing" : next.joined(separator: ", ")))
        }
    }
}
