import CanonicalJSON
import GRDB
import Journal
import KnowledgeBase
import WorkingDays

/// A form that a body submitted.
package struct CardProposalRecord: Sendable, Hashable {
    /// What became of it.
    package enum State: String, CaseIterable, Hashable, Sendable {
        case waiting, returned, accepted
    }

    /// The request, without its kind.
    package let request: String
    /// Its number among the forms of the request, from 1.
    package let number: Int
    /// What the card would say.
    package let card: Card
    /// The code of the body.
    package let body: String
    /// The edition from which the form was made.
    package let base: Int
    /// When it was submitted.
    package let proposedAt: Moment
    /// What became of it.
    package let state: State
    /// The remarks with which it was returned, in the order of the form.
    package let remarks: [CardProposalRemark]
    /// When it was returned or accepted.
    package let settledAt: Moment?
    /// The edition that it became.
    package let edition: Int?
    /// The number of events of its stream.
    package let version: Int

    init(_ row: Row) throws {
        request = row["request"]
        number = row["number"]
        card = try CanonicalCoding.decode(Card.self, from: (row["card"] as String).utf8)
        body = row["body"]
        base = row["base"]
        proposedAt = Moment(millisecondsSince1970: row["proposedAt"])
        state = State(rawValue: row["state"]) ?? .waiting
        remarks =
            try (row["remarks"] as String?).map {
                try CanonicalCoding.decode([CardProposalRemark].self, from: $0.utf8)
            } ?? []
        settledAt = (row["settledAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
        edition = row["edition"]
        version = row["version"]
    }

    /// The newest form of a request; nil where none was submitted on the screen.
    package static func latest(of request: String, in db: Database) throws -> CardProposalRecord? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM cardProposal WHERE request = ? ORDER BY number DESC LIMIT 1"),
            arguments: [request]
        ).map { try CardProposalRecord($0) }
    }
}
