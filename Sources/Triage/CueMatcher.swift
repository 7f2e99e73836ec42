import TextAnalysis

/// Finds many patterns in a text at once.
struct CueMatcher: Sendable {
    /// A pattern that stands in a text.
    struct Match: Hashable {
        /// The number of the pattern.
        let pattern: Int
        /// The tokens from its first to its last word.
        let tokens: Range<Int>
    }

    private struct Row: Sendable {
        let pattern: Int
        let part: Int
        let steps: [(atoms: [Int], gap: Int)]
    }

    private var exact: [UInt64: Int] = [:]
    private var prefixes: [UInt64: Int] = [:]
    private var nearPrefixes: [UInt64: [Int]] = [:]
    private var lettersOfAtom: [Letters] = []
    private var rowsByAtom: [[Int]] = []
    private var rows: [Row] = []
    private var partCounts: [Int] = []
    private var longestPrefix = 0
    private var number: Int?

    /// A matcher of these patterns; a match tells their place in the list.
    init(_ patterns: [CuePattern]) {
        partCounts = patterns.map(\.parts.count)
        for (index, pattern) in patterns.enumerated() {
            for (part, steps) in pattern.parts.enumerated() {
                let row = Row(
                    pattern: index, part: part, steps: steps.map { step in (step.atoms.map { atom($0) }, step.gap) })
                for atom in Set(row.steps[0].atoms) { rowsByAtom[atom].append(rows.count) }
                rows.append(row)
            }
        }
        number = exact[Self.hash(CuePattern.Atom.number.letters)]
    }

    private mutating func atom(_ atom: CuePattern.Atom) -> Int {
        let hash = Self.hash(atom.letters)
        if let known = atom.isPrefix ? prefixes[hash] : exact[hash] { return known }
        let id = rowsByAtom.count
        rowsByAtom.append([])
        lettersOfAtom.append(atom.letters)
        if atom.isPrefix {
            prefixes[hash] = id
            longestPrefix = max(longestPrefix, atom.letters.count)
            if atom.letters.count >= Self.shortestCorrected {
                for near in Self.deletes(atom.letters) { nearPrefixes[near, default: []].append(id) }
            }
        } else {
            exact[hash] = id
        }
        return id
    }

    /// Whether some pattern has this word, or a beginning of it of four letters at least.
    func knows(_ word: Letters) -> Bool {
        var hash = Self.seed
        for (index, letter) in word.enumerated() {
            hash = Self.step(hash, letter)
            if index >= 3, prefixes[hash] != nil { return true }
        }
        return exact[hash] != nil
    }

    /// The patterns that stand in a text, each place once.
    func matches(in text: ReadText, correcting: Bool = true) -> [Match] {
        let atoms = text.tokens.map { self.atoms(of: $0, correcting: correcting) }
        var found: [Match] = []
        var parts: [Int: [(part: Int, tokens: Range<Int>)]] = [:]
        for index in atoms.indices {
            for atom in atoms[index] {
                for number in rowsByAtom[atom] {
                    let row = rows[number]
                    guard let end = match(row.steps, 1, index + 1, atoms, text.tokens[index].sentence, text) else {
                        continue
                    }
                    if partCounts[row.pattern] == 1 {
                        found.append(Match(pattern: row.pattern, tokens: index..<end))
                    } else {
                        parts[row.pattern, default: []].append((row.part, index..<end))
                    }
                }
            }
        }
        for (pattern, pieces) in parts {
            for (part, tokens) in pieces where part == 0 {
                let sentence = text.tokens[tokens.lowerBound].sentence
                var range = tokens
                var isWhole = true
                for other in 1..<partCounts[pattern] {
                    let near = pieces.first {
                        $0.part == other && text.tokens[$0.tokens.lowerBound].sentence == sentence
                    }
                    guard let near else {
                        isWhole = false
                        break
                    }
                    range =
                        min(range.lowerBound, near.tokens.lowerBound)..<max(range.upperBound, near.tokens.upperBound)
                }
                if isWhole { found.append(Match(pattern: pattern, tokens: range)) }
            }
        }
        return found
    }

    private func match(
        _ steps: [(atoms: [Int], gap: Int)], _ step: Int, _ start: Int, _ atoms: [[Int]], _ sentence: Int,
        _ text: ReadText
    ) -> Int? {
        guard step < steps.count else { return start }
        for index in start..<max(start, min(atoms.count, start + steps[step].gap + 1)) {
            guard text.tokens[index].sentence == sentence else { return nil }
            if atoms[index].contains(where: steps[step].atoms.contains),
                let end = match(steps, step + 1, index + 1, atoms, sentence, text)
            {
                return end
            }
        }
        return nil
    }

    private func atoms(of token: ReadText.Token, correcting: Bool) -> [Int] {
        var found: [Int] = []
        if let number, token.isNumber || token.forms.contains(where: CuePattern.numbers.contains) {
            found.append(number)
        }
        for form in token.forms {
            var hash = Self.seed
            for letter in form.prefix(max(longestPrefix, 40)) {
                hash = Self.step(hash, letter)
                if let atom = prefixes[hash], !found.contains(atom) { found.append(atom) }
            }
            if let atom = exact[hash], !found.contains(atom) { found.append(atom) }
        }
        guard found.isEmpty, correcting, token.mayBeMisspelt, let form = token.forms.first,
            form.count >= Self.shortestCorrected
        else { return found }
        for length in Self.shortestCorrected...min(13, form.count) {
            let beginning = Array(form.prefix(length))
            for near in Self.deletes(beginning) {
                for atom in nearPrefixes[near] ?? []
                where !found.contains(atom) && Self.isOneOff(beginning, lettersOfAtom[atom]) { found.append(atom) }
            }
        }
        return found
    }

    /// The shortest beginning that a slip is forgiven in.
    private static let shortestCorrected = 6

    /// Whether two words differ by one letter: another, one more, one less, two swapped.
    static func isOneOff(_ a: Letters, _ b: Letters) -> Bool {
        if a.count > b.count { return isOneOff(b, a) }
        guard b.count - a.count <= 1, let first = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
            return b.count - a.count <= 1
        }
        let restA = a[(first + 1)...]
        let restB = b[(first + 1)...]
        if a.count < b.count { return a[first...].elementsEqual(restB) }
        if restA.elementsEqual(restB) { return true }
        return first + 1 < a.count && a[first] == b[first + 1] && a[first + 1] == b[first]
            && a[(first + 2)...].elementsEqual(b[(first + 2)...])
    }

    // MARK: - Hashes

    private static let seed: UInt64 = 14_695_981_039_346_656_037

    @inline(__always)
    private static func step(_ hash: UInt64, _ letter: UInt16) -> UInt64 {
        (hash ^ UInt64(letter)) &* 1_099_511_628_211
    }

    private static func hash(_ letters: Letters) -> UInt64 { letters.reduce(seed, step) }

    /// Hashes of a word with one letter after the first left out, and of the word itself.
    private static func deletes(_ letters: Letters) -> [UInt64] {
        [hash(letters)]
            + (1..<letters.count).map { gone in
                var hash = seed
                for (index, letter) in letters.enumerated() where index != gone { hash = step(hash, letter) }
                return hash
            }
    }
}
