package import Directory
import Foundation
import LoopbackServer
import Synchronization

/// A real directory (OpenLDAP's slapd) for one test: on loopback, over TLS, in a folder of its own; it ends with its value, and
/// with the program of the tests whatever becomes of that.
package final class Slapd: Sendable {
    /// The suffix of all its names.
    package static let suffix = "dc=example,dc=kz"
    /// The password of everybody in it, unless a test changes it.
    package static let password = "тоғыз жолдың торабы"

    private let certificates: DemoCertificates
    private let folder: URL
    private let port: Int
    /// The server, and the pipe that it lives as long as.
    private let running = Mutex<(process: Process, life: Pipe)?>(nil)

    /// Starts it with a service account, the people aigerim, berik and saule, and the groups operators (aigerim), coordinators
    /// (aigerim, berik) and visitors (saule).
    package init() throws {
        certificates = try DemoCertificates()
        folder = FileManager.default.temporaryDirectory.appending(path: "slapd-\(UUID().uuidString)")
        port = try Self.freePort()
        try FileManager.default.createDirectory(
            at: folder.appending(path: "db"), withIntermediateDirectories: true)
        try Data(configuration.utf8).write(to: folder.appending(path: "slapd.conf"))
        try Data(Self.people.utf8).write(to: folder.appending(path: "people.ldif"))
        try Self.run("/usr/sbin/slapadd", ["-q", "-f", path("slapd.conf"), "-l", path("people.ldif")])
        try start()
    }

    deinit {
        stop()
        // Best effort: a folder left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts it again on the same port with what it held.
    package func start() throws {
        let life = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        // It ends when the pipe is closed, also where the program of the tests was killed.
        let script = #"/usr/sbin/slapd -d 0 -f "$1" -h "$2" & server=$!; read -r _; kill -9 $server; wait $server"#
        let addresses = "ldaps://127.0.0.1:\(port) ldap://127.0.0.1:\(port + 1)"
        process.arguments = ["-c", script, "slapd", path("slapd.conf"), addresses]
        process.standardInput = life
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        running.withLock { $0 = (process, life) }
        for _ in 0..<500 {
            if Self.listens(on: port), Self.listens(on: port + 1) { return }
            usleep(20_000)
        }
        throw SlapdFailed(description: "slapd does not listen on port \(port)")
    }

    /// Ends it at once, as a power cut would.
    package func stop() {
        running.withLock { running in
            // A pipe that is closed already says the same.
            try? running?.life.fileHandleForWriting.close()
            running?.process.waitUntilExit()
            running = nil
        }
    }

    /// How it is reached: over TLS from the beginning, or by StartTLS.
    package func server(startTLS: Bool = false) -> DirectoryServer {
        let address = startTLS ? "ldap://127.0.0.1:\(port + 1)" : "ldaps://127.0.0.1:\(port)"
        var server = DirectoryServer(
            address: address, base: "ou=people," + Self.suffix, authorityFile: certificates.path("ca.pem"))
        server.user = "cn=bailanys," + Self.suffix
        server.password = Self.password
        server.groups = ["operators", "coordinators"].map(Self.group)
        return server
    }

    /// The distinguished name of a group.
    package static func group(_ name: String) -> String { "cn=\(name),ou=groups,\(suffix)" }
    /// The distinguished name of a person.
    package static func person(_ name: String) -> String { "uid=\(name),ou=people,\(suffix)" }

    /// Changes what it holds by lines of LDIF, as its administrator does.
    package func change(_ ldif: String) throws {
        let file = folder.appending(path: "change-\(UUID().uuidString).ldif")
        try Data(ldif.utf8).write(to: file)
        try Self.run(
            "/usr/bin/ldapmodify",
            [
                "-H", "ldaps://127.0.0.1:\(port)", "-x", "-D", "cn=admin," + Self.suffix, "-w", "administrator",
                "-f", file.path,
            ], environment: ["LDAPTLS_CACERT": certificates.path("ca.pem")])
    }

    /// Takes a person away, out of his groups too.
    package func remove(_ name: String) throws {
        try change("dn: \(Self.person(name))\nchangetype: delete\n")
    }

    /// Takes a person out of a group.
    package func takeOut(_ name: String, of group: String) throws {
        try change(
            "dn: \(Self.group(group))\nchangetype: modify\ndelete: member\nmember: \(Self.person(name))\n")
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    private var configuration: String {
        """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        pidfile \(path("slapd.pid"))
        modulepath /usr/lib/ldap
        moduleload back_mdb
        allow bind_anon_cred
        TLSCACertificateFile \(certificates.path("ca.pem"))
        TLSCertificateFile \(certificates.path("server.pem"))
        TLSCertificateKeyFile \(certificates.path("server-key.pem"))
        security simple_bind=128
        database mdb
        suffix "\(Self.suffix)"
        directory \(path("db"))
        maxsize 10485760
        rootdn "cn=admin,\(Self.suffix)"
        rootpw administrator
        index objectClass,uid,entryUUID eq
        access to attrs=userPassword by anonymous auth by * none
        access to * by dn="cn=bailanys,\(Self.suffix)" read by * none

        """
    }

    private static var people: String {
        func entry(_ name: String, _ lines: [String]) -> String { (["dn: " + name] + lines).joined(separator: "\n") }
        let secret = "userPassword:: " + Data(password.utf8).base64EncodedString()
        func person(_ name: String, _ shown: String) -> String {
            let cn = "cn:: " + Data(shown.utf8).base64EncodedString()
            return entry(self.person(name), ["objectClass: inetOrgPerson", "uid: \(name)", cn, "sn: x", secret])
        }
        func group(_ name: String, _ members: [String]) -> String {
            // One who is nobody stays in each, since a group may not be empty.
            let all = members + ["nobody"]
            return entry(
                self.group(name),
                ["objectClass: groupOfNames", "cn: \(name)"] + all.map { "member: " + self.person($0) })
        }
        let blocks = [
            entry(suffix, ["objectClass: dcObject", "objectClass: organization", "o: example", "dc: example"]),
            entry("ou=people," + suffix, ["objectClass: organizationalUnit", "ou: people"]),
            entry("ou=groups," + suffix, ["objectClass: organizationalUnit", "ou: groups"]),
            entry(
                "cn=bailanys," + suffix,
                ["objectClass: organizationalRole", "objectClass: simpleSecurityObject", "cn: bailanys", secret]),
            person("aigerim", "Айгерім Сапарова"), person("berik", "Берік Омаров"), person("saule", "Сәуле"),
            group("operators", ["aigerim"]), group("coordinators", ["aigerim", "berik"]), group("visitors", ["saule"]),
        ]
        return blocks.joined(separator: "\n\n") + "\n"
    }
}

/// The directory server did not start, or did not do what it was told.
package struct SlapdFailed: Error, CustomStringConvertible {
    package let description: String
}

extension Slapd {
    private static func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardOutput = FileHandle.nullDevice
        let words = Pipe()
        process.standardError = words
        try process.run()
        let said = words.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw SlapdFailed(description: "\(program): \(String(decoding: said, as: UTF8.self))")
        }
    }

    /// A port that is free together with the next one at this moment.
    private static func freePort() throws -> Int {
        for _ in 0..<200 {
            let port = Int.random(in: 20_000..<32_000)
            if !listens(on: port), !listens(on: port + 1) { return port }
        }
        throw SlapdFailed(description: "no port is free")
    }

    private static func listens(on port: Int) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return false }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
