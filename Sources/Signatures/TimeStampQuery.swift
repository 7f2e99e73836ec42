import Crypto
import SwiftASN1

/// A question to a time stamping authority (RFC 3161 §2.4.1): “when were these bytes there?”, with a number of its own, so
/// that no older answer can be given to it.
package struct TimeStampQuery: Sendable, Hashable {
    /// The media type of a question.
    package static let mediaType = "application/timestamp-query"
    /// The media type of an answer.
    package static let answerType = "application/timestamp-reply"
    /// The largest answer that is read, in bytes.
    package static let answerLimit = 64 << 10

    /// The question in DER.
    package let bytes: [UInt8]
    let imprint: [UInt8]
    let nonce: [UInt8]

    /// A question about bytes.
    /// - Parameter random: at least eight random bytes, of which the number is made.
    /// - Throws: ``TimeStampRefusal``.
    package init(about bytes: [UInt8], random: [UInt8]) throws(TimeStampRefusal) {
        guard random.count >= 8 else { throw .unusable("no random number could be made for the question") }
        // A positive whole number, in as few bytes as it needs.
        let nonce = [random[0] & 0x3F | 0x40] + random[1..<8]
        let imprint = Array(SHA256.hash(data: bytes))
        do {
            var writer = DER.Serializer()
            try writer.appendConstructedNode(identifier: .sequence) { writer in
                try writer.serialize(1)
                try writer.appendConstructedNode(identifier: .sequence) { writer in
                    try writer.appendConstructedNode(identifier: .sequence) { writer in
                        try writer.serialize(DigestAlgorithm.sha256.identifier)
                        try writer.serialize(ASN1Null())
                    }
                    try writer.serialize(ASN1OctetString(contentBytes: imprint[...]))
                }
                writer.appendPrimitiveNode(identifier: .integer) { $0.append(contentsOf: nonce) }
                // With the certificate, so that the answer can be checked without asking anybody.
                try writer.serialize(true)
            }
            self.bytes = writer.serializedBytes
        } catch {
            throw .unusable("the question could not be written (\(error))")
        }
        self.imprint = imprint
        self.nonce = nonce
    }

    /// The token in an answer, which must be one to this question.
    /// - Returns: the time stamp token in DER, whose signature is still to be checked.
    /// - Throws: ``TimeStampRefusal`` where the authority refuses, or the answer is to another question.
    package func token(inAnswer answer: [UInt8]) throws(TimeStampRefusal) -> [UInt8] {
        let token = try DERReading.reading { () throws -> [UInt8] in
            var parts = try DERReading.parts(of: DER.parse(answer))
            var status = try DERReading.parts(of: DERReading.next(&parts))
            let number = try DERReading.integer(DERReading.next(&status))
            // 0 granted, 1 granted with changes; anything else has no token.
            guard number == [0] || number == [1] else {
                throw TimeStampRefusal.refused(
                    status: Int(number.first ?? 0), words: DERReading.words(in: status))
            }
            return Array(try DERReading.next(&parts).encodedBytes)
        }
        let content = try TimeStampContent(token: SignedMessage(token))
        guard content.imprint == imprint else { throw .wrong("it is one over other bytes") }
        guard content.nonce == nonce else { throw .wrong("it answers another question") }
        return token
    }
}

/// Why there is no time stamp, or one is not accepted.
package enum TimeStampRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The authority said no.
    case refused(status: Int, words: String)
    /// It is not a time stamp over these bytes by somebody for whom the authority vouches.
    case wrong(String)
    /// It cannot even be asked for.
    case unusable(String)

    package var description: String {
        switch self {
        case .refused(let status, let words):
            "The time stamping authority refused (status \(status)\(words.isEmpty ? "" : ": \(words)"))."
        case .wrong(let reason):
            "The time stamp is not one over these bytes by a certificate of the agreed authority: \(reason)."
        case .unusable(let reason): "No time stamp can be asked for: \(reason)."
        }
    }
}
