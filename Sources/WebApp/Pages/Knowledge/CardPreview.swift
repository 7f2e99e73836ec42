import KnowledgeBase
import Languages
import Markup
import WorkingDays

/// A card that is no edition yet: as operators would see it, and line by line what differs from the one in force.
struct CardPreview: Sendable {
    let card: Card
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
                html.differences(differences, view)
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

extension HTML {
    /// What differs between two cards, line by line.
    mutating func differences(_ differences: [CardDifference], _ view: View) {
        ol(.class("ledger is-plain differences")) { html in
            for difference in differences {
                html.li { html in
                    html.p(.class("note")) { html in
                        html.text(CardFieldName.name(difference.field, view))
                        if let language = difference.language {
                            html.text(" · \(view.name("languageName", language))")
                        }
                    }
                    if let old = difference.old {
                        html.element("del", [.lang(difference.language ?? view.language)], text: old)
                    }
                    if let new = difference.new {
                        html.element("ins", [.lang(difference.language ?? view.language)], text: new)
                    }
                }
            }
        }
    }
}
