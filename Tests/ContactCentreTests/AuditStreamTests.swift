import Accounts
import Casework
import CentreSupport
import Foundation
import Journal
import LoopbackServer
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import ContactCentre

@Suite("What an auditor's system is told", .serialized)
struct AuditStreamTests {
    private let folder = TemporaryFolder()

    private func event(
        _ name: String, _ stream: StreamID, _ actor: Actor, _ payload: String = "{}", at position: Int64 = 7
    ) throws -> RecordedEvent {
        RecordedEvent(
            position: position, stream: stream, version: 1, name: name, occurredAt: try at("2026-11-30 10:00"),
            recordedAt: try at("2026-11-30 10:00"), actor: actor, payload: Array(payload.utf8))
    }

    @Test(
        "Who looked, signed in, changed rights or a case is told; the timers' own work is not, and no typed text ever")
    func records() throws {
        let complaint = StreamID(kind: "complaint", id: "2026-000007")
        let look = try #require(
            AuditRecord(
                try event(
                    "complaintRevealed", complaint, .user(3),
                    #"{"clocks":[],"event":{"body":"MJ","purpose":"Ахметов А. звонил"}}"#)))
        #expect(look.sort == .look && look.codes == ["body": "MJ"])
        let line = look.syslog(host: "s1.example.kz")
        #expect(
            line
                == #"<109>1 2026-11-30T05:00:00.000Z s1.example.kz bailanys - complaintRevealed [bailanys@32473 actor="user:3" body="MJ" position="7" sort="look" stream="complaint/2026-000007"] user:3 complaintRevealed complaint/2026-000007"#
        )
        let user = AccountEvent.stream(3)
        let refused = try #require(
            AuditRecord(try event("userSignInRefused", user, .user(3), #"{"because":"wrongPassword"}"#)))
        #expect(refused.sort == .access && refused.syslog(host: "").hasPrefix("<108>1 "))
        #expect(refused.syslog(host: "").contains(#"because="wrongPassword""#))
        let disabled = try #require(
            AuditRecord(try event("accountDisabled", user, .user(1), #"{"reason":"Ахметов уволен"}"#)))
        #expect(disabled.sort == .account && !disabled.syslog(host: "h").contains("Ахметов"))
        #expect(AuditRecord(try event("termBreached", complaint, .timer)) == nil)
        #expect(AuditRecord(try event("deliveryStarted", StreamID(kind: "delivery", id: "x"), .timer)) == nil)
        #expect(AuditRecord(try event("backupMade", ContactCentre.backupStream, .timer))?.sort == .house)
        #expect(AuditRecord(try event("complaintAnswered", complaint, .user(3)))?.sort == .change)
    }

    @Test("Whoever sees data of persons, or takes them out, is told as one who looks, whatever the event is called")
    func looks() {
        let names = ContactCentre.catalogue.names.filter { $0.hasSuffix("Revealed") || $0.hasSuffix("Copied") }
        #expect(names.count > 2 && names.subtracting(["offsiteCopied"]).isSubset(of: AuditRecord.looks))
    }

    @Test("Nothing breaks out of a message: quotation marks, brackets, line ends, long names")
    func escaped() throws {
        let hostile = Actor("cli:a\"]\\\n<13>1 x")
        let record = try #require(
            AuditRecord(
                try event(
                    String(repeating: "n", count: 50), StreamID(kind: "card", id: "S1"), hostile,
                    #"{"event":{"outcome":"]\" x\n"}}"#)))
        let line = record.syslog(host: "a b\nc")
        #expect(line.contains(#"actor="cli:a\"\]\\<13>1 x""#) && line.contains(#"outcome="\]\" x""#), "\(line)")
        #expect(line.contains(" abc bailanys - \(String(repeating: "n", count: 32)) ["))
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 })
    }

    private func open(_ address: String, _ authority: String? = nil) async throws -> (ContactCentre, AuditStream) {
        let data = try DataFolder(path: folder.file("data"))
        let centre = try await ContactCentre.open(
            data: data, law: try RepositoryLaw.read(), environment: .live, passwordCost: .trivial,
            bringsUpToDate: false, note: { _ in })
        let receiver = try #require(AuditStream.Receiver(address, authority: authority))
        return (
            centre, AuditStream(journal: centre.journal, receiver: receiver, path: data.audit, host: "s1")
        )
    }

    /// So many deeds of the house.
    private func act(_ centre: ContactCentre, _ count: Int) throws {
        for _ in 0..<count {
            let drill = RestoreDrilled(
                point: "p", position: 1, isSame: true, isOpened: false, seconds: 1, faults: [])
            try centre.record(drill, by: Actor("test"))
        }
    }

    @Test(
        "A receiver that is away, breaks off or comes back gets everything in its order, and nothing is taken for told")
    func tcp() async throws {
        let listener = try Listener()
        let (centre, stream) = try await open("tcp://127.0.0.1:\(listener.port)")
        try act(centre, 1_200)
        listener.mode.withLock { $0 = .reset }
        await #expect(throws: (any Error).self) { try await stream.round() }
        #expect(AuditStream.position(in: centre.data.audit) == 0)
        listener.mode.withLock { $0 = .read }
        #expect(try await stream.round() == 1_200)
        #expect(try await stream.round() == 0)
        try act(centre, 3)
        // The program starts anew: it goes on from where it was.
        #expect(try await stream.round() == 3)
        let positions = listener.messages.compactMap { $0.firstMatch(of: /position="([0-9]+)"/).flatMap { Int($0.1) } }
        #expect(positions == Array(1...1_203))
        listener.stop()
        try act(centre, 1)
        await #expect(throws: (any Error).self) { try await stream.round() }
        #expect(AuditStream.position(in: centre.data.audit) == 1_203)
        try centre.close()
    }

    @Test("Over TLS the receiver's certificate is verified, and he reads what was sent")
    func tls() async throws {
        let certificates = try DemoCertificates()
        let server = Process()
        server.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        server.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-cert", certificates.path("server.pem"), "-key",
            certificates.path("server-key.pem"),
        ]
        let log = folder.file("log")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let input = Pipe()
        server.standardInput = input
        server.standardOutput = FileHandle(forWritingAtPath: log)
        server.standardError = FileHandle.nullDevice
        try server.run()
        defer {
            // The mask of the thread that starts it may keep every other signal from it.
            kill(server.processIdentifier, SIGKILL)
            server.waitUntilExit()
        }
        func text() -> String { String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self) }
        var port: Substring?
        for _ in 0..<400 where port == nil {
            port = text().firstMatch(of: /ACCEPT [^\n]*:([0-9]+)\n/)?.1
            try await Task.sleep(for: .milliseconds(25))
        }
        let found = try #require(port)
        let (centre, stream) = try await open("tls://localhost:\(found)", certificates.path("ca.pem"))
        try act(centre, 5)
        let receiver = try #require(AuditStream.Receiver("tls://localhost:\(found)", authority: nil))
        let trusting = AuditStream(journal: centre.journal, receiver: receiver, path: folder.file("p"), host: "s1")
        await #expect(throws: (any Error).self) { try await trusting.round() }
        #expect(try await stream.round() == 5)
        #expect(text().components(separatedBy: "restoreDrilled [").count == 6, "\(text())")
        try centre.close()
    }

    @Test("Over UDP each message is a datagram")
    func udp() async throws {
        let listener = try Listener(isDatagram: true)
        let (centre, stream) = try await open("udp://127.0.0.1:\(listener.port)")
        try act(centre, 2)
        #expect(try await stream.round() == 2)
        for _ in 0..<200 where listener.messages.count < 2 { try await Task.sleep(for: .milliseconds(25)) }
        #expect(listener.messages.allSatisfy { $0.hasPrefix("<109>1 ") } && listener.messages.count == 2)
        listener.stop()
        try centre.close()
    }

    @Test(
        "What is no address of a receiver is refused",
        arguments: ["tls://h", "http://h:1", "tcp://u@h:1", "tcp://h:1/x"])
    func addresses(_ address: String) {
        #expect(AuditStream.Receiver(address, authority: nil) == nil)
        #expect(Settings.faults(in: "audit-receiver: \(address)").count == 1)
    }
}

/// A receiver of syslog on a free port: reads each connection to its end and closes it.
private final class Listener: Sendable {
    enum Mode { case read, reset }

    let port: Int
    let mode = Mutex(Mode.read)
    private let socket: Int32
    private let taken = Mutex<[String]>([])

    init(isDatagram: Bool = false) throws {
        let type = isDatagram ? SOCK_DGRAM : SOCK_STREAM
        let socket = Glibc.socket(AF_INET, Int32(type.rawValue), 0)
        self.socket = socket
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(socket, generic, length) == 0, getsockname(socket, generic, &length) == 0 else { return 0 }
                return Int(pointer.pointee.sin_port.bigEndian)
            }
        }
        guard port > 0, isDatagram || listen(socket, 8) == 0 else { throw CocoaError(.fileReadUnknown) }
        let thread = Thread { [self] in
            if isDatagram { datagrams() } else { connections() }
        }
        thread.start()
    }

    var messages: [String] { taken.withLock { $0 } }

    func stop() {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private func datagrams() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            taken.withLock { $0.append(text) }
        }
    }

    private func connections() {
        while true {
            let connection = accept(socket, nil, nil)
            guard connection >= 0 else { return }
            defer { close(connection) }
            if mode.withLock({ $0 }) == .reset {
                var piece = [UInt8](repeating: 0, count: 100)
                _ = recv(connection, &piece, piece.count, 0)
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
                continue
            }
            var bytes: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = recv(connection, &piece, piece.count, 0)
                guard count > 0 else { break }
                bytes += piece[..<count]
            }
            var rest = bytes[...]
            while let gap = rest.firstIndex(of: 0x20),
                let length = Int(String(decoding: rest[..<gap], as: UTF8.self))
            {
                let message = rest[(gap + 1)...].prefix(length)
                taken.withLock { $0.append(String(decoding: message, as: UTF8.self)) }
                rest = rest[(gap + 1)...].dropFirst(length)
            }
        }
    }
}
