import Foundation
import TextAnalysis

/// The data that the search works with: what stands in the folder `knowledge/search`.
package struct SearchKnowledge: Sendable {
    /// Synonyms, from `synonyms/*.yaml`.
    package var synonyms: SynonymTable
    /// The glossary, from `glossary.csv`.
    package var glossary: Glossary
    /// Stop words, from `stop-words.txt`.
    package var stopWords: StopWords
    /// Words of everyday speech, from `everyday-words.txt`: where no card has one, it says nothing and is not misspelt.
    package var everydayWords: [String]
    /// Words by which titles and queries say that something begins or ends, from `acts.txt`.
    package var acts: Acts

    /// The words of questions, from `questions.txt`.
    package var questions: QuestionCues
    /// Words of a caller's story, from `story-words.txt`: what they say is seldom what is asked for.
    package var storyWords: [String] = []
    /// What no card answers, from `foreign.txt`.
    package var foreign = QuestionCues()
    /// The words by which life events are told, from `knowledge/life-events`.
    package var events = QuestionCues()

    /// Words of beginning and of ending.
    package struct Acts: Hashable, Sendable {
        /// Words by which a title says that something begins.
        package var beginnings: [String] = []
        /// Words by which a title or a query says that something ends.
        package var endings: [String] = []
        /// Words by which a title says that it is a narrower thing than its sibling's: another copy, a temporary one.
        package var narrowings: [String] = []
        /// Further words by which a query speaks of such a thing.
        package var narrowingsSaid: [String] = []

        /// The words of a text: lines `begin: …`, `end: …`, `narrow: …` and `narrow-said: …`; from # to the end of a line is a comment.
        package init(_ text: String = "") {
            for line in text.split(separator: "\n") {
                let parts = line.prefix(while: { $0 != "#" }).split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else { continue }
                let words = parts[1].split(separator: " ").map(String.init)
                switch parts[0] {
                case "begin": beginnings += words
                case "narrow": narrowings += words
                case "narrow-said": narrowingsSaid += words
                default: endings += words
                }
            }
        }

        func keys(of words: KeyPath<Acts, [String]>, _ analysis: WordKeys) -> Set<UInt32> {
            Set(
                self[keyPath: words].flatMap { TextWords.scan($0) }.flatMap { analysis.ends(of: $0.letters) }
                    .map(KeyHash.of))
        }
    }

    /// The data.
    package init(
        synonyms: SynonymTable = SynonymTable(), glossary: Glossary = Glossary(), stopWords: StopWords = .none,
        everydayWords: [String] = [], acts: Acts = Acts(), questions: QuestionCues = QuestionCues()
    ) {
        self.questions = questions
        self.everydayWords = everydayWords
        self.acts = acts
        self.synonyms = synonyms
        self.glossary = glossary
        self.stopWords = stopWords
    }

    /// Reads a folder laid out as `knowledge/search`; what is not there is empty.
    ///
    /// - Throws: `SearchDataFault` with every fault of the files; `CocoaError` when a file cannot be read.
    package static func load(folder: String) throws -> SearchKnowledge {
        let files = FileManager.default
        let synonyms = folder + "/synonyms"
        let names = try files.fileExists(atPath: synonyms) ? files.contentsOfDirectory(atPath: synonyms) : []
        let texts = try names.filter { $0.hasSuffix(".yaml") }.sorted().map {
            (name: "synonyms/" + $0, text: try read(synonyms + "/" + $0))
        }
        let glossary = folder + "/glossary.csv"
        let stops = folder + "/stop-words.txt"
        let everyday = folder + "/everyday-words.txt"
        let acts = folder + "/acts.txt"
        let questions = folder + "/questions.txt"
        let story = folder + "/story-words.txt"
        let foreign = folder + "/foreign.txt"
        var knowledge = SearchKnowledge(
            synonyms: try SynonymTable.load(files: texts),
            glossary: try files.fileExists(atPath: glossary)
                ? Glossary.load(name: "glossary.csv", text: read(glossary)) : Glossary(),
            stopWords: files.fileExists(atPath: stops) ? stopWords(try read(stops)) : .none,
            everydayWords: files.fileExists(atPath: everyday) ? words(try read(everyday)) : [],
            acts: files.fileExists(atPath: acts) ? Acts(try read(acts)) : Acts(),
            questions: try files.fileExists(atPath: questions)
                ? QuestionCues.load(name: "questions.txt", text: read(questions)) : QuestionCues())
        if files.fileExists(atPath: story) { knowledge.storyWords = words(try read(story)) }
        if files.fileExists(atPath: foreign) { knowledge.foreign = QuestionCues.foreign(try read(foreign)) }
        return knowledge
    }

    /// Stop words from a text: words parted by spaces and line ends; from # to the end of a line is a comment.
    package static func stopWords(_ text: String) -> StopWords { StopWords(words(text)) }

    private static func words(_ text: String) -> [String] {
        text.split(separator: "\n").flatMap { line in
            line.prefix(while: { $0 != "#" }).split(separator: " ").map(String.init)
        }
    }

    private static func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}
