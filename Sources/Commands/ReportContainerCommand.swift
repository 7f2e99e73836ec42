import ArgumentParser
import Blocking
import CanonicalJSON
import ContactCentre
import Correspondence
import Languages
import Printing
import Proofs
import Reporting
import WebApp
import Workbooks

/// `bailanys report container`.
struct ReportContainerCommand: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "container", abstract: "Write a report with its three proofs into one file (ASiC-E).",
        discussion: """
            The report as it was sent (contacts opened: keep the file accordingly) and as a workbook, our signature with its \
            time stamp, the receiver's signed receipt, and the event of the journal whose hash that receipt repeats. \
            “bailanys verify FILE” checks it anywhere, without a data folder or a network; docs/proof.md says what each \
            proof shows, and how openssl checks the parts. A file is never replaced.
            Example: bailanys report container 2026-10 report-2026-10.asice
            """)
    @OptionGroup var options: OfficeOptions
    @OptionGroup var period: ReportCommand.Period
    @Argument(help: "The file that is written: it must not be there yet.") var file: String
    @Option(help: "The revision; the last unless given.") var revision: Int?
    @Option(help: "What the copy is for; must be said where the report names an applicant, and is recorded.")
    var reason: String?
    @Option(help: "The language of the workbook in it: kk, ru or en.") var language = "ru"

    func validate() throws { try Written.language(language) }

    func run(in office: Office) async throws {
        let (period, desk) = try period.desk(in: office)
        let output = try OutputFile(path: office.path(file))
        let maker = try ReportWorkbook(Written.language(language))
        let book = try await maker.workbook(period, by: desk, revision: revision, in: office.centre)
        let paged = try await maker.pages(period, by: desk, revision: revision, in: office.centre)
        let author = office.centre.letters.templates.letterhead.text("organisation", .kk)
        let readable = try await Blocking.long.run { (try book?.bytes(), try paged?.pdf(author: author)) }
        let container = try await office.centre.container(
            of: period, by: desk, revision: revision, readable: readable, reason: reason, by: office.actor)
        try output.write(container.bytes)
        try output.keep()
        office.answer(
            .object(["file": .string(output.path), "bytes": .int(Int64(container.bytes.count))]), output.path)
    }
}
