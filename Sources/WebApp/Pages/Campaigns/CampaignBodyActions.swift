import Accounts
import Casework
import ContactCentre
import Contacts
import Correspondence
import Delivery
import Freshness
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Registry
import WorkingDays

extension CampaignBodyPage {
    /// The longest draft, in characters: what is longer would be cut.
    private static let longestDraft = 2_000

    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    private static func page(_ site: WebRequest) async throws -> CampaignBodyPage {
        let centre = site.environment.centre
        let (id, body) = (try site.parameter("id"), try site.parameter("body"))
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let found = try await centre.journal.read { db -> CampaignBodyPage? in
            guard let campaign = try CampaignRecord.fetch(id, in: db),
                let asked = try CampaignBodyRecord.fetch(campaign: id, body: body, in: db)
            else { return nil }
            let links = try BodyLinkRecord.fetch(request: id, subject: .cards, in: db).filter { $0.body == body }
            return CampaignBodyPage(
                campaign: campaign, asked: asked,
                name: try Registry.localizedName(of: body, on: today, in: db) ?? Localized(kk: body, ru: body),
                cards: try CampaignCardRecord.fetch(campaign: id, body: body, in: db),
                links: links.map { link in
                    (link, site.address(of: .bodyLink(.value(centre.bodyLinks.token(of: link)))))
                },
                notices: try CampaignNoticeRecord.fetch(campaign: id, body: body, in: db).map { notice in
                    (notice, try DeliveryRecord.fetch(DeliveryID("campaign-notice-" + notice.id), in: db))
                },
                letters: try LetterRecord.fetch(about: StreamID(kind: CardCampaign.streamKind, id: id), in: db)
                    .filter { $0.body == body },
                isReached: try centre.campaigns.sendsMail && BodyChannel.fetch(body, in: db).email != nil,
                signers: try SignerRecord.fetch(campaign: id, body: body, in: db).count,
                gaps: try GapRecord.unanswered(by: body, in: db))
        }
        guard var page = found else { throw SiteError(.notFound, "The campaign \(id) asks nothing of \(body).") }
        if site.user?.authority.may(.requestInformation) ?? false {
            page.draft = draftForm(page, site.reader)
        }
        return page
    }

    /// The form of the draft, filled in with the remarks that wait and what callers asked in vain.
    private static func draftForm(_ page: CampaignBodyPage, _ view: View) -> StepForm {
        StepForm(
            step: "draft", path: .knowledgeCampaignBody(.value(page.campaign.id), .value(page.asked.body)),
            fields: [
                StepField(
                    name: "text", kind: .area, label: view.t("campaign.draftText"), hint: view.t("way.noNames"),
                    preset: draftText(page, view.in(view.language == .kk ? .kk : .ru)), rows: 12)
            ],
            hidden: page.cards.flatMap(\.remarks).filter(\.isOpen).map { ("remark", $0.id) },
            submit: view.t("campaign.draftMake"))
    }

    /// As many lines as a draft holds; the others are for the next one.
    private static func draftText(_ page: CampaignBodyPage, _ view: View) -> String {
        var text = view.t("campaign.draftHead")
        func add(_ line: String) {
            if text.count + line.count < longestDraft { text += "\n" + line }
        }
        for card in page.cards {
            for remark in card.remarks where remark.isOpen {
                let field = remark.field.map { CardFieldName.name($0, view) + ": " } ?? ""
                let title = card.record.card.title.text(view.language)?.text ?? ""
                add("– \(card.record.card.code) \(title). \(field)\(remark.text)")
            }
        }
        if !page.gaps.isEmpty { add(view.t("campaign.draftGaps")) }
        for gap in page.gaps {
            add("– \(gap.words)\(gap.service.map { " (\($0))" } ?? ""), \(view.t("gaps.times", count: gap.times))")
        }
        return text
    }

    /// What the forms of the page do: `POST /knowledge/campaigns/{id}/bodies/{body}`.
    static func act(_ site: WebRequest) async throws -> Response {
        let (id, body) = (try site.parameter("id"), try site.parameter("body"))
        var page = try await page(site)
        if site.form["step"] == "reveal" { return try await reveal(page, site) }
        let path = SitePath.knowledgeCampaignBody(.value(id), .value(body))
        let blank = StepForm(step: site.form["step"], path: path, fields: [])
        var reader = StepReader(site.form["step"] == "draft" ? page.draft ?? blank : blank, site)
        do {
            if try await perform(page, &reader) {
                let place = reader.form.step == "draft" ? SitePath.drafts.path : path.path + "#way"
                return site.redirect(to: place, notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        page = try await Self.page(site)
        if reader.form.step == "draft" { page.draft = reader.form } else { page.problem = reader.form.problem }
        return site.page(page, status: reader.status)
    }

    private static func reveal(_ page: CampaignBodyPage, _ site: WebRequest) async throws -> Response {
        var page = page
        do {
            page.revealed = try await site.environment.centre.campaigns.reveal(
                page.campaign.id, body: page.asked.body, for: String(site.form["purpose"].prefix(300)),
                by: try site.authority.actor, at: site.environment.now())
            return site.secretPage(page)
        } catch let refusal as Refusal where refusal.field == "purpose" {
            page.purposeProblem = site.words(of: refusal)
            return site.page(page, status: .unprocessableContent)
        }
    }

    private static func perform(_ page: CampaignBodyPage, _ reader: inout StepReader) async throws -> Bool {
        let site = reader.site
        let (centre, now, actor) = (site.environment.centre, site.environment.now(), try site.authority.actor)
        let (id, body, key) = (page.campaign.id, page.asked.body, try reader.key)
        switch reader.form.step {
        case "again": try await centre.campaigns.sendAgain(to: body, in: id, by: actor, at: now, once: key)
        case "renew": try await centre.campaigns.renewLink(of: body, in: id, by: actor, at: now, once: key)
        case "revoke":
            guard page.links.contains(where: { $0.record.id == site.form["link"] }) else {
                throw CorrespondenceRefusal.bodyLinkUnknown("There is no such link.")
            }
            try await centre.bodyLinks.revoke(
                site.form["link"], of: [.cards], reason: "revoked on the page", by: actor, at: now)
        case "letter":
            try site.authority.require(.manageRequests)
            func same(_ text: String) -> Localized { Localized(kk: text, ru: text) }
            let letter = try await centre.letters.draft(
                .cards, about: StreamID(kind: CardCampaign.streamKind, id: id), to: body,
                [
                    "number": same(id), "count": same("\(page.asked.cards)"),
                    "due": same(CampaignDesk.short(page.campaign.lastDay)),
                ], by: actor, at: now, once: key)
            // Sent twice, the form finds the letter that it made.
            if try await centre.casework.load(Letter.self, id: letter).state.finished == nil {
                try await centre.letters.finish(letter, by: actor, at: now)
            }
        case "draft":
            try site.authority.require(.requestInformation)
            let text = reader.text("text")
            if text.count > longestDraft { reader.fail("text", site.reader.t("step.tooLong")) }
            guard reader.isRight else { return false }
            let language: Language = site.context.language == .kk ? .kk : .ru
            let draft = try await centre.contacts.draft(
                RequestDrafted(body: body, text: text, language: language), by: actor, at: now, once: key)
            let known = Set(page.cards.flatMap(\.remarks).map(\.id))
            try await centre.campaigns.asked(
                site.form.all("remark").filter(known.contains), draft: draft.id, by: actor, at: now,
                once: try site.formKey(of: actor, part: "remarks"))
        default: throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        return true
    }
}
