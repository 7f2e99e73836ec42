import Casework
import GRDB
import Journal
import WorkingDays

extension Registry {
    /// Records who answers for a body from a day on (797 §5, §7), in the caller's transaction.
    ///
    /// - Parameters:
    ///   - sealed: the details, sealed before the transaction (`ResponsiblePersonDetails.sealed(of:in:)`).
    ///   - body: the code of the body.
    ///   - since: the first day.
    ///   - alongside: true where those who answer now go on doing so; otherwise they are replaced.
    /// - Returns: the number of the registration.
    /// - Throws: `Refusal` where the body is unknown, or the day is before those who answer now began.
    @discardableResult
    package static func registerResponsiblePerson(
        _ sealed: SealedResponsiblePerson, of body: String, since: CivilDate, alongside: Bool = false,
        in session: CaseSession
    ) throws -> String {
        let version = try version(ofBody: body, in: session.db)
        let present = alongside ? [] : try responsiblePersons(of: body, in: session.db).filter { $0.endedOn == nil }
        if let later = present.map(\.since).max(), since < later {
            throw Refusal(
                "responsiblePerson.beforePresent",
                "Somebody answers for the body “\(body)” since \(later): give a day not before that.", field: "since")
        }
        let id = "\(body)-\(version + 1)"
        let event = ResponsiblePersonRegistered(
            id: id, body: body, sealed: sealed, since: since, replaces: present.map(\.id))
        try session.append(
            [RegistryEvent.responsiblePersonRegistered(event)], to: stream(ofBody: body), expecting: version)
        return id
    }

    /// Records that somebody no longer answers for a body, in the caller's transaction.
    /// - Throws: `Refusal` where there is no such registration or it has ended.
    package static func releaseResponsiblePerson(
        _ id: String, on date: CivilDate, _ reason: ReleaseReason, in session: CaseSession
    ) throws {
        let row = try Row.fetchOne(session.db, sql: "SELECT * FROM responsiblePerson WHERE id = ?", arguments: [id])
        guard let person = try row.map({ try ResponsiblePerson($0) }) else {
            throw Refusal("responsiblePerson.unknown", "There is no responsible person “\(id)”: check the number.")
        }
        guard person.endedOn == nil, date >= person.since else {
            throw Refusal(
                "responsiblePerson.ended",
                "The registration “\(id)” began on \(person.since) and \(person.endedOn.map { "ended on \($0)" } ?? "is open"): give a later day, or another registration.",
                field: "on")
        }
        let event = ResponsiblePersonReleased(id: id, body: person.body, on: date, reason: reason)
        let version = try version(ofBody: person.body, in: session.db)
        try session.append(
            [RegistryEvent.responsiblePersonReleased(event)], to: stream(ofBody: person.body), expecting: version)
    }

    /// Records that somebody looks at the names and contacts of those who answer or answered for a body, in the caller's
    /// transaction; nothing may be shown before it is on the disk.
    /// - Parameter purpose: what for; recorded, holds no names.
    /// - Throws: `Refusal` without a purpose, or where the body is unknown.
    package static func recordLook(atPersonsOf body: String, for purpose: String, in session: CaseSession) throws {
        guard purpose.contains(where: { !$0.isWhitespace }) else {
            throw Refusal("responsiblePerson.purposeMissing", "Say what the name is needed for.", field: "purpose")
        }
        let version = try version(ofBody: body, in: session.db)
        let event = ResponsiblePersonRevealed(body: body, purpose: purpose)
        try session.append(
            [RegistryEvent.responsiblePersonRevealed(event)], to: stream(ofBody: body), expecting: version)
    }

    /// Everybody who ever answered for a body, the latest first.
    package static func responsiblePersons(of body: String, in db: Database) throws -> [ResponsiblePerson] {
        let sql = "SELECT * FROM responsiblePerson WHERE body = ? ORDER BY since DESC, registeredAt DESC, id DESC"
        return try Row.fetchAll(db, sql: sql, arguments: [body]).map { try ResponsiblePerson($0) }
    }

    /// Who answers for a body on a day; the one who began last where there are several.
    package static func responsiblePerson(
        of body: String, on date: CivilDate, in db: Database
    ) throws -> ResponsiblePerson? {
        try responsiblePersons(of: body, in: db).first { person in
            person.since <= date && (person.endedOn.map { date < $0 } ?? true)
        }
    }

    static func stream(ofBody code: String) -> StreamID { StreamID(kind: "body", id: code) }

    /// The version of the stream of a body.
    private static func version(ofBody code: String, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(sql: "SELECT version FROM body WHERE code = ?")
        guard let version = try Int.fetchOne(statement, arguments: [code]) else {
            throw Refusal("body.unknown", "There is no body “\(code)” in the registry: check the code.", field: "body")
        }
        return version
    }
}

extension ResponsiblePerson {
    init(_ row: Row) throws {
        guard let since = try RegistryRow.date(row, "since") else {
            throw RegistryRow.unreadable("responsiblePerson", "since", "")
        }
        self.since = since
        id = row["id"]
        body = row["body"]
        sealed = SealedResponsiblePerson(person: row["person"], details: row["details"])
        endedOn = try RegistryRow.date(row, "endedOn")
        reason = (row["reason"] as String?).flatMap { ReleaseReason(rawValue: $0) }
        registeredAt = Moment(millisecondsSince1970: row["registeredAt"])
        registeredBy = Actor(row["registeredBy"] as String)
    }
}
