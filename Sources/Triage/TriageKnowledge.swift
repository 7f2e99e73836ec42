import Complaints
import Foundation
import TextAnalysis

/// What a text is read by: the files of a folder with `schedules/` and `knowledge/`, and the registry.
package struct TriageKnowledge: Sendable {
    let cues: CueTable
    let aliases: BodyAliases
    let gazetteer: Gazetteer
    let names: PersonNames
    /// Sentences that people write, by what they speak for.
    private(set) var sayings = SayingTable()
    let confidence: ConfidenceTable
    /// How what people decided is heeded.
    package let learning: LearningRule
    let routing: RoutingBook
    private(set) var facts: RoutingFacts
    /// What is known of the services, by code.
    private(set) var services: [String: ServiceFacts]
    /// Stems of words of the language.
    let vocabulary: Set<Letters>

    /// What is known of a service beside its card.
    package struct ServiceFacts: Sendable {
        /// The sphere of life.
        package let sphere: String
        /// Facts of a service.
        package init(sphere: String) { self.sphere = sphere }
    }

    /// Reads the files of a home folder.
    /// - Throws: `TriageFileError`, `CSVError` or `RoutingFileError` with file and line; `CocoaError`.
    package init(home: String, facts: RoutingFacts, services: [String: ServiceFacts]) throws {
        try self.init(
            schedules: home + "/schedules", knowledge: home + "/knowledge", facts: facts, services: services)
    }

    /// Reads the files of the folders of the law and of knowledge, wherever each of them lies.
    /// - Parameter table: the edition of the routing table that the settings choose; nil: that of the day.
    /// - Throws: as `init(home:facts:services:)`.
    package init(
        schedules: String, knowledge: String, table: String? = nil, facts: RoutingFacts,
        services: [String: ServiceFacts]
    ) throws {
        func text(_ path: String) throws -> String {
            let place =
                path.hasPrefix("schedules/")
                ? schedules + path.dropFirst("schedules".count) : knowledge + path.dropFirst("knowledge".count)
            return String(decoding: try Data(contentsOf: URL(fileURLWithPath: place)), as: UTF8.self)
        }
        cues = try CueTable(
            yaml: text("schedules/routing/cues.yaml"), file: "schedules/routing/cues.yaml",
            services: (text("schedules/routing/services.yaml"), "schedules/routing/services.yaml"))
        aliases = try BodyAliases(yaml: text("knowledge/body-aliases.yaml"), file: "knowledge/body-aliases.yaml")
        gazetteer = try Gazetteer(csv: Array(text("knowledge/places.csv").utf8), name: "knowledge/places.csv")
        names = PersonNames(try text("knowledge/given-names.txt"))
        confidence = try ConfidenceTable(
            yaml: text("schedules/routing/confidence.yaml"), file: "schedules/routing/confidence.yaml")
        learning = try LearningRule(
            yaml: text("schedules/routing/learning.yaml"), file: "schedules/routing/learning.yaml")
        routing = try RoutingBook.load(folder: schedules + "/routing", choosing: table)
        var vocabulary: Set<Letters> = []
        for file in ["everyday-words.txt", "stop-words.txt", "glossary.csv"] {
            for word in TextWords.scan(try text("knowledge/search/" + file)) where word.letters.count > 3 {
                let folded = Folding.fold(word.letters)
                vocabulary.insert(RussianStemmer.stable(folded))
                vocabulary.insert(KazakhStemmer.stem(folded))
            }
        }
        self.vocabulary = vocabulary
        self.facts = facts
        self.services = services
        let file = "schedules/routing/sayings.yaml"
        sayings = try SayingTable(yaml: text(file), file: file, read: read)
    }

    /// The same knowledge of words beside another state of the registry.
    package func knowing(_ facts: RoutingFacts, _ services: [String: ServiceFacts]) -> TriageKnowledge {
        var knowledge = self
        (knowledge.facts, knowledge.services) = (facts, services)
        return knowledge
    }

    /// A text cut into words, Latin letters read as the words that are known here.
    func read(_ text: String) -> ReadText {
        var read = ReadText(text)
        for index in read.tokens.indices where !read.tokens[index].isNumber && read.tokens[index].letters.count > 5 {
            read.tokens[index].mayBeMisspelt = !isWord(read.tokens[index].forms[0])
        }
        var readings: [Letters: [Letters]] = [:]
        for index in read.tokens.indices where Folding.hasLatin(read.tokens[index].letters) {
            let letters = read.tokens[index].letters
            guard letters.count > 2 else { continue }
            if let known = readings[letters] {
                read.tokens[index].forms += known
                continue
            }
            let variants = Transliteration.variants(
                letters, limit: readings.count < Self.mostLatinWords ? Self.mostReadings : 2)
            let known = variants.filter { cues.matcher.knows($0) || aliases.matcher.knows($0) || isPlace($0) }
            let forms = known.isEmpty ? Array(variants.prefix(1)) : Array(known.prefix(3))
            readings[letters] = forms
            read.tokens[index].forms += forms
        }
        return read
    }

    /// How many readings of a Latin word are tried, and of how many different words of one text.
    private static let mostReadings = 32
    private static let mostLatinWords = 600

    /// Whether a word is one of the language, so that it is no other word misspelt.
    func isWord(_ folded: Letters) -> Bool { WordKeys.standard.query(folded).contains(where: vocabulary.contains) }

    private func isPlace(_ word: Letters) -> Bool {
        gazetteer.surfaces.contains(word) || word.count > 4 && !gazetteer.words(of: word).isEmpty
    }
}
