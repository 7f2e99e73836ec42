import ArgumentParser
import CanonicalJSON
import Complaints
import ContactCentre
import Foundation
import Journal
import Synchronization
import WebApp
import WorkingDays

/// `bailanys complaints`: intake and review.
struct ComplaintsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complaints", abstract: "Import, register, list and answer complaints.",
        discussion: "No command prints the name, the contacts or the text of an applicant.",
        subcommands: [Import.self, Register.self, List.self, Show.self, Read.self] + steps)

    /// `bailanys complaints import`.
    struct Import: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take in an export of the forum, CSV or JSON.",
            discussion: """
                A number that is known changes nothing, or gains what the line says anew. Lines that are wrong are left out \
                and named; --errors writes them to a new table that can be mended and taken in again. Interrupted, the command \
                is simply given again. Exit code 1 where lines were left out.
                Example: bailanys complaints import forum-2026-10.csv --errors left-out.csv
                """)
        static let mayBegin = true
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The file.") var file: String
        @Option(help: "csv or json; by the ending of the name unless given.") var format: String?
        @Option(help: "Where to write the lines that were left out; the file must not exist yet.") var errors: String?

        func validate() throws {
            if let format, ForumFile.Format(rawValue: format) == nil {
                throw ValidationError("--format takes csv or json, not “\(format)”.")
            }
        }

        func run(in office: Office) async throws {
            let path = try office.path(file)
            let source = ForumFile(path: path, format: format.flatMap(ForumFile.Format.init(rawValue:)))
            let table = try errors.map { try OutputFile(path: office.path($0)) }
            try table?.write(ForumErrorFile.header)
            let output = office.output
            let (total, progress) = (FileFacts.size(ofFile: path), WorkProgress(output, .bytes))
            let (shown, problems) = (RefusedCount(), RefusedLines())
            let importing = ForumImport(source, into: office.centre.complaints)
            let report: ForumImportReport
            do {
                report = try await importing.run(
                    by: office.actor, at: office.now,
                    refused: { line in
                        try table?.write(ForumErrorFile.line(line))
                        problems.add(line.problem)
                        let number = shown.next()
                        if number <= 20 { output.note("\(line.problem)") }
                        if number == 21 { output.note("… more lines are wrong; --errors FILE writes all of them.") }
                    },
                    progress: { report, bytes in
                        progress.reached(bytes, of: total, "\(report.lines) lines, \(report.added) registered")
                    })
            } catch {
                // What was left out of the batches that are in is told, however the import ended; an empty table would
                // only be in the way of the next one.
                if !shown.isEmpty { try table?.keep() }
                throw error
            }
            try table?.keep()
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
        static let mayBegin = true
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
                Example: bailanys complaints list --status open --assignee none
                Example: bailanys complaints list --limit 1000 --json
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "open, answered, withdrawn or annulled.") var status: String?
        @Option(help: "The code of the body.") var body: String?
        @Option(help: "Who has them: what an officer signs in with, or none.") var assignee: String?
        @Option(help: "At most so many.") var limit = 50

        func validate() throws {
            if let status, ComplaintStatus(rawValue: status) == nil {
                throw ValidationError("--status takes open, answered, withdrawn or annulled, not “\(status)”.")
            }
            guard limit > 0 else { throw ValidationError("--limit takes a number from 1 on.") }
        }

        func run(in office: Office) async throws {
            var filter = ComplaintFilter()
            if let status = status.flatMap(ComplaintStatus.init(rawValue:)) { filter.statuses = [status] }
            filter.body = body
            filter.holder = try await office.holder(assignee)
            let chosen = filter
            let records = try await office.centre.journal.read { [limit] db in
                try ComplaintRecord.fetch(chosen, after: nil, limit: limit, in: db)
            }
            try await office.list(records, \.json) { record in
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

    var isEmpty: Bool { count.withLock { $0 == 0 } }

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

extension Office {
    /// The moment that a person wrote, or now.
    /// - Throws: `ValidationError` where it is none.
    func moment(_ text: String?) throws -> Moment {
        try Written.moment(text) ?? now
    }
}
