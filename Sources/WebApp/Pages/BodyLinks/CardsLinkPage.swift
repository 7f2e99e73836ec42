import Correspondence
import Freshness
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// What a body sees of a campaign by its link: its cards as operators read them, and one click for each. No account, no script.
struct CardsLinkPage: Page {
    let link: BodyLinkRecord
    let body: Localized
    let campaign: CampaignRecord
    let cards: [CampaignCardRecord]
    /// The facts that each card states, in words.
    let stated: [String: [(fact: CardFact, text: CardText)]]
    /// What callers asked and these cards did not answer.
    let gaps: [GapRecord]
    /// Who answers at this sitting; nil where he has not said so.
    let signer: ResponsiblePersonDetails?
    let token: String
    /// The form that was sent and refused.
    var sent: StepForm?
    /// Why something was not done, and with which card.
    var problem: (card: String?, words: String)?

    /// The steps of the page besides those of one card, `confirm` and `object-S0001`.
    enum Act: String, Sendable {
        case sign, resign, confirm, rest, takeBack = "take-back"
    }

    /// The step by which one card is objected to: the form of each card has names of its own.
    static let objection = "object-"

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("cardsLink.title") }
    private var path: SitePath { .bodyLink(.value(token)) }

    /// The cards that wait for the word of the body.
    private var waiting: [CampaignCardRecord] {
        cards.filter { $0.standing == .waiting || $0.standing == .changed }
    }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note"), text: body[view.language])
            html.h1(text: title(view))
            html.p(.class("lead"), text: view.t("cardsLink.lead"))
            let confirmed = cards.count { $0.standing == .confirmed }
            html.facts([
                Fact(view.t("cardsLink.done"), "\(NumberText.whole(confirmed)) / \(NumberText.whole(cards.count))"),
                Fact(view.t("campaign.lastDay")) { $0.date(campaign.lastDay, view) },
            ])
        }
        if let problem {
            html.alert(.danger, title: problem.words) { html in
                guard let card = problem.card else { return }
                html.p { $0.a(.href("#card-" + card), text: view.t("cardsLink.look", ["card": card])) }
            }
        }
        if campaign.isRunning {
            signing(into: &html, view)
        } else {
            html.div(.class("sheet")) { html in
                html.h2(text: view.t("cardsLink.over"))
                html.p(text: view.t("bodyLink.thanks"))
            }
        }
        for card in cards { sheet(of: card, into: &html, view) }
        if campaign.isRunning, signer != nil, !waiting.isEmpty { rest(into: &html, view) }
        questions(into: &html, view)
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    /// Who answers: asked once, then shown.
    private func signing(into html: inout HTML, _ view: View) {
        html.div(.class("sheet"), .id("who")) { html in
            html.h2(text: view.t("cardsLink.who"))
            guard let signer else {
                html.p(text: view.t("cardsLink.whoHelp"))
                return html.stepForm(
                    sent?.step == Act.sign.rawValue ? sent ?? Self.signing(path, view) : Self.signing(path, view), view)
            }
            html.p { html in
                html.strong(text: signer.name)
                html.text(", " + signer.position)
            }
            html.postForm(to: path, view) { html in
                html.input(.type("hidden"), .name("step"), .value(Act.resign.rawValue))
                html.button(.type("submit"), .class("button is-small is-quiet"), text: view.t("cardsLink.another"))
            }
        }
    }

    /// The form that asks who answers.
    static func signing(_ path: SitePath, _ view: View) -> StepForm {
        StepForm(
            step: Act.sign.rawValue, path: path,
            fields: [
                StepField(name: "name", kind: .line(type: "text"), label: view.t("bodyLink.name")),
                StepField(name: "position", kind: .line(type: "text"), label: view.t("bodyLink.position")),
            ], submit: view.t("cardsLink.sign"))
    }

    private func sheet(of card: CampaignCardRecord, into html: inout HTML, _ view: View) {
        let record = card.record
        let language: Language = view.language == .kk ? .kk : .ru
        html.div(.class("sheet"), .id("card-" + record.card.code)) { html in
            let title = record.card.title.text(language)
            html.h2(.lang(title?.language ?? language), text: title?.text ?? record.card.code)
            html.p(.class("tags")) { $0.campaignCard(card.standing, view) }
            html.p(
                .class("note"),
                text: record.card.code + " · "
                    + view.t(
                        "card.footEdition",
                        ["edition": NumberText.whole(record.edition), "date": view.dates.short(record.editedAt)]))
            state(of: card, into: &html, view)
            content(of: card, language, into: &html, view)
            for remark in card.remarks { said(remark, into: &html, view) }
            if campaign.isRunning, signer != nil, card.standing != .withdrawn { acts(on: card, into: &html, view) }
        }
    }

    /// What the state means for the body, where a word is not enough.
    private func state(of card: CampaignCardRecord, into html: inout HTML, _ view: View) {
        switch card.standing {
        case .confirmed:
            if let at = card.confirmedAt {
                html.p(text: view.t("bodyLink.confirmed", ["date": view.dates.short(at)]))
            }
        case .changed:
            html.p(
                text: view.t("cardsLink.changed", ["edition": NumberText.whole(card.confirmedEdition ?? 0)]))
        case .empty: html.p(text: view.t("cardsLink.empty"))
        case .waiting:
            guard card.askedEdition != card.record.edition else { return }
            html.p(text: view.t("cardsLink.renewed"))
        case .objected, .withdrawn: break
        }
        let missing = CardParts(card: card.record.card, languages: []).missing
        guard !missing.isEmpty, card.standing != .withdrawn else { return }
        let names = missing.map { view.name("cardMissing", $0) }.joined(separator: ", ")
        html.p(.class("note"), text: view.t("card.missing", ["parts": names]))
    }

    /// What operators read: facts, then the parts in the order in which callers ask.
    private func content(
        of card: CampaignCardRecord, _ language: Language, into html: inout HTML, _ view: View
    ) {
        let content = card.record.card
        let parts = (CardPart.answer + CardPart.more).filter { !$0.lines(content, language).isEmpty }
        let facts = stated[content.code] ?? []
        guard !parts.isEmpty || !facts.isEmpty else { return }
        let isOpen = card.standing == .waiting && cards.count <= 3
        html.element("details", [Attribute("open", flag: isOpen)]) { html in
            html.summary(text: view.t("bodyLink.read"))
            StatedFacts(facts: facts, today: view.today, languages: [language]).draw(into: &html, view)
            html.dl(.class("facts"), .lang(language)) { html in
                for part in parts {
                    html.div { html in
                        html.dt(text: view.in(language).t(part.label))
                        html.dd { html in for line in part.lines(content, language) { html.p(text: line) } }
                    }
                }
            }
        }
    }

    private func said(_ remark: ObjectionRecord, into html: inout HTML, _ view: View) {
        html.div(.class("quote")) { html in
            html.p { html in
                if let field = remark.field { html.strong(text: CardFieldName.name(field, view) + ": ") }
                html.text(remark.text)
            }
            let state = remark.how.map { view.name("objectionEnd", $0) } ?? view.t("cardsLink.sent")
            html.p(.class("note"), text: "\(view.dates.short(remark.madeAt)) · \(state)")
            guard remark.isOpen, campaign.isRunning, signer != nil else { return }
            html.postForm(to: path, view) { html in
                html.input(.type("hidden"), .name("step"), .value(Act.takeBack.rawValue))
                html.input(.type("hidden"), .name("remark"), .value(remark.id))
                html.input(.type("hidden"), .name("card"), .value(remark.card))
                html.button(.type("submit"), .class("button is-small is-quiet"), text: view.t("cardsLink.takeBack"))
            }
        }
    }

    private func acts(on card: CampaignCardRecord, into html: inout HTML, _ view: View) {
        let (code, edition) = (card.record.card.code, card.record.edition)
        if card.standing == .waiting || card.standing == .changed {
            html.postForm(to: path, view) { html in
                html.input(.type("hidden"), .name("step"), .value(Act.confirm.rawValue))
                html.input(.type("hidden"), .name("card"), .value(code))
                html.input(.type("hidden"), .name("edition"), .value("\(edition)"))
                html.button(.type("submit"), .class("button is-primary"), text: view.t("cardsLink.confirm"))
            }
        }
        let form = Self.objection(to: code, edition: edition, card.record.card, path, view)
        let drawn = sent?.step == form.step ? sent ?? form : form
        html.element("details", [.class("fold"), Attribute("open", flag: sent?.step == form.step)]) { html in
            html.summary(text: view.t("cardsLink.wrong"))
            html.stepForm(drawn, view)
        }
    }

    /// The form that says what is not right with a card.
    static func objection(to code: String, edition: Int, _ card: Card, _ path: SitePath, _ view: View) -> StepForm {
        let fields = card.items.map { (value: $0.field, label: CardFieldName.name($0.field, view)) }
        return StepForm(
            step: objection + code, path: path,
            fields: [
                StepField(
                    name: "field", kind: .choice([(value: "", label: view.t("cardsLink.anyField"))] + fields),
                    label: view.t("cardsLink.field"), isRequired: false),
                StepField(
                    name: "text", kind: .area, label: view.t("cardsLink.text"), hint: view.t("way.noNames")),
            ], hidden: [("card", code), ("edition", "\(edition)")], submit: view.t("cardsLink.object"))
    }

    /// One click for all that were not touched.
    private func rest(into html: inout HTML, _ view: View) {
        html.div(.class("sheet"), .id("rest")) { html in
            html.h2(text: view.t("cardsLink.rest"))
            html.p(text: view.t("cardsLink.restHelp", count: waiting.count))
            html.postForm(to: path, view) { html in
                html.input(.type("hidden"), .name("step"), .value(Act.rest.rawValue))
                for card in waiting {
                    html.input(
                        .type("hidden"), .name("seen"), .value("\(card.record.card.code):\(card.record.edition)"))
                }
                html.formButtons(submit: view.t("cardsLink.restConfirm", count: waiting.count), view)
            }
        }
    }

    /// What callers asked and the cards did not answer; nothing says who called.
    private func questions(into html: inout HTML, _ view: View) {
        guard !gaps.isEmpty else { return }
        html.div(.class("sheet"), .id("questions")) { html in
            html.h2(text: view.t("cardsLink.questions"))
            html.p(text: view.t("cardsLink.questionsHelp"))
            html.ul(.class("plain-list")) { html in
                for gap in gaps {
                    html.li { html in
                        html.span(.lang(gap.language), text: gap.words)
                        html.span(
                            .class("note"),
                            text: " · "
                                + [gap.service, view.t("gaps.times", count: gap.times)].compactMap { $0 }
                                .joined(separator: " · "))
                    }
                }
            }
        }
    }
}

extension HTML {
    /// Where a card stands with its body, as a badge.
    mutating func campaignCard(_ standing: CampaignCardRecord.Standing, _ view: View) {
        let words = view.name("campaignCard", standing)
        switch standing {
        case .confirmed: badge(.met, view, text: words)
        case .changed, .waiting: badge(.running, view, text: words)
        case .objected: badge(.dueToday, view, text: words)
        case .empty: badge(.missed, view, text: words)
        case .withdrawn: tag(words)
        }
    }
}
