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
    ///   - replacing: the registrations that he takes over, also such as ended before; nil: of all who answer now. The
    ///     others go on (§5 appoints somebody for each request). An earlier registration of the same person ends.
    /// - Returns: the number of the registration.
    /// - Throws: `Refusal` where the body is unknown, or the day is before those who answer now began.
    @discardableResult
    package static func registerResponsiblePerson(
        _ sealed: SealedResponsiblePerson, of body: String, since: CivilDate, replacing: [String]? = nil,
        in session: CaseSession
    ) throws -> String {
        let version = try version(ofBody: body, in: session.db)
        let present = try responsiblePersons(of: body, in: session.db).filter { person in
            guard person.endedOn == nil else { return false }
            return replacing?.contains(person.id) ?? true
                || (person.sealed.person == sealed.person && person.since <= since)
        }
        if let later = present.map(\.since).max(), since < later {
            throw RegistryRefusal.responsiblePersonBeforePresent(
                "Somebody answers for the body “\(body)” since \(later): give a day not before that.", field: "since")
        }
        let id = "\(body)-\(version + 1)"
        let former = (replacing ?? []).filter { id in !present.contains { $0.id == id } }
        let event = ResponsiblePersonRegistered(
            id: id, body: body, sealed: sealed, since: since, replaces: present.map(\.id) + former)
        try session.append(
            [RegistryEvent.responsiblePersonRegistered(event)], to: stream(ofBody: body), expecting: version)
        return id
    }

    /// Records that somebody no longer answers for a body, in the caller's transaction.
    /// - Throws: `Refusal` where there is no such registration or it has ended.
    package static func releaseResponsiblePerson(
        _ id: String, on date: CivilDate, _ reason: ReleaseReason, in session: CaseSession
    ) throws {
        guard let person = try responsiblePerson(id, in: session.db) else { throw unknownPerson(id) }
        guard person.endedOn == nil, date >= person.since else {
            throw RegistryRefusal.responsiblePersonEnded(
                "The registration “\(id)” began on \(person.since) and \(person.endedOn.map { "ended on \($0)" } ?? "is open"): give a later day, or another registration.",
                field: "on")
        }
        let event = ResponsiblePersonReleased(id: id, body: person.body, on: date, reason: reason)
        let version = try version(ofBody: person.body, in: session.db)
        try session.append(
            [RegistryEvent.responsiblePersonReleased(event)], to: stream(ofBody: person.body), expecting: version)
    }

    /// Records that somebody whose departure was entered by mistake goes on answering, in the caller's transaction.
    /// - Throws: `Refusal` where there is no such registration.
    package static func reinstateResponsiblePerson(_ id: String, in session: CaseSession) throws {
        guard let person = try responsiblePerson(id, in: session.db) else { throw unknownPerson(id) }
        guard let ended = person.endedOn else { return }
        try registerResponsiblePerson(
            person.sealed, of: person.body, since: ended, replacing: [person.id], in: session)
    }

    /// Records that somebody looks at the names and contacts of those who answer or answered for a body, in the caller's
    /// transaction; nothing may be shown before it is on the disk.
    /// - Parameter purpose: what for; recorded, holds no names.
    /// - Throws: `Refusal` without a purpose, or where the body is unknown.
    package static func recordLook(atPersonsOf body: String, for purpose: String, in session: CaseSession) throws {
        guard purpose.contains(where: { !$0.isWhitespace }) else {
            throw RegistryRefusal.responsiblePersonPurposeMissing("Say what the name is needed for.", field: "purpose")
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

    /// One registration; nil where there is none.
    package static func responsiblePerson(_ id: String, in db: Database) throws -> ResponsiblePerson? {
        try Row.fetchOne(db, sql: "SELECT * FROM responsiblePerson WHERE id = ?", arguments: [id]).map {
            try ResponsiblePerson($0)
        }
    }

    /// Who answers by now where a registration once was made: its person, or the last of those who took over from him.
    package static func responsiblePerson(
        inPlaceOf id: String, on date: CivilDate, in db: Database
    ) throws -> ResponsiblePerson? {
        var (next, seen) = (try responsiblePerson(id, in: db), Set<String>())
        while let person = next, seen.insert(person.id).inserted {
            guard let successor = person.replacedBy else {
                return person.since <= date && person.endedOn.map { date < $0 } ?? true ? person : nil
            }
            next = try responsiblePerson(successor, in: db)
        }
        return nil
    }

    private static func unknownPerson(_ id: String) -> Refusal {
        RegistryRefusal.responsiblePersonUnknown("There is no responsible person “\(id)”: check the number.")
    }

    static func stream(ofBody code: String) -> StreamID { StreamID(kind: "body", id: code) }

    /// The version of the stream of a body.
    private static func version(ofBody code: String, in db: Database) throws -> Int {
        let statement = try db.cachedStatement(sql: "SELECT version FROM body WHERE code = ?")
        guard let version = try Int.fetchOne(statement, arguments: [code]) else {
            throw RegistryRefusal.bodyUnknown(
                "There is no body “\(code)” in the registry: check the code.", field: "body")
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
        replacedBy = row["replacedBy"]
        registeredAt = Moment(millisecondsSince1970: row["registeredAt"])
        registeredBy = Actor(row["registeredBy"] as String)
    }
}
