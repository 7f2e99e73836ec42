import CardSearch

/// A question with the card and the fact that answer it.
package struct AskedQuestion: Hashable, Sendable {
    /// Its number.
    package var id: String
    /// What kind of question it is, for the report.
    package var kind: String
    /// The words.
    package var text: String
    /// The codes of the cards that answer it, the first the best; empty where none does.
    package var cards: [String]
    /// The fact that is asked; nil where no card answers.
    package var fact: ServiceFact?

    /// Questions of a table with the columns id, kind, question, cards and fact, parted by tabs; the first line is a heading.
    /// Cards are parted by `|`; where no card answers, cards and fact are `-`.
    ///
    /// - Throws: `EvaluationFault` that names file and line.
    package static func read(name: String, text: String) throws(EvaluationFault) -> [AskedQuestion] {
        var questions: [AskedQuestion] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index == 0 || line.isEmpty { continue }
            func fault(_ message: String) -> EvaluationFault {
                EvaluationFault(file: name, line: index + 1, message: message)
            }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 5 else {
                throw fault("a line has id, kind, question, cards and fact, parted by tabs; this has \(columns.count).")
            }
            let fact = ServiceFact(rawValue: columns[4])
            guard fact != nil || columns[4] == "-" else {
                let known = ServiceFact.allCases.map(\.rawValue).joined(separator: ", ")
                throw fault("“\(columns[4])” is no fact: known are \(known), and - where no card answers.")
            }
            let cards = columns[3] == "-" ? [] : columns[3].split(separator: "|").map(String.init)
            guard cards.isEmpty == (fact == nil) else { throw fault("cards and fact are both given, or both -.") }
            questions.append(
                AskedQuestion(id: columns[0], kind: columns[1], text: columns[2], cards: cards, fact: fact))
        }
        return questions
    }
}
