import ArgumentParser
import CanonicalJSON
import Casework
import ContactCentre
import Delivery
import Forms
import Foundation
import Journal
import Languages
import Registry
import Reporting
import Rulebook
import WebApp
import WorkingDays

/// `bailanys report`: the reports of 797 §18 (by month) and §13-14 (by quarter).
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Make, seal, push, check and show the monthly reports.",
        discussion: """
            The reports from stage data (docs/applications.md) are called violations-2026-10 (452), 3mk-2026-Q4 and 4mk-2026-Q4 \
            (order 78) wherever a month or a quarter is asked for.
            Example: bailanys report seal violations-2026-10
            """,
        subcommands: [
            List.self, Figures.self, Export.self, Seal.self, Show.self, Remake.self, ReportSignatureCommand.self,
            ReportWorkbookCommand.self, ReportPDFCommand.self, ReportReceiptsCommand.self, ReportContainerCommand.self,
        ])

    /// `bailanys report list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the months with what was sealed and received.",
            discussion: "Example: bailanys report list --json")
        @OptionGroup var options: OfficeOptions

        func run(in office: Office) async throws {
            for desk in office.centre.reports.desks {
                for period in try await desk.standings().map(\.period) {
                    let report = try await desk.report(period)
                    if json {
                        office.output.line(Self.json(period, desk.name(of: period), report.due, report.state).text)
                    } else {
                        Self.lines(desk.name(of: period), report).forEach(office.output.line)
                    }
                }
            }
        }

        private static func lines(_ name: String, _ report: ReportRecord) -> [String] {
            let due = report.due
            return ["\(name)\tdue \(due?.due.description ?? "?")\t\(due?.status.rawValue ?? "?")"]
                + report.state.sealed.map { sealed in
                    let receipt = report.state.receipts.first { $0.revision == sealed.revision }
                    return
                        "  revision \(sealed.revision): sha256 \(sealed.digest), position \(sealed.position), receipt \(receipt.map { "\($0.number) of \($0.receivedAt)" } ?? "none yet")"
                }
        }

        private static func json(_ period: ReportPeriod, _ name: String, _ due: Clock?, _ state: ReportState) -> JSON {
            var members = state.json(of: period, named: name).object ?? [:]
            members["due"] = due.map { .date($0.due) }
            members["status"] = due.map { .string($0.status.rawValue) }
            return .object(members)
        }
    }

    /// A month or a quarter as an argument.
    struct Period: ParsableArguments {
        @Argument(help: "The month, as 2026-10, or the quarter, as 2026-Q4.") var period: String

        func validate() throws {
            guard
                period.split(separator: "-", maxSplits: 1).contains(where: { ReportPeriod($0) != nil })
                    || ReportPeriod(period) != nil
            else { throw unknown }
        }

        /// The period and the desk of the report that is called so.
        func desk(in office: Office) throws -> (ReportPeriod, any PeriodDesk) {
            guard let named = office.centre.reports.named(period) else { throw unknown }
            return named
        }

        private var unknown: ValidationError {
            ValidationError("“\(period)” is no period: write a month as 2026-10, a quarter as 2026-Q4.")
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
            let (period, desk) = try period.desk(in: office)
            let figures = try await desk.figures(period, asOf: office.centre.casework.today(office.now))
            if json { return office.output.line(figures.json(of: desk.form.form).text) }
            for row in desk.form.form.numbers {
                guard let made = row.made, !made.path.isEmpty else { continue }
                office.output.line("\(row.code)\t\(figures[row.code].map(String.init) ?? "-")")
                for part in figures.parts(of: row.code) where made.finest?.isList == true {
                    office.output.line("  \((part.keys + ["\(part.count)"]).joined(separator: "\t"))")
                }
            }
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

        func validate() throws { try Written.language(language) }

        func run(in office: Office) async throws {
            let (period, desk) = try period.desk(in: office)
            let form = desk.form.form
            let figures = try await desk.figures(period, asOf: office.centre.casework.today(office.now))
            switch json ? .json : format {
            case .csv: office.output.line(String(figures.table(of: period, form).dropLast()))
            case .json: office.output.line(figures.json(of: form).text)
            case .text:
                let names = try await office.centre.journal.read { db in
                    try Registry.bodyNames(on: period.last, in: db).merging(
                        try Registry.serviceNames(in: db)
                    ) { body, _ in body }
                }
                let text = try ReportText()
                for line in text.lines(figures, of: form, period, names: names, try Written.language(language)) {
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
            let (period, desk) = try period.desk(in: office)
            let sealed = try await desk.seal(period, reason: reason, by: office.actor, at: office.now, once: nil)
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
            let (period, desk) = try period.desk(in: office)
            let report = try await desk.report(period)
            let sealed =
                revision.map { number in report.state.sealed.first { $0.revision == number } }
                ?? report.state.sealed.last
            guard let sealed, let bytes = try await desk.document(sealed) else {
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
            let folder = try WorkFolder("remake")
            let (period, desk) = try period.desk(in: office)
            let remade = try await desk.remake(
                period, revision: revision, in: folder.path, projections: ContactCentre.projections)
            withExtendedLifetime(folder) {}
            office.answer(
                .object([
                    "sealed": .string(remade.sealed), "kept": .text(remade.kept), "remade": .string(remade.remade),
                    "isSame": .bool(remade.isSame),
                ]), "sealed \(remade.sealed)", "kept   \(remade.kept ?? "lost")", "remade \(remade.remade)")
            if !remade.isSame { throw ExitCode(1) }
        }
    }
}
