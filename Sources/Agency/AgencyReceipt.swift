import CanonicalJSON
import WorkingDays

/// The proof that a report was taken.
package struct AgencyReceipt: Sendable, Hashable {
    /// The receipt's number, for instance "AR-000017".
    package var number: String
    /// When the report was stored.
    package var receivedAt: Moment
    /// The SHA-256 of the report's bytes, as in `Content-Digest`.
    package var digest: ContentDigest
    /// The kind of report, for instance "monthly".
    package var kind: String
    /// The period reported on, for instance "2026-03".
    package var period: String
    /// The revision of the report, from 1.
    package var revision: Int64
    /// The signature over the receipt's bytes, made once; nil where receipts are not signed.
    package var signature: [UInt8]?
    /// The head of the sender's journal that came with the report; nil where none came.
    package var head: JournalHeadField?
    /// The key under which the report was taken.
    package var key: String

    /// The receipt as the receiver sends it.
    var json: JSON {
        var members: [String: JSON] = [
            "digest": .string(digest.headerValue), "kind": .string(kind), "number": .string(number),
            "period": .string(period), "receivedAt": .string(receivedAt.description), "revision": .int(revision),
        ]
        // Receipts that were given before heads were told stay as they were signed.
        if let head {
            members["head"] = .object(["hash": .string(head.hash), "position": .int(head.position)])
            members["key"] = .string(key)
        }
        return .object(members)
    }
}
