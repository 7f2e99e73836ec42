import Crypto
import Foundation
import SwiftASN1
import WorkingDays
@_spi(CMS) import X509

/// A key and the certificate that belongs to it.
package struct Signer: Sendable {
    /// Whom the certificate names.
    package let name: String
    /// The SHA-256 of the certificate, in hexadecimal digits.
    package let fingerprint: String
    /// From when the certificate is valid.
    package let validFrom: Moment
    /// Until when the certificate is valid.
    package let validUntil: Moment

    private let key: Certificate.PrivateKey
    private let certificate: Certificate
    private let between: [Certificate]
    private let algorithm: Certificate.SignatureAlgorithm

    /// The pair of a key and the one of some certificates that belongs to it; the others go with each signature.
    /// - Throws: ``SigningFault`` where none belongs to it, or it was not given for signing.
    init(_ key: Certificate.PrivateKey, _ certificates: [Certificate], file: String) throws(SigningFault) {
        guard let first = certificates.first else { throw .certificateRefused(file: file, reason: "it holds none") }
        guard let own = certificates.first(where: { $0.publicKey == key.publicKey }) else {
            throw .mismatch(certificate: first.subject.description)
        }
        name = own.subject.description
        guard CertificateUse.isSigning(own) else { throw .notForSigning(certificate: name) }
        let usable: [Certificate.SignatureAlgorithm] = [.sha256WithRSAEncryption, .ecdsaWithSHA256]
        guard let algorithm = usable.first(where: key.supportedSignatureAlgorithms.contains) else {
            throw .keyRefused(file: file, reason: "it is neither RSA nor ECDSA")
        }
        do {
            fingerprint = try Self.fingerprint(of: own)
        } catch {
            throw .certificateRefused(file: file, reason: "\(error)")
        }
        self.key = key
        self.algorithm = algorithm
        certificate = own
        // An authority's own certificate proves nothing to who does not know it already.
        between = certificates.filter { $0 != own && $0.subject != $0.issuer }
        validFrom = Moment(own.notValidBefore)
        validUntil = Moment(own.notValidAfter)
    }

    /// Sees that the certificate is valid at a moment.
    /// - Throws: ``SigningFault/notYetValid(certificate:from:)``, ``SigningFault/ended(certificate:at:)``.
    package func requireValid(at moment: Moment) throws(SigningFault) {
        if moment < validFrom { throw .notYetValid(certificate: name, from: validFrom) }
        if moment > validUntil { throw .ended(certificate: name, at: validUntil) }
    }

    /// Signs bytes; the signature says when.
    /// - Returns: a detached CMS signature in DER, with the certificate.
    /// - Throws: ``SigningFault`` where the certificate is not valid then, or signing fails.
    package func sign(_ bytes: [UInt8], at moment: Moment) throws(SigningFault) -> [UInt8] {
        try requireValid(at: moment)
        do {
            return try CMS.sign(
                bytes, signatureAlgorithm: algorithm, additionalIntermediateCertificates: between,
                certificate: certificate, privateKey: key, signingTime: moment.date)
        } catch {
            throw .failed("\(error)")
        }
    }

    static func fingerprint(of certificate: Certificate) throws -> String {
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return SHA256.hash(data: serializer.serializedBytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// What a certificate was given for.
enum CertificateUse {
    /// Whether documents are signed with it: where it names uses, they are those that `openssl cms` asks for.
    static func isSigning(_ certificate: Certificate) -> Bool {
        do {
            if let use = try certificate.extensions.keyUsage, !use.digitalSignature, !use.nonRepudiation {
                return false
            }
            guard let extended = try certificate.extensions.extendedKeyUsage else { return true }
            return extended.contains { $0 == .emailProtection || $0 == .any }
        } catch {
            // A use that cannot be read is not known to be signing.
            return false
        }
    }
}

extension Moment {
    /// The moment of a date, to the millisecond.
    init(_ date: Date) {
        self.init(millisecondsSince1970: Int64((date.timeIntervalSince1970 * 1000).rounded(.down)))
    }

    var date: Date { Date(timeIntervalSince1970: Double(millisecondsSince1970) / 1000) }
}
