import Foundation
import Journal
import TestSupport
import Testing

@Suite("Files that people hand in")
struct RegularFileTests {
    private let folder = TemporaryFolder()

    @Test("a file is read up to its limit and not beyond, and 2 GB of nothing are refused at once")
    func size() throws {
        let path = folder.file("a")
        try Data("abc".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try RegularFile.bytes(at: path, upTo: 3, followsLinks: false) == Array("abc".utf8))
        #expect(throws: RegularFile.Problem.tooLarge(path, limit: 2)) {
            try RegularFile.bytes(at: path, upTo: 2, followsLinks: false)
        }
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 2 << 30)
        try handle.close()
        #expect(throws: RegularFile.Problem.tooLarge(path, limit: 1 << 20)) {
            try RegularFile.bytes(at: path, upTo: 1 << 20, followsLinks: false)
        }
    }

    @Test("a link is followed only where a person named it; folders, pipes and devices never hold us up")
    func kinds() throws {
        let (target, link, pipe) = (folder.file("target"), folder.file("link"), folder.file("pipe"))
        try Data("x".utf8).write(to: URL(fileURLWithPath: target))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(try RegularFile.bytes(at: link, upTo: 9, followsLinks: true) == Array("x".utf8))
        for path in [link, pipe, "/dev/zero", "/tmp"] {
            #expect(throws: RegularFile.Problem.notRegular(path)) {
                try RegularFile.bytes(at: path, upTo: 9, followsLinks: false)
            }
        }
        #expect(throws: RegularFile.Problem.unreadable("/nowhere")) {
            try RegularFile.bytes(at: "/nowhere", upTo: 9, followsLinks: true)
        }
    }
}
