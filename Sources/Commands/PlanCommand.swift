import ArgumentParser
import CanonicalJSON
import Casework
import Foundation
import Onboarding
import WorkingDays

/// `bailanys plan`: the plan-schedule.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Import, approve, change and show the plan-schedule (797 §3).",
        subcommands: [Import.self, Approve.self, Amend.self, Send.self, Show.self])

    /// `bailanys plan import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in a table that waits for the approval of the IT body.",
            discussion: """
                Columns: \(OnboardingDesk.planColumns.joined(separator: ", ")). Lines that are wrong are left out and named. \
                An earlier draft of the plan is replaced. No term runs before `plan approve`. Exit code 1 where lines were \
                left out.
                """)
        @OptionGroup var folders: Folders
        @Argument(help: "The table.") var file: String
        @Option(help: "The short name of the plan, for instance 2026.") var plan: String
        @Flag(help: "Print JSON.") var json = false

        func run(in office: Office) async throws {
            guard let bytes = FileManager.default.contents(atPath: office.path(file)) else {
                throw CommandFailure("\(file) cannot be read: check the name and the rights of the file.")
            }
            let report = try await office.centre.onboarding.draftPlan(
                Array(bytes), plan: plan, source: URL(fileURLWithPath: file).lastPathComponent,
                document: try office.attach(file), by: office.actor, at: office.now)
            try office.tell(report, file: file, json: json, verb: "wait for approval")
        }
    }

    /// `bailanys plan approve`.
    struct Approve: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve", abstract: "Record that the IT body approved what waits; its terms begin.")
        @OptionGroup var folders: Folders
        @Argument(help: "The plan.") var plan: String
        @Option(help: "The act of the IT body: number and date.") var act: String
        @Option(help: "When it was approved, as 2026-03-19T10:30:00+05:00; now unless given.") var at: String?
        @Option(help: "The act itself.") var document: String?
        @Flag(help: "Print JSON.") var json = false

        func run(in office: Office) async throws {
            let report = try await office.centre.onboarding.approvePlan(
                plan, act: act, document: try office.attach(document), approvedAt: try office.moment(at),
                by: office.actor, at: office.now)
            try office.tell(report, file: plan, json: json, verb: "in force")
        }
    }

    /// `bailanys plan amend`.
    struct Amend: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "amend", abstract: "Change a line of a plan for all its bodies, with the act and the reason.")
        @OptionGroup var folders: Folders
        @Argument(help: "The plan.") var plan: String
        @Argument(help: "The line.") var line: String
        @Option(help: "The planned day of the request, as 2026-03-19; as it is unless given.") var request: String?
        @Option(help: "The planned day of the acceptance; as it is unless given.") var acceptance: String?
        @Option(help: "The act that approved the change.") var act: String
        @Option(help: "Why.") var reason: String
        @Option(help: "When it was approved; now unless given.") var at: String?
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            for text in [request, acceptance].compactMap({ $0 }) where CivilDate(text) == nil {
                throw ValidationError("“\(text)” is no date: write it as 2026-03-19.")
            }
        }

        func run(in office: Office) async throws {
            let known = try await office.centre.journal.read { [plan, line] db in
                try PlanBoardLine.fetch(plan: plan, line: line, in: db).first
            }
            guard let known else { throw CommandFailure("The plan \(plan) has no line \(line): check the number.") }
            let report = try await office.centre.onboarding.amendLine(
                plan: plan, line: line,
                PlanLineAmended(
                    requestOn: request.flatMap { CivilDate($0) } ?? known.requestOn,
                    acceptanceOn: acceptance.flatMap { CivilDate($0) } ?? known.acceptanceOn, unit: known.unit,
                    approval: act, reason: reason),
                amendedAt: try office.moment(at), by: office.actor, at: office.now)
            try office.tell(report, json: json, verb: "changed")
        }
    }

    /// `bailanys plan send`.
    struct Send: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "send", abstract: "Record the sending of all requests of a line; nobody gets one twice.",
            discussion: "Interrupted, the command is simply given again: what was sent is left alone.")
        @OptionGroup var folders: Folders
        @Argument(help: "The plan.") var plan: String
        @Argument(help: "The line.") var line: String
        @Option(help: "The outgoing number; {n} stands for the running number.") var number: String
        @Option(help: "The first running number.") var start = 1
        @Option(help: "How: documentolog, email, courier or post.") var channel = "documentolog"
        @Option(help: "When; now unless given.") var at: String?
        @Option(help: "The request itself.") var document: String?
        @Flag(help: "Print JSON.") var json = false

        func run(in office: Office) async throws {
            let records = try await office.centre.journal.read { [plan, line] db in
                try InformationRequestRecord.fetch(plan: plan, line: line, in: db)
            }
            if records.isEmpty { throw CommandFailure("The plan \(plan) has no line \(line): check the number.") }
            if records.count > 1, !number.contains("{n}") {
                throw CommandFailure("--number needs {n}, so that each of the \(records.count) requests has its own.")
            }
            let places = Dictionary(
                records.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
            let output = office.output
            let report = try await office.centre.onboarding.sendAll(
                plan: plan, line: line, channel: channel, document: try office.attach(document),
                number: { [number, start] record in
                    number.replacingOccurrences(of: "{n}", with: "\(start + (places[record.id] ?? 0))")
                }, sentAt: try office.moment(at), by: office.actor, at: office.now,
                progress: { done, total in output.progress("\(done) of \(total)") })
            try office.tell(report, json: json, verb: "sent")
        }
    }

    /// `bailanys plan show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show the plans, or the lines of one with what is late first.")
        @OptionGroup var folders: Folders
        @Argument(help: "The plan; all plans unless given.") var plan: String?
        @Flag(help: "Print one JSON object a line.") var json = false

        func run(in office: Office) async throws {
            guard let plan else {
                for record in try await office.centre.journal.read({ try PlanRecord.fetch(in: $0) }) {
                    office.output.line(
                        json
                            ? JSON.object([
                                "plan": .string(record.plan), "requests": .int(Int64(record.requests)),
                                "draftLines": .int(Int64(record.draftLines)), "act": .string(record.act ?? ""),
                            ]).text
                            : "\(record.plan)\t\(record.requests) requests\t\(record.draftLines) lines wait for approval\t\(record.act ?? "–")"
                    )
                }
                return
            }
            for line in try await office.centre.journal.read({ try PlanBoardLine.fetch(plan: plan, in: $0) }) {
                let states = line.states.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", ")
                if json {
                    var members: [String: JSON] = [
                        "plan": .string(plan), "line": .string(line.line), "service": .string(line.service),
                        "requestOn": .string(line.requestOn.description), "overdue": .int(Int64(line.overdue)),
                        "states": .object(line.states.mapValues { .int(Int64($0)) }),
                    ]
                    if let date = line.acceptanceOn { members["acceptanceOn"] = .string(date.description) }
                    if let next = line.next {
                        members["next"] = .object(["rule": .string(next.rule), "due": .string(next.due.description)])
                    }
                    office.output.line(JSON.object(members).text)
                } else {
                    let next = line.next.map { "late after \($0.due) (\($0.rule))" } ?? "nothing runs"
                    let acceptance = line.acceptanceOn?.description ?? "–"
                    office.output.line(
                        "\(line.line)\t\(line.service)\trequest \(line.requestOn)\tacceptance \(acceptance)\t\(states)\t\(line.overdue) overdue\t\(next)"
                    )
                }
            }
        }
    }
}

extension Office {
    fileprivate func tell(_ report: PlanReport, file: String, json: Bool, verb: String) throws {
        for line in report.refused { output.note("\(file), \(line)") }
        output.line(
            json
                ? String(decoding: try CanonicalCoding.encode(report), as: UTF8.self)
                : "\(report.added.count) lines \(verb), \(report.unchanged) known, \(report.problems.count) refused.")
        if !report.problems.isEmpty { throw ExitCode(1) }
    }

    fileprivate func tell(_ report: SendingReport, json: Bool, verb: String) throws {
        for (id, reason) in report.refused.sorted(by: { $0.key < $1.key }) { output.note("\(id): \(reason)") }
        output.line(
            json
                ? String(decoding: try CanonicalCoding.encode(report), as: UTF8.self)
                : "\(report.sent.count) \(verb), \(report.already.count) already, \(report.refused.count) refused.")
        if !report.refused.isEmpty { throw ExitCode(1) }
    }
}
