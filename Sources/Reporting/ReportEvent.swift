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
    /// How many contacts could not be read when it was sealed; nil where all could.
    package var unreadable: Int?
    /// The edition of the counting; nil: the first.
    package var counting: Int?
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
    /// Whether its time is before that of the seal, so that one of the two clocks is wrong; our own time counts then.
    package var isBeforeSeal: Bool?

    /// How far two clocks that are right may differ, in milliseconds.
    static let tolerance: Int64 = 300_000
}

/// A delivery that was given up.
package struct ReportUndelivered: Codable, Hashable, Sendable {
    /// The revision.
    package var revision: Int
    /// Why it was given up.
    package var reason: String
}

/// The end of a period.
package struct PeriodEnded: Codable, Hashable, Sendable {
    /// The period, as `2026-03` or `2026-Q1`.
    package var period: String
    /// Its last day.
    package var lastDay: CivilDate
}

/// What can happen to the report of a period.
package enum ReportEvent: EventContent, Equatable {
    /// The month ended: the clock of §18 starts.
    case monthEnded(PeriodEnded)
    /// The quarter ended: the clock of §14 starts.
    case quarterEnded(PeriodEnded)
    /// A revision was sealed and put into the outbox.
    case reportSealed(ReportSealed)
    /// The Agency has it: the clock stops.
    case reportDelivered(ReportReceipt)
    /// The delivery was given up.
    case reportUndelivered(ReportUndelivered)
    /// It should have been sealed by itself and could not be.
    case reportNotSealed(ReportNotSealed)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case monthEnded, quarterEnded, reportSealed, reportDelivered, reportUndelivered, reportNotSealed
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .monthEnded(let event): Tagged(.monthEnded, event)
        case .quarterEnded(let event): Tagged(.quarterEnded, event)
        case .reportSealed(let event): Tagged(.reportSealed, event)
        case .reportDelivered(let event): Tagged(.reportDelivered, event)
        case .reportUndelivered(let event): Tagged(.reportUndelivered, event)
        case .reportNotSealed(let event): Tagged(.reportNotSealed, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .monthEnded: .monthEnded(try content())
        case .quarterEnded: .quarterEnded(try content())
        case .reportSealed: .reportSealed(try content())
        case .reportDelivered: .reportDelivered(try content())
        case .reportUndelivered: .reportUndelivered(try content())
        case .reportNotSealed: .reportNotSealed(try content())
        }
    }

    package var clockDate: CivilDate? {
        switch self {
        case .monthEnded(let ended), .quarterEnded(let ended): ended.lastDay
        default: nil
        }
    }
}

/// What is known of the report of a period.
package struct ReportState: Hashable, Sendable {
    /// The end of the period; nil where the case does not exist.
    package var ended: PeriodEnded?
    /// The first moment after the period.
    package var endedAt: Moment?
    /// The sealed revisions, the first first.
    package var sealed: [ReportSealed] = []
    /// When each was sealed, by its revision.
    package var sealedAt: [Int: Moment] = [:]
    /// The receipts.
    package var receipts: [ReportReceipt] = []
    /// The deliveries that were given up.
    package var undelivered: [ReportUndelivered] = []
    /// Why it could not be sealed by itself the last time; nil once it is sealed.
    package var problem: ReportNotSealed?
}

/// What can be asked of the report of a period.
package enum ReportAction: Sendable {
    /// Notes the end of the period.
    case end(PeriodEnded, at: Moment)
    /// Seals a revision.
    case seal(ReportSealed)
    /// Records the receipt.
    case deliver(ReportReceipt)
    /// Records that the delivery was given up.
    case giveUp(ReportUndelivered)
    /// Records why it could not be sealed by itself, once for each reason.
    case hinder(ReportNotSealed)
}
