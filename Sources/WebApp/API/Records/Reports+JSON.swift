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

extension MonthlyReportState {
    /// What was sealed of a month and received, for programs.
    package func json(of month: CivilMonth) -> JSON {
        .object([
            "period": .string(month.description), "revisions": .array(sealed.map(\.json)),
            "receipts": .array(
                receipts.map { receipt in
                    .object([
                        "revision": .number(receipt.revision), "number": .string(receipt.number),
                        "receivedAt": .moment(receipt.receivedAt), "digest": .string(receipt.digest),
                    ])
                }),
        ])
    }
}
