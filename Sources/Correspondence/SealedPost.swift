import Blocking
import Casework
import Delivery
import Journal
import PersonalData

/// Mail with a secret in it, of one kind of delivery: sealed in the journal with a key of its own, which is erased when the
/// mail has gone or was given up.
package struct SealedPost: Sendable {
    /// One mail: sealed for the event that tells of it, and open for the outbox.
    package struct Piece: Sendable {
        /// What tells it apart; its delivery is named after it.
        package let name: String
        /// The sealed mail.
        package let letter: String
        /// Whose key seals it; good for this one mail.
        package let person: String
        fileprivate let bytes: [UInt8]
    }

    /// The kind of delivery: `violation-notice`.
    package let kind: String
    private let vault: PersonVault
    private let outbox: Outbox
    private let randomBytes: @Sendable (Int) -> [UInt8]

    /// The post of a kind of delivery.
    package init(
        _ kind: String, vault: PersonVault, outbox: Outbox, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.kind = kind
        self.vault = vault
        self.outbox = outbox
        self.randomBytes = randomBytes
    }

    /// A word of 32 hexadecimal digits: the name of a mail, the identity of a link.
    package func newName() -> String { EventLink.hexadecimal(randomBytes(16)) }

    /// Seals one mail.
    /// - Throws: `VaultError`; what is wrong with the address.
    package func seal(_ name: String, to: String, subject: String, text: String) throws -> Piece {
        let bytes = try PersonalLetter(to: to, subject: subject, text: text, salt: newName()).bytes()
        let person = person(name)
        return Piece(
            name: name, letter: try vault.keys(for: [person]).seal(bytes, for: person).rawValue,
            person: person.rawValue, bytes: bytes)
    }

    /// Puts a sealed mail into the outbox, in the transaction that decided it.
    /// - Parameter subject: what finds the event that has it again.
    /// - Throws: `JournalError`.
    package func enqueue(
        _ piece: Piece, subject: String, to destination: String = ComplaintNoticeDesk.destination,
        in transaction: JournalTransaction
    ) throws {
        try outbox.enqueue(
            DeliveryOrder(
                id: DeliveryID("\(kind)-\(piece.name)"), kind: kind, subject: subject, destination: destination,
                path: piece.name, document: piece.bytes), in: transaction)
    }

    /// The bytes of a sealed mail; nil where its key is erased, or nothing was sealed.
    /// - Throws: `VaultError` where the key is lost.
    package func open(_ letter: String?, of person: String?) async throws -> [UInt8]? {
        guard let letter, let person else { return nil }
        let owner = PersonID(person)
        return try await Blocking.brief.run { [vault] in
            try vault.existingKeys(for: [owner]).open(SealedText(letter), of: owner)
        }
    }

    /// Forgets a mail once it is on the disk that it has gone, or was given up.
    package func forget(_ delivery: DeliveryRecord, in transaction: JournalTransaction) {
        let person = person(String(delivery.id.rawValue.dropFirst(kind.utf8.count + 1)))
        transaction.afterCommit { [vault] in
            // A key that stays is found by nobody but the vault's own tools; the mail has gone all the same.
            _ = try? vault.erase(person)
        }
    }

    private func person(_ name: String) -> PersonID { vault.person(knownBy: "\(kind):\(name)") }
}
