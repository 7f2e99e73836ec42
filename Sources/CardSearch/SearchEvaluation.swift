import Foundation
import GRDB
import TextAnalysis

/// Measures the search on cards and judged queries, with the product's own code, data and a store of its own in memory.
package struct SearchEvaluation {
    /// What is switched and how deep is looked.
    package struct Options: Sendable {
        /// Steps of reading left out.
        package var off: Set<SearchQuery.Step>
        /// How many cards a run holds for each query.
        package var depth: Int
        /// How many times the queries run before they are timed.
        package var warmUps: Int
        /// Whether the last word of each query is cut to its beginning first, as in the middle of typing.
        package var halvesLastWord: Bool

        /// Options; everything on when nothing is said.
        package init(
            off: Set<SearchQuery.Step> = [], depth: Int = 20, warmUps: Int = 1, halvesLastWord: Bool = false
        ) {
            self.off = off
            self.depth = depth
            self.warmUps = warmUps
            self.halvesLastWord = halvesLastWord
        }
    }

    /// Indexes cards, runs queries, measures.
    ///
    /// - Parameters:
    ///   - cards: Paths of JSONL files, a card a line: `id`, `code`, and `title_`, `desc_`, `docs_`, `term_`, `fee_`,
    ///     `where_` with `ru` and `kk`.
    ///   - queries: Path of a TSV file: qid, class, query and `id:grade` pairs; the first line is a heading.
    ///   - knowledge: The synonyms, the glossary and the stop words.
    /// - Throws: `EvaluationFault` naming file and line, `CocoaError`, `DatabaseError`.
    package static func run(
        cards: [String], queries: String, knowledge: SearchKnowledge, options: Options = Options()
    ) throws -> EvaluationReport {
        let cards = try cards.flatMap { path in try EvaluationFiles.cards(name: path, text: read(path)) }
        return try run(
            cards: cards, queries: EvaluationFiles.queries(name: queries, text: read(queries)), knowledge: knowledge,
            options: options)
    }

    static func run(
        cards: [SearchableCard], queries: [JudgedQuery], knowledge: SearchKnowledge, options: Options
    ) throws -> EvaluationReport {
        let analysis = WordKeys(stems: !options.off.contains(.stemming), folds: !options.off.contains(.folding))
        let store = try DatabaseQueue()
        let engine = SearchEngine(knowledge, analysis: analysis)
        try store.write { db in
            try SearchIndex.create(in: db)
            for card in cards { try SearchIndex.save(card, analysis: analysis, in: db) }
            try engine.refresh(from: db)
        }
        let clock = ContinuousClock()
        var runs: [EvaluationReport.Run] = []
        try store.read { db in
            func answer(_ query: JudgedQuery) throws -> SearchAnswer {
                let text = options.halvesLastWord ? Self.halved(query.text) : query.text
                return try engine.search(
                    SearchQuery(text, limit: options.depth, readsQuestion: true, off: options.off), in: db)
            }
            for _ in 0..<options.warmUps { for query in queries { _ = try answer(query) } }
            for query in queries {
                let start = clock.now
                let found = try answer(query)
                let time = clock.now - start
                let milliseconds = Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3
                runs.append(
                    EvaluationReport.Run(
                        qid: query.qid, kind: query.kind, ids: found.hits.map(\.id), grades: query.grades,
                        milliseconds: milliseconds))
            }
        }
        return EvaluationReport(runs: runs)
    }

    /// The query with the last third to half of its last word not yet typed; three letters stay.
    static func halved(_ text: String) -> String {
        guard let last = text.split(separator: " ").last, last.count > 3 else { return text }
        return String(text.dropLast(last.count - max(3, (last.count * 3 + 4) / 5)))
    }

    private static func read(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
}
