/// When something is due, and why.
package struct DueDate: Hashable, Sendable {
    /// The last day of the duty; for a waiting period the first day on which it is allowed.
    package let date: CivilDate
    /// For a fixed date: the last working day on or before it. Nil for other terms.
    package let target: CivilDate?
    /// Day zero and what each day after it counted for.
    package let proof: Proof

    /// Whether the date depends on a year whose calendar is only estimated.
    package var isProvisional: Bool { proof.isProvisional }

    /// The due date that a recorded proof tells of.
    package init(proof: Proof) {
        self.init(date: proof.due, target: proof.target, proof: proof)
    }

    init(date: CivilDate, target: CivilDate?, proof: Proof) {
        self.date = date
        self.target = target
        self.proof = proof
    }
}

/// The derivation of a due date, day by day.
package struct Proof: Hashable, Sendable {
    /// What a day was for the term.
    package enum Outcome: Hashable, Sendable {
        /// The n-th day of the term.
        case counted(Int)
        /// Not counted: a term in working days passes over it.
        case skipped
        /// The term was over, but a duty does not end on a day off.
        case rolled
        /// The date itself where it is not a counted day: a fixed date, the working day an end rolled to, the first
        /// day after a waiting period.
        case reached
    }

    /// Why a day is not an ordinary working day.
    package enum Reason: String, Hashable, Sendable, Codable, CaseIterable {
        /// Saturday or Sunday.
        case weekend
        /// A holiday.
        case holiday
        /// A day off moved to this date.
        case transferredDayOff = "transferred_day_off"
        /// A day worked by an act although it is a weekend or was to be off.
        case workingDay = "working_day"
    }

    /// One day of the derivation.
    package struct Entry: Hashable, Sendable {
        /// The day.
        package let date: CivilDate
        /// What it was for the term.
        package let outcome: Outcome
        /// Why it is not an ordinary working day; nil when it is one.
        package let reason: Reason?
        /// The calendar's line about it, with the names and the legal basis; nil for weekends and ordinary days.
        package let exception: CalendarException?
    }

    /// The term.
    package let term: Term
    /// The day of the event; day 1 is counted after it.
    package let dayZero: CivilDate
    /// The date the term gives.
    package let due: CivilDate
    /// The working-day target of a fixed date.
    package let target: CivilDate?
    /// The days, in order.
    package let entries: [Entry]
    /// The first 8 digits of the digest of the calendar that gave the date.
    package let calendar: String
    /// The zone whose midnight made day zero ("Asia/Almaty"); nil when day zero was given as a date.
    package let zone: String?
    /// Whether the date depends on a year whose calendar is only estimated.
    package let isProvisional: Bool

    /// The days that were not counted.
    package var skipped: [Entry] { entries.filter { $0.outcome == .skipped || $0.outcome == .rolled } }
}
