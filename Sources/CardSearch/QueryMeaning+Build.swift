import TextAnalysis

extension QueryMeaning {
    /// The meaning of a query that was read.
    init(_ words: [QueryReader.Word], _ lexis: Lexis, _ query: SearchQuery) {
        let keySets = words.map { word in
            QueryWord(
                keys: Set(word.keys.filter { $0.weight > 0.6 }.map(\.hash)),
                surfaces: [lexis.analysis.fold(word.letters)] + word.readAs.map { $0.letters }, isStop: word.isStop,
                typed: word.readAs.isEmpty ? word.letters : [])
        }
        var spans =
            query.isExact || query.off.contains(.synonyms) ? [] : lexis.sayings.matches(keySets, isGlossary: false)
        let glossary =
            query.isExact || query.off.contains(.glossary) ? [] : lexis.sayings.matches(keySets, isGlossary: true)
        spans = Self.widened(spans, to: glossary)
        let said = Set(spans.flatMap(\.words))
        spans += glossary.filter { match in
            spans.contains { $0.words == match.words } || !match.words.contains(where: said.contains)
        }
        var shares: [Int: Float] = [:]
        if !query.isExact, !query.off.contains(.synonyms) {
            let taken = Set(spans.filter { !lexis.sayings.sayings[$0.saying].isGlossary }.flatMap(\.words))
            let free = words.indices.filter { !taken.contains($0) && !words[$0].isStop }
            // Words that only sayings know: without the saying they would lead nowhere.
            let lost = Set(
                free.filter { index in
                    let keys = words[index].keys
                    return !keys.isEmpty && !keys.contains { lexis.corpus.idf[$0.hash] != nil }
                })
            let partial = lost.isEmpty ? [] : lexis.sayings.partialMatches(keySets, free: free, lost: lost)
            for (match, share) in partial {
                shares[match.saying] = share
                spans.append(match)
            }
        }
        note(words)
        let literal = words.map { literalSlot($0, lexis, query) }
        group(words, literal, spans, shares, glossary, lexis)
        let present = literal.compactMap { $0 }
        pairs = zip(present, present.dropFirst()).map { ($0, $1) }
        codes = Self.codes(words)
    }

    /// Sayings that stand within a longer phrase of the glossary take the words of the phrase, so that the translation of
    /// the whole is asked for beside what they mean. A phrase that another saying stands across is left alone.
    private static func widened(_ spans: [SayingMatch], to glossary: [SayingMatch]) -> [SayingMatch] {
        spans.map { span in
            let wider = glossary.first { phrase in
                guard phrase.words.count > span.words.count, span.words.allSatisfy(phrase.words.contains) else {
                    return false
                }
                return spans.allSatisfy { other in
                    other.words.allSatisfy(phrase.words.contains) || !other.words.contains(where: phrase.words.contains)
                }
            }
            guard let wider else { return span }
            return SayingMatch(
                saying: span.saying, words: wider.words, likeness: span.likeness,
                beside: wider.words.filter { !span.words.contains($0) })
        }
    }

    // MARK: - Words

    private mutating func note(_ words: [QueryReader.Word]) {
        for word in words where word.through != nil {
            guard let through = word.through else { continue }
            let turned = word.letters.text
            let isTurned = through != .spelling && through != .beginning && through != .family
            if isTurned { reading.append(Reading(typed: word.typed, readAs: turned, through: through)) }
            if !word.readAs.isEmpty {
                reading.append(
                    Reading(
                        typed: isTurned ? turned : word.typed, readAs: word.readAs.prefix(4).joined(separator: ", "),
                        through: isTurned ? .spelling : through))
            }
        }
    }

    private mutating func literalSlot(_ word: QueryReader.Word, _ lexis: Lexis, _ query: SearchQuery) -> Int? {
        guard !word.isStop else { return nil }
        guard !word.keys.isEmpty else { return nil }
        var found = word.keys.map {
            (
                key: key(
                    $0.letters, $0.hash, lexis, word: $0.word, isSecondary: word.isSecondary, isAside: $0.isAside),
                weight: word.asks ? $0.weight * QueryReader.asking : $0.weight
            )
        }
        if !query.isExact, !query.off.contains(.lexicon) {
            for own in word.keys.prefix(2) {
                for entry in (lexis.corpus.lexicon.entries[own.hash] ?? []).prefix(3) {
                    guard !found.contains(where: { keys[$0.key].hash == entry.key }) else { continue }
                    let letters =
                        lexis.analysis.ends(of: entry.word.letters).first { KeyHash.of($0) == entry.key }
                        ?? lexis.analysis.kazakh(entry.word.letters).first { KeyHash.of($0) == entry.key }
                    guard let letters else { continue }
                    found.append((key(letters, entry.key, lexis, word: entry.word), 0.55 * entry.weight * own.weight))
                    reading.append(Reading(typed: word.typed, readAs: entry.word, through: .lexicon))
                }
            }
        }
        return slot(found, word.letters.text)
    }

    // MARK: - Groups

    private mutating func group(
        _ words: [QueryReader.Word], _ literal: [Int?], _ spans: [SayingMatch], _ shares: [Int: Float],
        _ glossary: [SayingMatch], _ lexis: Lexis
    ) {
        var taken: Set<Int> = []
        var bySpan: [[Int]: [SayingMatch]] = [:]
        var order: [[Int]] = []
        for span in spans {
            if bySpan[span.words] != nil {
                bySpan[span.words]?.append(span)
            } else if !span.words.contains(where: taken.contains) {
                bySpan[span.words] = [span]
                order.append(span.words)
                taken.formUnion(span.words)
            }
        }
        for span in order {
            var alternatives: [Alternative] = []
            var isColloquial = false
            let typed = span.map { words[$0].letters.text }.joined(separator: " ")
            for match in bySpan[span] ?? [] {
                let saying = lexis.sayings.sayings[match.saying]
                let target = lexis.sayings.targets[saying.target]
                isColloquial = isColloquial || saying.isColloquialOnly
                for (phrase, precedence) in zip(target.phrases, target.precedence) where !phrase.isEmpty {
                    let weight =
                        (saying.isColloquialOnly ? 1 : target.weight) * (shares[match.saying].map { $0 * 0.8 } ?? 1)
                    var meant = alternative(phrase, weight * precedence * (1 - 0.15 * (1 - match.likeness)), lexis)
                    meant.slots += match.beside.compactMap { literal[$0] }
                    alternatives.append(meant)
                }
                reading.append(
                    Reading(
                        typed: typed, readAs: target.texts.joined(separator: "; "),
                        through: saying.isGlossary ? .glossary : .synonym,
                        group: saying.isGlossary ? nil : target.group))
            }
            let own = span.compactMap { literal[$0] }
            if !own.isEmpty {
                let weight: Float = isColloquial ? 0.25 : 1
                alternatives.append(Alternative(slots: own, weight: weight, isLiteral: true))
                if let translated = translated(span, literal, glossary, lexis) {
                    alternatives.append(Alternative(slots: translated, weight: 0.8 * weight))
                }
            }
            append(alternatives)
        }
        for (index, slot) in literal.enumerated() where !taken.contains(index) {
            if let slot {
                append([Alternative(slots: [slot], weight: 1, isLiteral: true)], isStory: words[index].isStory)
            }
        }
    }

    /// The words of a saying as the glossary says them in the other language, those that it does not have as they were
    /// typed; nil where it has none of them. A card in one language only may have nothing of what the saying means.
    private mutating func translated(
        _ span: [Int], _ literal: [Int?], _ glossary: [SayingMatch], _ lexis: Lexis
    ) -> [Int]? {
        var covered: Set<Int> = []
        var slots: [Int] = []
        for match in glossary where match.words.count < span.count && match.words.allSatisfy(span.contains) {
            guard !match.words.contains(where: covered.contains) else { continue }
            let target = lexis.sayings.targets[lexis.sayings.sayings[match.saying].target]
            guard let phrase = target.phrases.first(where: { !$0.isEmpty }) else { continue }
            slots += alternative(phrase, 1, lexis).slots
            covered.formUnion(match.words)
        }
        guard !covered.isEmpty else { return nil }
        return slots + span.filter { !covered.contains($0) }.compactMap { literal[$0] }
    }

    private mutating func alternative(_ phrase: Sayings.Phrase, _ weight: Float, _ lexis: Lexis) -> Alternative {
        let slots = phrase.map { word in
            slot(zip(word.keys, word.hashes).map { (key($0, $1, lexis, word: word.word.text), 1) }, word.word.text)
        }
        return Alternative(slots: slots, weight: weight)
    }

    private mutating func append(_ alternatives: [Alternative], isStory: Bool = false) {
        guard !alternatives.isEmpty else { return }
        let importance = alternatives.reduce(Float(0)) { max($0, $1.weight * self.importance(of: $1)) }
        groups.append(Group(alternatives: alternatives, importance: importance, isStory: isStory))
    }

    private func importance(of alternative: Alternative) -> Float {
        let sum = alternative.slots.reduce(Float(0)) { $0 + slots[$1].idf }
        return sum / Float(alternative.slots.count).squareRoot()
    }

    // MARK: - Codes

    /// Runs of numbers that may be a code: five digits and more, parts joined.
    private static func codes(_ words: [QueryReader.Word]) -> [String] {
        var codes: [String] = []
        var run = ""
        for word in words + [QueryReader.Word(typed: "", letters: [], through: nil)] {
            if !word.letters.isEmpty, word.letters.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
                run += word.letters.text
            } else {
                // Short numbers are codes only when nothing is said beside them but "code" (код, коды).
                let isAlone = words.allSatisfy { word in
                    word.isStop || word.letters.allSatisfy { $0 < 0x3A } || word.letters.starts(with: "код".letters)
                }
                if run.count >= (isAlone ? 3 : 5), run.count <= 20 { codes.append(run) }
                run = ""
            }
        }
        return codes
    }
}
