import CanonicalJSON
import Casework
import GRDB
import Journal
import KnowledgeBase
import Onboarding
import WorkingDays

/// The forms that bodies submitted, each with what became of it.
package struct CardProposalProjection: Projection {
    package let name = "cardProposals"
    package let version = 1
    package let tables = ["cardProposal"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE cardProposal (
                  request TEXT NOT NULL, number INTEGER NOT NULL, code TEXT NOT NULL, body TEXT NOT NULL,
                  base INTEGER NOT NULL, proposedAt INTEGER NOT NULL, card TEXT NOT NULL,
                  state TEXT NOT NULL CHECK (state IN ('waiting', 'returned', 'accepted')), remarks TEXT,
                  settledAt INTEGER, settledBy TEXT, edition INTEGER, version INTEGER NOT NULL,
                  PRIMARY KEY (request, number)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX cardProposalWaiting ON cardProposal (code, request) WHERE state = 'waiting';
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        let request = event.stream.id
        switch event.name {
        // Whatever way the information was returned, its form is; it was entered by hand where nobody accepted the form.
        case "informationReturned",
            "informationEntered" where event.stream.kind == InformationRequest.streamKind:
            try settle(request, event.name == "informationReturned" ? .returned : .accepted, event, in: db)
        case let name where CardProposalEvent.has(name):
            guard let content = try catalogue.read(event).content as? CardProposalEvent else { return }
            try take(content, event, in: db)
        default: return
        }
    }

    private func take(_ content: CardProposalEvent, _ event: RecordedEvent, in db: Database) throws {
        let request = event.stream.id
        switch content {
        case .cardProposed(let proposed):
            let last = try Int.fetchOne(
                db, sql: "SELECT max(number) FROM cardProposal WHERE request = ?", arguments: [request])
            try db.execute(
                sql: """
                    INSERT INTO cardProposal (request, number, code, body, base, proposedAt, card, state, version)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?)
                    """,
                arguments: [
                    request, (last ?? 0) + 1, proposed.card.code, proposed.body, proposed.base,
                    event.occurredAt.millisecondsSince1970,
                    String(decoding: try CanonicalCoding.encode(proposed.card), as: UTF8.self), event.version,
                ])
        case .cardProposalReturned(let returned):
            try settle(request, .returned, event, in: db)
            try note(
                "remarks = ?", [String(decoding: try CanonicalCoding.encode(returned.remarks), as: UTF8.self)], event,
                in: db)
        case .cardProposalAccepted(let accepted):
            try settle(request, .accepted, event, in: db)
            try note("edition = ?", [accepted.edition], event, in: db)
        }
    }

    private func settle(
        _ request: String, _ state: CardProposalRecord.State, _ event: RecordedEvent, in db: Database
    ) throws {
        try db.execute(
            sql: """
                UPDATE cardProposal SET state = ?, settledAt = ?, settledBy = ? WHERE request = ? AND state = 'waiting'
                """,
            arguments: [state.rawValue, event.occurredAt.millisecondsSince1970, event.actor.rawValue, request])
    }

    /// Notes something of the newest form of the request.
    private func note(
        _ assignment: String, _ values: [any DatabaseValueConvertible], _ event: RecordedEvent, in db: Database
    ) throws {
        let request = event.stream.id
        try db.execute(
            sql: """
                UPDATE cardProposal SET \(assignment), version = ? WHERE request = ?
                  AND number = (SELECT max(number) FROM cardProposal WHERE request = ?)
                """, arguments: StatementArguments(values + [event.version, request, request]))
    }
}
