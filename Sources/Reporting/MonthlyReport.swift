import CanonicalJSON
import Casework
import Journal
import WorkingDays

/// A sealed report: what was frozen.
package struct ReportSealed: Codable, Hashable, Sendable {
    /// 1 for the first, then counting up.
    package var revision: Int
    /// The position of the journal from which it was made.
    package var position: Int64
    /// The SHA-256 of the document at rest, in hexadecimal.
    package var digest: String
    /// The SHA-256 of the document as the Agency gets it.
    package var deliveredDigest: String
    /// The size of the document at rest, in bytes.
    package var bytes: Int
    /// Why it was made again; nil for the first.
    package var reason: String?
    /// What differs from the revision before; empty for the first.
    package var changes: [String]
}

/// The Agency's receipt.
package struct ReportReceipt: Codable, Hashable, Sendable {
    /// The revision that it is for.
    package var revision: Int
    /// Its number.
    package var number: String
    /// When the Agency received it, by its own clock.
    package var receivedAt: Moment
    /// The SHA-256 of what it received.
    package var digest: String
}

/// A delivery that was given up.
package struct ReportUndelivered: Codable, Hashable, Sendable {
    /// The revision.
    package var revision: Int
    /// Why it was given up.
    package var reason: String
}

/// The end of a month.
package struct MonthEnded: Codable, Hashable, Sendable {
    /// The month, as `2026-03`.
    package var period: String
    /// Its last day.
    package var lastDay: CivilDate
}

/// What can happen to the report of a month.
package enum MonthlyReportEvent: EventContent, Equatable {
    /// The month ended: the clock of §18 starts.
    case monthEnded(MonthEnded)
    /// A revision was sealed and put into the outbox.
    case reportSealed(ReportSealed)
    /// The Agency has it: the clock stops.
    case reportDelivered(ReportReceipt)
    /// The delivery was given up.
    case reportUndelivered(ReportUndelivered)

    private typealias Reader = @Sendable ([UInt8]) throws -> Self

    private static let readers: KeyValuePairs<String, Reader> = [
        "monthEnded": { .monthEnded(try CanonicalCoding.decode(MonthEnded.self, from: $0)) },
        "reportSealed": { .reportSealed(try CanonicalCoding.decode(ReportSealed.self, from: $0)) },
        "reportDelivered": { .reportDelivered(try CanonicalCoding.decode(ReportReceipt.self, from: $0)) },
        "reportUndelivered": { .reportUndelivered(try CanonicalCoding.decode(ReportUndelivered.self, from: $0)) },
    ]

    package static let names = readers.map(\.key)

    /// The name and what was recorded.
    private var parts: (name: String, content: any Encodable) {
        switch self {
        case .monthEnded(let event): ("monthEnded", event)
        case .reportSealed(let event): ("reportSealed", event)
        case .reportDelivered(let event): ("reportDelivered", event)
        case .reportUndelivered(let event): ("reportUndelivered", event)
        }
    }

    package var name: String { parts.name }

    package var clockDate: CivilDate? { if case .monthEnded(let ended) = self { ended.lastDay } else { nil } }

    package func write(to json: inout JSONWriter) throws { json.canonical(try CanonicalCoding.encode(parts.content)) }

    package init(name: String, payload: [UInt8]) throws {
        guard let read = Self.readers.first(where: { $0.key == name })?.value else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "“\(name)” is no event of a monthly report"))
        }
        self = try read(payload)
    }
}

/// What is known of the report of a month.
package struct MonthlyReportState: Hashable, Sendable {
    /// The end of the month; nil where the case does not exist.
    package var ended: MonthEnded?
    /// The first moment after the month.
    package var endedAt: Moment?
    /// The sealed revisions, the first first.
    package var sealed: [ReportSealed] = []
    /// The receipts.
    package var receipts: [ReportReceipt] = []
    /// The deliveries that were given up.
    package var undelivered: [ReportUndelivered] = []
}

/// What can be asked of the report of a month.
package enum MonthlyReportCommand: Sendable {
    /// Notes the end of the month.
    case end(MonthEnded, at: Moment)
    /// Seals a revision.
    case seal(ReportSealed)
    /// Records the receipt.
    case deliver(ReportReceipt)
    /// Records that the delivery was given up.
    case giveUp(ReportUndelivered)
}

/// The case of the report of one month, stream `monthly-report/2026-03`.
package enum MonthlyReport: CaseKind {
    package typealias State = MonthlyReportState
    package typealias Event = MonthlyReportEvent
    package typealias Command = MonthlyReportCommand

    package static let streamKind = "monthly-report"
    package static let procedure: String? = "monthly-report"
    package static let initial = MonthlyReportState()

    package static func evolve(_ state: inout State, by event: Event, stamp: EventStamp) {
        switch event {
        case .monthEnded(let ended):
            state.ended = ended
            state.endedAt = stamp.occurredAt
        case .reportSealed(let sealed): state.sealed.append(sealed)
        case .reportDelivered(let receipt): state.receipts.append(receipt)
        case .reportUndelivered(let undelivered): state.undelivered.append(undelivered)
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<Event>] {
        switch command {
        case .end(let ended, let at):
            guard state.ended == nil else { return [] }
            guard at <= context.now else {
                throw Refusal(
                    "report.monthNotOver",
                    "The month \(ended.period) is not over yet: its report can be made from the first day of the next month."
                )
            }
            return [Happening(.monthEnded(ended), at: at)]
        case .seal(let sealed):
            guard state.ended != nil else {
                throw Refusal("report.monthNotOver", "The end of the month is not recorded yet.")
            }
            guard sealed.revision == state.sealed.count + 1 else {
                throw Refusal(
                    "report.sealed",
                    "Revision \(sealed.revision) is sealed already: give a reason to make a corrected one.")
            }
            if sealed.revision > 1, sealed.reason?.contains(where: { !$0.isWhitespace }) != true {
                throw Refusal("report.reasonMissing", "A corrected report needs its reason.", field: "reason")
            }
            if sealed.revision > 1, sealed.changes.isEmpty {
                throw Refusal(
                    "report.unchanged",
                    "Nothing has changed since revision \(sealed.revision - 1): correct the complaints first, or put the delivery back into the queue to send the same report again."
                )
            }
            return [Happening(.reportSealed(sealed), at: context.now)]
        case .deliver(let receipt):
            guard !state.receipts.contains(where: { $0.revision == receipt.revision }) else { return [] }
            // The Agency's time counts, so that an answer lost on the way makes no breach; never before the month's end
            // nor after now, should its clock be wrong.
            let earliest = state.endedAt ?? context.now
            return [Happening(.reportDelivered(receipt), at: min(max(receipt.receivedAt, earliest), context.now))]
        case .giveUp(let undelivered): return [Happening(.reportUndelivered(undelivered), at: context.now)]
        }
    }
}
