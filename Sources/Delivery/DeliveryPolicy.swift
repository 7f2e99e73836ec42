import WorkingDays

/// When a failed delivery is tried again and when it is given up; pure.
///
/// The wait before attempt n+1 is drawn evenly between nothing and `firstDelay` doubled n-1 times, at most
/// `longestDelay` ("full jitter"), so that many senders do not come back together. What the receiver asks for in
/// `Retry-After` is kept to as the least wait, up to `longestRetryAfter`.
package struct DeliveryPolicy: Hashable, Sendable {
    /// The longest wait after the first failure, in milliseconds.
    package var firstDelay: Int64 = 2_000
    /// The longest wait after any failure, in milliseconds.
    package var longestDelay: Int64 = 15 * 60_000
    /// The longest wait that a receiver can ask for, in milliseconds.
    package var longestRetryAfter: Int64 = 60 * 60_000
    /// How many attempts are made before it is given up.
    package var attemptLimit = 200
    /// How long after it was queued or requeued it is given up, in milliseconds, if `leastAttempts` have been made.
    package var ageLimit: Int64 = 48 * 60 * 60_000
    /// How many attempts are made at least, however old it is: the age may be our own downtime.
    package var leastAttempts = 10

    /// The longest wait that this policy ever orders, in milliseconds.
    package var longestWait: Int64 { max(longestDelay, longestRetryAfter) }

    /// Whether an attempt ordered for a moment is due; one that lies further ahead than any wait was ordered by a clock
    /// that was wrong then and has been set back since.
    package func isDue(_ next: Moment, at now: Moment) -> Bool {
        next <= now || next.millisecondsSince1970 - now.millisecondsSince1970 > longestWait
    }

    /// The usual policy; change what should differ.
    package init() {}

    /// What follows from the end of an attempt.
    package enum Action: Hashable, Sendable {
        /// Done: record the receipt.
        case complete(DeliveryReceipt)
        /// Try again then.
        case retry(AttemptFailure, at: Moment)
        /// Give up, for the reason given.
        case giveUp(AttemptFailure, reason: String)
    }

    /// Decides after an attempt.
    ///
    /// - Parameters:
    ///   - state: The state during the attempt, which counts in it already.
    ///   - fraction: A random number, 0 up to but not including 1.
    package func action(
        after outcome: AttemptOutcome, in state: DeliveryState, at now: Moment, fraction: Double
    ) -> Action {
        switch outcome {
        case .received(let receipt): .complete(receipt)
        case .failed(let failure): action(after: failure, in: state, at: now, fraction: fraction)
        }
    }

    private func action(
        after failure: AttemptFailure, in state: DeliveryState, at now: Moment, fraction: Double
    ) -> Action {
        if failure.kind == .permanent {
            return .giveUp(failure, reason: failure.description)
        }
        if state.attemptsInRound >= attemptLimit {
            return .giveUp(failure, reason: "\(state.attemptsInRound) attempts have failed; the last: \(failure)")
        }
        if failure.kind == .interrupted { return .retry(failure, at: now) }
        let next = now.adding(milliseconds: wait(after: failure, state, now, fraction))
        let age = next.millisecondsSince1970 - state.roundStartedAt.millisecondsSince1970
        if age >= ageLimit, state.attemptsInRound >= leastAttempts {
            return .giveUp(
                failure, reason: "It could not be delivered in the time allowed; the last failure: \(failure)")
        }
        return .retry(failure, at: next)
    }

    private func wait(
        after failure: AttemptFailure, _ state: DeliveryState, _ now: Moment, _ fraction: Double
    ) -> Int64 {
        let doublings = min(max(0, state.attemptsInRound - 1), 30)
        let ceiling = min(longestDelay, firstDelay << doublings)
        let drawn = Int64(Double(ceiling) * min(max(0, fraction), 1))
        guard let retryAfter = failure.retryAfter else { return drawn }
        return max(drawn, min(retryAfter.wait(from: now), longestRetryAfter))
    }
}
