import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import Foundation
import Journal
import Onboarding
import WebApp
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
                Example: bailanys plan import plan-2026.csv --plan 2026
                """)
        static let mayBegin = true
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The table.") var file: String
        @Option(help: "The short name of the plan, for instance 2026.") var plan: String

        func run(in office: Office) async throws {
            let bytes = try office.contents(of: file, upTo: 16 << 20)
            let name = URL(fileURLWithPath: file).lastPathComponent
            // What is wrong with a line is said before anything is kept of the file.
            let rows = try OnboardingDesk.planRows(of: bytes, named: name)
            let report = try await office.centre.onboarding.draftPlan(
                rows: rows, plan: plan, source: name, document: try await office.attach(file), by: office.actor,
                at: office.now)
            try office.tell(report, file: file, verb: "wait for approval")
        }
    }

    /// `bailanys plan approve`.
    struct Approve: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve", abstract: "Record that the IT body approved what waits; its terms begin.",
            discussion: "Example: bailanys plan approve 2026 --act \"Order 12 of 2026-01-15\" --document order.pdf")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The plan.") var plan: String
        @Option(help: "The act of the IT body: number and date.") var act: String
        @Option(help: "When it was approved, as 2026-03-19T10:30:00+05:00; now unless given.") var at: String?
        @Option(help: "The act itself.") var document: String?

        func validate() throws { try Written.moment(at) }

        func run(in office: Office) async throws {
            let report = try await office.centre.onboarding.approvePlan(
                plan, act: act, document: try await office.attach(document), approvedAt: try office.moment(at),
                by: office.actor, at: office.now)
            try office.tell(report, file: plan, verb: "in force")
        }
    }

    /// `bailanys plan amend`.
    struct Amend: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "amend", abstract: "Change a line of a plan for all its bodies, with the act and the reason.",
            discussion: """
                Example: bailanys plan amend 2026 7 --request 2026-04-13 --act "Order 31" --reason "the register moved"
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The plan.") var plan: String
        @Argument(help: "The line.") var line: String
        @Option(help: "The planned day of the request, as 2026-03-19; as it is unless given.") var request: String?
        @Option(help: "The planned day of the acceptance; as it is unless given.") var acceptance: String?
        @Option(help: "The act that approved the change.") var act: String
        @Option(help: "Why.") var reason: String
        @Option(help: "When it was approved; now unless given.") var at: String?

        func validate() throws {
            try Written.moment(at)
            for text in [request, acceptance].compactMap({ $0 }) where CivilDate(text) == nil {
                throw ValidationError("“\(text)” is no date: write it as 2026-03-19.")
            }
        }

        func run(in office: Office) async throws {
            let known = try await office.centre.journal.read { [plan, line] db in
                try PlanBoardLine.fetch(plan: plan, line: line, in: db).first
            }
            guard let known else {
                throw CommandFailure("The plan \(plan) has no line \(line): check the number.", .notFound)
            }
            let report = try await office.centre.onboarding.amendLine(
                plan: plan, line: line,
                PlanLineAmended(
                    requestOn: request.flatMap { CivilDate($0) } ?? known.requestOn,
                    acceptanceOn: acceptance.flatMap { CivilDate($0) } ?? known.acceptanceOn, unit: known.unit,
                    approval: act, reason: reason),
                amendedAt: try office.moment(at), by: office.actor, at: office.now)
            try office.tell(report, verb: "changed")
        }
    }

    /// `bailanys plan send`.
    struct Send: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "send", abstract: "Record the sending of all requests of a line; nobody gets one twice.",
            discussion: """
                Interrupted, the command is simply given again: what was sent is left alone.
                Example: bailanys plan send 2026 7 --number "05-12/{n}" --start 101 --channel email
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The plan.") var plan: String
        @Argument(help: "The line.") var line: String
        @Option(help: "The outgoing number; {n} stands for the running number.") var number: String
        @Option(help: "The first running number.") var start = 1
        @Option(help: "How: documentolog, email, courier or post.") var channel = "documentolog"
        @Option(help: "When; now unless given.") var at: String?
        @Option(help: "The request itself.") var document: String?

        func validate() throws {
            try Written.moment(at)
            guard (0...1_000_000_000).contains(start) else {
                throw ValidationError("--start takes a number from 0 to 1000000000, not \(start).")
            }
        }

        func run(in office: Office) async throws {
            let records = try await office.centre.journal.read { [plan, line] db in
                try InformationRequestRecord.fetch(plan: plan, line: line, in: db)
            }
            if records.isEmpty {
                throw CommandFailure("The plan \(plan) has no line \(line): check the number.", .notFound)
            }
            if records.count > 1, !number.contains("{n}") {
                throw CommandFailure("--number needs {n}, so that each of the \(records.count) requests has its own.")
            }
            let places = Dictionary(
                records.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
            let progress = WorkProgress(office.output, .pieces("requests sent"))
            let report = try await office.centre.onboarding.sendAll(
                plan: plan, line: line, channel: channel, document: try await office.attach(document),
                number: { [number, start] record in
                    number.replacingOccurrences(of: "{n}", with: "\(start + (places[record.id] ?? 0))")
                }, sentAt: try office.moment(at), by: office.actor, at: office.now,
                progress: { progress.reached(Int64($0), of: Int64($1)) })
            try office.tell(report, verb: "sent")
        }
    }

    /// `bailanys plan show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show the plans, or the lines of one with what is late first.",
            discussion: """
                Example: bailanys plan show
                Example: bailanys plan show 2026 --json
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The plan; all plans unless given.") var plan: String?

        func run(in office: Office) async throws {
            guard let plan else {
                try await office.list(try await office.centre.journal.read { try PlanRecord.fetch(in: $0) }, \.json) {
                    record in
                    "\(record.plan)\t\(record.requests) requests\t\(record.draftLines) lines wait for approval\t\(record.act ?? "–")"
                }
                return
            }
            let lines = try await office.centre.journal.read { try PlanBoardLine.fetch(plan: plan, in: $0) }
            try await office.list(lines, \.json) { line in
                let states = line.states.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0): \($1)" }.joined(
                    separator: ", ")
                let next = line.next.map { "late after \($0.due) (\($0.rule))" } ?? "nothing runs"
                let acceptance = line.acceptanceOn?.description ?? "–"
                return
                    "\(line.line)\t\(line.service)\trequest \(line.requestOn)\tacceptance \(acceptance)\t\(states)\t\(line.overdue) overdue, \(line.missed) targets missed\t\(next)"
            }
        }
    }
}

extension Office {
    fileprivate func tell(_ report: PlanReport, file: String, verb: String) throws {
        for line in report.refused { output.note("\(file), \(line)") }
        answer(
            report.json,
            "\(report.added.count) lines \(verb), \(report.unchanged) known, \(report.problems.count) refused.")
        if !report.problems.isEmpty { throw ExitCode(1) }
    }

    fileprivate func tell(_ report: SendingReport, verb: String) throws {
        for (id, reason) in report.refused.sorted(by: { $0.key < $1.key }) { output.note("\(id): \(reason)") }
        answer(
            report.json,
            "\(report.sent.count) \(verb), \(report.already.count) already, \(report.refused.count) refused.")
        if !report.refused.isEmpty { throw ExitCode(1) }
    }
}

extension PlanBoardLine {
    /// The line for scripts, with how many of its requests stand where and what is due next.
    fileprivate var json: JSON {
        .members([
            "plan": .string(plan), "line": .string(line), "service": .string(service),
            "requestOn": .date(requestOn), "acceptanceOn": .date(acceptanceOn), "overdue": .number(overdue),
            "missed": .number(missed),
            "states": .object(
                Dictionary(uniqueKeysWithValues: states.map { ($0.rawValue, JSON.number($1)) })),
            "next": next.map { .object(["rule": .string($0.rule), "due": .date($0.due)]) } ?? .null,
        ])
    }
}
