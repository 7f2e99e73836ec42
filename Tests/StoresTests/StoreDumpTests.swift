import Foundation
import GRDB
import Testing

@testable import Stores

@Suite("A store as lines")
struct StoreDumpTests {
    private static func dump(_ queue: DatabaseQueue, without emptied: Set<String> = []) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        try queue.read { db in _ = try StoreDump.write(without: emptied, in: db) { lines.append($0) } }
        return lines
    }

    private static func load(_ lines: [[UInt8]]) throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        var rest = lines[...]
        _ = try queue.write { try StoreDump.load(in: $0) { rest.popFirst() } }
        return queue
    }

    private static func store() throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try queue.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE parent (id INTEGER PRIMARY KEY, "odd name" TEXT, bytes BLOB) STRICT;
                    CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent (id)) STRICT;
                    CREATE TABLE "a child first" (parent INTEGER NOT NULL REFERENCES parent (id)) STRICT;
                    CREATE INDEX childByParent ON child (parent);
                    CREATE TRIGGER never BEFORE DELETE ON parent BEGIN SELECT raise(ABORT, 'never'); END;
                    INSERT INTO parent VALUES (1, 'Қ “x” \n', x'00ff'), (9223372036854775807, NULL, x'');
                    INSERT INTO child VALUES (5, 1);
                    INSERT INTO "a child first" VALUES (1);
                    """)
        }
        return queue
    }

    @Test("Put back, it has the same tables, rows, indexes and triggers")
    func same() throws {
        let lines = try Self.dump(try Self.store())
        let restored = try Self.load(lines)
        #expect(try Self.dump(restored) == lines)
        #expect(throws: DatabaseError.self) { try restored.write { try $0.execute(sql: "DELETE FROM parent") } }
    }

    @Test("Of an emptied table only the form is there")
    func emptied() throws {
        let restored = try Self.load(try Self.dump(try Self.store(), without: ["child"]))
        let counts = try restored.read { db in
            try ["child", "parent"].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") }
        }
        #expect(counts == [0, 2])
    }

    @Test("Cut off, added to or torn, nothing of it is taken")
    func torn() throws {
        let lines = try Self.dump(try Self.store())
        let broken: [[[UInt8]]] = [
            lines.dropLast(), Array(lines[0..<4] + lines[5...]), lines + [lines[0]], [Array("x".utf8)] + lines,
        ]
        for broken in broken {
            #expect(throws: StoreDumpError.self) { try Self.load(broken) }
        }
        let evil = Array(#"{"columns":["a"],"sql":"DROP TABLE x","table":"y"}"#.utf8)
        #expect(throws: StoreDumpError.notALine) { try Self.load([evil]) }
    }

    @Test("A fraction is refused, since no table of ours has one")
    func fraction() throws {
        let queue = try DatabaseQueue()
        try queue.write { try $0.execute(sql: "CREATE TABLE t (a REAL); INSERT INTO t VALUES (0.5)") }
        #expect(throws: StoreDumpError.fraction("t.a")) { try Self.dump(queue) }
    }
}
