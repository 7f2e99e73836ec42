import WorkingDays

/// Something that happened in a case, as the clocks see it.
package struct ClockEvent: Hashable, Sendable {
    /// Its name, one of docs/rulebooks.md: "requestReceived".
    package var name: String
    /// When it happened.
    package var at: Moment
    /// What the rules ask about it: `reviewer`, `by`, `days`, …
    package var facts: [String: String]
    /// The civil date that counts, where it is not the local date of `at`: the date of registration, the last day of a
    /// month that has ended, the day a change takes effect, a planned date.
    package var date: CivilDate?
    /// The zone of the body of the case, for clocks that go by it.
    package var bodyZone: CivilZone?

    /// An event from its parts.
    package init(
        _ name: String, at: Moment, facts: [String: String] = [:], date: CivilDate? = nil, bodyZone: CivilZone? = nil
    ) {
        self.name = name
        self.at = at
        self.facts = facts
        self.date = date
        self.bodyZone = bodyZone
    }
}
