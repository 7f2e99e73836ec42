import TextAnalysis

/// A word of a query as sayings are matched with it.
struct QueryWord: Sendable {
    /// The keys it stands under.
    let keys: Set<UInt32>
    /// Itself, folded, and what it was corrected to.
    let surfaces: [Letters]
    /// Whether it carries no meaning.
    let isStop: Bool
    /// As it was typed; empty where it was corrected.
    let typed: Letters
}

/// A saying found among the words of a query.
struct SayingMatch: Sendable {
    /// The place of the saying in `Sayings`.
    let saying: Int
    /// The words of the query that it took, ascending.
    let words: [Int]
    /// How alike the words of the saying and of the query are as they stand, 0...1.
    let likeness: Float
    /// Those of `words` that are not in the saying: it stands within a longer phrase of the glossary.
    var beside: [Int] = []
}

extension Sayings {
    /// How many words that mean something may stand among the words of a saying, for each place between two of them, and
    /// how many of any kind altogether: fillers of speech do not part what belongs together.
    static let slack = 2
    static let mostBetween = 7

    /// The sayings in a query, given the keys of each of its words. Longer ones win over those within them.
    func matches(_ query: [QueryWord], isGlossary: Bool) -> [SayingMatch] {
        var found: [SayingMatch] = []
        var seen: Set<Int32> = []
        for word in query {
            for key in word.keys.sorted() {
                for index in byKey[key] ?? [] where sayings[Int(index)].isGlossary == isGlossary {
                    guard seen.insert(index).inserted, let words = place(Int(index), query) else { continue }
                    if words.words.allSatisfy({ query[$0].isStop }) { continue }
                    found.append(words)
                }
            }
        }
        found.sort { ($0.words.count, $0.likeness, -$0.saying) > ($1.words.count, $1.likeness, -$1.saying) }
        var kept: [SayingMatch] = []
        for match in found {
            let isWithin = kept.contains { longer in
                longer.words.count > match.words.count && match.words.contains(where: longer.words.contains)
            }
            if !isWithin { kept.append(match) }
            if kept.count >= 24 { break }
        }
        return kept
    }

    /// The words of the query that a saying takes, or nil when one is missing or they stand too far apart.
    private func place(_ index: Int, _ query: [QueryWord]) -> SayingMatch? {
        let saying = sayings[index]
        var taken: [Int] = []
        var likeness: Float = 0
        for number in saying.words.indices {
            guard
                let place = query.indices.first(where: { index in
                    !taken.contains(index) && meets(query[index], saying, number)
                })
            else { return nil }
            taken.append(place)
            likeness += Self.likeness(saying.surfaces[number], query[place].surfaces)
        }
        taken.sort()
        guard let first = taken.first, let last = taken.last else { return nil }
        let between = (first...last).count { !query[$0].isStop && !taken.contains($0) }
        guard between <= Self.slack * max(1, taken.count - 1), last - first + 1 <= taken.count + Self.mostBetween
        else { return nil }
        return SayingMatch(saying: index, words: taken, likeness: likeness / Float(taken.count))
    }

    /// Whether a word of a query is one of a saying: they share a key, and no Kazakh letter at the beginning of what was
    /// typed says otherwise (қор is not көр, though both fold to кор).
    private func meets(_ word: QueryWord, _ saying: Saying, _ number: Int) -> Bool {
        guard saying.words[number].contains(where: word.keys.contains) else { return false }
        return !zip(word.typed, saying.spelt[number]).prefix(3).contains { typed, spelt in
            typed != spelt && Folding.hasKazakhLetter([typed])
        }
    }

    /// How much of the longer of two words their common beginning is.
    private static func likeness(_ word: Letters, _ others: [Letters]) -> Float {
        var best: Float = 0
        for other in others {
            var common = 0
            while common < word.count, common < other.count, word[common] == other[common] { common += 1 }
            best = max(best, Float(common) / Float(max(word.count, other.count, 1)))
        }
        return best
    }

    /// Sayings of which a query has the telling words but not all: the best few meanings, `share` saying how much.
    ///
    /// - Parameters:
    ///   - free: The words of the query that no whole saying took.
    ///   - lost: Those of them that no card has; one of them must be in the saying.
    func partialMatches(_ query: [QueryWord], free: [Int], lost: Set<Int>) -> [(match: SayingMatch, share: Float)] {
        var best: [Int: (match: SayingMatch, share: Float, gain: Float)] = [:]
        var seen: Set<Int32> = []
        for word in lost.sorted() {
            for key in query[word].keys.sorted() {
                guard let list = postings[key], list.count <= Self.mostPostings else { continue }
                for index in list where seen.insert(index).inserted {
                    guard let found = part(Int(index), query, free), found.share >= Self.leastShare else { continue }
                    let target = sayings[Int(index)].target
                    if best[target].map({ found.gain > $0.gain }) ?? true { best[target] = found }
                }
            }
        }
        let sorted = best.sorted { ($0.value.gain, -$0.key) > ($1.value.gain, -$1.key) }
        let most = sorted.first?.value.gain ?? 0
        return sorted.prefix(3).filter { $0.value.gain >= most * 0.75 }.map { ($0.value.match, $0.value.share) }
    }

    private static let mostPostings = 400
    private static let leastShare: Float = 0.5

    private func part(_ index: Int, _ query: [QueryWord], _ free: [Int]) -> (
        match: SayingMatch, share: Float, gain: Float
    )? {
        let saying = sayings[index]
        var taken: [Int] = []
        var likeness: Float = 0
        var matched: Float = 0
        var all: Float = 0
        for (number, word) in saying.words.enumerated() {
            let weight = word.reduce(Float(0)) { max($0, rarity[$1] ?? 0) }
            all += weight
            guard let place = free.first(where: { !taken.contains($0) && meets(query[$0], saying, number) }) else {
                continue
            }
            taken.append(place)
            matched += weight
            likeness += Self.likeness(saying.surfaces[number], query[place].surfaces)
        }
        guard !taken.isEmpty, all > 0 else { return nil }
        let share = matched / all
        let match = SayingMatch(saying: index, words: taken.sorted(), likeness: likeness / Float(taken.count))
        return (match, share, matched * share * match.likeness)
    }
}
