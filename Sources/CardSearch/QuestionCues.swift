/// The words by which questions are known, from `knowledge/search/questions.txt`.
package struct QuestionCues: Hashable, Sendable {
    /// What a cue leads to.
    package enum Target: Hashable, Sendable {
        case fact(ServiceFact, Strength)
        case about(ServiceCase)
        /// Tells a story: the code of a life event.
        case event(String)
        /// Asks for what no card answers.
        case foreign
    }

    /// How sure a cue is.
    package enum Strength: Int, Hashable, Sendable, Comparable {
        /// Asked for only where nothing else is; the word may belong to a service.
        case hint
        /// Asks where no cue asks outright.
        case loose
        /// Asks.
        case outright

        package static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
    }

    /// A phrase and what it leads to.
    package struct Cue: Hashable, Sendable {
        /// The phrase.
        package var text: String
        /// What it leads to.
        package var target: Target

        /// A cue.
        package init(text: String, target: Target) {
            self.text = text
            self.target = target
        }
    }

    /// The cues, in the order of the file.
    package var cues: [Cue]

    /// Cues.
    package init(_ cues: [Cue] = []) { self.cues = cues }

    /// Reads lines `fee: …`, `fee~: …`, `fee?: …` and `case lost: …`, cues parted by commas; from # to the end of a line is a
    /// comment.
    ///
    /// - Throws: `SearchDataFault` with every faulty line.
    package static func load(name: String, text: String) throws(SearchDataFault) -> QuestionCues {
        var cues: [Cue] = []
        var faults: [SearchDataFault.Place] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let said = line.prefix(while: { $0 != "#" })
            if said.allSatisfy(\.isWhitespace) { continue }
            let parts = said.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let target = target(parts[0]) else {
                let facts = ServiceFact.allCases.map(\.rawValue).joined(separator: ", ")
                let cases = ServiceCase.allCases.map(\.rawValue).joined(separator: ", ")
                faults.append(
                    SearchDataFault.Place(
                        file: name, line: index + 1,
                        message: "a line begins with a fact (\(facts)) or “case” and one (\(cases)), then a colon."))
                continue
            }
            for cue in parts[1].split(separator: ",") {
                let words = cue.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                if !words.isEmpty { cues.append(Cue(text: words, target: target)) }
            }
        }
        if !faults.isEmpty { throw SearchDataFault(places: faults) }
        return QuestionCues(cues)
    }

    /// Reads lines of cues for what no card answers, parted by commas; from # to the end of a line is a comment.
    package static func foreign(_ text: String) -> QuestionCues {
        QuestionCues(
            text.split(separator: "\n").flatMap { line in
                line.prefix(while: { $0 != "#" }).split(separator: ",").compactMap { cue in
                    let words = cue.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                    return words.isEmpty ? nil : Cue(text: words, target: .foreign)
                }
            })
    }

    private static func target(_ name: Substring) -> Target? {
        if name.hasPrefix("case ") { return ServiceCase(rawValue: String(name.dropFirst(5))).map(Target.about) }
        let strength: Strength = name.hasSuffix("?") ? .hint : name.hasSuffix("~") ? .loose : .outright
        let fact = strength == .outright ? name : name.dropLast()
        return ServiceFact(rawValue: String(fact)).map { .fact($0, strength) }
    }
}
