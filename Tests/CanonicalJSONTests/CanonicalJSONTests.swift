import CanonicalJSON
import Foundation
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    @Test(
        "A value has one spelling",
        arguments: [
            (JSON.object(["b": .int(1), "a": .array([.null, .bool(true)])]), #"{"a":[null,true],"b":1}"#),
            (.string("Ә\"\\\n\u{1}/"), #""Ә\"\\\n\u0001/""#),
            (.int(.min), "-9223372036854775808"),
            (.object(["я": .int(1), "z": .int(2), "": .int(0)]), #"{"":0,"z":2,"я":1}"#),
            (.array([]), "[]"),
        ])
    func spelling(value: JSON, text: String) throws {
        #expect(value.text == text)
        #expect(try JSON(parsing: text) == value)
    }

    @Test("White space, escapes and surrogate pairs are read")
    func reading() throws {
        let value = try JSON(parsing: " { \"k\" : [ 1 , \"\\u04d9\\ud83d\\ude00\\/\" ] } ")
        #expect(value == .object(["k": .array([.int(1), .string("ә😀/")])]))
    }

    @Test(
        "What has no one spelling is refused",
        arguments: [
            "1.5", "1e3", "01", "{\"a\":1,\"a\":2}", "[1,]", "\"\\ud800\"", "nul", "", "1 2", "\"a",
            "99999999999999999999",
            "\"\u{1}\"", String(repeating: "[", count: 100),
        ])
    func refusal(text: String) {
        #expect(throws: JSONParsingError.self) { try JSON(parsing: text) }
    }

    @Test("Broken UTF-8 is refused")
    func brokenUTF8() {
        #expect(throws: JSONParsingError.self) { try JSON(parsing: [0x22, 0xC3, 0x22]) }
    }

    @Test("Codable values and hand-written ones have the same bytes")
    func codable() throws {
        struct Sample: Codable, Equatable {
            var name = "Ұлытау / \"қала\""
            var count = -3
            var missing: String?
            var list = ["б", "а"]
        }
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("count", -3)
        writer.key("list")
        writer.beginArray()
        writer.string("б")
        writer.string("а")
        writer.endArray()
        writer.member("missing", String?.none)
        writer.member("name", "Ұлытау / \"қала\"")
        writer.endObject()
        #expect(try CanonicalCoding.encode(Sample()) == writer.bytes)
        #expect(try CanonicalCoding.decode(Sample.self, from: writer.bytes) == Sample())
    }

    @Test("Random values come back the same", arguments: 0..<50)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let value = random.json(depth: 0)
        #expect(try JSON(parsing: value.bytes) == value)
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func json(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &self) {
        case 0: .null
        case 1: .bool(Bool.random(using: &self))
        case 2: .int(Int64.random(in: .min ... .max, using: &self))
        case 3: .string(text())
        case 4: .array((0..<Int.random(in: 0..<5, using: &self)).map { _ in json(depth: depth + 1) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0..<5, using: &self)).map { _ in (text(), json(depth: depth + 1)) },
                    uniquingKeysWith: { first, _ in first }))
        }
    }

    mutating func text() -> String {
        String(
            String.UnicodeScalarView(
                (0..<Int.random(in: 0..<8, using: &self)).compactMap { _ in
                    Unicode.Scalar(UInt32.random(in: 0..<0x11000, using: &self))
                }))
    }
}
