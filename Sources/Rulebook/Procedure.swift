import Languages

/// A kind of case and its clocks: "onboarding", "complaint-review".
package struct Procedure: Hashable, Sendable {
    /// Its name in the file.
    package let id: String
    /// The edition it belongs to: "797@2013-08-06".
    package let edition: String
    /// Its name for people.
    package let title: Localized
    /// Its clocks, in the order of the file.
    package let rules: [ClockRule]
    /// The kinds of bodies that such a case can be about, in the words of the registry; nil: any.
    package let bodies: Set<String>?
    /// When a thing counts as having happened repeatedly; nil where the case does not ask.
    package let repetition: Repetition?
    /// What silence means in law, where the term has run out; nil where the law says nothing.
    package let silence: Silence?
    /// For each event name the places in `rules` of the clocks it concerns.
    let concerned: [String: [Int]]

    /// A procedure of these clocks.
    init(
        id: String, edition: String, title: Localized, rules: [ClockRule], bodies: Set<String>? = nil,
        repetition: Repetition? = nil, silence: Silence? = nil
    ) {
        self.id = id
        self.edition = edition
        self.title = title
        self.rules = rules
        self.bodies = bodies
        self.repetition = repetition
        self.silence = silence
        var concerned: [String: [Int]] = [:]
        for (index, rule) in rules.enumerated() {
            for event in rule.events { concerned[event, default: []].append(index) }
        }
        self.concerned = concerned
    }

    /// The clock with this name, or nil.
    package func rule(_ id: String) -> ClockRule? {
        rules.first { $0.id == id }
    }

    /// Whether an event of this name concerns a clock of the procedure at all.
    package func concerns(_ event: String) -> Bool {
        concerned[event] != nil
    }
}

/// What it means in law that nothing was decided in the term.
package struct Silence: Hashable, Sendable {
    /// The paragraph.
    package let cite: Localized
    /// What it means, for people.
    package let explanation: Localized
}
