import WorkingDays

/// Why an event cannot act on the clocks of a case.
package enum ClockError: Error, Hashable, Sendable {
    /// The calendar has no answer.
    case calendar(CalendarError)
    /// The rule has no term for this day zero.
    case notInForce(clock: String, dayZero: CivilDate)
    /// The event needs a fact that it does not have, or that cannot be read.
    case missingFact(event: String, fact: String)
    /// Someone extends who may not.
    case extensionNotAllowed(clock: String, by: String)
    /// More days than the law allows; `left` is what may still be added.
    case extensionBeyondLimit(clock: String, days: Int, left: Int)
    /// The clock is not running (ended, never started, or past its date), so that it cannot be extended.
    case extensionTooLate(clock: String)
    /// A waiting period has not passed: the thing is allowed from this day.
    case tooEarly(clock: String, allowedFrom: CivilDate)
}

extension ClockError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .calendar(let error):
            return error.description
        case .notInForce(let clock, let dayZero):
            return """
                The clock \(clock) has no term for an event of \(dayZero), before its rule came into force: check the date, \
                or add the older term to the rulebook.
                """
        case .missingFact(let event, let fact):
            return "The event \(event) needs the fact \"\(fact)\" for its clocks: give it."
        case .extensionNotAllowed(let clock, let by):
            return "The clock \(clock) may not be extended by \"\(by)\": only those named in the rulebook may do it."
        case .extensionBeyondLimit(let clock, let days, let left):
            return """
                The clock \(clock) cannot be extended by \(days) working days: the law leaves \(left). Extend by no more \
                than that.
                """
        case .extensionTooLate(let clock):
            return "The clock \(clock) is not running any more, or its date has passed: it cannot be extended."
        case .tooEarly(let clock, let allowedFrom):
            return "The waiting period \(clock) has not passed: this is allowed from \(allowedFrom) on."
        }
    }
}
