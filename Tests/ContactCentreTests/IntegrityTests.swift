import Accounts
import Attachments
import CentreSupport
import ContactCentre
import Foundation
import GRDB
import Journal
import Logging
import Stores
import TestSupport
import Testing
import WorkingDays

@Suite("What is kept is read again, and who works in it is alone")
struct IntegrityTests {
    private let folder = TemporaryFolder()
    private static let logger: Logger = {
        var logger = Logger(label: "test")
        logger.handler = SwiftLogNoOpLogHandler()
        return logger
    }()

    private func open() async throws -> ContactCentre {
        try await ContactCentre.open(
            data: try DataFolder(path: folder.file("data")), law: try RepositoryLaw.read(), environment: .live,
            passwordCost: .trivial, bringsUpToDate: false, note: { _ in })
    }

    /// One whole reading, piece by piece.
    private func read(_ centre: ContactCentre, at now: Moment) async throws -> IntegrityWatch.Standing {
        let before = centre.integrity.standing.readAt
        for _ in 0..<400 where centre.integrity.standing.readAt == before {
            try await centre.integrity.round(centre.journal, centre.attachments, at: now, logger: Self.logger)
        }
        return centre.integrity.standing
    }

    private func keep(_ text: String, in centre: ContactCentre) async throws -> String {
        let pieces = AsyncStream<[UInt8]> { stream in
            stream.yield(Array(text.utf8))
            stream.finish()
        }
        let arrived = try await centre.attachments.receive(pieces, named: "a.txt")
        return try await centre.attachments.keep(arrived, for: "user:1").digest
    }

    @Test("A file that the disk has spoilt is found, is not given out in part, and is forgotten once it is right again")
    func file() async throws {
        let centre = try await open()
        let digest = try await keep("Құжат, бірінші", in: centre)
        _ = try await keep("Құжат, екінші", in: centre)
        let begin = Moment.current
        #expect(try await read(centre, at: begin).faults == [])
        #expect(centre.integrity.standing.readAt == begin)
        let path = try centre.attachments.place(of: digest)
        let right = try Data(contentsOf: URL(filePath: path))
        try Data("Құжат, бірінши".utf8).write(to: URL(filePath: path))
        await #expect(throws: AttachmentError.damaged(digest)) { try await centre.attachments.open(digest) }
        // It rests between two readings, and a rested one begins anew.
        #expect(try await centre.figures().integrity.faults == [])
        let next = begin.adding(milliseconds: 21 * 3_600_000)
        #expect(try await read(centre, at: next).faults == ["file \(digest)"])
        #expect(try await centre.figures().words["integrity"] == "broken")
        let health = try await centre.figures().health(on: try #require(CivilDate("2026-12-01")))
        #expect(health.first?.subject == .integrity && health.first?.level == .fault)
        try right.write(to: URL(filePath: path))
        let last = next.adding(milliseconds: 21 * 3_600_000)
        #expect(try await read(centre, at: last).faults == [])
        try centre.close()
    }

    @Test("An event that somebody has rewritten, and one that is gone, are found while the centre works")
    func event() async throws {
        let centre = try await open()
        _ = try await centre.accounts.createFirst(
            displayName: "Test", mustChangePassword: false, by: .commandLine("test"), at: .current)
        let begin = Moment.current
        #expect(try await read(centre, at: begin).faults == [])
        try await DatabaseQueue(path: centre.data.journal).write { db in
            try db.execute(
                sql: "DROP TRIGGER eventIsNeverChanged; UPDATE event SET actor = 'user:9' WHERE position = 1")
        }
        let next = begin.adding(milliseconds: 21 * 3_600_000)
        let found = try await read(centre, at: next)
        #expect(found.faults == ["event 1: its content does not match its hash"] && found.readAt == next)
        try centre.close()
    }

    @Test("Two cannot work in one folder, also where somebody has removed the file of the lock")
    func lock() async throws {
        let path = folder.file("data")
        let first = try DataFolder(path: path)
        try FileManager.default.removeItem(atPath: path + "/lock")
        #expect(throws: DataFolderError.busy(path: path)) { try DataFolder(path: path) }
        try Data().write(to: URL(filePath: path + "/journal.db"))
        #expect(throws: DataFolderError.busy(path: path)) { try RestingDataFolder(path: path) }
        withExtendedLifetime(first) {}
    }

    @Test(
        "A store of a later edition starts nothing and stays as it is",
        arguments: ["vault.db", "accounts.db", "usage.db"])
    func later(_ name: String) async throws {
        try await open().close()
        let path = folder.file("data/" + name)
        try await DatabaseQueue(path: path).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999-later')")
        }
        let before = try FileAtRest(path: path).read {
            try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
        }
        await #expect(throws: LaterStore(path: path)) { try await open() }
        let after = try FileAtRest(path: path).read {
            try String.fetchAll($0, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")
        }
        #expect(after == before)
    }
}
