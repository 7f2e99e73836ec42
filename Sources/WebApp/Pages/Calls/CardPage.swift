import Accounts
import ContactCentre
import Contacts
import Freshness
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// One service card, the answer first, in one language or in both side by side.
struct CardPage: Page {
    let record: CardRecord
    let owner: Localized?
    /// Where the present edition came from: a file or the number of a submission.
    let source: String?
    /// When a body last stood by the card, and whether one was asked to and has not answered.
    var freshness: CardFreshness?
    /// The parts of which one language says something newer than the other.
    var unequal: Set<CardPart> = []
    var showing = CardShowing.both
    /// The facts stated beside the prose, in words, and the day on which they are told.
    var stated: [(fact: CardFact, text: CardText)] = []
    var today: CivilDate
    var bar: CallBar?
    var drawsCall: Bool { bar != nil }
    var isPinned = false
    /// Whether mail can leave.
    var sendsMail = false
    /// Why the card was not mailed.
    var mailProblem: TextKey?

    var section: NavigationSection? { .search }
    var scripts: [String] { ["console.js"] }
    func title(_ view: View) -> String { record.card.title.text(view.language)?.text ?? record.card.code }

    private var path: SitePath { .card(.value(record.card.code)) }

    func draw(into html: inout HTML, _ view: View) {
        let parts = CardParts(
            card: record.card, languages: showing.languages(view.language), unequal: unequal)
        bar?.draw(into: &html, view)
        html.article(.class("card"), .id("card"), Attribute("data-code", record.card.code)) { html in
            head(&html, view)
            banners(parts, &html, view)
            html.h2(.class("visually-hidden"), text: view.t("card.answer"))
            StatedFacts(facts: stated, today: today, languages: showing.languages(view.language)).draw(
                into: &html, view)
            parts.draw(CardPart.answer, into: &html, view)
            html.h2(.class("visually-hidden"), text: view.t("card.more"))
            parts.draw(CardPart.more, into: &html, view)
            colophon(&html, view)
        }
        if bar != nil { ShortcutsDialog.draw(into: &html, view) }
    }

    private func head(_ html: inout HTML, _ view: View) {
        html.p(.class("card-back no-print")) { html in
            html.a(.href(SitePath.search.path), Attribute("data-key", "search")) { html in
                html.icon(.back)
                html.text(view.t("card.back"))
                html.shortcut("/")
            }
        }
        html.div(.class("card-head")) { html in
            // What is shown comes first, so that a sheet in one language is headed in it.
            let shown = showing.languages(view.language)
            let order = shown + [Language.kk, .ru].filter { !shown.contains($0) }
            var isFirst = true
            html.div(.class("card-titles")) { html in
                for language in order {
                    guard let (text, own) = record.card.title.text(language), own == language else { continue }
                    if isFirst {
                        html.h1(.lang(language), text: text)
                    } else {
                        html.p(.class("card-other"), .lang(language), text: text)
                    }
                    isFirst = false
                }
                if isFirst { html.h1(text: record.card.code) }
            }
            actions(&html, view)
        }
        html.div(.class("card-bar no-print")) { html in
            html.nav(.class("segments"), .ariaLabel(view.t("card.languages"))) { html in
                for choice in CardShowing.allCases {
                    html.a(
                        .href(path.with(["show": choice.rawValue])), Attribute("data-show", choice.rawValue),
                        Attribute("aria-current", "true").when(choice == showing),
                        text: choice == .both
                            ? view.t("card.both") : view.name("languageName", choice == .kk ? Language.kk : .ru))
                }
            }
            html.shortcut("L")
            if let contact = bar?.contact { tellForm(contact, &html, view) }
        }
    }

    /// Records the card as read out without closing the contact, where several are read in one call.
    private func tellForm(_ contact: ContactRecord, _ html: inout HTML, _ view: View) {
        guard let reading = bar?.reading else { return }
        html.postForm(to: .cardTold(.value(record.card.code)), view, Attribute("data-call", "told")) { html in
            html.input(.type("hidden"), .name("back"), .value(view.path))
            html.input(.type("hidden"), .name("contact"), .value(contact.id))
            html.input(.type("hidden"), .name("card"), .value(reading.card))
            html.input(.type("hidden"), .name("edition"), .value(reading.edition.description))
            html.input(.type("hidden"), .name("read"), .value(reading.language.rawValue))
            html.button(.type("submit"), .class("button is-small"), Attribute("data-key", "told")) { html in
                html.text(view.t("card.tell"))
                html.shortcut("R")
            }
        }
    }

    private func actions(_ html: inout HTML, _ view: View) {
        html.div(.class("actions")) { html in
            html.postForm(to: .cardPin(.value(record.card.code)), view) { html in
                html.button(
                    .type("submit"), .class("button is-small"), Attribute("data-key", "pin"),
                    Attribute("aria-pressed", isPinned ? "true" : "false")
                ) { html in
                    html.text(view.t(isPinned ? "card.unpin" : "card.pin"))
                    html.shortcut("P")
                }
            }
            html.button(
                .type("button"), .class("button is-small"), Attribute("data-key", "copy"), .hidden,
                Attribute("data-link", path.path), Attribute("data-done", view.t("card.copied")),
                Attribute("data-paragraph", view.t("card.copyParagraph"))
            ) { html in
                html.span(text: view.t("card.copyLink"))
                html.shortcut("C")
            }
            html.button(.type("button"), .class("button is-small"), Attribute("data-key", "print"), .hidden) { html in
                html.icon(.print)
                html.text(view.t("card.print"))
            }
            if bar != nil { CardLetter.form(self, into: &html, view) }
            if view.may(.recordContacts) { gapForm(&html, view) }
        }
    }

    /// What the card does not say is asked of its body; what the caller said comes from the tab, never from an address.
    private func gapForm(_ html: inout HTML, _ view: View) {
        html.postForm(to: .callGap, view) { html in
            html.input(.type("hidden"), .name("words"), .value(""), Attribute("data-words", flag: true))
            html.input(.type("hidden"), .name("service"), .value(record.card.code))
            html.button(.type("submit"), .class("button is-small"), Attribute("data-key", "gap")) { html in
                html.text(view.t("search.gap"))
                html.shortcut("F8")
            }
        }
    }

    private func banners(_ parts: CardParts, _ html: inout HTML, _ view: View) {
        switch record.state {
        case .live: break
        case .draft:
            html.alert(.warning, title: view.t("card.isDraft")) { $0.p(text: view.t("card.notLiveHelp")) }
        case .accepted:
            html.alert(.warning, title: view.t("card.isAccepted")) { html in
                html.p(text: view.t("card.notLiveHelp"))
                if let day = record.liveFrom {
                    html.p(text: view.t("card.liveFrom", ["date": view.dates.long(day)]))
                }
            }
        case .outOfDate:
            html.alert(.warning, title: view.t("card.isOutOfDate")) { html in
                html.p(text: view.t("card.outOfDateHelp"))
                if let outdated = record.outdated {
                    html.p { html in
                        html.moment(outdated.since, view)
                        html.text(" " + outdated.reason)
                    }
                }
            }
        case .withdrawn:
            html.alert(.danger, title: view.t("card.isWithdrawn")) { html in
                html.p(text: view.t("card.withdrawnHelp"))
                if let reason = record.markReason { html.p(text: reason) }
            }
        }
        if record.content != .confirmed { html.alert(.info, title: view.name("cardContent", record.content)) }
        // A body that has its days left is no reason to warn a caller.
        if record.confirmedAt == nil, let asked = freshness?.asked, !asked.isConfirmed, asked.lastDay < today {
            html.alert(.warning, title: view.t("card.unanswered", ["date": DateText.short(asked.lastDay)])) {
                $0.p(text: view.t("card.unansweredHelp"))
            }
        }
        if let (text, language) = record.card.summary?.text(showing.languages(view.language)[0]) {
            html.p(.class("card-summary"), .lang(language), text: text)
        }
        let missing = parts.missing
        if !missing.isEmpty {
            let names = missing.map { view.name("cardMissing", $0) }.joined(separator: ", ")
            html.p(.class("note"), text: view.t("card.missing", ["parts": names]))
        }
    }

    /// What is known of the card itself: code, edition, date, who confirmed it and when.
    private func colophon(_ html: inout HTML, _ view: View) {
        let name = owner?[view.language] ?? record.card.owner
        let codes = [record.card.code, record.card.registerCode, record.card.egovCode].compactMap { $0 }
        html.element("footer", [.class("card-foot")]) { html in
            html.p(
                text: view.t(
                    "card.footEdition",
                    [
                        "edition": NumberText.whole(record.edition), "date": view.dates.short(record.editedAt),
                    ]))
            if let confirmed = record.confirmedAt {
                let body = record.confirmedBy.map { $0 == record.card.owner ? name : $0 } ?? name
                html.p(text: view.t("card.footConfirmed", ["body": body, "date": view.dates.short(confirmed)]))
            } else {
                html.p(text: view.t("card.footUnconfirmed", ["body": name]))
                if let asked = freshness?.asked, !asked.isConfirmed {
                    html.p(
                        text: view.t(
                            "card.footAsked",
                            ["date": view.dates.short(asked.at), "until": DateText.short(asked.lastDay)]))
                }
                if let former = freshness?.confirmed {
                    let body = former.body.map { $0 == record.card.owner ? name : $0 } ?? name
                    html.p(
                        text: view.t(
                            "card.footFormer",
                            [
                                "edition": NumberText.whole(former.edition), "body": body,
                                "date": view.dates.short(former.at),
                            ]))
                }
            }
            html.p(text: view.t("card.footCode", ["code": codes.joined(separator: " · ")]))
            if let channels = record.card.channels, !channels.isEmpty {
                let names = channels.map { code in
                    ServiceChannel(rawValue: code).map { view.name("channel", $0) } ?? code
                }
                html.p(text: view.t("card.footChannels", ["channels": names.joined(separator: ", ")]))
            }
            if let source { html.p(text: view.t("card.footSource", ["source": source])) }
            html.p(.class("no-print")) {
                $0.a(.href(SitePath.cardHistory(.value(record.card.code)).path), text: view.t("history.editions"))
            }
            if view.may(.readRegistry) {
                html.p(.class("no-print")) {
                    $0.a(.href(SitePath.body(.value(record.card.owner)).path), text: view.t("card.body"))
                }
            }
        }
    }
}

extension CardPage {
    private static let showingCookie = "card-languages"

    static func show(_ site: WebRequest) async throws -> Response {
        let chosen = site.query("show").flatMap(CardShowing.init(rawValue:))
        let page = try await page(site, chosen)
        var response = site.page(page)
        CardShelf.note(page.record.card.code, in: &response, site)
        if let chosen { response.setSiteCookie(showingCookie, chosen.rawValue, 31_536_000, site.environment) }
        return response
    }

    static func page(_ site: WebRequest, _ chosen: CardShowing?) async throws -> CardPage {
        let code = try site.parameter("code")
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let found = try await site.environment.centre.journal.read { db in
            try CardRecord.fetch(code, in: db).map { record in
                (
                    record, try Registry.localizedName(of: record.card.owner, on: today, in: db),
                    try CardRecord.editions(of: code, in: db).first?.source, try record.unevenItems(in: db),
                    try CardFreshness.fetch(code, in: db)
                )
            }
        }
        guard let (record, owner, source, uneven, freshness) = found, try site.visibleCardStates.contains(record.state)
        else {
            throw SiteError(.notFound, "no card \(code)")
        }
        let showing = chosen ?? site.request.cookies[showingCookie].flatMap { CardShowing(rawValue: $0.value) } ?? .both
        var bar = try await site.callBar()
        let spoken = bar?.contact?.language ?? site.context.language
        let read: Language = showing == .kk ? .kk : showing == .ru ? .ru : spoken == .kk ? .kk : .ru
        bar?.reading = ContactCardTold(card: code, edition: record.edition, language: read)
        return CardPage(
            record: record, owner: owner, source: source, freshness: freshness,
            unequal: Set(uneven.keys.compactMap(CardPart.init(field:))), showing: showing,
            stated: site.environment.centre.cards.stated(record.card, on: today), today: today, bar: bar,
            isPinned: CardShelf.isPinned(code, site),
            sendsMail: site.environment.centre.settings.sendsMail)
    }
}
