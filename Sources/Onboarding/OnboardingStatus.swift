import Casework
import GRDB
import WorkingDays

/// Whether a service may be consulted on (797 §3, §9); read from the tables, for cards and lists.
package enum OnboardingStatus: Hashable, Sendable {
    /// No line of a plan names it.
    case notPlanned
    /// A line is approved; the state is that of the request which is furthest: `planned`, `sent`, `received`…
    case inProgress(state: RequestState)
    /// The protocol is signed by both sides; consulting may start on this day.
    case accepted(liveFrom: CivilDate)
    /// It is consulted on since this day.
    case live(since: CivilDate)

    /// Where a service stands; where several bodies give it, the one that is furthest counts.
    /// - Parameter body: only the request to this body.
    package static func of(_ service: String, body: String? = nil, in db: Database) throws -> OnboardingStatus {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT r.state, r.liveOn, c.due FROM informationRequest r
                LEFT JOIN clock c ON c.stream = 'onboarding/' || r.id AND c.force = 'waiting'
                WHERE r.service = ? AND (? IS NULL OR r.body = ?) AND r.state <> 'cancelled'
                """, arguments: [service, body, body])
        var best = OnboardingStatus.notPlanned
        for row in rows {
            let state: RequestState = try row.value("state")
            let live = try row.optionalDate("liveOn")
            let from = try row.optionalDate("due")
            let status: OnboardingStatus =
                if let live { .live(since: live) } else if state == .accepted, let from {
                    .accepted(liveFrom: from)
                } else {
                    .inProgress(state: state)
                }
            best = max(best, status)
        }
        return best
    }

    /// The day on which consulting started or may start; nil where the protocol is not signed by both sides.
    package static func liveFrom(_ service: String, body: String? = nil, in db: Database) throws -> CivilDate? {
        switch try of(service, body: body, in: db) {
        case .live(let date), .accepted(let date): date
        case .notPlanned, .inProgress: nil
        }
    }
}

extension OnboardingStatus: Comparable {
    private var rank: (Int, Int) {
        switch self {
        case .notPlanned: (0, 0)
        case .inProgress(let state): (1, state.place)
        case .accepted(let date): (2, -date.dayNumber)
        case .live(let date): (3, -date.dayNumber)
        }
    }

    package static func < (left: OnboardingStatus, right: OnboardingStatus) -> Bool { left.rank < right.rank }
}
