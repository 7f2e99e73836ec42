import Curl
import Foundation
import Signatures
import WorkingDays

/// Whom the signatures of receipts must come from; the file is read each time, so that a new authority needs no restart.
package struct ReceiptCheck: Sendable {
    private let authorityFile: String
    private let now: @Sendable () -> Moment

    /// A check.
    ///
    /// - Parameters:
    ///   - authorityFile: The PEM file of the authorities that vouch for who signs receipts.
    ///   - now: The time at which a certificate must be valid.
    package init(authorityFile: String, now: @escaping @Sendable () -> Moment) {
        self.authorityFile = authorityFile
        self.now = now
    }

    /// The authority as it lies in its file now.
    func authority() throws(SigningFault) -> SignatureAuthority { try SignatureAuthority(file: authorityFile) }

    /// The proof that is kept of a receipt.
    ///
    /// - Throws: `SignatureRefusal` where it has no signature, or a wrong one.
    func proof(
        of response: CurlResponse, by authority: SignatureAuthority
    ) async throws(SignatureRefusal) -> SignedReceipt {
        guard let field = response.header(SignatureField.name) else { throw .wrong("the receipt came without one") }
        guard let signature = SignatureField.signature(in: field) else {
            throw .wrong("the field \(SignatureField.name) holds none")
        }
        let signatory = try await authority.check(signature, over: response.body, at: now())
        return SignedReceipt(
            document: Data(response.body).base64EncodedString(), cms: Data(signature).base64EncodedString(),
            signer: signatory.name, certificate: signatory.fingerprint)
    }
}
