import Forms
import Foundation
import Signatures
import WorkingDays
import Yams

extension Settings {
    /// The settings in a file; none where there is no file.
    /// - Throws: `SettingsError` with the line and what to mend.
    package static func read(_ path: String) throws -> Settings {
        guard let bytes = FileManager.default.contents(atPath: path) else { return Settings() }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains(where: { !$0.isWhitespace }) else { return Settings() }
        if let fault = faults(in: text).first { throw SettingsError(path: path, reason: fault) }
        do {
            return try YAMLDecoder().decode(Settings.self, from: text)
        } catch {
            throw SettingsError(path: path, reason: "\(error)")
        }
    }

    /// All that is wrong with the text of a file of settings, a sentence each, with its line.
    package static func faults(in text: String) -> [String] {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            return ["\(error)"]
        }
        guard let node, node.null == nil else { return [] }
        guard let mapping = node.mapping else { return ["line 1: the file must hold lines of “key: value”"] }
        return mapping.compactMap { key, value in
            let name = key.string ?? "?"
            let line = "line \(key.mark?.line ?? 1): "
            guard let setting = SettingCatalogue.setting(name) else {
                let known = SettingCatalogue.all.map(\.key).sorted().joined(separator: ", ")
                return line + "“\(name)” is no setting; known are \(known)"
            }
            return setting.problem(with: value).map { line + $0 }
        }
    }

    /// Whether a text is the address of a site: https, or this very machine, and nothing after the host.
    static func isSite(_ address: String) -> Bool {
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty, parts.path.isEmpty,
            parts.user == nil, parts.query == nil, parts.fragment == nil
        else { return false }
        return parts.scheme == "https" || parts.scheme == "http" && ["127.0.0.1", "localhost"].contains(host)
    }

    /// Whether a text is where a copy of the backup can be: nothing secret in it, and nothing that a command could take for an end.
    static func isFarFolder(_ address: String) -> Bool {
        guard let parts = URLComponents(string: address), parts.host?.isEmpty == false, parts.password == nil,
            parts.query == nil, parts.fragment == nil, parts.path.utf8.count > 1,
            parts.path.utf8.allSatisfy({ byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                    || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-~".utf8.contains(byte)
            })
        else { return false }
        return parts.scheme == "sftp" ? parts.user?.isEmpty == false : parts.scheme == "https" && parts.user == nil
    }

    /// Sees that the files that are named can be read; asked before anything is sent with them.
    /// - Throws: `SettingsError`.
    func requireFiles(_ path: String) throws {
        let files: [(key: CodingKeys, file: String?)] = [
            (.reportAuthority, reportAuthority), (.reportCertificate, reportCertificate), (.reportKey, reportKey),
            (.signatureKey, signatureKey), (.signatureCertificate, signatureCertificate),
            (.signaturePasswordFile, signaturePasswordFile), (.agencySignatureAuthority, agencySignatureAuthority),
            (.timeStampAuthority, timeStampAuthority),
            (.mailAuthority, mailAuthority), (.smsAuthority, smsAuthority),
            (.webhookAuthority, webhookAuthority), (.forumAuthority, forumAuthority), (.tlsCertificate, tlsCertificate),
            (.tlsKey, tlsKey), (.directoryAuthority, directoryAuthority), (.providerAuthority, providerAuthority),
            (.offsiteKeyFile, offsiteKeyFile),
            (.offsiteKnownHosts, offsiteKnownHosts), (.offsiteTokenFile, offsiteTokenFile),
            (.offsiteAuthority, offsiteAuthority), (.auditAuthority, auditAuthority),
        ]
        for (key, file) in files {
            guard let file, !FileManager.default.isReadableFile(atPath: file) else { continue }
            throw SettingsError(path: path, reason: "the file “\(file)” of “\(key.rawValue)” cannot be read")
        }
        // Half a pair must not mean that reports leave unsigned.
        if signatureKey == nil, signatureCertificate != nil || signaturePasswordFile != nil {
            throw SettingsError(
                path: path,
                reason:
                    "“signature-certificate” and “signature-password-file” go with “signature-key”, which is not set")
        }
        do {
            _ = try directory
            _ = try provider
        } catch {
            throw SettingsError(path: path, reason: error.reason)
        }
    }

    /// Sees that what stamps signatures with the time is set whole, or not at all.
    /// - Throws: `SettingsError`.
    func requireWholeTimeStamps(_ path: String) throws {
        guard timeStampAddress != nil || timeStampAuthority != nil else { return }
        guard timeStampAddress != nil, timeStampAuthority != nil, signatureKey != nil else {
            throw SettingsError(
                path: path,
                reason:
                    "“time-stamp-address” and “time-stamp-authority” go together, and with “signature-key”: a stamp is one over the signature of a report"
            )
        }
    }

    /// Writes the settings, readable by their owner alone.
    package func write(_ path: String) throws {
        let text = try YAMLEncoder().encode(self)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

/// Why the settings cannot be read.
package struct SettingsError: Error, CustomStringConvertible {
    /// The file.
    package let path: String
    /// What is wrong, and where.
    package let reason: String

    package var description: String {
        "The settings in \(path) cannot be read: \(reason). Mend the file and start again."
    }
}
