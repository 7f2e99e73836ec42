import Casework
import Correspondence
import HTTPTypes
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// What a body sees by its link: what was asked, until when, and what it can do now. No account, no script needed.
struct BodyLinkPage: Page {
    let link: BodyLinkRecord
    let record: InformationRequestRecord
    let state: InformationRequestState
    let service: Localized
    let body: Localized
    let clocks: [ClockRow]
    let titles: [String: Localized]
    let calendar: WorkingCalendar
    let card: CardRecord?
    /// Whether the body may confirm the card: it answers for it, and something stands in it.
    let mayConfirm: Bool
    let token: String
    /// The form that was sent and refused; it stands in the place of its own.
    var sent: StepForm?

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("bodyLink.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note"), text: body[view.language])
            html.h1(text: service[view.language])
            html.p(.class("lead"), text: view.t("bodyLink.lead"))
            html.facts(facts(view))
        }
        for clock in clocks { html.linkClock(clock, title: titles[clock.rule], calendar, view) }
        let next = BodyAct.next(state)
        if let sent, sent.step != next?.rawValue, !(sent.step == BodyAct.confirm.rawValue && isToBeConfirmed) {
            html.div(.class("sheet")) { $0.stepForm(sent, view) }
        }
        html.div(.class("sheet")) { html in
            if let act = next {
                html.h2(text: view.name("bodyAct", act))
                if act == .submit, card != nil { screen(into: &html, view) }
                if act != .confirm { html.p(text: help(act, view)) }
                html.stepForm(form(act, view), view)
            } else {
                html.h2(text: view.t("bodyLink.nothing"))
                html.p(text: view.t(state.receivedAt == nil ? "bodyLink.notSent" : "bodyLink.thanks"))
            }
        }
        if let card { sheet(of: card, into: &html, view) }
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    /// The way to the form on the screen.
    private func screen(into html: inout HTML, _ view: View) {
        html.p(text: view.t("bodyLink.screenHelp"))
        html.p { html in
            html.a(
                .class("button is-primary"), .href(SitePath.bodyLinkCard(.value(token)).path),
                text: view.t("bodyLink.screen"))
        }
        html.h3(text: view.t("bodyLink.orFile"))
    }

    /// Whether the card waits for the word of this body.
    private var isToBeConfirmed: Bool {
        mayConfirm && (card.map { $0.confirmedAt == nil || $0.confirmedBy != link.body } ?? false)
    }

    private func form(_ act: BodyAct, edition: Int? = nil, _ view: View) -> StepForm {
        if let sent, sent.step == act.rawValue { return sent }
        return act.form(token: token, edition: edition, view)
    }

    private func help(_ act: BodyAct, _ view: View) -> String {
        switch act {
        case .receive: view.t("bodyLink.receiveHelp")
        case .appoint: view.t("bodyLink.appointHelp")
        case .submit: view.t(state.returns > 0 ? "bodyLink.returnedHelp" : "bodyLink.submitHelp")
        case .confirm: ""
        }
    }

    private func facts(_ view: View) -> [Fact] {
        let steps: [(TextKey, RequestDay)] = [
            ("bodyLink.sent", .sent), ("bodyLink.received", .received), ("bodyLink.appointed", .appointed),
            ("bodyLink.submitted", .submitted), ("bodyLink.trained", .trained), ("bodyLink.accepted", .completed),
        ]
        var facts = [Fact(view.t("request.outgoing"), record.number ?? "–")]
        for (label, step) in steps {
            guard let day = record.days[step] else { continue }
            facts.append(Fact(view.t(label), DateText.short(day)))
        }
        return facts
    }

    private func sheet(of card: CardRecord, into html: inout HTML, _ view: View) {
        html.div(.class("sheet"), .id("card")) { html in
            html.h2(text: view.t("bodyLink.card"))
            html.p(
                .class("note"),
                text: view.t(
                    "card.footEdition", ["edition": "\(card.edition)", "date": view.dates.short(card.editedAt)]))
            html.element("details", []) { html in
                html.summary(text: view.t("bodyLink.read"))
                let language: Language = view.language == .kk ? .kk : .ru
                html.dl(.class("facts"), .lang(language)) { html in
                    for part in CardPart.answer + CardPart.more {
                        let lines = part.lines(card.card, language)
                        guard !lines.isEmpty else { continue }
                        html.div { html in
                            html.dt(text: view.t(part.label))
                            html.dd { html in for line in lines { html.p(text: line) } }
                        }
                    }
                }
            }
            if let at = card.confirmedAt, card.confirmedBy == link.body {
                html.p(text: view.t("bodyLink.confirmed", ["date": view.dates.short(at)]))
            } else if isToBeConfirmed {
                html.p(text: view.t("bodyLink.confirmHelp"))
                html.stepForm(form(.confirm, edition: card.edition, view), view)
            }
        }
    }
}

/// A link that opens nothing: the words stand in both languages, since nobody knows who reads.
struct BodyLinkEndedPage: Page {
    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("bodyLink.endedTitle") }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.h1(text: title(view))
            let languages: [Language] =
                view.language == .en ? [.en, .kk, .ru] : view.language == .ru ? [.ru, .kk] : [.kk, .ru]
            for language in languages {
                html.p(.lang(language), text: view.in(language).t("bodyLink.ended"))
            }
        }
    }
}
