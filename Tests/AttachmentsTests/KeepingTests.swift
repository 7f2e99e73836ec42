import Attachments
import Foundation
import Synchronization
import TestSupport
import Testing

private struct Refused: Error {}

@Suite("Keeping what was brought") struct KeepingTests {
    let folder = TemporaryFolder()
    var files: String { folder.file("files") }

    private func arrived(_ store: AttachmentStore, _ text: String = "Құжат") async throws -> ArrivedFile {
        let pieces = AsyncStream<[UInt8]> { stream in
            stream.yield(Array(text.utf8))
            stream.finish()
        }
        return try await store.receive(pieces, named: "a.txt")
    }

    private func everything() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: files).filter {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: files + "/" + $0, isDirectory: &isFolder)
            return !isFolder.boolValue
        }
    }

    /// Sets a mark so many days back.
    private func age(days: Int) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: files + "/pending") {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -86_400 * Double(days))],
                ofItemAtPath: files + "/pending/" + name)
        }
    }

    @Test("a file that came with an act stays where the act succeeds, and nothing is left where it fails")
    func withTheAct() async throws {
        let store = try AttachmentStore(folder: files)
        let lost = try await arrived(store)
        await #expect(throws: Refused.self) {
            try await store.keep([lost], for: "link") { kept in
                #expect(store.holds(kept[0].digest), "it is on the disk before an event names it")
                throw Refused()
            }
        }
        #expect(try everything().isEmpty)
        let digest = try await store.keep([try await arrived(store)], for: "link") { $0[0].digest }
        #expect(store.holds(digest) && store.isFrom("link", digest) && !store.isFrom("other", digest))
        #expect(try everything().count == 2, "the file and who brought it")
    }

    @Test("what somebody else has brought or is naming stays when an act with the same content fails")
    func sameContent() async throws {
        let store = try AttachmentStore(folder: files)
        let kept = try await store.keep(try await arrived(store), for: "user:1")
        await #expect(throws: Refused.self) {
            try await store.keep([try await arrived(store)], for: "link") { _ in throw Refused() }
        }
        #expect(store.holds(kept.digest))
        // Of two acts at once by the same link the first fails after the second has placed its file.
        let digest = try await store.keep([try await arrived(store, "Екінші")], for: "link") { files in
            await #expect(throws: Refused.self) {
                try await store.keep([try await arrived(store, "Екінші")], for: "link") { _ in throw Refused() }
            }
            return files[0].digest
        }
        #expect(store.holds(digest))
        await #expect(throws: Refused.self) {
            try await store.keep([try await arrived(store, "Үшінші")], for: "link") { outer in
                _ = try await store.keep([try await arrived(store, "Үшінші")], for: "link") { $0 }
                throw Refused()
            }
        }
        #expect(try everything().count { !$0.hasPrefix("pending/") } == 2 + 1, "what was named by the inner act stays")
    }

    @Test("after a week a file that no event names goes, one that is named stays, and nobody may name it late")
    func sweep() async throws {
        let store = try AttachmentStore(folder: files)
        let named = try store.saveNow(Array("Аталған".utf8), named: "a.txt", for: "user:1").digest
        let orphan = try store.saveNow(Array("Жетім".utf8), named: "b.txt", for: "user:1").digest
        #expect(try await store.sweep { _ in [] } == 0, "it is not old")
        try age(days: 6)
        #expect(!store.isFrom("user:1", orphan), "the right to name it ends before it goes")
        #expect(try await store.sweep { _ in [] } == 0)
        try age(days: 7)
        _ = try store.saveNow(Array("Жаңа".utf8), named: "c.txt", for: "user:1")
        #expect(try await store.sweep { asked in asked.intersection([named]) } == 1)
        #expect(store.holds(named) && !store.holds(orphan))
        #expect(try FileManager.default.contentsOfDirectory(atPath: files + "/pending").count == 1)
        // Brought again by somebody else, it lives for his sake.
        _ = try store.saveNow(Array("Ортақ".utf8), named: "d.txt", for: "user:1")
        try age(days: 8)
        let shared = try store.saveNow(Array("Ортақ".utf8), named: "d.txt", for: "user:2").digest
        _ = try await store.sweep { _ in [] }
        #expect(store.holds(shared) && store.isFrom("user:2", shared))
    }

    @Test("below the floor of the disk no file is taken, also one that has begun, and nothing of it is left")
    func floor() async throws {
        let full = try AttachmentStore(folder: files, space: FreeSpace(floor: 1_000) { _ in 999 })
        #expect(full.spaceProblem != nil)
        await #expect(throws: AttachmentError.noSpace) { try await arrived(full) }
        #expect(throws: AttachmentError.noSpace) { try full.saveNow([0x41], named: "a.txt", for: "x") }
        let pieces = AsyncStream<[UInt8]> { stream in
            stream.yield([0x41])
            stream.finish()
        }
        await #expect(throws: AttachmentError.noSpace) { try await full.spool(pieces, limit: 10) }
        let roomy = try AttachmentStore(folder: files, space: FreeSpace(floor: 1_000) { _ in 1_000 })
        #expect(roomy.spaceProblem == nil)
        // It fills while a large file arrives.
        let looks = Looks()
        let filling = try AttachmentStore(
            folder: files, space: FreeSpace(floor: 1_000) { _ in looks.next() < 2 ? 5_000 : 10 })
        let large = AsyncStream<[UInt8]> { stream in
            for _ in 0..<40 { stream.yield([UInt8](repeating: 0x41, count: 1_048_576)) }
            stream.finish()
        }
        await #expect(throws: AttachmentError.noSpace) { try await filling.receive(large, named: "a.txt") }
        #expect(try everything().isEmpty)
        #expect(try #require(FreeSpace.available(files)) > 0)
    }
}

/// Counts how often the disk is looked at.
private final class Looks: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
