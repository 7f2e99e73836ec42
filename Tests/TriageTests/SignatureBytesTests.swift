import Testing

@testable import Triage

@Suite struct SignatureBytesTests {
    private static func signature(_ text: String) throws -> DuplicateSignature {
        DuplicateSignature(text, try TriageFixture.read(text), key: KeyedHash(key: (1, 2)))
    }

    @Test("A signature that was written and read again compares as before; what is none is not read")
    func bytes() throws {
        let first = try Self.signature("ЦОН Караганды: оператор нахамила. Сынақова Айша, +7 700 000 12 34, очередь 117")
        let later = try Self.signature("Қарағанды ХҚКО операторы дөрекі. Сынақова Айша 87000001234, бұрын жазғанмын")
        let again = try #require(DuplicateSignature(bytes: first.bytes))
        #expect(again.bytes == first.bytes)
        #expect(again.likeness(to: later).reasons == first.likeness(to: later).reasons)
        for count in [0, 1, 9, first.bytes.count - 1] {
            #expect(DuplicateSignature(bytes: Array(first.bytes.prefix(count))) == nil)
        }
        #expect(DuplicateSignature(bytes: [2] + first.bytes.dropFirst()) == nil)
        #expect(DuplicateSignature(bytes: first.bytes + [0]) == nil)
        // A count that claims more than there is takes no memory for it.
        #expect(DuplicateSignature(bytes: [1, 0] + [UInt8](repeating: 255, count: 64)) == nil)
    }
}
