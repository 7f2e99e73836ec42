import ArgumentParser
import Blocking
import CanonicalJSON
import ContactCentre
import Journal
import WebApp

/// `bailanys journal`: proof, export, import and rebuild.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Verify, export, import or rebuild from the journal.",
        subcommands: [
            JournalVerifyCommand.self, Export.self, Import.self, Rebuild.self, JournalRejoinCommand.self,
        ])

    /// `bailanys journal export`.
    struct Export: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write every event as a line of JSON, with its hash.",
            discussion: """
                The hash of a line is the SHA-256 of the bytes of its member “record”. The last line says how many events \
                there are and the hash of the last; the file stands under its name only when it is whole.
                Example: bailanys journal export journal-2026-10-31.jsonl
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The file to write; it must not exist yet.") var file: String

        func run(in office: Office) async throws {
            let output = try OutputFile(path: office.path(file))
            let journal = office.centre.journal
            let progress = WorkProgress(office.output, .pieces("events written"))
            let count = try await Blocking.long.run { cancellation in
                let total = try journal.head().position
                var written: Int64 = 0
                let count = try journal.export { line in
                    written += 1
                    if written.isMultiple(of: 500) {
                        progress.reached(written, of: total)
                        try cancellation.check()
                    }
                    try output.write(line)
                }
                try output.keep()
                return count
            }
            office.answer(
                .object(["events": .int(Int64(count)), "file": .string(output.path)]),
                "\(count) events written to \(output.path).")
        }
    }

    /// `bailanys journal import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in an export, into a data folder that has no events yet.",
            discussion: """
                The chain is checked line by line; of a broken file, or one that was cut off, nothing stays.
                Example: bailanys journal import journal-2026-10-31.jsonl --data /srv/restored
                """)
        static let mayBegin = true
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The file to read.") var file: String
        @Flag(
            help: """
                Take in an export without its closing line, as editions before December 2026 wrote them. Whether such a \
                file is whole is for you to know.
                """)
        var withoutEnd = false

        static let opensAsItIs = true

        func run(in office: Office) async throws {
            let path = try office.path(file)
            let journal = office.centre.journal
            let progress = WorkProgress(office.output, .bytes)
            let count = try await Blocking.long.run { [withoutEnd] cancellation in
                guard let lines = LineReader(path: path) else {
                    throw CommandFailure(
                        "\(path) cannot be read: check the name and the rights of the file.", .notFound)
                }
                let total = FileFacts.size(ofFile: path)
                return try journal.import(needsEnd: !withoutEnd) {
                    if lines.number.isMultiple(of: 500) {
                        progress.reached(lines.readBytes, of: total, "\(lines.number) events")
                        try cancellation.check()
                    }
                    return try lines.next()
                }
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
            let journal = office.centre.journal
            let progress = WorkProgress(office.output, .pieces("events read"))
            let count = try await Blocking.long.run { cancellation in
                let total = try journal.head().position
                return try journal.rebuild { position in
                    progress.reached(position, of: total)
                    try cancellation.check()
                }
            }
            office.answer(.object(["events": .int(Int64(count))]), "All tables made anew from \(count) events.")
        }
    }
}
