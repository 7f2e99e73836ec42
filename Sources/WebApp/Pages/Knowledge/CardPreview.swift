import KnowledgeBase
import Languages
import Markup
import WorkingDays

/// A card that is no edition yet: as operators would see it, and line by line what differs from the one in force.
struct CardPreview: Sendable {
    let card: Card
    /// The card in force.
    let present: Card
    let differences: [CardDifference]
    /// The facts that it would state, in words.
    let stated: [(fact: CardFact, text: CardText)]
    /// The parts that would be newer in one language than in the other.
    var uneven: Set<String> = []
    /// Whether it is open: where something is wrong, that is looked at first.
    var isOpen = true

    func draw(into html: inout HTML, _ view: View) {
        html.panel(view.t("cardForm.differences"), id: "differences") { html in
            if differences.isEmpty {
                html.p(text: view.t("history.noDifference"))
            } else {
                // Facts are told in words, each for itself, and not as the line of a file.
                html.differences(
                    differences.filter { $0.field != CardFormField.stated.rawValue }, facts: facts(view), view)
            }
        }
        html.details(.class("panel fold"), .id("preview"), Attribute("open", flag: isOpen)) { html in
            html.summary { $0.h2(text: view.t("cardForm.preview")) }
            let languages: [Language] = view.language == .kk ? [.kk, .ru] : [.ru, .kk]
            html.article(.class("card is-preview")) { html in
                for language in languages {
                    if let text = language == .kk ? card.title.kk : card.title.ru, !text.isEmpty {
                        html.p(.class("card-other"), .lang(language), text: text)
                    }
                }
                if let (text, language) = card.summary?.text(languages[0]) {
                    html.p(.class("card-summary"), .lang(language), text: text)
                }
                let parts = CardParts(
                    card: card, languages: languages, unequal: Set(uneven.compactMap(CardPart.init(field:))))
                StatedFacts(facts: stated, today: view.today, languages: languages).draw(into: &html, view)
                parts.draw(CardPart.answer, into: &html, view)
                parts.draw(CardPart.more, into: &html, view)
            }
        }
    }
}

extension CardPreview {
    /// The facts that went and that came, in words.
    private func facts(_ view: View) -> [(old: String?, new: String?)] {
        let (old, new) = (present.stated ?? [], card.stated ?? [])
        func words(_ fact: CardFact) -> String { CardFormFact(fact).words(view) }
        return old.filter { !new.contains($0) }.map { (words($0), nil) }
            + new.filter { !old.contains($0) }.map { (nil, words($0)) }
    }
}

extension CardFormFact {
    /// “Fee, lost, portal: 0.25 MCI · Tax code, article 615 · from 2026-01-01”.
    fileprivate func words(_ view: View) -> String {
        func choice(_ part: Part) -> String? {
            self[part].isEmpty ? nil : CardFormFields.choice(part, self[part], view)
        }
        func said(_ part: Part) -> String? { self[part].isEmpty ? nil : self[part] }
        func day(_ part: Part) -> String? {
            said(part).map { view.name("factPart", part) + ": " + $0 }
        }
        let about = [choice(.fact), choice(.about), choice(.channel)].compactMap(\.self).joined(separator: ", ")
        let value = [said(.amount), choice(.measure)].compactMap(\.self).joined(separator: " ")
        let rest = [value, said(.kk), said(.ru), said(.source), day(.since), day(.until)].compactMap(\.self)
        return about + ": " + rest.filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

extension HTML {
    /// What differs between two cards, line by line.
    /// - Parameter facts: the facts that went and that came, where they are told in words.
    mutating func differences(
        _ differences: [CardDifference], facts: [(old: String?, new: String?)] = [], _ view: View
    ) {
        ol(.class("ledger is-plain differences")) { html in
            for difference in differences {
                html.difference(
                    difference.field, difference.language, old: difference.old, new: difference.new, view)
            }
            for fact in facts {
                html.difference(CardFormField.stated.rawValue, nil, old: fact.old, new: fact.new, view)
            }
        }
    }

    private mutating func difference(
        _ field: String, _ language: Language?, old: String?, new: String?, _ view: View
    ) {
        li { html in
            html.p(.class("note")) { html in
                html.text(CardFieldName.name(field, view))
                if let language { html.text(" · \(view.name("languageName", language))") }
            }
            if let old { html.element("del", [.lang(language ?? view.language)], text: old) }
            if let new { html.element("ins", [.lang(language ?? view.language)], text: new) }
        }
    }
}
