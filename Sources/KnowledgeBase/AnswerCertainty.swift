import CardSearch

/// When a card is sure enough to answer: a fact of another service is worse than none.
enum AnswerCertainty {
    /// What is left of the score of a card that has no answer to what is asked: of two that fit nearly as well, the one that
    /// answers comes first.
    static let unanswering = 0.93
    /// What makes a card surely the one that was meant: the least shares of the meaning of the words that it must have
    /// anywhere (`meant`) and in its title and key phrases (`core`), and of its title that the words must say.
    ///
    /// Who says most of a title may tell much beside it; who says one word of a long title may mean something else.
    private static let least: [(meant: Double, core: Double, title: Double)] = [
        (0.6, 0.4, 0.2), (0.5, 0.25, 0.4), (0.4, 0.2, 0.7), (0.9, 0.9, 0.1),
    ]
    /// The same for a caller's long story.
    private static let ofStory: [(meant: Double, core: Double, title: Double)] = [(0.35, 0.2, 0.6)]
    /// How sure the words must have been read.
    static let leastTrust = 0.45

    /// What a card answers to the question, where it is sure to be the card that was meant; a card without an answer goes
    /// back a little.
    /// - Parameter isChosen: whether somebody said that it is the card that was meant.
    static func settle(
        _ hit: inout SearchHit, _ answers: CardAnswers?, in answer: SearchAnswer, isChosen: Bool = false
    ) -> CardAnswer? {
        guard let fact = answer.question.fact else { return nil }
        guard let own = answers?.answer(fact, answer.question.cases) else {
            hit.score *= unanswering
            return nil
        }
        return isChosen || isRead(answer) && !hit.isForeign && fits(hit, in: answer) ? own : nil
    }

    /// Whether a hit is surely a card that was meant; nobody need have asked anything, so that a word of its title is enough.
    static func isMeant(_ hit: SearchHit, in answer: SearchAnswer) -> Bool {
        isRead(answer) && !hit.isForeign && (hit.meant >= 0.6 && hit.core >= 0.4 || fits(hit, in: answer))
    }

    private static func isRead(_ answer: SearchAnswer) -> Bool { answer.trust >= leastTrust && !answer.isWeak }

    private static func fits(_ hit: SearchHit, in answer: SearchAnswer) -> Bool {
        (answer.isStory ? least + ofStory : least).contains { least in
            hit.meant >= least.meant && hit.core >= least.core && hit.title >= least.title
        }
    }
}
