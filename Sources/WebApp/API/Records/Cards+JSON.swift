import CanonicalJSON
import CardSearch
import KnowledgeBase
import Languages

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

extension CardAnswer {
    /// The answer for programs: the fact, its case, the words in both languages, the field of the card in which they stand, and
    /// whether they are only a paragraph.
    package var json: JSON {
        .object([
            "fact": .string(fact.rawValue), "case": about.map { .string($0.rawValue) } ?? .null,
            "text": .members(["kk": .text(text.kk), "ru": .text(text.ru)]), "field": .string(field),
            "prose": .bool(isProse),
        ])
    }
}

extension SilentCard {
    /// The card for lists, with what it cannot answer and how often it was asked.
    package var json: JSON {
        func names(_ facts: [ServiceFact]) -> JSON { .array(facts.map { .string($0.rawValue) }) }
        var members = record.summary.object ?? [:]
        members["missing"] = names(record.silence.missing)
        members["vague"] = names(record.silence.vague)
        members["asked"] = .number(asked)
        members["askedInVain"] = .number(askedInVain)
        return .object(members)
    }
}

extension SearchChoice {
    /// The question and its two answers for programs; `choice` of an answer is what is sent with the same words.
    package var json: JSON {
        func text(_ text: Localized) -> JSON {
            .members(["kk": .text(text.kk), "ru": .text(text.ru), "en": .text(text.en)])
        }
        return .object([
            "question": text(question),
            "options": .array(
                options.map { option in
                    .object([
                        "choice": .string(option.id), "card": .string(option.card),
                        "case": option.about.map { .string($0.rawValue) } ?? .null, "label": text(option.label),
                    ])
                }),
        ])
    }
}

extension SearchAnswer {
    /// The life events that the words tell of, for programs: code and title.
    package func eventsJSON(_ known: LifeEvents) -> JSON {
        .array(events.compactMap { known[$0] }.map { .object(["code": .string($0.code), "title": $0.title.json]) })
    }
}

extension Localized {
    /// The text in the languages of cards, for programs.
    fileprivate var json: JSON { .members(["kk": .text(kk), "ru": .text(ru)]) }
}

extension LifeEvent {
    /// The event for programs: its steps in order, each with its card, who, where (null where the card says it) and by when.
    package var json: JSON {
        .object([
            "code": .string(code), "content": .string(content.rawValue), "title": title.json, "summary": summary.json,
            "steps": .array(
                steps.map { step in
                    .object([
                        "card": .string(step.card), "what": step.what.json, "who": step.who.json, "by": step.by.json,
                        "where": step.place?.json ?? .null,
                    ])
                }),
        ])
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
