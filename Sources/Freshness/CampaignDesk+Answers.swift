import Casework
import Correspondence
import GRDB
import Journal
import KnowledgeBase
import Registry
import TextAnalysis
import WorkingDays

/// A card as somebody saw it: only what was seen can be confirmed.
package struct SeenCard: Hashable, Sendable {
    /// The code.
    package let code: String
    /// The edition.
    package let edition: Int

    /// A card that was seen.
    package init(code: String, edition: Int) {
        self.code = code
        self.edition = edition
    }
}

/// What a body does by its link to its cards; every act is an event in the name of the link.
extension CampaignDesk {
    /// Records who answers for the body at this sitting.
    /// - Parameters:
    ///   - id: the number of the sitting, random, 32 hexadecimal digits; from the edge.
    ///   - details: sealed name and post; the key of the person is on the disk already.
    /// - Returns: the number of the sitting; of the first where the form was sent twice.
    /// - Throws: `Refusal` where the campaign has ended.
    package func sign(
        _ id: String, _ sealed: SealedResponsiblePerson, by link: BodyLinkRecord, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> String {
        try await act(link, at: now, once: key) { session in
            let named = CardSignerNamed(body: link.body, campaign: link.request, link: link.id, sealed: sealed)
            try session.append(
                [CardSignerEvent.cardSignerNamed(named)], to: StreamID(kind: "cardSigner", id: id), expecting: 0)
            return id
        }
    }

    /// Confirms one card as it was seen; one that this body has confirmed as it stands is left as it is.
    /// - Throws: `Refusal`: `card.stale` where the card has changed since, `card.empty` where it says nothing,
    ///   `campaign.objected` where the body itself says that it is not right.
    package func confirm(
        _ seen: SeenCard, signer: String, by link: BodyLinkRecord, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await act(link, at: now, once: key) { session in
            try Self.check(signer, of: link, in: session.db)
            guard let card = try Self.card(seen.code, of: link, in: session.db) else {
                throw FreshnessRefusal.campaignNotAsked("This campaign does not ask the body for that card.")
            }
            guard card.standing != .objected || seen.edition != card.record.edition else {
                throw FreshnessRefusal.campaignObjected("You said that this card is not right: take that back first.")
            }
            return try confirm(card, edition: seen.edition, signer, link, in: session)
        }
    }

    /// Confirms all cards that were seen, wait for the word of the body and stand as they were seen.
    /// - Returns: how many were confirmed.
    /// - Throws: `Refusal`: `campaign.stale` where some have changed since they were seen; then none is confirmed.
    package func confirmRest(
        _ seen: [SeenCard], signer: String, by link: BodyLinkRecord, at now: Moment, once key: CommandKey? = nil
    ) async throws -> Int {
        try await act(link, at: now, once: key) { session in
            try Self.check(signer, of: link, in: session.db)
            let cards = try CampaignCardRecord.fetch(campaign: link.request, body: link.body, in: session.db)
            let editions = Dictionary(seen.map { ($0.code, $0.edition) }, uniquingKeysWith: { first, _ in first })
            let waiting = cards.filter { card in
                editions[card.record.card.code] != nil && (card.standing == .waiting || card.standing == .changed)
            }
            let stale = waiting.filter { editions[$0.record.card.code] != $0.record.edition }
            guard stale.isEmpty else {
                throw FreshnessRefusal.campaignStale(
                    "\(stale.map(\.record.card.code).joined(separator: ", ")) changed since they were shown: look at them again."
                )
            }
            for card in waiting { try confirm(card, edition: card.record.edition, signer, link, in: session) }
            return waiting.count
        }
    }

    /// Records that a card is not right; the same words about the same card while they wait are recorded once.
    /// - Parameter field: the field that is wrong; nil where it is no single one.
    /// - Returns: the number of the remark.
    /// - Throws: `Refusal`: `objection.empty`, `objection.field`; `card.stale` where the card has changed since.
    package func object(
        to seen: SeenCard, field: String?, text: String, signer: String, by link: BodyLinkRecord, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> String {
        try await act(link, at: now, once: key) { session in
            try Self.check(signer, of: link, in: session.db)
            guard let card = try Self.card(seen.code, of: link, in: session.db) else {
                throw FreshnessRefusal.campaignNotAsked("This campaign does not ask the body for that card.")
            }
            guard seen.edition == card.record.edition else { throw Self.stale(card.record) }
            // Telephones of offices are what a remark on the contacts is about; elsewhere numbers are somebody's.
            let masked = field == "contacts" ? text : QueryMask.mask(text)
            if let known = card.remarks.first(where: { $0.isOpen && $0.text == masked && $0.field == field }) {
                return known.id
            }
            let id = try ObjectionRecord.nextNumber(in: session.today.year, from: session.db)
            let objected = CardObjected(
                body: link.body, campaign: link.request, card: seen.code, edition: seen.edition, field: field,
                signer: signer, text: masked)
            try session.perform(.object(objected), on: CardObjection.self, id: id, isNew: true)
            return id
        }
    }

    /// Takes a remark of the body back.
    /// - Throws: `Refusal` where it is none of this body's, or is done with.
    package func takeBack(
        _ id: String, signer: String, by link: BodyLinkRecord, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await act(link, at: now, once: key) { session in
            try Self.check(signer, of: link, in: session.db)
            guard let remark = try ObjectionRecord.fetch(id, in: session.db), remark.body == link.body,
                remark.campaign == link.request
            else { throw FreshnessRefusal.objectionUnknown("There is no such remark: check the number.") }
            // Pressed twice, it is taken back once.
            if remark.how == .takenBack { return 0 }
            return try session.perform(
                .settle(CardObjectionSettled(draft: nil, edition: nil, how: .takenBack, reason: nil)),
                on: CardObjection.self, id: id
            ).version
        }
    }

    /// Who answers at a sitting, where it is one of this link's body and campaign.
    package func signer(_ id: String, of link: BodyLinkRecord) async throws -> ResponsiblePersonDetails? {
        let record = try await casework.journal.read { try SignerRecord.fetch(id, in: $0) }
        guard let record, record.body == link.body, record.campaign == link.request else { return nil }
        return try record.sealed.open(with: vault)
    }

    @discardableResult
    private func confirm(
        _ card: CampaignCardRecord, edition: Int, _ signer: String, _ link: BodyLinkRecord, in session: CaseSession
    ) throws -> Int {
        let record = card.record
        if card.standing == .confirmed, edition == record.edition, record.confirmedBy == link.body {
            return record.version
        }
        return try CardDesk.perform(
            .confirm(
                edition: edition, body: link.body,
                document: "campaign \(link.request), body link \(link.id.prefix(8))",
                asked: CardAsked(campaign: link.request, signer: signer)), on: record.card.code, in: session)
    }

    /// Does an act of a link while its campaign runs.
    private func act<Answer: Codable & Sendable>(
        _ link: BodyLinkRecord, at now: Moment, once key: CommandKey?,
        _ body: @escaping @Sendable (CaseSession) throws -> Answer
    ) async throws -> Answer {
        try await casework.transact(by: BodyLinkDesk.actor(of: link), at: now, once: key) { session in
            // Whoever had found the link a moment before it was revoked is too late.
            guard let present = try BodyLinkRecord.fetch(id: link.id, in: session.db), present.subject == .cards,
                present.isOpen(at: now)
            else {
                throw CorrespondenceRefusal.bodyLinkClosed("The link has ended: ask the contact centre for another.")
            }
            _ = try Self.running(link.request, link.body, in: session)
            return try body(session)
        }
    }

    private static func card(
        _ code: String, of link: BodyLinkRecord, in db: Database
    ) throws -> CampaignCardRecord? {
        try CampaignCardRecord.fetch(campaign: link.request, body: link.body, in: db).first {
            $0.record.card.code == code
        }
    }

    private static func check(_ signer: String, of link: BodyLinkRecord, in db: Database) throws {
        guard let record = try SignerRecord.fetch(signer, in: db), record.body == link.body,
            record.campaign == link.request
        else { throw FreshnessRefusal.signerUnknown("Say first who answers: name and post.") }
    }

    private static func stale(_ record: CardRecord) -> Refusal {
        KnowledgeRefusal.cardStale(
            "The card is at edition \(record.edition) by now: look at that one first.", field: "edition")
    }
}
