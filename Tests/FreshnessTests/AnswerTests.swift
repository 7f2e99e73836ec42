import Casework
import Correspondence
import Freshness
import GRDB
import Journal
import KnowledgeBase
import Languages
import PersonalData
import Registry
import TestSupport
import Testing
import WorkingDays

@Suite("A body answers for its cards by its link")
struct AnswerTests {
    /// A campaign with the link of the first body and somebody who answers.
    private static func begun(
        _ world: World
    ) async throws -> (id: String, link: BodyLinkRecord, signer: String, campaigns: CampaignDesk) {
        let id = try await world.begin()
        let link = try await world.link(id, "B01")
        return (id, link, try await world.sign(link), world.campaigns)
    }

    /// The code of the refusal that an act meets; nil where it is done.
    private static func code(_ act: () async throws -> Void) async -> String? {
        do {
            try await act()
            return nil
        } catch {
            return (error as? Refusal)?.code ?? "\(error)"
        }
    }

    private static func card(_ code: String, _ edition: Int = 1) -> SeenCard { SeenCard(code: code, edition: edition) }

    @Test("one click confirms a card once, by whom and in which edition; a second records nothing")
    func confirms() async throws {
        let world = try await World()
        let (id, link, signer, campaigns) = try await Self.begun(world)
        for _ in 0..<2 { try await campaigns.confirm(Self.card("S0001"), signer: signer, by: link, at: world.now) }
        let events = try await world.casework.history(of: StreamID("card/S0001"))
        let confirmations = events.compactMap { event -> CardRemark? in
            guard case .cardConfirmed(let remark)? = event.event.content as? CardEvent else { return nil }
            return remark
        }
        #expect(confirmations.count == 1)
        #expect(confirmations.first?.campaign == id && confirmations.first?.signer == signer)
        #expect(confirmations.first?.edition == 1 && confirmations.first?.body == "B01")
        #expect(events.last?.recorded.actor == BodyLinkDesk.actor(of: link))
        let record = try await world.journal.read { try CardRecord.fetch("S0001", in: $0) }
        #expect(record?.confirmedBy == "B01" && record?.content == .confirmed)
        #expect(try await world.standing(id, "B01").confirmed == 1)
        try world.expectSameAfterRebuild()
    }

    @Test("a card that has changed since it was seen is not confirmed, alone or among the others")
    func stale() async throws {
        let world = try await World()
        let (_, link, signer, campaigns) = try await Self.begun(world)
        try await world.edit("S0001", says: "7 дней")
        let one = await #expect(throws: Refusal.self) {
            try await campaigns.confirm(Self.card("S0001"), signer: signer, by: link, at: world.now)
        }
        #expect(one?.code == "card.stale")
        let all = await #expect(throws: Refusal.self) {
            try await campaigns.confirmRest(
                [Self.card("S0001"), Self.card("S0002")], signer: signer, by: link, at: world.now)
        }
        #expect(all?.code == "campaign.stale" && all?.reason.contains("S0001") == true)
        #expect(try await world.standing(link.request, "B01").confirmed == 0)
        #expect(
            try await campaigns.confirmRest(
                [Self.card("S0001", 2), Self.card("S0002")], signer: signer, by: link, at: world.now) == 2)
        // A new edition makes the confirmation stand for the former one.
        try await world.edit("S0001", says: "8 дней")
        let (freshness, cards) = try await world.journal.read { db in
            (
                try CardFreshness.fetch("S0001", in: db),
                try CampaignCardRecord.fetch(campaign: link.request, body: "B01", in: db)
            )
        }
        #expect(freshness.confirmed?.edition == 2 && freshness.asked?.isConfirmed == true)
        #expect(cards.map(\.standing) == [.changed, .confirmed, .empty])
    }

    @Test("an empty card cannot be confirmed, and is passed over where all the others are")
    func empty() async throws {
        let world = try await World()
        let (id, link, signer, campaigns) = try await Self.begun(world)
        let refusal = await #expect(throws: Refusal.self) {
            try await campaigns.confirm(Self.card("S0003"), signer: signer, by: link, at: world.now)
        }
        #expect(refusal?.code == "card.empty")
        let seen = (1...3).map { Self.card(World.card($0)) }
        #expect(try await campaigns.confirmRest(seen, signer: signer, by: link, at: world.now) == 2)
        #expect(try await campaigns.confirmRest(seen, signer: signer, by: link, at: world.now) == 0)
        let standing = try await world.standing(id, "B01")
        #expect(standing.confirmed == 2 && standing.left == 1)
    }

    @Test("what is not right is one remark, waits for the centre, and keeps the card from being confirmed")
    func objects() async throws {
        let world = try await World()
        let (id, link, signer, campaigns) = try await Self.begun(world)
        var made: Set<String> = []
        for _ in 0..<2 {
            made.insert(
                try await campaigns.object(
                    to: Self.card("S0001"), field: "fee", text: "Сбор другой, звоните 8 701 123 45 67", signer: signer,
                    by: link, at: world.now))
        }
        let number = try #require(made.first)
        let remark = try #require(try await world.journal.read { try ObjectionRecord.fetch(number, in: $0) })
        #expect(made.count == 1 && remark.text == "Сбор другой, звоните ‹phone›" && remark.isOpen)
        for (text, field, code) in [(" ", nil, "objection.empty"), ("x", "price", "objection.field")] {
            let refusal = await #expect(throws: Refusal.self) {
                try await campaigns.object(
                    to: Self.card("S0001"), field: field, text: text, signer: signer, by: link, at: world.now)
            }
            #expect(refusal?.code == code)
        }
        let refusal = await #expect(throws: Refusal.self) {
            try await campaigns.confirm(Self.card("S0001"), signer: signer, by: link, at: world.now)
        }
        #expect(refusal?.code == "campaign.objected")
        let seen = [Self.card("S0001"), Self.card("S0002")]
        #expect(try await campaigns.confirmRest(seen, signer: signer, by: link, at: world.now) == 1)
        var standing = try await world.standing(id, "B01")
        #expect(standing.openRemarks == 1 && standing.confirmed == 1 && standing.left == 1)
        for _ in 0..<2 { try await campaigns.takeBack(number, signer: signer, by: link, at: world.now) }
        try await campaigns.confirm(Self.card("S0001"), signer: signer, by: link, at: world.now)
        standing = try await world.standing(id, "B01")
        #expect(standing.openRemarks == 0 && standing.confirmed == 2)
        try world.expectSameAfterRebuild()
    }

    @Test("a coordinator closes a remark by an edition, by a draft or with a reason, each once")
    func settles() async throws {
        let world = try await World()
        let (_, link, signer, campaigns) = try await Self.begun(world)
        var numbers: [String] = []
        for text in ["Срок другой", "Адрес другой", "Название не то"] {
            numbers.append(
                try await campaigns.object(
                    to: Self.card("S0001"), field: nil, text: text, signer: signer, by: link, at: world.now))
        }
        #expect(numbers == ["2026-000001", "2026-000002", "2026-000003"])
        let code = Self.code
        #expect(
            await code { try await campaigns.correct(numbers[0], by: world.actor, at: world.now) } == "objection.card")
        try await world.edit("S0001", says: "9 дней")
        try await campaigns.correct(numbers[0], by: world.actor, at: world.now)
        try await campaigns.asked([numbers[1]], draft: "2026-000004", by: world.actor, at: world.now)
        #expect(
            await code { try await campaigns.dismiss(numbers[2], reason: "", by: world.actor, at: world.now) }
                == "objection.noReason")
        try await campaigns.dismiss(numbers[2], reason: "название по реестру", by: world.actor, at: world.now)
        #expect(
            await code { try await campaigns.correct(numbers[0], by: world.actor, at: world.now) }
                == "objection.settled")
        let remarks = try await world.journal.read {
            try ObjectionRecord.fetch(campaign: link.request, body: "B01", in: $0)
        }
        #expect(remarks.map(\.how) == [.dismissed, .asked, .corrected])
        #expect(remarks[1].draft == "2026-000004" && remarks[2].settledEdition == 2)
        #expect(try await world.journal.read { try ObjectionRecord.waitingCount(in: $0) } == 0)
        try world.expectSameAfterRebuild()
    }

    @Test(
        "a link answers for its own body, its own cards and in the name of its own people; revoked or over, for nothing"
    )
    func foreign() async throws {
        let world = try await World()
        let (id, link, signer, campaigns) = try await Self.begun(world)
        let other = try await world.link(id, "B02")
        func code(_ card: String, _ signer: String, _ link: BodyLinkRecord, at now: Moment) async -> String? {
            await Self.code { try await campaigns.confirm(Self.card(card), signer: signer, by: link, at: now) }
        }
        #expect(await code("S0001", signer, other, at: world.now) == "signer.unknown")
        #expect(await code("S0004", signer, link, at: world.now) == "campaign.notAsked")
        #expect(await code("S0001", "nobody", link, at: world.now) == "signer.unknown")
        #expect(await code("S0001", signer, link, at: try at("2026-05-03 00:00")) == "bodyLink.closed")
        #expect(try await campaigns.signer(signer, of: other) == nil)
        #expect(try await campaigns.signer(signer, of: link)?.name == "Айша Сынақова")
        try await world.links.revoke(link.id, of: [.cards], reason: "не тому", by: world.actor, at: world.now)
        #expect(await code("S0001", signer, link, at: world.now) == "bodyLink.closed")
        try await campaigns.renewLink(of: "B01", in: id, by: world.actor, at: world.now)
        try await campaigns.confirm(
            Self.card("S0001"), signer: signer, by: try await world.link(id, "B01"), at: world.now)
    }

    @Test("the journal holds no name; who looks is recorded with the purpose, and an erased person is nobody")
    func names() async throws {
        let world = try await World()
        let (id, link, signer, campaigns) = try await Self.begun(world)
        let traces = try await world.journal.read { db in
            try Int.fetchOne(db, sql: "SELECT count(*) FROM event WHERE payload LIKE '%Сынақова%'")
        }
        #expect(traces == 0)
        let refusal = await #expect(throws: Refusal.self) {
            try await campaigns.reveal(id, body: "B01", for: "", by: world.actor, at: world.now)
        }
        #expect(refusal?.code == "campaign.noReason" && refusal?.field == "purpose")
        let seen = try await campaigns.reveal(id, body: "B01", for: "уточнить срок", by: world.actor, at: world.now)
        #expect(seen.map(\.signer.id) == [signer] && seen.first?.details?.position == "бас маман")
        let events = try await world.casework.history(of: StreamID(kind: "cardCampaign", id: id))
        #expect(events.map(\.recorded.name) == ["cardCampaignBegun", "cardSignersRevealed"])
        let person = try #require(seen.first).signer.sealed.person
        #expect(try world.vault.erase(PersonID(person)))
        #expect(try await campaigns.signer(signer, of: link) == nil)
    }

    @Test("a confirmation by another way counts too, and one after the end counts for the card alone")
    func otherWays() async throws {
        let world = try await World()
        let (id, _, _, campaigns) = try await Self.begun(world)
        _ = try world.casework.transactNow(by: world.actor, at: world.now) { session in
            try CardDesk.perform(.confirm(edition: 1, body: "B01", document: "письмо 5"), on: "S0001", in: session)
        }
        #expect(try await world.standing(id, "B01").confirmed == 1)
        try await campaigns.end(id, reason: "довольно", by: world.actor, at: world.now)
        _ = try world.casework.transactNow(by: world.actor, at: world.now) { session in
            try CardDesk.perform(.confirm(edition: 1, body: "B01", document: "письмо 6"), on: "S0002", in: session)
        }
        #expect(try await world.standing(id, "B01").confirmed == 1)
        let freshness = try await world.journal.read { try CardFreshness.fetch("S0002", in: $0) }
        #expect(freshness.confirmed?.edition == 1 && freshness.unansweredSince == world.now)
    }

    @Test(
        "a body sees what callers asked and its cards did not answer, of its own cards and of itself, and nobody else's"
    )
    func gaps() async throws {
        let world = try await World()
        for (words, service, body) in [
            ("сколько стоит справка", "S0001", nil), ("где окно приема", nil, "B01"), ("другое", "S0004", nil),
            ("сколько стоит справка", "S0001", nil), ("", "S0002", nil),
        ] as [(String, String?, String?)] {
            try await world.gaps.report(
                words, language: .ru, service: service, body: body, by: world.actor, at: world.now)
        }
        let asked = try await world.journal.read { try GapRecord.unanswered(by: "B01", in: $0) }
        #expect(asked.map(\.words) == ["сколько стоит справка", "где окно приема"])
        #expect(asked.first?.times == 2)
    }

    @Test("a campaign over thirty bodies: each by its own link, all answered, one transaction to begin")
    func thirty() async throws {
        let world = try await World(bodies: 30, cards: 4)
        let id = try await world.begin()
        let record = try #require(try await world.journal.read { try CampaignRecord.fetch(id, in: $0) })
        #expect(record.bodies == 30 && record.cards == 120)
        let bodies = try await world.journal.read { try CampaignBodyRecord.fetch(campaign: id, .unopened, in: $0) }
        #expect(bodies.count == 30)
        for (index, body) in bodies.enumerated() {
            let link = try await world.link(id, body.body)
            try await world.links.opened(link, at: world.now)
            let signer = try await world.sign(link)
            let codes = (1...4).map { World.card(index * 4 + $0) }
            try await world.campaigns.confirm(Self.card(codes[0]), signer: signer, by: link, at: world.now)
            _ = try await world.campaigns.object(
                to: Self.card(codes[3]), field: nil, text: "Карточка пуста", signer: signer, by: link, at: world.now)
            #expect(
                try await world.campaigns.confirmRest(
                    codes.map { Self.card($0) }, signer: signer, by: link, at: world.now) == 2)
        }
        let (done, unopened, remarks) = try await world.journal.read { db in
            (
                try CampaignBodyRecord.fetch(campaign: id, .done, in: db).count,
                try CampaignBodyRecord.fetch(campaign: id, .unopened, in: db).count,
                try CampaignBodyRecord.fetch(campaign: id, .remarks, in: db).count
            )
        }
        #expect(done == 30 && unopened == 0 && remarks == 30)
        #expect(try await world.journal.read { try CampaignRecord.fetch(id, in: $0) }?.confirmed == 90)
        try world.expectSameAfterRebuild()
    }
}
