import ContactCentre
import Correspondence
import DemoData
import Freshness
import Journal
import KnowledgeBase
import Registry
import WorkingDays

extension Demonstration {
    /// The sphere whose cards the demonstration asks for: several bodies, few enough to leave the other cards as they are.
    private static let askedSphere = "migration"
    /// For how many days.
    private static let askedDays = 10

    /// A campaign that runs: one body has confirmed some of its cards and has a remark, the others have not looked yet.
    func recordCampaign(_ centre: ContactCentre, today: CivilDate) async throws {
        let (desk, now) = (centre.campaigns, centre.now())
        let id = try await desk.begin(
            CardSelection(.sphere, sphere: Self.askedSphere), until: today.adding(days: Self.askedDays),
            by: Self.actor, at: now)
        let answering = try await centre.journal.read { db in
            try CampaignBodyRecord.fetch(campaign: id, in: db).max { $0.cards < $1.cards }.map { asked in
                (
                    try BodyLinkRecord.fetch(request: id, subject: .cards, in: db).first { $0.body == asked.body },
                    try CampaignCardRecord.fetch(campaign: id, body: asked.body, in: db)
                )
            }
        }
        guard let (link, cards) = answering, let link else { return }
        try await centre.bodyLinks.opened(link, at: now)
        let details = ResponsiblePersonDetails(name: DemoDesk.mark + "Айша Сынақова", position: "ДЕМО", phone: "")
        let signer = try await desk.sign(
            "demo-\(link.id)", try details.sealed(of: link.body, in: centre.vault), by: link, at: now)
        let waiting = cards.filter { $0.standing == .waiting }
        for card in waiting.prefix(2) {
            try await desk.confirm(
                SeenCard(code: card.record.card.code, edition: card.record.edition), signer: signer, by: link, at: now)
        }
        if let wrong = cards.first(where: { card in !waiting.prefix(2).contains { $0.record == card.record } }) {
            _ = try await desk.object(
                to: SeenCard(code: wrong.record.card.code, edition: wrong.record.edition), field: "term",
                text: DemoDesk.mark + "Срок оказания услуги другой: 3 рабочих дня.", signer: signer, by: link, at: now)
        }
        output.note("demo: a campaign by which bodies confirm their cards")
    }
}
