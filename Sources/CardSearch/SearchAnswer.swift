import TextAnalysis

/// What the search found and how it understood the question.
package struct SearchAnswer: Sendable {
    /// The cards, best first.
    package var hits: [SearchHit]
    /// What the query was read as, only where it differs from what was typed; in the order of the words.
    package var reading: [Reading]
    /// How much of the query's meaning the first card has, 0...1.
    package var coverage: Double
    /// Whether no card answers well, so that the query belongs in the list of gaps.
    package var isWeak: Bool
    /// The words of the query as understood, for marking.
    package var highlight: HighlightKeys
    /// What the words ask of a service.
    package var question = Question()
    /// How sure it is that the words beside the question were read rightly, 0...1: 0 where nothing but a question was said.
    package var trust = 1.0
    /// Whether the words are a caller's story rather than a question.
    package var isStory = false
    /// Whether the first card is surely one that was meant; set where the cards are put in their last order.
    package var isSure = false
    /// The codes of the life events that the words tell of, the one most is said of first.
    package var events: [String] = []
    /// What to ask where two cards, or two cases of one, fit alike.
    package var choice: SearchChoice?

    /// Nothing found.
    package static let empty = SearchAnswer(
        hits: [], reading: [], coverage: 0, isWeak: false, highlight: HighlightKeys())
}

/// One card found.
package struct SearchHit: Hashable, Sendable {
    /// The identifier of the card.
    package var id: String
    /// How well it fits; comparable only within one answer.
    package var score: Double
    /// How much of the query's meaning it has, 0...1.
    package var coverage: Double
    /// How much of it stands in its title and its key phrases, 0...1.
    package var core = 1.0
    /// How much of its title the query says, 0...1.
    package var title = 1.0
    /// How much of the meaning it has anywhere, where what a caller tells beside the matter hardly counts, 0...1.
    package var meant = 1.0
    /// Whether something was asked for that no card answers, and this one neither.
    package var isForeign = false
    /// Which words matched in which field.
    package var reasons: [Reason]

    /// Whether its title or code holds words of the query, so that a list shows why it was found without more of it.
    package var isShownByTitle: Bool { reasons.contains { ["titleRU", "titleKK", "code"].contains($0.field) } }
}

/// Words of the query found in a field of a card.
package struct Reason: Hashable, Sendable, Codable {
    /// The field: `titleRU`, `titleKK`, `descriptionRU`, `descriptionKK`, `keywords`, `documents`, `rest`, `code`.
    package var field: String
    /// The words, as the query was read.
    package var words: [String]
}

/// One step from what was typed to what was searched for.
package struct Reading: Hashable, Sendable, Codable {
    /// The words as typed.
    package var typed: String
    /// What they were read as.
    package var readAs: String
    /// How.
    package var through: Through
    /// The group of synonyms, when it was one.
    package var group: String?

    /// How typed words became others.
    package enum Through: String, CaseIterable, Hashable, Sendable, Codable {
        /// English keys meant as Russian.
        case layoutRussian
        /// English keys meant as Kazakh.
        case layoutKazakh
        /// Keys of the number row meant as Kazakh letters.
        case numberRow
        /// Russian keys meant as English.
        case layoutEnglish
        /// Latin letters meant as Cyrillic.
        case transliteration
        /// A misspelt word.
        case spelling
        /// The beginning of a word.
        case beginning
        /// Words of the same family.
        case family
        /// A group of synonyms.
        case synonym
        /// The Kazakh-Russian glossary.
        case glossary
        /// The lexicon mined from the cards.
        case lexicon
        /// A code of the register.
        case code
    }
}

/// The keys whose words are marked in a shown text.
package struct HighlightKeys: Sendable {
    /// The keys of words.
    let keys: Set<UInt32>
    /// The first two letters of the keys; no stem changes those of its word.
    let beginnings: Set<UInt32>
    /// How words are analysed.
    let analysis: WordKeys

    /// The keys of a query.
    init(_ letters: some Sequence<Letters> = [Letters](), analysis: WordKeys = .standard) {
        keys = Set(letters.map(KeyHash.of))
        beginnings = Set(letters.map(Self.beginning))
        self.analysis = analysis
    }

    /// The first two letters as one number.
    @inline(__always)
    static func beginning(_ word: Letters) -> UInt32 {
        UInt32(word.first ?? 0) << 16 | UInt32(word.count > 1 ? word[1] : 0)
    }
}
