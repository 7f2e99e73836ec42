import Foundation
import Hummingbird

/// The head of a sender's journal, read from the field `Journal-Head`: `position=17, sha-256=:…:`.
///
/// Kept beside the report and repeated in its receipt, so that a journal that is written anew later is found out.
package struct JournalHeadField: Sendable, Hashable {
    /// The position of the last event then, from 1.
    package let position: Int64
    /// Its hash, 64 lower-case hexadecimal digits.
    package let hash: String

    /// A head from its parts; nil where the position is none or the hash is no SHA-256.
    init?(position: Int64, hash: String) {
        guard position >= 1, hash.utf8.count == 64,
            hash.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.position = position
        self.hash = hash
    }

    /// Reads the field; nil if it is not well-formed. What else stands in the dictionary is ignored.
    init?(headerValue: String) {
        var position: Int64?
        var hash: Data?
        for member in headerValue.split(separator: ",") {
            let member = member.trimmingCharacters(in: .whitespaces)
            if member.hasPrefix("position=") { position = Int64(member.dropFirst(9)) }
            if member.hasPrefix("sha-256=:"), member.hasSuffix(":"), member.utf8.count > 10 {
                hash = Data(base64Encoded: String(member.dropFirst(9).dropLast()))
            }
        }
        guard let position, let hash else { return nil }
        let digits = hash.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        self.init(position: position, hash: digits.joined())
    }

    /// What came with a request; nil where nothing came.
    /// - Throws: ``Problem`` where what came cannot be read: a head that is not kept is not confirmed.
    static func reading(_ request: Request) throws -> JournalHeadField? {
        guard let value = request.headers.value(of: "journal-head") else { return nil }
        guard let head = JournalHeadField(headerValue: value) else {
            throw Problem(
                status: .badRequest, type: "head-malformed",
                detail: "Send the journal's head in Journal-Head as position=17, sha-256=:base64:.")
        }
        return head
    }
}
