import CardSearch
import Languages
import WorkingDays

/// What a card answers to a question: one fact, in the words of the card.
package struct CardAnswer: Hashable, Sendable {
    /// What it answers.
    package var fact: ServiceFact
    /// The case it is for; nil where it is for all.
    package var about: ServiceCase?
    /// The words.
    package var text: CardText
    /// The field of the card in which they stand: `fee`, `where`, `refusal-grounds`.
    package var field: String
    /// Whether it is only a paragraph, of which no value could be told with certainty.
    package var isProse: Bool
    /// The term that the words name, for telling the day on which it ends.
    package var term: Term?

    /// Whether the card states it as a fact beside its prose.
    package var isStated: Bool { field == Card.CodingKeys.stated.rawValue }

    /// The beginning of the words for a line of several facts: the first clause, without the point at its end.
    package func short(_ text: String) -> String {
        let ends = [". ", "; ", " ("].compactMap { text.firstRange(of: $0)?.lowerBound }
        let clause = text[..<(ends.min() ?? text.endIndex)]
        return clause.hasSuffix(".") ? String(clause.dropLast()) : String(clause)
    }
}

extension CardAnswer {
    /// What facts of one kind and case say together; nil for none.
    fileprivate init?(facts: [CardFact], _ words: FactWords) {
        guard let first = facts.first else { return nil }
        let texts = facts.map(words.text)
        func joined(_ language: KeyPath<CardText, String?>) -> String? {
            let said = texts.compactMap { $0[keyPath: language] }
            return said.isEmpty ? nil : said.joined(separator: "; ")
        }
        self.init(
            fact: first.fact, about: first.about, text: CardText(kk: joined(\.kk), ru: joined(\.ru)),
            field: Card.CodingKeys.stated.rawValue, isProse: false,
            term: facts.count == 1 ? first.term : facts.first { $0.channel == nil }?.term)
    }
}

/// All that a card answers, made once for each of its editions.
package struct CardAnswers: Hashable, Sendable {
    /// The answers by fact: for all cases first, then those for one.
    private let answers: [ServiceFact: [CardAnswer]]

    /// The facts that it has an answer for.
    package var facts: Set<ServiceFact> { Set(answers.keys) }

    /// The cases that it tells apart on a fact, in its order.
    package func cases(of fact: ServiceFact) -> [ServiceCase] { (answers[fact] ?? []).compactMap(\.about) }

    /// The answer on a fact: for the first of the cases that the card tells apart, else for all; nil where the card says
    /// nothing of it.
    package func answer(_ fact: ServiceFact, _ cases: [ServiceCase] = []) -> CardAnswer? {
        guard let own = answers[fact] else { return nil }
        for about in cases { if let answer = own.first(where: { $0.about == about }) { return answer } }
        return own.first { $0.about == nil }
    }

    /// What a card answers on a day: what it states as a fact, and where it states none, what its prose says.
    /// - Parameters:
    ///   - index: the monthly calculation index, in which fees are set.
    ///   - casesIn: the cases that a text speaks of.
    package init(
        _ card: Card, on day: CivilDate, index: CalculationIndex, casesIn: @escaping (String) -> [ServiceCase]
    ) {
        var answers = Dictionary(grouping: CardAnswerReader(card: card, casesIn: casesIn).all(), by: \.fact)
        let words = FactWords(day: day, index: index)
        let stated = (card.stated ?? []).filter { $0.holds(on: day) }
        for (fact, own) in Dictionary(grouping: stated, by: \.fact) {
            let cases = own.map(\.about).reduce(into: [ServiceCase?]()) { if !$0.contains($1) { $0.append($1) } }
            let told = cases.compactMap { about in CardAnswer(facts: own.filter { $0.about == about }, words) }
            // A fact for one case leaves what the prose says to the others.
            let rest = (answers[fact] ?? []).filter { prose in !told.contains { $0.about == prose.about } }
            answers[fact] = told + rest
        }
        self.answers = answers
    }
}
