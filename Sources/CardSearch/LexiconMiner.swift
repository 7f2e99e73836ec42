import Foundation
import TextAnalysis

/// Which Russian key says the same as which Kazakh key, as the two languages of the cards teach.
struct Lexicon: Sendable {
    /// One translation.
    struct Entry: Sendable {
        /// The key in the other language.
        let key: UInt32
        /// How sure it is, 0...1.
        let weight: Float
        /// A word for showing.
        let word: String
    }

    /// Translations of a key, best first.
    var entries: [UInt32: [Entry]] = [:]

    /// How many translations there are.
    var count: Int { entries.values.reduce(0) { $0 + $1.count } }
}

/// Learns the lexicon by IBM's first translation model, both ways, from titles and descriptions.
struct LexiconMiner {
    /// How many pairs of texts are learnt from at most; the first ones that differ.
    static let mostPairs = 6_000

    private let analysis: WordKeys
    private var russianIDs: [UInt32: Int32] = [:]
    private var kazakhIDs: [UInt32: Int32] = [:]
    private var russianWords: [(UInt32, String)] = []
    private var kazakhWords: [(UInt32, String)] = []
    private var pairs: [([Int32], [Int32])] = []
    private var seen: Set<Int> = []

    init(analysis: WordKeys) { self.analysis = analysis }

    /// Learns from a card: sections of the two languages that both exist.
    mutating func add(russian: String, kazakh: String) {
        guard pairs.count < Self.mostPairs else { return }
        let russianSections = russian.split(separator: "\n", omittingEmptySubsequences: false)
        let kazakhSections = kazakh.split(separator: "\n", omittingEmptySubsequences: false)
        for (first, second) in zip(russianSections, kazakhSections).prefix(2) where !first.isEmpty && !second.isEmpty {
            let source = first.split(separator: " ").prefix(60).map { word in
                Self.id(KeyHash.of(analysis.russian(word.letters)[0]), word, &russianIDs, &russianWords)
            }
            let target = second.split(separator: " ").prefix(60).map { word in
                Self.id(KeyHash.of(analysis.kazakh(word.letters)[0]), word, &kazakhIDs, &kazakhWords)
            }
            var hasher = PairHash()
            hasher.add(source)
            hasher.add(target)
            if seen.insert(hasher.value).inserted { pairs.append((source, target)) }
        }
    }

    /// The lexicon: what both directions hold likely.
    func lexicon() -> Lexicon {
        guard !pairs.isEmpty else { return Lexicon() }
        let forward = Self.train(pairs, sources: russianWords.count)
        let backward = Self.train(pairs.map { ($0.1, $0.0) }, sources: kazakhWords.count)
        var lexicon = Lexicon()
        for (pair, p) in forward {
            let source = Int(pair >> 32)
            let target = Int(pair & 0xFFFF_FFFF)
            guard let q = backward[UInt64(target) << 32 | UInt64(source)], max(p, q) >= 0.2, min(p, q) >= 0.1
            else { continue }
            let weight = min(1, (p * q).squareRoot() + 0.25)
            let (russian, russianWord) = russianWords[source]
            let (kazakh, kazakhWord) = kazakhWords[target]
            guard russian != kazakh else { continue }
            lexicon.entries[russian, default: []].append(.init(key: kazakh, weight: weight, word: kazakhWord))
            lexicon.entries[kazakh, default: []].append(.init(key: russian, weight: weight, word: russianWord))
        }
        for key in lexicon.entries.keys {
            lexicon.entries[key]?.sort { ($0.weight, $0.key) > ($1.weight, $1.key) }
        }
        return lexicon
    }

    private static func id(
        _ hash: UInt32, _ word: Substring, _ ids: inout [UInt32: Int32], _ words: inout [(UInt32, String)]
    ) -> Int32 {
        if let id = ids[hash] { return id }
        let id = Int32(words.count)
        ids[hash] = id
        words.append((hash, String(word)))
        return id
    }

    /// Probabilities t(target | source), those of 0.05 and more, by source << 32 | target.
    private static func train(_ pairs: [([Int32], [Int32])], sources: Int) -> [UInt64: Float] {
        var cells: [UInt64: Int32] = [:]
        var cellSource: [Int32] = []
        var cellKey: [UInt64] = []
        var flat: [Int32] = []
        for (source, target) in pairs {
            for t in target {
                for s in source {
                    let key = UInt64(UInt32(bitPattern: s)) << 32 | UInt64(UInt32(bitPattern: t))
                    if let cell = cells[key] {
                        flat.append(cell)
                    } else {
                        let cell = Int32(cellKey.count)
                        cells[key] = cell
                        cellKey.append(key)
                        cellSource.append(s)
                        flat.append(cell)
                    }
                }
            }
        }
        var probability = [Float](repeating: 1, count: cellKey.count)
        for _ in 0..<8 {
            var expected = [Float](repeating: 0, count: cellKey.count)
            var totals = [Float](repeating: 0, count: sources)
            var position = 0
            for (source, target) in pairs {
                for _ in target {
                    var sum: Float = 0
                    for offset in 0..<source.count { sum += probability[Int(flat[position + offset])] }
                    if sum > 0 {
                        for offset in 0..<source.count {
                            let cell = Int(flat[position + offset])
                            expected[cell] += probability[cell] / sum
                        }
                    }
                    position += source.count
                }
            }
            for cell in expected.indices { totals[Int(cellSource[cell])] += expected[cell] }
            for cell in expected.indices {
                probability[cell] = expected[cell] / max(totals[Int(cellSource[cell])], 1e-9)
            }
        }
        var result: [UInt64: Float] = [:]
        for cell in probability.indices where probability[cell] >= 0.05 { result[cellKey[cell]] = probability[cell] }
        return result
    }

    private struct PairHash {
        var value = 1_469_598_103
        mutating func add(_ ids: [Int32]) {
            for id in ids { value = (value ^ Int(id)) &* 1_099_511_628_211 }
            value = (value ^ -1) &* 1_099_511_628_211
        }
    }
}
