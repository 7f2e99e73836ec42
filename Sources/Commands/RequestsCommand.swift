import ArgumentParser
import CanonicalJSON
import Casework
import Foundation
import Journal
import Onboarding
import WorkingDays

/// `bailanys requests`: information requests, step by step.
struct RequestsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "requests", abstract: "List and show information requests; record their steps (797 §4-12).",
        discussion: """
            The steps follow one another as the law asks: send, receive, appoint, submit (or return), enter, train, sign by \
            each side, golive. --at says when a step happened, as 2026-03-19T10:30:00+05:00; now unless given.
            A step that the law or the order of things does not allow is refused with the reason; nothing has changed then.
            Plan-schedules: `bailanys plan`.
            """,
        subcommands: [List.self, Show.self] + steps + [RequestCorrect.self, RequestRefuse.self, RequestNotify.self])

    /// `bailanys requests list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List information requests.")
        @OptionGroup var folders: Folders
        @Option(help: "The code of the body.") var body: String?
        @Option(help: "The state: planned, sent, received, appointed, submitted, …") var state: String?
        @Flag(help: "Print one JSON object a line.") var json = false

        func run(in office: Office) async throws {
            var filter = InformationRequestRecord.Filter()
            (filter.body, filter.state) = (body, state)
            let chosen = filter
            let records = try await office.centre.journal.read { db in
                try InformationRequestRecord.fetch(chosen, limit: 10_000, in: db)
            }
            for record in records {
                office.output.line(
                    json
                        ? record.json
                        : "\(record.id)\t\(record.service)\t\(record.body)\tplanned \(record.requestOn)\t\(record.state)"
                )
            }
        }
    }

    /// `bailanys requests show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one request: what happened, its clocks, their proof, what may follow.")
        @OptionGroup var folders: Folders
        @Argument(help: "The case, for instance 2026-1-MIA.") var id: String
        @Flag(help: "Print JSON.") var json = false

        func run(in office: Office) async throws {
            let stream = StreamID(kind: InformationRequest.streamKind, id: id)
            let casework = office.centre.casework
            let history = try await casework.history(of: stream)
            guard !history.isEmpty else { throw CaseworkError.noSuchCase(stream) }
            let next = try await casework.load(InformationRequest.self, id: id).state.nextSteps.map(\.rawValue)
            let clocks = try await office.centre.journal.read { try ClockRow.fetch(of: stream, in: $0) }
            if json {
                let events = history.map { recorded, _ in
                    JSON.object([
                        "entry": .int(Int64(recorded.version)), "name": .string(recorded.name),
                        "at": .string(casework.zone.iso8601(recorded.occurredAt)),
                        "recordedAt": .string(casework.zone.iso8601(recorded.recordedAt)),
                        "actor": .string(recorded.actor.rawValue),
                    ])
                }
                let shown = clocks.map { clock in
                    var members: [String: JSON] = [
                        "rule": .string(clock.rule), "status": .string(clock.status.rawValue),
                        "due": .string(clock.due.description), "proof": .string(clock.proof),
                    ]
                    if let ended = clock.endedOn { members["endedOn"] = .string(ended.description) }
                    if let breached = clock.breachedOn { members["breachedOn"] = .string(breached.description) }
                    return JSON.object(members)
                }
                return office.output.line(
                    JSON.object([
                        "id": .string(id), "events": .array(events), "clocks": .array(shown),
                        "next": .array(next.map { .string($0) }),
                    ]).text)
            }
            for (recorded, _) in history {
                office.output.line(
                    "\(recorded.version). \(casework.zone.iso8601(recorded.occurredAt)) \(recorded.name) — recorded \(casework.zone.iso8601(recorded.recordedAt)) by \(recorded.actor)"
                )
            }
            for clock in clocks {
                let ended = clock.endedOn.map { ", ended \($0)" } ?? ""
                office.output.line(
                    "clock \(clock.rule): \(clock.status.rawValue), due \(clock.due)\(ended) — \(clock.proof)")
            }
            office.output.line("next: " + (next.isEmpty ? "nothing" : next.joined(separator: ", ")))
        }
    }
}

extension JSON {
    /// The canonical text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension InformationRequestRecord {
    /// The record as one JSON object.
    var json: String {
        var members: [String: JSON] = [
            "id": .string(id), "plan": .string(plan), "line": .string(line), "service": .string(service),
            "body": .string(body), "requestOn": .string(requestOn), "state": .string(state),
            "returns": .int(Int64(returns)), "days": .object(days.mapValues { .string($0) }),
        ]
        if let acceptanceOn { members["acceptanceOn"] = .string(acceptanceOn) }
        if let number { members["number"] = .string(number) }
        return JSON.object(members).text
    }
}
