import CanonicalJSON
import Reporting
import WorkingDays

extension ReportSealed {
    /// A sealed revision for programs.
    package var json: JSON {
        .members([
            "revision": .number(revision), "position": .int(position), "digest": .string(digest),
            "deliveredDigest": .string(deliveredDigest), "bytes": .number(bytes), "reason": .text(reason),
            "changes": .array(changes.map(JSON.string)),
        ])
    }
}

extension ReportState {
    /// What was sealed of a period and received, for programs.
    /// - Parameter name: what the report is called in addresses.
    package func json(of period: ReportPeriod, named name: String) -> JSON {
        .object([
            "period": .string(period.description), "report": .string(name), "revisions": .array(sealed.map(\.json)),
            "receipts": .array(
                receipts.map { receipt in
                    .members([
                        "revision": .number(receipt.revision), "number": .string(receipt.number),
                        "receivedAt": .moment(receipt.receivedAt), "digest": .string(receipt.digest),
                        "isBeforeSeal": receipt.isBeforeSeal == true ? .bool(true) : .null,
                    ])
                }),
        ])
    }
}
