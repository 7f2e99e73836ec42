import Foundation

/// A real SSH server for files on a free port of this machine, with keys of its own; it ends with the value.
///
/// `scripts/install tests` installs it; without it a test fails.
package final class SSHServer: Sendable {
    /// Where its files are: keys, and the folder `far` that it serves.
    package let folder: TemporaryFolder
    /// Where it listens.
    package let port: Int
    private let process: Process

    /// It is not there, or has not started.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The file of the client's private key.
    package var key: String { folder.file("client") }
    /// The file of the server's public key, as a client knows hosts.
    package var knownHosts: String { folder.file("known_hosts") }
    /// The folder that holds what is sent.
    package var far: String { folder.file("far") }
    /// The address of that folder.
    package var address: String { "sftp://\(NSUserName())@127.0.0.1:\(port)\(far)" }

    /// Starts a server.
    package init() throws {
        let folder = TemporaryFolder()
        self.folder = folder
        for name in ["host", "client"] {
            try Self.run("/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", folder.file(name))
        }
        try FileManager.default.createDirectory(atPath: folder.file("far"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: folder.file("client.pub"), toPath: folder.file("authorized"))
        if geteuid() == 0 {
            // Made by the unit of the package where an init system runs; a container has none.
            try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
        }
        for _ in 0..<10 {
            let port = try Self.freePort()
            let process = try Self.start(folder, port)
            if Self.answers(port, process) {
                self.port = port
                self.process = process
                let host = try String(contentsOfFile: folder.file("host.pub"), encoding: .utf8)
                try "[127.0.0.1]:\(port) \(host)".write(
                    toFile: folder.file("known_hosts"), atomically: true, encoding: .utf8)
                return
            }
            kill(-process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        throw Failure(
            description: "No SSH server started (scripts/install tests): \(Self.text(folder.file("log")))")
    }

    deinit { stop() }

    /// Ends it, as a far machine that goes away.
    package func stop() {
        guard process.isRunning else { return }
        // The mask of the thread that starts it may keep every other signal from it; its sessions end with their connections.
        // The shell and the server are a group of their own.
        kill(-process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    private static func start(_ folder: TemporaryFolder, _ port: Int) throws -> Process {
        let configuration = """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder.file("host"))
            AuthorizedKeysFile \(folder.file("authorized"))
            PidFile none
            UsePAM no
            StrictModes no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            Subsystem sftp internal-sftp
            ForceCommand internal-sftp

            """
        try configuration.write(toFile: folder.file("sshd_config"), atomically: true, encoding: .utf8)
        let process = Process()
        // sshd closes what it inherits, the socket too by which Foundation learns that a process has ended: it would wait for the
        // end of this one, and with it every other test for that of its own. The shell keeps the socket and passes the signal on.
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "/usr/sbin/sshd -D -f \"$1\" -E \"$2\" & p=$!; trap 'kill $p' TERM; wait $p; wait $p", "sshd",
            folder.file("sshd_config"), folder.file("log"),
        ]
        try process.run()
        return process
    }

    /// Whether it listens within ten seconds.
    private static func answers(_ port: Int, _ process: Process) -> Bool {
        for _ in 0..<200 where process.isRunning {
            if text("/proc/net/tcp").contains(String(format: ":%04X 00000000:0000 0A", port)) { return true }
            usleep(50_000)
        }
        return false
    }

    private static func freePort() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Failure(description: "no socket") }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic -> UInt16? in
                guard bind(socket, generic, length) == 0, getsockname(socket, generic, &length) == 0 else { return nil }
                return pointer.pointee.sin_port.bigEndian
            }
        }
        guard let port else { throw Failure(description: "no free port") }
        return Int(port)
    }

    private static func run(_ program: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "\(program) failed") }
    }

    private static func text(_ file: String) -> String {
        String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }
}
