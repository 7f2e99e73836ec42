import ContactCentre
import Correspondence
import Freshness
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// The link of a body on a sheet that is printed and goes with the letter on paper; it is kept nowhere.
struct CampaignSheet: Page {
    let campaign: CampaignRecord
    let body: Localized
    let cards: Int
    let address: String

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("cardsLink.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note"), text: body[view.language])
            for language in [Language.kk, .ru] {
                let own = view.in(language)
                let isFirst = language == .kk
                html.element(isFirst ? "h1" : "h2", [.lang(language)], text: own.t("cardsLink.title"))
                html.p(.lang(language), text: own.t("campaign.sheetText", count: cards))
            }
            html.facts([
                Fact(view.t("campaign.number"), campaign.id),
                Fact(view.t("campaign.lastDay")) { $0.date(campaign.lastDay, view) },
            ])
            if let code = QRCode(address) { html.qrCode(code, label: view.t("campaign.qr")) }
            html.p { $0.code(text: address) }
        }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        let centre = site.environment.centre
        let (id, body) = (try site.parameter("id"), try site.parameter("body"))
        let now = site.environment.now()
        let today = site.environment.zone.civilDate(of: now)
        let found = try await centre.journal.read {
            db -> (CampaignRecord, CampaignBodyRecord, BodyLinkRecord, Localized?)? in
            guard let campaign = try CampaignRecord.fetch(id, in: db),
                let asked = try CampaignBodyRecord.fetch(campaign: id, body: body, in: db),
                let link = try BodyLinkRecord.fetch(request: id, subject: .cards, in: db).first(where: {
                    $0.body == body && $0.isOpen(at: now)
                })
            else { return nil }
            return (campaign, asked, link, try Registry.localizedName(of: body, on: today, in: db))
        }
        guard let (campaign, asked, link, name) = found else {
            throw SiteError(.notFound, "The campaign \(id) has no open link for \(body).")
        }
        return site.secretPage(
            CampaignSheet(
                campaign: campaign, body: name ?? Localized(kk: body, ru: body), cards: asked.cards,
                address: site.address(of: .bodyLink(.value(centre.bodyLinks.token(of: link))))))
    }
}
