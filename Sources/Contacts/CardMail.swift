import Blocking
import Casework
import Delivery
import GRDB
import Journal
import Languages
import PersonalData
import WorkingDays

/// A card was sent to a caller; the letter with his address is sealed with a key of its own.
package struct CardMailed: Codable, Hashable, Sendable {
    /// The code of the card.
    package var card: String
    /// The edition that was sent.
    package var edition: Int
    /// The language in which it was sent.
    package var language: Language
    /// Whose key seals the letter; good for this one letter.
    package var person: String
    /// The sealed letter.
    package var letter: String
}

/// What can happen to a card that is mailed, stream `cardMail/<id>`.
package struct CardMailEvent: EventContent, Equatable {
    /// The name in the journal.
    package enum Name: String, CaseIterable { case cardMailed }
    /// What was sent.
    package var mailed: CardMailed

    init(mailed: CardMailed) { self.mailed = mailed }

    package var tagged: Tagged<Name> { Tagged(.cardMailed, mailed) }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .cardMailed: Self(mailed: try content())
        }
    }
}

/// Sends cards to callers through the outbox; the address is forgotten when the letter has gone or was given up.
package struct CardMailDesk: DeliverySubject {
    /// The name of the destination in the settings of deliveries.
    package static let destination = "mail"
    package let kind = "card-mail"
    private let casework: Casework
    private let vault: PersonVault
    private let outbox: Outbox

    /// A desk from its parts.
    package init(casework: Casework, vault: PersonVault, outbox: Outbox) {
        self.casework = casework
        self.vault = vault
        self.outbox = outbox
    }

    /// Queues a letter with a card.
    /// - Parameters:
    ///   - id: random digits, unique for ever.
    ///   - letter: the letter; its `salt` must be random.
    /// - Throws: `Refusal` where the address is none; `VaultError`; `JournalError`.
    package func send(
        _ letter: PersonalLetter, id: String, card: String, edition: Int, language: Language, by actor: Actor,
        at now: Moment, once key: CommandKey? = nil
    ) async throws {
        guard PersonalLetter.isAddress(letter.to) else {
            throw ContactRefusal.mailAddress("This is no e-mail address: correct it.", field: "address")
        }
        let bytes = try letter.bytes()
        _ = try await casework.transact(by: actor, at: now, once: key) { [vault, outbox, kind] session in
            let person = vault.person(knownBy: "card-mail:" + id)
            let sealed = try vault.keys(for: [person]).seal(bytes, for: person)
            let mailed = CardMailed(
                card: card, edition: edition, language: language, person: person.rawValue, letter: sealed.rawValue)
            try session.append([CardMailEvent(mailed: mailed)], to: Self.stream(id), expecting: 0)
            try outbox.enqueue(
                DeliveryOrder(
                    id: DeliveryID("card-mail-" + id), kind: kind, subject: id, destination: Self.destination, path: id,
                    document: bytes), in: session.transaction)
            return 1
        }
    }

    private static func stream(_ id: String) -> StreamID { StreamID(kind: "cardMail", id: id) }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        guard let mailed = try await mailed(delivery.subject) else { return nil }
        let person = PersonID(mailed.person)
        return try await Blocking.brief.run { [vault] in
            try vault.existingKeys(for: [person]).open(SealedText(mailed.letter), of: person)
        }
    }

    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws { forget(delivery, in: transaction) }

    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {
        forget(delivery, in: transaction)
    }

    /// Forgets the address once it is on the disk that the letter has gone, or was given up.
    private func forget(_ delivery: DeliveryRecord, in transaction: JournalTransaction) {
        let person = vault.person(knownBy: "card-mail:" + delivery.subject)
        transaction.afterCommit { [vault] in
            // A key that stays is found by nobody but the vault's own tools; the letter has gone all the same.
            _ = try? vault.erase(person)
        }
    }

    private func mailed(_ id: String) async throws -> CardMailed? {
        let history = try await casework.history(of: Self.stream(id))
        return (history.first?.event.content as? CardMailEvent)?.mailed
    }
}
