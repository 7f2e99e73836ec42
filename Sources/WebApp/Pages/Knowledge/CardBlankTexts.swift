import CardBlanks
import Hummingbird
import KnowledgeBase
import Languages
import Workbooks
import WorkingDays

/// The words of the workbook of a card's form, from the string tables.
package enum CardBlankTexts {
    /// The family of texts that name the values of a part of a fact.
    static func family(_ part: CardFormFact.Part) -> String {
        switch part {
        case .fact: "serviceFact"
        case .about: "serviceCase"
        case .channel: "channel"
        default: "factMeasure"
        }
    }

    /// The words in the languages of the acts, and in English for reading.
    package static func words(_ texts: Texts) -> CardBlankWords {
        func localized(_ key: TextKey) -> Localized {
            Localized(kk: texts.text(key, .kk), ru: texts.text(key, .ru), en: texts.text(key, .en))
        }
        func family(_ name: String, _ members: [String]) -> [String: Localized] {
            Dictionary(
                members.map { ($0, localized(TextKey(family: name, member: $0))) },
                uniquingKeysWith: { first, _ in first })
        }
        var choices: [String: [String: Localized]] = [:]
        for part in CardFormFact.Part.allCases {
            if let codes = part.choices { choices[part.rawValue] = family(Self.family(part), codes) }
        }
        return CardBlankWords(
            fields: family("cardField", Card.fieldNames),
            parts: family("factPart", CardFormFact.Part.allCases.map(\.rawValue)), choices: choices,
            channels: family("channel", CardFormFact.channels), title: localized("cardBlank.title"),
            facts: localized("cardField.facts"),
            help: [localized("cardBlank.help"), localized("cardBlank.helpLists"), localized("cardBlank.helpChannels")],
            edition: localized("card.edition"))
    }

    /// What is wrong with a place of a form, in English, as commands say it.
    package static func words(of fault: CardFormFault.Kind, _ texts: Texts) -> String {
        texts.text(TextKey(family: "cardFault", member: fault.rawValue), .en)
    }

    /// Why a cell could not be read, in English, as commands say it.
    package static func words(of unread: CardBlankReading.Reason, _ texts: Texts) -> String {
        texts.text(TextKey(family: "blankReason", member: unread.rawValue), .en)
    }
}
