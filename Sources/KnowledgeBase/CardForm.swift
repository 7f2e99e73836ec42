import Languages

/// A card as a form that is filled in: what stands in each of its fields, as text, right or not.
///
/// YAML (`CardFile`), the fields of a page and the workbook of a body are three spellings of this one list of typed fields. Each
/// thing that is filled in has a place of its own, by which it is sent and by which a fault names it: `owner`, `fee.kk`,
/// `documents.2.ru`, `channels.portal`, `facts.0.amount`.
package struct CardForm: Codable, Hashable, Sendable {
    /// A text in both languages of cards; empty where nothing was typed.
    package struct Pair: Codable, Hashable, Sendable {
        /// The Kazakh words.
        package var kk = ""
        /// The Russian words.
        package var ru = ""

        /// Words in both languages.
        package init(kk: String = "", ru: String = "") { (self.kk, self.ru) = (kk, ru) }

        /// Whether nothing was typed.
        package var isEmpty: Bool { kk.isEmpty && ru.isEmpty }

        /// The words in exactly a language of cards.
        package subscript(language: Language) -> String { language == .kk ? kk : ru }
    }

    /// The most rows of a list of the form.
    package static let mostRows = 60
    /// The longest text of a field, in characters.
    package static let longest = 4_000
    /// The languages of cards.
    package static let languages: [Language] = [.kk, .ru]

    /// The texts, by field; each field of its kind is there.
    package private(set) var texts: [String: Pair] = [:]
    /// The lists, by field; each field of its kind is there.
    package private(set) var lists: [String: [Pair]] = [:]
    /// The words without a language, by field; each field of its kind is there.
    package private(set) var words: [String: String] = [:]
    /// The channels that are ticked, in the order in which the card has them.
    package private(set) var channels: [String] = []
    /// The facts, row by row.
    package private(set) var facts: [CardFormFact] = []

    /// A card as the form shows it.
    package init(_ card: Card) {
        for field in CardFormField.allCases {
            switch field.kind {
            case .text: texts[field.rawValue] = Self.pair(field.text(of: card))
            case .list:
                let list = field.list(of: card)
                let (kk, ru) = (list?.kk ?? [], list?.ru ?? [])
                lists[field.rawValue] = (0..<max(kk.count, ru.count)).map { row in
                    Pair(
                        kk: row < kk.count ? Self.plain(kk[row]) : "", ru: row < ru.count ? Self.plain(ru[row]) : "")
                }
            case .channels: channels = card.channels ?? []
            case .facts: facts = (card.stated ?? []).map(CardFormFact.init)
            case .word: words[field.rawValue] = Self.plain(field.word(of: card) ?? "")
            }
        }
    }

    /// What was typed into some fields of a form; the other fields stay as they are.
    /// - Parameters:
    ///   - fields: the fields that whoever typed may fill in.
    ///   - value: what was sent from a place; nil where nothing was, which leaves the place as it is.
    package mutating func take(_ fields: [CardFormField], _ value: (String) -> String?) {
        func plain(_ place: String, else old: String) -> String { value(place).map(Self.plain) ?? old }
        for field in fields {
            let name = field.rawValue
            let rows = value("\(name).rows").flatMap { Int($0) }.map { min(max($0, 0), Self.mostRows) }
            switch field.kind {
            case .text:
                let old = texts[name] ?? Pair()
                texts[name] = Pair(kk: plain("\(name).kk", else: old.kk), ru: plain("\(name).ru", else: old.ru))
            case .word: words[name] = plain(name, else: words[name] ?? "")
            case .list:
                guard let rows else { continue }
                lists[name] = (0..<rows).map { row in
                    Pair(kk: plain("\(name).\(row).kk", else: ""), ru: plain("\(name).\(row).ru", else: ""))
                }
            case .channels:
                guard rows != nil else { continue }
                let ticked = CardFormFact.channels.filter { value("\(name).\($0)") != nil }
                channels = channels.filter(ticked.contains) + ticked.filter { !channels.contains($0) }
            case .facts:
                guard let rows else { continue }
                facts = (0..<rows).map { row in
                    var fact = CardFormFact()
                    for part in CardFormFact.Part.allCases {
                        fact[part] = plain("\(name).\(row).\(part.rawValue)", else: "")
                    }
                    return fact
                }
            }
        }
    }

    /// Puts an empty row at the end of a list or of the facts; a form that is full stays as it is.
    package mutating func addRow(to field: CardFormField) {
        if field.kind == .facts, facts.count < Self.mostRows { facts.append(CardFormFact()) }
        if field.kind == .list, rows(of: field).count < Self.mostRows {
            lists[field.rawValue, default: []].append(Pair())
        }
    }

    /// Takes a row away; nothing where there is none of the number.
    package mutating func removeRow(_ row: Int, of field: CardFormField) {
        if field.kind == .facts, facts.indices.contains(row) { facts.remove(at: row) }
        if field.kind == .list, rows(of: field).indices.contains(row) { lists[field.rawValue]?.remove(at: row) }
    }

    /// The form upon another edition: what was typed stays, a field that nobody touched is as the edition says.
    /// - Parameters:
    ///   - old: the form of the edition upon which it was typed.
    ///   - new: the form of the edition upon which it goes on.
    package func moved(from old: CardForm, to new: CardForm) -> CardForm {
        var form = new
        for (name, pair) in texts where pair != old.texts[name] { form.texts[name] = pair }
        for (name, rows) in lists where rows != old.lists[name] { form.lists[name] = rows }
        for (name, word) in words where word != old.words[name] { form.words[name] = word }
        if channels != old.channels { form.channels = channels }
        if facts != old.facts { form.facts = facts }
        return form
    }

    /// The rows of a list.
    package func rows(of field: CardFormField) -> [Pair] { lists[field.rawValue] ?? [] }

    /// The text of a field.
    package func text(of field: CardFormField) -> Pair { texts[field.rawValue] ?? Pair() }

    /// The word of a field.
    package func word(of field: CardFormField) -> String { words[field.rawValue] ?? "" }

    static func pair(_ text: CardText?) -> Pair { Pair(kk: plain(text?.kk ?? ""), ru: plain(text?.ru ?? "")) }

    /// A text as a field gives it back: lines ended one way, without blanks at its ends and characters that deceive.
    static func plain(_ text: String) -> String {
        var text = Substring(text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n"))
        if text.contains("\r") { text = Substring(String(text.map { $0 == "\r" ? "\n" : $0 })) }
        return trimmed(String(text).withoutDeceivingCharacters)
    }

    /// A text without blanks at its ends.
    package static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
