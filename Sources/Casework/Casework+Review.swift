import Journal
import Rulebook
import WorkingDays

/// What a person decided on an outcome that a change of the calendar had put in doubt.
package struct ClockReviewed: Codable, Equatable, Sendable {
    /// The clock's rule.
    package let clock: String
    /// Which former term of the clock, by the last day it had when the duty was handed on; nil for the present one.
    package var lapse: CivilDate?
    /// What holds from now on.
    package let outcome: ClockChange.Outcome
    /// Why, in the words of the person.
    package let reason: String
}

/// The review of outcomes that a change of the calendar put in doubt (a holiday added in the past, say).
extension Casework {
    /// Decides on a flagged clock: `met` lifts a breach or lets a duty stand as done in time, `late` the contrary.
    ///
    /// What was recorded may always be upheld. It is turned round only where the calendar in force bears it out; the
    /// clock then has the date of that calendar, and both dates stay visible.
    /// - Parameter lapse: the former term that is meant, by the last day that it had when another body got the duty; nil
    ///   for the present term, or where that is not in doubt for the earliest former one that is.
    /// - Returns: the change of the clock.
    /// - Throws: `Refusal` where there is no such clock, nothing to review, no reason, or the calendar says otherwise;
    ///   `CalendarError`; `JournalError`.
    @discardableResult
    package func review(
        _ clock: String, of stream: StreamID, outcome: ClockChange.Outcome, lapse: CivilDate? = nil, reason: String,
        by actor: Actor, at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> ClockChange {
        try await transact(by: actor, at: now, once: key) { session in
            try session.review(
                clock, of: stream, outcome: outcome, lapse: lapse, reason: reason, expecting: expected)
        }
    }
}

extension CaseSession {
    /// The same within a unit of work that decides more than that.
    @discardableResult
    func review(
        _ rule: String, of stream: StreamID, outcome: ClockChange.Outcome, lapse: CivilDate?, reason: String,
        expecting expected: Int?
    ) throws -> ClockChange {
        let reason = String(reason.drop(while: \.isWhitespace))
        guard !reason.isEmpty else {
            throw CaseworkRefusal.reviewReasonMissing("A review needs its reason.", field: "reason")
        }
        let events = try transaction.events(of: stream)
        guard !events.isEmpty else { throw CaseworkError.noSuchCase(stream) }
        if let expected, expected != events.count {
            throw JournalError.conflict(stream: stream, expected: expected)
        }
        var clocks = CaseClocks()
        for event in events { clocks.apply(try casework.catalogue.read(event).changes) }
        guard let clock = clocks[rule] else {
            throw CaseworkRefusal.reviewNoClock("The case \(stream) has no clock “\(rule)”.", field: "clock")
        }
        let former = clock.lapses.first {
            $0.isFlagged && (lapse == nil ? !clock.isFlagged : $0.lapsedOn == lapse)
        }
        guard former != nil || (clock.isFlagged && lapse == nil) else {
            throw CaseworkRefusal.reviewNothing("There is nothing to review in the clock “\(rule)” of \(stream).")
        }
        var change = ClockChange(.reviewed, clock: rule, at: now, on: today)
        change.outcome = outcome
        change.reason = reason
        change.lapse = former?.lapsedOn
        let recorded: ClockChange.Outcome = former?.isLate ?? (clock.status == .breached) ? .late : .met
        if outcome != recorded {
            let proof = former?.proof ?? clock.proof
            let zone = CivilZone.kazakhstan.first { proof.contains(" \($0.name):") }
            let due = try calendar.due(
                former?.term ?? clock.term, from: former?.dayZero ?? clock.dayZero, zone: zone)
            let counted = former?.endedOn ?? clock.endedOn ?? today
            guard (counted <= due.date) == (outcome == .met) else {
                throw CaseworkRefusal.reviewCalendar(
                    "By the calendar in force the last day is \(due.date), and the day that counts is \(counted): the outcome cannot be “\(outcome.rawValue)”."
                )
            }
            change.was = former?.due ?? clock.due
            change.due = due.date
            change.target = due.target
            change.isProvisional = due.isProvisional
            change.proof = due.proof.description
        }
        let reviewed = ClockReviewed(clock: rule, lapse: former?.lapsedOn, outcome: outcome, reason: reason)
        try append(.clockReviewed(reviewed), changes: [change], to: stream, expecting: events.count)
        return change
    }
}
