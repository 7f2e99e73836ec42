import Attachments
import Crypto
import Foundation
import TestSupport
import Testing

private let pdf = Array("%PDF-1.7\n1 0 obj\n".utf8) + [0x00, 0xFF, 0x80]
private let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]

/// An archive as far as the store looks at it: the first entry, and the names at the end.
private func archive(_ first: String, _ names: [String]) -> [UInt8] {
    let start: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26)
    return start + Array(first.utf8) + [UInt8](repeating: 7, count: 70_000)
        + Array(names.joined(separator: "\u{1}").utf8)
}

/// Pieces that come as from a network; how many were asked for is counted.
private struct Pieces: AsyncSequence, AsyncIteratorProtocol {
    final class Count { var asked = 0 }
    let pieces: Int
    let piece: [UInt8]
    var failsAt: Int?
    let count = Count()
    func makeAsyncIterator() -> Pieces { self }
    mutating func next() async throws -> [UInt8]? {
        if count.asked == pieces { return nil }
        if count.asked == failsAt { throw CancellationError() }
        count.asked += 1
        return piece
    }
}

/// What lies in a folder, but for the marks of who brought it.
private func everything(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { !$0.hasPrefix("pending") }.sorted()
}

@Suite struct AttachmentsTests {
    let folder = TemporaryFolder()
    var files: String { folder.file("files") }

    @Test("A file lies under its digest, whole, and is kept once")
    func keptOnce() async throws {
        let store = try AttachmentStore(folder: files)
        let saved = try store.saveNow(pdf, named: "Хаттама.pdf", for: "test")
        let digest = SHA256.hash(data: pdf).map { String(format: "%02x", $0) }.joined()
        #expect(saved == (try store.saveNow(pdf, named: "Хаттама.pdf", for: "test")))
        #expect(saved.digest == digest && saved.size == pdf.count && saved.type == .pdf && saved.name == "Хаттама.pdf")
        let place = "\(digest.prefix(2))/\(digest.dropFirst(2))"
        #expect(try everything(in: files) == [String(digest.prefix(2)), place])
        #expect(try Array(Data(contentsOf: URL(filePath: files + "/" + place))) == pdf)
        #expect(store.holds(digest) && !store.holds(String(digest.reversed())) && !store.holds("../../etc/passwd"))
    }

    @Test(
        "The content tells the type, not the name",
        arguments: [
            (pdf, "x.txt", AttachmentType.pdf, "x.txt.pdf"),
            (png, "сурет.PNG", .png, "сурет.png"),
            ([0xFF, 0xD8, 0xFF, 0xE0, 0], "a.jpeg", .jpeg, "a.jpeg"),
            (archive("_rels/.rels", ["[Content_Types].xml", "word/document.xml"]), "a.docx", .docx, "a.docx"),
            (archive("[Content_Types].xml", ["[Content_Types].xml", "xl/workbook.xml"]), "a", .xlsx, "a.xlsx"),
            (archive("mimetypeapplication/vnd.oasis.opendocument.text", []), "a.odt", .odt, "a.odt"),
            (Array("Ақпарат\r\n".utf8), "a.txt", .text, "a.txt"), (Array("a,b\n1,2\n".utf8), "a.csv", .csv, "a.csv"),
        ])
    func recognised(bytes: [UInt8], name: String, type: AttachmentType, kept: String) throws {
        let saved = try AttachmentStore(folder: files).saveNow(bytes, named: name, for: "test")
        #expect(saved.type == type && saved.name == kept)
    }

    @Test(
        "Anything else is refused and leaves nothing behind",
        arguments: [
            ("program", Array("\u{7F}ELF".utf8), AttachmentError.unknownType), ("nothing", [], .empty),
            ("archive", archive("a.exe", ["a.exe"]), .unknownType),
            (
                "macros", archive("a", ["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]),
                .unknownType
            ),
            ("windows-1251", [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], .unknownType),
            ("cut character", Array("Құжат".utf8.dropLast()), .unknownType),
            ("too large", [UInt8](repeating: 0x41, count: 80_001), .tooLarge(limit: 80_000)),
        ])
    func refused(what: String, bytes: [UInt8], error: AttachmentError) throws {
        let store = try AttachmentStore(folder: files, limit: 80_000)
        #expect(throws: error, "\(what)") { try store.saveNow(bytes, named: "a.pdf", for: "test") }
        #expect(try everything(in: files).isEmpty)
    }

    @Test("An upload of 2 GB is refused as soon as the limit is passed, and its temporary file is gone")
    func largeUpload() async throws {
        let store = try AttachmentStore(folder: files, limit: 300_000)
        let pieces = Pieces(pieces: 32_768, piece: [UInt8](repeating: 0x41, count: 65_536))
        let count = pieces.count
        await #expect(throws: AttachmentError.tooLarge(limit: 300_000)) {
            try await store.save(pieces, named: "a.txt", for: "test")
        }
        #expect(count.asked == 5)
        #expect(try everything(in: files).isEmpty)
    }

    @Test("An upload that breaks off leaves nothing behind")
    func brokenUpload() async throws {
        let store = try AttachmentStore(folder: files)
        let pieces = Pieces(pieces: 9, piece: [0x41], failsAt: 3)
        await #expect(throws: CancellationError.self) { try await store.save(pieces, named: "a.txt", for: "test") }
        #expect(try everything(in: files).isEmpty)
    }

    @Test("Text is text however its characters are cut, and comes back as it was")
    func streamed() async throws {
        let store = try AttachmentStore(folder: files)
        let text = Array(String(repeating: "Құжат 😀 ақпарат\n", count: 9_000).utf8)
        let chunks = AsyncStream<ArraySlice<UInt8>> { stream in
            for start in stride(from: 0, to: text.count, by: 997) {
                stream.yield(text[start..<min(start + 997, text.count)])
            }
            stream.finish()
        }
        let saved = try await store.save(chunks, named: "a.txt", for: "test")
        #expect(saved.type == .text)
        let reader = try await store.open(saved.digest)
        var read: [UInt8] = []
        for try await chunk in reader { read += chunk }
        #expect(read == text && reader.size == text.count && reader.type == .text)
    }

    @Test("A damaged file is not given out as whole, and saving it again mends it")
    func damaged() async throws {
        let store = try AttachmentStore(folder: files)
        let saved = try store.saveNow(pdf, named: "a.pdf", for: "test")
        let path = "\(files)/\(saved.digest.prefix(2))/\(saved.digest.dropFirst(2))"
        try Data(pdf.dropLast() + [0x81]).write(to: URL(filePath: path))
        await #expect(throws: AttachmentError.damaged(saved.digest)) { try await store.open(saved.digest) }
        _ = try store.saveNow(pdf, named: "a.pdf", for: "test")
        for try await chunk in try await store.open(saved.digest) { #expect(chunk == pdf) }
    }

    @Test("Only a digest opens a file", arguments: ["", "../x", String(repeating: "A", count: 64)])
    func badDigest(text: String) async throws {
        let store = try AttachmentStore(folder: files)
        await #expect(throws: AttachmentError.badDigest(text)) { try await store.open(text) }
        let unknown = String(repeating: "a", count: 64)
        await #expect(throws: AttachmentError.missing(unknown)) { try await store.open(unknown) }
    }

    @Test(
        "Names become harmless",
        arguments: [
            ("../../etc/passwd", "passwd.pdf"), ("C:\\Құжат\\бұйрық.PDF", "бұйрық.pdf"), ("", "file.pdf"),
            (".htaccess", "htaccess.pdf"), ("a\u{202E}fdp.exe", "afdp.exe.pdf"), ("a\r\nb<c>.pdf", "ab_c_.pdf"),
            (String(repeating: "ә", count: 500) + ".pdf", String(repeating: "ә", count: 88) + ".pdf"),
        ])
    func names(given: String, kept: String) throws {
        #expect(try AttachmentStore(folder: files).saveNow(pdf, named: given, for: "test").name == kept)
    }

    @Test("What an interrupted save has left is removed at start")
    func leftovers() throws {
        let store = try AttachmentStore(folder: files)
        _ = try store.saveNow(pdf, named: "a.pdf", for: "test")
        _ = FileManager.default.createFile(atPath: files + "/incoming-abcdef", contents: Data([1]))
        #expect(try store.removeUnfinished() == 1)
        #expect(try everything(in: files).count == 2)
    }
}
