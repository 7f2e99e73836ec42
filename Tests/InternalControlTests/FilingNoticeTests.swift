import Casework
import Correspondence
import Delivery
import Forms
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import InternalControl

@Suite("What bodies are told of their forms")
struct FilingNoticeTests {
    /// A world in which the ministry of justice has an address and the others have none.
    private static func world(address: String = "https://1414.example.kz") async throws -> World {
        let world = try await World(address: address)
        try await world.links.setChannel(
            of: "MJ", email: "mj@example.kz", webhook: nil, by: world.actor, at: try at("2026-01-05 11:00"))
        return world
    }

    private static func mails(_ world: World) throws -> [DeliveryRecord] {
        try world.journal.readNow { try DeliveryRecord.latest(DeliveryState.Phase.allCases, limit: 100, in: $0) }
            .filter { $0.kind == world.notices.kind }
    }

    private static func token(_ world: World, _ body: String, at moment: String) throws -> String? {
        let now = try at(moment)
        return try world.journal.readNow { try world.notices.link(of: body, at: now, in: $0)?.token }
    }

    @Test("All that owe a form are asked once: by mail where an address is known, else on paper, with a link each")
    func asked() async throws {
        let world = try await Self.world()
        let period = World.first.period
        let first = try await world.notices.ask(
            form: "78-1mk", for: period, by: world.actor, at: try at("2026-04-02 10:00"))
        #expect(first == FilingsAsked(mails: 1, paper: 1))
        let again = try await world.notices.ask(
            form: "78-1mk", for: period, by: world.actor, at: try at("2026-04-03 10:00"))
        #expect(again == FilingsAsked(mails: 0, paper: 0))
        let mail = try #require(try Self.mails(world).first)
        let bytes = try #require(try await world.notices.document(for: mail))
        let text = String(decoding: bytes, as: UTF8.self)
        let token = try #require(try Self.token(world, "MJ", at: "2026-04-03 10:00"))
        #expect(text.contains("https://1414.example.kz/body/" + token))
        #expect(text.contains("1 квартал 2026 года") && text.contains("10.04.2026") && text.contains("mj@example.kz"))
        #expect(try Self.token(world, "MF", at: "2026-04-03 10:00") != nil)
        #expect(try Self.token(world, "KGD", at: "2026-04-03 10:00") == nil, "its form is inside that of its ministry")
        let asked = try world.journal.readNow {
            try FilingNoticeRecord.asked(form: "78-1mk", period: period, in: $0)
        }
        #expect(asked.keys.sorted() == ["MF", "MJ"])
        try world.expectSameAfterRebuild()
    }

    @Test("The journal holds no link and no address; what was sealed is forgotten when the mail has gone")
    func sealed() async throws {
        let world = try await Self.world()
        _ = try await world.notices.ask(.asked, World.first, by: world.actor, at: try at("2026-04-02 10:00"))
        let token = try #require(try Self.token(world, "MJ", at: "2026-04-02 11:00"))
        let events = try world.journal.readNow { db in
            try String.fetchAll(db, sql: "SELECT CAST(payload AS TEXT) FROM event WHERE stream LIKE 'filingNotice/%'")
        }
        #expect(events.count == 1)
        for event in events { #expect(!event.contains(token) && !event.contains("mj@example.kz")) }
        let mail = try #require(try Self.mails(world).first)
        _ = try await world.casework.transact(by: world.actor, at: try at("2026-04-02 12:00")) { session in
            try world.notices.died(mail, reason: "test", in: session.transaction)
            return 0
        }
        #expect(try await world.notices.document(for: mail) == nil)
    }

    @Test(
        "A body that was asked is reminded before the last day and after it, once each, at working hours",
        arguments: [
            // The 10th of April 2026 is a Friday.
            ("2026-04-08 10:00", 0), ("2026-04-09 10:00", 1), ("2026-04-09 20:00", 0), ("2026-04-11 10:00", 0),
            ("2026-04-13 10:00", 1), ("2026-04-20 10:00", 0),
        ])
    func reminders(_ moment: String, _ expected: Int) async throws {
        let world = try await Self.world()
        #expect(try await world.notices.round(at: try at(moment)) == 0, "nobody was asked")
        _ = try await world.notices.ask(
            form: "78-1mk", for: World.first.period, by: world.actor, at: try at("2026-04-02 10:00"))
        #expect(try await world.notices.round(at: try at(moment)) == expected)
        #expect(try await world.notices.round(at: try at(moment)) == 0)
    }

    @Test("Who has filed is not reminded, nor where no mail can leave")
    func notReminded() async throws {
        let world = try await Self.world()
        _ = try await world.notices.ask(.asked, World.first, by: world.actor, at: try at("2026-04-02 10:00"))
        try await world.take(try world.form([0, 0, 0]))
        #expect(try await world.notices.round(at: try at("2026-04-09 10:00")) == 0)
        let silent = try await Self.world(address: "")
        #expect(
            try await silent.notices.ask(.asked, World.first, by: silent.actor, at: try at("2026-04-02 10:00"))
                == .paper)
        #expect(try await silent.notices.round(at: try at("2026-04-09 10:00")) == 0)
        #expect(try Self.mails(silent).isEmpty)
    }

    @Test("A revoked link is followed by a new one; nobody is asked for a form of others, or about nothing")
    func links() async throws {
        let world = try await Self.world()
        let now = try at("2026-04-02 10:00")
        _ = try await world.notices.ask(.asked, World.first, by: world.actor, at: now)
        let link = try #require(try world.journal.readNow { try world.notices.link(of: "MJ", at: now, in: $0) })
        try await world.notices.makeLink(for: World.first, by: world.actor, at: now)
        #expect(try Self.token(world, "MJ", at: "2026-04-02 10:00") == link.token, "an open one stays")
        try await world.links.revoke(
            link.record.id, of: [.filings], reason: "lost", by: world.actor, at: try at("2026-04-02 11:00"))
        #expect(try Self.token(world, "MJ", at: "2026-04-02 12:00") == nil)
        _ = try await world.notices.ask(.asked, World.first, by: world.actor, at: try at("2026-04-02 12:00"))
        let next = try Self.token(world, "MJ", at: "2026-04-02 13:00")
        #expect(next != nil && next != link.token)
        await refuses(.closed) {
            _ = try await world.notices.ask(.discrepancy, World.first, by: world.actor, at: now)
        }
        await refuses(.notTheirs) {
            let id = FilingID(form: "78-2mk", period: World.first.period, body: "MJ")
            _ = try await world.notices.ask(.asked, id, by: world.actor, at: now)
        }
    }
}
