import Accounts
import ContactCentre
import Correspondence
import Delivery
import Freshness
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import WorkingDays

/// What a campaign asks of one body: its cards, its link, what was sent, who answered, and the draft of what is to be asked.
struct CampaignBodyPage: Page {
    let campaign: CampaignRecord
    let asked: CampaignBodyRecord
    let name: Localized
    let cards: [CampaignCardRecord]
    let links: [(record: BodyLinkRecord, address: String)]
    let notices: [(record: CampaignNoticeRecord, delivery: DeliveryRecord?)]
    let letters: [LetterRecord]
    /// Whether mail can go to it.
    let isReached: Bool
    let signers: Int
    let gaps: [GapRecord]
    /// The form of the draft of an additional request (797 §10); nil for who may not make one.
    var draft: StepForm?
    /// The names of those who answered, where they were asked for.
    var revealed: [(signer: SignerRecord, details: ResponsiblePersonDetails?)]?
    var purposeProblem: String?
    var problem: String?

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { name[view.language] }
    private var path: SitePath { .knowledgeCampaignBody(.value(campaign.id), .value(asked.body)) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [
                (view.t("knowledge.campaigns"), .knowledgeCampaigns),
                (view.t("campaign.one", ["number": campaign.id]), .knowledgeCampaign(.value(campaign.id))),
            ], view)
        html.pageHeader(title(view), lead: view.t("campaign.bodyLead")) { html in
            html.a(
                .class("button"), .href(SitePath.body(.value(asked.body)).path), text: view.t("card.body"))
        }
        if let problem { html.alert(.danger, title: problem) }
        html.facts([
            Fact(view.t("campaign.lastDay")) { [campaign] html in
                html.date(campaign.lastDay, view)
                html.text(" ")
                html.campaignState(campaign, view)
            },
            Fact(
                view.t("campaign.confirmed"),
                "\(NumberText.whole(asked.confirmed)) / \(NumberText.whole(asked.cards))"),
            Fact(view.t("campaign.left"), NumberText.whole(asked.left)),
            Fact(view.t("campaign.opened"), asked.openedAt.map(view.dates.short) ?? view.t("bodyLinks.never")),
        ])
        html.panel(view.t("campaign.cards"), id: "cards") { cardTable(into: &$0, view) }
        html.panel(view.t("campaign.told"), id: "way") { way(into: &$0, view) }
        html.panel(view.t("campaign.signers"), id: "signers") { people(into: &$0, view) }
        if let draft {
            html.panel(view.t("campaign.draft"), id: "draft") { html in
                html.p(.class("note"), text: view.t("campaign.draftHelp"))
                html.stepForm(draft, view)
            }
        }
    }

    private func cardTable(into html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("knowledge.card")), Column(view.t("knowledge.state")), Column(view.t("campaign.confirmed")),
            Column(view.t("campaign.remarks")),
        ]
        html.dataTable(caption: view.t("campaign.cards"), columns: columns, rows: cards) { row, html, card in
            let (record, code) = (card.record, card.record.card.code)
            row.cell(&html) { html in
                let title = record.card.title.text(view.language)
                html.a(
                    .href(SitePath.cardHistory(.value(code)).path), .lang(title?.language ?? view.language),
                    text: title?.text ?? code)
                html.span(.class("note"), text: " \(code)")
            }
            row.cell(&html) { $0.campaignCard(card.standing, view) }
            row.cell(&html) { html in
                guard let at = card.confirmedAt else { return html.text("–") }
                html.moment(at, view)
                html.p(
                    .class("hint"),
                    text: view.t("contacts.edition", ["edition": NumberText.whole(card.confirmedEdition ?? 0)]))
            }
            row.cell(&html) { html in
                guard !card.remarks.isEmpty else { return html.text("–") }
                for remark in card.remarks {
                    html.p { html in
                        if let field = remark.field { html.strong(text: CardFieldName.name(field, view) + ": ") }
                        html.text(remark.text)
                    }
                    html.p(
                        .class("hint"),
                        text: remark.how.map { view.name("objectionEnd", $0) } ?? view.t("remark.waits"))
                }
            }
        }
    }

    private func way(into html: inout HTML, _ view: View) {
        for (record, address) in links where record.isOpen(at: view.now) {
            html.field(
                Field("address", label: view.t("bodyLinks.address"), id: "address-\(record.id.prefix(8))"), view
            ) { html, own in
                html.void("input", own + [.type("text"), .value(address), Attribute("readonly", flag: true)])
            }
            html.p(
                .class("note"),
                text: "\(view.t("bodyLinks.until")): \(view.dates.short(record.expiresAt)). "
                    + view.t("campaign.linkHelp"))
        }
        if !notices.isEmpty {
            html.ul(.class("plain-list")) { html in
                for (notice, delivery) in notices {
                    let how =
                        notice.way == .paper
                        ? view.t("campaign.byPaper") : delivery.map { view.name("deliveryPhase", $0.phase) } ?? ""
                    html.li(
                        text: "\(view.name("campaignMail", notice.about)), \(view.dates.short(notice.madeAt)): \(how)")
                }
            }
        }
        for letter in letters {
            let number = letter.outgoing.map { view.t("letter.numbered", ["number": $0]) } ?? view.t("letter.draft")
            html.p { $0.a(.href(SitePath.letter(.value(letter.id)).path), text: number) }
        }
        guard campaign.isRunning else { return }
        let open = links.first { $0.record.isOpen(at: view.now) }
        html.div(.class("actions")) { html in
            if isReached { button("again", view.t("way.sendAgain"), into: &html, view) }
            if view.may(.manageRequests), letters.isEmpty {
                button("letter", view.t("way.letter"), into: &html, view)
            }
            if let open {
                html.a(
                    .class("button is-small"),
                    .href(SitePath.knowledgeCampaignSheet(.value(campaign.id), .value(asked.body)).path),
                    text: view.t("campaign.sheet"))
                button("revoke", view.t("bodyLinks.revoke"), link: open.record.id, isDangerous: true, into: &html, view)
            } else {
                button("renew", view.t("bodyLinks.make"), into: &html, view)
            }
        }
    }

    private func button(
        _ step: String, _ label: String, link: String? = nil, isDangerous: Bool = false, into html: inout HTML,
        _ view: View
    ) {
        html.postForm(to: path, view) { html in
            html.input(.type("hidden"), .name("step"), .value(step))
            if let link { html.input(.type("hidden"), .name("link"), .value(link)) }
            html.button(
                .type("submit"), .class(isDangerous ? "button is-small is-danger" : "button is-small"), text: label)
        }
    }

    /// Names are sealed; who looks at them says what for, and that is recorded.
    private func people(into html: inout HTML, _ view: View) {
        guard signers > 0 else { return html.p(text: view.t("campaign.nobody")) }
        if let revealed {
            for (signer, details) in revealed {
                html.p { html in
                    html.strong(text: details?.name ?? view.t("body.erased"))
                    if let details { html.text(", " + details.position) }
                    html.span(.class("note"), text: " · " + view.dates.short(signer.namedAt))
                }
            }
            return html.p(.class("note"), text: view.t("complaint.revealedNote"))
        }
        html.p(text: view.t("campaign.signerCount", count: signers))
        html.postForm(to: path, view, .class("form")) { html in
            html.input(.type("hidden"), .name("step"), .value("reveal"))
            html.textField(
                Field(
                    "purpose", label: view.t("complaint.purpose"), hint: view.t("complaint.purposeHint"),
                    error: purposeProblem), view, .autocomplete("off"))
            html.div(.class("buttons")) {
                $0.button(.type("submit"), .class("button"), text: view.t("complaint.reveal"))
            }
        }
    }
}
