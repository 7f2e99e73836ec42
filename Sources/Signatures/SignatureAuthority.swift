import Foundation
import WorkingDays
@_spi(CMS) @_spi(FixedExpiryValidationTime) import X509

/// Who vouches for those whose signatures are accepted.
package struct SignatureAuthority: Sendable {
    /// Who made a signature that was accepted.
    package struct Signatory: Hashable, Sendable {
        /// Whom the certificate names.
        package var name: String
        /// The SHA-256 of the certificate, in hexadecimal digits.
        package var fingerprint: String
    }

    /// The largest signature that is looked at, in bytes.
    package static let sizeLimit = 16 << 10

    private let roots: CertificateStore?

    /// The authorities in a PEM file.
    /// - Throws: ``SigningFault/fileUnreadable(_:)``, ``SigningFault/certificateRefused(file:reason:)``.
    package init(file: String) throws(SigningFault) {
        roots = CertificateStore(try PEMCertificates.read(SigningFiles.bytes(of: file), file: file))
    }

    private init() { roots = nil }

    /// Whoever signed: what is checked is the signature itself, and not who stands behind its key.
    package static let anybody = SignatureAuthority()

    /// Checks a detached signature over bytes, and its certificate at a moment.
    /// - Returns: who signed.
    /// - Throws: ``SignatureRefusal``.
    package func check(
        _ signature: [UInt8], over bytes: [UInt8], at moment: Moment
    ) async throws(SignatureRefusal) -> Signatory {
        guard signature.count <= Self.sizeLimit else { throw .wrong("it is larger than \(Self.sizeLimit) bytes") }
        switch await verify(signature, bytes, at: moment) {
        case .success(let valid):
            guard CertificateUse.isSigning(valid.signer) else {
                throw .wrong("the certificate “\(valid.signer.subject)” was not given for signing documents")
            }
            do {
                return Signatory(
                    name: valid.signer.subject.description, fingerprint: try Signer.fingerprint(of: valid.signer))
            } catch {
                throw .wrong("its certificate cannot be read (\(error))")
            }
        case .failure(.unableToValidateSigner(let failure)):
            throw await refusal(of: failure.signer, signature, bytes, at: moment)
        case .failure(.invalidCMSBlock(let invalid)):
            throw .wrong(invalid.reason)
        }
    }

    /// Why a certificate that made the signature is not accepted: its time, or somebody else's.
    private func refusal(
        of signer: Certificate, _ signature: [UInt8], _ bytes: [UInt8], at moment: Moment
    ) async -> SignatureRefusal {
        let (from, until) = (Moment(signer.notValidBefore), Moment(signer.notValidAfter))
        guard moment < from || moment > until, case .success = await verify(signature, bytes, at: until) else {
            return .wrong("the authority does not vouch for the certificate “\(signer.subject)”")
        }
        return .expired(signer: signer.subject.description, from: from, until: until)
    }

    private func verify(
        _ signature: [UInt8], _ bytes: [UInt8], at moment: Moment
    ) async -> CMS.SignatureVerificationResult {
        var last = await verifyAsWritten(signature, bytes, at: moment)
        for spelling in RSASpelling.others(of: signature) {
            guard case .failure(.invalidCMSBlock) = last else { break }
            last = await verifyAsWritten(spelling, bytes, at: moment)
        }
        return last
    }

    private func verifyAsWritten(
        _ signature: [UInt8], _ bytes: [UInt8], at moment: Moment
    ) async -> CMS.SignatureVerificationResult {
        await CMS.isValidSignature(
            dataBytes: bytes, signatureBytes: signature,
            trustRoots: roots ?? CertificateStore(SignedMessage.certificates(in: signature))
        ) {
            if roots == nil {
                OneselfPolicy(moment: moment)
            } else {
                RFC5280Policy(fixedExpiryValidationTime: moment.date)
            }
        }
    }
}

/// RFC 3370 §3.2 lets a signer write “RSA” and leave the digest to the field beside it, as openssl does; the library
/// reads only “RSA with SHA-256” and its like. Both say the same, in as many bytes, and the field itself is not signed:
/// what makes a signature good is still the check of its number with the key.
enum RSASpelling {
    /// The algorithm “RSA” as a signer's, which the octets of the signature follow; in a key's place bits follow.
    private static let plain: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00, 0x04,
    ]
    /// Where in it the last number of the algorithm's name stands, and that number with SHA-256, SHA-384 and SHA-512.
    private static let place = 12
    private static let numbers: [UInt8] = [0x0B, 0x0C, 0x0D]

    /// The signature with the digest in the algorithm's name; none where it does not say “RSA” alone.
    static func others(of signature: [UInt8]) -> [[UInt8]] {
        let starts = signature.indices.dropLast(plain.count - 1)
        guard let start = starts.last(where: { signature[$0...].starts(with: plain) }) else { return [] }
        return numbers.map { number in
            var other = signature
            other[start + place] = number
            return other
        }
    }
}
