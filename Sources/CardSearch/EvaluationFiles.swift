import Foundation

/// A query with the cards that answer it.
struct JudgedQuery: Sendable {
    let qid: String
    let kind: String
    let text: String
    /// Grades by card: 3 the card, 2 a good answer, 1 marginal.
    let grades: [String: Int]
}

/// A line of an evaluation file that cannot be read.
package struct EvaluationFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// What is wrong.
    package let message: String

    /// A fault from its parts.
    package init(file: String, line: Int, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String { "\(file):\(line): \(message)" }
}

/// Reads cards in JSONL and queries in TSV.
enum EvaluationFiles {
    static func cards(name: String, text: String) throws -> [SearchableCard] {
        var cards: [SearchableCard] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            let fields: [String: Any]?
            do {
                fields = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            } catch {
                throw EvaluationFault(file: name, line: index + 1, message: "the line is not JSON (\(error)).")
            }
            guard let fields, let id = fields["id"] as? String else {
                throw EvaluationFault(file: name, line: index + 1, message: "a card must be an object with `id`.")
            }
            func field(_ key: String) -> String {
                if let text = fields[key] as? String { return text }
                return (fields[key] as? [String])?.joined(separator: "; ") ?? ""
            }
            func rest(_ language: String) -> String {
                ["term_", "fee_", "where_"].map { field($0 + language) }.filter { !$0.isEmpty }.joined(separator: "; ")
            }
            cards.append(
                SearchableCard(
                    id: id, code: field("code"), registerCodes: fields["codes"] as? [String] ?? [],
                    titleKK: field("title_kk"), titleRU: field("title_ru"), descriptionKK: field("desc_kk"),
                    descriptionRU: field("desc_ru"), documentsKK: field("docs_kk"),
                    documentsRU: field("docs_ru"), restKK: rest("kk"), restRU: rest("ru"), sphere: field("sec")))
        }
        return cards
    }

    static func queries(name: String, text: String) throws -> [JudgedQuery] {
        var queries: [JudgedQuery] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index == 0 || line.isEmpty { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count >= 4 else {
                throw EvaluationFault(
                    file: name, line: index + 1,
                    message: "a line has qid, class, query and id:grade pairs, parted by tabs.")
            }
            var grades: [String: Int] = [:]
            for pair in columns[3...].joined(separator: " ").split(separator: " ") {
                guard let colon = pair.lastIndex(of: ":"), let grade = Int(pair[pair.index(after: colon)...]) else {
                    throw EvaluationFault(file: name, line: index + 1, message: "`\(pair)` is not id:grade.")
                }
                grades[String(pair[..<colon])] = grade
            }
            queries.append(
                JudgedQuery(qid: String(columns[0]), kind: String(columns[1]), text: String(columns[2]), grades: grades)
            )
        }
        return queries
    }
}
