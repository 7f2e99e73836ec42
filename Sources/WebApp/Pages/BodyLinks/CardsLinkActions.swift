import Blocking
import Casework
import ContactCentre
import Correspondence
import Freshness
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Registry
import WorkingDays

/// What a body's link to its cards answers and does; every act is an event in the name of the link.
extension CardsLinkPage {
    /// The number of the sitting, so that name and post are asked once; nothing of a person stands in it.
    private static let signerCookie = "cards-signer"

    static func show(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> Response {
        // HEAD is no look: a program asks whether the address is there.
        if site.request.method == .get {
            try await site.environment.centre.bodyLinks.opened(link, at: site.environment.now())
        }
        return BodyLinkPage.unlisted(site.page(try await page(link, site)))
    }

    static func act(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> Response {
        let (step, path) = (site.form["step"], SitePath.bodyLink(.value(try site.parameter("token"))))
        if step == Act.sign.rawValue { return try await sign(link, path, site) }
        if step == Act.resign.rawValue {
            var response = site.redirect(to: path.path + "#who")
            response.setSiteCookie(signerCookie, "", 0, site.environment)
            return BodyLinkPage.unlisted(response)
        }
        let code = site.form["card"]
        var page = try await page(link, site)
        let form: StepForm
        if step.hasPrefix(objection), let card = page.cards.first(where: { objection + $0.record.card.code == step }) {
            let edition = Int(site.form["edition"]) ?? 0
            form = Self.objection(to: code, edition: edition, card.record.card, path, site.reader)
        } else {
            form = StepForm(step: step, path: path, fields: [])
        }
        var reader = StepReader(form, site, keepsDocuments: false)
        do {
            if try await perform(link, &reader) {
                let place = code.isEmpty ? "#rest" : "#card-\(PathPart.value(code))"
                return BodyLinkPage.unlisted(site.redirect(to: path.path + place, notice: .bodyActDone))
            }
        } catch {
            try reader.take(error)
        }
        // What was asked for is looked at anew: a card that has changed is shown as it is now.
        page = try await Self.page(link, site)
        if step.hasPrefix(objection) {
            // The edition that is shown now is the one that is spoken of next.
            if let shown = page.cards.first(where: { $0.record.card.code == code })?.record.edition {
                reader.form.hidden = [("card", code), ("edition", "\(shown)")]
            }
            page.sent = reader.form
        }
        if let words = reader.form.problem {
            page.problem = (page.cards.contains { $0.record.card.code == code } ? code : nil, words)
            page.sent?.problem = nil
        }
        return BodyLinkPage.unlisted(site.page(page, status: reader.status))
    }

    /// Records who answers, and remembers the number of the sitting for as long as the browser is open.
    private static func sign(_ link: BodyLinkRecord, _ path: SitePath, _ site: WebRequest) async throws -> Response {
        let (centre, now) = (site.environment.centre, site.environment.now())
        var reader = StepReader(signing(path, site.reader), site, keepsDocuments: false)
        do {
            let details = ResponsiblePersonDetails(
                name: reader.text("name"), position: reader.text("position"), phone: "")
            for (name, text) in [("name", details.name), ("position", details.position)] where text.count > 200 {
                reader.fail(name, site.reader.t("step.tooLong"))
            }
            if reader.isRight {
                let vault = centre.vault
                let sealed = try await Blocking.brief.run { try details.sealed(of: link.body, in: vault) }
                let id = try await centre.campaigns.sign(
                    FormKey.random(site.environment.randomBytes), sealed, by: link, at: now,
                    once: try site.formKey(of: BodyLinkDesk.actor(of: link)))
                var response = site.redirect(to: path.path, notice: .bodyActDone)
                response.setSiteCookie(signerCookie, id, nil, site.environment)
                return BodyLinkPage.unlisted(response)
            }
        } catch {
            try reader.take(error)
        }
        var page = try await page(link, site)
        page.sent = reader.form
        return BodyLinkPage.unlisted(site.page(page, status: reader.status))
    }

    private static func signer(_ site: WebRequest) -> String {
        String((site.request.cookies[signerCookie]?.value ?? "").prefix(64))
    }

    private static func page(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> CardsLinkPage {
        let centre = site.environment.centre
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let found = try await centre.journal.read { db in
            try CampaignRecord.fetch(link.request, in: db).map { campaign in
                (
                    campaign, try Registry.localizedName(of: link.body, on: today, in: db),
                    try CampaignCardRecord.fetch(campaign: link.request, body: link.body, in: db),
                    try GapRecord.unanswered(by: link.body, in: db)
                )
            }
        }
        guard let (campaign, body, cards, gaps) = found else {
            throw SiteError(.notFound, "The campaign of the link is gone.")
        }
        return CardsLinkPage(
            link: link, body: body ?? Localized(kk: link.body, ru: link.body), campaign: campaign, cards: cards,
            stated: Dictionary(
                cards.map { ($0.record.card.code, centre.cards.stated($0.record.card, on: today)) },
                uniquingKeysWith: { first, _ in first }),
            gaps: gaps, signer: try await centre.campaigns.signer(signer(site), of: link),
            token: try site.parameter("token"))
    }

    /// Does what the form says; false where something is wrong with it, which the reader's form then says.
    private static func perform(_ link: BodyLinkRecord, _ reader: inout StepReader) async throws -> Bool {
        let site = reader.site
        let (desk, now, form) = (site.environment.centre.campaigns, site.environment.now(), site.form)
        let (signer, key) = (signer(site), try site.formKey(of: BodyLinkDesk.actor(of: link)))
        let seen = SeenCard(code: form["card"], edition: Int(form["edition"]) ?? 0)
        if reader.form.step.hasPrefix(objection) {
            let (field, text) = (reader.optional("field"), reader.text("text"))
            if text.count > CardObjection.longest { reader.fail("text", site.reader.t("step.tooLong")) }
            guard reader.isRight else { return false }
            _ = try await desk.object(
                to: seen, field: field, text: text, signer: signer, by: link, at: now, once: key)
            return true
        }
        switch Act(rawValue: reader.form.step) {
        case .confirm: try await desk.confirm(seen, signer: signer, by: link, at: now, once: key)
        case .rest:
            let seen = form.all("seen").compactMap { word -> SeenCard? in
                let parts = word.split(separator: ":")
                guard parts.count == 2, let edition = Int(parts[1]) else { return nil }
                return SeenCard(code: String(parts[0]), edition: edition)
            }
            _ = try await desk.confirmRest(seen, signer: signer, by: link, at: now, once: key)
        case .takeBack: try await desk.takeBack(form["remark"], signer: signer, by: link, at: now, once: key)
        case .sign, .resign, nil: throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        return true
    }
}
