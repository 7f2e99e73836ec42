import Languages

/// One question with two answers, where the words of a caller fit two cards alike, or two cases of one card.
package struct SearchChoice: Hashable, Sendable {
    /// What is asked: “Lost or stolen?”.
    package var question: Localized
    /// The two answers, the likelier first.
    package var options: [Option]

    /// A choice.
    package init(question: Localized, options: [Option]) {
        self.question = question
        self.options = options
    }

    /// One of the answers.
    package struct Option: Hashable, Sendable {
        /// The code of the card that it means.
        package var card: String
        /// The case of that card; nil where the choice is between cards.
        package var about: ServiceCase?
        /// What it is called.
        package var label: Localized

        /// An option.
        package init(card: String, about: ServiceCase? = nil, label: Localized) {
            self.card = card
            self.about = about
            self.label = label
        }

        /// What is sent when it is chosen: `S0145`, or `S0288-lost` for a case.
        package var id: String { about.map { "\(card)-\($0.rawValue)" } ?? card }
    }

    /// What the `id` of an option means; nil where the text is none.
    package static func chosen(_ id: String) -> (card: String, about: ServiceCase?)? {
        guard !id.isEmpty, id.utf8.count <= 60 else { return nil }
        guard let dash = id.lastIndex(of: "-") else { return (id, nil) }
        guard let about = ServiceCase(rawValue: String(id[id.index(after: dash)...])) else { return nil }
        return (String(id[..<dash]), about)
    }
}
