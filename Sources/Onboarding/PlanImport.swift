import CSV
import Casework
import Foundation
import Journal
import Languages
import Registry
import Rulebook
import WorkingDays

/// One line of a table that cannot be taken in.
package struct PlanProblem: Sendable, Codable, Hashable {
    /// The line of the file, from 1.
    package let line: Int
    /// The column.
    package let field: String
    /// A stable word for the string tables.
    package let code: String
    /// An English sentence that says what to do.
    package let reason: String

    /// `line 3, service: The register has no service “S1”: correct the code.`
    package var text: String { "line \(line), \(field): \(reason)" }
}

/// What came of the import of a plan-schedule.
package struct PlanReport: Sendable, Codable, Equatable {
    /// The cases that were begun; for a draft those that would be.
    package var added: [String] = []
    /// The lines that were there already, unchanged.
    package var unchanged = 0
    /// What could not be taken, line by line.
    package var problems: [PlanProblem] = []

    /// What could not be taken, line by line, with what to do.
    package var refused: [String] { problems.map(\.text) }
}

extension OnboardingDesk {
    /// The columns of a plan-schedule.
    package static let planColumns = ["line", "service", "body", "request_date", "acceptance_date", "responsible_unit"]

    /// The rows of a table of a plan-schedule.
    /// - Throws: `CSVError` where the file is no such table.
    package static func planRows(of bytes: [UInt8], named name: String) throws -> [CSVRow] {
        var reader = try CSVReader(name: name, columns: planColumns, bytes: bytes)
        var rows: [CSVRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    /// Takes in a plan-schedule that the IT body has approved (797 §3); a line that is there already is left alone.
    ///
    /// - Parameters:
    ///   - rows: the rows of the table.
    ///   - plan: the short name of the plan, for instance `2026`.
    ///   - approval: the act by which the IT body approved it.
    ///   - moment: when it was approved.
    /// - Returns: what was added and what was refused; refused lines do not keep the others out.
    package func importPlan(
        rows: [CSVRow], plan: String, approval: String, approvedAt moment: Moment, by actor: Actor, at now: Moment
    ) async throws -> PlanReport {
        try await casework.transact(by: actor, at: now) { session in
            let read = Self.lines(rows, plan: plan, in: session)
            var report = PlanReport(problems: read.problems)
            try Self.approve(read.lines, plan: plan, approval: approval, at: moment, in: session, &report)
            return report
        }
    }

    /// Keeps a plan-schedule that waits for the approval of the IT body; an earlier draft of the same plan is replaced.
    /// - Returns: what would be added, and what is wrong, line by line; wrong lines do not keep the others out.
    /// - Throws: `Refusal` where no line can be taken.
    package func draftPlan(
        rows: [CSVRow], plan: String, source: String, document: String? = nil, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> PlanReport {
        try await casework.transact(by: actor, at: now, once: key) { session in
            try Self.check(plan: plan)
            let read = Self.lines(rows, plan: plan, in: session)
            var report = PlanReport(problems: read.problems)
            var fresh: [PlanLine] = []
            for (line, number) in read.lines {
                let id = Self.id(plan: plan, line: line.line, body: line.body)
                if report.added.contains(id) {
                    report.problems.append(
                        PlanProblem(
                            line: number, field: "line", code: OnboardingRefusal.planTwice.rawValue,
                            reason: "The table has this line for this body twice: keep one of them."))
                } else if let known = try session.load(InformationRequest.self, id: id).state.line {
                    if known.says(line) { report.unchanged += 1 } else { report.problems.append(.changed(on: number)) }
                } else {
                    report.added.append(id)
                    fresh.append(line)
                }
            }
            report.problems.sort { $0.line < $1.line }
            if rows.isEmpty {
                throw OnboardingRefusal.planNoLines(
                    "The table has no line below the names of its columns: add the lines of the plan.",
                    field: "file")
            }
            // A table that is wrong from its first line to its last is only reported.
            if fresh.isEmpty, !report.problems.isEmpty || report.unchanged > 0 { return report }
            try session.perform(
                .draft(PlanDrafted(lines: fresh, source: source, document: document)), on: PlanSchedule.self, id: plan)
            return report
        }
    }

    /// Records that the IT body approved what waits; its lines come into force (797 §3).
    /// - Throws: `Refusal` where nothing waits, or the act is not named.
    package func approvePlan(
        _ plan: String, act: String, document: String? = nil, approvedAt moment: Moment, by actor: Actor,
        at now: Moment, once key: CommandKey? = nil
    ) async throws -> PlanReport {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let lines = try session.load(PlanSchedule.self, id: plan).state.draft?.lines ?? []
            let approved = PlanApproved(act: act, document: document, lines: lines.count)
            try session.perform(.approve(approved, at: moment), on: PlanSchedule.self, id: plan)
            var report = PlanReport()
            let numbered = lines.enumerated().map { ($1, $0 + 1) }
            try Self.approve(numbered, plan: plan, approval: act, at: moment, in: session, &report)
            return report
        }
    }

    /// Changes a line of a plan for all its bodies, in one transaction; requests that are accepted already are left alone.
    /// - Returns: the requests that were changed, and why others were not.
    /// - Throws: `Refusal` where the line does not exist, or nothing of it could be changed.
    package func amendLine(
        plan: String, line: String, _ amended: PlanLineAmended, amendedAt moment: Moment, by actor: Actor,
        at now: Moment, once key: CommandKey? = nil
    ) async throws -> SendingReport {
        try await casework.transact(by: actor, at: now, once: key) { session in
            var report = SendingReport()
            var first: Refusal?
            let records = try InformationRequestRecord.fetch(plan: plan, line: line, in: session.db)
            guard !records.isEmpty else {
                throw OnboardingRefusal.planLineUnknown(
                    "The plan has no line “\(line)”: check the number.", field: "line")
            }
            for record in records {
                do {
                    try session.perform(.amend(amended, at: moment), on: InformationRequest.self, id: record.id)
                    report.sent.append(record.id)
                } catch let refusal as Refusal {
                    first = first ?? refusal
                    report.refuse(record.id, refusal)
                }
            }
            if report.sent.isEmpty, let first { throw first }
            return report
        }
    }

    private static func approve(
        _ lines: [(line: PlanLine, number: Int)], plan: String, approval: String, at moment: Moment,
        in session: CaseSession, _ report: inout PlanReport
    ) throws {
        for (line, number) in lines {
            let id = Self.id(plan: plan, line: line.line, body: line.body)
            if let known = try session.load(InformationRequest.self, id: id).state.line {
                if known.says(line) { report.unchanged += 1 } else { report.problems.append(.changed(on: number)) }
                continue
            }
            let approved = PlanLineApproved(
                plan: plan, line: line.line, service: line.service, body: line.body, requestOn: line.requestOn,
                acceptanceOn: line.acceptanceOn, unit: line.unit, approval: approval,
                zone: try Registry.zone(ofBody: line.body, in: session.db)?.name)
            do {
                try session.perform(.approve(approved, at: moment), on: InformationRequest.self, id: id, isNew: true)
                report.added.append(id)
            } catch let error as ClockError {
                report.problems.append(
                    PlanProblem(
                        line: number, field: "request_date", code: OnboardingRefusal.planCalendar.rawValue,
                        reason: "\(error)"))
            } catch let refusal as Refusal {
                report.problems.append(
                    PlanProblem(
                        line: number, field: refusal.field ?? "line", code: refusal.code, reason: refusal.reason))
            }
        }
        report.problems.sort { $0.line < $1.line }
    }

    private static func lines(
        _ rows: [CSVRow], plan: String, in session: CaseSession
    ) -> (lines: [(line: PlanLine, number: Int)], problems: [PlanProblem]) {
        var lines: [(line: PlanLine, number: Int)] = []
        var problems: [PlanProblem] = []
        for row in rows {
            do {
                lines.append((try line(row, in: session), row.line))
            } catch let refusal as Refusal {
                problems.append(
                    PlanProblem(
                        line: row.line, field: refusal.field ?? "line", code: refusal.code, reason: refusal.reason))
            } catch {
                problems.append(
                    PlanProblem(
                        line: row.line, field: "line", code: OnboardingRefusal.planLine.rawValue, reason: "\(error)"))
            }
        }
        return (lines, problems)
    }

    private static func check(plan: String) throws {
        guard !plan.isEmpty, plan.count <= 40, plan.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." }) else {
            throw OnboardingRefusal.planName(
                "Give the plan a short name of letters, digits and dots, for instance 2026.",
                field: "plan")
        }
    }

    private static func line(_ row: CSVRow, in session: CaseSession) throws -> PlanLine {
        func field(_ name: String) -> String { String(row[name]).trimmingCharacters(in: .whitespaces) }
        func date(_ name: String) throws -> CivilDate {
            guard let date = CivilDate(field(name)) else {
                throw OnboardingRefusal.planDate("“\(field(name))” is no date: write it as 2026-03-19.", field: name)
            }
            guard session.calendar.years.contains(date.year) else {
                throw OnboardingRefusal.planCalendar(
                    "No calendar covers \(date.year): adopt it first, or correct the date.",
                    field: name)
            }
            return date
        }
        if let deceiving = planColumns.first(where: { String(row[$0]).deceives }) {
            throw OnboardingRefusal.planCharacters(
                "There are control characters in it, or such as turn the direction of reading: remove them.",
                field: deceiving)
        }
        guard !field("line").isEmpty, field("line").allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." }) else {
            throw OnboardingRefusal.planLine(
                "The line has no number of digits, letters and dots: give it one.", field: "line")
        }
        guard try Registry.service(field("service"), in: session.db) != nil else {
            throw OnboardingRefusal.planService(
                "The register has no service “\(field("service"))”: correct the code.", field: "service"
            )
        }
        guard try Registry.body(field("body"), in: session.db) != nil else {
            throw OnboardingRefusal.planBody(
                "The register has no body “\(field("body"))”: correct the code.", field: "body")
        }
        let requestOn = try date("request_date")
        let acceptanceOn = field("acceptance_date").isEmpty ? nil : try date("acceptance_date")
        if let acceptanceOn, acceptanceOn < requestOn {
            throw OnboardingRefusal.planOrder("The acceptance lies before the request.", field: "acceptance_date")
        }
        return PlanLine(
            line: field("line"), service: field("service"), body: field("body"), requestOn: requestOn,
            acceptanceOn: acceptanceOn, unit: field("responsible_unit").isEmpty ? nil : field("responsible_unit"))
    }
}

extension PlanProblem {
    fileprivate static func changed(on line: Int) -> PlanProblem {
        PlanProblem(
            line: line, field: "line", code: OnboardingRefusal.planChanged.rawValue,
            reason:
                "This line is approved already with other content: change it on the board, with the act and a reason."
        )
    }
}

extension PlanLineApproved {
    /// Whether a line of a table plans the same; the act that approved it may be named in other words.
    fileprivate func says(_ other: PlanLine) -> Bool {
        PlanLine(
            line: line, service: service, body: body, requestOn: requestOn, acceptanceOn: acceptanceOn, unit: unit)
            == other
    }
}

extension OnboardingDesk {
    /// The same from the bytes of a file.
    /// - Throws: `CSVError` where the file is no such table; `Refusal`.
    package func draftPlan(
        _ bytes: [UInt8], plan: String, source: String, document: String? = nil, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> PlanReport {
        let rows = try Self.planRows(of: bytes, named: source)
        return try await draftPlan(
            rows: rows, plan: plan, source: source, document: document, by: actor, at: now, once: key)
    }
}
