import CardSearch
import KnowledgeBase
import Languages
import Markup
import WorkingDays

/// The facts that a card states beside its prose, each with its case, its source and its days; those entered ahead, too.
struct StatedFacts: Sendable {
    let facts: [(fact: CardFact, text: CardText)]
    let today: CivilDate
    let languages: [Language]

    /// The identity of the place of a fact on the page.
    static func place(_ fact: ServiceFact) -> String { "fact-" + fact.rawValue }

    func draw(into html: inout HTML, _ view: View) {
        guard !facts.isEmpty else { return }
        var placed: Set<ServiceFact> = []
        html.div(.class("pairs is-facts")) { html in
            for (fact, text) in facts {
                let isFirst = placed.insert(fact.fact).inserted
                html.section(
                    Attribute("id", Self.place(fact.fact)).when(isFirst), .class("pair pair-cell"),
                    Attribute("data-copy", flag: true)
                ) { html in
                    html.h3 { html in
                        html.text(view.name("serviceFact", fact.fact))
                        if let about = fact.about { html.span(.class("tag"), text: view.name("serviceCase", about)) }
                    }
                    for language in languages {
                        if let (words, own) = text.text(language), own == language {
                            html.p(.lang(language), text: words)
                        }
                    }
                    html.p(.class("note"), text: note(fact, view))
                }
            }
        }
    }

    /// “Tax code, art. 615; from 1 January 2027”.
    private func note(_ fact: CardFact, _ view: View) -> String {
        var parts = [fact.source]
        if let since = fact.since {
            let key: TextKey = since > today ? "answer.ahead" : "answer.since"
            parts.append(view.t(key, ["date": view.dates.long(since)]))
        }
        if let until = fact.until { parts.append(view.t("answer.until", ["date": view.dates.long(until)])) }
        return parts.joined(separator: "; ")
    }
}
