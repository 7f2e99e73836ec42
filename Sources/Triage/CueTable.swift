import Yams

/// The cues of `schedules/routing/cues.yaml` and `services.yaml`: words, and what they speak for.
package struct CueTable: Sendable {
    /// Words that say the same, and what follows from them.
    struct Cue: Sendable {
        let name: String
        /// What it speaks for or against, and how much: `standard`, `question`, `psc`, `urgent` …
        let weights: [String: Double]
        /// Whether the words are those by which people speak of a service; then the labels are codes of services.
        var namesService = false
    }

    let cues: [Cue]
    let cueOfPattern: [Int]
    private let wordsOfPattern: [Int]
    let matcher: CueMatcher
    /// What complaints are usually about, by where somebody was served.
    let usual: [String: [String: Double]]
    /// How much each kind of sign counts, field by field.
    private let shares: [String: [String: Double]]

    /// Reads the files.
    /// - Parameters:
    ///   - yaml: the cues, from the file of this name.
    ///   - services: the words by which people speak of services, with the name of their file; nil where there are none.
    /// - Throws: `TriageFileError` with the line.
    package init(yaml: String, file: String, services: (yaml: String, file: String)? = nil) throws(TriageFileError) {
        let root = try TriageFile.root(yaml: yaml, file: file)
        usual = Self.numbers(root["usual"])
        shares = Self.numbers(root["shares"])
        var cues: [Cue] = []
        var cueOfPattern: [Int] = []
        var patterns: [CuePattern] = []
        for node in try TriageFile.list("cues", yaml: yaml, file: file) {
            guard let name = node["cue"]?.string, let weights = node["for"]?.mapping,
                let words = node["words"]?.string
            else { throw TriageFileError(node, file: file, "Each cue needs “cue”, “for” and “words”.") }
            var speaks: [String: Double] = [:]
            for (key, value) in weights {
                guard let label = key.string, let weight = value.float ?? value.int.map(Double.init) else {
                    throw TriageFileError(key, file: file, "“for” of \(name) holds labels with numbers.")
                }
                speaks[label] = weight
            }
            for phrase in TriageFile.phrases(words) {
                guard let pattern = CuePattern(phrase) else {
                    throw TriageFileError(node, file: file, "“\(phrase)” of \(name) has no words.")
                }
                patterns.append(pattern)
                cueOfPattern.append(cues.count)
            }
            cues.append(Cue(name: name, weights: speaks))
        }
        if let services {
            for node in try TriageFile.list("services", yaml: services.yaml, file: services.file) {
                let codes = node["services"]?.sequence?.compactMap(\.string) ?? []
                guard !codes.isEmpty, let words = node["words"]?.string else {
                    throw TriageFileError(
                        node, file: services.file, "Each entry needs “services”, a list, and “words”.")
                }
                for phrase in TriageFile.phrases(words) {
                    guard let pattern = CuePattern(phrase) else {
                        throw TriageFileError(node, file: services.file, "“\(phrase)” has no words.")
                    }
                    patterns.append(pattern)
                    cueOfPattern.append(cues.count)
                }
                let weights = Dictionary(codes.map { ($0, 1.0) }, uniquingKeysWith: { first, _ in first })
                cues.append(Cue(name: codes.joined(separator: ", "), weights: weights, namesService: true))
            }
        }
        self.cues = cues
        self.cueOfPattern = cueOfPattern
        wordsOfPattern = patterns.map { $0.parts.reduce(0) { $0 + $1.count } }
        matcher = CueMatcher(patterns)
    }

    /// Blocks of names with numbers.
    private static func numbers(_ node: Node?) -> [String: [String: Double]] {
        var blocks: [String: [String: Double]] = [:]
        for (block, values) in node?.mapping ?? [:] {
            for (name, value) in values.mapping ?? [:] {
                guard let block = block.string, let name = name.string else { continue }
                blocks[block, default: [:]][name] = value.float ?? value.int.map(Double.init)
            }
        }
        return blocks
    }

    /// What signs of a field come to, each times how much it counts.
    func share(_ field: String, _ signs: [String: Double]) -> Double {
        guard let weights = shares[field] else { return 0 }
        return weights.keys.sorted().reduce(0) { $0 + (weights[$1] ?? 0) * (signs[$1] ?? 0) }
    }

    /// A cue that stands in a text.
    struct Found {
        let cue: Int
        let tokens: Range<Int>
        /// How many words the line of the file has that stands there.
        let words: Int
    }

    /// The cues of a text.
    func find(in text: ReadText, correcting: Bool) -> [Found] {
        matcher.matches(in: text, correcting: correcting).map {
            Found(cue: cueOfPattern[$0.pattern], tokens: $0.tokens, words: wordsOfPattern[$0.pattern])
        }
    }

    /// Whether any cue stands in a text, slips in long words forgiven; for trying a line of the file.
    package func stands(in text: String) -> Bool {
        var read = ReadText(text)
        for index in read.tokens.indices { read.tokens[index].mayBeMisspelt = !read.tokens[index].isNumber }
        return !find(in: read, correcting: true).isEmpty
    }

    /// The services that people's words for them speak for, each with how much: 1, more where several words together say
    /// it, and a little for each further way.
    func services(_ found: [Found]) -> [String: Double] {
        var ways: [String: [Range<Int>: Int]] = [:]
        for one in found where cues[one.cue].namesService {
            for code in cues[one.cue].weights.keys {
                ways[code, default: [:]][one.tokens] = max(one.words, ways[code]?[one.tokens] ?? 0)
            }
        }
        return ways.mapValues { ways in
            (ways.values.contains { $0 > 1 } ? 1.25 : 1) + 0.3 * Double(min(3, ways.count) - 1)
        }
    }

    /// The sum for each label; a cue that stands twice counts once and a little.
    func scores(_ found: [Found]) -> [String: Double] {
        var scores: [String: Double] = [:]
        var times: [Int: Int] = [:]
        for one in found where !cues[one.cue].namesService { times[one.cue, default: 0] += 1 }
        for (cue, count) in times {
            for (label, weight) in cues[cue].weights {
                scores[label, default: 0] += weight * (count > 1 ? 1.2 : 1)
            }
        }
        return scores
    }
}
