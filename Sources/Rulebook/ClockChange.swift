import WorkingDays

/// One thing that happened to one clock; the unit that is recorded in the journal.
///
/// A flat value with a field for everything any kind can say, so that it is written and read without ceremony; absent
/// fields are left out. `visitFields` gives the fields in the order of their keys, the order of canonical JSON.
package struct ClockChange: Hashable, Sendable {
    /// What happened.
    package enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        /// It began to run: `owner`, `force`, `event`, `zero`, `term`, `due`, `target`, `proof`.
        case started
        /// It ended by its stopping event: `event`, `outcome`.
        case stopped
        /// Days were added: `days`, `by`, `term`, `was`, `due`, `proof`, `outcome` (`met`: in time, though a breach was noted
        /// before it was entered; the clock runs again).
        case extended
        /// It stands still: `left`.
        case suspended
        /// It goes on: `zero`, `term`, `was`, `due`, `proof`.
        case resumed
        /// It runs anew from this event: as `started`, and `reason`, `was`, `outcome` (`late`: its date had passed by then;
        /// `met`: the event had happened in time, though a breach was noted before it was entered).
        case restarted
        /// It ended without being done: `outcome` as for `restarted`. With the reason `annulled` it is as if it had never
        /// been, whatever became of it: nobody had the duty.
        case cancelled
        /// Its date passed: `due`.
        case breached
        /// A change of the calendar moved its date: `was`, `due`, `target`, `proof`.
        case recalculated
        /// A change of the calendar puts its outcome in doubt: `reason`, `due` (what the date would be); with `lapse` that of
        /// a former term.
        case flagged
        /// A person decided on a flag: `outcome` (`met` lifts a breach, `late` upholds it), `reason`; where the outcome
        /// was turned round, the date of the calendar in force: `was`, `due`, `target`, `proof`; with `lapse` of a former term.
        case reviewed
    }

    /// How a clock ended.
    package enum Outcome: String, Hashable, Sendable, Codable {
        /// On or before its date.
        case met
        /// After it.
        case late
    }

    /// What happened.
    package var kind: Kind
    /// The clock's rule: "appoint-responsible-person".
    package var clock: String
    /// When it happened.
    package var at: Moment
    /// The civil date of it in the clock's zone.
    package var on: CivilDate
    /// Who extended, from the event's facts.
    package var by: String?
    /// The working days that were added.
    package var days: Int?
    /// The date from now on.
    package var due: CivilDate?
    /// The event that caused it.
    package var event: String?
    /// What force the clock has.
    package var force: ClockForce?
    /// Which former term of the clock is meant, by the last day that it had when the duty was handed on.
    package var lapse: CivilDate?
    /// The days (of the term's kind) that are left when it goes on.
    package var left: Int?
    /// How it ended.
    package var outcome: Outcome?
    /// Whose duty it is.
    package var owner: ClockOwner?
    /// The compact proof of `due`; `Proof(parsing:names:)` reads it.
    package var proof: String?
    /// Whether `due` depends on a year whose calendar is only estimated.
    package var isProvisional: Bool
    /// Why: the code of a restart, of a flag, or a person's words.
    package var reason: String?
    /// The working-day target of a fixed date.
    package var target: CivilDate?
    /// The term that gives `due` from `zero`.
    package var term: Term?
    /// The date before.
    package var was: CivilDate?
    /// Day zero.
    package var zero: CivilDate?

    /// A change with nothing but what every change has; set the rest.
    package init(_ kind: Kind, clock: String, at: Moment, on: CivilDate) {
        self.kind = kind
        self.clock = clock
        self.at = at
        self.on = on
        isProvisional = false
    }
}

extension ClockChange {
    /// The code of a restart by which another body gets the duty.
    package static let handedOn = "transferred"
    /// The reason of a cancellation that leaves nothing of the clock: its case was entered by mistake.
    package static let annulled = "annulled"

    /// The reason of a review that nobody had to make: the calendar in force bears the recorded outcome out.
    package static let borneOut = "borne-out"

    /// Whether it leaves nothing of the clock.
    package var isAnnulment: Bool { kind == .cancelled && reason == Self.annulled }
}

extension ClockChange: Codable {
    /// The keys of the recorded form; never renamed.
    enum CodingKeys: String, CodingKey {
        case at, by, clock, days, due, event, force, kind, lapse, left, on, outcome, owner, proof
        case isProvisional = "provisional"
        case reason, target, term, was, zero
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        kind = try fields.decode(Kind.self, forKey: .kind)
        clock = try fields.decode(String.self, forKey: .clock)
        at = try fields.decode(Moment.self, forKey: .at)
        on = try fields.decode(CivilDate.self, forKey: .on)
        by = try fields.decodeIfPresent(String.self, forKey: .by)
        days = try fields.decodeIfPresent(Int.self, forKey: .days)
        due = try fields.decodeIfPresent(CivilDate.self, forKey: .due)
        event = try fields.decodeIfPresent(String.self, forKey: .event)
        force = try fields.decodeIfPresent(ClockForce.self, forKey: .force)
        lapse = try fields.decodeIfPresent(CivilDate.self, forKey: .lapse)
        left = try fields.decodeIfPresent(Int.self, forKey: .left)
        outcome = try fields.decodeIfPresent(Outcome.self, forKey: .outcome)
        owner = try fields.decodeIfPresent(ClockOwner.self, forKey: .owner)
        proof = try fields.decodeIfPresent(String.self, forKey: .proof)
        isProvisional = try fields.decodeIfPresent(Bool.self, forKey: .isProvisional) ?? false
        reason = try fields.decodeIfPresent(String.self, forKey: .reason)
        target = try fields.decodeIfPresent(CivilDate.self, forKey: .target)
        term = try fields.decodeIfPresent(Term.self, forKey: .term)
        was = try fields.decodeIfPresent(CivilDate.self, forKey: .was)
        zero = try fields.decodeIfPresent(CivilDate.self, forKey: .zero)
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(at, forKey: .at)
        try fields.encodeIfPresent(by, forKey: .by)
        try fields.encode(clock, forKey: .clock)
        try fields.encodeIfPresent(days, forKey: .days)
        try fields.encodeIfPresent(due, forKey: .due)
        try fields.encodeIfPresent(event, forKey: .event)
        try fields.encodeIfPresent(force, forKey: .force)
        try fields.encode(kind, forKey: .kind)
        try fields.encodeIfPresent(lapse, forKey: .lapse)
        try fields.encodeIfPresent(left, forKey: .left)
        try fields.encode(on, forKey: .on)
        try fields.encodeIfPresent(outcome, forKey: .outcome)
        try fields.encodeIfPresent(owner, forKey: .owner)
        try fields.encodeIfPresent(proof, forKey: .proof)
        if isProvisional { try fields.encode(true, forKey: .isProvisional) }
        try fields.encodeIfPresent(reason, forKey: .reason)
        try fields.encodeIfPresent(target, forKey: .target)
        try fields.encodeIfPresent(term, forKey: .term)
        try fields.encodeIfPresent(was, forKey: .was)
        try fields.encodeIfPresent(zero, forKey: .zero)
    }
}

extension ClockChange {
    /// The value of one field in its recorded form.
    package enum FieldValue: Hashable, Sendable {
        /// Text.
        case string(String)
        /// A whole number.
        case int(Int)
        /// True; false is left out.
        case yes
    }

    /// Hands over each present field with its key, in the order of the keys, for writers of canonical JSON.
    ///
    /// The result is the same object that `Codable` writes.
    @inlinable
    package func visitFields(_ visit: (StaticString, FieldValue) -> Void) {
        visit("at", .string(at.description))
        if let by { visit("by", .string(by)) }
        visit("clock", .string(clock))
        if let days { visit("days", .int(days)) }
        if let due { visit("due", .string(due.description)) }
        if let event { visit("event", .string(event)) }
        if let force { visit("force", .string(force.rawValue)) }
        visit("kind", .string(kind.rawValue))
        if let lapse { visit("lapse", .string(lapse.description)) }
        if let left { visit("left", .int(left)) }
        visit("on", .string(on.description))
        if let outcome { visit("outcome", .string(outcome.rawValue)) }
        if let owner { visit("owner", .string(owner.rawValue)) }
        if let proof { visit("proof", .string(proof)) }
        if isProvisional { visit("provisional", .yes) }
        if let reason { visit("reason", .string(reason)) }
        if let target { visit("target", .string(target.description)) }
        if let term { visit("term", .string(term.description)) }
        if let was { visit("was", .string(was.description)) }
        if let zero { visit("zero", .string(zero.description)) }
    }
}
