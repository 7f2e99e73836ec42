import ArgumentParser
import CanonicalJSON
import Complaints
import Foundation
import Synchronization
import WorkingDays

/// `bailanys complaints`: intake and review.
struct ComplaintsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complaints", abstract: "Import, register, list and answer complaints.",
        subcommands: [
            Import.self, Register.self, List.self, Answer.self, Extend.self, Transfer.self, ComplaintTell.self,
            ComplaintWithdraw.self, ComplaintCorrect.self,
        ])

    /// `bailanys complaints import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in an export of the forum, CSV or JSON.",
            discussion: """
                A number that is known changes nothing, or gains what the line says anew. Lines that are wrong are left out
                and named; --errors writes them to a table that can be mended and taken in again. Interrupted, the command
                is simply given again. Exit code 1 where lines were left out.
                """)
        @OptionGroup var folders: Folders
        @Argument(help: "The file.") var file: String
        @Option(help: "csv or json; by the ending of the name unless given.") var format: String?
        @Option(help: "Where to write the lines that were left out.") var errors: String?
        @Flag(help: "Print JSON.") var json = false

        func validate() throws {
            if let format, ForumFile.Format(rawValue: format) == nil {
                throw ValidationError("--format takes csv or json, not “\(format)”.")
            }
        }

        func run(in office: Office) async throws {
            let source = ForumFile(path: office.path(file), format: format.flatMap(ForumFile.Format.init(rawValue:)))
            let table = try errors.map { try RefusedTable(path: office.path($0)) }
            let output = office.output
            let shown = RefusedCount()
            let report = try await ForumImport(source, into: office.centre.complaints).run(
                by: office.actor, at: office.now,
                refused: { line in
                    try table?.add(line)
                    let number = shown.next()
                    if number <= 20 { output.note("\(line.problem)") }
                    if number == 21 { output.note("… more lines are wrong; --errors FILE writes all of them.") }
                },
                progress: { report in
                    output.progress("\(report.lines) lines read, \(report.added) complaints registered")
                })
            output.line(
                json
                    ? String(decoding: try CanonicalCoding.encode(report), as: UTF8.self)
                    : "\(report.lines) lines: \(report.added) registered, \(report.updated) brought up to date, \(report.unchanged) known, \(report.refused) left out."
            )
            if report.refused > 0 { throw ExitCode(1) }
        }
    }

    /// `bailanys complaints register`.
    struct Register: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "register", abstract: "Register one complaint; prints its number, the body and the due date.",
            discussion: """
                Names and the text are read as JSON, from a file or the standard input, so that they stand in no shell
                history. While a server works on the data folder a file is needed; remove it afterwards.
                Example: bailanys complaints register complaint.json, with
                {"channel":"letter","kind":"order","service":"S0288","subject":"…","filedAt":"2026-03-19T10:00:00Z",
                "contacts":{"name":"…","phone":"…"}}
                """)
        @OptionGroup var folders: Folders
        @Argument(help: "The file; the standard input unless given.") var file: String?

        func run(in office: Office) async throws {
            let filing = try office.decode(ComplaintFiling.self, fromFile: file)
            let receipt = try await office.centre.complaints.register(filing, by: office.actor, at: office.now)
            office.output.line(String(decoding: try CanonicalCoding.encode(receipt), as: UTF8.self))
        }
    }

    /// `bailanys complaints list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List complaints, without personal data.")
        @OptionGroup var folders: Folders
        @Option(help: "open, answered or withdrawn.") var status: String?
        @Option(help: "The code of the body.") var body: String?
        @Option(help: "At most so many.") var limit = 50
        @Flag(help: "Print one JSON object a line.") var json = false

        func validate() throws {
            if let status, ComplaintStatus(rawValue: status) == nil {
                throw ValidationError("--status takes open, answered or withdrawn, not “\(status)”.")
            }
        }

        func run(in office: Office) async throws {
            var filter = ComplaintFilter()
            if let status = status.flatMap(ComplaintStatus.init(rawValue:)) { filter.statuses = [status] }
            filter.body = body
            let chosen = filter
            let records = try await office.centre.journal.read { [limit] db in
                try ComplaintRecord.fetch(chosen, after: nil, limit: limit, in: db)
            }
            for record in records {
                if json {
                    let members: [String: JSON] = [
                        "number": .string(record.id), "body": .string(record.body),
                        "kind": .string(record.kind.rawValue), "status": .string(record.status.rawValue),
                        "registeredOn": .string("\(record.registeredOn)"), "dueOn": .string("\(record.dueOn)"),
                        "closedOn": record.closedOn.map { .string("\($0)") } ?? .null,
                    ]
                    office.output.line(JSON.object(members).text)
                    continue
                }
                let closed = record.closedOn.map { "closed \($0)" } ?? "open"
                office.output.line(
                    "\(record.id)\t\(record.body)\t\(record.kind.rawValue)\tregistered \(record.registeredOn)\tdue \(record.dueOn)\t\(closed)"
                )
            }
        }
    }

    /// `bailanys complaints answer`.
    struct Answer: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "answer", abstract: "Record the answer to a complaint.")
        @OptionGroup var folders: Folders
        @Argument(help: "The number of the complaint.") var number: String
        @Option(help: "satisfied, partly, rejected or explained.") var outcome: String
        @Option(help: "When it was answered, as 2026-03-19T10:30+05:00; now unless given.") var at: String?

        func validate() throws {
            if ComplaintOutcome(rawValue: outcome) == nil {
                throw ValidationError("--outcome takes satisfied, partly, rejected or explained, not “\(outcome)”.")
            }
        }

        func run(in office: Office) async throws {
            guard let outcome = ComplaintOutcome(rawValue: outcome) else { return }
            try await office.centre.complaints.answer(
                number, outcome: outcome, happenedAt: try office.moment(at), by: office.actor, at: office.now)
            office.output.line("Recorded.")
        }
    }

    /// `bailanys complaints extend`.
    struct Extend: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "extend", abstract: "Extend the term of a review within the law's limit.")
        @OptionGroup var folders: Folders
        @Argument(help: "The number of the complaint.") var number: String
        @Option(help: "How many working days.") var days: Int
        @Option(help: "Why.") var reason: String
        @Option(help: "When it was extended; now unless given.") var at: String?

        func run(in office: Office) async throws {
            try await office.centre.complaints.extend(
                number, days: days, reason: reason, happenedAt: try office.moment(at), by: office.actor, at: office.now)
            office.output.line("Recorded.")
        }
    }

    /// `bailanys complaints transfer`.
    struct Transfer: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "transfer", abstract: "Hand a complaint to the body that must answer it.")
        @OptionGroup var folders: Folders
        @Argument(help: "The number of the complaint.") var number: String
        @Option(help: "The code of the body.") var to: String
        @Option(help: "Why.") var reason: String
        @Option(help: "When it was handed over; now unless given.") var at: String?

        func run(in office: Office) async throws {
            try await office.centre.complaints.transfer(
                number, to: to, reason: reason, happenedAt: try office.moment(at), by: office.actor, at: office.now)
            office.output.line("Recorded.")
        }
    }
}

/// Counts the lines that were left out.
private final class RefusedCount: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// The table of lines that an import left out; personal data is in it, so only its owner may read it.
private final class RefusedTable: Sendable {
    private let handle: Mutex<FileHandle>

    init(path: String) throws {
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(ForumErrorFile.header), attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CommandFailure("\(path) cannot be written: name another file with --errors.") }
        try handle.seekToEnd()
        self.handle = Mutex(handle)
    }

    func add(_ line: RefusedLine) throws {
        try handle.withLock { try $0.write(contentsOf: Data(ForumErrorFile.line(line))) }
    }
}

extension Office {
    /// The moment that a person wrote, or now.
    func moment(_ text: String?) throws -> Moment {
        guard let text else { return now }
        guard let moment = Moment(text) else {
            throw CommandFailure("“\(text)” is no moment: write it as 2026-03-19T10:30:00+05:00.")
        }
        return moment
    }
}
