import ArgumentParser
import CanonicalJSON
import Foundation
import Journal
import WebApp

/// `bailanys journal`: proof, export, import and rebuild.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Verify, export, import or rebuild from the journal.",
        subcommands: [Verify.self, Export.self, Import.self, Rebuild.self])

    /// `bailanys journal verify`.
    struct Verify: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Check every event against the hash chain.",
            discussion: """
                Exit code 1 and the first bad position where something is wrong.
                Example: bailanys journal verify --json
                """)
        @OptionGroup var options: OfficeOptions

        func run(in office: Office) async throws {
            let total = try office.centre.journal.head().position
            let progress = WorkProgress(office.output, .pieces("events verified"))
            let found = try office.centre.journal.verify { progress.reached($0, of: total) }
            let bad = found.firstBad
            let json: JSON = .members([
                "checked": .int(found.checked), "head": .string(found.head),
                "firstBad": bad.map { .object(["position": .int($0.position), "reason": .string($0.reason)]) } ?? .null,
            ])
            office.answer(
                json,
                bad.map {
                    "Position \($0.position) is bad: \($0.reason). The \(found.checked) events before it are right."
                } ?? "All \(found.checked) events are right. Head: \(found.head)")
            if found.firstBad != nil { throw ExitCode(1) }
        }
    }

    /// `bailanys journal export`.
    struct Export: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write every event as a line of JSON, with its hash.",
            discussion: """
                The hash of a line is the SHA-256 of the bytes of its member “record”.
                Example: bailanys journal export journal-2026-10-31.jsonl
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The file to write; it must not exist yet.") var file: String

        func run(in office: Office) async throws {
            let path = office.path(file)
            guard !FileManager.default.fileExists(atPath: path),
                FileManager.default.createFile(atPath: path, contents: nil),
                let handle = FileHandle(forWritingAtPath: path)
            else { throw CommandFailure("\(path) exists already or cannot be written: name another file.", .conflict) }
            var buffer: [UInt8] = []
            let total = try office.centre.journal.head().position
            let progress = WorkProgress(office.output, .pieces("events written"))
            var written: Int64 = 0
            let count = try office.centre.journal.export { line in
                written += 1
                if written.isMultiple(of: 500) { progress.reached(written, of: total) }
                buffer += line
                guard buffer.count > 1 << 20 else { return }
                try handle.write(contentsOf: Data(buffer))
                buffer.removeAll(keepingCapacity: true)
            }
            try handle.write(contentsOf: Data(buffer))
            try handle.synchronize()
            try handle.close()
            office.answer(
                .object(["events": .int(Int64(count)), "file": .string(path)]), "\(count) events written to \(path).")
        }
    }

    /// `bailanys journal import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in an export, into a data folder that has no events yet.",
            discussion: """
                The chain is checked line by line; of a broken file nothing stays.
                Example: bailanys journal import journal-2026-10-31.jsonl --data /srv/restored
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The file to read.") var file: String

        static let opensAsItIs = true

        func run(in office: Office) async throws {
            let path = office.path(file)
            guard let lines = LineReader(path: path) else {
                throw CommandFailure("\(path) cannot be read: check the name and the rights of the file.", .notFound)
            }
            let total = FileSize.bytes(ofFile: path)
            let progress = WorkProgress(office.output, .bytes)
            let count = try office.centre.journal.import {
                if lines.number.isMultiple(of: 500) {
                    progress.reached(lines.readBytes, of: total, "\(lines.number) events")
                }
                return try lines.next()
            }
            office.answer(.object(["events": .int(Int64(count))]), "\(count) events taken in.")
        }
    }

    /// `bailanys journal rebuild`.
    struct Rebuild: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "rebuild", abstract: "Make every table that is derived from the journal anew.",
            discussion: """
                Nothing is lost and nothing changes: the same events give the same tables.
                Example: bailanys journal rebuild
                """)
        @OptionGroup var options: OfficeOptions

        func run(in office: Office) async throws {
            let total = try office.centre.journal.head().position
            let progress = WorkProgress(office.output, .pieces("events read"))
            let count = try office.centre.journal.rebuild { progress.reached($0, of: total) }
            office.answer(.object(["events": .int(Int64(count))]), "All tables made anew from \(count) events.")
        }
    }
}

/// Reads a file line by line, with bounded memory.
final class LineReader {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// How many lines were given.
    private(set) var number = 0
    /// How much of the file they and their line feeds take.
    private(set) var readBytes: Int64 = 0
    /// Up to here there is no line feed after `start`.
    private var searched = 0
    private let path: String

    /// The longest line in bytes; an event is far smaller.
    private static let longest = 16 << 20

    /// Opens a file; nil where it cannot be read.
    init?(path: String) {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        self.handle = handle
        self.path = path
    }

    /// The next line without its line feed; nil at the end.
    func next() throws -> [UInt8]? {
        while true {
            if let end = buffer[max(start, searched)...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                number += 1
                readBytes += Int64(end + 1 - start)
                return Array(buffer[start..<end])
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                number += 1
                readBytes += Int64(buffer.count - start)
                return Array(buffer[start...])
            }
            buffer.removeSubrange(..<start)
            searched = buffer.count
            guard buffer.count <= Self.longest else {
                throw CommandFailure(
                    "\(path), line \(number + 1) is longer than \(Self.longest) bytes: this is no export of a journal.")
            }
            start = 0
            let chunk = try handle.read(upToCount: 1 << 18) ?? Data()
            isAtEnd = chunk.isEmpty
            buffer.append(contentsOf: chunk)
        }
    }
}
