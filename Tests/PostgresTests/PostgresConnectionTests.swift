import Foundation
import PostgresSupport
import Testing

@testable import Postgres

@Suite("A connection to PostgreSQL", .timeLimit(.minutes(10)))
struct PostgresConnectionTests {
    /// A connection that can be asked in the middle of an expectation, which copies what it looks at.
    private final class Client {
        private var connection: PostgresConnection
        init(_ address: String? = nil, each: Duration = .seconds(20)) throws {
            let address = try address ?? PostgresServer.shared().database()
            connection = try PostgresConnection(
                to: try PostgresAddress(address), patience: .seconds(20), each: each)
        }
        var isUsable: Bool { connection.isUsable }
        var server: String { connection.server }
        func command(_ sql: String) throws { try connection.command(sql) }
        func wait(_ limit: Duration) throws -> Bool { try connection.waitForNotification(within: limit) }
        @discardableResult
        func run<Value>(
            _ sql: String, _ parameters: [PostgresValue] = [], within limit: Duration? = nil,
            _ read: (borrowing PostgresResult) throws -> Value
        ) throws -> Value {
            let result = try connection.run(sql, parameters, within: limit)
            return try read(result)
        }
    }

    @Test("Values travel there and back as they are")
    func values() throws {
        let bytes = (0...255).map { UInt8($0) }, text = "Қазақ 'тілі'\\"
        try Client().run(
            "SELECT $1::bigint, $2::text, $3::bytea, $4::bytea, $5::bigint = -1, -7::integer",
            [.int(.min), .text(text), .bytes(bytes), .noBytes, .int(-1)]
        ) { result in
            let found = (try result.int(0, 0), try result.text(0, 1), try result.bytes(0, 2))
            #expect(found.0 == .min)
            #expect(found.1 == text)
            #expect(found.2 == bytes)
            let others = (result.isNull(0, 3), try result.bytesOrNil(0, 3), try result.bool(0, 4), try result.int(0, 5))
            #expect(others.0)
            #expect(others.1 == nil)
            #expect(others.2)
            #expect(others.3 == -7)
        }
    }

    @Test("Lists travel as arrays, empty ones and NULL too")
    func arrays() throws {
        let client = try Client()
        let rows = try client.run(
            """
            SELECT a, b, c FROM unnest($1::bigint[], $2::text[], $3::bytea[]) WITH ORDINALITY AS r (a, b, c, n) ORDER BY n
            """, [.ints([1, -2, .max]), .texts(["", "ә", "x"]), .manyBytes([[], nil, [0, 255]])]
        ) { result in
            try (0..<result.count).map { (try result.int($0, 0), try result.text($0, 1), try result.bytesOrNil($0, 2)) }
        }
        #expect(rows.map(\.0) == [1, -2, .max])
        #expect(rows.map(\.1) == ["", "ә", "x"])
        #expect(rows.map(\.2) == [[], nil, [0, 255]])
        #expect(
            try client.run("SELECT cardinality($1::text[])", [.texts([])]) { try $0.int(0, 0) } == 0)
        // 12 MB, more than the buffer of any socket.
        let much = [[UInt8]?](repeating: [UInt8](repeating: 7, count: 1_000_000), count: 12)
        #expect(
            try client.run("SELECT sum(length(b)) FROM unnest($1::bytea[]) AS b", [.manyBytes(much)]) {
                try $0.int(0, 0)
            } == 12_000_000)
    }

    @Test("A refusal has the code of SQL, and the connection goes on; a wrong type is said")
    func refusals() throws {
        let client = try Client()
        try client.command("CREATE TABLE t (a bigint PRIMARY KEY)")
        let insert = { try client.run("INSERT INTO t VALUES ($1)", [.int(1)]) { $0.changed } }
        #expect(try insert() == 1)
        let error = #expect(throws: PostgresError.self) { try insert() }
        #expect(error?.sqlState == "23505")
        #expect(error?.mayHaveHadEffect == false)
        #expect(client.isUsable)
        #expect(throws: PostgresError.self) { try client.command("SELECT nothing") }
        #expect(throws: PostgresError.unexpected("column 0 is not a text")) {
            try client.run("SELECT a FROM t") { try $0.text(0, 0) }
        }
        #expect(throws: PostgresError.self) { try client.run("SELECT a FROM t") { try $0.int(1, 0) } }
    }

    @Test("A statement that takes too long is given up in time, and so is one to a server that is frozen")
    func deadlines() throws {
        let address = try PostgresServer.shared().database()
        let slow = try Client(address)
        let start = ContinuousClock.now
        let error = #expect(throws: PostgresError.self) {
            try slow.run("SELECT pg_sleep(30)", within: .milliseconds(200)) { _ in }
        }
        #expect(error == .late(milliseconds: 200))
        #expect(error?.mayHaveHadEffect == true)
        #expect(!slow.isUsable)
        #expect(start.duration(to: .now) < .seconds(5))
        let frozen = try Client(address)
        let number = pid_t(try frozen.run("SELECT pg_backend_pid()") { try $0.int(0, 0) })
        kill(number, SIGSTOP)
        defer { kill(number, SIGCONT) }
        #expect(throws: PostgresError.late(milliseconds: 200)) {
            try frozen.run("SELECT 1::bigint", within: .milliseconds(200)) { _ in }
        }
    }

    @Test("A connection that the server ends is lost, and what was under way may have been done")
    func lost() throws {
        let address = try PostgresServer.shared().database()
        let victim = try Client(address)
        let number = try victim.run("SELECT pg_backend_pid()") { try $0.int(0, 0) }
        try Client(address).command("SELECT pg_terminate_backend(\(number))")
        Thread.sleep(forTimeInterval: 0.3)
        let error = #expect(throws: PostgresError.self) { try victim.run("SELECT 1::bigint") { _ in } }
        #expect(error?.mayHaveHadEffect == true)
        #expect(!victim.isUsable)
    }

    @Test("Notifications come, and only to those who listen")
    func notifications() throws {
        let address = try PostgresServer.shared().database()
        let listener = try Client(address)
        try listener.command("LISTEN news")
        #expect(try !listener.wait(.milliseconds(50)))
        try Client(address).command("NOTIFY news, '1'; NOTIFY other; NOTIFY news, '2'")
        #expect(try listener.wait(.seconds(20)))
        #expect(try !listener.wait(.milliseconds(50)))
    }

    @Test("Of several hosts the first that takes writes is taken, each in its own time")
    func hosts() throws {
        let server = try PostgresServer.shared()
        let client = try Client("postgresql://tests@127.0.0.1:1,127.0.0.1:\(server.port)/postgres")
        #expect(client.server == "127.0.0.1:\(server.port)")
        let error = #expect(throws: PostgresError.self) {
            _ = try Client(server.address(of: "postgres") + "?target_session_attrs=standby")
        }
        guard case .unreachable(let reasons)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reasons.count == 1)
    }

    @Test("A port that takes the connection and says nothing is left in time")
    func silent() throws {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                #expect(bind(handle, address, size) == 0 && getsockname(handle, address, &size) == 0)
            }
        }
        #expect(listen(handle, 5) == 0)
        let port = Int(UInt16(bigEndian: place.sin_port)), good = try PostgresServer.shared().port
        let address = "postgresql://tests@127.0.0.1:\(port),127.0.0.1:\(good)/postgres"
        let start = ContinuousClock.now
        let client = try Client(address, each: .milliseconds(300))
        #expect(client.server == "127.0.0.1:\(good)")
        #expect(start.duration(to: .now) < .seconds(5))
    }

    @Test("An address shows no password, and what is none says so without showing it")
    func addresses() throws {
        let address = try PostgresAddress("postgresql://u:geheim@h1:1,h2:2/d?password=geheim2&sslmode=require")
        #expect(address.description == "postgresql://u@h1:1,h2:2/d")
        #expect(address.servers.map { $0.words["port"] } == ["1", "2"])
        #expect(address.servers.allSatisfy { $0.words["target_session_attrs"] == "read-write" })
        for wrong in [
            "mysql://u:geheim@h/d", "postgresql://u:geheim@h/d?nonsense=1",
            "postgresql://u:geheim@h:1,h:2,h/d?port=1,2",
        ] {
            let error = #expect(throws: PostgresError.self, "\(wrong)") { try PostgresAddress(wrong) }
            #expect(error.map { !"\($0)".contains("geheim") } == true)
        }
    }
}
