import CanonicalJSON
import CardSearch
import GRDB
import Synchronization
import WorkingDays

/// What cards answer, kept for the editions that were asked for last; a function of the cards, in memory only.
final class AnswerBook: Sendable {
    private static let most = 4_000
    private struct Page {
        let edition: Int
        let day: CivilDate
        let answers: CardAnswers
    }

    private let pages = Mutex<[String: Page]>([:])
    private let index: CalculationIndex
    private let casesIn: @Sendable (String) -> [ServiceCase]

    /// - Parameters:
    ///   - index: the monthly calculation index.
    ///   - casesIn: the cases that a text speaks of.
    init(index: CalculationIndex, casesIn: @escaping @Sendable (String) -> [ServiceCase]) {
        self.index = index
        self.casesIn = casesIn
    }

    /// What an edition of a card answers on a day; nil where there is no such card.
    func answers(of code: String, edition: Int, on day: CivilDate, in db: Database) throws -> CardAnswers? {
        if let known = pages.withLock({ $0[code] }), known.edition == edition, known.day == day { return known.answers }
        let statement = try db.cachedStatement(sql: "SELECT body FROM card WHERE code = ? AND edition = ?")
        guard let body = try String.fetchOne(statement, arguments: [code, edition]) else { return nil }
        let answers = CardAnswers(
            try CanonicalCoding.decode(Card.self, from: body.utf8), on: day, index: index, casesIn: casesIn)
        pages.withLock { pages in
            if pages.count >= Self.most { pages.removeAll(keepingCapacity: true) }
            pages[code] = Page(edition: edition, day: day, answers: answers)
        }
        return answers
    }
}
