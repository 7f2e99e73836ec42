import Attachments
import CanonicalJSON
import Casework
import Foundation
import GRDB
import Journal
import PersonalData
import WorkingDays

/// The event by which a person was forgotten.
package enum ErasureEvent: EventContent, Equatable {
    /// The key of a person was destroyed.
    case personErased(PersonErased)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case personErased }

    package var tagged: Tagged<Name> {
        switch self {
        case .personErased(let event): Tagged(.personErased, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .personErased: .personErased(try content())
        }
    }
}

/// Whom, and why; nothing that says who it was.
package struct PersonErased: Codable, Equatable, Sendable {
    /// The number of the person: a keyed hash.
    package let person: String
    /// The complaints whose contacts and texts nobody can read any more.
    package let complaints: [String]
    /// The digests of the attached files that were removed.
    package let files: [String]
    /// Who asked for it, or which rule.
    package let reason: String
}

/// Why a person is not erased; each has its words in the string tables.
package enum ErasureRefusal: String, RefusalCode {
    case reasonMissing = "erasure.reasonMissing"
    case nobody = "erasure.nobody"
    case erased = "erasure.erased"
}

/// What was erased where, and what remains and why; for whoever asked for it.
package struct ErasureCertificate: Equatable, Sendable {
    /// What was recorded.
    package let event: PersonErased
    /// When.
    package let at: Moment
    /// Who did it.
    package let actor: Actor
    /// The position of the event in the journal.
    package let position: Int64
    /// The hash of the event, in hexadecimal digits.
    package let hash: String

    /// What was erased, a sentence each.
    package var erased: [String] {
        [
            "vault.db: the key of the person. Name, contacts, text, answers and notes of the complaints \(event.complaints.joined(separator: ", ")) stand in the journal, its exports, sealed reports and backups as ciphertext that no key opens.",
            "files: \(event.files.count) attached files of these complaints.",
        ]
    }

    /// What remains, and why, a sentence each.
    package var remaining: [String] {
        [
            "journal.db: that there were complaints, to which bodies, on which services and days, with which outcome (797 §18 counts them), under a number that is no name.",
            "Backups: the last two copies of the vault hold the key, sealed, until two more backups have been made.",
            "What was sent before: reports, letters and mail are with those who received them.",
        ]
    }
}

extension ContactCentre {
    /// The stream of erasures.
    package static let erasureStream = StreamID(kind: "machine", id: "erasure")

    /// Forgets the person who filed a complaint: destroys the key under which all that names him is sealed, in the store and in
    /// its log, and removes the files of his complaints. Broken off, it is completed by being asked again.
    /// - Parameters:
    ///   - complaint: the number of one of his complaints.
    ///   - reason: who asked for it, or which rule; kept for ever.
    /// - Throws: `Refusal` where there is no such complaint or no person, or he was erased before; `VaultError`, `DatabaseError`.
    package func erasePerson(ofComplaint complaint: String, reason: String, by actor: Actor) async throws
        -> ErasureCertificate
    {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw ErasureRefusal.reasonMissing("Say who asked for it, or which rule.", field: "reason")
        }
        let now = now()
        let found = try await journal.read { db -> (person: String, complaints: [String], files: [String])? in
            let person = try String.fetchOne(
                db, sql: "SELECT person FROM complaint WHERE id = ?", arguments: [complaint])
            guard let person else { return nil }
            let complaints = try String.fetchAll(
                db, sql: "SELECT id FROM complaint WHERE person = ? ORDER BY id", arguments: [person])
            let streams = Set(complaints.map { "complaint/" + $0 })
            var files: [String] = []
            for stream in streams {
                let digests = try String.fetchAll(
                    db, sql: "SELECT digest FROM caseDocument WHERE stream = ?", arguments: [stream])
                for digest in digests {
                    let holders = try String.fetchAll(
                        db, sql: "SELECT stream FROM caseDocument WHERE digest = ?", arguments: [digest])
                    // What another case has as well is not this person's alone.
                    if streams.isSuperset(of: holders) { files.append(digest) }
                }
            }
            return (person, complaints, Set(files).sorted())
        }
        guard let found else {
            throw ErasureRefusal.nobody(
                "There is no such complaint, or nobody's contacts are kept with it.", field: "number")
        }
        let person = PersonID(found.person)
        let event = PersonErased(person: found.person, complaints: found.complaints, files: found.files, reason: reason)
        let position = try await journal.transact(by: actor, at: now) { [vault] transaction in
            let before = try transaction.events(of: Self.erasureStream)
            let isKnown = try before.contains { recorded in
                guard case .personErased(let event)? = try Self.catalogue.read(recorded).content as? ErasureEvent else {
                    return false
                }
                return event.person == found.person
            }
            if isKnown, try !vault.existingKeys(for: [person]).has(person) {
                throw ErasureRefusal.erased("This person was erased before.", field: "number")
            }
            // Once this is committed, the key is gone.
            transaction.beforeCommit("erase \(found.person)") { try vault.erase(person) }
            _ = try transaction.append(ErasureEvent.personErased(event), to: Self.erasureStream)
            return transaction.position
        }
        for digest in found.files { try attachments.remove(digest) }
        try vault.scrub()
        let link = try await journal.read { try SQLiteEventStore(db: $0).link(at: position) }
        return ErasureCertificate(
            event: event, at: now, actor: actor, position: position,
            hash: EventLink.hexadecimal(link?.hash ?? []))
    }
}
