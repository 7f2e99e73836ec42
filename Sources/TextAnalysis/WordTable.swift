/// A sorted list of distinct words in two flat arrays: small, quick to search, quick to go through by prefix.
package struct WordTable: Sendable {
    private let units: [UInt16]
    private let starts: [UInt32]

    /// A table of words; repetitions are kept once.
    package init(_ words: some Sequence<Letters>) {
        self.init(sorted: Set(words).sorted { $0.lexicographicallyPrecedes($1) })
    }

    /// A table of words that are distinct and in order already.
    package init(sorted words: [Letters]) {
        var units: [UInt16] = []
        var starts: [UInt32] = [0]
        units.reserveCapacity(words.reduce(0) { $0 + $1.count })
        starts.reserveCapacity(words.count + 1)
        for word in words {
            units.append(contentsOf: word)
            starts.append(UInt32(units.count))
        }
        self.units = units
        self.starts = starts
    }

    /// How many words there are.
    package var count: Int { starts.count - 1 }

    /// The bytes that the arrays take.
    package var byteCount: Int { units.count * 2 + starts.count * 4 }

    /// The word of an index below `count`.
    package subscript(index: Int) -> Letters { Array(units[Int(starts[index])..<Int(starts[index + 1])]) }

    /// The length of a word, in letters.
    package func length(_ index: Int) -> Int { Int(starts[index + 1] - starts[index]) }

    /// The place of a word, or nil when it is not in the table.
    package func index(of word: Letters) -> Int? {
        let position = lowerBound(word)
        guard position < count, compare(position, word) == 0 else { return nil }
        return position
    }

    /// The words that begin with a prefix; empty when none does.
    package func range(prefix: Letters) -> Range<Int> {
        let start = lowerBound(prefix)
        var low = start
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if hasPrefix(middle, prefix) { low = middle + 1 } else { high = middle }
        }
        return start..<low
    }

    /// Calls back with the letters of a word without copying them.
    package func withLetters<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
        units.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[Int(starts[index])..<Int(starts[index + 1])]))
        }
    }

    private func lowerBound(_ word: Letters) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if compare(middle, word) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func hasPrefix(_ index: Int, _ prefix: Letters) -> Bool {
        guard length(index) >= prefix.count else { return false }
        let start = Int(starts[index])
        for offset in prefix.indices where units[start + offset] != prefix[offset] { return false }
        return true
    }

    private func compare(_ index: Int, _ word: Letters) -> Int {
        let start = Int(starts[index])
        let length = Int(starts[index + 1]) - start
        for offset in 0..<min(length, word.count) {
            let mine = units[start + offset]
            if mine != word[offset] { return mine < word[offset] ? -1 : 1 }
        }
        return length - word.count
    }
}
