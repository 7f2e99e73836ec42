import Languages

// From the form back to the card.
extension CardForm {
    /// The card that the form says, with everything that is wrong with what was typed; the card is then what could be read.
    ///
    /// What was not touched keeps its value to the letter, also where the form cannot show all of it: a field whose text on the
    /// form is that of `base` is that of `base`.
    /// - Parameter base: the card from which the form was made.
    package func card(over base: Card) -> (card: Card, faults: [CardFormFault]) {
        let shown = CardForm(base)
        var card = base
        var faults: [CardFormFault] = []
        for field in CardFormField.allCases {
            let name = field.rawValue
            switch field.kind {
            case .text:
                check(text(of: field), at: name, &faults)
                if text(of: field) == shown.text(of: field) { continue }
                let old = field.text(of: base)
                let said = CardText(
                    kk: Self.said(text(of: field).kk, old?.kk), ru: Self.said(text(of: field).ru, old?.ru))
                field.put(said.kk == nil && said.ru == nil ? nil : said, into: &card)
            case .list:
                for (row, pair) in rows(of: field).enumerated() { check(pair, at: "\(name).\(row)", &faults) }
                if rows(of: field) == shown.rows(of: field) { continue }
                field.put(Self.list(rows(of: field), field.list(of: base)), into: &card)
            case .channels:
                if channels != shown.channels { card.channels = channels.isEmpty ? nil : channels }
            case .facts: take(facts, shown.facts, base.stated, into: &card, &faults)
            case .word: take(field, shown, into: &card, &faults)
            }
        }
        if text(of: .title).isEmpty {
            faults += Self.languages.map { CardFormFault(place: "title.\($0.rawValue)", kind: .missing) }
        }
        return (card, faults)
    }

    /// What the appendix of 797 asks for and the form does not say, in both languages (§5).
    package var missing: [CardFormFault] {
        CardFormField.allCases.filter(\.isAsked).flatMap { field -> [CardFormFault] in
            func lacks(_ place: String) -> CardFormFault { CardFormFault(place: place, kind: .missing) }
            switch field.kind {
            case .text:
                return Self.languages.filter { text(of: field)[$0].isEmpty }.map { lacks("\(field.rawValue).\($0)") }
            case .list:
                return Self.languages.filter { language in !rows(of: field).contains { !$0[language].isEmpty } }
                    .map { lacks("\(field.rawValue).0.\($0)") }
            case .channels: return channels.isEmpty ? [lacks(field.rawValue)] : []
            case .facts, .word: return []
            }
        }
    }

    private func check(_ pair: Pair, at place: String, _ faults: inout [CardFormFault]) {
        for language in Self.languages where pair[language].count > Self.longest {
            faults.append(CardFormFault(place: "\(place).\(language.rawValue)", kind: .tooLong))
        }
    }

    private func take(
        _ rows: [CardFormFact], _ shown: [CardFormFact], _ old: [CardFact]?, into card: inout Card,
        _ faults: inout [CardFormFault]
    ) {
        let known = Dictionary(zip(shown, old ?? []), uniquingKeysWith: { first, _ in first })
        var facts: [CardFact] = []
        for (row, fact) in rows.enumerated() where !fact.isEmpty {
            if let kept = known[fact] {
                facts.append(kept)
            } else if let read = fact.fact(at: "\(CardFormField.stated.rawValue).\(row)", &faults) {
                facts.append(read)
            }
        }
        if rows != shown { card.stated = facts.isEmpty ? nil : facts }
    }

    private func take(
        _ field: CardFormField, _ shown: CardForm, into card: inout Card, _ faults: inout [CardFormFault]
    ) {
        let word = word(of: field)
        guard word != shown.word(of: field) else { return }
        func fault(_ kind: CardFormFault.Kind) { faults.append(CardFormFault(place: field.rawValue, kind: kind)) }
        if word.contains("\n") || word.count > 100 { return fault(.notOneWord) }
        let isNeeded = [.sphere, .owner, .content].contains(field)
        if word.isEmpty, isNeeded { return fault(.missing) }
        switch field {
        case .registerCode: card.registerCode = word.isEmpty ? nil : word
        case .egovCode: card.egovCode = word.isEmpty ? nil : word
        case .region: card.region = word.isEmpty ? nil : word
        case .sphere: card.sphere = word
        case .owner: card.owner = word
        case .content:
            guard let content = Card.Content(rawValue: word) else { return fault(.unknown) }
            card.content = content
        default: break
        }
    }

    /// What a field says: the former text to the letter where the form says the same.
    private static func said(_ typed: String, _ old: String?) -> String? {
        if let old, plain(old) == typed { return old }
        return typed.isEmpty ? nil : typed
    }

    private static func list(_ rows: [Pair], _ old: LocalizedList?) -> LocalizedList? {
        func points(_ language: Language, _ old: [String]?) -> [String]? {
            let known = Dictionary((old ?? []).map { (plain($0), $0) }, uniquingKeysWith: { first, _ in first })
            let typed = rows.map { $0[language] }.filter { !$0.isEmpty }
            return typed.isEmpty ? nil : typed.map { known[$0] ?? $0 }
        }
        let list = LocalizedList(kk: points(.kk, old?.kk), ru: points(.ru, old?.ru))
        return list.kk == nil && list.ru == nil ? nil : list
    }
}
