import CanonicalJSON
import Foundation
import Journal

/// The field `Journal-Head` of the exchange: the head of the sender's journal when the first attempt began.
enum HeadField {
    /// The field's name.
    static let name = "Journal-Head"

    /// The field's value: `position=17, sha-256=:…:`, a dictionary of a number and a byte sequence (RFC 9651).
    static func value(_ head: ToldHead) -> String {
        let hash = Data(EventLink.bytes(hexadecimal: head.hash) ?? []).base64EncodedString()
        return "position=\(head.position), sha-256=:\(hash):"
    }

    /// The head that a receipt repeats; nil where it repeats none.
    static func head(inReceipt receipt: JSON) -> ToldHead? {
        guard let position = receipt["head"]?["position"]?.int, let hash = receipt["head"]?["hash"]?.string else {
            return nil
        }
        return ToldHead(position: position, hash: hash)
    }
}
