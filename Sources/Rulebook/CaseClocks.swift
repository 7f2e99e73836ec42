import WorkingDays

/// One clock of one case, as it stands.
package struct Clock: Hashable, Sendable, Codable {
    /// Where a clock stands.
    package enum Status: String, CaseIterable, Hashable, Sendable, Codable {
        /// It runs and its date has not been found to have passed.
        case running
        /// It stands still.
        case suspended
        /// It ended in time.
        case met
        /// Its date passed; it may still be open. Whether that is a violation, `ClockStanding` says.
        case breached
        /// It ended without an outcome.
        case cancelled
        /// A waiting period: from `due` on the thing is allowed.
        case waiting
    }

    /// A move of the date that stays visible.
    package struct Move: Hashable, Sendable, Codable {
        /// What moved it: extended, resumed, restarted or recalculated.
        package let by: ClockChange.Kind
        /// When.
        package let at: Moment
        /// The date before.
        package let from: CivilDate
        /// The date after.
        package let to: CivilDate
    }

    /// The rule: "appoint-responsible-person".
    package let rule: String
    /// Whose duty it is.
    package let owner: ClockOwner
    /// What force it has.
    package let force: ClockForce
    /// The event that started it (the last time).
    package internal(set) var event: String
    /// When that was.
    package internal(set) var startedAt: Moment
    /// Day zero of the term that gives the date now.
    package internal(set) var dayZero: CivilDate
    /// The term that gives the date now, extensions included.
    package internal(set) var term: Term
    /// The last day; for a waiting period the first allowed one.
    package internal(set) var due: CivilDate
    /// The working-day target of a fixed date.
    package internal(set) var target: CivilDate?
    /// The compact proof of `due`.
    package internal(set) var proof: String
    /// Whether `due` depends on a year whose calendar is only estimated.
    package internal(set) var isProvisional: Bool
    /// Where it stands.
    package internal(set) var status: Status
    /// The day on which it ended; nil while it is open.
    package internal(set) var endedOn: CivilDate?
    /// The working days by which it was extended in all.
    package internal(set) var extendedBy = 0
    /// The day on which it was suspended; nil when it is not.
    package internal(set) var suspendedOn: CivilDate?
    /// The days left when it goes on; nil when it is not suspended.
    package internal(set) var left: Int?
    /// Whether a change of the calendar put its outcome in doubt and nobody has decided yet.
    package internal(set) var isFlagged = false
    /// How often it was started.
    package internal(set) var round = 1
    /// Every move of its date, oldest first.
    package internal(set) var moves: [Move] = []
    /// The terms that had run out when another body got the duty, oldest first.
    package internal(set) var lapses: [Lapse] = []

    /// Whether it waits for an event: not met, not cancelled, not breached and done with.
    package var isOpen: Bool { endedOn == nil }

    /// Whether its date can still pass: it runs, or it was breached and is not done yet.
    package var isRunning: Bool { status == .running }
}

extension Clock {
    /// A clock as a table keeps it: without the history of its dates and former terms, on which no further change depends.
    package init(
        rule: String, owner: ClockOwner, force: ClockForce, startedAt: Moment, dayZero: CivilDate, term: Term,
        due: CivilDate, target: CivilDate?, proof: String, isProvisional: Bool, status: Status, endedOn: CivilDate?,
        extendedBy: Int, isFlagged: Bool
    ) {
        self.init(
            rule: rule, owner: owner, force: force, event: "", startedAt: startedAt, dayZero: dayZero, term: term,
            due: due, target: target, proof: proof, isProvisional: isProvisional, status: status, endedOn: endedOn,
            extendedBy: extendedBy, isFlagged: isFlagged)
    }
}

/// The clocks of one case.
package struct CaseClocks: Hashable, Sendable, Codable {
    /// The clocks, in the order in which they first started; one for each rule.
    package internal(set) var clocks: [Clock]

    /// A case without a clock.
    package init() {
        clocks = []
    }

    /// The clock of a rule, or nil when it never started.
    package subscript(_ rule: String) -> Clock? {
        clocks.first { $0.rule == rule }
    }

    /// The earliest date among the running clocks and its clock; nil when none runs.
    package var next: Clock? {
        clocks.filter(\.isRunning).min { $0.due < $1.due }
    }

    /// A breach for every running clock whose date is before `today`. Suspended, waiting and ended clocks never alarm.
    package func breaches(asOf today: CivilDate, at now: Moment) -> [ClockChange] {
        clocks.compactMap { clock in
            guard clock.status == .running, clock.due < today else { return nil }
            var change = ClockChange(.breached, clock: clock.rule, at: now, on: today)
            change.due = clock.due
            return change
        }
    }
}
