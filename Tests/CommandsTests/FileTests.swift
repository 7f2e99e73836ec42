import ArgumentParser
import CanonicalJSON
import Foundation
import TestSupport
import Testing
import WebApp

@testable import Commands

@Suite("Files that commands read and write")
struct FileTests {
    private let folder = TemporaryFolder()

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.file(name))), as: UTF8.self)
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test(
        "lines are read one by one, with their numbers and what they take of the file",
        arguments: [
            ("", [], 0), ("a", ["a"], 1), ("a\n", ["a"], 2), ("a\n\nb", ["a", "", "b"], 4), ("\n\n", ["", ""], 2),
            ("a\r\nb\n", ["a\r", "b"], 5),
        ] as [(String, [String], Int64)])
    func lines(text: String, lines: [String], bytes: Int64) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("a")))
        let reader = try #require(LineReader(path: folder.file("a")))
        var read: [String] = []
        while let line = try reader.next() { read.append(String(decoding: line, as: UTF8.self)) }
        #expect(read == lines && reader.number == lines.count && reader.readBytes == bytes)
        #expect(try reader.next() == nil)
    }

    @Test("lines longer than a piece of the file are whole; one without an end is refused with its number")
    func longLines() throws {
        let long = String(repeating: "ұ", count: 200_000)
        try Data("a\n\(long)\nb".utf8).write(to: URL(fileURLWithPath: folder.file("a")))
        let reader = try #require(LineReader(path: folder.file("a")))
        var read: [Int] = []
        while let line = try reader.next() { read.append(line.count) }
        #expect(read == [1, 400_000, 1])

        try Data(("a\n" + String(repeating: "x", count: 17 << 20)).utf8)
            .write(to: URL(fileURLWithPath: folder.file("b")))
        let endless = try #require(LineReader(path: folder.file("b")))
        #expect(try endless.next() == Array("a".utf8))
        let failure = #expect(throws: CommandFailure.self) { try endless.next() }
        #expect(failure?.description.contains("\(folder.file("b")), line 2 is longer than") == true)
        #expect(LineReader(path: folder.file("none")) == nil && LineReader(path: folder.path) == nil)
    }

    @Test("a file stands under its name when it is whole, with the rights of its owner alone, and not before")
    func output() throws {
        let output = try OutputFile(path: folder.file("a"))
        try output.write(Array("one\n".utf8))
        try output.write(Array(repeating: UInt8(ascii: "x"), count: 2 << 20))
        #expect(try files().allSatisfy { $0.hasPrefix("a.part-") })
        try output.keep()
        #expect(try files() == ["a"] && text("a").utf8.count == 4 + (2 << 20))
        let rights = try FileManager.default.attributesOfItem(atPath: folder.file("a"))[.posixPermissions] as? Int
        #expect(rights == 0o600)
        // Kept twice it is the same.
        try output.keep()
        #expect(try files() == ["a"])
    }

    @Test("a file that is given up leaves nothing")
    func givenUp() throws {
        var output: OutputFile? = try OutputFile(path: folder.file("a"))
        try output?.write(Array("one".utf8))
        #expect(try files().count == 1)
        output = nil
        #expect(try files().isEmpty)
    }

    @Test("no file takes the place of another, whenever that came; nor is one written where there is no folder")
    func taken() throws {
        let output = try OutputFile(path: folder.file("a"))
        try output.write(Array("ours".utf8))
        try Data("theirs".utf8).write(to: URL(fileURLWithPath: folder.file("a")))
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "/nowhere")
        for write in [
            { try output.keep() }, { _ = try OutputFile(path: folder.file("a")) },
            { _ = try OutputFile(path: folder.file("link")) }, { _ = try OutputFile(path: folder.path) },
            { _ = try OutputFile(path: folder.file("none/a")) },
        ] {
            let failure = #expect(throws: CommandFailure.self) { try write() }
            #expect(failure?.description.contains("exists already or cannot be written: name another file.") == true)
        }
        #expect(try text("a") == "theirs")
    }

    @Test("what cannot be written over is named with what to do")
    func replaced() throws {
        try OutputFile.replace(folder.file("a"), with: "one".utf8)
        try OutputFile.replace(folder.file("a"), with: "two".utf8)
        #expect(try text("a") == "two")
        for path in [folder.path, folder.file("none/a")] {
            let failure = #expect(throws: CommandFailure.self) { try OutputFile.replace(path, with: "x".utf8) }
            #expect(failure?.description.hasPrefix("\(path) cannot be written (") == true)
            #expect(failure?.description.hasSuffix("mend the rights of its folder.") == true)
        }
        #expect(try files() == ["a"])
    }

    @Test("a folder for work is the owner's alone, and gone with its value")
    func work() throws {
        var work: WorkFolder? = try WorkFolder("test")
        let path = try #require(work?.path)
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o700)
        work = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("where the data and the law are is said on the command line, and relative to where it is given")
    func folders() throws {
        let here = FileManager.default.currentDirectoryPath
        let folders = try Folders.parse(["--home", "law/../x", "--data", "/srv/./data"])
        #expect(folders.homePath == here + "/x" && folders.dataPath == "/srv/data")
        #expect(folders.schedules == here + "/x/schedules" && folders.knowledge == here + "/x/knowledge")
    }
}

@Suite("How a failure is told")
struct FailureReportTests {
    private struct Usage: ParsableCommand {
        @Option var count: Int
    }

    @Test("to a person as a sentence, to a script as one object with the code, the sentence and the exit code")
    func report() throws {
        let failure = CommandFailure("There is no card “X”.", .notFound)
        #expect(FailureReport.line(for: failure, to: ["cards", "show", "X"]) == "Error: There is no card “X”.")
        let line = try #require(FailureReport.line(for: failure, to: ["cards", "show", "X", "--json"]))
        let json = try JSON(parsing: Array(line.utf8))
        #expect(json["code"]?.string == "notFound" && json["detail"]?.string == "There is no card “X”.")
        #expect(json["exitCode"]?.int == 1 && !line.contains("\n"))
        // Where all has been said, nothing is said again.
        #expect(FailureReport.line(for: ExitCode(1), to: []) == nil)
        #expect(FailureReport.line(for: ExitCode(1), to: ["--json"]) == nil)
    }

    @Test("a command line that was not understood is told with its own code")
    func usage() throws {
        let error = try #require(#expect(throws: (any Error).self) { try Usage.parse(["--count", "one"]) })
        let line = try #require(FailureReport.line(for: error, to: ["--count", "one", "--json"]))
        let json = try JSON(parsing: Array(line.utf8))
        #expect(json["code"]?.string == "usage" && json["exitCode"]?.int == 64)
        #expect(json["detail"]?.string?.contains("one") == true)
    }
}
