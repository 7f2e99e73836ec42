import Foundation
import TextAnalysis

/// The words of the knowledge folder: real Kazakh and Russian, for properties that must hold of every word.
enum RealWords {
    /// Distinct words in lower case.
    static let all: [Letters] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("knowledge/search")
        var files = [folder.appendingPathComponent("glossary.csv")]
        let synonyms = folder.appendingPathComponent("synonyms")
        // Without the folder the list is empty, and the test that counts it fails.
        files += (try? FileManager.default.contentsOfDirectory(at: synonyms, includingPropertiesForKeys: nil)) ?? []
        var words: Set<Letters> = []
        for file in files {
            // As above.
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            for word in TextWords.scan(text) { words.insert(word.letters) }
        }
        return words.sorted { $0.lexicographicallyPrecedes($1) }
    }()
}
