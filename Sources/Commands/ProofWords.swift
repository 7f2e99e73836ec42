import CanonicalJSON
import Journal
import Proofs
import Signatures
import WorkingDays

/// What a container shows and does not show, in words and for a script.
struct ProofWords {
    private let found: ProofCheck.Findings
    private let isCentreKnown: Bool
    private let isReceiverKnown: Bool
    private let isClockKnown: Bool

    init(_ found: ProofCheck.Findings, isCentreKnown: Bool, isReceiverKnown: Bool, isClockKnown: Bool) {
        self.found = found
        self.isCentreKnown = isCentreKnown
        self.isReceiverKnown = isReceiverKnown
        self.isClockKnown = isClockKnown
    }

    /// Whether every certificate is one for which an authority vouches that was named.
    private var isVouchedFor: Bool { isCentreKnown && isReceiverKnown && (isClockKnown || found.stamp == nil) }

    /// The sentences.
    var lines: [String] {
        var lines = [
            "The container is whole: \(found.kind) report \(found.period), revision \(found.revision), SHA-256 \(found.digest).",
            "1. Signed by “\(found.signatory.name)” (certificate \(found.signatory.fingerprint)): \(Self.trust(isCentreKnown, "--authority")). It shows who answers for these bytes, and not that the numbers are true.",
        ]
        if let stamp = found.stamp {
            lines.append(
                "   Stamped \(stamp.moment) by “\(stamp.name)” (certificate \(stamp.fingerprint)): \(Self.trust(isClockKnown, "--stamp-authority")). It shows that the signature was there then, and not that it was not there before."
            )
        } else {
            lines.append(
                "   Without a time stamp: that it was signed before it was sent is shown by the receipt alone.")
        }
        lines += [
            "2. Receipt \(found.receipt) of \(found.receivedAt), signed by “\(found.receiver.name)” (certificate \(found.receiver.fingerprint)): \(Self.trust(isReceiverKnown, "--receiver-authority")). It shows that these bytes were taken once, under the key \(found.key), and not that they were accepted as right.",
            "3. The journal's event at position \(found.head.position), recorded \(found.recordedAt) by the centre's clock, is the sending of these bytes; its hash \(found.head.hash) stands in the receipt. It binds all that the journal held before; that the journal still holds it is for “bailanys journal verify --against” to show.",
            "Packed \(found.packedAt) by “\(found.packer.name)”, by that clock alone.",
        ]
        if !isVouchedFor {
            lines.append(
                "Whose certificates these are was not asked of everybody: anyone can make keys and such a file.")
        }
        return lines
    }

    private static func trust(_ isKnown: Bool, _ option: String) -> String {
        isKnown ? "the authority that you named vouches for it" : "nobody was asked who that is, name \(option)"
    }

    /// The same for a script.
    var members: [String: JSON] {
        [
            "isGood": .bool(true), "isVouchedFor": .bool(isVouchedFor),
            "report": .object([
                "kind": .string(found.kind), "period": .string(found.period), "revision": .int(found.revision),
                "sha256": .string(found.digest),
            ]),
            "signedBy": Self.json(found.signatory, isCentreKnown),
            "stamp": found.stamp.map { stamp in
                .object([
                    "at": .string(stamp.moment.description), "name": .string(stamp.name),
                    "certificate": .string(stamp.fingerprint), "policy": .string(stamp.policy),
                    "isVouchedFor": .bool(isClockKnown),
                ])
            } ?? .null,
            "receipt": .object([
                "number": .string(found.receipt), "receivedAt": .string(found.receivedAt.description),
                "key": .string(found.key), "signedBy": Self.json(found.receiver, isReceiverKnown),
            ]),
            "journal": .object([
                "position": .int(found.head.position), "hash": .string(found.head.hash),
                "recordedAt": .string(found.recordedAt.description),
            ]),
            "packedAt": .string(found.packedAt.description), "packedBy": Self.json(found.packer, isCentreKnown),
        ]
    }

    private static func json(_ signatory: SignatureAuthority.Signatory, _ isKnown: Bool) -> JSON {
        .object([
            "name": .string(signatory.name), "certificate": .string(signatory.fingerprint),
            "isVouchedFor": .bool(isKnown),
        ])
    }
}
