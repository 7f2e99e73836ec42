import ArgumentParser
import CanonicalJSON
import ContactCentre
import InternalControl
import Proofs

/// `bailanys discrepancies container`.
struct DiscrepancyContainer: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "container", abstract: "Write an explanation with its three proofs into one file (ASiC-E).",
        discussion: """
            The explanation as it was sent, our signature with its time stamp, the receiver's signed receipt, and the event of \
            the journal whose hash that receipt repeats. “bailanys verify FILE” checks it. A file is never replaced.
            Example: bailanys discrepancies container 78-1mk_2022-Q1_MJ_16 explanation.asice
            """)
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The number of the discrepancy.") var number: String
    @Argument(help: "The file that is written: it must not be there yet.") var file: String
    @Option(help: "The revision; the last unless given.") var revision: Int?

    func run(in office: Office) async throws {
        let output = try OutputFile(path: office.path(file))
        let container = try await office.centre.container(ofExplanation: number, revision: revision, pages: nil)
        try output.write(container.bytes)
        try output.keep()
        office.answer(
            .object(["file": .string(output.path), "bytes": .int(Int64(container.bytes.count))]), output.path)
    }
}
