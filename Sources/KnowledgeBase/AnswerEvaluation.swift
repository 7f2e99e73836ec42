import CanonicalJSON
import CardSearch
import Foundation
import GRDB
import WorkingDays

/// Measures whether questions are answered: with the right card first, and with the right fact of it.
package struct AnswerEvaluation: Sendable {
    /// What came of a question.
    package struct Run: Sendable {
        /// The question.
        package let question: AskedQuestion
        /// The card that stands first; nil where there is none.
        package let card: String?
        /// What the words were taken to ask.
        package let asked: ServiceFact?
        /// The fact that the first card shows.
        package let shown: ServiceFact?
        /// How much of the words the first card has, in its title and key phrases, and how much of its title they say.
        package let coverage, core, title: Double
        /// How sure it is that the words were read rightly.
        package let trust: Double
        /// The same of the meaning, where what a caller tells beside the matter hardly counts.
        package let meant: Double
        /// Whether something was asked for that no card answers.
        package let isForeign: Bool
        /// The time of the search, in milliseconds.
        package let milliseconds: Double

        /// Whether the first card is one that answers.
        package var isCardRight: Bool { card.map(question.cards.contains) ?? false }
        /// Whether card and fact are right; where no card answers, whether no fact is shown.
        package var isRight: Bool { question.fact == nil ? shown == nil : isCardRight && shown == question.fact }
    }

    /// The runs, in the order of the questions.
    package let runs: [Run]

    /// Asks the questions of a store with the cards, in memory.
    /// - Parameters:
    ///   - day: the day on which it is asked.
    ///   - off: steps of reading left out.
    /// - Throws: `DatabaseError`.
    package static func run(
        _ questions: [AskedQuestion], cards: [Card], knowledge: SearchKnowledge, on day: CivilDate,
        off: Set<SearchQuery.Step> = []
    ) throws -> AnswerEvaluation {
        let store = try DatabaseQueue()
        let engine = SearchEngine(knowledge)
        try store.write { db in
            try SearchIndex.create(in: db)
            for card in cards { try SearchIndex.save(card.searchable(state: CardState.draft.rawValue), in: db) }
            try engine.refresh(from: db)
        }
        let answers = Dictionary(
            cards.map { card in
                (card.code, CardAnswers(card, on: day, index: .unknown) { engine.question(in: $0).cases })
            }, uniquingKeysWith: { $1 })
        let clock = ContinuousClock()
        return try store.read { db in
            func ask(_ question: AskedQuestion) throws -> Run {
                let start = clock.now
                let query = SearchQuery(question.text, limit: 12, readsQuestion: true, off: off)
                let answer = try engine.search(query, in: db)
                var best: (hit: SearchHit, shown: CardAnswer?)?
                for var hit in answer.hits {
                    let shown = AnswerCertainty.settle(&hit, answers[hit.id], in: answer)
                    if best.map({ hit.score > $0.hit.score }) ?? true { best = (hit, shown) }
                }
                let took = (clock.now - start).components
                return Run(
                    question: question, card: best?.hit.id, asked: answer.question.fact, shown: best?.shown?.fact,
                    coverage: best?.hit.coverage ?? 0, core: best?.hit.core ?? 0, title: best?.hit.title ?? 0,
                    trust: answer.trust, meant: best?.hit.meant ?? 0, isForeign: best?.hit.isForeign ?? false,
                    milliseconds: Double(took.seconds) * 1e3 + Double(took.attoseconds) / 1e15)
            }
            for question in questions { _ = try ask(question) }
            return AnswerEvaluation(runs: try questions.map(ask))
        }
    }

    /// The share of the questions that a card answers of which the first card is right.
    package var cardShare: Double {
        share {
            $0.question.fact != nil
        } of: {
            $0.isCardRight
        }
    }
    /// The same of card and fact together.
    package var rightShare: Double {
        share {
            $0.question.fact != nil
        } of: {
            $0.isRight
        }
    }
    /// The share, among the questions whose first card is right, that shows the right fact.
    package var factShare: Double {
        share {
            $0.question.fact != nil && $0.isCardRight
        } of: {
            $0.isRight
        }
    }
    /// The share of the questions that no card answers for which a fact is shown all the same.
    package var falseShare: Double {
        share {
            $0.question.fact == nil
        } of: {
            $0.shown != nil
        }
    }

    private func share(_ among: (Run) -> Bool, of isCounted: (Run) -> Bool) -> Double {
        let runs = runs.filter(among)
        return runs.isEmpty ? 0 : Double(runs.count(where: isCounted)) / Double(runs.count)
    }

    /// The figures by kind of question and in all, as a table.
    package var table: String {
        func number(_ value: Double) -> String { String(format: "%.3f", value) }
        var lines = ["kind           n  card first  fact right  both right  shown wrongly"]
        for kind in Set(runs.map(\.question.kind)).sorted() {
            let part = AnswerEvaluation(runs: runs.filter { $0.question.kind == kind })
            lines.append(part.line(kind, number))
        }
        lines.append(line("all", number))
        let times = runs.map(\.milliseconds).sorted()
        if !times.isEmpty {
            lines.append(
                String(
                    format: "p50 %.2f ms, p95 %.2f ms", times[times.count / 2],
                    times[min(times.count - 1, times.count * 95 / 100)]))
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ kind: String, _ number: (Double) -> String) -> String {
        let figures = [cardShare, factShare, rightShare, falseShare].map(number)
        let count = String(repeating: " ", count: max(0, 4 - "\(runs.count)".count)) + "\(runs.count)"
        return kind.padding(toLength: 12, withPad: " ", startingAt: 0) + count + "  "
            + figures.map { $0.padding(toLength: 12, withPad: " ", startingAt: 0) }.joined()
    }

    /// The figures for programs.
    package var json: JSON {
        func share(_ value: Double) -> JSON { .string(String(format: "%.4f", value)) }
        return .object([
            "questions": .int(Int64(runs.count)), "cardFirst": share(cardShare), "factRight": share(factShare),
            "bothRight": share(rightShare), "shownWrongly": share(falseShare),
        ])
    }

    /// One JSON line for each question: what was wanted and what came.
    package var runLines: String {
        func whole(_ share: Double) -> JSON { .int(Int64((share * 1_000).rounded())) }
        return runs.map { run in
            JSON.object([
                "id": .string(run.question.id), "text": .string(run.question.text),
                "wanted": .array(run.question.cards.map { .string($0) }),
                "fact": run.question.fact.map { .string($0.rawValue) } ?? .null,
                "card": run.card.map { .string($0) } ?? .null, "asked": run.asked.map { .string($0.rawValue) } ?? .null,
                "shown": run.shown.map { .string($0.rawValue) } ?? .null, "right": .bool(run.isRight),
                "coverage": whole(run.coverage), "core": whole(run.core), "title": whole(run.title),
                "trust": whole(run.trust), "meant": whole(run.meant), "foreign": .bool(run.isForeign),
            ]).text + "\n"
        }.joined()
    }
}
