import Foundation
import TextAnalysis

/// Puts candidates in order: how much of each group a card says, in which field, how near together, and of how much of
/// its title the query speaks.
struct Ranking {
    let meaning: QueryMeaning
    let lexis: Lexis

    /// The share of the lesser of two readings of the same words that is added to the better.
    static let both: Float = 0.2

    /// What is left of the score of a card whose title says that something ends, where the query does not.
    static let unaskedEnding: Float = 0.55

    /// The same, where the query asks for a beginning.
    static let contraryEnding: Float = 0.35

    /// The same for one whose title says nothing of the kind, where the query's own words do.
    static let missingEnding: Float = 0.7

    /// What is left of the score of a card whose title is a narrower thing than what the query speaks of.
    static let unaskedNarrowing: Float = 0.85

    /// How well a card fits.
    struct Fit {
        var score: Double
        var coverage: Double
        var title = 0.0
    }

    private struct Match {
        let key: Int
        let field: Int
        let place: Int
    }

    private let index: [UInt32: Int]
    private let filter: KeyFilter
    /// What the share of the title is worth: more in a caller's long sentence, where many words are beside the matter.
    private let titleWeight: Float
    /// What descriptions are worth beside titles: less in a long sentence.
    private let descriptionWeight: Float
    private let asksForEnding: Bool
    private let asksForNarrower: Bool
    private let asksForBeginning: Bool
    /// Whether the query's own words ask for an ending, not only what they are taken to mean.
    private let saysEnding: Bool

    /// - Parameter narrows: whether a card of a narrower thing than what is spoken of goes back a little.
    init(_ meaning: QueryMeaning, _ lexis: Lexis, narrows: Bool) {
        self.meaning = meaning
        self.lexis = lexis
        var index: [UInt32: Int] = [:]
        for (place, key) in meaning.keys.enumerated() { index[key.hash] = place }
        self.index = index
        filter = KeyFilter(index.keys)
        let length = min(1, max(0, Float(meaning.groups.count - 3) / 4))
        titleWeight = 0.25 + 0.25 * length
        descriptionWeight = 1 - 0.7 * length
        // What is only guessed (the mined lexicon, faint sayings) asks for nothing; for a beginning asks only who says so.
        func asks(_ acts: Set<UInt32>, where isMeant: (QueryMeaning.Alternative) -> Bool) -> Bool {
            meaning.groups.lazy.flatMap(\.alternatives).contains { alternative in
                isMeant(alternative)
                    && alternative.slots.contains { slot in
                        meaning.slots[slot].keys.contains {
                            $0.weight >= 0.9 && acts.contains(meaning.keys[$0.key].hash)
                        }
                    }
            }
        }
        asksForNarrower = !narrows || asks(lexis.narrowingsSaid) { $0.weight >= 0.5 }
        asksForEnding = asks(lexis.endings) { $0.weight >= 0.6 }
        asksForBeginning = asks(lexis.beginnings, where: \.isLiteral)
        saysEnding = asks(lexis.endings, where: \.isLiteral)
    }

    /// How well a card fits, from its packed words.
    func fit(_ words: Data) -> Fit {
        var matches: [Match] = []
        var lengths = [Int](repeating: 0, count: CardField.allCases.count)
        var titleIDF = (Float(0), Float(0))
        var titleMatched = (Float(0), Float(0))
        var ends = (false, false)
        var begins = (false, false)
        var isNarrow = false
        words.withUnsafeBytes { bytes in
            CardWords.forEach(in: bytes) { hash, field, place in
                if place + 1 > lengths[field] { lengths[field] = place + 1 }
                let key = filter.mayHave(hash) ? index[hash] : nil
                if field <= 1, lexis.acts.mayHave(hash) {
                    if lexis.narrowings.contains(hash) { isNarrow = true }
                    let (isEnding, isBeginning) = (lexis.endings.contains(hash), lexis.beginnings.contains(hash))
                    if field == 0 {
                        (ends.0, begins.0) = (ends.0 || isEnding, begins.0 || isBeginning)
                    } else {
                        (ends.1, begins.1) = (ends.1 || isEnding, begins.1 || isBeginning)
                    }
                }
                if field == 0 {
                    let idf = lexis.idf(hash)
                    titleIDF.0 += idf
                    if key != nil { titleMatched.0 += idf }
                } else if field == 1 {
                    let idf = lexis.idf(hash)
                    titleIDF.1 += idf
                    if key != nil { titleMatched.1 += idf }
                }
                if let key { matches.append(Match(key: key, field: field, place: place)) }
            }
        }
        let scores = keyScores(matches, lengths)
        var score: Float = 0
        var covered: Float = 0
        var importance: Float = 0
        for group in meaning.groups {
            let (value, share) = best(group, scores)
            score += value
            covered += share * group.importance
            importance += group.importance
        }
        guard score > 0 else { return Fit(score: 0, coverage: 0) }
        score += phrases(matches, scores)
        let coverage = importance > 0 ? covered / importance : 0
        let title = max(
            titleIDF.0 > 0 ? titleMatched.0 / titleIDF.0 : 0, titleIDF.1 > 0 ? titleMatched.1 / titleIDF.1 : 0)
        score *= (0.3 + 0.7 * coverage) * (1 + titleWeight * title)
        let isEnding = ends.0 && !begins.0 || ends.1 && !begins.1
        if !ends.0, !ends.1, saysEnding { score *= Self.missingEnding }
        if isEnding, !asksForEnding { score *= asksForBeginning ? Self.contraryEnding : Self.unaskedEnding }
        if isNarrow, !asksForNarrower { score *= Self.unaskedNarrowing }
        return Fit(score: Double(score), coverage: Double(coverage), title: Double(title))
    }

    /// What a word of a caller's story counts when it is asked whether a card was meant.
    static let story: Float = 0.2

    /// How much of the meaning stands in the title and the key phrases of a card, and how much anywhere in it, from its packed
    /// words; what a caller tells beside the matter hardly counts.
    func core(_ words: Data) -> (core: Double, meant: Double) {
        var scores = [Float](repeating: 0, count: meaning.keys.count)
        var all = scores
        words.withUnsafeBytes { bytes in
            CardWords.forEach(in: bytes) { hash, field, _ in
                guard filter.mayHave(hash), let key = index[hash] else { return }
                all[key] = meaning.keys[key].idf
                if CardField.allCases[field].isCore { scores[key] = meaning.keys[key].idf }
            }
        }
        var covered: (core: Float, meant: Float) = (0, 0)
        var importance: Float = 0
        for group in meaning.groups {
            let weight = group.isStory ? group.importance * Self.story : group.importance
            covered.core += best(group, scores).share * weight
            covered.meant += best(group, all).share * weight
            importance += weight
        }
        guard importance > 0 else { return (0, 0) }
        return (Double(covered.core / importance), Double(covered.meant / importance))
    }

    /// Whether the title and the key phrases of a card lack one of the words; each is given by its keys.
    static func lacks(_ words: Data, _ foreign: [Set<UInt32>]) -> Bool {
        var found = [Bool](repeating: false, count: foreign.count)
        words.withUnsafeBytes { bytes in
            CardWords.forEach(in: bytes) { hash, field, _ in
                guard CardField.allCases[field].isCore else { return }
                for (place, keys) in foreign.enumerated() where keys.contains(hash) { found[place] = true }
            }
        }
        return found.contains(false)
    }

    // MARK: - Parts of the score

    private func keyScores(_ matches: [Match], _ lengths: [Int]) -> [Float] {
        var frequency = [Float](repeating: 0, count: meaning.keys.count)
        for match in matches {
            let field = CardField.allCases[match.field]
            let length = Float(lengths[match.field]) / lexis.corpus.averageLength[match.field]
            let weight = field.isDescription ? field.weight * descriptionWeight : field.weight
            frequency[match.key] += weight / (0.5 + 0.5 * length)
        }
        for key in frequency.indices where frequency[key] > 0 {
            frequency[key] = meaning.keys[key].idf * 2.2 * frequency[key] / (frequency[key] + 3.6)
        }
        return frequency
    }

    private func value(_ slot: Int, _ scores: [Float]) -> Float {
        var best: Float = 0
        for (key, weight) in meaning.slots[slot].keys { best = max(best, scores[key] * weight) }
        return best
    }

    private func best(_ group: QueryMeaning.Group, _ scores: [Float]) -> (value: Float, share: Float) {
        var best: (value: Float, share: Float) = (0, 0)
        var literal: Float = 0
        var said: Float = 0
        for alternative in group.alternatives {
            var sum: Float = 0
            var matched: Float = 0
            var all: Float = 0
            for slot in alternative.slots {
                let value = value(slot, scores)
                sum += value
                all += meaning.slots[slot].idf
                if value > 0 { matched += meaning.slots[slot].idf }
            }
            let share = all > 0 ? matched / all : 0
            let size = Float(alternative.slots.count)
            let total = alternative.weight * (0.4 + 0.6 * share) * sum / size.squareRoot()
            if alternative.isLiteral { literal = max(literal, total) } else { said = max(said, total) }
            if total > best.value { best = (total, share) }
        }
        // What was typed and what it stands for, both on a card, are worth more than either.
        best.value += Self.both * min(literal, said)
        return best
    }

    private func phrases(_ matches: [Match], _ scores: [Float]) -> Float {
        var bonus: Float = 0
        for (first, second) in meaning.pairs {
            let left = meaning.slots[first].keys
            let right = meaning.slots[second].keys
            var inTitle = false
            var inDescription = false
            for a in matches where a.field <= 4 && left.contains(where: { $0.key == a.key }) {
                for b in matches where b.field == a.field && b.place != a.place && abs(b.place - a.place) <= 3 {
                    guard right.contains(where: { $0.key == b.key }) else { continue }
                    if a.field <= 1 { inTitle = true } else { inDescription = true }
                }
            }
            let idf = min(meaning.slots[first].idf, meaning.slots[second].idf)
            if inTitle { bonus += 0.5 * idf } else if inDescription { bonus += 0.2 * idf }
        }
        return bonus
    }

    /// Which words stand in which field of a card, from its packed words.
    func reasons(_ words: Data) -> [Reason] {
        var byField: [Int: Set<Int>] = [:]
        words.withUnsafeBytes { bytes in
            CardWords.forEach(in: bytes) { hash, field, _ in
                if filter.mayHave(hash), let key = index[hash] { byField[field, default: []].insert(key) }
            }
        }
        return byField.keys.sorted().map { field in
            let words = (byField[field] ?? []).sorted().map { meaning.keys[$0].word }
            return Reason(field: CardField.allCases[field].name, words: words.uniqued)
        }
    }
}

extension [String] {
    /// Each text once, in the order of its first place.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
