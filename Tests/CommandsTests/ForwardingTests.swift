import ArgumentParser
import Blocking
import CanonicalJSON
import ContactCentre
import Foundation
import Hummingbird
import Journal
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import Commands

@Suite("A command that travels to the server of its data folder", .timeLimit(.minutes(60)))
struct ForwardingTests {
    /// A server that takes commands while `body` runs.
    private func served(_ body: (CallerOffice) async throws -> Void) async throws {
        let office = try await CallerOffice()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let listening = AsyncStream.makeStream(of: Void.self)
        let application = CommandSocket.application(centre: office.centre, logger: logger) {
            listening.continuation.yield()
        }
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        async let running: Void = group.run()
        for await _ in listening.stream { break }
        do {
            try await body(office)
        } catch {
            await group.triggerGracefulShutdown()
            throw error
        }
        await group.triggerGracefulShutdown()
        try await running
    }

    /// Sends a command as another process would.
    /// - Returns: what it printed, and its exit code.
    private func send(
        _ arguments: String..., to office: CallerOffice
    ) async throws -> (words: CallerOffice.Words, status: Int32) {
        let words = CallerOffice.Words()
        let caller = try #require(
            Caller(sent: .object(["directory": .string(office.there.path), "home": .string(Repository.path)])))
        do {
            try await CommandForwarding(dataPath: office.centre.data.path, output: words).send(arguments, from: caller)
            return (words, 0)
        } catch let error as CommandFailure {
            throw error
        } catch {
            return (words, Bailanys.exitCode(for: error).rawValue)
        }
    }

    @Test("what it says comes back in order, with its notes and its exit code; files are those of who gives it")
    func answers() async throws {
        try await served { office in
            let verified = try await send("journal", "verify", to: office)
            let head = try head(office)
            #expect(verified.status == 0 && verified.words.lines.first?.hasSuffix("Head: \(head)") == true)
            let here = try await office.run("registry", "services", "--json").lines
            let there = try await send("registry", "services", "--json", to: office)
            #expect(there.words.lines == here && here.count > 100)
            try office.put("number,service,stage,date,body\n1,S0288,lost,2026-03-01,MIA\n", in: "stages.csv")
            let partly = try await send("stages", "import", "stages.csv", to: office)
            #expect(partly.status == 1 && partly.words.lines == ["0 stages taken in, 1 lines refused."])
            #expect(partly.words.notes.count == 1 && partly.words.notes[0].hasPrefix("stages.csv, line 2"))
        }
    }

    private func head(_ office: CallerOffice) throws -> String {
        try office.centre.journal.readNow { try EventLink.hexadecimal(SQLiteEventStore(db: $0).head().hash) }
    }

    @Test("what fails there fails here, in the same words and with the same code, for a person and for a script")
    func failures() async throws {
        try await served { office in
            let table: [([String], Int32, String)] = [
                (["complaints", "show", "2026-000009"], 1, "Error: There is no complaint 2026-000009"),
                (["complaints", "show", "2026-000009", "--json"], 1, #""code":"notFound""#),
                (["journal", "import", "none.jsonl"], 1, "\(office.there.path)/none.jsonl cannot be read"),
                (["complaints", "list", "--limit=0"], 64, "--limit takes a number from 1"),
                (["complaints", "list", "--limit=0", "--json"], 64, #""exitCode":64"#),
                (["nonsense"], 64, "nonsense"), (["rulebook"], 1, "does not work on the data folder"),
                (["serve"], 1, "does not work on the data folder"),
            ]
            for (arguments, status, said) in table {
                let words = CallerOffice.Words()
                let caller = try #require(
                    Caller(sent: .object(["directory": .string(office.there.path), "home": .string(Repository.path)])))
                let failure = await #expect(throws: (any Error).self) {
                    try await CommandForwarding(dataPath: office.centre.data.path, output: words)
                        .send(arguments, from: caller)
                }
                let error = try #require(failure)
                #expect(Bailanys.exitCode(for: error).rawValue == status && words.lines.isEmpty, "\(arguments)")
                #expect(words.notes.last?.contains(said) == true, "\(arguments): \(words.notes)")
            }
        }
    }

    @Test("where nobody answers, or what answers stops before the end, that is said with what to do")
    func silence() async throws {
        let office = try await CallerOffice()
        let silent = await #expect(throws: CommandFailure.self) { try await send("journal", "verify", to: office) }
        #expect(silent?.description.contains("does not answer on its socket") == true)
        #expect(silent?.description.contains(office.centre.data.path) == true)
    }

    @Test("a request that is none of a command line is refused, and the server goes on")
    func strange() async throws {
        try await served { office in
            let socket = DataFolder.socket(in: office.centre.data.path)
            for body in [
                "", "{", "[]", #"{"arguments":["journal","verify"]}"#,
                #"{"arguments":["journal","verify"],"directory":"here","home":"/","user":"u"}"#,
            ] {
                let answer = try await Blocking.long.run { () -> String in
                    let client = try RawClient(socket)
                    try client.post(body)
                    return try client.read { $0.contains("\r\n\r\n") }
                }
                #expect(answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.1 500"), "\(body): \(answer)")
            }
            #expect(try await send("journal", "verify", to: office).status == 0)
        }
    }

    @Test("work that nobody waits for any more is ended: whoever gave the command has pressed Ctrl-C")
    func goneAway() async throws {
        signal(SIGPIPE, SIG_IGN)
        try await served { office in
            let pipe = office.there.file("forum.csv")
            try #require(mkfifo(pipe, 0o600) == 0)
            let request = JSON.object([
                "arguments": .array(["complaints", "import", "forum.csv"].map { .string($0) }),
                "directory": .string(office.there.path), "home": .string(Repository.path), "user": .string("test"),
            ])
            let text = String(decoding: request.bytes, as: UTF8.self)
            let socket = DataFolder.socket(in: office.centre.data.path)
            let written = try await Blocking.long.run { () -> Int in
                let client = try RawClient(socket)
                try client.post(text)
                // Opens once the command reads.
                let input = open(pipe, O_WRONLY)
                defer { close(input) }
                let header = "number,filed_at,kind,service,body,region,language,name,iin,phone,email,address,subject\n"
                let line = "F,2026-03-02T10:00:00+05:00,weather,S0288,,75,kk,Т,900101400001,+7700,a@b.kz,А,ДЕМО\n"
                let piece = Array((String(repeating: line, count: 2_000)).utf8)
                var isThere = true
                guard write(input, header, header.utf8.count) > 0 else { return -1 }
                for count in 1...2_000 {
                    // Ends where nobody reads any more: the command has ended.
                    guard piece.withUnsafeBytes({ write(input, $0.baseAddress, $0.count) }) == piece.count else {
                        return count
                    }
                    if isThere, count == 2 {
                        _ = try client.read { $0.contains(#"{"note""#) }
                        client.close()
                        isThere = false
                    }
                }
                return .max
            }
            #expect((3...1_000).contains(written), "\(written)")
            #expect(try await send("journal", "verify", to: office).status == 0)
        }
    }

    @Test("of a long answer little waits for a terminal that stands still; of its progress nothing does")
    func slowReader() async throws {
        let centre = try await CallerOffice().centre
        let output = StreamedOutput()
        let caller = try #require(Caller(sent: .object(["directory": .string("/"), "home": .string("/")])))
        let office = Office(centre: centre, output: output, writesJSON: false, actor: Actor("test"), caller: caller)
        let entry = String(repeating: "x", count: 10_000)
        async let listing: Void = {
            try await office.list(1...1_000, { .int(Int64($0)) }) { "\($0) \(entry)" }
            output.finish(status: 0)
        }()
        while output.waitingBytes <= StreamedOutput.longest { await Task.yield() }
        output.progress("half")
        var (count, most) = (0, 0)
        for await piece in output.pieces {
            most = max(most, output.waitingBytes)
            let text = String(buffer: piece)
            if text.hasPrefix(#"{"line""#) {
                count += 1
                #expect(text.hasPrefix(#"{"line":"\#(count) x"#))
            }
            #expect(!text.contains("half"))
            output.taken(piece)
        }
        try await listing
        #expect(count == 1_000 && most < StreamedOutput.longest + 20_000, "\(most)")
        // With nothing before it, progress is told.
        let idle = StreamedOutput()
        idle.progress("half")
        idle.finish(status: 0)
        var words: [String] = []
        for await piece in idle.pieces { words.append(String(buffer: piece)) }
        #expect(words == ["{\"progress\":\"half\"}\n", "{\"status\":0}\n"])
    }
}

/// A client of the command socket that does what no client of ours does: stands still, goes away, sends nonsense.
final class RawClient {
    private let descriptor: Int32
    private var answer: [UInt8] = []
    private var isOpen = true

    /// Connects to a socket.
    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = Array(path.utf8) + [0]
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard status == 0 else { throw CocoaError(.fileReadUnknown) }
    }

    deinit { close() }

    /// Sends a command's request.
    func post(_ body: String) throws {
        let text = "POST /command HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        guard write(descriptor, text, text.utf8.count) == text.utf8.count else { throw CocoaError(.fileWriteUnknown) }
    }

    /// All that has come, read until it is enough or there is no more.
    func read(until isEnough: (String) -> Bool) throws -> String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isEnough(String(decoding: answer, as: UTF8.self)) {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    /// Goes away.
    func close() {
        if isOpen { Glibc.close(descriptor) }
        isOpen = false
    }
}
