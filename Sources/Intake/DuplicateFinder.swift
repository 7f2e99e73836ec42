import Blocking
import Casework
import Complaints
import GRDB
import Journal
import PersonalData
import Triage
import WorkingDays

/// Something that came in before and looks like the same matter of the same person.
package struct KnownSubmission: Hashable, Sendable {
    /// The number of the submission.
    package let submission: String
    /// The complaints that it became, by number; empty where it waits or was closed.
    package let complaints: [String]
    /// When it arrived.
    package let receivedAt: Moment
    /// How much speaks for it; `DuplicateSignature.threshold` or more.
    package let score: Double
}

extension IntakeDesk {
    /// How far back is looked, in days.
    private static let days = 120
    /// How many are compared at most, the latest first.
    private static let compared = 4_000

    /// What came in before and looks like these words, the most alike first; three at most.
    ///
    /// Signatures are opened with the keys of their people: of an erased person nothing is found any more. What is in another
    /// region is another matter and is not looked at.
    /// - Parameter own: the submission that the words are themselves.
    /// - Throws: `VaultError`; `DatabaseError`.
    package func knownBefore(
        _ words: IntakeWords, _ reading: ComplaintReading, except own: String? = nil
    ) async throws -> [KnownSubmission] {
        let mine = DuplicateSignature(words.text, reading, key: duplicateKey)
        let since = casework.zone.civilDate(of: words.receivedAt).adding(days: -Self.days)
        let region = reading.region?.value
        let person = words.contacts.iin.map { vault.person(knownBy: "iin:" + $0).rawValue }
        let candidates = try await casework.journal.read { db in
            try SubmissionRecord.signed(since: since, region: region, limit: Self.compared, in: db)
        }.filter { $0.id != own }
        let alike = try await Blocking.brief.run { [vault] in
            let keys = try vault.existingKeys(for: candidates.map { PersonID($0.person) })
            return try candidates.compactMap { candidate -> (id: String, receivedAt: Moment, score: Double)? in
                guard keys.has(PersonID(candidate.person)),
                    let bytes = try keys.open(SealedText(candidate.signature), of: PersonID(candidate.person)),
                    let signature = DuplicateSignature(bytes: bytes)
                else { return nil }
                // The earlier of the two is the one that the other repeats.
                let isEarlier = candidate.receivedAt <= words.receivedAt
                let likeness = isEarlier ? signature.likeness(to: mine) : mine.likeness(to: signature)
                // The same IIN is one person, whatever he writes.
                let score = likeness.score + (candidate.person == person ? 2 : 0)
                return score >= DuplicateSignature.threshold ? (candidate.id, candidate.receivedAt, score) : nil
            }
        }
        let best = alike.sorted { ($1.score, $0.receivedAt) < ($0.score, $1.receivedAt) }.prefix(3)
        return try await casework.journal.read { db in
            try best.map { one in
                KnownSubmission(
                    submission: one.id, complaints: try SubmissionRecord.complaints(of: one.id, in: db),
                    receivedAt: one.receivedAt, score: one.score)
            }
        }
    }
}

extension SubmissionRecord {
    /// What of a submission is compared.
    struct Signed: Sendable {
        let id: String
        let person: String
        let signature: String
        let receivedAt: Moment
    }

    /// The submissions since a day that may be of a region, the latest first.
    static func signed(since day: CivilDate, region: String?, limit: Int, in db: Database) throws -> [Signed] {
        let sql = """
            SELECT id, person, signature, receivedAt FROM submission
            WHERE receivedOn >= ?1 AND signature IS NOT NULL AND (?2 IS NULL OR region IS NULL OR region = ?2)
              AND coalesce(ground, '') <> 'duplicate'
            ORDER BY receivedOn DESC, id DESC LIMIT ?3
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [day.description, region, limit]).map { row in
            Signed(
                id: row[0], person: row[1], signature: row[2], receivedAt: Moment(millisecondsSince1970: row[3]))
        }
    }
}
