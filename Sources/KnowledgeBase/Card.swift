import CardSearch
import Languages

/// Lists in both languages, such as documents.
package struct LocalizedList: Codable, Hashable, Sendable {
    /// The Kazakh lines.
    package var kk: [String]?
    /// The Russian lines.
    package var ru: [String]?

    /// Lines in one or both languages.
    package init(kk: [String]? = nil, ru: [String]? = nil) { (self.kk, self.ru) = (kk, ru) }

    /// The lines in a language of cards; empty where there are none.
    package subscript(language: Language) -> [String] {
        switch language {
        case .kk: kk ?? ru ?? []
        case .ru, .en: ru ?? kk ?? []
        }
    }
}

/// A text in one or both languages of cards.
package struct CardText: Codable, Hashable, Sendable {
    /// The Kazakh text.
    package var kk: String?
    /// The Russian text.
    package var ru: String?

    /// A text in one or both languages.
    package init(kk: String? = nil, ru: String? = nil) { (self.kk, self.ru) = (kk, ru) }

    /// The text for a reader, with its language: his own, or the other where there is only that.
    package func text(_ language: Language) -> (text: String, language: Language)? {
        let order: [(String?, Language)] = language == .kk ? [(kk, .kk), (ru, .ru)] : [(ru, .ru), (kk, .kk)]
        for (text, language) in order { if let text, !text.isEmpty { return (text, language) } }
        return nil
    }
}

/// The content of a service card: the fields of the form of 797 §5.
package struct Card: Codable, Hashable, Sendable {
    /// How sure the content is.
    package enum Content: String, Codable, CaseIterable, Hashable, Sendable {
        /// Only what the register says.
        case registryOnly = "registry-only"
        /// Written for demonstration; no body has confirmed it.
        case illustrative
        /// Confirmed by the body.
        case confirmed
    }

    /// The code of the service, which is also the card's.
    package var code: String
    /// The code in the official register.
    package var registerCode: String?
    /// The code on the e-government portal.
    package var egovCode: String?
    /// How sure the content is.
    package var content: Content
    /// The name of the service.
    package var title: CardText
    /// What it is and who needs it.
    package var summary: CardText?
    /// The sphere of life.
    package var sphere: String
    /// The code of the body that answers for it.
    package var owner: String
    /// The code of the region it is for; nil where it is for the whole country.
    package var region: String?
    /// Who provides it.
    package var provider: CardText?
    /// Who gets it.
    package var recipients: CardText?
    /// How it is provided.
    package var channels: [String]?
    /// What to bring.
    package var documents: LocalizedList?
    /// How long it takes.
    package var term: CardText?
    /// How much it costs.
    package var fee: CardText?
    /// What comes out of it.
    package var result: CardText?
    /// Why it may be refused.
    package var refusalGrounds: LocalizedList?
    /// Where to go.
    package var place: CardText?
    /// When it is open.
    package var schedule: CardText?
    /// The acts.
    package var legalBasis: CardText?
    /// How to complain.
    package var complaint: CardText?
    /// Telephones and addresses.
    package var contacts: CardText?
    /// Further words by which people ask for it.
    package var keywords: LocalizedList?
    /// Facts beside the prose: typed, with their source and days.
    package var stated: [CardFact]?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case code
        case registerCode = "register-code"
        case egovCode = "egov-code"
        case content, title, summary, sphere, owner, region, provider, recipients, channels, documents, term, fee,
            result
        case refusalGrounds = "refusal-grounds"
        case place = "where"
        case schedule
        case legalBasis = "legal-basis"
        case complaint, contacts, keywords
        case stated = "facts"
    }

    /// The parts that say the same in both languages, text or list, by the names of their fields, in the order of the form.
    package var items: [(field: String, kk: [String], ru: [String])] {
        func text(_ key: CodingKeys, _ text: CardText?) -> (field: String, kk: [String], ru: [String]) {
            func lines(_ text: String?) -> [String] { text.map { $0.isEmpty ? [] : [$0] } ?? [] }
            return (key.rawValue, lines(text?.kk), lines(text?.ru))
        }
        func list(_ key: CodingKeys, _ list: LocalizedList?) -> (field: String, kk: [String], ru: [String]) {
            (key.rawValue, list?.kk ?? [], list?.ru ?? [])
        }
        return [
            text(.title, title), text(.summary, summary), list(.documents, documents), text(.term, term),
            text(.fee, fee), text(.place, place), text(.result, result), list(.refusalGrounds, refusalGrounds),
            text(.recipients, recipients), text(.provider, provider), text(.schedule, schedule),
            text(.legalBasis, legalBasis), text(.complaint, complaint), text(.contacts, contacts),
            list(.keywords, keywords),
        ]
    }

    /// Whether it says more than the register does: title, provider and keywords are there of every service.
    package var isFilledIn: Bool {
        let register = [CodingKeys.title, .provider, .keywords].map(\.rawValue)
        return stated?.isEmpty == false
            || items.contains { !register.contains($0.field) && !($0.kk.isEmpty && $0.ru.isEmpty) }
    }

    /// The parts without a language, by the names of their fields.
    package var facts: [(field: String, text: String)] {
        [
            (CodingKeys.code.rawValue, code), (CodingKeys.registerCode.rawValue, registerCode ?? ""),
            (CodingKeys.egovCode.rawValue, egovCode ?? ""), (CodingKeys.content.rawValue, content.rawValue),
            (CodingKeys.sphere.rawValue, sphere), (CodingKeys.owner.rawValue, owner),
            (CodingKeys.region.rawValue, region ?? ""),
            (CodingKeys.channels.rawValue, (channels ?? []).joined(separator: ", ")),
            (CodingKeys.stated.rawValue, (stated ?? []).map(\.line).joined(separator: "; ")),
        ]
    }

    /// The names of all fields, for naming what is out of date.
    package static let fieldNames = CodingKeys.allCases.map(\.rawValue)

    /// The parts that exist in one of the two languages only; keywords are for the search and need no pair.
    package var oneLanguageItems: [String] {
        items.filter { $0.field != CodingKeys.keywords.rawValue && $0.kk.isEmpty != $0.ru.isEmpty }.map(\.field)
    }

    /// The card as the search sees it.
    package func searchable(state: String) -> SearchableCard {
        func rest(_ texts: [CardText?], _ language: KeyPath<CardText, String?>) -> String {
            texts.compactMap { $0?[keyPath: language] }.joined(separator: "\n")
        }
        let others = [provider, recipients, term, fee, result, place]
        return SearchableCard(
            id: code, code: code, registerCodes: [registerCode, egovCode].compactMap { $0 }, titleKK: title.kk ?? "",
            titleRU: title.ru ?? "", descriptionKK: summary?.kk ?? "", descriptionRU: summary?.ru ?? "",
            documentsKK: (documents?.kk ?? []).joined(separator: "\n"),
            documentsRU: (documents?.ru ?? []).joined(separator: "\n"), restKK: rest(others, \.kk),
            restRU: rest(others, \.ru), keywordsKK: (keywords?.kk ?? []).joined(separator: "; "),
            keywordsRU: (keywords?.ru ?? []).joined(separator: "; "), body: owner, sphere: sphere,
            channels: channels ?? [], region: region, state: state)
    }
}
