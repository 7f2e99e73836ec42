import CardSearch
import Languages

/// Finds where two cards, or two cases of one card, fit alike, so that one question tells which is meant.
struct Ties {
    let table: ChoiceTable

    /// How near the second card must come to the first; a pair of the table is asked for earlier.
    static let near = (any: 0.975, pair: 0.82)

    /// What to ask; nil where nothing is found, where the first card is not surely meant, and where it is plain.
    func choice(_ found: [(hit: SearchHit, card: FoundCard)], in answer: SearchAnswer) -> SearchChoice? {
        guard let first = found.first, answer.isSure, !Self.isByCode(first.hit) else { return nil }
        return between(found, in: answer) ?? cases(of: first.card, in: answer)
    }

    private func between(_ found: [(hit: SearchHit, card: FoundCard)], in answer: SearchAnswer) -> SearchChoice? {
        guard found.count > 1 else { return nil }
        let (first, second) = (found[0], found[1])
        guard !Self.isByCode(second.hit), AnswerCertainty.isMeant(second.hit, in: answer) else { return nil }
        let nearness = second.hit.score / max(first.hit.score, .leastNonzeroMagnitude)
        if let pair = table.pair(first.card.code, second.card.code), nearness >= Self.near.pair {
            return SearchChoice(
                question: pair.ask,
                options: zip([first, second], pair.labels).map { .init(card: $0.card.code, label: $1) })
        }
        guard nearness >= Self.near.any, first.hit.coverage - second.hit.coverage < 0.05 else { return nil }
        return SearchChoice(
            question: table.otherwise,
            options: [first, second].map { .init(card: $0.card.code, label: Self.name($0.card)) })
    }

    /// The two cases of a card that the words name both, or the only two that it tells apart where they name none.
    private func cases(of card: FoundCard, in answer: SearchAnswer) -> SearchChoice? {
        guard let fact = answer.question.fact, let answers = card.answers else { return nil }
        let own = answers.cases(of: fact)
        let said = answer.question.cases.filter(own.contains)
        let two = said.isEmpty && own.count == 2 ? own : said.count == 2 ? said : []
        guard two.count == 2, let asked = table.question(two[0], two[1]) else { return nil }
        return SearchChoice(
            question: asked.ask,
            options: zip(two, asked.labels).map { .init(card: card.code, about: $0, label: $1) })
    }

    private static func isByCode(_ hit: SearchHit) -> Bool { hit.reasons.contains { $0.field == "code" } }

    private static func name(_ card: FoundCard) -> Localized {
        Localized(kk: card.title.kk ?? "", ru: card.title.ru ?? "")
    }
}
