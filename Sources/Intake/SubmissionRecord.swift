import GRDB
import WorkingDays

/// How a submission stands.
package enum SubmissionState: String, CaseIterable, Hashable, Sendable {
    /// Nobody has decided on it.
    case open
    /// It became one complaint or several.
    case registered
    /// It was closed without a complaint.
    case closed
}

/// A submission as it stands; what it says is sealed.
package struct SubmissionRecord: Hashable, Sendable {
    /// The number: `IN-2026-000001`.
    package let id: String
    /// By which way it came.
    package let channel: String
    /// The language of the person.
    package let language: String?
    /// The number of the call in which it was told.
    package let contact: String?
    /// Its number on the forum.
    package let forumNumber: String?
    /// The number of the person in the vault.
    package let person: String
    /// Name and contacts, sealed; nil where there are none, or the complaint has them.
    package let contacts: String?
    /// The words, sealed; nil where the complaint has them.
    package let text: String?
    /// What is kept to know it again, sealed.
    package let signature: String?
    /// When it arrived.
    package let receivedAt: Moment
    /// Whether waiting would do harm.
    package let urgent: Bool
    /// How sure the proposals are, in thousandths.
    package let sure: Int
    /// What it was proposed to be.
    package let nature: IntakeNature?
    /// The service that was proposed.
    package let service: String?
    /// The region that was proposed.
    package let region: String?
    /// The body that was proposed to answer.
    package let body: String?
    /// How it stands.
    package let state: SubmissionState
    /// Why it was closed without a complaint.
    package let ground: SubmissionGround?
    /// Of what it is a duplicate.
    package let duplicateOf: String?
    /// The number of its events.
    package let version: Int

    init(_ row: Row) throws {
        id = row["id"]
        channel = row["channel"]
        language = row["language"]
        contact = row["contact"]
        forumNumber = row["forumNumber"]
        person = row["person"]
        contacts = row["contacts"]
        text = row["text"]
        signature = row["signature"]
        receivedAt = Moment(millisecondsSince1970: row["receivedAt"])
        urgent = row["urgent"]
        sure = row["sure"]
        nature = (row["nature"] as String?).flatMap(IntakeNature.init(rawValue:))
        service = row["service"]
        region = row["region"]
        body = row["body"]
        state = SubmissionState(rawValue: row["state"]) ?? .open
        ground = (row["ground"] as String?).flatMap(SubmissionGround.init(rawValue:))
        duplicateOf = row["duplicateOf"]
        version = row["version"]
    }

    /// A submission by its number, nil where there is none.
    package static func fetch(_ id: String, in db: Database) throws -> SubmissionRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM submission WHERE id = ?"), arguments: [id])
            .map(SubmissionRecord.init)
    }

    /// The submission with a number of the forum; nil where there is none.
    package static func fetch(forumNumber: String, in db: Database) throws -> SubmissionRecord? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM submission WHERE forumNumber = ?"), arguments: [forumNumber]
        ).map(SubmissionRecord.init)
    }

    /// The submission that became a complaint; nil where it was registered without one.
    package static func fetch(ofComplaint number: String, in db: Database) throws -> SubmissionRecord? {
        let sql = "SELECT submission FROM submissionComplaint WHERE complaint = ?"
        return try String.fetchOne(db.cachedStatement(sql: sql), arguments: [number]).flatMap { try fetch($0, in: db) }
    }

    /// The numbers of the complaints that a submission became.
    package static func complaints(of id: String, in db: Database) throws -> [String] {
        let sql = "SELECT complaint FROM submissionComplaint WHERE submission = ? ORDER BY complaint"
        return try String.fetchAll(db.cachedStatement(sql: sql), arguments: [id])
    }

    /// What waits: urgent ones first, then the surest, of those the longest waiting.
    package static func queue(limit: Int, offset: Int = 0, in db: Database) throws -> [SubmissionRecord] {
        let sql = """
            SELECT * FROM submission WHERE state = 'open' ORDER BY urgent DESC, sure DESC, receivedAt, id LIMIT ? OFFSET ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [limit, offset]).map(SubmissionRecord.init)
    }

    /// How many wait.
    package static func waiting(in db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM submission WHERE state = 'open'")) ?? 0
    }

    /// Whether nothing has come in yet.
    package static func isEmpty(in db: Database) throws -> Bool {
        try !(Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM submission)") ?? false)
    }
}
