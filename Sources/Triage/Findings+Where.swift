import Foundation
import TextAnalysis

/// Where somebody was served, by the places and bodies that a text names.
extension Findings {
    func region() -> Estimate<String>? {
        guard let found = PlaceFinder.region(places, near: bodies.map(\.tokens), in: text) else { return nil }
        return Estimate(
            value: found.region, confidence: knowledge.confidence.confidence("region", ["share": found.share]),
            evidence: found.evidence.map { .init(bytes: text.span($0.tokens), what: "place") })
    }

    func openRegions() -> [String] { Set(places.flatMap(\.regions)).sorted() }

    func served() -> Estimate<String>? {
        let features = placeFeatures()
        guard let best = knowledge.confidence.best("place", features), best.label != "nowhere" else { return nil }
        return Estimate(
            value: best.label, confidence: best.share,
            evidence: bodies.filter { knowledge.aliases.groups[$0.group].place == best.label }.map {
                .init(bytes: text.span($0.tokens), what: best.label)
            } + evidence(for: best.label == "office" ? "present" : best.label))
    }

    /// What tells where somebody was served: the bodies and systems named and how, words of presence, what it is about.
    func placeFeatures() -> [String: Double] {
        var features: [String: Double] = [:]
        func atLeast(_ name: String, _ value: Double) { features[name] = max(features[name] ?? 0, value) }
        var first: String?
        var quotations = quotations()[...]
        for mention in bodies {
            let start = text.tokens[mention.tokens.lowerBound].bytes.lowerBound
            while let quotation = quotations.first, quotation.upperBound <= start { quotations.removeFirst() }
            let isSaid = quotations.first?.contains(start) ?? false
            let group = knowledge.aliases.groups[mention.group]
            guard let place = group.place else { continue }
            let kind = place == "office" && group.isOffice ? "house" : place
            if first == nil { first = kind }
            atLeast(kind, 1)
            atLeast("\(kind) \(manner(of: mention))", 1)
            atLeast("\(kind) blamed", max(0, mention.blame))
            if isNearPresence(mention) { atLeast("\(kind) near", 1) }
            if isSaid { atLeast("\(kind) said", 1) } else { atLeast("\(kind) unsaid", 1) }
            if isOwnerOfPaper(mention) { atLeast("\(kind) paper", 1) }
        }
        if let first { features["first \(first)"] = 1 } else { features["nothing"] = 1 }
        let named = ["psc", "portal", "office", "house"].filter { features[$0] != nil }
        for (index, one) in named.enumerated() {
            for other in named.dropFirst(index + 1) { features["\(one), \(other)"] = 1 }
        }
        for label in ["psc", "portal", "office", "present"] { features["\(label) told"] = min(6, score(label)) }
        if isByTelephone { features["telephone"] = 1 }
        for (kind, values) in kindFeatures() { features["like \(kind)"] = values["whole"] ?? 0 }
        return features
    }

    /// How a body is named: at it, to it, through it, or only named.
    private func manner(of mention: BodyFinder.Mention) -> String {
        let tokens = mention.tokens
        let last = text.tokens[tokens.upperBound - 1].forms.last?.text ?? ""
        let before = tokens.lowerBound > 0 ? text.tokens[tokens.lowerBound - 1].forms[0].text : ""
        let after =
            tokens.upperBound < text.tokens.count ? text.tokens[tokens.upperBound].forms.last?.text ?? "" : ""
        if before == "через" || after == "аркылы" { return "through" }
        if ["в", "во", "из", "у", "на"].contains(before) { return "at" }
        if ["да", "де", "та", "те", "нда", "нде"].contains(after) { return "at" }
        if ["га", "ге", "ка", "ке"].contains(after) { return "to" }
        if ["да", "де", "та", "те", "дагы", "деги", "тагы", "теги", "нан", "нен", "дан", "ден", "тан", "тен"]
            .contains(where: last.hasSuffix)
        {
            return "at"
        }
        if ["ге", "га", "ке", "ка", "на", "не"].contains(where: last.hasSuffix) { return "to" }
        if tokens.lowerBound == 0 || text.tokens[tokens.lowerBound].isFirst { return "heading" }
        return "named"
    }

    /// What stands between quotation marks, in bytes: where somebody was told to go is not where he was.
    private func quotations() -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start: Int?
        for index in text.bytes.indices {
            // « and » have 0xC2 before them, “ ” and „ 0xE2 0x80.
            switch (index > 0 ? text.bytes[index - 1] : 0, text.bytes[index]) {
            case (0xC2, 0xAB), (0x80, 0x9C), (0x80, 0x9E): start = start ?? index
            case (0xC2, 0xBB), (0x80, 0x9D):
                if let from = start { found.append(from..<index) }
                start = nil
            case (_, 0x22):
                if let from = start { found.append(from..<index) }
                start = start == nil ? index : nil
            default: continue
            }
        }
        return found
    }

    /// Whether only a paper of the body is named: its conclusion, its certificate.
    private func isOwnerOfPaper(_ mention: BodyFinder.Mention) -> Bool {
        let near = text.tokens.indices.clamped(to: mention.tokens.lowerBound - 1..<mention.tokens.upperBound + 1)
        let papers = ["заключ", "корытынд", "справк", "аныктама", "акт", "куалик", "паспорт", "лиценз", "каталог"]
        return near.contains { index in papers.contains { text.tokens[index].forms[0].text.hasPrefix($0) } }
    }

    /// Whether words of presence stand near in the same sentence.
    private func isNearPresence(_ mention: BodyFinder.Mention) -> Bool {
        cues.contains { found in
            (knowledge.cues.cues[found.cue].weights["present"] ?? 0) >= 1
                && abs(found.tokens.lowerBound - mention.tokens.lowerBound) <= 6
                && text.tokens[found.tokens.lowerBound].sentence == text.tokens[mention.tokens.lowerBound].sentence
        }
    }

    /// Whether it happened at the telephone.
    private var isByTelephone: Bool {
        text.tokens.contains { token in Self.telephone.contains(where: token.forms[0].starts) }
    }

    /// The beginnings of words of telephoning, as letters: they are looked for at every word of a text.
    private static let telephone: [Letters] = [
        "позвон", "звони", "звонк", "дозвон", "хабарлас", "конырау", "звонда", "трубк", "тутка",
    ].map { Letters($0.utf16) }
}
