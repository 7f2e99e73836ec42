import Foundation
import GRDB
import Stores
import TestSupport
import Testing

@Suite("What all stores have in common")
struct StoresTests {
    private let folder = TemporaryFolder()

    private func open() throws -> DatabasePool {
        let pool = try DatabasePool(path: folder.file("a.db"))
        try pool.settle(.durable)
        try pool.write { try $0.execute(sql: "CREATE TABLE IF NOT EXISTS n (n INTEGER)") }
        return pool
    }

    @Test("Closed in order, a store is one file: nothing that was committed stands beside it", arguments: [0, 1, 3])
    func closed(readers: Int) async throws {
        let pool = try open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<readers { group.addTask { _ = try await pool.read { try Int.fetchOne($0, sql: "SELECT 1") } } }
            try await group.waitForAll()
        }
        try await pool.write { try $0.execute(sql: "INSERT INTO n VALUES (7)") }
        try pool.closeWhole()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.db"])
        // A copy of the file alone is the store.
        try FileManager.default.copyItem(atPath: folder.file("a.db"), toPath: folder.file("b.db"))
        let found = try FileAtRest(path: folder.file("b.db")).read { try Int.fetchOne($0, sql: "SELECT n FROM n") }
        #expect(found == 7)
    }

    @Test("The log beside a store does not keep the size of the largest work")
    func logSize() throws {
        let pool = try open()
        try pool.write { db in
            try db.execute(
                sql: """
                    WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 200)
                    INSERT INTO n SELECT hex(randomblob(100000)) FROM c
                    """)
        }
        try pool.writeWithoutTransaction { _ = try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(PASSIVE)") }
        // The next work begins the log anew.
        for _ in 0..<2 { try pool.write { try $0.execute(sql: "INSERT INTO n VALUES (1)") } }
        let size = try #require(
            try FileManager.default.attributesOfItem(atPath: folder.file("a.db-wal"))[.size] as? Int)
        #expect(size <= largestStoreLog)
        try pool.closeWhole()
    }

    @Test(
        "A name with signs that mean something in an address is a name",
        arguments: ["a b", "a?b", "a#b", "a%20b", "қала"])
    func names(_ name: String) throws {
        let path = folder.file(name + ".db")
        let pool = try DatabasePool(path: path)
        try pool.write { try $0.execute(sql: "CREATE TABLE n (n INTEGER); INSERT INTO n VALUES (1)") }
        try pool.closeWhole()
        #expect(try FileAtRest(path: path).read { try Int.fetchOne($0, sql: "SELECT n FROM n") } == 1)
    }
}
