import WorkingDays

/// Why nothing can be signed, or no signature be checked, with the files as they are.
package enum SigningFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file of the settings cannot be read.
    case fileUnreadable(String)
    /// The key cannot be taken from its file: another format, a wrong password, a kind of key that cannot sign here.
    case keyRefused(file: String, reason: String)
    /// No certificate can be taken from the file.
    case certificateRefused(file: String, reason: String)
    /// The certificate belongs to another key.
    case mismatch(certificate: String)
    /// The certificate was given for something else than signing documents.
    case notForSigning(certificate: String)
    /// The certificate's time has not begun.
    case notYetValid(certificate: String, from: Moment)
    /// The certificate's time is over.
    case ended(certificate: String, at: Moment)
    /// Signing itself failed.
    case failed(String)

    package var description: String {
        switch self {
        case .fileUnreadable(let file):
            "The file “\(file)” of the signature cannot be read: put it in its place, readable by the program's user."
        case .keyRefused(let file, let reason):
            "The signature's key in “\(file)” cannot be used (\(reason)): it must be an RSA or ECDSA key, PEM or PKCS#12, and “signature-password-file” must hold its password where it has one."
        case .certificateRefused(let file, let reason):
            "There is no certificate for the signature in “\(file)” (\(reason)): name a PEM file with it."
        case .mismatch(let certificate):
            "The key of the signature does not belong to the certificate “\(certificate)”: put the key and the certificate of one pair in place."
        case .notForSigning(let certificate):
            "The certificate “\(certificate)” was not given for signing documents: ask its issuer for one whose use is digital signature and, where an extended use is named, e-mail protection."
        case .notYetValid(let certificate, let from):
            "The certificate “\(certificate)” of the signature is valid only from \(from): wait, or put one in place that is valid now."
        case .ended(let certificate, let at):
            "The certificate “\(certificate)” of the signature ended at \(at): put a new pair of key and certificate in place."
        case .failed(let reason):
            "The document could not be signed (\(reason)): check the key and the certificate of the signature with “bailanys doctor”."
        }
    }
}

/// How the pair of key and certificate stands at a moment, for those who look before something is sealed.
package enum SigningStanding: Hashable, Sendable {
    /// It signs, and will for more than a month.
    case good(certificate: String, until: Moment)
    /// It signs, and ends within ``warningDays`` days.
    case endsSoon(certificate: String, until: Moment)
    /// It does not sign.
    case fault(SigningFault)

    /// How many days before its end a certificate is told of.
    package static let warningDays = 30
}

/// Why a signature is not accepted.
package enum SignatureRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// It was made over these bytes, and its certificate is not valid at the moment of the check.
    case expired(signer: String, from: Moment, until: Moment)
    /// It is not one over these bytes by somebody for whom the authority vouches.
    case wrong(String)

    package var description: String {
        switch self {
        case .expired(let signer, let from, let until):
            "The certificate of the signature (\(signer)) is valid from \(from) until \(until), and not now."
        case .wrong(let reason):
            "The signature is not one over these bytes by a certificate of the agreed authority: \(reason)."
        }
    }
}
