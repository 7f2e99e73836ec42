import ArgumentParser
import CanonicalJSON
import ContactCentre
import Delivery
import Foundation
import Languages
import Registry
import Reporting
import Rulebook
import WebApp
import WorkingDays

/// `bailanys report`: the monthly analytical report of 797 §18.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Make, seal, push, check and show the monthly reports.",
        subcommands: [List.self, Figures.self, Export.self, Seal.self, Show.self, Remake.self])

    /// `bailanys report list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the months with what was sealed and received.",
            discussion: "Example: bailanys report list --json")
        @OptionGroup var options: OfficeOptions

        func run(in office: Office) async throws {
            for month in try await office.centre.reports.months() {
                let report = try await office.centre.reports.report(month)
                let due = report.clocks[ReportDesk.clock]
                if json {
                    office.output.line(Self.json(month, due, report.state).text)
                    continue
                }
                office.output.line("\(month)\tdue \(due?.due.description ?? "?")\t\(due?.status.rawValue ?? "?")")
                for sealed in report.state.sealed {
                    let receipt = report.state.receipts.first { $0.revision == sealed.revision }
                    office.output.line(
                        "  revision \(sealed.revision): sha256 \(sealed.digest), position \(sealed.position), receipt \(receipt.map { "\($0.number) of \($0.receivedAt)" } ?? "none yet")"
                    )
                }
            }
        }

        private static func json(_ month: CivilMonth, _ due: Clock?, _ state: MonthlyReportState) -> JSON {
            var members = state.json(of: month).object ?? [:]
            members["due"] = due.map { .date($0.due) }
            members["status"] = due.map { .string($0.status.rawValue) }
            return .object(members)
        }
    }

    /// A month as an argument.
    struct Period: ParsableArguments {
        @Argument(help: "The month, as 2026-10.") var period: String

        var month: CivilMonth {
            get throws {
                guard let month = CivilMonth(period) else {
                    throw ValidationError("“\(period)” is no month: write it as 2026-10.")
                }
                return month
            }
        }
    }

    /// `bailanys report figures`.
    struct Figures: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "figures", abstract: "Show the numbers of a month as they stand now.",
            discussion: "Example: bailanys report figures 2026-10")
        @OptionGroup var options: OfficeOptions
        @OptionGroup var period: Period

        func run(in office: Office) async throws {
            let figures = try await office.centre.reports.figures(
                try period.month, asOf: office.centre.casework.today(office.now))
            if json { return office.output.line(figures.json.text) }
            let average = figures.averageHundredths.map { "\($0 / 100).\(String(($0 % 100) + 100).dropFirst())" } ?? "-"
            office.output.line(
                "balance\t\(figures.opening) + \(figures.received) - \(figures.closed) = \(figures.closing)")
            office.output.line("1 forum\t\(figures.forum)")
            office.output.line(
                "2 within the term\t\(figures.withinTerm)\tpast it\t\(figures.pastTerm)\taverage\t\(average)\tlongest\t\(figures.longest.map(String.init) ?? "-")"
            )
            office.output.line("3 violations\t\(figures.violations)\topen from earlier\t\(figures.overdueFromEarlier)")
            for entry in figures.violationsByBody {
                office.output.line("  \(entry.kind)\t\(entry.body)\t\(entry.count)")
            }
            office.output.line("4 order and standard\t\(figures.orderAndStandard)")
            office.output.line("5 employees\t\(figures.employees)")
        }
    }

    /// `bailanys report export`.
    struct Export: OfficeCommand {
        /// What the numbers are written as.
        enum Format: String, CaseIterable, ExpressibleByArgument { case csv, json, text }

        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write the numbers of a month for a spreadsheet, a program or a person.",
            discussion: """
                The numbers as they stand now; “bailanys report show” prints what was sealed.
                Example: bailanys report export 2026-10 --format text --language kk
                """)
        @OptionGroup var options: OfficeOptions
        @OptionGroup var period: Period
        @Option(help: "csv, json or text.") var format = Format.csv
        @Option(help: "The language of text: kk, ru or en.") var language = "ru"

        func validate() throws {
            guard Language(rawValue: language) != nil else {
                throw ValidationError("“\(language)” is no language of Bailanys: write kk, ru or en.")
            }
        }

        func run(in office: Office) async throws {
            let month = try period.month
            let figures = try await office.centre.reports.figures(month, asOf: office.centre.casework.today(office.now))
            switch json ? .json : format {
            case .csv: office.output.line(String(figures.table(of: month).dropLast()))
            case .json: office.output.line(figures.json.text)
            case .text:
                let names = try await office.centre.journal.read { db in
                    try Registry.bodyNames(on: month.last, in: db).merging(
                        try Registry.serviceNames(in: db)
                    ) { body, _ in body }
                }
                let text = try ReportText()
                for line in text.lines(figures, of: month, names: names, Language(rawValue: language) ?? .ru) {
                    office.output.line(line)
                }
            }
        }
    }

    /// `bailanys report seal`.
    struct Seal: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "seal", abstract: "Make the report of a month, seal it and put it into the outbox.",
            discussion: """
                A running server pushes it. A report that is sealed is made again only with --reason, as a new revision.
                Example: bailanys report seal 2026-10
                Example: bailanys report seal 2026-10 --reason "complaints of 31 October came late from the forum"
                """)
        @OptionGroup var options: OfficeOptions
        @OptionGroup var period: Period
        @Option(help: "Why it is made again.") var reason: String?

        func run(in office: Office) async throws {
            let sealed = try await office.centre.reports.seal(
                try period.month, reason: reason, by: office.actor, at: office.now)
            if json { return office.output.line(sealed.json.text) }
            office.output.line(
                "Revision \(sealed.revision) sealed: sha256 \(sealed.digest), \(sealed.bytes) bytes, journal position \(sealed.position)."
            )
            for change in sealed.changes { office.output.line("  \(change)") }
        }
    }

    /// `bailanys report show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print a sealed document as it is kept: contacts are ciphertext.",
            discussion: """
                The document is JSON, with --json or without.
                Example: bailanys report show 2026-10 --revision 1
                """)
        @OptionGroup var options: OfficeOptions
        @OptionGroup var period: Period
        @Option(help: "The revision; the last unless given.") var revision: Int?

        func run(in office: Office) async throws {
            let report = try await office.centre.reports.report(try period.month)
            let sealed =
                revision.map { number in report.state.sealed.first { $0.revision == number } }
                ?? report.state.sealed.last
            guard let sealed, let bytes = try await office.centre.reports.document(sealed) else {
                throw CommandFailure("There is no such sealed report: see “bailanys report list”.", .notFound)
            }
            office.output.line(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// `bailanys report remake`.
    struct Remake: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "remake", abstract: "Make a sealed report again from its events alone, and compare.",
            discussion: """
                Exit code 1 where it is not the same.
                Example: bailanys report remake 2026-10
                """)
        @OptionGroup var options: OfficeOptions
        @OptionGroup var period: Period
        @Option(help: "The revision.") var revision = 1

        func run(in office: Office) async throws {
            let folder = NSTemporaryDirectory() + "bailanys-remake-" + UUID().uuidString
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // Nothing depends on the removal of a temporary folder.
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let remade = try await office.centre.reports.remake(
                try period.month, revision: revision, in: folder, projections: ContactCentre.projections)
            office.answer(
                .object([
                    "sealed": .string(remade.sealed), "kept": .text(remade.kept), "remade": .string(remade.remade),
                    "isSame": .bool(remade.isSame),
                ]), "sealed \(remade.sealed)", "kept   \(remade.kept ?? "lost")", "remade \(remade.remade)")
            if !remade.isSame { throw ExitCode(1) }
        }
    }
}
