import Accounts
import Attachments
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Journal
import Testing
import WebApp

private typealias Event = MultipartScanner.Event

/// What the scanner says of a body that arrives in pieces of a length; contents joined.
private func parts(_ body: [UInt8], boundary: String = "x", piece: Int) throws -> [(MultipartHead, [UInt8])] {
    var scanner = MultipartScanner(boundary: boundary)
    var parts: [(MultipartHead, [UInt8])] = []
    for start in stride(from: 0, to: body.count, by: piece) {
        scanner.take(body[start..<min(start + piece, body.count)])
        while let event = try scanner.next() {
            switch event {
            case .part(let head): parts.append((head, []))
            case .content(let bytes): parts[parts.count - 1].1 += bytes
            case .partEnd, .end: break
            }
        }
    }
    guard scanner.isComplete else { throw MultipartError.cutOff }
    return parts
}

private func body(_ boundary: String, _ parts: [(head: String, content: [UInt8])]) -> [UInt8] {
    parts.flatMap { Array("--\(boundary)\r\n\($0.head)\r\n\r\n".utf8) + $0.content + Array("\r\n".utf8) }
        + Array("--\(boundary)--\r\n".utf8)
}

@Suite("Forms with files: reading")
struct MultipartScannerTests {
    @Test("parts come out whole however the body is cut, with line breaks and half boundaries in their content")
    func cuts() throws {
        let contents: [[UInt8]] = [
            Array("\r\n".utf8), [], Array("\r\n--".utf8), Array("--x".utf8), Array("a\r\n--y\r\n\r\n-".utf8),
            [0, 255, 13],
            Array("Хаттама".utf8), [UInt8](repeating: 13, count: 70),
        ]
        let form = body(
            "x1", contents.enumerated().map { ("Content-Disposition: form-data; name=\"f\($0)\"", $1) })
        for piece in [1, 2, 3, 5, 7, 64, 10_000] {
            let found = try parts(form, boundary: "x1", piece: piece)
            #expect(found.map(\.0.name) == contents.indices.map { "f\($0)" })
            #expect(found.map(\.1) == contents, "pieces of \(piece)")
        }
    }

    @Test(
        "names are read as browsers and curl write them",
        arguments: [
            ("form-data; name=\"a\"", "a", nil), ("form-data; name=a; filename=b.pdf", "a", "b.pdf"),
            ("form-data; name=\"a\"; filename=\"бұйрық №1; көшірме.pdf\"", "a", "бұйрық №1; көшірме.pdf"),
            ("form-data; filename=\"a%22b.pdf\"; name=\"n\"", "n", "a\"b.pdf"),
            ("form-data; name=\"a\"; filename=\"C:\\docs\\x.pdf\"", "a", "C:\\docs\\x.pdf"),
            ("form-data; name=\"a\\\"b\"", "a\"b", nil), ("form-data; name=\"a\"; filename=\"\"", "a", ""),
            ("FORM-DATA; NAME=\"a\"; name=\"b\"", "a", nil),
        ] as [(String, String, String?)])
    func names(line: String, name: String, file: String?) throws {
        let found = try parts(body("x", [("content-disposition: \(line)\r\nContent-Type: a/b", [1])]), piece: 100)
        #expect(found.first?.0.name == name)
        #expect(found.first?.0.fileName == file)
    }

    @Test(
        "what is no form is refused with the reason",
        arguments: [
            ("", MultipartError.cutOff), ("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x", .cutOff),
            ("--xy\r\n", .brokenBoundary), ("--x\r\nA: b\r\n\r\n\r\n--x--", .unnamedPart),
            ("--x\r\n\r\n1\r\n--x--\r\n\r\n", .unnamedPart),
            ("--x\r\nContent-Disposition: attachment; name=a\r\n\r\n\r\n--x--", .unnamedPart),
            (
                "--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n\r\n--x--",
                .encoded("base64")
            ),
            (String(repeating: "a", count: 3_000), .noBoundary),
            ("--x\r\n" + String(repeating: "A: b\r\n", count: 2_000), .headTooLarge(limit: 8_192)),
        ])
    func refused(text: String, error: MultipartError) {
        #expect(throws: error) { try parts(Array(text.utf8), piece: 50) }
    }

    @Test(
        "the boundary is read from the header, and only an allowed one",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b:c\"", "a b:c"),
            ("application/json", nil), ("multipart/mixed; boundary=a", nil),
        ] as [(String, String?)])
    func boundaries(header: String, boundary: String?) throws {
        #expect(try MultipartHead.boundary(ofContentType: header) == boundary)
    }

    @Test("no boundary, an empty one or one of other characters is refused", arguments: ["", "=", "=\"\"", "=a\"b;"])
    func badBoundary(tail: String) {
        #expect(throws: MultipartError.badBoundary) {
            try MultipartHead.boundary(
                ofContentType: "multipart/form-data; boundary\(tail.hasPrefix("=a") ? "=\"a<b\"" : tail)")
        }
    }

    @Test("no bytes at all make the scanner fail otherwise, or keep more than a piece", arguments: 0..<40)
    func fuzz(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let words = [
            "\r\n", "--x", "--x--", "\r\n--x", "Content-Disposition: form-data; name=\"a\"", "\r\n\r\n",
            "; filename=\"b\"",
        ]
        for _ in 0..<250 {
            var bytes = body("x", [("Content-Disposition: form-data; name=\"a\"", [1, 2, 3])])
            for _ in 0..<random(12) {
                let at = random(bytes.count + 1)
                switch random(4) {
                case 0: bytes.insert(contentsOf: Array(words[random(words.count)].utf8), at: at)
                case 1: bytes.insert(UInt8(random(256)), at: at)
                case 2 where at < bytes.count: bytes[at] = UInt8(random(256))
                case 3 where at < bytes.count: bytes.removeSubrange(at..<min(bytes.count, at + random(9)))
                default: break
                }
            }
            // The result is the same whatever the pieces, and never a trap.
            let whole = Result { try parts(bytes, piece: bytes.count + 1).map { $0.1 } }
            let cut = Result { try parts(bytes, piece: 1 + random(5)).map { $0.1 } }
            switch (whole, cut) {
            case (.success(let one), .success(let other)): #expect(one == other)
            case (.failure, .failure): break
            default: Issue.record("\(String(decoding: bytes, as: UTF8.self)) is read otherwise in pieces")
            }
        }
    }
}
