/// What is asked of the search.
package struct SearchQuery: Hashable, Sendable {
    /// The words as they were typed.
    package var text: String
    /// How many cards are wanted at most.
    package var limit: Int
    /// What cards must be.
    package var filters: Filters
    /// The region of the caller: its cards come before another region's.
    package var callerRegion: String?
    /// Whether the words are taken exactly as typed: nothing corrected, turned or widened.
    package var isExact: Bool
    /// Whether words that ask something of a service (“how much”) are read as a question and not looked for on cards.
    package var readsQuestion: Bool
    /// Steps left out.
    package var off: Set<Step>
    /// What was chosen where two cards or cases fitted alike: the `id` of an option of `SearchChoice`.
    package var choice: String?
    /// What use says for cards, 0 and up; it decides only between cards that are equally good otherwise.
    package var boosts: [String: Double]

    /// A question to the search.
    package init(
        _ text: String, limit: Int = 20, filters: Filters = Filters(), callerRegion: String? = nil,
        isExact: Bool = false, readsQuestion: Bool = false, choice: String? = nil, off: Set<Step> = [],
        boosts: [String: Double] = [:]
    ) {
        self.text = text
        self.limit = limit
        self.filters = filters
        self.callerRegion = callerRegion
        self.isExact = isExact
        self.readsQuestion = readsQuestion
        self.choice = choice
        self.off = off
        self.boosts = boosts
    }

    /// What cards must be; an empty filter lets all through.
    package struct Filters: Hashable, Sendable {
        /// The body that gives the service.
        package var body: String?
        /// The sphere of life.
        package var sphere: String?
        /// A way to get the service.
        package var channel: String?
        /// The region: its cards and those for the whole country.
        package var region: String?
        /// The states that may be seen; empty for all.
        package var states: [String]

        /// Filters.
        package init(
            body: String? = nil, sphere: String? = nil, channel: String? = nil, region: String? = nil,
            states: [String] = []
        ) {
            self.body = body
            self.sphere = sphere
            self.channel = channel
            self.region = region
            self.states = states
        }
    }

    /// A step of reading a query that can be left out, for measuring and for "exactly as typed".
    package enum Step: String, CaseIterable, Hashable, Sendable, Codable {
        /// Synonyms, abbreviations, colloquial names.
        case synonyms
        /// The Kazakh-Russian glossary.
        case glossary
        /// Stems of words: only for an engine made without them, see `SearchEngine.init`.
        case stemming
        /// One letter for another (қ for к): only for an engine made without it.
        case folding
        /// The wrong keyboard.
        case layouts
        /// Latin letters for Kazakh and Russian.
        case transliteration
        /// Misspelt words.
        case typos
        /// The lexicon mined from the cards.
        case lexicon
        /// What is asked of a service.
        case questions
    }
}
