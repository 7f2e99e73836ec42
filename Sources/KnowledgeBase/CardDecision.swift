import Casework

/// What can be asked of a card.
package enum CardCommand: Sendable {
    /// A new edition; `expecting` is the edition that the person saw, 0 for a new card.
    case edit(Card, source: String, origin: CardOrigin, expecting: Int, renews: Bool)
    /// A body confirms an edition.
    case confirm(edition: Int, body: String, document: String, asked: CardAsked? = nil)
    /// The information has changed and the new one is not here yet (797 §6).
    case markOutOfDate(fields: [String], reason: String)
    /// Operators see it no more.
    case withdraw(reason: String)
    /// Operators see it again.
    case restore(reason: String)
}

/// What the registry knows of the body that confirms a card; looked up in the same transaction.
enum ConfirmingBody: Hashable {
    /// The registry has no such body.
    case unknown
    /// It does not answer for the card.
    case foreign
    /// It answers for the card, or stands above the body that does, or took over from it.
    case own
}

/// What follows from a command on a card; pure.
enum CardDecision {
    /// The event that follows, nil where nothing changes.
    /// - Parameter confirming: for a confirmation what the registry knows of the body.
    /// - Throws: `Refusal` that says why not and what to do.
    static func decide(
        _ command: CardCommand, on code: String, _ record: CardRecord?, confirming: ConfirmingBody = .unknown
    ) throws -> CardEvent? {
        if case .edit(let card, let source, let origin, let expected, let renews) = command {
            let present = record?.edition ?? 0
            guard expected == present else {
                throw KnowledgeRefusal.cardChanged(
                    "The card is at edition \(present) by now, not \(expected): look at what has changed, then edit that.",
                    field: "edition")
            }
            guard card.code == code else {
                throw KnowledgeRefusal.cardOtherCode(
                    "The text is of the card “\(card.code)”: open that one.", field: "text")
            }
            guard !source.isBlank else {
                throw KnowledgeRefusal.cardNoReason("Say where this edition comes from.", field: "reason")
            }
            if let record, record.card == card, !(renews && record.outdated != nil) {
                throw KnowledgeRefusal.cardSame(
                    "The text says what edition \(present) says: nothing to record.", field: "text")
            }
            return .cardEdited(CardEdited(card: card, source: source, origin: origin, renews: renews ? true : nil))
        }
        guard let record else { throw KnowledgeRefusal.cardUnknown("There is no card “\(code)”: check the code.") }
        func remark(_ text: String) throws -> CardRemark {
            guard !text.isBlank else { throw KnowledgeRefusal.cardNoReason("Say why.", field: "reason") }
            return CardRemark(code: code, text: text)
        }
        switch command {
        case .edit: return nil
        case .confirm(let edition, let body, let document, let asked):
            guard edition == record.edition else {
                throw KnowledgeRefusal.cardStale(
                    "The body saw edition \(edition), the card is at edition \(record.edition): show it that one first.",
                    field: "edition")
            }
            guard record.state != .withdrawn else {
                throw KnowledgeRefusal.cardWithdrawn("The card is withdrawn: restore it first.")
            }
            switch confirming {
            case .own: break
            case .unknown:
                throw KnowledgeRefusal.cardUnknownBody(
                    "The register has no body “\(body)”: correct the code.", field: "body")
            case .foreign:
                throw KnowledgeRefusal.cardOtherBody(
                    "The card is “\(record.card.owner)”’s: only that body, or one above it, confirms it.", field: "body"
                )
            }
            guard record.card.isFilledIn else {
                throw KnowledgeRefusal.cardEmpty(
                    "The card says nothing yet but what the register says: fill it in first.",
                    field: "edition")
            }
            guard !document.isBlank else {
                throw KnowledgeRefusal.cardNoDocument(
                    "Name the letter or the submission that confirms it.", field: "document")
            }
            return .cardConfirmed(CardRemark(code: code, text: document, edition: edition, body: body, asked: asked))
        case .markOutOfDate(let fields, let reason):
            if let unknown = fields.first(where: { !Card.fieldNames.contains($0) }) {
                throw KnowledgeRefusal.cardUnknownField(
                    "“\(unknown)” is no field of a card: known are \(Card.fieldNames.joined(separator: ", ")).",
                    field: "fields")
            }
            var marked = try remark(reason)
            marked.fields = fields.isEmpty ? nil : Array(Set(fields)).sorted()
            return .cardOutOfDate(marked)
        case .withdraw(let reason):
            guard record.state != .withdrawn else {
                throw KnowledgeRefusal.cardWithdrawn("The card is withdrawn already.")
            }
            return .cardWithdrawn(try remark(reason))
        case .restore(let reason):
            guard record.state == .withdrawn else {
                throw KnowledgeRefusal.cardNotWithdrawn("The card is not withdrawn: there is nothing to restore.")
            }
            return .cardRestored(try remark(reason))
        }
    }
}

extension String {
    /// Whether nothing can be read in it.
    var isBlank: Bool { !contains { !$0.isWhitespace } }
}
