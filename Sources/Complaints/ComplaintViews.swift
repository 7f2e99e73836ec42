import CanonicalJSON
import Casework
import GRDB
import Journal
import WorkingDays

/// A choice of the list of complaints under the name that an officer gave it; nobody else sees it.
package struct ComplaintView: Hashable, Sendable {
    /// How long a name may be, in characters.
    package static let longestName = 60
    /// How many an officer may keep.
    package static let most = 20
    /// The first part of the name of the stream of an account.
    static let streamKind = "complaintViews"

    /// What he calls it.
    package let name: String
    /// What is chosen, by the names that the list's address has for it.
    package let choice: [String: String]

    /// The views of an account, by name.
    /// - Throws: `DatabaseError`; `DecodingError` where the row is damaged.
    package static func fetch(of account: Int64, in db: Database) throws -> [ComplaintView] {
        let statement = try db.cachedStatement(
            sql: "SELECT name, choice FROM complaintView WHERE account = ? ORDER BY name")
        return try Row.fetchAll(statement, arguments: [account]).map { row in
            ComplaintView(
                name: row[0],
                choice: try CanonicalCoding.decode([String: String].self, from: Array((row[1] as String).utf8)))
        }
    }
}

/// The table of named choices.
package struct ComplaintViewProjection: Projection {
    package let name = "complaintViews"
    package let version = 1
    package let tables = ["complaintView"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE complaintView (
                  account INTEGER NOT NULL, name TEXT NOT NULL, choice TEXT NOT NULL, PRIMARY KEY (account, name)
                ) STRICT, WITHOUT ROWID
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard event.stream.kind == ComplaintView.streamKind, let account = Int64(event.stream.id),
            let content = try catalogue.read(event).content as? ComplaintViewEvent
        else { return }
        switch content {
        case .complaintViewKept(let kept):
            try db.execute(
                sql: """
                    INSERT INTO complaintView VALUES (?, ?, ?)
                    ON CONFLICT (account, name) DO UPDATE SET choice = excluded.choice
                    """,
                arguments: [
                    account, kept.name, String(decoding: try CanonicalCoding.encode(kept.choice), as: UTF8.self),
                ])
        case .complaintViewDropped(let dropped):
            try db.execute(
                sql: "DELETE FROM complaintView WHERE account = ? AND name = ?", arguments: [account, dropped.name])
        }
    }
}

extension ComplaintDesk {
    /// Keeps a choice of the list under a name, for one officer; the name again replaces what it stood for.
    /// - Parameter choice: what is chosen, by the names of the list's address; something must be.
    /// - Throws: `Refusal`: `viewName` without a name or with one that is too long, `viewEmpty` where nothing is chosen,
    ///   `viewsFull` where he keeps as many as he may.
    package func keepView(
        _ name: String, _ choice: [String: String], of account: Int64, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !name.isEmpty, name.count <= ComplaintView.longestName else {
            throw ComplaintRefusal.viewName(
                "Give the view a name, \(ComplaintView.longestName) characters at most.", field: "name")
        }
        guard !choice.isEmpty else {
            throw ComplaintRefusal.viewEmpty("Nothing is chosen in the list: choose something first.", field: "name")
        }
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let known = try ComplaintView.fetch(of: account, in: session.db)
            guard known.count < ComplaintView.most || known.contains(where: { $0.name == name }) else {
                throw ComplaintRefusal.viewsFull(
                    "No more than \(ComplaintView.most) views are kept: remove one first.", field: "name")
            }
            guard !known.contains(ComplaintView(name: name, choice: choice)) else { return 0 }
            return try Self.append(.complaintViewKept(ComplaintViewKept(choice: choice, name: name)), account, session)
        }
    }

    /// Keeps a choice no more; one that is not kept stays so.
    /// - Throws: `JournalError`.
    package func dropView(
        _ name: String, of account: Int64, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            guard try ComplaintView.fetch(of: account, in: session.db).contains(where: { $0.name == name }) else {
                return 0
            }
            return try Self.append(.complaintViewDropped(ComplaintViewDropped(name: name)), account, session)
        }
    }

    private static func append(_ event: ComplaintViewEvent, _ account: Int64, _ session: CaseSession) throws -> Int {
        let stream = StreamID(kind: ComplaintView.streamKind, id: "\(account)")
        let version = try session.transaction.events(of: stream).count
        try session.append([event], to: stream, expecting: version)
        return version + 1
    }
}
