import GRDB
import PersonalData
import Synchronization
import Triage
import WorkingDays

/// What officers decided on earlier words, as the reading of the next may heed it.
///
/// It is derived: the same journal and the same keys give the same. It is made anew after each decision and each erasure, so
/// that nothing of an erased person speaks any more, and held in memory alone. What was corrected on the complaint after its
/// registration counts as it stands now; words that became several complaints speak for none.
package final class PrecedentDesk: Sendable {
    private struct Known {
        let stamp: Stamp
        let precedents: Precedents
    }

    /// What has to be the same for the known to stay right.
    private struct Stamp: Equatable {
        let rule: LearningRule
        let decisions: String
        let erasures: Int64
    }

    private let vault: PersonVault
    private let known = Mutex<Known?>(nil)

    /// A desk over the keys of people.
    package init(vault: PersonVault) { self.vault = vault }

    /// What was decided until now.
    /// - Parameter rule: how decisions are heeded; the same as before, else what is known is made anew.
    /// - Throws: `DatabaseError`.
    package func precedents(by rule: LearningRule, in db: Database) throws -> Precedents {
        let stamp = Stamp(
            rule: rule,
            decisions: try SubmissionRecord.lastDecisions(in: db), erasures: try vault.mark().erasures)
        if let known = known.withLock({ $0 }), known.stamp == stamp { return known.precedents }
        let decided = try SubmissionRecord.decided(limit: rule.most, in: db)
        let keys = try vault.existingKeys(for: decided.map { PersonID($0.person) })
        let precedents = Precedents(
            decided.compactMap { one in
                let person = PersonID(one.person)
                guard keys.has(person), let bytes = opened(one.signature, of: person, by: keys),
                    let signature = DuplicateSignature(bytes: bytes)
                else { return nil }
                return Precedents.Decision(person: one.person, day: one.day, words: signature, taken: one.taken)
            }, key: vault.duplicateKey, rule: rule)
        known.withLock { $0 = Known(stamp: stamp, precedents: precedents) }
        return precedents
    }

    /// What a signature holds; nil where the key does not open it, as after an older vault was taken: it speaks for nothing then.
    private func opened(_ signature: String, of person: PersonID, by keys: PersonKeys) -> [UInt8]? {
        do { return try keys.open(SealedText(signature), of: person) } catch { return nil }
    }
}

extension SubmissionRecord {
    /// What was decided on one submission, and what is kept of its words.
    struct Decided: Sendable {
        let person: String
        let signature: String
        let day: CivilDate
        let taken: [Precedents.Field: String]
    }

    /// What changes with every decision: the last week in which there was one, and how many there were.
    static func lastDecisions(in db: Database) throws -> String {
        let sql = """
            SELECT week || ' ' || sum(choices) FROM submissionChoice
            WHERE week = (SELECT max(week) FROM submissionChoice) AND field = 'nature'
            """
        return try String.fetchOne(db.cachedStatement(sql: sql)) ?? ""
    }

    /// The submissions that became one complaint each, the latest first.
    static func decided(limit: Int, in db: Database) throws -> [Decided] {
        let sql = """
            SELECT s.person, s.signature, s.receivedOn, c.kind, c.service FROM submission s
            JOIN submissionComplaint m ON m.submission = s.id JOIN complaint c ON c.id = m.complaint
            WHERE s.state = 'registered' AND s.signature IS NOT NULL AND c.status <> 'annulled'
              AND NOT EXISTS (
                SELECT 1 FROM submissionComplaint o WHERE o.submission = s.id AND o.complaint <> m.complaint)
            ORDER BY s.receivedOn DESC, s.id DESC LIMIT ?
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [limit]).compactMap { row in
            guard let day = CivilDate(row[2] as String) else { return nil }
            var taken: [Precedents.Field: String] = [.kind: row[3]]
            taken[.service] = row[4]
            return Decided(person: row[0], signature: row[1], day: day, taken: taken)
        }
    }
}
