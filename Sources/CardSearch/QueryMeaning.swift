import TextAnalysis

/// What a query means: groups of words, each with its literal reading and its alternatives, over one list of keys.
struct QueryMeaning: Sendable {
    /// A key of the query.
    struct Key: Sendable {
        let letters: Letters
        let hash: UInt32
        let idf: Float
        var isSecondary: Bool
        /// Whether cards are only ranked by it, not fetched.
        var isAside = false
        /// The word it stands for, as a person reads it.
        var word: String
    }

    /// A place that one of several keys fills.
    struct Slot: Sendable {
        /// Indices of keys and their weights.
        var keys: [(key: Int, weight: Float)]
        /// How rare the likeliest key is.
        var idf: Float
        /// The word, for reasons.
        var word: String
    }

    /// One way to say a group.
    struct Alternative: Sendable {
        var slots: [Int]
        var weight: Float
        /// Whether it is what was typed.
        var isLiteral = false
    }

    /// Words of the query that mean one thing together.
    struct Group: Sendable {
        var alternatives: [Alternative]
        var importance: Float
        /// Whether it only tells the story around the matter.
        var isStory = false
    }

    var keys: [Key] = []
    var slots: [Slot] = []
    var groups: [Group] = []
    /// Neighbouring literal slots, for phrases.
    var pairs: [(first: Int, second: Int)] = []
    /// Codes to look for, without spaces and signs.
    var codes: [String] = []
    var reading: [Reading] = []
    private var keyIndex: [UInt32: Int] = [:]

    mutating func key(
        _ letters: Letters, _ hash: UInt32, _ lexis: Lexis, word: String, isSecondary: Bool = false,
        isAside: Bool = false
    ) -> Int {
        if let index = keyIndex[hash] {
            if !isAside { keys[index].isAside = false }
            return index
        }
        keyIndex[hash] = keys.count
        keys.append(
            Key(
                letters: letters, hash: hash, idf: lexis.idf(hash), isSecondary: isSecondary, isAside: isAside,
                word: word))
        return keys.count - 1
    }

    mutating func slot(_ found: [(key: Int, weight: Float)], _ word: String) -> Int {
        var idf: Float = 0
        for (key, weight) in found { idf = max(idf, keys[key].idf * weight) }
        slots.append(Slot(keys: found, idf: idf, word: word))
        return slots.count - 1
    }
}
