import Foundation
import GRDB
import TextAnalysis

/// What is known of all cards together: the words, how rare each key is, how long fields are, which words translate which.
///
/// It is read from the index as a whole and never changed.
struct Corpus: Sendable {
    /// How many cards there are.
    let cardCount: Int
    /// The folded words of titles, descriptions and key phrases.
    let words: WordTable
    /// In how many cards each word stands.
    let counts: [UInt32]
    /// How rare a key is, by titles, descriptions and key phrases only: ln(1 + (N - n + ½)/(n + ½)).
    let idf: KeyTable
    /// Keys that stand only among documents and the rest.
    let secondary: KeyTable
    /// The mean length of each field, in words, of cards that have it.
    let averageLength: [Float]
    /// The mined lexicon.
    let lexicon: Lexicon

    static let empty = Corpus(
        cardCount: 0, words: WordTable([]), counts: [], idf: KeyTable([:]), secondary: KeyTable([:]),
        averageLength: CardField.allCases.map { _ in 1 }, lexicon: Lexicon())

    /// How rare a key is that no card has.
    var rarest: Float { idf(ofCount: 0) }

    /// How rare a key is that so many cards have.
    func idf(ofCount count: Int) -> Float { Self.idf(count, of: cardCount) }

    static func idf(_ count: Int, of total: Int) -> Float {
        Float(log(1 + (Double(total - count) + 0.5) / (Double(count) + 0.5)))
    }

    /// Reads the whole index.
    static func read(from db: Database, analysis: WordKeys) throws -> Corpus {
        var builder = CorpusBuilder(analysis: analysis)
        let rows = try Row.fetchCursor(db, sql: "SELECT russian, kazakh, words FROM searchCard ORDER BY id")
        while let row = try rows.next() {
            builder.add(russian: row[0], kazakh: row[1], words: row[2])
        }
        return builder.corpus()
    }
}

/// Gathers a corpus card by card.
struct CorpusBuilder {
    private let analysis: WordKeys
    private var cardCount = 0
    private var wordCounts: [Letters: UInt32] = [:]
    private var keyCounts: [UInt32: UInt32] = [:]
    private var secondary: Set<UInt32> = []
    private var lengths = [Int](repeating: 0, count: CardField.allCases.count)
    private var filled = [Int](repeating: 0, count: CardField.allCases.count)
    private var miner: LexiconMiner

    init(analysis: WordKeys) {
        self.analysis = analysis
        miner = LexiconMiner(analysis: analysis)
    }

    mutating func add(russian: String, kazakh: String, words data: Data) {
        cardCount += 1
        var seen: Set<Letters> = []
        for text in [russian, kazakh] {
            for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                let folded = analysis.fold(word.letters)
                if seen.insert(folded).inserted { wordCounts[folded, default: 0] += 1 }
            }
        }
        var keys: Set<UInt32> = []
        var longest = [Int](repeating: 0, count: lengths.count)
        data.withUnsafeBytes { bytes in
            CardWords.forEach(in: bytes) { hash, field, place in
                longest[field] = max(longest[field], place + 1)
                if field < Int(CardField.documents.rawValue) { keys.insert(hash) } else { secondary.insert(hash) }
            }
        }
        for key in keys { keyCounts[key, default: 0] += 1 }
        for field in longest.indices where longest[field] > 0 {
            lengths[field] += longest[field]
            filled[field] += 1
        }
        miner.add(russian: russian, kazakh: kazakh)
    }

    func corpus() -> Corpus {
        var idf: [UInt32: Float] = [:]
        for (key, count) in keyCounts {
            idf[key] = Corpus.idf(Int(count), of: cardCount)
        }
        let only = secondary.subtracting(keyCounts.keys)
        let sorted = wordCounts.keys.sorted { $0.lexicographicallyPrecedes($1) }
        return Corpus(
            cardCount: cardCount, words: WordTable(sorted: sorted), counts: sorted.map { wordCounts[$0] ?? 0 },
            idf: KeyTable(idf), secondary: KeyTable(Dictionary(uniqueKeysWithValues: only.map { ($0, 1) })),
            averageLength: zip(lengths, filled).map { $1 == 0 ? 1 : Float($0) / Float($1) },
            lexicon: miner.lexicon())
    }
}
