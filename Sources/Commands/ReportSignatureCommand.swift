import ArgumentParser
import CanonicalJSON
import ContactCentre
import Delivery
import Foundation
import Journal
import Reporting
import WebApp

/// `bailanys report signature`.
struct ReportSignatureCommand: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "signature", abstract: "Write the signature that a report was sent with, and its signed receipt.",
        discussion: """
            Writes report-PERIOD-REVISION.p7s (detached CMS, DER) and, where the receiver signs its receipts, \
            receipt-PERIOD-REVISION.json with its .p7s; none of them may exist yet. The signature is over the document as \
            it was sent, with contacts opened; docs/monthly-report.md says how to check it with openssl.
            Example: bailanys report signature 2026-10 /srv/proofs
            """)
    @OptionGroup var options: OfficeOptions
    @OptionGroup var period: ReportCommand.Period
    @Argument(help: "The folder to write into.") var folder: String
    @Option(help: "The revision; the last unless given.") var revision: Int?

    func run(in office: Office) async throws {
        let (period, desk) = try period.desk(in: office)
        let last = try await desk.report(period).state.sealed.last?.revision
        guard let revision = revision ?? last else {
            throw CommandFailure("There is no such sealed report: see “bailanys report list”.", .notFound)
        }
        let kept = try await office.centre.journal.read { db in
            try DeliverySignatures(ofSubject: "\(period)/\(revision)", kind: desk.kind, in: db)
        }
        guard let kept, let sent = kept.sent else {
            throw CommandFailure(
                "Revision \(revision) of \(period) was not sent with a signature: see “signature-key” in “bailanys config show”.",
                .notFound)
        }
        let name = "\(desk.name(of: period))-\(revision)"
        var files = [("report-\(name).p7s", sent.cms)]
        if let receipt = kept.receipt {
            files += [("receipt-\(name).json", receipt.document), ("receipt-\(name).p7s", receipt.cms)]
        }
        // All are begun before the first is kept, so that a name that is taken leaves nothing behind.
        let outputs = try files.map { file, text in
            let output = try OutputFile(path: office.path("\(folder)/\(file)"))
            guard let bytes = Data(base64Encoded: text) else {
                throw CommandFailure("The signature in the journal cannot be read: run “bailanys journal verify”.")
            }
            try output.write(bytes)
            return output
        }
        try outputs.forEach { try $0.keep() }
        office.answer(
            .object([
                "files": .array(outputs.map { .string($0.path) }), "signer": .string(sent.signer),
                "receiptSigner": .text(kept.receipt?.signer),
            ]), "Signed by \(sent.signer): \(outputs.map(\.path).joined(separator: ", "))")
    }
}
