import CardSearch
import GRDB
import Synchronization
import WorkingDays

/// Answers of the last moments, for beginnings that many operators type at once.
///
/// It forgets everything as soon as anything is recorded or the search learns anew, so an answer from here is the answer
/// that would be found now. It is in memory only, holds little and no long text.
final class RecentAnswers: Sendable {
    typealias Found = (answer: SearchAnswer, cards: [FoundCard])

    /// What an answer depends on beside the query.
    struct Moment: Hashable, Sendable {
        let position: Int64
        let generation: Int
        let day: CivilDate
    }

    private struct State {
        var moment: Moment?
        var answers: [SearchQuery: Found] = [:]
    }

    private static let most = 500
    private static let longestText = 120
    private let state = Mutex(State())

    /// The moment that a transaction reads.
    static func moment(_ engine: SearchEngine, _ day: CivilDate, in db: Database) throws -> Moment {
        let sql = "SELECT position FROM event ORDER BY position DESC LIMIT 1"
        return Moment(
            position: try Int64.fetchOne(db.cachedStatement(sql: sql)) ?? 0, generation: engine.generation, day: day)
    }

    /// The answer to a query, found before or by `find` now.
    func answer(_ query: SearchQuery, at moment: Moment, _ find: () throws -> Found) rethrows -> Found {
        guard query.text.utf8.count <= Self.longestText else { return try find() }
        if let known = state.withLock({ $0.moment == moment ? $0.answers[query] : nil }) { return known }
        let found = try find()
        state.withLock { state in
            if state.moment != moment || state.answers.count >= Self.most {
                state.moment = moment
                state.answers.removeAll(keepingCapacity: true)
            }
            state.answers[query] = found
        }
        return found
    }
}
