import CardSearch
import ContactCentre
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// One life event as a sheet: its services in order, who, where and by when, in one language or in both; to be told and printed.
struct LifeEventPage: Page {
    /// A step with its card and what that card answers.
    struct Line: Sendable {
        let step: LifeEvent.Step
        let card: CardRecord?
        let answers: CardAnswers?
    }

    let event: LifeEvent
    let lines: [Line]
    let showing: CardShowing

    var section: NavigationSection? { .search }
    var scripts: [String] { ["console.js"] }
    func title(_ view: View) -> String { event.title[view.language] }

    func draw(into html: inout HTML, _ view: View) {
        let languages = showing.languages(view.language)
        html.article(.class("card life"), .id("life"), Attribute("data-code", event.code)) { html in
            html.p(.class("card-back no-print")) { html in
                html.a(.href(SitePath.search.path), Attribute("data-key", "search")) { html in
                    html.icon(.back)
                    html.text(view.t("card.back"))
                    html.shortcut("/")
                }
                html.a(.href(SitePath.lifeEvents.path), text: view.t("life.all"))
            }
            head(languages, &html, view)
            if event.content != .confirmed { html.alert(.info, title: view.name("cardContent", event.content)) }
            for language in languages {
                html.p(.class("card-summary"), .lang(language), text: event.summary[language])
            }
            html.ol(.class("life-steps")) { html in
                for line in lines {
                    html.li(.class(languages.count > 1 ? "life-step is-double" : "life-step")) { html in
                        for language in languages { cell(line, language, &html, view.in(language)) }
                    }
                }
            }
        }
    }

    private func head(_ languages: [Language], _ html: inout HTML, _ view: View) {
        html.div(.class("card-head")) { html in
            html.div(.class("card-titles")) { html in
                html.h1(.lang(languages[0]), text: event.title[languages[0]])
                for language in languages.dropFirst() {
                    html.p(.class("card-other"), .lang(language), text: event.title[language])
                }
            }
            html.div(.class("actions")) { html in
                html.button(.type("button"), .class("button is-small"), Attribute("data-key", "print"), .hidden) {
                    html in
                    html.icon(.print)
                    html.text(view.t("card.print"))
                }
            }
        }
        html.div(.class("card-bar no-print")) { html in
            html.nav(.class("segments"), .ariaLabel(view.t("card.languages"))) { html in
                for choice in CardShowing.allCases {
                    html.a(
                        .href(SitePath.lifeEvent(.value(event.code)).with(["show": choice.rawValue])),
                        Attribute("data-show", choice.rawValue),
                        Attribute("aria-current", "true").when(choice == showing),
                        text: choice == .both
                            ? view.t("card.both") : view.name("languageName", choice == .kk ? Language.kk : .ru))
                }
            }
            html.shortcut("L")
        }
    }

    private func cell(_ line: Line, _ language: Language, _ html: inout HTML, _ view: View) {
        html.section(.class("life-cell"), .lang(language)) { html in
            html.h2(text: line.step.what[language])
            html.p(.class("life-card")) { html in
                let title = line.card?.card.title.text(language)
                html.a(
                    .href(SitePath.card(.value(line.step.card)).path), .lang(title?.language ?? language),
                    text: title?.text ?? line.step.card)
            }
            html.dl(.class("life-facts")) { html in
                for (label, text) in facts(line, language, view) {
                    html.div { html in
                        html.dt(text: label)
                        html.dd(text: text)
                    }
                }
            }
        }
    }

    /// Who, where, by when; and of the card itself how long it takes and what it costs.
    private func facts(_ line: Line, _ language: Language, _ view: View) -> [(String, String)] {
        func said(_ fact: ServiceFact) -> String? {
            line.answers?.answer(fact).flatMap { answer in answer.text.text(language).map { answer.short($0.text) } }
        }
        let channels = (line.card?.card.channels ?? []).map { code in
            ServiceChannel(rawValue: code).map { view.name("channel", $0) } ?? code
        }
        let place = line.step.place?[language] ?? said(.where) ?? channels.joined(separator: ", ")
        return [
            (view.t("life.who"), line.step.who[language]), (view.t("life.where"), place),
            (view.t("life.by"), line.step.by[language]),
            (view.name("serviceFact", ServiceFact.term), said(.term) ?? ""),
            (view.name("serviceFact", ServiceFact.fee), said(.fee) ?? ""),
        ]
        .filter { !$0.1.isEmpty }
    }
}

extension LifeEventPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let (code, centre) = (try site.parameter("code"), site.environment.centre)
        guard let event = centre.cards.events[code] else {
            throw SiteError(.notFound, "There is no life event \(code).")
        }
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let visible = try site.visibleCardStates
        let lines = try await centre.journal.read { db in
            try event.steps.map { step in
                let record = try CardRecord.fetch(step.card, in: db).flatMap { visible.contains($0.state) ? $0 : nil }
                return Line(
                    step: step, card: record,
                    answers: try record.flatMap { try centre.cards.answers(of: $0.card.code, on: today, in: db) })
            }
        }
        let own: CardShowing = site.context.language == .kk ? .kk : .ru
        return site.page(
            LifeEventPage(
                event: event, lines: lines, showing: site.query("show").flatMap(CardShowing.init(rawValue:)) ?? own))
    }
}
