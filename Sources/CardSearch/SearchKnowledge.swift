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

    /// The data.
    package init(
        synonyms: SynonymTable = SynonymTable(), glossary: Glossary = Glossary(), stopWords: StopWords = .none
    ) {
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
        return SearchKnowledge(
            synonyms: try SynonymTable.load(files: texts),
            glossary: try files.fileExists(atPath: glossary)
                ? Glossary.load(name: "glossary.csv", text: read(glossary)) : Glossary(),
            stopWords: files.fileExists(atPath: stops) ? stopWords(try read(stops)) : .none)
    }

    /// Stop words from a text: words parted by spaces and line ends; from # to the end of a line is a comment.
    package static func stopWords(_ text: String) -> StopWords {
        StopWords(
            text.split(separator: "\n").flatMap { line in
                line.prefix(while: { $0 != "#" }).split(separator: " ").map(String.init)
            })
    }

    private static func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}
