import Accounts
import Casework
import CentreSupport
import Foundation
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import ContactCentre

@Suite("What an auditor finds in the journal")
struct AuditDeedsTests {
    /// A journal with the table of deeds, and so many deeds of two people, one a minute: each third is a look.
    private func journal(_ folder: TemporaryFolder, _ count: Int) async throws -> Journal {
        let journal = try Journal(path: folder.file("journal.db"), projections: [AuditProjection()])
        for first in stride(from: 0, to: count, by: 200) {
            for index in first..<min(first + 200, count) {
                let now = try at("2026-11-01 00:00").adding(milliseconds: Int64(index) * 60_000)
                let stream = StreamID(kind: "complaint", id: "2026-\(index / 10)")
                let name = index % 3 == 0 ? "complaintRevealed" : "complaintNoted"
                let payload = index % 3 == 0 ? #"{"clocks":[],"event":{"purpose":"p\#(index)"}}"# : #"{"event":{}}"#
                _ = try await journal.transact(by: .user(Int64(index % 2 + 1)), at: now) { transaction in
                    let version = try Int.fetchOne(
                        transaction.db, sql: "SELECT count(*) FROM event WHERE stream = ?", arguments: [stream.rawValue]
                    )
                    try transaction.append(
                        [NewEvent(name: name, occurredAt: now, payload: Array(payload.utf8))], to: stream,
                        expecting: version ?? 0)
                    return true
                }
            }
        }
        return journal
    }

    /// The positions that a filter between one and nine o'clock has to find.
    private static func positions(_ sort: AuditRecord.Sort, isOfSecond: Bool, isOfCases: Bool) -> [Int64] {
        var positions: [Int64] = []
        for index in (60..<540).reversed() {
            let isLook = index % 3 == 0
            guard isLook == (sort == .look) else { continue }
            if isOfSecond, index % 2 == 0 { continue }
            if isOfCases, ![7, 8].contains(index / 10) { continue }
            positions.append(Int64(index) + 1)
        }
        return positions
    }

    private func all(
        _ filter: AuditFilter, in journal: Journal, limit: Int, walk: Int = AuditDeeds.walk.page
    ) throws -> [AuditDeed] {
        var (found, cursor): ([AuditDeed], AuditCursor?) = ([], nil)
        for _ in 0..<1_000 {
            let part = try journal.readNow { db in
                try AuditDeeds.fetch(filter, after: cursor, limit: limit, walk: walk, in: db)
            }
            found += part.deeds
            #expect(part.deeds.count <= limit)
            guard let next = part.next else { return found }
            cursor = AuditCursor(next.text)
        }
        Issue.record("the list never ends")
        return found
    }

    @Test("each deed is told once, the newest first, whatever the length of a page and of a search")
    func pages() async throws {
        let folder = TemporaryFolder()
        let journal = try await journal(folder, 620)
        let time = try at("2026-11-01 01:00")..<at("2026-11-01 09:00")
        for sort in [AuditRecord.Sort.look, .change] {
            for actor in [nil, Actor.user(2)] {
                for streams in [
                    [], [StreamID(kind: "complaint", id: "2026-7"), StreamID(kind: "complaint", id: "2026-8")],
                ] {
                    var filter = AuditFilter(sort, in: time)
                    (filter.actor, filter.streams) = (actor, streams)
                    let expected = Self.positions(sort, isOfSecond: actor != nil, isOfCases: !streams.isEmpty)
                    for (limit, walk) in [(7, 20_000), (50, 20_000), (50, 33), (10_000, 1)] {
                        let found = try all(filter, in: journal, limit: limit, walk: walk)
                        #expect(found.map(\.record.position) == expected, "\(sort) \(limit) \(walk)")
                    }
                }
            }
        }
        #expect(try all(AuditFilter(.look, in: time), in: journal, limit: 5).first?.words == "p537")
        #expect(try all(AuditFilter(.account, in: time), in: journal, limit: 5).isEmpty)
    }

    @Test("a search for what is rare ends, and says how far it has looked")
    func bounded() async throws {
        let folder = TemporaryFolder()
        let journal = try await journal(folder, 300)
        var filter = AuditFilter(.change, in: try at("2026-11-01 00:00")..<at("2026-12-01 00:00"))
        filter.actor = Actor("cli:nobody")
        let part = try journal.readNow { try AuditDeeds.fetch(filter, limit: 50, walk: 100, in: $0) }
        #expect(part.deeds.isEmpty && part.next != nil)
        #expect(try part.lookedBackTo == at("2026-11-01 03:19"))
    }

    @Test("no question reads the journal or the table of deeds to its end")
    func plans() async throws {
        let folder = TemporaryFolder()
        let journal = try await journal(folder, 30)
        let queries = try QueryPlan.run(by: journal) { db in
            for sort in AuditRecord.Sort.allCases {
                for actor in [nil, Actor.user(1)] {
                    for streams in [[], [StreamID(kind: "complaint", id: "2026-1")]] {
                        for cursor in [nil, AuditCursor("1800000000000.20")] {
                            var filter = AuditFilter(sort, in: try at("2026-11-01 00:00")..<at("2026-12-01 00:00"))
                            (filter.actor, filter.streams) = (actor, streams)
                            _ = try AuditDeeds.fetch(filter, after: cursor, limit: 5, in: db)
                        }
                    }
                }
            }
        }
        #expect(queries.count > 8)
        for query in queries { #expect(!query.scansTable && !query.sorts, "\(query)") }
    }

    @Test("a rebuild finds the same deeds")
    func rebuilt() async throws {
        let folder = TemporaryFolder()
        let journal = try await journal(folder, 60)
        func rows() throws -> [Row] {
            try journal.readNow { db in try Row.fetchAll(db, sql: "SELECT * FROM auditDeed ORDER BY position") }
        }
        let before = try rows()
        #expect(before.count == 20)
        try journal.rebuild()
        #expect(try rows() == before)
    }

    @Test(
        "what is no place in the list is none",
        arguments: ["", "1", "1.", ".1", "a.1", "1.0", "-1.1", "1.1.1", "9999999999999999999.1"])
    func cursors(_ text: String) { #expect(AuditCursor(text) == nil) }

    @Test("who takes a list out is told as one who looks; how much, not what he looked for")
    func lists() throws {
        let event = RecordedEvent(
            position: 7, stream: AccountEvent.stream(3), version: 1, name: "userTookList",
            occurredAt: try at("2026-11-30 10:00"), recordedAt: try at("2026-11-30 10:00"), actor: .user(3),
            payload: Array(#"{"format":"csv","list":"complaints","rows":12}"#.utf8))
        let record = try #require(AuditRecord(event))
        #expect(record.sort == .look && record.codes == ["format": "csv", "list": "complaints"])
        #expect(record.syslog(host: "h").contains(#"format="csv" list="complaints""#))
    }
}
