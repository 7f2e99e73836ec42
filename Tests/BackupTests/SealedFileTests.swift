import Foundation
import Testing

@testable import Backup

@Suite("Sealed files")
struct SealedFileTests {
    private static func seal(_ text: [UInt8], for keys: [BackupPrivateKey]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let box = Box()
        var writer = try SealedWriter(for: keys.map(\.recipient)) { box.bytes += $0 }
        for start in stride(from: 0, to: text.count, by: 10_007) {
            try writer.take(text[start..<min(text.count, start + 10_007)])
        }
        try writer.finish()
        bytes = box.bytes
        return bytes
    }

    private static func open(_ bytes: [UInt8], with key: BackupPrivateKey) throws -> [UInt8] {
        var pieces = stride(from: 0, to: bytes.count, by: 50_021).map {
            Array(bytes[$0..<min(bytes.count, $0 + 50_021)])
        }[...]
        var reader = try SealedReader({ pieces.popFirst() }, with: key)
        var text: [UInt8] = []
        while let piece = try reader.next() { text += piece }
        return text
    }

    private final class Box { var bytes: [UInt8] = [] }

    @Test(
        "What is sealed for two keys opens with each of them, whatever its length",
        arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
    func lengths(_ count: Int) throws {
        let keys = [BackupPrivateKey(), BackupPrivateKey()]
        let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let sealed = try Self.seal(text, for: keys)
        for key in keys { #expect(try Self.open(sealed, with: key) == text) }
        #expect(throws: BackupError.wrongKey) { try Self.open(sealed, with: BackupPrivateKey()) }
    }

    @Test("A changed byte, a missing end, an added byte and exchanged frames do not open")
    func changes() throws {
        let key = BackupPrivateKey()
        let sealed = try Self.seal([UInt8](repeating: 7, count: 140_000), for: [key])
        for place in stride(from: 0, to: sealed.count, by: 997) {
            var changed = sealed
            changed[place] ^= 1
            #expect(throws: (any Error).self) { try Self.open(changed, with: key) }
        }
        let frame = SealedFile.frame + SealedFile.tag
        let start = try #require(sealed.firstIndex(of: 0x0A)) + 1
        for cut in [1, 16, sealed.count - start - 2 * frame, sealed.count - start - frame] {
            #expect(throws: (any Error).self) { try Self.open(sealed.dropLast(cut), with: key) }
        }
        #expect(throws: (any Error).self) { try Self.open(sealed + [0], with: key) }
        let exchanged =
            sealed[..<start] + sealed[(start + frame)..<(start + 2 * frame)] + sealed[start..<(start + frame)]
            + sealed[(start + 2 * frame)...]
        #expect(throws: (any Error).self) { try Self.open(Array(exchanged), with: key) }
    }

    @Test("Without anybody to open it nothing is sealed")
    func nobody() {
        #expect(throws: BackupError.noRecipients) { _ = try SealedWriter(for: []) { _ in } }
    }

    @Test("Keys are read as they are written, and what is no key is refused without being repeated")
    func keys() throws {
        let key = BackupPrivateKey()
        #expect(try BackupPrivateKey(key.text + "\n").recipient == key.recipient)
        #expect(try RecipientKey(" \(key.recipient)\n") == key.recipient)
        for text in ["", "bailanys-recipient:", "bailanys-recipient:AAAA", key.text] {
            #expect(throws: BackupError.self) { try RecipientKey(text) }
        }
        let secret = BackupPrivateKey.prefix + "c2VjcmV0IHNlY3JldCBzZWNyZXQ="
        let error = #expect(throws: BackupError.self) { try BackupPrivateKey(secret) }
        #expect(error.map { !"\($0)".contains("c2VjcmV0") } == true)
    }
}
