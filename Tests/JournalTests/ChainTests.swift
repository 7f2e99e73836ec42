import CanonicalJSON
import Crypto
import Foundation
import Journal
import Stores
import TestSupport
import Testing
import WorkingDays

@Suite("The chain of the journal")
struct ChainTests {
    private func filled(_ count: Int) throws -> TestJournal {
        let test = try TestJournal()
        for index in 0..<count {
            try test.append(
                "event\(index)", to: "x/\(index)", expecting: 0, payload: #"{"n":\#(index),"қала":"Ұлытау"}"#)
        }
        return test
    }

    @Test("A journal that nobody touched verifies to its head")
    func clean() throws {
        let test = try filled(5)
        let found = try test.journal.verify()
        #expect(found.firstBad == nil)
        #expect(found.checked == 5)
        #expect(found.head == EventLink.hexadecimal(try test.journal.head().hash))
    }

    @Test(
        "Whatever an intruder changes, the first bad position is named",
        arguments: [
            ("UPDATE event SET payload = '{}' WHERE position = 3", 3),
            ("UPDATE event SET actor = 'x' WHERE position = 2", 2),
            ("UPDATE event SET occurredAt = occurredAt + 1 WHERE position = 5", 5),
            ("UPDATE event SET hash = zeroblob(32) WHERE position = 4", 4), ("DELETE FROM event WHERE position = 1", 1),
            ("DELETE FROM event WHERE position = 4", 4),
            ("UPDATE event SET previousHash = zeroblob(32) WHERE position = 3", 3),
        ])
    func tampered(sql: String, position: Int64) throws {
        let test = try filled(5)
        try test.tamper("DROP TRIGGER eventIsNeverChanged; DROP TRIGGER eventIsNeverDeleted; " + sql)
        #expect(try test.journal.verify().firstBad?.position == position)
    }

    @Test("An export can be checked without us: the hash is SHA-256 of the record's bytes")
    func exportFormat() throws {
        let test = try filled(3)
        var lines: [[UInt8]] = []
        try test.journal.export { lines.append($0) }
        #expect(lines.count == 4)
        let closing = try #require(lines.last)
        lines.removeLast()
        let end = try #require(try JSON(parsing: closing.dropLast())["end"])
        #expect(end["events"]?.int == 3)
        #expect(end["head"]?.string == EventLink.hexadecimal(try test.journal.head().hash))
        for line in lines {
            let json = try JSON(parsing: line)
            let record = try #require(json["record"])
            #expect(json["hash"]?.string == SHA256.hash(data: record.bytes).map { String(format: "%02x", $0) }.joined())
        }
    }

    @Test("An export imported elsewhere is the same journal with the same projections")
    func roundTrip() throws {
        let test = try filled(4_100)
        var lines: [[UInt8]] = []
        try test.journal.export { lines.append($0.dropLast()) }
        let other = try TestJournal()
        var index = 0
        let count = try other.journal.import {
            defer { index += 1 }
            return index < lines.count ? lines[index] : nil
        }
        #expect(count == 4_100)
        #expect(try other.journal.head() == test.journal.head())
        #expect(try other.journal.projectionContents() == test.journal.projectionContents())
        var again: [[UInt8]] = []
        try other.journal.export { again.append($0.dropLast()) }
        #expect(again == lines)
    }

    @Test("A line changed on the way stops the import and nothing of it stays")
    func brokenImport() throws {
        let test = try filled(3)
        var lines: [[UInt8]] = []
        try test.journal.export { lines.append($0.dropLast()) }
        lines[1] = Array(String(decoding: lines[1], as: UTF8.self).replacing("Ұлытау", with: "Абай").utf8)
        let other = try TestJournal()
        var index = 0
        #expect(throws: JournalError.brokenChain(position: 2, reason: "its content does not match its hash")) {
            try other.journal.import {
                defer { index += 1 }
                return index < lines.count ? lines[index] : nil
            }
        }
        #expect(try other.journal.head() == .empty)
    }

    @Test("An import into a journal that has events is refused")
    func notEmpty() throws {
        let test = try filled(1)
        #expect(throws: JournalError.notEmpty) { try test.journal.import { nil } }
    }

    /// Takes lines into a journal that has none.
    private func take(_ lines: [[UInt8]], needsEnd: Bool = true) throws -> TestJournal {
        let other = try TestJournal()
        var rest = lines[...]
        do {
            try other.journal.import(needsEnd: needsEnd) { rest.popFirst() }
        } catch {
            #expect(try other.journal.head() == .empty)
            throw error
        }
        return other
    }

    @Test("An export that was cut off, at whatever line, never imports as whole", arguments: 0...4)
    func cutOff(_ count: Int) throws {
        let test = try filled(4)
        var lines: [[UInt8]] = []
        try test.journal.export { lines.append($0.dropLast()) }
        #expect(lines.count == 5)
        let cut = Array(lines.prefix(count))
        #expect(throws: JournalError.cutOff(position: Int64(count))) { try take(cut) }
        #expect(try take(cut, needsEnd: false).journal.head().position == Int64(count))
        #expect(try take(lines).journal.head() == test.journal.head())
        #expect(try take(lines, needsEnd: false).journal.head() == test.journal.head())
    }

    @Test("A closing line that tells of other events, or after which more comes, closes nothing")
    func wrongEnd() throws {
        let test = try filled(3)
        var lines: [[UInt8]] = []
        try test.journal.export { lines.append($0.dropLast()) }
        let end = try #require(lines.last)
        let bad = [
            [lines[0], lines[1], end], [lines[0], lines[1], lines[2], end, lines[0]], [end] + lines,
            [lines[0], lines[1], lines[2], Array(#"{"end":{}}"#.utf8)],
        ]
        for (index, lines) in bad.enumerated() {
            for needsEnd in [true, false] {
                let error = #expect(throws: JournalError.self, "\(index)") { try take(lines, needsEnd: needsEnd) }
                let isCutOff = if case .cutOff? = error { true } else { false }
                #expect(isCutOff, "\(index): \(String(describing: error))")
            }
        }
    }

    @Test("A journal at rest verifies where nothing can be written, and nothing is left beside it")
    func atRest() throws {
        let test = try filled(2_500)
        let head = try test.journal.head()
        try test.journal.close()
        let file = FileAtRest(path: test.folder.file("journal.db"))
        let before = try Data(contentsOf: URL(fileURLWithPath: file.path))
        var reached: [Int64] = []
        let found = try Journal.verify(file) { position, total in
            #expect(total == 2_500)
            reached.append(position)
        }
        #expect(found.firstBad == nil && found.head == EventLink.hexadecimal(head.hash) && reached.last == 2_500)
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder.path) == ["journal.db"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == before)
    }

    @Test("After a stop without order the last commits are verified too, and stay where they were")
    func unfinished() throws {
        let test = try filled(3)
        let copy = TemporaryFolder()
        for name in ["journal.db", "journal.db-wal"] {
            try FileManager.default.copyItem(atPath: test.folder.file(name), toPath: copy.file(name))
        }
        let found = try Journal.verify(FileAtRest(path: copy.file("journal.db"))) { _, _ in }
        #expect(found.checked == 3 && found.firstBad == nil)
        #expect(
            Set(try FileManager.default.contentsOfDirectory(atPath: copy.path)) == ["journal.db", "journal.db-wal"])
    }

    @Test("What is no journal is told as such")
    func noJournal() throws {
        let folder = TemporaryFolder()
        let file = FileAtRest(path: folder.file("journal.db"))
        #expect(throws: FileAtRestError.missing(path: file.path)) { try Journal.verify(file) { _, _ in } }
    }

    @Test("After a long random run a rebuild gives the same content", arguments: [1, 2, 3])
    func rebuild(seed: UInt64) throws {
        let test = try TestJournal()
        var random = SeededGenerator(seed: seed)
        var versions: [Int: Int] = [:]
        for _ in 0..<700 {
            let stream = Int.random(in: 0..<40, using: &random)
            try test.append(
                "n\(Int.random(in: 0..<9, using: &random))", to: "s/\(stream)", expecting: versions[stream, default: 0])
            versions[stream, default: 0] += 1
        }
        let before = try test.journal.projectionContents()
        #expect(try test.journal.rebuild() == 700)
        #expect(try test.journal.projectionContents() == before)
        #expect(before.count == versions.count)
    }
}
