/// A saying found among the words of a query.
struct SayingMatch: Sendable {
    /// The place of the saying in `Sayings`.
    let saying: Int
    /// The words of the query that it took, ascending.
    let words: [Int]
}

extension Sayings {
    /// How many words that belong to nothing may stand among the words of a saying.
    static let slack = 2

    /// The sayings in a query, given the keys of each of its words. Longer ones win over those within them.
    func matches(_ query: [Set<UInt32>], isGlossary: Bool) -> [SayingMatch] {
        var found: [SayingMatch] = []
        var seen: Set<Int32> = []
        for keys in query {
            for key in keys.sorted() {
                for index in byKey[key] ?? [] where sayings[Int(index)].isGlossary == isGlossary {
                    guard seen.insert(index).inserted, let words = place(sayings[Int(index)], query) else { continue }
                    found.append(SayingMatch(saying: Int(index), words: words))
                }
            }
        }
        found.sort { ($0.words.count, -$0.saying) > ($1.words.count, -$1.saying) }
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
    private func place(_ saying: Saying, _ query: [Set<UInt32>]) -> [Int]? {
        var taken: [Int] = []
        for word in saying.words {
            guard
                let place = query.indices.first(where: { index in
                    !taken.contains(index) && word.contains(where: query[index].contains)
                })
            else { return nil }
            taken.append(place)
        }
        taken.sort()
        guard let first = taken.first, let last = taken.last,
            last - first + 1 <= taken.count + Self.slack * max(1, taken.count - 1)
        else { return nil }
        return taken
    }
}
