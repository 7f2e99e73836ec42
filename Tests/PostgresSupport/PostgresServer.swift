/// A real PostgreSQL server for tests: one for all tests of a process, a database for each.
import Foundation
import Postgres
import Synchronization

/// A server in a folder of its own, on the loopback interface and without any password; it ends with the process that began it.
///
/// `fsync` is on, as with a server at work. PostgreSQL refuses root, so where the tests run as root it runs as `postgres`, which
/// the Debian package makes (`scripts/install tests`).
package final class PostgresServer: Sendable {
    /// What could not be done to begin the server.
    package struct Failure: Error, CustomStringConvertible {
        /// What was tried, and what came of it.
        package let description: String
    }

    /// The port on 127.0.0.1.
    package let port: Int
    /// The folder with its data.
    package let folder: String
    private let program: Mutex<Process>
    private let databases = Mutex(0)

    private static let begun = Mutex<Result<PostgresServer, any Error>?>(nil)

    /// The server that all tests of this process share.
    package static func shared() throws -> PostgresServer {
        let server = begun.withLock { begun in
            let server = begun ?? Result { try PostgresServer() }
            begun = server
            return server
        }
        return try server.get()
    }

    /// Begins a server of one's own, for tests that freeze or kill it.
    package init() throws {
        folder = "/tmp/bailanys-pg-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if geteuid() == 0 { try Self.run("/usr/bin/chown", "postgres", folder) }
        let asUser = geteuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--"] : ["/usr/bin/env"]
        let programs = "/usr/lib/postgresql/15/bin/"
        try Self.run(
            asUser + [
                programs + "initdb", "-D", folder + "/data", "-A", "trust", "-U", "tests", "-E", "UTF8", "--locale=C",
            ])
        port = try Self.freePort()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: asUser[0])
        // However the tests end, the server and its folder go with their process.
        process.arguments =
            asUser.dropFirst() + [
                "sh", "-c",
                """
                "$0" -D "$1/data" -k "$1" -p "$2" -c listen_addresses=127.0.0.1 -c max_connections=200 \
                  -c shared_buffers=32MB 2>"$1/log" & server=$!
                while [ -d "/proc/$3" ] && [ ! -e "$1/stop" ]; do sleep 0.3; done
                kill -CONT $server; kill -QUIT $server; wait $server; cd /; rm -rf "$1"
                """, programs + "postgres", folder, "\(port)", "\(getpid())",
            ]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        program = Mutex(process)
        try Self.waitUntilReady(address(of: "postgres"))
    }

    private static func waitUntilReady(_ address: String) throws {
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while let reason = refusal(of: address) {
            if ContinuousClock.now > deadline { throw Failure(description: reason) }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    private static func refusal(of address: String) -> String? {
        do {
            var connection = try PostgresConnection(to: try PostgresAddress(address))
            try connection.command("SELECT 1")
            return nil
        } catch {
            return "\(error)"
        }
    }

    deinit {
        // Where even that cannot be written, the server goes with this process.
        try? Data().write(to: URL(fileURLWithPath: folder + "/stop"))
    }

    /// The address of a database of this server.
    package func address(of database: String) -> String { "postgresql://tests@127.0.0.1:\(port)/\(database)" }

    /// A new, empty database, by its address.
    package func database() throws -> String {
        let name = databases.withLock { count in
            count += 1
            return "test\(count)"
        }
        var connection = try PostgresConnection(
            to: try PostgresAddress(address(of: "postgres")), patience: .seconds(60))
        try connection.command("CREATE DATABASE \(name)")
        return address(of: name)
    }

    /// The number of the server's first process, which the others descend from.
    package func processNumber() throws -> pid_t {
        let text = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        return text.split(separator: "\n").first.flatMap { pid_t($0) } ?? 0
    }

    private static func run(_ words: String...) throws { try run(words) }

    private static func run(_ words: [String]) throws {
        guard FileManager.default.isExecutableFile(atPath: words[0]) else {
            throw Failure(description: "\(words[0]) is missing: run scripts/install tests")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description:
                    "\(words.joined(separator: " ")): \(String(decoding: said, as: UTF8.self)) (scripts/install tests)")
        }
    }

    private static func freePort() throws -> Int {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isFound = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(handle, address, size) == 0 && getsockname(handle, address, &size) == 0
            }
        }
        guard isFound else { throw Failure(description: "no free port on 127.0.0.1") }
        return Int(UInt16(bigEndian: place.sin_port))
    }
}
