import TextAnalysis

/// Finds in the words of a query what it asks for, by the cues of `QuestionCues`.
///
/// A cue matches when all its words stand in the query, in any form and order, with at most two others between. A word that
/// neither a card nor a cue has is taken for the cue's word that it is a letter or two off, and the last word of a query for
/// the one that it begins.
struct QuestionReader: Sendable {
    /// What a query asks for, and what of its words asks.
    struct Reading {
        var question = Question()
        /// Words that say nothing of the service.
        var silent: Set<Int> = []
        /// Words that ask and may belong to the service, too.
        var faint: Set<Int> = []
        /// The life events that the words tell of, the one most is said of first.
        var events: [String] = []
        /// The words of each cue for what no card answers.
        var foreign: [[Int]] = []
        /// The words that tell a case.
        var ofCases: Set<Int> = []
    }

    private struct Cue: Sendable {
        let target: QuestionCues.Target
        /// The keys of each word.
        let words: [Set<UInt32>]
        /// How much it says: its letters, and more for every word.
        let size: Int
    }

    private struct Match {
        let cue: Int
        let places: [Int]

        /// How many other words stand between its own.
        var gaps: Int { (places.last ?? 0) - (places.first ?? 0) + 1 - places.count }
    }

    private let cues: [Cue]
    /// Cues by the keys of their rarest word.
    private let byKey: [UInt32: [Int]]
    private let table: WordTable
    private let spelling: SpellingIndex
    private let analysis: WordKeys

    init(_ cues: QuestionCues, analysis: WordKeys) {
        self.analysis = analysis
        let scanned = cues.cues.map { Self.words($0.text, analysis) }
        var frequency: [UInt32: Int] = [:]
        var made: [Cue] = []
        for (cue, words) in zip(cues.cues, scanned) where !words.isEmpty {
            let keys = words.map { $0.isExact ? [Self.exact($0.letters)] : Self.keys($0.letters, analysis) }
            for key in keys.joined() { frequency[key, default: 0] += 1 }
            let size = words.reduce(0) { $0 + $1.letters.count } + 3 * (words.count - 1)
            made.append(Cue(target: cue.target, words: keys, size: size))
        }
        var byKey: [UInt32: [Int]] = [:]
        for (index, cue) in made.enumerated() {
            func cost(_ word: Set<UInt32>) -> Int { word.reduce(0) { $0 + (frequency[$1] ?? 0) } }
            for key in cue.words.min(by: { cost($0) < cost($1) }) ?? [] { byKey[key, default: []].append(index) }
        }
        self.cues = made
        self.byKey = byKey
        table = WordTable(scanned.joined().map(\.letters).filter { $0.count >= 2 })
        spelling = SpellingIndex(table)
    }

    /// Whether a folded word is one of a cue.
    func knows(_ folded: Letters) -> Bool { table.index(of: folded) != nil }

    /// What words ask for.
    /// - Parameter isKnown: whether a card or a saying has a word, so that it is no misspelt cue.
    func read(_ words: [Letters], isKnown: (Letters) -> Bool) -> Reading {
        guard !cues.isEmpty, !words.isEmpty else { return Reading() }
        let keys = words.enumerated().map { index, word in
            self.keys(word, isLast: index == words.count - 1, isKnown: isKnown)
        }
        var matches: [Match] = []
        var seen: Set<Int> = []
        for (place, own) in keys.enumerated() {
            for key in own.sorted() {
                for index in byKey[key] ?? [] where !seen.contains(index) {
                    guard let places = self.places(of: cues[index], around: place, keys) else { continue }
                    seen.insert(index)
                    matches.append(Match(cue: index, places: places))
                }
            }
        }
        return decide(matches)
    }

    // MARK: - Words

    /// The words of a cue, folded; one after a sign of equality is meant in that form only.
    private static func words(_ text: String, _ analysis: WordKeys) -> [(letters: Letters, isExact: Bool)] {
        text.split(separator: " ").flatMap { word in
            TextWords.scan(word, limit: 4).map { (analysis.fold($0.letters), word.hasPrefix("=")) }
        }
    }

    /// The key of a word in just this form; no stem has it.
    private static func exact(_ folded: Letters) -> UInt32 { KeyHash.of("=".letters + folded) }

    /// Short words count as they are; of longer ones any form does.
    private static func keys(_ folded: Letters, _ analysis: WordKeys) -> Set<UInt32> {
        if particles.contains(folded) { return [KeyHash.of("?".letters)] }
        if folded.count <= 3 { return [exact(folded)] }
        // A stem of less than half of a word is shared by words that have nothing to do with each other.
        let stems = analysis.ends(of: folded).filter { $0.count >= 4 && $0.count * 2 >= folded.count }
        return Set(([folded] + stems).map(KeyHash.of) + [exact(folded)])
    }

    /// The Kazakh particles of a question, which change with the word before them.
    private static let particles: Set<Letters> = Set(["ма", "ме", "ба", "бе", "па", "пе"].map(\.letters))

    private func keys(_ word: Letters, isLast: Bool, isKnown: (Letters) -> Bool) -> Set<UInt32> {
        let folded = analysis.fold(word)
        var keys = Self.keys(folded, analysis)
        guard folded.count >= 4, table.index(of: folded) == nil, !isKnown(word) else { return keys }
        if isLast {
            for index in table.range(prefix: folded).prefix(12) { keys.formUnion(Self.keys(table[index], analysis)) }
        }
        guard folded.count >= 5 else { return keys }
        let near = spelling.neighbours(of: folded)
        let closest = near.map(\.distance).min() ?? 9
        guard closest <= (folded.count < 8 ? 1 : 2) else { return keys }
        for other in near where other.distance <= closest { keys.formUnion(Self.keys(table[other.word], analysis)) }
        return keys
    }

    // MARK: - Cues

    private static let mostBetween = 2
    /// What a word between the words of a cue takes from what it says, in letters.
    private static let perGap = 8

    private func places(of cue: Cue, around anchor: Int, _ keys: [Set<UInt32>]) -> [Int]? {
        if cue.words.count == 1 { return [anchor] }
        let reach = cue.words.count + Self.mostBetween - 1
        let range = max(0, anchor - reach)...min(keys.count - 1, anchor + reach)
        var taken: [Int] = []
        for word in cue.words {
            let place = range.filter { !taken.contains($0) && !word.isDisjoint(with: keys[$0]) }
                .min { abs($0 - anchor) < abs($1 - anchor) }
            guard let place else { return nil }
            taken.append(place)
        }
        guard let first = taken.min(), let last = taken.max(), last - first <= reach else { return nil }
        return taken.sorted()
    }

    private func decide(_ matches: [Match]) -> Reading {
        var reading = Reading()
        var best: (fact: ServiceFact, strength: QuestionCues.Strength, size: Int, place: Int)?
        for match in matches {
            guard case .fact(let fact, let strength) = cues[match.cue].target else { continue }
            let place = match.places[0]
            let size = cues[match.cue].size - match.gaps * Self.perGap
            if let best, (best.strength, best.size, -best.place) >= (strength, size, -place) { continue }
            best = (fact, strength, size, place)
        }
        if let best { reading.question = Question(fact: best.fact, isHint: best.strength == .hint) }
        var cases: [(ServiceCase, Int)] = []
        for match in matches {
            switch cues[match.cue].target {
            case .event: continue
            case .foreign: reading.foreign.append(match.places)
            case .about(let about):
                cases.append((about, match.places[0]))
                reading.ofCases.formUnion(match.places)
            case .fact(let fact, let strength):
                let asks = fact == best?.fact
                if strength == .hint {
                    if asks, best?.strength == .hint { reading.faint.formUnion(match.places) }
                } else if match.places.count > 1, asks {
                    reading.silent.formUnion(match.places)
                } else {
                    reading.faint.formUnion(match.places)
                }
            }
        }
        for (about, _) in cases.sorted(by: { $0.1 < $1.1 }) where !reading.question.cases.contains(about) {
            reading.question.cases.append(about)
        }
        reading.faint.subtract(reading.silent)
        reading.events = events(matches)
        return reading
    }

    /// The life events of the matches, by how much of the words tells of them.
    private func events(_ matches: [Match]) -> [String] {
        var sizes: [String: Int] = [:]
        for match in matches {
            guard case .event(let code) = cues[match.cue].target else { continue }
            sizes[code] = max(sizes[code] ?? 0, cues[match.cue].size - match.gaps * Self.perGap)
        }
        return sizes.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map(\.key)
    }
}
