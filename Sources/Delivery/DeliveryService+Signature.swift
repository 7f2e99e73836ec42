import Foundation
import Journal
import Signatures
import WorkingDays

extension DeliveryService {
    /// What is sent beside a document.
    enum Signing {
        /// Nothing: the destination is sent no signatures.
        case unsigned
        /// This signature.
        case signed([UInt8])
        /// Nothing may be sent: it would go without a signature, or with a wrong one.
        case refused(AttemptFailure)
    }

    /// The signature over a document: the one of an earlier attempt, as long as it is by the certificate in place, so that
    /// the receiver is told the same again; otherwise a new one, recorded before anything is sent.
    ///
    /// - Throws: What the journal throws when nothing can be recorded.
    func signing(of delivery: DeliveryRecord, over bytes: [UInt8], attempt: Int) async throws -> Signing {
        let kept = try await journal.read { db in try DeliverySignatures(of: delivery.id, in: db).sent }
        // What was signed once is never sent without it, whatever the settings say now.
        guard let files = signers[delivery.destination] else { return kept.map(Self.resent) ?? .unsigned }
        let now = environment.now()
        let signed: DeliveryEvent.Signed
        do throws(SigningFault) {
            let signer = try files.signer(at: now)
            if let kept, kept.certificate == signer.fingerprint { return Self.resent(kept) }
            signed = DeliveryEvent.Signed(
                attempt: attempt, cms: Data(try signer.sign(bytes, at: now)).base64EncodedString(),
                signer: signer.name, certificate: signer.fingerprint)
        } catch {
            return .refused(
                AttemptFailure(.transient, "The document cannot be signed, so nothing was sent: \(error)"))
        }
        _ = try await journal.transact(by: .timer, at: now) { transaction in
            try DeliveryHistory(delivery.id, in: transaction).append([.deliverySigned(signed)], in: transaction)
            return true
        }
        return Self.resent(signed)
    }

    private static func resent(_ signed: DeliveryEvent.Signed) -> Signing {
        guard let cms = Data(base64Encoded: signed.cms) else {
            return .refused(
                AttemptFailure(.permanent, "ALARM: the signature in the journal cannot be read; nothing was sent."))
        }
        return .signed(Array(cms))
    }
}
