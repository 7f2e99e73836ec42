import Casework
import GRDB
import Journal
import WorkingDays

/// A form that was filled in, held against the card from which it was made.
package struct CardFormCheck: Sendable {
    /// The card that the form says; where there are faults, what could be read of it.
    package let card: Card
    /// What is wrong.
    package let faults: [CardFormFault]
    /// What differs from the card in force, line by line.
    package let differences: [CardDifference]
    /// The parts that it would make newer in one language than in the other, by the name of the field.
    package let uneven: Set<String>
}

/// A form with faults was to become an edition: nothing was recorded.
package struct CardFormFaults: Error, Hashable, Sendable {
    /// The faults, in the order of the form; never empty.
    package let faults: [CardFormFault]

    /// Faults that stand in the way.
    package init(faults: [CardFormFault]) { self.faults = faults }
}

extension CardDesk {
    /// Holds a form against the edition from which it was made and against the register; records nothing.
    /// - Returns: nil where the card has no such edition.
    package func check(_ form: CardForm, of code: String, edition: Int) async throws -> CardFormCheck? {
        try await casework.journal.read { db in try Self.check(form, of: code, edition: edition, in: db) }
    }

    /// The same within a transaction.
    package static func check(_ form: CardForm, of code: String, edition: Int, in db: Database) throws -> CardFormCheck?
    {
        guard let base = try CardRecord.edition(edition, of: code, in: db)?.card else { return nil }
        let record = try CardRecord.fetch(code, in: db)
        let (card, faults) = form.card(over: base)
        let wrong = faults + (try CardCheck(in: db).faults(of: card))
        let present = record?.card ?? base
        let known = try record?.unevenItems(in: db) ?? [:]
        return CardFormCheck(
            card: card, faults: wrong, differences: CardDifference.between(present, card),
            uneven: Set(CardTwins.newer(card, after: present, known: known).keys))
    }

    /// Makes a new edition of a card from its form.
    /// - Parameters:
    ///   - edition: the edition from which the form was made.
    ///   - renews: whether it brings what the card was marked out of date for (797 §6).
    /// - Throws: `CardFormFaults` where something typed is wrong; `Refusal`; `JournalError`.
    @discardableResult
    package func edit(
        _ code: String, form: CardForm, source: String, origin: CardOrigin = .coordinator, expecting edition: Int,
        renews: Bool = false, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> CardRecord {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            guard let checked = try Self.check(form, of: code, edition: edition, in: session.db) else {
                throw KnowledgeRefusal.cardUnknown("There is no edition \(edition) of the card “\(code)”.")
            }
            guard checked.faults.isEmpty else { throw CardFormFaults(faults: checked.faults) }
            let version = try Self.perform(
                .edit(checked.card, source: source, origin: origin, expecting: edition, renews: renews), on: code,
                in: session)
            try CardDrafts.remove(CardDrafts.id(of: actor, card: code), in: session.db)
            return version
        }
        guard let record = try await card(code) else {
            throw CaseworkError.noSuchCase(StreamID(kind: Self.streamKind, id: code))
        }
        return record
    }
}
