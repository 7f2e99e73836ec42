import ArgumentParser
import Blocking
import CanonicalJSON
import ContactCentre
import Correspondence
import Languages
import Printing
import Reporting
import WebApp
import Workbooks

/// `bailanys report pdf`: a sealed report on pages.
struct ReportPDFCommand: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "pdf", abstract: "Write a sealed report on pages (PDF).",
        discussion: """
            Made of the sealed document alone: its numbers in Kazakh and in Russian, the balance, the seal. The same revision is the \
            same bytes. A file is never replaced.
            Example: bailanys report pdf 2026-10 october.pdf
            """)
    @OptionGroup var options: OfficeOptions
    @OptionGroup var period: ReportCommand.Period
    @Argument(help: "The PDF that is written: it must not be there yet.") var file: String
    @Option(help: "The revision; the last unless given.") var revision: Int?

    func run(in office: Office) async throws {
        let (period, desk) = try period.desk(in: office)
        guard let book = try await ReportWorkbook(.kk).pages(period, by: desk, revision: revision, in: office.centre)
        else {
            throw CommandFailure("There is no such sealed report: see “bailanys report list”.", .notFound)
        }
        let output = try OutputFile(path: office.path(file))
        let author = office.centre.letters.templates.letterhead.text("organisation", .kk)
        let bytes = try await Blocking.brief.run { try book.pdf(author: author) }
        try output.write(bytes)
        try output.keep()
        office.answer(.object(["file": .string(output.path), "bytes": .int(Int64(bytes.count))]), output.path)
    }
}
