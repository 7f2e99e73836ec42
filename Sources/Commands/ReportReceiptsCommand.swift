import ArgumentParser
import CanonicalJSON
import ContactCentre
import Delivery
import Foundation
import Journal
import WebApp

/// `bailanys report receipts`.
struct ReportReceiptsCommand: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipts", abstract: "Write the receipts of all reports and explanations that were taken.",
        discussion: """
            Each as receipt-DELIVERY.json, byte for byte as it came, with its .p7s where its signature was checked. A file \
            that is there already is left as it is, so that the command may be given every month. Keep the folder where \
            whoever keeps the journal cannot write: “bailanys journal verify --against” holds the journal against it.
            Example: bailanys report receipts /mnt/receipts
            """)
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The folder to write into.") var folder: String

    func run(in office: Office) async throws {
        let kept = try await office.centre.journal.read { db in
            try [ContactCentre.agencyDestination, ContactCentre.informatizationDestination].flatMap { destination in
                try DeliveryRecord.delivered(to: destination, in: db).map { delivery in
                    (delivery.id, try DeliverySignatures(of: delivery.id, in: db).received)
                }
            }
        }
        var written: [String] = []
        var (there, without) = (0, 0)
        for (id, receipt) in kept {
            guard let document = receipt?.proof?.document ?? receipt?.document else {
                without += 1
                continue
            }
            // The names of our own deliveries; an identity that could lead out of the folder is no name of a file.
            let name = "receipt-\(String(id.rawValue.map { $0 == "/" ? "_" : $0 }))"
            var files = [("\(name).json", document)]
            if let cms = receipt?.proof?.cms { files.append(("\(name).p7s", cms)) }
            for (file, text) in files {
                let path = try office.path("\(folder)/\(file)")
                if FileFacts.isTaken(path) {
                    there += 1
                    continue
                }
                guard let bytes = Data(base64Encoded: text) else {
                    throw CommandFailure("The receipt of \(id) cannot be read: run “bailanys journal verify”.")
                }
                let output = try OutputFile(path: path)
                try output.write(bytes)
                try output.keep()
                written.append(path)
            }
        }
        office.answer(
            .object([
                "files": .array(written.map { .string($0) }), "there": .int(Int64(there)),
                "notKept": .int(Int64(without)),
            ]),
            "\(written.count) files written, \(there) were there already; the bytes of \(without) receipts were not kept by the edition that took them."
        )
    }
}
