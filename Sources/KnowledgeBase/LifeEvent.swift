import CardSearch
import Languages

/// What happens in a life and takes several services: the story that a caller tells, as an order of cards.
package struct LifeEvent: Hashable, Sendable {
    /// One service of the bundle, in its place.
    package struct Step: Hashable, Sendable {
        /// The code of its card.
        package var card: String
        /// What is done.
        package var what: Localized
        /// Who does it.
        package var who: Localized
        /// By when.
        package var by: Localized
        /// Where, in words; nil where the card itself says where.
        package var place: Localized?
    }

    /// Its code, `L01`.
    package var code: String
    /// How sure the content is.
    package var content: Card.Content
    /// What happened.
    package var title: Localized
    /// What to know before the steps.
    package var summary: Localized
    /// How callers tell it, in both languages.
    package var says: [String]
    /// The services in the order in which they are taken.
    package var steps: [Step]
}

/// The life events of `knowledge/life-events`, by code.
package struct LifeEvents: Hashable, Sendable {
    /// All of them, in the order of their codes.
    package let all: [LifeEvent]

    /// No life event.
    package static let none = LifeEvents([])

    /// Life events.
    package init(_ events: [LifeEvent]) { all = events.sorted { $0.code < $1.code } }

    /// The event of a code, nil where there is none.
    package subscript(code: String) -> LifeEvent? { all.first { $0.code == code } }

    /// The words by which the search knows them: what they are called and how they are told.
    package var cues: QuestionCues {
        QuestionCues(
            all.flatMap { event in
                ([event.title.kk, event.title.ru] + event.says).map { .init(text: $0, target: .event(event.code)) }
            })
    }
}
