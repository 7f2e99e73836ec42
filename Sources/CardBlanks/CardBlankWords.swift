import KnowledgeBase
import Languages

/// The words of the workbook, in the languages of the acts; the string tables of the site have them.
package struct CardBlankWords: Sendable {
    /// What the fields are called, by their names.
    package var fields: [String: Localized]
    /// What the parts of a fact are called, by their names.
    package var parts: [String: Localized]
    /// The words of a choice, by the name of its part, then by the code.
    package var choices: [String: [String: Localized]]
    /// The words of the channels, by the code.
    package var channels: [String: Localized]
    /// What the workbook is called.
    package var title: Localized
    /// What the sheet of facts is called.
    package var facts: Localized
    /// How it is filled in, line by line.
    package var help: [Localized]
    /// The words for the edition.
    package var edition: Localized

    /// Words from their parts.
    package init(
        fields: [String: Localized], parts: [String: Localized], choices: [String: [String: Localized]],
        channels: [String: Localized], title: Localized, facts: Localized, help: [Localized], edition: Localized
    ) {
        self.fields = fields
        self.parts = parts
        self.choices = choices
        self.channels = channels
        self.title = title
        self.facts = facts
        self.help = help
        self.edition = edition
    }

    /// A choice as the workbook shows it: both languages, since nobody knows who fills it in.
    func shown(_ part: CardFormFact.Part, _ code: String) -> String {
        choices[part.rawValue]?[code].map(Self.both) ?? code
    }

    /// The code of what was typed into a choice: the code itself, or its words in any language; nil where it is none.
    func code(_ part: CardFormFact.Part, _ typed: String) -> String? {
        let codes = part.choices ?? []
        let wanted = typed.lowercased()
        return codes.first { code in
            guard let words = choices[part.rawValue]?[code] else { return code == wanted }
            return [code, words.kk, words.ru, words.en ?? code, Self.both(words)].contains { $0.lowercased() == wanted }
        }
    }

    static func both(_ words: Localized) -> String { words.kk == words.ru ? words.ru : "\(words.kk) / \(words.ru)" }
}
