import Casework
import Correspondence
import Delivery
import GRDB
import Journal
import KnowledgeBase
import Languages
import TestSupport
import Testing
import WorkingDays

@testable import Freshness

@Suite("A campaign asks bodies to confirm their cards")
struct CampaignTests {
    @Test("what is shown before it begins is what begins; nothing is recorded by looking")
    func preview() async throws {
        let world = try await World()
        let before = try await world.journal.read { try SQLiteEventStore(db: $0).head().position }
        let plan = try await world.campaigns.preview(CardSelection(.all), until: world.lastDay, at: world.now)
        #expect(plan.bodies.map(\.body) == ["B01", "B02"] && plan.cards == 6 && plan.emptyCards == 2)
        #expect(plan.withoutAddress == ["B02"])
        #expect(try await world.journal.read { try SQLiteEventStore(db: $0).head().position } == before)
        try await world.edit("S0001", says: "6 дней")
        let changed = await #expect(throws: Refusal.self) {
            try await world.campaigns.begin(
                CardSelection(.all), until: world.lastDay, expecting: plan.digest, by: world.actor, at: world.now)
        }
        #expect(changed?.code == "campaign.changed")
    }

    @Test(
        "a selection that is not whole, holds nothing or ends in the past is refused at its field",
        arguments: [
            (CardSelection(.unconfirmed, months: 0), "2026-04-02", "campaign.months"),
            (CardSelection(.unconfirmed, months: nil), "2026-04-02", "campaign.months"),
            (CardSelection(.sphere, sphere: "y"), "2026-04-02", "campaign.sphere"),
            (CardSelection(.body, body: "B99"), "2026-04-02", "campaign.body"),
            (CardSelection(.all), "2026-03-19", "campaign.lastDay"),
            (CardSelection(.all), "2027-04-02", "campaign.lastDay"),
        ])
    func refused(selection: CardSelection, until: String, code: String) async throws {
        let world = try await World()
        let lastDay = try day(until)
        let refusal = await #expect(throws: Refusal.self) {
            try await world.campaigns.preview(selection, until: lastDay, at: world.now)
        }
        #expect(refusal?.code == code && refusal?.field != nil)
    }

    @Test("cards unconfirmed for months are those that no body confirmed since the same day then")
    func months() async throws {
        let world = try await World(bodies: 1)
        for (code, moment) in [("S0001", "2026-02-18 10:00"), ("S0002", "2026-02-19 10:00")] {
            let at = try at(moment)
            _ = try world.casework.transactNow(by: world.actor, at: at) { session in
                try CardDesk.perform(.confirm(edition: 1, body: "B01", document: "письмо"), on: code, in: session)
            }
        }
        let plan = try await world.campaigns.preview(
            CardSelection(.unconfirmed, months: 1), until: world.lastDay, at: world.now)
        #expect(plan.bodies.flatMap(\.cards).map(\.code) == ["S0001", "S0003"])
        #expect(try CardSelection.day(1, before: day("2026-03-31")) == day("2026-02-28"))
    }

    @Test("each body gets its link, and its mail where an address is known; the journal knows no address and no link")
    func told() async throws {
        let world = try await World()
        let id = try await world.begin()
        #expect(id == "2026-000001")
        for body in ["B01", "B02"] {
            let link = try await world.link(id, body)
            let token = world.links.token(of: link)
            #expect(try await world.links.find(token, at: world.now, opening: [.cards])?.body == body)
            #expect(try await world.links.find(token, at: world.now) == nil, "it opens no request")
        }
        #expect(try await world.standing(id, "B01").way == "mail")
        #expect(try await world.standing(id, "B02").way == "paper")
        let mails = try world.mails()
        #expect(mails.count == 1)
        let bytes = try #require(try await world.campaigns.document(for: mails[0]))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("b01@example.kz") && text.contains("02.04.2026") && text.contains("/body/"))
        let traces = try await world.journal.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM event WHERE name LIKE 'campaign%' AND (payload LIKE '%b01@%' OR payload LIKE '%/body/%')
                    """)
        }
        #expect(traces == 0)
        #expect(try await world.begin() == "2026-000002", "numbers follow one another")
        try world.expectSameAfterRebuild()
    }

    @Test("a site without mail tells all on paper, and writing again is refused with the reason")
    func paper() async throws {
        let world = try await World(address: "")
        let id = try await world.begin()
        #expect(try world.mails().isEmpty)
        #expect(try await world.standing(id, "B01").way == "paper")
        let refusal = await #expect(throws: Refusal.self) {
            try await world.campaigns.sendAgain(to: "B01", in: id, by: world.actor, at: world.now)
        }
        #expect(refusal?.code == "campaign.channel")
    }

    @Test("reminders leave once before the last day and once after, at working hours, to those who have not answered")
    func reminders() async throws {
        let world = try await World()
        let id = try await world.begin()
        let campaigns = world.campaigns
        // The day before the last one, and the working day after it.
        for (moment, expected) in [
            ("2026-03-31 12:00", 0), ("2026-04-01 08:59", 0), ("2026-04-01 09:00", 1), ("2026-04-01 15:00", 0),
            ("2026-04-02 10:00", 0), ("2026-04-03 10:00", 1), ("2026-04-06 10:00", 0), ("2026-05-06 10:00", 0),
        ] {
            #expect(try await campaigns.round(at: at(moment)) == expected, "\(moment)")
        }
        let notices = try await world.journal.read {
            try CampaignNoticeRecord.fetch(campaign: id, body: "B01", in: $0)
        }
        #expect(notices.map(\.about) == [.asked, .reminder, .late])
        // Whoever has answered for all is not reminded.
        let again = try await world.begin()
        let link = try await world.link(again, "B01")
        let signer = try await world.sign(link)
        let seen = [SeenCard(code: "S0001", edition: 1), SeenCard(code: "S0002", edition: 1)]
        #expect(try await campaigns.confirmRest(seen, signer: signer, by: link, at: world.now) == 2)
        _ = try await campaigns.object(
            to: SeenCard(code: "S0003", edition: 1), field: nil, text: "Карточка пуста", signer: signer, by: link,
            at: world.now)
        #expect(try await world.standing(again, "B01").left == 0)
        try await campaigns.end(id, reason: "другая кампания", by: world.actor, at: world.now)
        #expect(try await campaigns.round(at: at("2026-04-01 10:00")) == 0)
    }

    @Test("an ended campaign changes nothing any more, and is ended once with a reason")
    func ended() async throws {
        let world = try await World()
        let id = try await world.begin()
        let link = try await world.link(id, "B01")
        let signer = try await world.sign(link)
        let silent = await #expect(throws: Refusal.self) {
            try await world.campaigns.end(id, reason: " ", by: world.actor, at: world.now)
        }
        #expect(silent?.code == "campaign.noReason" && silent?.field == "reason")
        try await world.campaigns.end(id, reason: "все ответили", by: world.actor, at: world.now)
        let late = await #expect(throws: Refusal.self) {
            try await world.campaigns.confirm(
                SeenCard(code: "S0001", edition: 1), signer: signer, by: link, at: world.now)
        }
        #expect(late?.code == "campaign.ended")
        let twice = await #expect(throws: Refusal.self) {
            try await world.campaigns.end(id, reason: "ещё раз", by: world.actor, at: world.now)
        }
        #expect(twice?.code == "campaign.ended")
        try world.expectSameAfterRebuild()
    }

    @Test("each mail has its words in both languages, names what it must, and leaves no field open")
    func words() throws {
        let mails = try CampaignMails.load(Repository.path + "/schedules/letters/card-mails.yaml")
        for kind in CampaignMailKind.allCases {
            let values = Dictionary(
                uniqueKeysWithValues: kind.fields.map { ($0, Localized(kk: "‹\($0)›", ru: "‹\($0)›")) })
            let (kk, ru) = (mails.mail(kind, values, in: [.kk]), mails.mail(kind, values, in: [.ru]))
            #expect(kk.text != ru.text && kk.subject.contains("‹number›") && ru.subject.contains("‹number›"))
            for field in kind.fields {
                for mail in [kk, ru] { #expect((mail.subject + mail.text).contains("‹\(field)›"), "\(kind) \(field)") }
            }
        }
    }
}
