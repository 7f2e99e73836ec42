import Accounts
import Attachments
import Backup
import CentreSupport
import Crypto
import Delivery
import Foundation
import GRDB
import Hummingbird
import Journal
import Logging
import LoopbackServer
import PersonalData
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import ContactCentre

@Suite("The copy of a backup on another machine", .serialized)
struct OffsiteTests {
    private let folder = TemporaryFolder()
    private let key = BackupPrivateKey()
    private let clock = Ticks()

    private final class Ticks: Sendable {
        private let last = Mutex<Int64>(1_795_989_600_000)

        func next() -> Moment {
            Moment(
                millisecondsSince1970: last.withLock { last in
                    last += 60_000
                    return last
                })
        }
    }

    private var backup: String { folder.file("backup") }

    private func open(_ settings: String) async throws -> ContactCentre {
        let data = try DataFolder(path: folder.file("data"))
        try settings.write(toFile: data.settings, atomically: true, encoding: .utf8)
        return try await ContactCentre.open(
            data: data, law: try RepositoryLaw.read(),
            environment: CentreEnvironment(
                now: { [clock] in clock.next() }, randomBytes: CentreEnvironment.live.randomBytes),
            passwordCost: .trivial, bringsUpToDate: false, note: { _ in })
    }

    private func open(_ server: SSHServer) async throws -> ContactCentre {
        try await open(
            """
            offsite-destination: \(server.address)
            offsite-key-file: \(server.key)
            offsite-known-hosts: \(server.knownHosts)
            """)
    }

    /// One more backup, with an attached file and a key that no other has.
    @discardableResult
    private func backUp(_ centre: ContactCentre, _ word: String, newest: Int = 30) throws -> BackupPoint {
        let person = centre.vault.person(knownBy: word)
        _ = try centre.vault.keys(for: [person])
        let text = "\(word)\n" + (0..<40_000).map { "\($0 &* 31)\n" }.joined()
        _ = try centre.attachments.saveNow(Array(text.utf8), named: "\(word).txt", for: "test")
        return try centre.backUp(
            to: backup, for: [key.recipient], keeping: BackupRetention(newest: newest, months: 0), by: Actor("test")
        ).point
    }

    /// One attempt at the oldest copy that waits; gives how that delivery then stands.
    @discardableResult
    private func attempt(_ centre: ContactCentre) async throws -> DeliveryRecord? {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let services = try centre.services(logger: logger)
        let service = try #require(services.lazy.compactMap { $0 as? DeliveryService }.first)
        let waiting = try await centre.journal.read { db in
            try DeliveryRecord.fetchAll(in: .waiting, limit: 10, in: db).last { $0.destination == OffsiteDesk.name }
        }
        guard let waiting else { return nil }
        // Past any wait that an earlier failure has ordered.
        for _ in 0..<120 { _ = clock.next() }
        try await service.attempt(waiting)
        return try await centre.journal.read { try DeliveryRecord.fetch(waiting.id, in: $0) }
    }

    private func copied(_ centre: ContactCentre) throws -> OffsiteCopied? {
        try centre.journal.readNow { db in
            guard case .offsiteCopied(let event)? = try ContactCentre.last(OffsiteDesk.stream, in: db)?.event else {
                return nil
            }
            return event
        }
    }

    private func files(_ path: String) throws -> Set<String> {
        Set(
            try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
                    && !isFolder.boolValue
            })
    }

    /// What a copy has and the folder does not, and the other way round.
    private func difference(_ far: String) throws -> Set<String> {
        let own = try files(backup).subtracting(["lock", "offsite"])
        return try files(far).subtracting(["SHA256SUMS", "newest.json"]).symmetricDifference(own)
    }

    @Test("Over SFTP each file goes once, what is fetched back is whole and restores, and old keys go away")
    func sftp() async throws {
        let server = try SSHServer()
        let centre = try await open(server)
        let first = try backUp(centre, "a")
        #expect(try await attempt(centre)?.phase == .delivered)
        #expect(try copied(centre)?.point == first.name)
        #expect(try difference(server.far) == [])
        for name in ["b", "c", "d"] {
            let point = try backUp(centre, name, newest: 2)
            #expect(try await attempt(centre)?.phase == .delivered)
            let event = try #require(try copied(centre))
            // One file of events, one attached file, one of keys, and what a point alone has.
            #expect(event.point == point.name && event.files < 12 && event.left == 0, "\(event)")
            #expect(try difference(server.far) == [])
        }
        #expect(try files(server.far + "/vault").count == 2)
        let reader = try BackupReader(path: server.far)
        let newest = try reader.point()
        #expect(try reader.verify(newest, key: key).faults == [])
        let result = try ContactCentre.restorer(reader).restore(
            newest, to: folder.file("restored"), key: key, acceptsLoss: false)
        #expect(result.isSame, "\(result)")
        // As `sha256sum -c` would.
        for line in try String(contentsOfFile: server.far + "/SHA256SUMS", encoding: .utf8).split(separator: "\n") {
            let bytes = try #require(FileManager.default.contents(atPath: server.far + "/" + line.dropFirst(66)))
            #expect(SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined() == line.prefix(64))
        }
        try centre.close()
    }

    @Test("What was broken off goes on where it was, and what is whole under its first name is not sent again")
    func resumes() async throws {
        let server = try SSHServer()
        let centre = try await open(server)
        let point = try backUp(centre, "a")
        let files = point.manifest.segments.map(\.part) + [point.manifest.vaultPart]
        for (number, part) in files.enumerated() {
            let bytes = try #require(FileManager.default.contents(atPath: backup + "/" + part.file))
            let far = server.far + "/\(part.file).\(part.sha256.prefix(12)).part"
            try FileManager.default.createDirectory(
                atPath: (far as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            // The first was broken off in the middle, the second before it got its name.
            try bytes.prefix(number == 0 ? bytes.count / 2 : bytes.count).write(to: URL(fileURLWithPath: far))
        }
        #expect(try await attempt(centre)?.phase == .delivered)
        #expect(try difference(server.far) == [])
        #expect(try BackupReader(path: server.far).verify(point, key: key).faults == [])
        try centre.close()
    }

    @Test("A machine whose key is not known, or that does not know ours, gets nothing; nor does one that is away hurt")
    func refused() async throws {
        let server = try SSHServer()
        let centre = try await open(server)
        let point = try backUp(centre, "a")
        let known = try String(contentsOfFile: server.knownHosts, encoding: .utf8)
        let other = try String(contentsOfFile: server.key + ".pub", encoding: .utf8)
        try "[127.0.0.1]:\(server.port) \(other)".write(toFile: server.knownHosts, atomically: true, encoding: .utf8)
        let stranger = try await attempt(centre)
        #expect(stranger?.phase == .dead && stranger?.lastError?.contains("verified") == true, "\(stranger as Any)")
        try known.write(toFile: server.knownHosts, atomically: true, encoding: .utf8)
        try "".write(toFile: server.folder.file("authorized"), atomically: true, encoding: .utf8)
        try backUp(centre, "b")
        let unknown = try await attempt(centre)
        #expect(unknown?.phase == .dead && unknown?.lastError?.contains("refused") == true, "\(unknown as Any)")
        #expect(try files(server.far) == [] && copied(centre) == nil)
        server.stop()
        let last = try backUp(centre, "c")
        #expect(try await attempt(centre)?.phase == .waiting)
        #expect(try BackupReader(path: backup).verify(last, key: key).faults == [])
        #expect(last.manifest.position > point.manifest.position)
        try centre.close()
    }

    @Test("Over HTTPS a far side that breaks off, fills up, forgets or belongs to others is met")
    func https() async throws {
        let certificates = try DemoCertificates()
        let shelf = Shelf()
        try await withServer(shelf.router(), tls: certificates.server()) { port in
            try "geheim-7\n".write(toFile: folder.file("token"), atomically: true, encoding: .utf8)
            let centre = try await open(
                """
                offsite-destination: https://localhost:\(port)/copy/
                offsite-token-file: \(folder.file("token"))
                offsite-authority: \(certificates.path("ca.pem"))
                """)
            let point = try backUp(centre, "a")
            shelf.state.withLock { $0.room = 5 }
            #expect(try await attempt(centre)?.phase == .waiting)
            #expect(shelf.files["points/\(point.name)/manifest.json"] == nil)
            shelf.state.withLock { $0.room = .max }
            #expect(try await attempt(centre)?.phase == .delivered)
            #expect(shelf.puts.filter { $0.value > 1 }.keys.sorted() == [])
            #expect(shelf.puts.count == shelf.files.count && shelf.authorized)
            // The ledger is lost: the copy's own list tells, and nothing goes twice.
            try FileManager.default.removeItem(atPath: backup + "/offsite")
            try backUp(centre, "b")
            #expect(try await attempt(centre)?.phase == .delivered)
            #expect(Set(shelf.puts.filter { $0.value > 1 }.keys) == ["SHA256SUMS", "newest.json"])
            try backUp(centre, "bb", newest: 1)
            #expect(try await attempt(centre)?.phase == .delivered)
            let isThere = shelf.files.keys.contains("points/\(point.name)/manifest.json")
            #expect(!isThere, "an older point was not removed")
            #expect(try copied(centre)?.left == 0)
            // It forgets everything: everything goes again.
            shelf.state.withLock { $0.files = [:] }
            try backUp(centre, "c")
            #expect(try await attempt(centre)?.phase == .delivered)
            let far = try shelf.write(to: folder.file("fetched"))
            #expect(try BackupReader(path: far).verify(try BackupReader(path: far).point(), key: key).faults == [])
            // It keeps what it is told to remove: that is counted, and the point is whole all the same.
            shelf.state.withLock { $0.keeps = true }
            try backUp(centre, "d", newest: 1)
            #expect(try await attempt(centre)?.phase == .delivered)
            #expect(try copied(centre)?.left ?? 0 > 0)
            // It becomes another centre's.
            shelf.state.withLock { state in
                state.files["newest.json"] = Array("{}".utf8)
                state.files["backup.json"] = Array("{}".utf8)
            }
            try backUp(centre, "e")
            #expect(try await attempt(centre)?.phase == .dead)
            let ledger = try String(contentsOfFile: backup + "/offsite", encoding: .utf8)
            #expect(!ledger.contains("geheim") && !ledger.contains("localhost"))
            try centre.close()
        }
    }

    /// A server of files by PUT, GET and DELETE.
    private final class Shelf: Sendable {
        struct State {
            var files: [String: [UInt8]] = [:]
            var puts: [String: Int] = [:]
            var room = Int.max
            var keeps = false
            var authorized = true
        }

        let state = Mutex(State())

        var files: [String: [UInt8]] { state.withLock(\.files) }
        var puts: [String: Int] { state.withLock(\.puts) }
        var authorized: Bool { state.withLock(\.authorized) }

        func router() -> Router<BasicRequestContext> {
            let router = Router()
            router.on("copy/**", method: .put) { [self] request, context -> HTTPResponse.Status in
                let body = try await request.body.collect(upTo: 64 << 20)
                return state.withLock { state in
                    if request.headers[.authorization] != "Bearer geheim-7" { state.authorized = false }
                    guard state.room > 0 else { return .init(code: 507) }
                    state.room -= 1
                    let path = String(request.uri.path.dropFirst(6))
                    state.puts[path, default: 0] += 1
                    state.files[path] = Array(buffer: body)
                    return .created
                }
            }
            router.on("copy/**", method: .get) { [self] request, _ -> Response in
                guard let bytes = files[String(request.uri.path.dropFirst(6))] else {
                    return Response(status: .notFound)
                }
                return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
            }
            router.on("copy/**", method: .delete) { [self] request, _ -> HTTPResponse.Status in
                state.withLock { state in
                    guard !state.keeps else { return .methodNotAllowed }
                    return state.files.removeValue(forKey: String(request.uri.path.dropFirst(6))) == nil
                        ? .notFound : .noContent
                }
            }
            return router
        }

        /// Writes all it has into a folder, as somebody would who fetches it.
        func write(to path: String) throws -> String {
            for (name, bytes) in files {
                let file = path + "/" + name
                try FileManager.default.createDirectory(
                    atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                try Data(bytes).write(to: URL(fileURLWithPath: file))
            }
            return path
        }
    }

    @Test(
        "Addresses with a password, a question or a quotation mark are refused, and what belongs together is asked for",
        arguments: [
            ("offsite-destination: sftp://u:p@h/x", 1), ("offsite-destination: sftp://h/x", 1),
            ("offsite-destination: https://h/x?key=1", 1), ("offsite-destination: ftp://h/x", 1),
            ("offsite-destination: \"sftp://u@h/a%22b\"", 1), ("offsite-destination: https://h", 1),
            ("offsite-destination: https://u@h/x", 1), ("offsite-destination: sftp://u@h/x", 1),
            ("offsite-token-file: /etc/hostname", 1), ("offsite-destination: https://h/x", 0),
        ])
    func settings(_ text: String, _ count: Int) throws {
        let path = folder.file("bailanys.yaml")
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(SettingsCheck(path: path, text: text).result.faults.count == count)
    }
}
