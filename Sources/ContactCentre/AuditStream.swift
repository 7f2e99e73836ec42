import Blocking
import Curl
import Foundation
import Journal
import Logging
import WorkingDays

/// Tells an auditor's system (SIEM) all that people did, in the order of the journal, from where it was told last.
///
/// The position is kept in a file of the data folder after the receiver has taken what goes before it: nothing is lost while he is
/// away. Where the program stops between the two, what he has taken is sent again with the same positions, by which he tells them
/// apart. Over UDP nothing says what arrives: use it only where nothing else is taken.
package final class AuditStream: Sendable {
    /// Where the messages go.
    package struct Receiver: Hashable, Sendable {
        /// How they travel.
        enum Way: String, Sendable { case tls, tcp, udp }

        let way: Way
        let host: String
        let port: Int
        /// A PEM file of the authorities that vouch for him; nil for the system's.
        let authority: String?

        /// A receiver by his address, `tls://host:6514`; nil where it is none.
        package init?(_ address: String, authority: String?) {
            guard let url = URLComponents(string: address), let way = Way(rawValue: url.scheme?.lowercased() ?? ""),
                let host = url.host, !host.isEmpty, let port = url.port, (1...65_535).contains(port),
                url.user == nil, url.path.isEmpty, url.query == nil
            else { return nil }
            (self.way, self.host, self.port, self.authority) = (way, host, port, authority)
        }
    }

    private let journal: Journal
    private let receiver: Receiver
    private let path: String
    private let host: String

    /// How many events are read at a time.
    static let batch = 500

    /// A stream that has sent nothing yet.
    /// - Parameters:
    ///   - path: the file that keeps the position.
    ///   - host: the name of this machine.
    package init(journal: Journal, receiver: Receiver, path: String, host: String) {
        self.journal = journal
        self.receiver = receiver
        self.path = path
        self.host = host
    }

    /// The position up to which he has been told; 0 where no file keeps one, so that everything is told.
    package static func position(in path: String) -> Int64 {
        guard let bytes = FileManager.default.contents(atPath: path) else { return 0 }
        return Int64(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    /// Sends all that is new.
    /// - Returns: how many records were taken.
    /// - Throws: `CurlError` where he does not take them; what was taken before stays told.
    @discardableResult
    package func round() async throws -> Int {
        var sent = 0
        while !Task.isCancelled {
            let position = Self.position(in: path)
            let events = try await journal.read { db in
                try SQLiteEventStore(db: db).events(after: position, limit: Self.batch)
            }
            guard let last = events.last else { break }
            let messages = events.compactMap(AuditRecord.init).map { $0.syslog(host: host) }
            if !messages.isEmpty {
                try await Blocking.long.run { [receiver] in try receiver.take(messages) }
                sent += messages.count
            }
            try await Blocking.brief.run { [path] in try Self.keep(last.position, in: path) }
        }
        return sent
    }

    /// Keeps the position up to which he has been told.
    static func keep(_ position: Int64, in path: String) throws {
        let file = URL(fileURLWithPath: path)
        try Data("\(position)\n".utf8).write(to: file, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

extension AuditStream.Receiver {
    /// Gives him messages; returns when he has taken them.
    fileprivate func take(_ messages: [String]) throws {
        guard way == .udp else {
            // Counted octets (RFC 6587 §3.4.1, RFC 5425 §4.3).
            let bytes = messages.flatMap { Array("\($0.utf8.count) \($0)".utf8) }
            return try CurlStream.send(
                bytes, to: host, port: port, isEncrypted: way == .tls, certificateAuthorityFile: authority)
        }
        try CurlStream.datagrams(messages.map { Array($0.utf8) }, to: host, port: port)
    }
}

extension ContactCentre {
    /// How many events the auditor's system has not been told of; nil where it is told of none.
    func auditBehind(_ head: Int64) -> Int64? {
        settings.auditReceiver.map { _ in max(0, head - AuditStream.position(in: data.audit)) }
    }

    /// The service that tells the auditor's system; nil where none is set.
    func auditService(_ logger: Logger) throws -> PeriodicService? {
        guard let address = settings.auditReceiver else { return nil }
        guard let receiver = AuditStream.Receiver(address, authority: settings.auditAuthority) else {
            throw SettingsError(path: data.settings, reason: "“audit-receiver” is tls://host:port, tcp:// or udp://")
        }
        let stream = AuditStream(
            journal: journal, receiver: receiver, path: data.audit, host: ProcessInfo.processInfo.hostName)
        return PeriodicService(interval: .seconds(10), sleep: environment.sleep) {
            do {
                try await stream.round()
            } catch is CancellationError {
                // The program is stopping; the next start goes on from here.
            } catch {
                logger.error("audit.notTaken", metadata: ["reason": "\(error)"])
            }
        }
    }
}
