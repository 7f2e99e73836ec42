import Languages
import WorkingDays

/// Whose duty a clock measures.
package enum ClockOwner: String, CaseIterable, Hashable, Sendable, Codable {
    /// The state body (central or local) to which the case belongs.
    case body
    /// The responsible person whom the body appointed (797 §5).
    case responsiblePerson = "responsible-person"
    /// The Unified Contact Centre.
    case ucc
    /// The Agency that assesses and controls the quality of state services.
    case agency
    /// The body authorised for informatization.
    case itBody = "it-body"
    /// The provider of the service.
    case provider
    /// Whoever reviews the complaint: a body, a provider or the Agency.
    case reviewer
}

/// What force a clock has.
package enum ClockForce: String, CaseIterable, Hashable, Sendable, Codable {
    /// A term of law: past it there is a violation.
    case statutory
    /// A target that the centre set itself where the law gives no term: past it there is only a delay.
    case internalTarget = "internal-target"
    /// A period that must pass before a thing is allowed; it cannot be breached.
    case waiting
}

/// In whose zone the day of an event is told.
package enum ZoneRule: String, CaseIterable, Hashable, Sendable, Codable {
    /// The centre's zone.
    case centre
    /// The zone of the body of the case; the centre's when it is not given.
    case body
}

/// An event that does something to a clock, perhaps only under conditions.
package struct ClockTrigger: Hashable, Sendable {
    /// The name of the event.
    package let event: String
    /// For each fact that matters the values under which the trigger acts; empty: always.
    package let conditions: [String: Set<String>]

    /// Whether an event with these facts pulls the trigger; a missing fact fulfils no condition.
    package func matches(_ event: ClockEvent) -> Bool {
        guard event.name == self.event else { return false }
        return ClockTrigger.hold(conditions, event.facts)
    }

    static func hold(_ conditions: [String: Set<String>], _ facts: [String: String]) -> Bool {
        if conditions.isEmpty { return true }
        return conditions.allSatisfy { name, values in facts[name].map(values.contains) ?? false }
    }
}

/// A trigger that makes a clock run anew, with the reason that is recorded and shown.
package struct ClockRestart: Hashable, Sendable {
    /// When it happens.
    package let trigger: ClockTrigger
    /// A short stable code of the reason, recorded with the change.
    package let code: String
    /// The reason for people.
    package let reason: Localized
    /// The fact with the day from which it runs; nil, or where the event has no such fact: the day of the event.
    package let dayFact: String?
}

/// Who may extend a clock, and how far.
package struct ClockExtension: Hashable, Sendable {
    /// The event that extends; its facts are `days`, the number of working days, and `by`, who extends.
    package let event: String
    /// The most working days that all extensions together may add.
    package let limit: Int
    /// Who may extend: values of the fact `by`.
    package let allowed: Set<String>
    /// The clock of the same procedure by which the applicant must be told; nil when there is none.
    package let notice: String?
}

/// A term and the dates on which it is the law.
package struct ValidTerm: Hashable, Sendable {
    /// The first day on which it holds.
    package let from: CivilDate
    /// The last day on which it holds; nil when it has no end yet.
    package let to: CivilDate?
    /// The term.
    package let term: Term

    func contains(_ date: CivilDate) -> Bool {
        date >= from && to.map { date <= $0 } ?? true
    }
}

/// One clock of a procedure, as a rulebook describes it.
package struct ClockRule: Hashable, Sendable {
    /// Its name in the file, unique in the rulebook: "appoint-responsible-person".
    package let id: String
    /// A short name for lists.
    package let title: Localized
    /// What must be done and how the term runs, for people.
    package let explanation: Localized
    /// The place in the law: "§5".
    package let cite: Localized
    /// Whose duty it is.
    package let owner: ClockOwner
    /// What force it has.
    package let force: ClockForce
    /// In whose zone days are told.
    package let zone: ZoneRule
    /// The terms, earliest first, without a gap; none where the text of the law was not found.
    package let terms: [ValidTerm]
    /// The fact that holds the date of a planned term; nil: the date of the event itself.
    package let plannedFact: String?
    /// The facts an event must have to start it.
    package let conditions: [String: Set<String>]
    /// What starts it.
    package let starts: [ClockTrigger]
    /// What stops it.
    package let stops: [ClockTrigger]
    /// What suspends it.
    package let suspends: [ClockTrigger]
    /// What resumes it.
    package let resumes: [ClockTrigger]
    /// What makes it run anew, also after it has ended.
    package let restarts: [ClockRestart]
    /// What ends it without an outcome.
    package let cancels: [ClockTrigger]
    /// How it may be extended; nil: not at all.
    package let `extension`: ClockExtension?
    /// Whether a starting event after its end starts it again.
    package let repeats: Bool

    /// Whether the text of its term was not found, so that nothing is counted by it: it never starts.
    package var isUnknown: Bool { terms.isEmpty }

    /// The term for a day zero; the last one for a rulebook that is run after it went out of force.
    package func term(on dayZero: CivilDate) -> Term? {
        if let valid = terms.first(where: { $0.contains(dayZero) }) { return valid.term }
        guard let last = terms.last, dayZero > last.from else { return nil }
        return last.term
    }

    /// Whether an event of this name with these facts starts it.
    package func starts(on event: String, facts: [String: String]) -> Bool {
        starts.contains { $0.event == event && ClockTrigger.hold($0.conditions, facts) }
            && ClockTrigger.hold(conditions, facts)
    }

    /// Every event name the rule uses.
    package var events: Set<String> {
        var names = Set((starts + stops + suspends + resumes + cancels).map(\.event))
        names.formUnion(restarts.map(\.trigger.event))
        if let `extension` { names.insert(`extension`.event) }
        return names
    }
}
