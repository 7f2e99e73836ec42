import CardSearch
import Foundation
import Languages
import Rulebook
import Yams

/// What to ask where cards or cases fit alike: `knowledge/search/choices.yaml`.
package struct ChoiceTable: Hashable, Sendable {
    /// Two cards that callers mean by the same words, and what tells them apart.
    package struct Pair: Hashable, Sendable {
        /// The codes of the two cards.
        package var cards: [String]
        /// What is asked.
        package var ask: Localized
        /// What the two are called in the answer, in the order of the cards.
        package var labels: [Localized]
    }

    /// The pairs.
    package var pairs: [Pair] = []
    /// What cases are called in an answer.
    package var cases: [ServiceCase: Localized] = [:]
    /// The word between two answers: “or”.
    package var or = Localized(kk: "әлде", ru: "или", en: "or")
    /// What is asked of two cards that no pair tells apart.
    package var otherwise = Localized(kk: "Екеуінің қайсысы керек?", ru: "Что из двух нужно?", en: "Which of the two?")

    /// A table without pairs.
    package init() {}

    /// Reads `choices.yaml` of a folder; an empty table where there is no such file.
    /// - Throws: `RulebookLoadError` with every fault and its line.
    package static func load(folder: String) throws -> ChoiceTable {
        guard let bytes = FileManager.default.contents(atPath: folder + "/choices.yaml") else { return ChoiceTable() }
        let (table, problems) = read(String(decoding: bytes, as: UTF8.self), file: "choices.yaml")
        guard problems.isEmpty else { throw RulebookLoadError(problems: problems) }
        return table
    }

    /// The table of a text, and everything that is wrong with it.
    package static func read(_ text: String, file: String) -> (table: ChoiceTable, problems: [RulebookProblem]) {
        var list = ProblemList(file: file)
        var table = ChoiceTable()
        guard let root = list.compose(text, "the choices") else { return (table, list.problems) }
        let fields = YAMLFields(root, name: "the file", line: 1, keys: ["or", "otherwise", "cases", "pairs"], &list)
        if fields["or"] != nil { table.or = fields.localized("or", &list) }
        if fields["otherwise"] != nil { table.otherwise = fields.localized("otherwise", &list) }
        let names = YAMLFields(
            fields["cases"], name: "“cases”", line: 1, keys: ServiceCase.allCases.map(\.rawValue), &list)
        for (key, _) in names.pairs {
            if let about = ServiceCase(rawValue: key) { table.cases[about] = names.localized(key, &list) }
        }
        for node in fields["pairs"]?.sequence.map(Array.init) ?? [] {
            let pair = YAMLFields(
                node, name: "the pair", line: node.line, keys: ["cards", "ask", "first", "second"], &list)
            let cards = pair["cards"]?.texts ?? []
            if Set(cards).count != 2 { list.add(node.line, "“cards” names two different cards: write two codes.") }
            table.pairs.append(
                Pair(
                    cards: cards, ask: pair.localized("ask", &list),
                    labels: [pair.localized("first", &list), pair.localized("second", &list)]))
        }
        return (table, list.problems)
    }

    /// The pair of two cards, with its labels in the order asked for; nil where none is written.
    func pair(_ first: String, _ second: String) -> (ask: Localized, labels: [Localized])? {
        for pair in pairs {
            if pair.cards == [first, second] { return (pair.ask, pair.labels) }
            if pair.cards == [second, first] { return (pair.ask, pair.labels.reversed()) }
        }
        return nil
    }

    /// The question of two cases: “Lost or stolen?”; nil where one of them has no name.
    func question(_ first: ServiceCase, _ second: ServiceCase) -> (ask: Localized, labels: [Localized])? {
        guard let left = cases[first], let right = cases[second] else { return nil }
        func asked(_ language: Language) -> String {
            "\(left[language]) \(or[language]) \(right[language].lowercased())?"
        }
        return (Localized(kk: asked(.kk), ru: asked(.ru), en: asked(.en)), [left, right])
    }
}
