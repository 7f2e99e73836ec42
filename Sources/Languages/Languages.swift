/// The languages in which Bailanys speaks, and a text that exists in them.
///
/// This module decides one thing: which wording a reader gets when the one he asked for is missing.
/// It knows nothing of screens, cards or law; those modules carry their texts as `Localized`.

/// A language of the interface, of letters and of cards.
package enum Language: String, CaseIterable, Hashable, Sendable, Codable {
    /// Kazakh, the state language.
    case kk
    /// Russian.
    case ru
    /// English: interface and documentation only; no act or card is written in it.
    case en

    /// The order in which wordings are tried for a reader of this language.
    package var fallbacks: [Language] {
        switch self {
        case .kk: [.kk, .ru, .en]
        case .ru: [.ru, .kk, .en]
        case .en: [.en, .ru, .kk]
        }
    }
}

/// One text in up to three languages.
package struct Localized: Hashable, Sendable, Codable {
    /// The Kazakh wording; empty when there is none.
    package var kk: String
    /// The Russian wording; empty when there is none.
    package var ru: String
    /// The English wording, which most texts of law do not have.
    package var en: String?

    /// A text from its wordings.
    package init(kk: String, ru: String, en: String? = nil) {
        self.kk = kk
        self.ru = ru
        self.en = en
    }

    /// The wording in exactly `language`, or nil when it is missing or empty.
    package func exactly(_ language: Language) -> String? {
        let text: String? =
            switch language {
            case .kk: kk
            case .ru: ru
            case .en: en
            }
        guard let text, !text.isEmpty else { return nil }
        return text
    }

    /// The wording for a reader of `language`: his own, or the nearest there is; empty only when there is none at all.
    package subscript(language: Language) -> String {
        for candidate in language.fallbacks {
            if let text = exactly(candidate) { return text }
        }
        return ""
    }
}
