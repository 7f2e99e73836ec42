import CanonicalJSON
import Foundation
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@Suite("The journal")
struct JournalTests {
    @Test("Events, projections and the answer to a key commit together, or none does")
    func atomicity() async throws {
        let test = try TestJournal()
        await #expect(throws: CountingProjection.PoisonError.self) {
            try await test.journal.transact(
                by: TestJournal.actor, at: TestJournal.noon, once: CommandKey("k", content: [])
            ) { transaction -> Int in
                try transaction.append(
                    ["good", "poisoned"].map { NewEvent(name: $0, occurredAt: TestJournal.noon, payload: [123, 125]) },
                    to: StreamID("a/1"), expecting: 0)
                return 1
            }
        }
        #expect(try test.journal.head() == .empty)
        #expect(try test.journal.projectionContents().isEmpty)
        let receipts = try test.journal.readNow { try Int.fetchOne($0, sql: "SELECT count(*) FROM commandReceipt") }
        #expect(receipts == 0)
    }

    @Test("Positions and versions have no gaps")
    func numbering() throws {
        let test = try TestJournal()
        try test.append("a", to: "x/1", expecting: 0)
        try test.append("b", to: "y/1", expecting: 0)
        #expect(try test.append("c", to: "x/1", expecting: 1) == 3)
        let events = try test.journal.readNow { try SQLiteEventStore(db: $0).events(of: StreamID("x/1")) }
        #expect(events.map(\.version) == [1, 2])
        #expect(events.map(\.position) == [1, 3])
    }

    @Test("A command decided on an old version is refused and leaves nothing behind")
    func conflict() throws {
        let test = try TestJournal()
        try test.append("a", to: "x/1", expecting: 0)
        #expect(throws: JournalError.conflict(stream: StreamID("x/1"), expected: 0)) {
            try test.append("b", to: "x/1", expecting: 0)
        }
        #expect(try test.journal.head().position == 1)
    }

    @Test("The same key gives the first answer again; with other content it is refused")
    func idempotency() async throws {
        let test = try TestJournal()
        func send(_ content: String, answer: Int) async throws -> Int {
            try await test.journal.transact(
                by: TestJournal.actor, at: TestJournal.noon, once: CommandKey("key-1", content: content.utf8)
            ) { transaction in
                try transaction.append(
                    [NewEvent(name: "a", occurredAt: TestJournal.noon, payload: [123, 125])], to: StreamID("x/1"),
                    expecting: 0)
                return answer
            }
        }
        #expect(try await send("same", answer: 7) == 7)
        #expect(try await send("same", answer: 8) == 7)
        await #expect(throws: JournalError.keyReused("key-1")) { try await send("other", answer: 9) }
        #expect(try test.journal.head().position == 1)
    }

    @Test(
        "a version that the stream does not have is a conflict, whether it is too low or too high",
        arguments: [0, 1, 3, 9])
    func gap(expected: Int) throws {
        let test = try TestJournal()
        try test.append("a", to: "x/1", expecting: 0)
        try test.append("b", to: "x/1", expecting: 1)
        #expect(throws: JournalError.conflict(stream: StreamID("x/1"), expected: expected)) {
            try test.append("c", to: "x/1", expecting: expected)
        }
        #expect(throws: JournalError.conflict(stream: StreamID("x/2"), expected: 1)) {
            try test.append("c", to: "x/2", expecting: 1)
        }
        try test.append("c", to: "x/1", expecting: 2)
    }

    @Test(
        "SQL cannot change or delete an event",
        arguments: [
            "UPDATE event SET name = 'x' WHERE position = 1", "DELETE FROM event",
            "UPDATE event SET hash = zeroblob(32)",
        ])
    func triggers(sql: String) throws {
        let test = try TestJournal()
        try test.append("a", to: "x/1", expecting: 0)
        #expect(throws: DatabaseError.self) { try test.tamper(sql) }
    }

    @Test("Commits are durable: FULL is in force on the writer after the pool's own setting")
    func durability() throws {
        let test = try TestJournal()
        let mode = try test.journal.transactNow(by: TestJournal.actor, at: TestJournal.noon) { transaction in
            try Int.fetchOne(transaction.db, sql: "PRAGMA synchronous") ?? -1
        }
        #expect(mode == 2)
    }

    @Test("A projection of a new version is rebuilt when the journal opens")
    func outdatedProjection() throws {
        let test = try TestJournal()
        try test.append("a", to: "x/1", expecting: 0)
        let before = try test.journal.projectionContents()
        try test.tamper("UPDATE streamCount SET events = 99")
        try test.journal.close()
        let path = test.folder.file("journal.db")
        let same = try Journal(path: path, projections: [CountingProjection()])
        #expect(try same.projectionContents() != before)
        try same.close()
        let raised = try Journal(path: path, projections: [CountingProjection(version: 2)])
        #expect(try raised.projectionContents() == before)
    }

    @Test("What only another edition derives is made anew when that edition is back: nothing between is missing in it")
    func foreignProjection() throws {
        let test = try TestJournal(projections: [
            CountingProjection(), CountingProjection(name: "later", table: "laterCount"),
        ])
        try test.append("a", to: "x/1", expecting: 0)
        try test.journal.close()
        let path = test.folder.file("journal.db")
        let earlier = try Journal(path: path, projections: [CountingProjection()])
        _ = try earlier.transactNow(by: TestJournal.actor, at: TestJournal.noon) { transaction in
            try transaction.append(
                [NewEvent(name: "b", occurredAt: TestJournal.noon, payload: Array("{}".utf8))],
                to: StreamID("x/1"), expecting: 1)
            return transaction.position
        }
        try earlier.close()
        let back = try Journal(
            path: path, projections: [CountingProjection(), CountingProjection(name: "later", table: "laterCount")])
        let counts = try back.readNow { db in
            try Int.fetchAll(db, sql: "SELECT events FROM streamCount UNION ALL SELECT events FROM laterCount")
        }
        #expect(counts == [2, 2])
    }

    @Test("A file of a later edition is refused")
    func newerSchema() throws {
        let test = try TestJournal()
        try test.tamper("INSERT INTO grdb_migrations VALUES ('9999-later')")
        try test.journal.close()
        #expect(throws: JournalError.newerSchema) {
            try Journal(path: test.folder.file("journal.db"), projections: [])
        }
    }

    @Test("Lists in Kazakh stand in the order of its alphabet")
    func collation() throws {
        let test = try TestJournal()
        let words = ["Һ", "Ы", "І", "Ә", "А", "Қ", "К", "Ү", "Ұ", "У", "Ө", "О", "Ң", "Н", "Ғ", "Г"]
        let sorted = try test.journal.readNow { db in
            try String.fetchAll(
                db, sql: "SELECT value FROM json_each(?) ORDER BY value COLLATE kazakh",
                arguments: [String(decoding: try JSONEncoder().encode(words), as: UTF8.self)])
        }
        #expect(sorted == ["А", "Ә", "Г", "Ғ", "К", "Қ", "Н", "Ң", "О", "Ө", "У", "Ұ", "Ү", "Һ", "Ы", "І"])
    }
}
