import CardSearch
import Foundation
import Testing

@Suite struct EvaluationTests {
    @Test("Cards and queries of files are measured; the figures are those worked out by hand")
    func measures() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("search-eval-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // Nothing depends on the folder any more.
            try? FileManager.default.removeItem(at: folder)
        }
        let cards = folder.appendingPathComponent("cards.jsonl")
        let queries = folder.appendingPathComponent("queries.tsv")
        try """
        {"id": "a", "code": "00900001", "title_ru": "Вылов рыбы", "title_kk": "Балық аулау", "docs_ru": ["заявление", "билет"]}
        {"id": "b", "code": "00900002", "title_ru": "Вылов рыбы сетями и учёт рыбы на большом озере", "term_ru": "3 дня"}
        """.write(to: cards, atomically: true, encoding: .utf8)
        try """
        qid\tclass\tquery\trel
        q1\tone\tвылов рыбы\ta:3 b:1
        q2\tone\tвылов рыбы\tb:3
        q3\ttwo\t00900002\tb:2
        q4\ttwo\tничего\tb:2
        """.write(to: queries, atomically: true, encoding: .utf8)
        let report = try SearchEvaluation.run(cards: [cards.path], queries: queries.path, knowledge: SearchKnowledge())
        let one = try #require(report.figures.first { $0.kind == "one" })
        #expect(abs(one.ndcg5 - (1 + 1 / log2(3)) / 2) < 1e-9)
        #expect(one.mrr == 0.75 && one.success1 == 0.5 && one.recall5 == 1)
        let two = try #require(report.figures.first { $0.kind == "two" })
        #expect(two.ndcg5 == 0.5 && two.count == 2)
        #expect(report.figures.last?.kind == "all")
        #expect(report.runLines.split(separator: "\n").first == "{\"qid\":\"q1\",\"ids\":[\"a\",\"b\"]}")
        #expect(report.json.contains("\"ndcg5\""))
        #expect(report.table.contains("recall@5"))
        try "qid\tclass\tquery\trel\nq1\tone\tx\ty".write(to: queries, atomically: true, encoding: .utf8)
        let fault = #expect(throws: EvaluationFault.self) {
            try SearchEvaluation.run(cards: [cards.path], queries: queries.path, knowledge: SearchKnowledge())
        }
        #expect(fault?.line == 2)
    }
}
