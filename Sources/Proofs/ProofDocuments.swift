import CanonicalJSON
import Crypto
import Foundation
import Journal
import WorkingDays

/// What a receipt says.
struct ProofReceipt: Hashable {
    let number: String
    let receivedAt: Moment
    let digest: [UInt8]
    let kind: String
    let period: String
    let revision: Int64
    let key: String
    let head: ToldHead

    /// Reads a receipt of a receiver that was told the head of the journal.
    init(_ bytes: [UInt8]) throws(ProofRefusal) {
        // What is no JSON lacks each of these.
        guard let json = try? JSON(parsing: bytes), let number = json["number"]?.string,
            let receivedAt = json["receivedAt"]?.string.flatMap(Moment.init), let digest = json["digest"]?.string,
            digest.hasPrefix("sha-256=:"), digest.hasSuffix(":"), digest.utf8.count > 10,
            let hash = Data(base64Encoded: String(digest.dropFirst(9).dropLast())), let kind = json["kind"]?.string,
            let period = json["period"]?.string, let revision = json["revision"]?.int
        else { throw .parts("the receipt cannot be read") }
        guard let key = json["key"]?.string, let position = json["head"]?["position"]?.int,
            let told = json["head"]?["hash"]?.string, let head = ToldHead(position: position, hash: told)
        else { throw .parts("the receipt does not say what its giver was told of the journal") }
        self.number = number
        self.receivedAt = receivedAt
        self.digest = Array(hash)
        self.kind = kind
        self.period = period
        self.revision = revision
        self.key = key
        self.head = head
    }

    /// Sees that the report says of itself what the receipt says of it.
    func requireSame(as report: [UInt8]) throws(ProofRefusal) {
        // A report that is no JSON is about nothing.
        // An explanation is sent under its own number; its period is that of the form.
        guard let json = try? JSON(parsing: report), json["revision"]?.int == revision,
            (kind == "discrepancies" ? json["number"] : json["period"] ?? json["number"])?.string == period
        else { throw .apart("the receipt is for another period or revision than the report says") }
    }
}

/// The record of the event by which the sending began.
struct ProofSending: Hashable {
    let recordedAt: Moment
    private let position: Int64
    private let hash: String
    private let digest: String
    private let key: String
    private let path: String

    init(_ bytes: [UInt8]) throws(ProofRefusal) {
        // What is no JSON lacks each of these.
        guard let json = try? JSON(parsing: bytes), json["name"]?.string == "deliveryStarted",
            json["stream"]?.string?.hasPrefix("delivery/") == true, let position = json["position"]?.int,
            let recordedAt = json["recordedAt"]?.string.flatMap(Moment.init),
            let sending = json["payload"]?["sending"], let digest = sending["digest"]?.string,
            let key = sending["key"]?.string, let path = sending["path"]?.string
        else { throw .parts("the event of the sending cannot be read") }
        self.recordedAt = recordedAt
        self.position = position
        hash = EventLink.hexadecimal(Array(SHA256.hash(data: bytes)))
        self.digest = digest
        self.key = key
        self.path = path
    }

    /// Sees that it is the head that the receiver confirms, and the sending of this report.
    func require(_ receipt: ProofReceipt, digest: String) throws(ProofRefusal) {
        guard hash == receipt.head.hash, position == receipt.head.position else {
            throw .apart("the event of the sending is not the head of the journal that the receiver was told")
        }
        guard self.digest == digest, key == receipt.key, path == "\(receipt.kind)/\(receipt.period)" else {
            throw .apart("the event is the sending of another report")
        }
    }
}
