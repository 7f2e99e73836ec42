import CardSearch
import KnowledgeBase
import Languages
import Markup
import WorkingDays

/// What a card answers to the question, in one line, and beside it what is asked most.
struct AnswerLine: Sendable {
    let card: FoundCard
    /// What is asked.
    let fact: ServiceFact?
    /// The day on which the term ends where the caller applies today; nil where no term is certain.
    let end: CivilDate?
    /// Whether it is the first card: only there it is said that an answer is missing.
    let isFirst: Bool

    /// What stands in the line of several facts.
    private static let strip: [ServiceFact] = [.term, .fee, .where, .online]

    /// The identity of the place on the card's page where the answer stands.
    var place: String? {
        card.answer.flatMap { answer in
            answer.isStated ? StatedFacts.place(answer.fact) : CardPart(field: answer.field)?.place
        }
    }

    func draw(into html: inout HTML, _ view: View) {
        if let answer = card.answer {
            line(answer, &html, view)
        } else if isFirst, let fact, let answers = card.answers, answers.answer(fact) == nil {
            html.p(.class("hit-answer is-missing")) { html in
                html.span(.class("hit-fact"), text: view.name("serviceFact", fact))
                html.text(view.t("answer.none"))
            }
        }
        facts(&html, view)
    }

    private func line(_ answer: CardAnswer, _ html: inout HTML, _ view: View) {
        guard let (text, language) = answer.text.text(view.language) else { return }
        html.p(.class("hit-answer"), Attribute("data-fact", answer.fact.rawValue)) { html in
            html.span(.class("hit-fact"), text: view.name("serviceFact", answer.fact))
            if let about = answer.about { html.span(.class("tag"), text: view.name("serviceCase", about)) }
            html.span(.class("hit-said"), .lang(language), text: text)
            if let end, answer.fact == .term {
                html.span(.class("hit-end"), text: view.t("answer.ends", ["date": view.dates.long(end)]))
            }
            if answer.isProse { html.span(.class("hit-prose"), text: view.t("answer.prose")) }
        }
    }

    private func facts(_ html: inout HTML, _ view: View) {
        guard let answers = card.answers else { return }
        let others = Self.strip.filter { $0 != card.answer?.fact }
        let said = others.compactMap { fact in answers.answer(fact).flatMap { short($0, view) }.map { (fact, $0) } }
        guard !said.isEmpty else { return }
        html.p(.class("hit-facts")) { html in
            for (fact, (text, language)) in said {
                html.span(.class("hit-one")) { html in
                    html.span(.class("hit-fact"), text: view.name("serviceFact", fact))
                    html.span(.lang(language), text: text)
                }
            }
        }
    }

    private func short(_ answer: CardAnswer, _ view: View) -> (String, Language)? {
        answer.text.text(view.language).map { (answer.short($0.text), $0.language) }
    }
}
