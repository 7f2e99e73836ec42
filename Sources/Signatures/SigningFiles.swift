import Foundation
import WorkingDays

/// Where the pair that signs lies; the files are read each time, so that a new pair is used without a restart.
package struct SigningFiles: Hashable, Sendable {
    /// The file of the key: PEM, or PKCS#12 with its certificates.
    package var key: String
    /// The PEM file of the certificate, with those between it and its authority; nil where they lie in the key's file.
    package var certificate: String?
    /// The file of the password that opens the key; nil where it has none.
    package var passwordFile: String?

    /// The files of a pair.
    package init(key: String, certificate: String? = nil, passwordFile: String? = nil) {
        self.key = key
        self.certificate = certificate
        self.passwordFile = passwordFile
    }

    /// The pair as it lies there now.
    /// - Throws: ``SigningFault`` where a file cannot be read, or key and certificate do not belong together.
    package func signer() throws(SigningFault) -> Signer {
        let bytes = try Self.bytes(of: key)
        let opened = try SigningKey(bytes, password: try password(), file: key)
        guard let certificate else { return try Signer(opened.key, opened.certificates, file: key) }
        let certificates = try PEMCertificates.read(Self.bytes(of: certificate), file: certificate)
        return try Signer(opened.key, certificates + opened.certificates, file: certificate)
    }

    /// The pair as it lies there now, where it may sign at this moment.
    /// - Throws: ``SigningFault``.
    package func signer(at moment: Moment) throws(SigningFault) -> Signer {
        let signer = try signer()
        try signer.requireValid(at: moment)
        return signer
    }

    /// How the pair stands at a moment.
    package func standing(at moment: Moment) -> SigningStanding {
        do {
            let signer = try signer(at: moment)
            let days = (signer.validUntil.millisecondsSince1970 - moment.millisecondsSince1970) / 86_400_000
            return days < SigningStanding.warningDays
                ? .endsSoon(certificate: signer.name, until: signer.validUntil)
                : .good(certificate: signer.name, until: signer.validUntil)
        } catch {
            return .fault(error)
        }
    }

    /// What stands in the password's file, without the line's end.
    private func password() throws(SigningFault) -> [UInt8]? {
        guard let passwordFile else { return nil }
        let bytes = try Self.bytes(of: passwordFile)
        return Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
    }

    static func bytes(of file: String) throws(SigningFault) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else { throw .fileUnreadable(file) }
        return Array(data)
    }
}
