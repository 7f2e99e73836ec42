import Foundation
import TextAnalysis
import Yams

/// Sentences that people write, by what they speak for: `schedules/routing/sayings.yaml`.
///
/// The table counts the beginnings of words, the pairs of words and the negations of its sentences. A sentence of a text is
/// compared with each label by how much oftener its words stand there than elsewhere (a naive Bayes count, smoothed), so a
/// sentence nobody foresaw is still read by its words, and each word can be told with what it spoke for.
package struct SayingTable: Sendable {
    /// What sentences speak for, in the order of the file.
    let labels: [String]
    /// For each piece of a sentence the place of its row of `weights`.
    private let rows: [UInt64: Int]
    /// Row after row, for each label the logarithm of how much oftener the piece stands there than in all.
    private let weights: [Double]

    /// The most words that are read as one sentence; what has no full stops is cut.
    private static let longestSentence = 16
    /// The most sentences that are read of a text.
    private static let mostSentences = 150
    /// How many sentences of the usual share are thought to stand beside the real ones, so that a rare word proves little.
    private static let smoothing = 0.5
    /// How much a piece counts beside the others; they are no independent witnesses.
    private static let temper = 0.3
    /// How many pieces are thought to stand beside those of a text that say nothing, so that few words prove little.
    private static let steadying = 8
    /// The share of a sentence that every label has in a text beforehand.
    private static let floor = 0.15

    /// A table without sentences, which speaks for nothing.
    init() {
        labels = []
        rows = [:]
        weights = []
    }

    /// Reads the file, its words as they stand.
    /// - Throws: `TriageFileError` with the line.
    package init(yaml: String, file: String) throws(TriageFileError) {
        try self.init(yaml: yaml, file: file, read: { ReadText($0) })
    }

    /// Reads the file.
    /// - Parameter read: cuts a sentence into words as the texts are cut that will be compared.
    /// - Throws: `TriageFileError` with the line.
    init(yaml: String, file: String, read: (String) -> ReadText) throws(TriageFileError) {
        let root = try TriageFile.root(yaml: yaml, file: file)
        guard let lists = root["sayings"]?.mapping else {
            throw TriageFileError(nil, file: file, "Write “sayings” with a block of sentences for each label.")
        }
        var labels: [String] = []
        var sentences: [[Set<UInt64>]] = []
        for (key, value) in lists {
            guard let label = key.string, let text = value.string else {
                throw TriageFileError(key, file: file, "Each label holds sentences, one a line.")
            }
            labels.append(label)
            sentences.append(
                text.split(separator: "\n").map { line in
                    let words = read(String(line))
                    return SentencePieces.of(words.tokens.indices.map { SentencePieces.letters(words.tokens[$0]) })
                })
        }
        var rows: [UInt64: Int] = [:]
        var counts: [Double] = []
        for (label, list) in sentences.enumerated() {
            for pieces in list {
                for piece in pieces {
                    let row = rows[piece] ?? rows.count
                    if row == rows.count {
                        rows[piece] = row
                        counts += [Double](repeating: 0, count: labels.count)
                    }
                    counts[row * labels.count + label] += 1
                }
            }
        }
        let totals = sentences.map { Double($0.count) }
        let all = totals.reduce(0, +)
        let breadth = Self.smoothing * Double(labels.count)
        for row in 0..<rows.count {
            let range = row * labels.count..<(row + 1) * labels.count
            let usual = counts[range].reduce(0, +) / all
            for label in labels.indices {
                let rate = (counts[range.lowerBound + label] + breadth * usual) / (totals[label] + breadth)
                counts[range.lowerBound + label] = log(rate / usual)
            }
        }
        self.labels = labels
        self.rows = rows
        weights = counts
    }

    /// What the sentences of a text speak for.
    struct Opinion {
        /// For each label how many sentences speak for it, as a logarithm; a label that no sentence speaks for is near
        /// log 0.15, one that many speak for above nought.
        let strength: [String: Double]
        /// For each label what all the words of the text together say, each once: how much oftener they stand there than
        /// elsewhere, as a logarithm, a piece on the average.
        let whole: [String: Double]
        /// For each label the words that spoke for it most, as places of tokens.
        let words: [String: [Int]]

        /// Nothing is said.
        static let none = Opinion(strength: [:], whole: [:], words: [:])

        /// How much some labels together have, as a logarithm.
        func together(_ labels: [String]) -> Double {
            log(labels.map { exp(strength[$0] ?? log(SayingTable.floor)) - SayingTable.floor }.reduce(0, +) + 0.3)
        }
    }

    /// The label that the words of a text speak for most, Cyrillic ones as they stand; for trying a line of the file.
    package func label(of text: String) -> String? {
        opinion(on: ReadText(text), silent: []).strength.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// Compares a text with the sentences.
    /// - Parameter silent: places of tokens that say nothing here: personal data, names of places.
    func opinion(on text: ReadText, silent: Set<Int>) -> Opinion {
        guard !labels.isEmpty else { return .none }
        var shares = [Double](repeating: 0, count: labels.count)
        var whole = [Double](repeating: 0, count: labels.count)
        var words: [[(Int, Double)]] = Array(repeating: [], count: labels.count)
        var told = Set<Int>()
        var start = 0
        var sentences = 0
        while start < text.tokens.count, sentences < Self.mostSentences {
            var end = start
            while end < text.tokens.count, text.tokens[end].sentence == text.tokens[start].sentence,
                end - start < Self.longestSentence
            { end += 1 }
            let letters = text.tokens[start..<end].map(SentencePieces.letters)
            var odds = [Double](repeating: 0, count: labels.count)
            for piece in SentencePieces.of(letters) {
                guard let row = rows[piece] else { continue }
                let isNew = told.insert(row).inserted
                for label in labels.indices {
                    let weight = weights[row * labels.count + label]
                    odds[label] += weight * Self.temper
                    if isNew { whole[label] += weight }
                }
            }
            let top = odds.max() ?? 0
            let total = odds.reduce(0) { $0 + exp($1 - top) }
            for label in labels.indices { shares[label] += exp(odds[label] - top) / total }
            for (place, word) in zip(start..<end, letters) where !silent.contains(place) {
                for (label, weight) in self.speaks(word) { words[label].append((place, weight)) }
            }
            start = end
            sentences += 1
        }
        var strength: [String: Double] = [:]
        var average: [String: Double] = [:]
        var best: [String: [Int]] = [:]
        for (index, label) in labels.enumerated() {
            strength[label] = log(shares[index] + Self.floor)
            average[label] = whole[index] / Double(told.count + Self.steadying).squareRoot()
            best[label] = words[index].sorted { ($0.1, $1.0) > ($1.1, $0.0) }.prefix(4).map(\.0).sorted()
        }
        return Opinion(strength: strength, whole: average, words: best)
    }

    /// The labels that a word alone speaks for clearly.
    private func speaks(_ word: Letters) -> [(Int, Double)] {
        guard word.count > 2, let row = rows[SentencePieces.beginning(word, 6)] else { return [] }
        let start = row * labels.count
        var spoken: [(Int, Double)] = []
        for label in labels.indices where weights[start + label] > 0.8 {
            spoken.append((label, weights[start + label]))
        }
        return spoken
    }
}
