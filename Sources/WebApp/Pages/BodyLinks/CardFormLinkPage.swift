import CardBlanks
import CardProposals
import Casework
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Onboarding
import Registry
import WorkingDays

/// The form of a card as the body fills it in by its link, on a telephone too: kept between visits, checked, submitted with the scan
/// that the head signed (797 §5). No account, no script needed.
struct CardFormLinkPage: Page {
    let link: BodyLinkRecord
    let record: CardRecord
    let body: Localized
    let token: String
    var form: CardForm
    /// The edition from which the form was made.
    let edition: Int
    let uneven: [String: Language]
    /// What was said of the form that was returned last.
    let remarks: [CardProposalRemark]
    /// When the draft was kept; nil where nothing was typed yet.
    var savedAt: Moment?
    /// What the check says; nil before it was asked.
    var check: CardFormCheck?
    var stated: [(fact: CardFact, text: CardText)] = []
    /// What stands for the draft that is shown.
    var digest: String?
    var unread: [CardBlankReading.Unread]?
    var problem: String?

    var frame: PageFrame { .narrow }
    var scripts: [String] { ["cardform.js"] }
    func title(_ view: View) -> String { view.t("cardForm.title") }
    private var path: SitePath { .bodyLinkCard(.value(token)) }

    /// What is wrong, and what the appendix asks for and is not there.
    private var faults: [CardFormFault] {
        guard let check else { return [] }
        let wrong = Set(check.faults.map(\.place))
        return check.faults + form.missing.filter { !wrong.contains($0.place) }
    }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note")) { html in
                html.a(.href(SitePath.bodyLink(.value(token)).path), text: view.t("bodyLink.title"))
                html.text(" · " + body[view.language])
            }
            html.h1(text: title(view))
            html.p(.class("lead"), text: record.card.title.text(view.language)?.text ?? record.card.code)
            html.p(text: view.t("cardForm.bodyHelp"))
            html.p { html in
                html.a(.href(SitePath.bodyLinkCardBlank(.value(token)).path), text: view.t("cardBlank.download"))
            }
        }
        if let problem { html.alert(.danger, title: problem) }
        if !remarks.isEmpty, check == nil { returned(&html, view) }
        html.unread(unread, view)
        let faults = faults
        let fields = CardFormFields(
            form: form, fields: CardFormField.ofBody, path: path, faults: faults, uneven: uneven,
            remarks: Dictionary(remarks.map { ($0.field, $0.text) }, uniquingKeysWith: { first, _ in first }))
        if let check { outcome(check, fields, &html, view) }
        html.postForm(to: path, view, .class("card-form"), Attribute("data-card-form", flag: true)) { html in
            fields.draw(into: &html, view)
            html.cardFormButtons(savedAt: savedAt, view)
        }
        html.blankUpload(to: .bodyLinkCardBlank(.value(token)), view)
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    private func returned(_ html: inout HTML, _ view: View) {
        html.alert(.warning, title: view.t("cardForm.returned", count: remarks.count)) { html in
            html.ul { html in
                for remark in remarks {
                    html.li { html in
                        html.a(
                            .href("#part-" + remark.field),
                            text: CardFieldName.name(remark.field, view) + ": " + remark.text)
                    }
                }
            }
        }
    }

    private func outcome(_ check: CardFormCheck, _ fields: CardFormFields, _ html: inout HTML, _ view: View) {
        fields.summary(into: &html, view)
        html.lagging(check.uneven, view)
        if faults.isEmpty, let digest {
            html.div(.class("sheet"), .id("submit")) { html in
                html.h2(text: view.name("bodyAct", BodyAct.submit))
                html.p(text: view.t("cardForm.submitHelp"))
                html.stepForm(BodyAct.submit.form(token: token, draft: digest, view), view)
            }
        }
        CardPreview(
            card: check.card, present: record.card, differences: check.differences, stated: stated,
            uneven: check.uneven,
            isOpen: faults.isEmpty
        )
        .draw(into: &html, view)
    }
}

extension CardFormLinkPage {
    /// How large the fields may be, in bytes.
    static let limit = 524_288

    static func show(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        guard let page = try await load(link, site) else { return back(site, try site.parameter("token")) }
        // HEAD is no look: a program asks whether the address is there.
        if site.request.method == .get {
            try await site.environment.centre.bodyLinks.opened(link, at: site.environment.now())
        }
        return BodyLinkPage.unlisted(site.page(page))
    }

    /// Before a byte of the form is read: the link opens a request, and its form is not kept too often.
    static func admit(_ site: WebRequest) async throws -> Response? {
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        try site.limiters.link.take("form \(link.id)", at: site.environment.now())
        return nil
    }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        guard var page = try await load(link, site) else { return back(site, try site.parameter("token")) }
        guard let step = CardFormStep(site.form[CardFormFields.step]), step != .save, step != .follow else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        if step == .drop {
            try await site.environment.centre.cards.forgetDraft(
                CardDrafts.id(request: link.request), by: BodyLinkDesk.actor(of: link), at: site.environment.now())
            return BodyLinkPage.unlisted(site.redirect(to: .bodyLinkCard(.value(page.token))))
        }
        page.form.take(CardFormField.ofBody, from: site.form)
        step.change(&page.form)
        do {
            try await page.keep(site)
            if step == .check { try await page.look(site) }
        } catch {
            let problem = try site.problem(error)
            page.problem = problem.text
            return BodyLinkPage.unlisted(site.page(page, status: problem.status))
        }
        return BodyLinkPage.unlisted(site.page(page, status: page.faults.isEmpty ? .ok : .unprocessableContent))
    }

    /// The form as a workbook: `GET /body/{token}/card/blank`.
    static func blank(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        // Each of them takes a while to be made.
        try site.limiters.link.take("read \(link.id)", at: site.environment.now())
        guard let page = try await load(link, site) else { return back(site, try site.parameter("token")) }
        return BodyLinkPage.unlisted(
            try await CardBlankFile.response(
                page.form, of: page.record.card.code, edition: page.edition, CardFormField.ofBody, site))
    }

    /// Reads a filled workbook into the form: `POST /body/{token}/card/blank`.
    static func read(_ site: WebRequest) async throws -> Response {
        guard let link = try await link(site) else { return try BodyLinkPage.ended(site) }
        guard var page = try await load(link, site) else { return back(site, try site.parameter("token")) }
        do {
            let read = try await CardBlankFile.read(site, page.record.card.code)
            page.form = read.form(over: page.form)
            page.unread = read.unread
            try await page.keep(site)
            try await page.look(site)
        } catch let error as CardBlankFile.Problem {
            page.problem = error.words(site.reader)
            return BodyLinkPage.unlisted(site.page(page, status: .unprocessableContent))
        }
        return BodyLinkPage.unlisted(site.page(page))
    }

    // MARK: -

    private static func back(_ site: WebRequest, _ token: String) -> Response {
        BodyLinkPage.unlisted(site.redirect(to: .bodyLink(.value(token))))
    }

    private static func link(_ site: WebRequest) async throws -> BodyLinkRecord? {
        try await site.environment.centre.bodyLinks.find(
            try site.parameter("token"), at: site.environment.now(), opening: [.request])
    }

    private mutating func keep(_ site: WebRequest) async throws {
        let draft = CardDraft(form: form, edition: edition, savedAt: site.environment.now())
        try await site.environment.centre.cards.keep(
            draft, as: CardDrafts.id(request: link.request), by: BodyLinkDesk.actor(of: link))
        (savedAt, digest) = (draft.savedAt, try CardProposalDesk.digest(of: draft))
    }

    private mutating func look(_ site: WebRequest) async throws {
        let desk = site.environment.centre.cards
        check = try await desk.check(form, of: record.card.code, edition: edition)
        guard let card = check?.card else { return }
        stated = desk.stated(card, on: site.environment.zone.civilDate(of: site.environment.now()))
    }

    /// The form of the request of a link; nil where no form is waited for.
    private static func load(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> CardFormLinkPage? {
        let centre = site.environment.centre
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let state = try await centre.casework.load(InformationRequest.self, id: link.request).state
        guard state.nextSteps.contains(.submit), let service = state.line?.service else { return nil }
        let token = try site.parameter("token")
        return try await centre.journal.read { db -> CardFormLinkPage? in
            guard let record = try CardRecord.fetch(service, in: db),
                let draft = try CardProposalDesk.draft(of: link.request, service: service, in: db)
            else { return nil }
            let kept = try CardDrafts.fetch(CardDrafts.id(request: link.request), in: db)
            let latest = try CardProposalRecord.latest(of: link.request, in: db)
            return CardFormLinkPage(
                link: link, record: record,
                body: try Registry.localizedName(of: link.body, on: today, in: db)
                    ?? Localized(kk: link.body, ru: link.body), token: token, form: draft.form, edition: draft.edition,
                uneven: try record.unevenItems(in: db),
                remarks: latest?.state == .returned ? latest?.remarks ?? [] : [],
                savedAt: kept?.savedAt)
        }
    }
}
