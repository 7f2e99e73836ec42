import Casework
import Correspondence
import Delivery
import Freshness
import GRDB
import Journal
import Languages
import PersonalData
import Registry
import TestSupport
import Testing
import WorkingDays

@testable import KnowledgeBase

/// Bodies with their cards, and campaigns that ask for them, in a journal of their own.
final class World: TestWorld, Sendable {
    let centre: TestCentre
    let vault: PersonVault
    let links: BodyLinkDesk
    let campaigns: CampaignDesk
    let gaps: GapDesk
    /// A Thursday, 10:00 in Almaty.
    let now: Moment
    let lastDay: CivilDate

    /// - Parameters:
    ///   - bodies: how many bodies there are: B01, B02…
    ///   - cards: how many cards each has; the last of each says nothing.
    init(bodies: Int = 2, cards: Int = 3, address: String = "https://1414.example.kz") async throws {
        centre = try await TestCentre(
            Registry.eventTypes + CardDesk.eventTypes + GapDesk.eventTypes + Correspondence.eventTypes
                + Freshness.eventTypes
        ) { catalogue in
            Registry.projections(catalogue) + [CardProjection(catalogue: catalogue)] + GapDesk.projections(catalogue)
                + [DeliveryProjection()]
                + Correspondence.projections(catalogue) + Freshness.projections(catalogue)
        }
        (now, lastDay) = (try at("2026-03-19 10:00"), try day("2026-04-02"))
        vault = try PersonVault(path: centre.folder.file("vault.db"))
        let casework = centre.casework
        links = BodyLinkDesk(casework: casework, key: BodyLinkKey(Array(repeating: 7, count: 32)))
        campaigns = CampaignDesk(
            casework: casework, vault: vault, outbox: Outbox(), links: links,
            mails: try CampaignMails.load(Repository.path + "/schedules/letters/card-mails.yaml"),
            rules: ReminderRules(daysBefore: 1, hours: 9..<18, oldest: 7), address: address,
            randomBytes: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } })
        gaps = GapDesk(casework: casework)
        let codes = (1...bodies).map(Self.body)
        _ = try casework.transactNow(by: centre.actor, at: try at("2026-01-05 10:00")) { session in
            for (index, code) in codes.enumerated() {
                let name = Localized(kk: "\(code) органы", ru: "Орган \(code)")
                let body = PublicBody(
                    code: code, kind: .central, parent: nil, region: "republic",
                    names: [DatedName(from: nil, through: nil, name: name)])
                try session.append(
                    [RegistryEvent.bodyRegistered(body)], to: StreamID(kind: "body", id: code), expecting: 0)
                for number in 1...cards {
                    let service = Self.card(index * cards + number)
                    try session.append(
                        [
                            RegistryEvent.serviceRegistered(
                                PublicService(code: service, name: name, owner: code, provider: name, sphere: "x"))
                        ], to: StreamID(kind: "service", id: service), expecting: 0)
                    try CardDesk.perform(
                        .edit(
                            Self.content(service, code, says: number < cards ? "5 дней" : nil), source: "test",
                            origin: .coordinator, expecting: 0, renews: false), on: service, in: session)
                }
            }
            return 0
        }
        try await links.setChannel(
            of: Self.body(1), email: "b01@example.kz", webhook: nil, by: actor, at: try at("2026-01-05 11:00"))
    }

    static func body(_ number: Int) -> String { "B" + (number < 10 ? "0" : "") + "\(number)" }

    static func card(_ number: Int) -> String {
        "S" + String(repeating: "0", count: 4 - "\(number)".count) + "\(number)"
    }

    /// A card; one that says nothing but its name where no term is given.
    static func content(_ code: String, _ owner: String, says term: String?) -> Card {
        var card = Card(
            code: code, content: .illustrative, title: CardText(kk: "Қызмет \(code)", ru: "Услуга \(code)"),
            sphere: "x",
            owner: owner)
        if let term { card.term = CardText(kk: term, ru: term) }
        return card
    }

    /// Begins a campaign for all cards.
    func begin(_ selection: CardSelection = CardSelection(.all)) async throws -> String {
        try await campaigns.begin(selection, until: lastDay, by: actor, at: now)
    }

    /// The link of a body as its page finds it.
    func link(_ campaign: String, _ body: String) async throws -> BodyLinkRecord {
        let link = try await journal.read { db in
            try BodyLinkRecord.fetch(request: campaign, subject: .cards, in: db).first {
                $0.body == body && $0.revokedAt == nil
            }
        }
        return try #require(link)
    }

    /// Says who answers by a link.
    func sign(_ link: BodyLinkRecord, id: String = "0c", name: String = "Айша Сынақова") async throws -> String {
        let details = ResponsiblePersonDetails(name: name, position: "бас маман", phone: "")
        let sealed = try details.sealed(of: link.body, in: vault)
        return try await campaigns.sign(id + link.id, sealed, by: link, at: now)
    }

    /// Makes another edition of a card.
    func edit(_ code: String, says term: String) async throws {
        let record = try await journal.read { try CardRecord.fetch(code, in: $0) }
        let card = try #require(record)
        let content = Self.content(code, card.card.owner, says: term)
        _ = try casework.transactNow(by: actor, at: now) { session in
            try CardDesk.perform(
                .edit(content, source: "test", origin: .coordinator, expecting: card.edition, renews: false), on: code,
                in: session)
        }
    }

    /// What a campaign asks of a body, as it stands.
    func standing(_ campaign: String, _ body: String) async throws -> CampaignBodyRecord {
        let record = try await journal.read { try CampaignBodyRecord.fetch(campaign: campaign, body: body, in: $0) }
        return try #require(record)
    }

    /// The mails that are queued, by their identities.
    func mails() throws -> [DeliveryRecord] {
        try journal.readNow { try DeliveryRecord.latest(DeliveryState.Phase.allCases, limit: 1_000, in: $0) }
    }
}
