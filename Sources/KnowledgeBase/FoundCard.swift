import GRDB
import Journal
import Languages

/// A card as lists of results show it; the whole of it is fetched only when somebody opens it.
package struct FoundCard: Sendable, Hashable {
    /// Its code.
    package let code: String
    /// Where it stands.
    package let state: CardState
    /// What it is called.
    package let title: CardText
    /// The code of the body that answers for it.
    package let owner: String
    /// What the service is; read only where the title does not show why the card was found.
    package let summary: CardText?
    /// The number of its edition.
    let edition: Int
    /// All that it answers; empty where the query read no question.
    package var answers: CardAnswers?
    /// What it answers to the question; nil where nothing is asked, where it says nothing of it, and where it is not sure that
    /// it is the card that was meant.
    package var answer: CardAnswer?

    private static let sql = """
        SELECT card.titleKK, card.titleRU, card.owner, card.edition, \(CardState.sql) AS state,
          CASE WHEN :summary THEN json_extract(card.body, '$.summary.kk') END AS summaryKK,
          CASE WHEN :summary THEN json_extract(card.body, '$.summary.ru') END AS summaryRU
        FROM card LEFT JOIN serviceAcceptance ON serviceAcceptance.service = card.code WHERE card.code = :code
        """

    /// A card by its code, nil where there is none.
    static func fetch(_ code: String, withSummary: Bool, in db: Database) throws -> FoundCard? {
        let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: ["code": code, "summary": withSummary])
        guard let row else { return nil }
        func text(_ name: String) -> String? { (row[name] as String?).flatMap { $0.isEmpty ? nil : $0 } }
        let summary = CardText(kk: text("summaryKK"), ru: text("summaryRU"))
        return FoundCard(
            code: code, state: try row.named("state"),
            title: CardText(kk: text("titleKK"), ru: text("titleRU")), owner: row["owner"],
            summary: summary.kk == nil && summary.ru == nil ? nil : summary, edition: row["edition"])
    }
}
