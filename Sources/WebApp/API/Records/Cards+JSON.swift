import CanonicalJSON
import KnowledgeBase

extension CardRecord {
    /// The card for lists, without its content.
    package var summary: JSON {
        .members([
            "code": .string(card.code), "edition": .number(edition), "state": .string(state.rawValue),
            "title": .members(["kk": .text(card.title.kk), "ru": .text(card.title.ru)]),
            "sphere": .string(card.sphere), "owner": .string(card.owner), "content": .string(content.rawValue),
            "editedAt": .moment(editedAt), "confirmedAt": .moment(confirmedAt), "confirmedBy": .text(confirmedBy),
        ])
    }

    /// The card with its content.
    /// - Throws: an error of the encoding.
    package func json() throws -> JSON {
        guard var members = summary.object else { return summary }
        members["card"] = try JSON(parsing: CanonicalCoding.encode(card))
        members["liveFrom"] = liveFrom.map { .date($0) }
        members["version"] = .number(version)
        return .object(members)
    }
}

extension CardEdition {
    /// The edition for programs.
    package var json: JSON {
        .members([
            "edition": .number(edition), "editedAt": .moment(editedAt), "actor": .string(actor),
            "source": .string(source), "origin": .string(origin.rawValue), "confirmedAt": .moment(confirmedAt),
            "confirmedBy": .text(confirmedBy),
        ])
    }
}

extension CardDifference {
    /// The change for programs.
    package var json: JSON {
        .members([
            "field": .string(field), "language": .text(language?.rawValue), "before": .text(old), "after": .text(new),
        ])
    }
}
