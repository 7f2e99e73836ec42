import Foundation
import GRDB
import Journal
import PostgresJournal
import PostgresSupport
import TestSupport
import Testing
import WorkingDays

@Suite("A journal on PostgreSQL", .timeLimit(.minutes(20)))
struct JournalOnServerTests {
    @Test("The same commands give the same bytes and hashes as in a file, and the journal goes over and back")
    func sameBytes() throws {
        let folder = TemporaryFolder(), back = TemporaryFolder()
        let embedded = try Node.embedded(in: folder)
        let node = try Node(PostgresServer.shared().database())
        for journal in [embedded, node.journal] {
            for version in 0..<20 {
                try Node.append("қ\(version)", to: "a/\(version % 3)", expecting: version / 3, in: journal)
            }
        }
        let lines = try Node.lines(embedded)
        #expect(try Node.lines(node.journal) == lines)
        // Over to another database, and back into a file.
        let other = try Node(PostgresServer.shared().database())
        var rest = lines[...]
        try other.journal.import { rest.popFirst() }
        #expect(try Node.lines(other.journal) == lines)
        var again = try Node.lines(other.journal)[...]
        let returned = try Node.embedded(in: back)
        try returned.import { again.popFirst() }
        #expect(try returned.head() == embedded.head())
        #expect(try other.journal.verify() == embedded.verify())
        #expect(try other.journal.verifyAuthority() == embedded.verify())
        #expect(try other.journal.projectionContents() == embedded.projectionContents())
        let contents = try other.journal.projectionContents()
        try other.journal.rebuild()
        #expect(try other.journal.projectionContents() == contents)
    }

    @Test("An import of more than a batch is all there or not at all")
    func imports() throws {
        let folder = TemporaryFolder(), address = try PostgresServer.shared().database()
        let embedded = try Node.embedded(in: folder)
        _ = try embedded.transactNow(by: Node.actor, at: Node.noon) { transaction in
            for number in 0..<4_500 {
                try transaction.append([Node.event("n")], to: StreamID("m/\(number)"), expecting: 0)
            }
            return true
        }
        let node = try Node(address)
        var cut = try Node.lines(embedded).dropLast()
        #expect(throws: JournalError.cutOff(position: 4_500)) { try node.journal.import { cut.popFirst() } }
        #expect(try Node.count(at: address) == 0)
        #expect(try node.journal.head() == .empty)
        var lines = try Node.lines(embedded)[...]
        #expect(try node.journal.import { lines.popFirst() } == 4_500)
        #expect(try Node.count(at: address) == 4_500)
        #expect(throws: JournalError.notEmpty) { try node.journal.import { nil } }
        let follower = try Node(address)
        #expect(try follower.journal.head() == embedded.head())
        #expect(try follower.journal.projectionContents() == embedded.projectionContents())
    }

    @Test("Two nodes decide on the same state: what one wrote the other knows before it decides")
    func twoNodes() throws {
        let address = try PostgresServer.shared().database()
        let first = try Node(address), second = try Node(address)
        try first.append(to: "x/1", expecting: 0)
        // It has not looked since; the version that it would have decided on is no more.
        #expect(throws: JournalError.conflict(stream: StreamID("x/1"), expected: 0)) {
            try second.append(to: "x/1", expecting: 0)
        }
        try second.append(to: "x/1", expecting: 1)
        #expect(try first.catchUp() == 1)
        #expect(try first.catchUp() == 0)
        #expect(try first.journal.head() == second.journal.head())
        #expect(try first.journal.projectionContents() == second.journal.projectionContents())
        #expect(try Node.count(at: address) == 2)
    }

    @Test("A command with a key is done once, whichever node it comes to")
    func once() throws {
        let address = try PostgresServer.shared().database()
        let first = try Node(address), second = try Node(address)
        #expect(try first.append(to: "x/1", expecting: 0, key: "k1") == 1)
        #expect(try second.append(to: "x/1", expecting: 7, key: "k1") == 1)
        #expect(throws: JournalError.keyReused("k1")) {
            try second.journal.transactNow(
                by: Node.actor, at: Node.noon, once: CommandKey("k1", content: [1])
            ) { _ in 1 }
        }
        // One that appends nothing leaves its answer too.
        let key = CommandKey("k2", content: [])
        #expect(try first.journal.transactNow(by: Node.actor, at: Node.noon, once: key) { _ in "first" } == "first")
        #expect(try second.journal.transactNow(by: Node.actor, at: Node.noon, once: key) { _ in "second" } == "first")
        #expect(try Node.count(at: address) == 1)
    }

    @Test("What is asked for on two nodes at once has its place in one chain, and refusals leave nothing")
    func together() async throws {
        struct Refused: Error {}
        let address = try PostgresServer.shared().database()
        let nodes = [try Node(address), try Node(address)]
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<120 {
                let journal = nodes[number % 2].journal
                group.addTask {
                    do {
                        _ = try await journal.transact(by: Node.actor, at: Node.noon) { transaction in
                            // Decided by the tables: the running number of the stream.
                            let sql = "SELECT events FROM streamCount WHERE stream = 'all/1'"
                            let version = try Int.fetchOne(transaction.db, sql: sql) ?? 0
                            try transaction.append(
                                [Node.event("n\(number)")], to: StreamID("all/1"), expecting: version)
                            if number.isMultiple(of: 10) { throw Refused() }
                            return version
                        }
                        return true
                    } catch {
                        return !(error is Refused)
                            && {
                                Issue.record("\(error)"); return false
                            }()
                    }
                }
            }
            var done = 0
            for await isDone in group where isDone { done += 1 }
            #expect(done == 108)
        }
        for node in nodes { try node.catchUp() }
        #expect(try Node.count(at: address) == 108)
        #expect(try nodes[0].journal.head() == nodes[1].journal.head())
        let verification = try #require(try nodes[0].journal.verifyAuthority())
        #expect(verification.checked == 108)
        #expect(verification.firstBad == nil)
        for node in nodes {
            let contents = try node.journal.projectionContents()
            #expect(
                contents == ["streamCount stream=\"all/1\" events=108 lastName=\"\(try lastName(node))\""]
                    || contents.count == 1)
            try node.journal.rebuild()
            #expect(try node.journal.projectionContents() == contents)
        }
    }

    private func lastName(_ node: Node) throws -> String {
        try node.journal.readNow { try SQLiteEventStore(db: $0).events(of: StreamID("all/1")).last?.name } ?? ""
    }

    @Test("What stands beside the events goes along, is changed and taken away, and comes back to who fell behind")
    func beside() throws {
        let address = try PostgresServer.shared().database()
        let first = try Node(address), second = try Node(address)
        func change(_ node: Node, _ sql: String, _ arguments: StatementArguments = []) throws {
            _ = try node.journal.transactNow(by: Node.actor, at: Node.noon) {
                try $0.db.execute(sql: sql, arguments: arguments)
                return true
            }
        }
        func rows(_ node: Node) throws -> [String] {
            try node.journal.readNow { try Row.fetchAll($0, sql: "SELECT * FROM note ORDER BY digest").map { "\($0)" } }
        }
        try change(first, "INSERT INTO note VALUES ('a', ?, 3), ('b', ?, NULL)", [Data([0, 255]), Data()])
        try second.catchUp()
        #expect(try rows(second) == rows(first))
        #expect(try rows(second).count == 2)
        try change(second, "UPDATE note SET size = 4 WHERE digest = 'a'")
        try change(second, "DELETE FROM note WHERE digest = 'b'")
        try first.catchUp()
        #expect(try rows(second) == rows(first))
        #expect(try rows(first).count == 1)
        try first.journal.keepMark("m1", of: "vault")
        try second.catchUp()
        #expect(try second.journal.mark(of: "vault") == "m1")
        let third = try Node(address)
        #expect(try rows(third) == rows(first))
        #expect(try third.journal.mark(of: "vault") == "m1")
        // A refusal takes its rows back.
        struct Refused: Error {}
        #expect(throws: Refused.self) {
            _ = try first.journal.transactNow(by: Node.actor, at: Node.noon) { transaction -> Bool in
                try transaction.db.execute(sql: "INSERT INTO note VALUES ('c', x'00', 1)")
                throw Refused()
            }
        }
        try second.catchUp()
        #expect(try rows(second).count == 1)
    }

    @Test("A file that stood by itself begins the journal of an empty database with all that is in it")
    func bringsAlong() throws {
        let address = try PostgresServer.shared().database()
        let folder = TemporaryFolder()
        var embedded: Journal? = try Node.embedded(in: folder)
        for version in 0..<5 {
            try Node.append(to: "x/1", expecting: version, key: "k\(version)", in: try #require(embedded))
        }
        let lines = try Node.lines(try #require(embedded))
        try embedded?.close()
        embedded = nil
        let node = try Node(address, in: folder)
        #expect(try Node.lines(node.journal) == lines)
        #expect(try Node.count(at: address) == 5)
        let other = try Node(address)
        #expect(try Node.lines(other.journal) == lines)
        #expect(try other.append(to: "x/1", expecting: 0, key: "k0") == 1)
        try node.journal.close()
        // Opened as if it were the journal itself, it would grow another end.
        #expect(throws: JournalError.follower) { try Node.embedded(in: folder) }
        #expect(throws: JournalError.otherJournal) {
            try Node(PostgresServer.shared().database(), in: folder)
        }
    }

    @Test("What stood beside the events of a file goes along when it joins a journal that has its events already")
    func joins() throws {
        let address = try PostgresServer.shared().database()
        let folder = TemporaryFolder()
        let embedded = try Node.embedded(in: folder)
        try Node.append(to: "x/1", expecting: 0, key: "k0", in: embedded)
        var lines = try Node.lines(embedded)[...]
        try embedded.close()
        let first = try Node(address)
        try first.journal.import { lines.popFirst() }
        try Node(address, in: folder).journal.close()
        // The answer to the key was in the file alone, and is on the server now.
        #expect(try first.append(to: "x/1", expecting: 7, key: "k0") == 1)
        #expect(try Node.count(at: address) == 1)
    }

    @Test("The server changes and deletes no event, and takes none that does not follow")
    func appendOnly() throws {
        let address = try PostgresServer.shared().database()
        let node = try Node(address)
        try node.append(to: "x/1", expecting: 0)
        for sql in [
            "UPDATE bailanys.event SET name = 'x'", "DELETE FROM bailanys.event", "TRUNCATE bailanys.event",
            "DELETE FROM bailanys.head", "TRUNCATE bailanys.head",
            "UPDATE bailanys.event SET name = 'x' WHERE false",
        ] {
            #expect(throws: (any Error).self, "\(sql)") { try Node.command(sql, at: address) }
        }
        let session = try node.authority.begin()
        defer { session.end() }
        let first = try #require(try session.linked(after: 0, limit: 1).first)
        let gap = RecordedEvent(
            position: 3, stream: StreamID("x/2"), version: 1, name: "n", occurredAt: Node.noon, recordedAt: Node.noon,
            actor: Node.actor, payload: [])
        #expect(throws: JournalError.self) { try session.append(gap, previous: first.hash, hash: first.hash) }
        // Nothing of it is left, even for a caller who goes on.
        try session.commit()
        #expect(try Node.count(at: address) == 1)
    }
}

extension Node {
    @discardableResult
    func catchUp() throws -> Int { try journal.catchUp() }
}
