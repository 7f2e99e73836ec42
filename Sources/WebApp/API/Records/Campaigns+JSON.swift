import CanonicalJSON
import Freshness
import KnowledgeBase

extension CardSelection {
    /// Which cards, for programs.
    package var json: JSON {
        .members([
            "kind": .string(kind.rawValue), "months": months.map { .number($0) } ?? .null, "sphere": .text(sphere),
            "body": .text(body),
        ])
    }
}

extension CampaignPlan {
    /// What would be asked of whom, for programs; `digest` is what `begin` takes.
    package var json: JSON {
        let without = Set(withoutAddress)
        return .object([
            "selection": selection.json, "until": .date(lastDay), "cards": .number(cards),
            "emptyCards": .number(emptyCards), "digest": .string(digest),
            "bodies": .array(
                bodies.map { asked in
                    .object([
                        "body": .string(asked.body), "cards": .number(asked.cards.count),
                        "byMail": .bool(!without.contains(asked.body)),
                    ])
                }),
        ])
    }
}

extension CampaignRecord {
    /// The campaign for programs.
    package var json: JSON {
        .members([
            "id": .string(id), "selection": selection.json, "until": .date(lastDay), "begunAt": .moment(begunAt),
            "begunBy": .string(begunBy), "endedAt": .moment(endedAt), "endReason": .text(endReason),
            "bodies": .number(bodies), "cards": .number(cards), "confirmed": .number(confirmed),
            "remarks": .number(remarks), "version": .number(version),
        ])
    }
}

extension CampaignBodyRecord {
    /// What is asked of a body, for programs.
    package var json: JSON {
        .members([
            "body": .string(body), "cards": .number(cards), "confirmed": .number(confirmed), "left": .number(left),
            "remarks": .number(remarks), "openRemarks": .number(openRemarks), "openedAt": .moment(openedAt),
            "actedAt": .moment(actedAt), "way": .text(way),
        ])
    }
}

extension CampaignCardRecord {
    /// The card as its body has answered for it, for programs.
    package var json: JSON {
        .members([
            "code": .string(record.card.code), "edition": .number(record.edition),
            "askedEdition": .number(askedEdition),
            "standing": .string(standing.rawValue), "confirmedAt": .moment(confirmedAt),
            "confirmedEdition": confirmedEdition.map { .number($0) } ?? .null, "remarks": .array(remarks.map(\.json)),
        ])
    }
}

extension ObjectionRecord {
    /// The remark for programs.
    package var json: JSON {
        .members([
            "id": .string(id), "campaign": .string(campaign), "body": .string(body), "card": .string(card),
            "edition": .number(edition), "field": .text(field), "text": .string(text), "madeAt": .moment(madeAt),
            "how": .text(how?.rawValue), "draft": .text(draft),
            "settledEdition": settledEdition.map { .number($0) } ?? .null, "reason": .text(reason),
            "settledAt": .moment(settledAt),
        ])
    }
}

extension CardFreshness {
    /// When a body last stood by the card, and whether it was asked and has not answered, for programs.
    package var json: JSON {
        .members([
            "confirmed": confirmed.map { confirmed in
                .members([
                    "edition": .number(confirmed.edition), "at": .moment(confirmed.at), "body": .text(confirmed.body),
                ])
            } ?? .null,
            "asked": asked.map { asked in
                .members([
                    "campaign": .string(asked.campaign), "at": .moment(asked.at), "until": .date(asked.lastDay),
                    "isConfirmed": .bool(asked.isConfirmed),
                ])
            } ?? .null,
        ])
    }
}
