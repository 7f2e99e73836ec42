import ArgumentParser
import Blocking
import CanonicalJSON
import ContactCentre
import Languages
import Reporting
import WebApp
import Workbooks
import WorkingDays

/// `bailanys report workbook`: a sealed report as a workbook.
struct ReportWorkbookCommand: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "workbook", abstract: "Write a sealed report as a workbook (XLSX).",
        discussion: """
            Made of the sealed document alone: its numbers, what they are made of, the complaints behind them without contacts, \
            the seal. The same revision in the same language is the same bytes. A file is never replaced.
            Example: bailanys report workbook 2026-10 october.xlsx
            Example: bailanys report workbook 2026-10 october.xlsx --revision 1 --language kk
            """)
    @OptionGroup var options: OfficeOptions
    @OptionGroup var period: ReportCommand.Period
    @Argument(help: "The workbook that is written: it must not be there yet.") var file: String
    @Option(help: "The revision; the last unless given.") var revision: Int?
    @Option(help: "The language of its words: kk, ru or en; its numbers stand in kk and ru always.") var language = "ru"

    func validate() throws { try Written.language(language) }

    func run(in office: Office) async throws {
        let (period, desk) = try period.desk(in: office)
        let maker = try ReportWorkbook(Written.language(language))
        guard let book = try await maker.workbook(period, by: desk, revision: revision, in: office.centre) else {
            throw CommandFailure("There is no such sealed report: see “bailanys report list”.", .notFound)
        }
        let output = try OutputFile(path: office.path(file))
        let bytes = try await Blocking.long.run { try book.bytes() }
        try output.write(bytes)
        try output.keep()
        office.answer(
            .object(["file": .string(output.path), "bytes": .int(Int64(bytes.count))]), output.path)
    }
}
