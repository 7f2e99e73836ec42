import Backup
import Curl
import Delivery
import Foundation

/// A folder on another machine that holds the copy of a backup, as a setting names it.
struct OffsiteFolder: Sendable {
    /// Why it did not do what was asked.
    struct Fault: Error, Sendable {
        let failure: AttemptFailure
    }

    /// How it is spoken to.
    private enum Way: Sendable {
        /// Files over SSH: what they are called there, and who we are.
        case sftp(root: String, CurlSSH)
        /// PUT, GET and DELETE over TLS, with a token.
        case https(token: String?, authority: String?)
    }

    private let address: String
    private let way: Way
    private let session: CurlSession

    /// The folder of the settings; nil where none is set.
    /// - Throws: `SettingsError`, in words, where something that belongs to it is missing or cannot be read.
    init?(_ settings: Settings, path: String, session: CurlSession) throws {
        guard let destination = settings.offsiteDestination, let url = URLComponents(string: destination) else {
            return nil
        }
        self.session = session
        if url.scheme?.lowercased() == "sftp" {
            guard let user = url.user, let host = url.host, let key = settings.offsiteKeyFile,
                let hosts = settings.offsiteKnownHosts
            else {
                throw SettingsError(
                    path: path,
                    reason:
                        "“offsite-destination” by SFTP is sftp://user@host/folder, and takes “offsite-key-file” and “offsite-known-hosts”"
                )
            }
            let port = url.port.map { ":\($0)" } ?? ""
            let folder = url.path.hasSuffix("/") ? String(url.path.dropLast()) : url.path
            address = "sftp://\(host)\(port)\(folder)"
            // In an address `/~/` is the home of the user; in a command a path that does not begin with a slash is in it.
            way = .sftp(
                root: folder.hasPrefix("/~/") ? String(folder.dropFirst(3)) : folder,
                CurlSSH(user: user, keyFile: key, knownHostsFile: hosts))
        } else {
            address = destination.hasSuffix("/") ? String(destination.dropLast()) : destination
            way = .https(token: try settings.offsiteTokenFile.map(Self.token), authority: settings.offsiteAuthority)
        }
    }

    private static func token(_ file: String) throws -> String {
        let text = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else {
            throw SettingsError(path: file, reason: "it must hold the token of “offsite-token-file” in its first line")
        }
        return text
    }

    /// The bytes of a file there; nil where there is none.
    func read(_ file: String, upTo limit: Int) async throws(Fault) -> [UInt8]? {
        var request = request(file)
        request.responseLimit = limit
        let answer: CurlResponse
        do throws(CurlError) {
            answer = try await session.send(request)
        } catch {
            if error.code == .fileNotFound { return nil }
            throw Fault(failure: AttemptFailure(error))
        }
        guard case .https = way else { return answer.body }
        if [404, 410].contains(answer.status) { return nil }
        guard (200..<300).contains(answer.status) else { throw refused(answer) }
        return answer.body
    }

    /// Puts a file there; under its name stands all of it or nothing.
    /// - Parameters:
    ///   - file: what is sent; an upload of the same bytes goes on where it was broken off.
    ///   - body: its bytes.
    func write(_ file: OffsiteFile, _ body: CurlBody) async throws(Fault) {
        let (path, digest) = (file.path, file.sha256)
        var request = request(path)
        request.method = "PUT"
        request.body = body
        if case .sftp(let root, var ssh) = way {
            let part = "\(path).\(digest.prefix(12)).part"
            request.url = "\(address)/\(part)"
            ssh.after = ["*rm \"\(root)/\(path)\"", "rename \"\(root)/\(part)\" \"\(root)/\(path)\""]
            ssh.resumes = true
            request.ssh = ssh
        } else {
            request.headers.append(CurlHeader("Content-Type", "application/octet-stream"))
        }
        try await send(request, missingIsRight: false)
    }

    /// Removes a file there; one that is not there is no fault.
    func remove(_ file: String) async throws(Fault) {
        var request = request(file)
        if case .sftp(let root, var ssh) = way {
            request.url = "\(address)/"
            request.method = "HEAD"
            ssh.before = ["*rm \"\(root)/\(file)\""]
            // Of the last file the folders go too, where nothing else is in them.
            if let slash = file.lastIndex(of: "/") { ssh.before.append("*rmdir \"\(root)/\(file[..<slash])\"") }
            request.ssh = ssh
        } else {
            request.method = "DELETE"
        }
        try await send(request, missingIsRight: true)
    }

    private func send(_ request: CurlRequest, missingIsRight: Bool) async throws(Fault) {
        let answer: CurlResponse
        do throws(CurlError) {
            answer = try await session.send(request)
        } catch {
            throw Fault(failure: AttemptFailure(error))
        }
        guard case .https = way, !(200..<300).contains(answer.status) else { return }
        if missingIsRight, [404, 410].contains(answer.status) { return }
        throw refused(answer)
    }

    private func refused(_ answer: CurlResponse) -> Fault {
        Fault(
            failure: .answered(
                status: answer.status, detail: "",
                retryAfter: answer.header("Retry-After").flatMap(RetryAfter.init(headerValue:))))
    }

    private func request(_ file: String) -> CurlRequest {
        var request = CurlRequest("\(address)/\(file)")
        // A first copy takes hours; what stands still for a minute is broken off.
        request.timeout = nil
        request.stallTimeout = .seconds(60)
        switch way {
        case .sftp(_, let ssh):
            request.protocols = [.sftp]
            request.ssh = ssh
        case .https(let token, let authority):
            request.protocols = [.https]
            request.certificateAuthorityFile = authority
            if let token { request.headers = [CurlHeader("Authorization", "Bearer \(token)")] }
        }
        return request
    }
}

extension Settings {
    /// What is missing for a copy of the backup on another machine, a sentence each without its full stop.
    var offsiteFaults: [String] {
        guard let destination = offsiteDestination else {
            let others = [offsiteKeyFile, offsiteKnownHosts, offsiteTokenFile, offsiteAuthority]
            return others.allSatisfy { $0 == nil }
                ? [] : ["“offsite-destination” is not set, and other settings of the copy are: set it, or none of them"]
        }
        guard destination.lowercased().hasPrefix("sftp:") else {
            return offsiteKeyFile == nil && offsiteKnownHosts == nil
                ? [] : ["“offsite-key-file” and “offsite-known-hosts” are for SFTP, and “offsite-destination” is not"]
        }
        return offsiteKeyFile != nil && offsiteKnownHosts != nil
            ? [] : ["“offsite-destination” by SFTP takes “offsite-key-file” and “offsite-known-hosts”: set both"]
    }
}
