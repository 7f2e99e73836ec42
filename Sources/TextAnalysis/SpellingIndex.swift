/// Finds the words of a table that a misspelt word is near to, by symmetric deletes: words that become the same when one
/// or two letters are left out of the first nine of each.
package struct SpellingIndex: Sendable {
    /// How many letters of a word take part in the search for neighbours.
    package static let prefix = 9

    /// A word of the table and how far it is from what was asked.
    package struct Neighbour: Hashable, Sendable {
        /// The place of the word in the table.
        package let word: Int
        /// Letters of difference; half a letter more when the first letters differ.
        package let distance: Double
    }

    private let table: WordTable
    /// Hashes of what is left of a word after deletions, ascending, and beside each the word.
    private let hashes: [UInt32]
    private let words: [UInt32]
    /// Where the hashes with given upper 12 bits begin.
    private let buckets: [UInt32]

    /// An index over the words of a table. Words shorter than three letters are not in it.
    package init(_ table: WordTable) {
        var entries: [UInt64] = []
        var scratch: [UInt32] = []
        for index in 0..<table.count {
            let length = table.length(index)
            guard length >= 3, length <= 40 else { continue }
            scratch.removeAll(keepingCapacity: true)
            table.withLetters(index) { letters in
                Self.deletes(letters, depth: length >= 6 ? 2 : 1, into: &scratch)
            }
            scratch.sort()
            var last: UInt32?
            for hash in scratch where hash != last {
                entries.append(UInt64(hash) << 32 | UInt64(index))
                last = hash
            }
        }
        entries.sort()
        self.table = table
        hashes = entries.map { UInt32(truncatingIfNeeded: $0 >> 32) }
        words = entries.map { UInt32(truncatingIfNeeded: $0) }
        var buckets = [UInt32](repeating: 0, count: 4097)
        for hash in hashes { buckets[Int(hash >> 20) + 1] += 1 }
        for bucket in 1..<buckets.count { buckets[bucket] += buckets[bucket - 1] }
        self.buckets = buckets
    }

    /// The bytes that the arrays take.
    package var byteCount: Int { (hashes.count + words.count + buckets.count) * 4 }

    /// How many letters a word of this length may be off.
    package static func tolerance(_ length: Int) -> Int { length < 4 ? 0 : length < 7 ? 1 : 2 }

    /// The words within the tolerance of a word, unordered.
    package func neighbours(of word: Letters) -> [Neighbour] {
        let limit = Self.tolerance(word.count)
        guard limit > 0, word.count <= 40 else { return [] }
        var scratch: [UInt32] = []
        word.withUnsafeBufferPointer { Self.deletes($0, depth: limit, into: &scratch) }
        var seen: Set<UInt32> = []
        var found: [Neighbour] = []
        for hash in Set(scratch) {
            var position = lowerBound(hash)
            while position < hashes.count, hashes[position] == hash {
                let index = words[position]
                position += 1
                guard seen.insert(index).inserted else { continue }
                let distance = table.withLetters(Int(index)) { letters in
                    word.withUnsafeBufferPointer { EditDistance.between($0, letters, limit: limit) }
                }
                guard let distance else { continue }
                let sameStart = table.withLetters(Int(index)) { $0.first == word.first }
                found.append(Neighbour(word: Int(index), distance: Double(distance) + (sameStart ? 0 : 0.5)))
            }
        }
        return found
    }

    /// What a beginning may have been meant to be, one letter off: its first letter stays or is one that sounds like it,
    /// and a letter after it is left out, another, one more, or two are swapped. For looking up words by their beginning.
    package static func variants(of beginning: Letters) -> [Letters] {
        guard beginning.count >= 2 else { return [] }
        var variants: [Letters] = []
        variants.reserveCapacity(beginning.count * 70)
        for index in 1..<beginning.count {
            var swapped = beginning
            if index + 1 < beginning.count, beginning[index] != beginning[index + 1] {
                swapped.swapAt(index, index + 1)
                variants.append(swapped)
            }
            var shorter = beginning
            shorter.remove(at: index)
            variants.append(shorter)
            for letter: UInt16 in 0x430...0x44F {
                var other = beginning
                if other[index] != letter {
                    other[index] = letter
                    variants.append(other)
                }
                var longer = beginning
                longer.insert(letter, at: index)
                variants.append(longer)
            }
        }
        var swapped = beginning
        swapped.swapAt(0, 1)
        if swapped != beginning { variants.append(swapped) }
        for letter in alike[beginning[0]] ?? [] {
            var other = beginning
            other[0] = letter
            variants.append(other)
        }
        return variants
    }

    /// Letters that are heard as one another at the beginning of a word.
    private static let alike: [UInt16: Letters] = {
        var table: [UInt16: Letters] = [:]
        for group in ["ао", "еиэ", "бп", "вф", "гкх", "дт", "жшщ", "зс", "уюи", "яа", "ый"].map(\.letters) {
            for letter in group { table[letter, default: []] += group.filter { $0 != letter } }
        }
        return table
    }()

    private func lowerBound(_ hash: UInt32) -> Int {
        var low = Int(buckets[Int(hash >> 20)])
        var high = Int(buckets[Int(hash >> 20) + 1])
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Hashes of the first letters of a word with none, one or two of them left out.
    private static func deletes(_ letters: UnsafeBufferPointer<UInt16>, depth: Int, into hashes: inout [UInt32]) {
        let count = min(letters.count, prefix)
        func hash(_ first: Int, _ second: Int) -> UInt32 {
            var value: UInt32 = 2_166_136_261
            for index in 0..<count where index != first && index != second {
                value = (value ^ UInt32(letters[index])) &* 16_777_619
            }
            return value ^ (value >> 15) &* 2_246_822_519
        }
        hashes.append(hash(-1, -1))
        for first in 0..<count {
            hashes.append(hash(first, -1))
            if depth > 1 {
                for second in first + 1..<max(count, first + 1) { hashes.append(hash(first, second)) }
            }
        }
    }
}
