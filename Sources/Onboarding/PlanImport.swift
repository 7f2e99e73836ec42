import CSV
import Casework
import Foundation
import Journal
import Registry
import Rulebook
import WorkingDays

/// What came of the import of a plan-schedule.
package struct PlanReport: Sendable, Codable, Equatable {
    /// The cases that were begun.
    package var added: [String] = []
    /// The lines that were there already, unchanged.
    package var unchanged = 0
    /// What could not be taken, line by line, with what to do.
    package var refused: [String] = []
}

extension OnboardingDesk {
    /// The columns of a plan-schedule.
    package static let planColumns = ["line", "service", "body", "request_date", "acceptance_date", "responsible_unit"]

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
            var report = PlanReport()
            for row in rows {
                do {
                    let line = try Self.line(row, plan: plan, approval: approval, in: session)
                    let id = Self.id(plan: plan, line: line.line, body: line.body)
                    if let known = try session.load(InformationRequest.self, id: id).state.line {
                        guard known.says(line) else {
                            throw Refusal(
                                "plan.changed",
                                "This line is approved already with other content: give a changed line a number of its own.",
                                field: "line")
                        }
                        report.unchanged += 1
                    } else {
                        try session.perform(
                            .approve(line, at: moment), on: InformationRequest.self, id: id, isNew: true)
                        report.added.append(id)
                    }
                } catch let refusal as Refusal {
                    report.refused.append("line \(row.line), \(refusal.field ?? "line"): \(refusal.reason)")
                } catch let error as ClockError {
                    report.refused.append("line \(row.line), request_date: \(error)")
                }
            }
            return report
        }
    }

    private static func line(
        _ row: CSVRow, plan: String, approval: String, in session: CaseSession
    ) throws -> PlanLineApproved {
        func field(_ name: String) -> String { String(row[name]).trimmingCharacters(in: .whitespaces) }
        func date(_ name: String) throws -> CivilDate {
            guard let date = CivilDate(field(name)) else {
                throw Refusal("plan.date", "“\(field(name))” is no date: write it as 2026-03-19.", field: name)
            }
            return date
        }
        guard !field("line").isEmpty, field("line").allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." }) else {
            throw Refusal(
                "plan.line", "The line has no number of digits, letters and dots: give it one.", field: "line")
        }
        guard try Registry.service(field("service"), in: session.db) != nil else {
            throw Refusal(
                "plan.service", "The register has no service “\(field("service"))”: correct the code.", field: "service"
            )
        }
        guard try Registry.body(field("body"), in: session.db) != nil else {
            throw Refusal("plan.body", "The register has no body “\(field("body"))”: correct the code.", field: "body")
        }
        let requestOn = try date("request_date")
        let acceptanceOn = field("acceptance_date").isEmpty ? nil : try date("acceptance_date")
        if let acceptanceOn, acceptanceOn < requestOn {
            throw Refusal("plan.order", "The acceptance lies before the request.", field: "acceptance_date")
        }
        return PlanLineApproved(
            plan: plan, line: field("line"), service: field("service"), body: field("body"), requestOn: requestOn,
            acceptanceOn: acceptanceOn, unit: field("responsible_unit").isEmpty ? nil : field("responsible_unit"),
            approval: approval)
    }
}

extension PlanLineApproved {
    /// Whether another line plans the same; the act that approved it may be named in other words.
    fileprivate func says(_ other: PlanLineApproved) -> Bool {
        var other = other
        other.approval = approval
        return self == other
    }
}
