import CanonicalJSON
import Foundation
import Testing

@Suite("Reading Codable types from canonical JSON")
struct TreeDecoderTests {
    private struct Everything: Codable, Equatable {
        enum Kind: String, Codable { case one, two }
        struct Inner: Codable, Equatable {
            var name: String
            var numbers: [Int]?
        }
        var text: String
        var number: Int
        var small: UInt8
        var truth: Bool
        var kind: Kind
        var inner: Inner
        var list: [Inner]
        var table: [String: [String]]
        var nothing: String?
        var optional: Inner?
        var choice: Choice
    }

    private enum Choice: Codable, Equatable {
        case plain
        case filled(count: Int, name: String?)
    }

    private static let whole = Everything(
        text: "Қазақ \u{1F600} \"\\\n", number: -9_007_199_254_740_993, small: 255, truth: true, kind: .two,
        inner: .init(name: "", numbers: [1, -2]), list: [.init(name: "a"), .init(name: "b", numbers: [])],
        table: ["к": ["л"], "": []], nothing: nil, optional: .init(name: "x"), choice: .filled(count: 3, name: nil))

    @Test("What is written is read back, as Foundation reads it")
    func roundTrip() throws {
        let bytes = try CanonicalCoding.encode(Self.whole)
        let read = try CanonicalCoding.decode(Everything.self, from: bytes)
        #expect(read == Self.whole)
        #expect(try JSONDecoder().decode(Everything.self, from: Data(bytes)) == read)
        #expect(try CanonicalCoding.decode(Choice.self, from: CanonicalCoding.encode(Choice.plain)) == .plain)
    }

    private struct Member: Codable, Equatable {
        var a: Int?
        var b: [UInt8]?
    }

    @Test(
        "What Foundation refuses is refused, what it takes is taken",
        arguments: [
            "{}", #"{"a":null}"#, #"{"a":1}"#, #"{"a":"1"}"#, #"{"a":true}"#, #"{"b":[1,2]}"#, #"{"b":[256]}"#,
            #"{"b":[-1]}"#, #"{"b":[null]}"#, #"{"b":{}}"#, "[]", "null", "1", #""text""#, "", "{", #"{"c":1}"#,
        ])
    func same(text: String) {
        let ours = Result { try CanonicalCoding.decode(Member.self, from: text.utf8) }
        let theirs = Result { try JSONDecoder().decode(Member.self, from: Data(text.utf8)) }
        switch (ours, theirs) {
        case (.success(let ours), .success(let theirs)): #expect(ours == theirs)
        case (.failure(let ours), .failure): #expect(ours is DecodingError)
        default: Issue.record("\(text): \(ours) and \(theirs)")
        }
    }

    @Test("What is wrong is named with its place")
    func place() throws {
        let error = #expect(throws: DecodingError.self) {
            try CanonicalCoding.decode([String: [Member]].self, from: #"{"x":[{"a":1},{"a":"no"}]}"#.utf8)
        }
        guard case .typeMismatch(_, let context)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.codingPath.map(\.stringValue) == ["x", "1", "a"])
    }
}
