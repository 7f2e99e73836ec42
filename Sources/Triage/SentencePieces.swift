import TextAnalysis

/// What a sentence is compared by: the beginnings of its words, the pairs of neighbours and of words with one between them,
/// and which are negated; as hashes.
enum SentencePieces {
    /// How many letters of a word count, each for itself.
    private static let beginnings = [4, 6]
    private static let number: Letters = [0x23]

    /// The letters by which a word is compared: what Latin letters may say, where they were read as a known word.
    static func letters(_ token: ReadText.Token) -> Letters {
        if token.isNumber { return number }
        return Folding.hasLatin(token.letters) ? token.forms.last ?? token.letters : token.forms[0]
    }

    /// The beginnings of the words, the pairs, and which are negated.
    static func of(_ words: [Letters]) -> Set<UInt64> {
        var pieces = Set<UInt64>(minimumCapacity: words.count * 6)
        var before: (one: UInt64, two: UInt64)
        before = (0, 0)
        for (place, word) in words.enumerated() {
            for length in beginnings { pieces.insert(beginning(word, length)) }
            if word.count > 5, isNegated(word) {
                pieces.insert(hash(negationSeed, word.prefix(5)))
                pieces.insert(negationSeed)
            }
            let own = hash(pairSeed, word.prefix(4))
            if place > 0 { pieces.insert(pair(before.one, own, pairSeed)) }
            if place > 1 { pieces.insert(pair(before.two, own, gapSeed)) }
            if noes.contains(word) {
                for other in words[max(0, place - 3)..<min(words.count, place + 4)] where other != word {
                    pieces.insert(pair(own, hash(pairSeed, other.prefix(4)), negationSeed))
                }
            }
            before = (own, before.one)
        }
        return pieces
    }

    /// Words that negate what stands near them.
    private static let noes = Set(["не", "нет", "без", "ни", "жок", "емес"].map(\.letters))

    @inline(__always)
    private static func pair(_ first: UInt64, _ second: UInt64, _ seed: UInt64) -> UInt64 {
        ((first ^ seed) &* prime ^ (second >> 32)) &* prime ^ second
    }

    /// Whether a Kazakh word has -ма, -ме, -ба, -бе, -па, -пе and after it what only a negated verb has.
    private static func isNegated(_ word: Letters) -> Bool {
        for index in 1..<word.count - 2 where signs.contains(word[index]) && vowels.contains(word[index + 1]) {
            if after.contains(word[index + 2]) { return true }
            let rest = word[(index + 2)...]
            if endings.contains(where: { rest.starts(with: $0) }) { return true }
        }
        return false
    }

    private static let signs = Set("мбп".letters)
    private static let vowels = Set("ае".letters)
    private static let after = Set("йидспу".letters)
    private static let endings = ["ген", "ган", "ни", "нып", "нды", "тп"].map(\.letters)

    private static let prime: UInt64 = 1_099_511_628_211
    private static let beginningSeed: UInt64 = 14_695_981_039_346_656_037
    private static let negationSeed: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let pairSeed: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let gapSeed: UInt64 = 0x1656_67B1_9E37_79F9

    /// The piece that the first letters of a word are.
    static func beginning(_ word: Letters, _ length: Int) -> UInt64 { hash(beginningSeed, word.prefix(length)) }

    @inline(__always)
    private static func hash(_ seed: UInt64, _ letters: some Sequence<UInt16>) -> UInt64 {
        letters.reduce(seed) { ($0 ^ UInt64($1)) &* prime }
    }
}
