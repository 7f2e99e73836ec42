import Foundation
import Signatures
import WorkingDays

extension Doctor {
    /// The certificate by which people reach the site, before it ends.
    func entrance() -> [Finding] {
        // Settings that cannot be read are a finding of their own.
        guard let settings = try? Settings.read(data + "/bailanys.yaml"), let certificate = settings.tlsCertificate,
            let key = settings.tlsKey
        else { return [] }
        let remedy = "Put a good pair in the files of “tls-certificate” and “tls-key”; the server takes it by itself."
        do throws(ServerPairFault) {
            let pair = try ServerPair(certificate: certificate, key: key)
            try pair.requireValid(at: now)
            let words = "The site shows the certificate “\(pair.name)”, which is valid until \(pair.validUntil)."
            let soon = pair.days(from: now) < SigningStanding.warningDays
            return [soon ? .warning("tls", words, remedy) : .ok("tls", words)] + openKey(key)
        } catch {
            return [.fault("tls", "\(error)", remedy)]
        }
    }

    private func openKey(_ key: String) -> [Finding] {
        var found = stat()
        guard stat(key, &found) == 0, found.st_mode & 0o007 != 0 else { return [] }
        return [.warning("tls", "Everybody on this machine may read the key \(key).", "chmod o= \(key)")]
    }
}
