import TextAnalysis

/// Places that a text names, and the region that follows from them.
struct PlaceFinder {
    /// A place that is named.
    struct Mention {
        let tokens: Range<Int>
        /// The regions that the name may be in, more than one where it is ambiguous.
        let regions: Set<String>
        let kind: Gazetteer.Kind
        /// The akimat of the district or town, where the name tells one.
        let body: String?
        let weight: Double
    }

    let gazetteer: Gazetteer
    let text: ReadText
    /// Tokens that are names of persons or streets.
    let excluded: Set<Int>

    /// The places named, in the order of the text.
    func mentions() -> [Mention] {
        let keys = text.tokens.map { token in
            guard !token.isNumber, token.letters.count > 1 else { return [Letters]() }
            let found = token.forms.flatMap(gazetteer.words)
            // The capital of a first word says nothing of it.
            if found.isEmpty, token.mayBeMisspelt, token.isCapital, !token.isFirst || token.letters.count > 7 {
                return token.forms.flatMap(gazetteer.misspelt)
            }
            return found
        }
        var mentions: [Mention] = []
        var index = 0
        while index < keys.count {
            guard !excluded.contains(index), let mention = mention(at: index, keys) else {
                index += 1
                continue
            }
            mentions.append(mention)
            index = mention.tokens.upperBound
        }
        return mentions
    }

    private func mention(at index: Int, _ keys: [[Letters]]) -> Mention? {
        var best: [(entry: Gazetteer.Entry, end: Int, weight: Double)] = []
        for number in Set(keys[index].flatMap { gazetteer.byWord[$0] ?? [] }) {
            let entry = gazetteer.entries[number]
            var end = index
            let fits = entry.words.allSatisfy { word in
                guard end < keys.count, keys[end].contains(word) else { return false }
                end += 1
                return true
            }
            guard fits, let weight = weight(of: entry, index..<end) else { continue }
            best.append((entry, end, weight))
        }
        guard let longest = best.map(\.end).max() else { return nil }
        best = best.filter { $0.end == longest }
        guard let top = best.map(\.weight).max() else { return nil }
        best = best.filter { $0.weight > top - 0.55 }
        if best.contains(where: { $0.entry.kind == .city && $0.weight >= top - 0.3 }) {
            best = best.filter { $0.entry.kind == .city }
        }
        let regions = Set(best.map(\.entry.region))
        let bodies = Set(best.compactMap(\.entry.body))
        return Mention(
            tokens: index..<longest, regions: regions, kind: best[0].entry.kind,
            body: bodies.count == 1 ? bodies.first : nil, weight: top)
    }

    /// How much the name says here; nil where it says nothing.
    private func weight(of entry: Gazetteer.Entry, _ tokens: Range<Int>) -> Double? {
        let token = text.tokens[tokens.lowerBound]
        let (before, after) = markers(tokens)
        let isMarked = before != nil || after != nil
        var weight = entry.kind.weight
        let isExact = token.forms.contains(entry.surface)
        if entry.words.count == 1, entry.surface.count < 4, !isExact, !isMarked { return nil }
        // A name without a capital may be any word; so may a short one.
        if !token.isCapital, !text.isShouted, !text.isLowered {
            guard isMarked || entry.surface.count >= 5 else { return nil }
            weight -= 0.4
        }
        let shortest = entry.kind == .city || entry.kind == .region ? 3 : 5
        if text.isLowered || text.isShouted, entry.surface.count < shortest, !isMarked { return nil }
        switch entry.kind {
        case .region:
            let isRegion = before == .region || after == .region
            guard isRegion || (entry.isAdjective || !entry.needsMarker) && after != .district else { return nil }
            if isRegion { weight += 0.6 }
        case .district:
            if after == .region { return nil }
            let isDistrict = before == .district || after == .district
            if isDistrict { weight += 1 } else { weight -= entry.isAdjective ? 0.4 : 0.9 }
        case .city, .town, .village:
            if after == .region || after == .district { return nil }
            if before == .settlement || after == .settlement { weight += 0.4 }
        }
        if entry.isFormer { weight -= 0.1 }
        if !isExact { weight -= 0.05 }
        return weight
    }

    private enum Marker { case region, district, settlement }

    /// The words beside a name that tell what it is, with nothing but a space or a full stop between: область Абай,
    /// Абай ауданы, г. Абай. A word after a comma belongs to another name.
    private func markers(_ tokens: Range<Int>) -> (before: Marker?, after: Marker?) {
        let last = tokens.upperBound - 1
        let first = tokens.lowerBound - 1
        let after = last + 1 < text.tokens.count && isBeside(last) ? marker(last + 1, isAfter: true) : nil
        let before = first >= 0 && isBeside(first) ? marker(first, isAfter: false) : nil
        return (before, after)
    }

    /// Whether a token and the next belong together.
    private func isBeside(_ index: Int) -> Bool {
        text.gap(after: index).allSatisfy { $0 == 0x20 || $0 == 0x2E || $0 == 0x2D }
    }

    /// What a word beside a name makes of it; облысы and ауданы stand only after one.
    private func marker(_ index: Int, isAfter: Bool) -> Marker? {
        guard let word = text.tokens[index].forms.last?.text else { return nil }
        if word.hasPrefix("област") || word == "обл" || isAfter && word.hasPrefix("облыс") { return .region }
        if word.hasPrefix("район") || word == "р" { return .district }
        if isAfter, word.hasPrefix("аудан") || word == "ауд" { return .district }
        let settlements = isAfter ? Self.settlementsAfter : Self.settlementsBefore
        return settlements.contains { isAfter && $0.count > 1 ? word.hasPrefix($0) : word == $0 } ? .settlement : nil
    }

    private static let settlementsAfter = ["каласы", "кала", "к", "кенти", "ауылы", "ауыл"]
    private static let settlementsBefore = [
        "г", "город", "городе", "города", "гор", "с", "село", "селе", "села", "пос", "поселок", "поселке", "ауле",
        "аул",
    ]

    // MARK: - The region

    /// The region that the places lead to, with what speaks for it and how clearly.
    static func region(
        _ mentions: [Mention], near served: [Range<Int>], in text: ReadText
    ) -> (region: String, share: Double, evidence: [Mention])? {
        var scores: [String: Double] = [:]
        let clear = mentions.filter { $0.regions.count == 1 }
        let specific = clear.filter { $0.kind != .region }
        for (place, mention) in mentions.enumerated() {
            var weight = mention.weight
            if mention.regions.count > 1 {
                // An ambiguous name counts for a region that something else names.
                let decided = mention.regions.filter { region in clear.contains { $0.regions.contains(region) } }
                for region in decided { scores[region, default: 0] += weight * 0.5 }
                continue
            }
            guard let region = mention.regions.first else { continue }
            if mention.kind == .region, specific.contains(where: { !$0.regions.contains(region) }) { weight *= 0.35 }
            weight += movement(mention.tokens, text)
            if place == 0 { weight += 0.4 }
            if served.contains(where: {
                abs($0.lowerBound - mention.tokens.upperBound) <= 2
                    || abs(mention.tokens.lowerBound - $0.upperBound) <= 2
            }) {
                weight += 1.2
            }
            scores[region, default: 0] += max(0.1, weight)
        }
        guard let best = scores.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        let total = scores.values.reduce(0, +)
        return (best.key, best.value / total, mentions.filter { $0.regions.contains(best.key) })
    }

    /// Less for where somebody came from, less still for where he goes.
    private static func movement(_ tokens: Range<Int>, _ text: ReadText) -> Double {
        let last = text.tokens[tokens.upperBound - 1].forms[0].text
        let before = tokens.lowerBound > 0 ? text.tokens[tokens.lowerBound - 1].forms[0].text : ""
        if ["из", "с", "со"].contains(before) { return -0.9 }
        let ablative = ["дан", "ден", "тан", "тен", "нан", "нен"]
        if last.count > 6, ablative.contains(where: last.hasSuffix) { return -0.6 }
        let dative = ["га", "ге", "ка", "ке"]
        if last.count > 5, dative.contains(where: last.hasSuffix), last.hasSuffix("ка") == false || last.count > 8 {
            return -0.8
        }
        return 0
    }
}
