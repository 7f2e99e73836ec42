import NIOSSL
import WorkingDays
import X509

/// The certificate and the key by which a server shows who it is, as they lie in their files at one moment.
package struct ServerPair: Sendable {
    /// Whom the certificate names.
    package let name: String
    /// From when the certificate is valid.
    package let validFrom: Moment
    /// Until when the certificate is valid.
    package let validUntil: Moment
    /// The certificate, and those between it and its authority, in the order in which they are shown.
    package let chain: [NIOSSLCertificate]
    /// The key.
    package let key: NIOSSLPrivateKey
    /// The bytes of both files, by which a new pair is told from the same one.
    package let source: [[UInt8]]

    /// Reads a pair.
    /// - Parameters:
    ///   - certificate: the PEM file of the certificate, those between it and its authority after it.
    ///   - key: the PEM file of the key, RSA or ECDSA, without a password: nobody is there to type it at a start.
    /// - Throws: ``ServerPairFault`` where a file cannot be read or is none, or the two do not belong together.
    package init(certificate: String, key: String) throws(ServerPairFault) {
        let (certificateBytes, keyBytes): ([UInt8], [UInt8])
        do {
            (certificateBytes, keyBytes) = (try SigningFiles.bytes(of: certificate), try SigningFiles.bytes(of: key))
        } catch {
            guard case .fileUnreadable(let file) = error else { throw .certificateRefused(certificate, "\(error)") }
            throw .unreadable(file)
        }
        let (certificates, opened): ([Certificate], SigningKey)
        do {
            certificates = try PEMCertificates.read(certificateBytes, file: certificate)
        } catch {
            guard case .certificateRefused(_, let reason) = error else {
                throw .certificateRefused(certificate, "\(error)")
            }
            throw .certificateRefused(certificate, reason)
        }
        do {
            opened = try SigningKey(keyBytes, password: nil, file: key)
            chain = try NIOSSLCertificate.fromPEMBytes(certificateBytes)
            self.key = try NIOSSLPrivateKey(bytes: keyBytes, format: .pem)
        } catch SigningFault.keyRefused(_, let reason) {
            throw .keyRefused(key, reason)
        } catch {
            throw .keyRefused(key, "\(error)")
        }
        // A server shows its own certificate first; one that stands elsewhere in the file is not shown in its place.
        guard let own = certificates.first, own.publicKey == opened.key.publicKey else {
            throw .mismatch(certificate: certificates.first?.subject.description ?? certificate)
        }
        name = own.subject.description
        validFrom = Moment(own.notValidBefore)
        validUntil = Moment(own.notValidAfter)
        source = [certificateBytes, keyBytes]
    }

    /// Sees that the certificate is valid at a moment.
    /// - Throws: ``ServerPairFault/notYetValid(certificate:from:)``, ``ServerPairFault/ended(certificate:at:)``.
    package func requireValid(at moment: Moment) throws(ServerPairFault) {
        if moment < validFrom { throw .notYetValid(certificate: name, from: validFrom) }
        if moment > validUntil { throw .ended(certificate: name, at: validUntil) }
    }

    /// How many whole days the certificate is still valid at a moment; below zero where it has ended.
    package func days(from moment: Moment) -> Int64 {
        (validUntil.millisecondsSince1970 - moment.millisecondsSince1970) / 86_400_000
    }
}

/// Why a certificate and a key cannot be shown by a server.
package enum ServerPairFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file cannot be read.
    case unreadable(String)
    /// The file holds no certificate; why.
    case certificateRefused(String, String)
    /// The file holds no key that can be used; why.
    case keyRefused(String, String)
    /// The first certificate of the file belongs to another key.
    case mismatch(certificate: String)
    /// The certificate's time has not begun.
    case notYetValid(certificate: String, from: Moment)
    /// The certificate's time is over.
    case ended(certificate: String, at: Moment)

    package var description: String {
        switch self {
        case .unreadable(let file):
            "The file “\(file)” of the server's TLS cannot be read: put it in its place, readable by the program's user."
        case .certificateRefused(let file, let reason):
            "There is no certificate for the server in “\(file)” (\(reason)): name a PEM file, the server's own certificate first."
        case .keyRefused(let file, let reason):
            "The server's key in “\(file)” cannot be used (\(reason)): it must be an RSA or ECDSA key in PEM without a password."
        case .mismatch(let certificate):
            "The server's key does not belong to the certificate “\(certificate)”: put the key and the certificate of one pair in place, its own certificate first."
        case .notYetValid(let certificate, let from):
            "The server's certificate “\(certificate)” is valid only from \(from): wait, or put one in place that is valid now."
        case .ended(let certificate, let at):
            "The server's certificate “\(certificate)” ended at \(at): put a new certificate and its key in place."
        }
    }
}
