import ArgumentParser
import CanonicalJSON
import Complaints
import Foundation
import Synchronization
import WebApp
import WorkingDays

/// `bailanys complaints`: intake and review.
struct ComplaintsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complaints", abstract: "Import, register, list and answer complaints.",
        discussion: "No command prints the name, the contacts or the text of an applicant.",
        subcommands: [Import.self, Register.self, List.self, Show.self] + steps)

    /// `bailanys complaints import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in an export of the forum, CSV or JSON.",
            discussion: """
                A number that is known changes nothing, or gains what the line says anew. Lines that are wrong are left out \
                and named; --errors writes them to a table that can be mended and taken in again. Interrupted, the command \
                is simply given again. Exit code 1 where lines were left out.
                Example: bailanys complaints import forum-2026-10.csv --errors left-out.csv
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The file.") var file: String
        @Option(help: "csv or json; by the ending of the name unless given.") var format: String?
        @Option(help: "Where to write the lines that were left out.") var errors: String?

        func validate() throws {
            if let format, ForumFile.Format(rawValue: format) == nil {
                throw ValidationError("--format takes csv or json, not “\(format)”.")
            }
        }

        func run(in office: Office) async throws {
            let source = ForumFile(path: office.path(file), format: format.flatMap(ForumFile.Format.init(rawValue:)))
            let table = try errors.map { try RefusedTable(path: office.path($0)) }
            let output = office.output
            let (total, progress) = (FileSize.bytes(ofFile: office.path(file)), WorkProgress(output, .bytes))
            let (shown, problems) = (RefusedCount(), RefusedLines())
            let report = try await ForumImport(source, into: office.centre.complaints).run(
                by: office.actor, at: office.now,
                refused: { line in
                    try table?.add(line)
                    problems.add(line.problem)
                    let number = shown.next()
                    if number <= 20 { output.note("\(line.problem)") }
                    if number == 21 { output.note("… more lines are wrong; --errors FILE writes all of them.") }
                },
                progress: { report, bytes in
                    progress.reached(bytes, of: total, "\(report.lines) lines, \(report.added) registered")
                })
            office.answer(
                report.json(problems: problems.all),
                "\(report.lines) lines: \(report.added) registered, \(report.updated) brought up to date, \(report.unchanged) known, \(report.refused) left out."
            )
            if report.refused > 0 { throw ExitCode(1) }
        }
    }

    /// `bailanys complaints register`.
    struct Register: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "register", abstract: "Register one complaint; prints its number, the body and the due date.",
            discussion: """
                Names and the text are read as JSON, from a file or the standard input, so that they stand in no shell \
                history. While a server works on the data folder a file is needed; remove it afterwards.
                Example: bailanys complaints register complaint.json
                The file: {"channel":"letter","kind":"order","service":"S0288","subject":"…","filedAt":"2026-03-19T10:00:00Z",
                "contacts":{"name":"…","phone":"…"}}
                It has the members that POST /api/v1/complaints takes: only channel, kind and subject must be there; without \
                filedAt it is filed now.
                """)
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The file; the standard input unless given.") var file: String?

        func run(in office: Office) async throws {
            let filing = try office.sent(inFile: file) { try ComplaintFiling(sent: $0, at: office.now) }
            let receipt = try await office.centre.complaints.register(filing, by: office.actor, at: office.now)
            office.output.line(receipt.json.text)
        }
    }

    /// `bailanys complaints show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print one complaint with its clocks and its timeline, as JSON.",
            discussion: "Example: bailanys complaints show 2026-000012")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the complaint.") var number: String

        func run(in office: Office) async throws {
            guard let document = try await CaseDocument.complaint(number, in: office.centre) else {
                throw CommandFailure("There is no complaint \(number): see “bailanys complaints list”.", .notFound)
            }
            office.output.line(document.json.text)
        }
    }

    /// `bailanys complaints list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List complaints, without personal data.",
            discussion: """
                Example: bailanys complaints list --status open --body KGD
                Example: bailanys complaints list --limit 1000 --json
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "open, answered, withdrawn or annulled.") var status: String?
        @Option(help: "The code of the body.") var body: String?
        @Option(help: "At most so many.") var limit = 50

        func validate() throws {
            if let status, ComplaintStatus(rawValue: status) == nil {
                throw ValidationError("--status takes open, answered, withdrawn or annulled, not “\(status)”.")
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
            office.list(records, \.json) { record in
                let closed =
                    record.annulledAs.map { "annulled (\($0.rawValue))" } ?? record.closedOn.map { "closed \($0)" }
                    ?? "open"
                return
                    "\(record.id)\t\(record.body)\t\(record.kind.rawValue)\tregistered \(record.registeredOn)\tdue \(record.dueOn)\t\(closed)"
            }
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
