import Foundation
import TextAnalysis

/// Sayings that lead to other phrases: synonyms and the glossary, made ready for matching.
///
/// A saying matches when every word of it stands in the query, in any order and not far apart; stop words of a saying
/// need not be there. Where a saying is all stop words but one common word, it matches only as a whole.
struct Sayings: Sendable {
    /// A phrase as words, each with its keys.
    typealias Phrase = [PhraseWord]

    /// A word of a phrase.
    struct PhraseWord: Sendable {
        let word: Letters
        let keys: [Letters]
        let hashes: [UInt32]
    }

    /// A saying and what it leads to.
    struct Saying: Sendable {
        let text: String
        /// The keys of each word.
        let words: [[UInt32]]
        /// The words themselves, folded.
        let surfaces: [Letters]
        /// The words themselves with their Kazakh letters.
        let spelt: [Letters]
        let target: Int
        let isColloquialOnly: Bool
        let isGlossary: Bool
    }

    /// What sayings lead to.
    struct Target: Sendable {
        let group: String
        let phrases: [Phrase]
        let texts: [String]
        /// What each phrase is worth: those that stand first in their language are the closest.
        let precedence: [Float]
        let weight: Float
    }

    private(set) var sayings: [Saying] = []
    private(set) var targets: [Target] = []
    /// The words of sayings, folded, for spelling.
    private(set) var words: Set<Letters> = []
    /// The keys of words of sayings.
    private(set) var keys: Set<UInt32> = []
    /// Sayings by the key of their rarest word.
    private(set) var byKey: [UInt32: [Int32]] = [:]

    /// Synonym sayings by every key of theirs, for sayings that a query has only in part.
    private(set) var postings: [UInt32: [Int32]] = [:]
    /// How rare a key is among sayings.
    private(set) var rarity: [UInt32: Float] = [:]

    init(synonyms: SynonymTable, glossary: Glossary, stopWords: StopWords, analysis: WordKeys) {
        for group in synonyms.groups {
            let phrases =
                group.meanRU.map { Self.phrase($0, isKazakh: false, stopWords, analysis) }
                + group.meanKK.map { Self.phrase($0, isKazakh: true, stopWords, analysis) }
            targets.append(
                Target(
                    group: group.id, phrases: phrases, texts: group.meanRU + group.meanKK,
                    precedence: Self.precedence(group.meanRU) + Self.precedence(group.meanKK), weight: 0.9))
            let colloquial = Set(group.onlyColloquial)
            for saying in group.say {
                add(saying, colloquial.contains(saying), .unknown, stopWords, analysis)
            }
        }
        for pair in glossary.pairs {
            for (say, mean, isKazakh) in [(pair.kk, pair.ru, false), (pair.ru, pair.kk, true)] {
                targets.append(
                    Target(
                        group: "", phrases: [Self.phrase(mean, isKazakh: isKazakh, stopWords, analysis)], texts: [mean],
                        precedence: [1],
                        weight: 0.6))
                add(say, false, isKazakh ? .russian : .kazakh, stopWords, analysis)
            }
        }
        indexByRarestKey()
        indexByAllKeys()
    }

    private mutating func add(
        _ text: String, _ isColloquialOnly: Bool, _ tongue: Tongue, _ stopWords: StopWords, _ analysis: WordKeys
    ) {
        let isGlossary = tongue != .unknown
        let scanned = TextWords.scan(text, limit: 12).map(\.letters)
        let content = scanned.filter { !stopWords.contains(analysis.fold($0)) }
        let chosen = content.count >= 2 || scanned.count == content.count ? content : scanned
        guard !chosen.isEmpty else { return }
        var saying: [[UInt32]] = []
        var surfaces: [Letters] = []
        for word in chosen {
            let folded = analysis.fold(word)
            surfaces.append(folded)
            if !isGlossary { words.insert(folded) }
            let hashes = Self.keys(word, tongue, analysis).map(KeyHash.of)
            keys.formUnion(hashes)
            saying.append(hashes)
        }
        sayings.append(
            Saying(
                text: text, words: saying, surfaces: surfaces, spelt: chosen, target: targets.count - 1,
                isColloquialOnly: isColloquialOnly,
                isGlossary: isGlossary))
    }

    private static func precedence(_ texts: [String]) -> [Float] {
        texts.indices.map { max(0.6, 1 - 0.15 * Float($0)) }
    }

    /// The language of a saying, where it is known.
    private enum Tongue { case russian, kazakh, unknown }

    private static func keys(_ word: Letters, _ tongue: Tongue, _ analysis: WordKeys) -> [Letters] {
        switch tongue {
        case .russian: analysis.russian(word)
        case .kazakh: [analysis.kazakh(word)[0]]
        case .unknown where Folding.hasKazakhLetter(word): [analysis.kazakh(word)[0]]
        case .unknown: analysis.ends(of: word)
        }
    }

    private mutating func indexByRarestKey() {
        var frequency: [UInt32: Int] = [:]
        for saying in sayings { for word in saying.words { for key in word { frequency[key, default: 0] += 1 } } }
        for (index, saying) in sayings.enumerated() {
            let rarest = saying.words.min { cost($0, frequency) < cost($1, frequency) }
            for key in rarest ?? [] { byKey[key, default: []].append(Int32(index)) }
        }
    }

    private mutating func indexByAllKeys() {
        for (index, saying) in sayings.enumerated() where !saying.isGlossary {
            for key in Set(saying.words.joined()) { postings[key, default: []].append(Int32(index)) }
        }
        let count = Float(sayings.count)
        rarity = postings.mapValues { log(1 + count / Float($0.count)) }
    }

    private func cost(_ word: [UInt32], _ frequency: [UInt32: Int]) -> Int {
        word.reduce(0) { $0 + (frequency[$1] ?? 0) }
    }

    private static func phrase(
        _ text: String, isKazakh: Bool, _ stopWords: StopWords, _ analysis: WordKeys
    ) -> Phrase {
        let scanned = TextWords.scan(text, limit: 16).map(\.letters)
        let content = scanned.filter { !stopWords.contains(analysis.fold($0)) }
        return (content.isEmpty ? scanned : content).map { word in
            let keys = isKazakh ? analysis.kazakh(word) : analysis.russian(word)
            return PhraseWord(word: word, keys: keys, hashes: keys.map(KeyHash.of))
        }
    }
}

extension WordKeys {
    /// The Russian and the Kazakh key of a word of unknown language, without the stages between.
    func ends(of word: Letters) -> [Letters] {
        let folded = fold(word)
        guard stems else { return [folded] }
        let russian = RussianStemmer.stable(folded)
        let kazakh = KazakhStemmer.stem(folded)
        return russian == kazakh ? [russian] : [russian, kazakh]
    }
}
