import WorkingDays

/// How a delivery stands, folded from its events; pure.
///
/// ```
/// (nothing) ─queued→ waiting ─started→ attempting ─received→ delivered
///                       ↑                  ├─attempted (again at …)→ waiting
///                       └──── requeued ──── dead ←─attempted, died─┘
/// ```
package struct DeliveryState: Hashable, Sendable {
    /// Where in the diagram the delivery is.
    package enum Phase: String, Hashable, Sendable, Codable, CaseIterable {
        /// Due, or waiting for its next attempt.
        case waiting
        /// Being tried.
        case attempting
        /// Confirmed by the other side.
        case delivered
        /// Given up; a person must look.
        case dead
    }

    /// What was queued.
    package private(set) var queued: DeliveryEvent.Queued
    /// Where it is.
    package private(set) var phase: Phase = .waiting
    /// All attempts so far.
    package private(set) var attempts = 0
    /// The attempts since it was queued or requeued.
    package private(set) var attemptsInRound = 0
    /// When it was queued or last requeued.
    package private(set) var roundStartedAt: Moment
    /// When it is tried next; meaningful while it waits.
    package private(set) var nextAttemptAt: Moment
    /// How the last attempt failed.
    package private(set) var lastFailure: AttemptFailure?
    /// The signature made last.
    package private(set) var signature: DeliveryEvent.Signed?
    /// Whether an attempt has begun that says what it sends; its event is the head that the receiver is told.
    package private(set) var saysWhatIsSent = false
    /// The confirmation.
    package private(set) var receipt: DeliveryReceipt?

    /// The state after the first event of a stream; nil if that is not `deliveryQueued`.
    package init?(_ event: DeliveryEvent, at moment: Moment) {
        guard case .deliveryQueued(let queued) = event else { return nil }
        self.queued = queued
        roundStartedAt = moment
        nextAttemptAt = moment
    }

    /// Takes in the next event.
    package mutating func apply(_ event: DeliveryEvent, at moment: Moment) {
        switch event {
        case .deliveryQueued: break
        case .deliveryStarted(let started):
            phase = .attempting
            attempts = started.attempt
            attemptsInRound += 1
            if started.sending != nil { saysWhatIsSent = true }
        case .deliverySigned(let signed): signature = signed
        case .deliveryStamped, .deliveryUnstamped, .deliveryCopied: break
        case .deliveryAttempted(let attempted):
            phase = attempted.nextAttemptAt == nil ? .dead : .waiting
            nextAttemptAt = attempted.nextAttemptAt ?? moment
            lastFailure = attempted.failure
        case .deliveryReceived(let received):
            phase = .delivered
            lastFailure = nil
            receipt = received.receipt
        case .deliveryDied: phase = .dead
        case .deliveryRequeued:
            phase = .waiting
            attemptsInRound = 0
            roundStartedAt = moment
            nextAttemptAt = moment
        }
    }

    /// Whether an attempt may begin.
    package func isDue(at now: Moment, under policy: DeliveryPolicy = DeliveryPolicy()) -> Bool {
        phase == .waiting && policy.isDue(nextAttemptAt, at: now)
    }
}
