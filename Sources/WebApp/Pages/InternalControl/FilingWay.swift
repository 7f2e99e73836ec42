import Accounts
import Casework
import ContactCentre
import Correspondence
import Delivery
import Forms
import Hummingbird
import InternalControl
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// How a body is told of one of its forms: its link, what was sent, the letter on paper; what a coordinator can do about it.
struct FilingWay: Sendable {
    let id: FilingID
    /// The link that is open now; nil where none is.
    let link: (record: BodyLinkRecord, address: String)?
    let notices: [(record: FilingNoticeRecord, delivery: DeliveryRecord?)]
    let letters: [LetterRecord]
    /// Whether mail can go to the body.
    let isReached: Bool

    /// What can be done.
    enum Act: String, Sendable {
        case ask, make, revoke, letter
    }

    static func load(_ id: FilingID, _ site: WebRequest) async throws -> FilingWay {
        let (centre, now) = (site.environment.centre, site.environment.now())
        return try await centre.journal.read { db in
            FilingWay(
                id: id,
                link: try centre.filingNotices.link(of: id.body, at: now, in: db).map {
                    ($0.record, site.address(of: .bodyLink(.value($0.token))))
                },
                notices: try FilingNoticeRecord.fetch(id, in: db).map { notice in
                    (notice, try DeliveryRecord.fetch(DeliveryID("filing-notice-" + notice.id), in: db))
                },
                letters: try LetterRecord.fetch(about: StreamID(kind: Filing.streamKind, id: id.description), in: db),
                isReached: try centre.filingNotices.sendsMail && BodyChannel.fetch(id.body, in: db).email != nil)
        }
    }

    func draw(into html: inout HTML, _ view: View) {
        guard view.may(.manageRequests) || !notices.isEmpty else { return }
        html.panel(view.t("campaign.told"), id: "way") { html in
            if let link, view.may(.manageRequests) { address(link, into: &html, view) }
            if !notices.isEmpty {
                html.ul(.class("plain-list")) { html in
                    for (notice, delivery) in notices {
                        let how =
                            notice.way == .paper
                            ? view.t("campaign.byPaper") : delivery.map { view.name("deliveryPhase", $0.phase) } ?? ""
                        html.li(
                            text: "\(view.name("filingMail", notice.about)), \(view.dates.short(notice.madeAt)): \(how)"
                        )
                    }
                }
            }
            for letter in letters {
                let number = letter.outgoing.map { view.t("letter.numbered", ["number": $0]) } ?? view.t("letter.draft")
                html.p { $0.a(.href(SitePath.letter(.value(letter.id)).path), text: number) }
            }
            if view.may(.manageRequests) { acts(into: &html, view) }
        }
    }

    private func address(
        _ link: (record: BodyLinkRecord, address: String), into html: inout HTML, _ view: View
    ) {
        html.field(Field("address", label: view.t("bodyLinks.address"), id: "address"), view) { html, own in
            html.void("input", own + [.type("text"), .value(link.address), Attribute("readonly", flag: true)])
        }
        let opened = link.record.openedAt.map(view.dates.short) ?? view.t("bodyLinks.never")
        html.p(
            .class("note"),
            text: "\(view.t("bodyLinks.until")): \(view.dates.short(link.record.expiresAt)). "
                + "\(view.t("bodyLinks.opened")): \(opened). \(view.t("internalControl.linkHelp"))")
    }

    private func acts(into html: inout HTML, _ view: View) {
        html.div(.class("actions")) { html in
            if isReached {
                let isAgain = notices.contains { $0.record.about == .asked }
                button(.ask, view.t(isAgain ? "way.sendAgain" : "internalControl.ask"), into: &html, view)
            }
            if letters.isEmpty { button(.letter, view.t("way.letter"), into: &html, view) }
            if link == nil {
                button(.make, view.t("bodyLinks.make"), into: &html, view)
            } else {
                html.a(
                    .class("button is-small"), .href(SitePath.filingSheet(.value(id.description)).path),
                    text: view.t("campaign.sheet"))
                button(.revoke, view.t("bodyLinks.revoke"), isDangerous: true, into: &html, view)
            }
        }
    }

    private func button(
        _ act: Act, _ label: String, isDangerous: Bool = false, into html: inout HTML, _ view: View
    ) {
        html.postForm(to: .filingLink(.value(id.description)), view) { html in
            html.input(.type("hidden"), .name("step"), .value(act.rawValue))
            html.button(
                .type("submit"), .class(isDangerous ? "button is-small is-danger" : "button is-small"), text: label)
        }
    }

    /// What the buttons do: `POST /internal-control/filings/{id}/link`.
    static func act(_ site: WebRequest) async throws -> Response {
        guard let act = Act(rawValue: site.form["step"]) else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        let page = try await FilingPage.load(site)
        let (centre, now, actor) = (site.environment.centre, site.environment.now(), try site.authority.actor)
        let (id, key) = (page.id, try site.formKey(of: actor))
        switch act {
        case .ask: try await centre.filingNotices.ask(.asked, id, by: actor, at: now, once: key)
        case .make: try await centre.filingNotices.makeLink(for: id, by: actor, at: now, once: key)
        case .revoke:
            guard let link = page.way.link else { break }
            try await centre.bodyLinks.revoke(
                link.record.id, of: [.filings], reason: "revoked on the page", by: actor, at: now)
        case .letter:
            // The letter tells of a link, so there is one to go with it.
            try await centre.filingNotices.makeLink(for: id, by: actor, at: now)
            let due = page.form.submission?.lastDay(of: id.period) ?? id.period.last
            func same(_ text: String) -> Localized { Localized(kk: text, ru: text) }
            let letter = try await centre.letters.draft(
                .filings, about: StreamID(kind: Filing.streamKind, id: id.description), to: id.body,
                [
                    "form": same(page.form.shortName), "title": page.form.title, "period": id.period.words,
                    "due": same(FilingNoticeDesk.short(due)),
                ], by: actor, at: now, once: key)
            // Sent twice, the form finds the letter that it made.
            if try await centre.casework.load(Letter.self, id: letter).state.finished == nil {
                try await centre.letters.finish(letter, by: actor, at: now)
            }
        }
        return site.redirect(to: page.path.path + "#way", notice: .stepRecorded)
    }
}

/// The link of a body to its forms on a sheet that is printed and goes with the letter on paper; it is kept nowhere.
struct FilingSheet: Page {
    let body: Localized
    let name: String
    let due: CivilDate
    let address: String

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("filingsLink.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note"), text: body[view.language])
            for language in [Language.kk, .ru] {
                let own = view.in(language)
                html.element(language == .kk ? "h1" : "h2", [.lang(language)], text: own.t("filingsLink.title"))
                html.p(.lang(language), text: own.t("filingsLink.sheet"))
            }
            html.facts([
                Fact(view.t("internalControl.form"), name),
                Fact(view.t("internalControl.lastDay")) { [due] html in html.date(due, view) },
            ])
            if let code = QRCode(address) { html.qrCode(code, label: view.t("campaign.qr")) }
            html.p { $0.code(text: address) }
        }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        let page = try await FilingPage.load(site)
        guard let link = page.way.link else {
            throw SiteError(.notFound, "The body \(page.id.body) has no open link to its forms.")
        }
        return site.secretPage(
            FilingSheet(
                body: page.body, name: page.title(site.reader),
                due: page.form.submission?.lastDay(of: page.id.period) ?? page.id.period.last, address: link.address))
    }
}
