import Casework
import Forms
import Journal
import WorkingDays

/// The report of one period of a form, as a case: ended, sealed, corrected, delivered.
package protocol PeriodReport: CaseKind
where State == ReportState, Event == ReportEvent, Command == ReportAction {
    /// The code of its form in `schedules/reports/`.
    static var form: String { get }
    /// What stands before the period in the name of a report, where several forms have periods of one length: `violations-2026-03`.
    static var prefix: String { get }
    /// Whether its reports begin with the first complaint; else with the period that is set, since earlier ones may have gone
    /// another way.
    static var beginsByItself: Bool { get }
    /// The event that its period ended.
    static func ended(_ ended: PeriodEnded) -> ReportEvent
}

/// The report of one month to the Agency (797 §18), stream `monthly-report/2026-03`.
package enum MonthlyReport: PeriodReport {
    package static let streamKind = "monthly-report"
    package static let procedure: String? = "monthly-report"
    package static let initial = ReportState()
    /// `797-18`.
    package static let form = "797-18"
    /// From the first complaint on.
    package static let beginsByItself = true

    /// The month's end.
    package static func ended(_ ended: PeriodEnded) -> ReportEvent { .monthEnded(ended) }
}

/// The report of one quarter to the IT body (797 §13-14), stream `quarterly-report/2026-Q1`.
package enum QuarterlyReport: PeriodReport {
    package static let streamKind = "quarterly-report"
    package static let procedure: String? = "quarterly-report"
    package static let initial = ReportState()
    /// `797-13`.
    package static let form = "797-13"
    /// From the quarter that is set on.
    package static let beginsByItself = false

    /// The quarter's end.
    package static func ended(_ ended: PeriodEnded) -> ReportEvent { .quarterEnded(ended) }
}

/// The report of one month on violations of the terms of services (452, point 12), stream `violation-report/2026-03`.
package enum ViolationReport: PeriodReport {
    package static let streamKind = "violation-report"
    package static let procedure: String? = "violation-report"
    package static let initial = ReportState()
    /// `452-12`.
    package static let form = "452-12"
    /// `violations-`.
    package static let prefix = "violations-"
    /// From the month that is set on.
    package static let beginsByItself = false

    /// The month's end.
    package static func ended(_ ended: PeriodEnded) -> ReportEvent { .monthEnded(ended) }
}

/// The report of one quarter on services provided through the State Corporation (order 78, §62, form 3-мк), stream
/// `corporation-report/2026-Q1`.
package enum CorporationReport: PeriodReport {
    package static let streamKind = "corporation-report"
    package static let procedure: String? = "corporation-report"
    package static let initial = ReportState()
    /// `78-62-3mk`.
    package static let form = "78-62-3mk"
    /// `3mk-`.
    package static let prefix = "3mk-"
    /// From the quarter that is set on.
    package static let beginsByItself = false

    /// The quarter's end.
    package static func ended(_ ended: PeriodEnded) -> ReportEvent { .quarterEnded(ended) }
}

/// The report of one quarter on services provided electronically (order 78, §62, form 4-мк), stream `electronic-report/2026-Q1`.
package enum ElectronicReport: PeriodReport {
    package static let streamKind = "electronic-report"
    package static let procedure: String? = "electronic-report"
    package static let initial = ReportState()
    /// `78-62-4mk`.
    package static let form = "78-62-4mk"
    /// `4mk-`.
    package static let prefix = "4mk-"
    /// From the quarter that is set on.
    package static let beginsByItself = false

    /// The quarter's end.
    package static func ended(_ ended: PeriodEnded) -> ReportEvent { .quarterEnded(ended) }
}

extension PeriodReport {
    /// Nothing: its periods tell it.
    package static var prefix: String { "" }

    package static func evolve(_ state: inout State, by event: Event, stamp: EventStamp) {
        switch event {
        case .monthEnded(let ended), .quarterEnded(let ended):
            state.ended = ended
            state.endedAt = stamp.occurredAt
        case .reportSealed(let sealed):
            state.sealed.append(sealed)
            state.problem = nil
            state.sealedAt[sealed.revision] = stamp.occurredAt
        case .reportDelivered(let receipt): state.receipts.append(receipt)
        case .reportUndelivered(let undelivered): state.undelivered.append(undelivered)
        case .reportNotSealed(let problem): state.problem = problem
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<Event>] {
        switch command {
        case .end(let ended, let at):
            guard state.ended == nil else { return [] }
            guard at <= context.now else {
                throw ReportRefusal.monthNotOver(
                    "The period \(ended.period) is not over yet: its report can be made from the first day after it."
                )
            }
            return [Happening(Self.ended(ended), at: at)]
        case .seal(let sealed):
            guard state.ended != nil else {
                throw ReportRefusal.monthNotOver("The end of the period is not recorded yet.")
            }
            guard sealed.revision == state.sealed.count + 1 else {
                throw ReportRefusal.sealed(
                    "Revision \(sealed.revision) is sealed already: give a reason to make a corrected one.")
            }
            if sealed.revision > 1, sealed.reason?.contains(where: { !$0.isWhitespace }) != true {
                throw ReportRefusal.reasonMissing("A corrected report needs its reason.", field: "reason")
            }
            if sealed.revision > 1, sealed.changes.isEmpty {
                throw ReportRefusal.unchanged(
                    "Nothing has changed since revision \(sealed.revision - 1): correct the complaints first, or put the delivery back into the queue to send the same report again."
                )
            }
            return [Happening(.reportSealed(sealed), at: context.now)]
        case .deliver(let receipt):
            guard !state.receipts.contains(where: { $0.revision == receipt.revision }) else { return [] }
            // The Agency's time counts, so that an answer lost on the way makes no breach; never before the period's end
            // nor after now, should its clock be wrong. Nothing can be received before it was sealed: then our time counts.
            var receipt = receipt
            let sealedAt = state.sealedAt[receipt.revision] ?? receipt.receivedAt
            if receipt.receivedAt.adding(milliseconds: ReportReceipt.tolerance) < sealedAt {
                receipt.isBeforeSeal = true
                return [Happening(.reportDelivered(receipt), at: context.now)]
            }
            let earliest = max(state.endedAt ?? context.now, min(sealedAt, context.now))
            return [Happening(.reportDelivered(receipt), at: min(max(receipt.receivedAt, earliest), context.now))]
        case .giveUp(let undelivered): return [Happening(.reportUndelivered(undelivered), at: context.now)]
        case .hinder(let problem):
            guard state.sealed.isEmpty, state.problem != problem else { return [] }
            return [Happening(.reportNotSealed(problem), at: context.now)]
        }
    }
}
