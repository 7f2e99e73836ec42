import Casework
import Correspondence
import Foundation
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@Suite("Links of bodies: made, opened, ended")
struct BodyLinkTests {
    private let id = String(repeating: "0a", count: 16)

    /// A desk whose key is made of one byte.
    private func desk(_ world: World, key byte: UInt8 = 7) -> BodyLinkDesk {
        BodyLinkDesk(casework: world.casework, key: BodyLinkKey(Array(repeating: byte, count: 32)))
    }

    /// A world with a request and a link to it that ends at a moment.
    private func linked(until end: String = "2026-03-26 18:00") async throws -> (World, BodyLinkDesk, token: String) {
        let world = try await World()
        try await world.request()
        let desk = desk(world)
        let token = try await desk.make(
            id: id, request: "2026-7-MIA", until: try at(end), by: world.actor, at: world.now)
        return (world, desk, token)
    }

    @Test("a link opens its own request until its end and no longer")
    func opens() async throws {
        let (world, desk, token) = try await linked()
        let link = try #require(try await desk.find(token, at: world.now))
        #expect(link.request == "2026-7-MIA" && link.body == "MIA" && desk.token(of: link) == token)
        #expect(try await desk.find(token, at: try at("2026-03-26 17:59:59")) != nil)
        #expect(try await desk.find(token, at: try at("2026-03-26 18:00")) == nil)
    }

    @Test("a key that was replaced, a link that is nobody's and a link of another centre open nothing")
    func foreign() async throws {
        let (world, desk, token) = try await linked()
        #expect(try await self.desk(world, key: 8).find(token, at: world.now) == nil)
        // Signed by our key, but never made here: a centre whose journal was restored from before.
        let other = BodyLinkKey(Array(repeating: 7, count: 32)).token(
            for: String(repeating: "0b", count: 16), until: try at("2026-03-26 18:00"))
        #expect(try await desk.find(other, at: world.now) == nil)
        // Made here, with another end than was recorded.
        let longer = BodyLinkKey(Array(repeating: 7, count: 32)).token(for: id, until: try at("2027-03-26 18:00"))
        #expect(try await desk.find(longer, at: try at("2026-03-27 10:00")) == nil)
    }

    @Test("a look is recorded once a day, by the day of Almaty, in the name of the link")
    func looks() async throws {
        let (world, desk, token) = try await linked()
        for moment in ["2026-03-19 11:00", "2026-03-19 23:59", "2026-03-20 00:00", "2026-03-20 12:00"] {
            let now = try at(moment)
            try await desk.opened(try #require(try await desk.find(token, at: now)), at: now)
        }
        let stream = StreamID(kind: "bodyLink", id: id)
        #expect(try world.events(stream) == ["bodyLinkMade", "bodyLinkOpened", "bodyLinkOpened"])
        let link = try #require(try await desk.find(token, at: try at("2026-03-20 13:00")))
        #expect(try link.openedAt == at("2026-03-19 11:00") && link.lastOpenedAt == at("2026-03-20 00:00"))
        let events = try world.journal.readNow { try SQLiteEventStore(db: $0).events(of: stream) }
        #expect(events.last?.actor == Actor("body-link:0a0a0a0a") && BodyLinkDesk.actor(of: id) == events.last?.actor)
        try world.expectSameAfterRebuild()
    }

    @Test("a link that is revoked opens nothing from then on, and is revoked once")
    func revoked() async throws {
        let (world, desk, token) = try await linked()
        let link = try #require(try await desk.find(token, at: world.now))
        let later = world.now.adding(milliseconds: 1)
        let silent = await #expect(throws: Refusal.self) {
            try await desk.revoke(id, reason: " ", by: world.actor, at: later)
        }
        #expect(silent?.code == "bodyLink.reasonMissing")
        for _ in 0..<2 { try await desk.revoke(id, reason: "sent to a wrong address", by: world.actor, at: later) }
        #expect(try await desk.find(token, at: later) == nil)
        // Somebody who had found it a moment before is too late.
        let closed = await #expect(throws: Refusal.self) { try await desk.opened(link, at: later) }
        #expect(closed?.code == "bodyLink.closed")
        #expect(try world.events(StreamID(kind: "bodyLink", id: id)) == ["bodyLinkMade", "bodyLinkRevoked"])
        try world.expectSameAfterRebuild()
    }

    @Test("a link to no request, a link that has ended already and a link of the same name are refused")
    func refused() async throws {
        let (world, desk, _) = try await linked()
        let (other, end) = (String(repeating: "0c", count: 16), try at("2026-03-26 18:00"))
        let table: [(String, String, Moment, String)] = [
            (other, "2026-8-MIA", end, "bodyLink.noRequest"), (other, "2026-7-MIA", world.now, "bodyLink.past"),
            (id, "2026-7-MIA", end, "bodyLink.exists"),
        ]
        for (id, request, until, code) in table {
            let refusal = await #expect(throws: Refusal.self) {
                try await desk.make(id: id, request: request, until: until, by: world.actor, at: world.now)
            }
            #expect(refusal?.code == code)
        }
        let unknown = await #expect(throws: Refusal.self) {
            try await desk.revoke(other, reason: "x", by: world.actor, at: world.now)
        }
        #expect(unknown?.code == "bodyLink.unknown")
    }

    @Test("the same form sent twice makes one link, and both times its address is given")
    func once() async throws {
        let world = try await World()
        try await world.request()
        let desk = desk(world)
        let key = CommandKey("form/1", content: "2026-7-MIA 7".utf8)
        var tokens: Set<String> = []
        for name in ["0d", "0e"] {
            let id = String(repeating: name, count: 16)
            tokens.insert(
                try await desk.make(
                    id: id, request: "2026-7-MIA", until: try at("2026-03-26 18:00"), by: world.actor, at: world.now,
                    once: key))
        }
        #expect(tokens.count == 1)
        #expect(try world.journal.readNow { try BodyLinkRecord.fetch(request: "2026-7-MIA", in: $0) }.count == 1)
    }

    @Test("the links of a request and of a body are listed, the latest first")
    func lists() async throws {
        let (world, desk, _) = try await linked()
        for (index, name) in ["0f", "0e"].enumerated() {
            _ = try await desk.make(
                id: String(repeating: name, count: 16), request: "2026-7-MIA", until: try at("2026-03-26 18:00"),
                by: world.actor, at: world.now.adding(milliseconds: Int64(index) + 1))
        }
        try world.journal.readNow { (db: Database) throws in
            let starts = try BodyLinkRecord.fetch(request: "2026-7-MIA", in: db).map { $0.id.prefix(2) }
            #expect(starts == ["0e", "0f", "0a"])
            #expect(try BodyLinkRecord.fetch(body: "MIA", limit: 2, in: db).map { $0.id.prefix(2) } == ["0e", "0f"])
            #expect(try BodyLinkRecord.fetch(body: "KGD", in: db).isEmpty)
        }
    }

    @Test("a key that cannot be read is said, and never replaced by another")
    func keyFile() throws {
        let folder = TemporaryFolder()
        let short = folder.file("short")
        try Data(count: 31).write(to: URL(fileURLWithPath: short))
        // A key on a volume that is not mounted.
        let away = folder.file("away")
        try FileManager.default.createSymbolicLink(atPath: away, withDestinationPath: folder.file("volume/key"))
        try FileManager.default.createDirectory(atPath: folder.file("folder"), withIntermediateDirectories: false)
        for path in [short, away, folder.file("folder"), folder.file("none/key")] {
            let error = #expect(throws: BodyLinkKeyError.self) {
                try BodyLinkKey.open(path) { Array(repeating: 1, count: $0) }
            }
            #expect(error?.description.contains(path) == true)
        }
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: away) == folder.file("volume/key"))
        #expect(FileManager.default.contents(atPath: short)?.count == 31)
    }
}
