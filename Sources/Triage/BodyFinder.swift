import Complaints
import TextAnalysis

/// Bodies that a text names, and which of them is blamed.
struct BodyFinder {
    /// A body that is named.
    struct Mention {
        let group: Int
        let tokens: Range<Int>
        /// How much it is blamed.
        var blame: Double
    }

    let knowledge: TriageKnowledge
    let text: ReadText
    let cues: [CueTable.Found]

    /// The bodies named, in the order of the text.
    func mentions() -> [Mention] {
        let aliases = knowledge.aliases
        let found = aliases.matcher.matches(in: text, correcting: true).sorted {
            ($0.tokens.lowerBound, -$0.tokens.count) < ($1.tokens.lowerBound, -$1.tokens.count)
        }
        var mentions: [Mention] = []
        for match in found {
            if let last = mentions.last, last.tokens.upperBound > match.tokens.lowerBound {
                if match.tokens.count > last.tokens.count { mentions[mentions.count - 1] = mention(match, aliases) }
                continue
            }
            mentions.append(mention(match, aliases))
        }
        return mentions
    }

    private func mention(_ match: CueMatcher.Match, _ aliases: BodyAliases) -> Mention {
        Mention(group: aliases.groupOfPattern[match.pattern], tokens: match.tokens, blame: blame(match.tokens))
    }

    /// How much what stands around a name blames the body.
    private func blame(_ tokens: Range<Int>) -> Double {
        var blame = 1.0
        let first = text.tokens[tokens.lowerBound]
        let before = words(tokens.lowerBound - 3..<tokens.lowerBound)
        let after = words(tokens.upperBound..<tokens.upperBound + 3)
        let last = text.tokens[tokens.upperBound - 1].forms[0].text
        // Whom one writes to is not whom one writes about.
        let asks = ["прошу", "просим", "требую", "обращаюсь", "пишу", "жалуюсь", "обратился", "обратилась"]
        let checks = [
            "провер", "разобр", "принять", "дать", "навести", "вмешат", "взять", "обязать", "привлеч", "тексер",
            "назар", "шара", "карап",
        ]
        if before.contains(where: asks.contains),
            after.contains(where: { word in checks.contains { word.hasPrefix($0) } })
        {
            blame -= 1.5
        }
        if tokens.lowerBound <= 2, first.sentence == 0,
            ["га", "ге", "ка", "ке", "на", "не", "ому", "ему"].contains(where: last.hasSuffix), text.sentenceCount > 2,
            text.tokens.first(where: { $0.sentence == 1 }).map({
                $0.bytes.lowerBound - text.tokens[tokens.upperBound - 1].bytes.upperBound < 8
            }) ?? false
        {
            blame -= 1.0
        }
        // What papers only went through has done nothing.
        let passes = ["через", "аркылы", "по"]
        let hands = ["подал", "подала", "подавал", "подавала", "сдал", "сдала", "тапсыр", "отправ", "берген", "бердим"]
        if before.last.map(passes.contains) ?? false || after.first.map(passes.contains) ?? false { blame -= 0.7 }
        if (before + after).contains(where: { word in hands.contains { word.hasPrefix($0) } }) { blame -= 0.35 }
        // What somebody did stands near who did it.
        let near = cues.contains { found in
            (knowledge.cues.cues[found.cue].weights["grievance"] ?? 0) >= 1.5
                && abs(found.tokens.lowerBound - tokens.lowerBound) <= 6
                && text.tokens[found.tokens.lowerBound].sentence == first.sentence
        }
        if near { blame += 0.5 }
        if first.sentence == 0 { blame += 0.25 }
        return blame
    }

    private func words(_ range: Range<Int>) -> [String] {
        guard range.upperBound > 0, range.lowerBound < text.tokens.count else { return [] }
        return range.clamped(to: text.tokens.indices).map { text.tokens[$0].forms[0].text }
    }
}
