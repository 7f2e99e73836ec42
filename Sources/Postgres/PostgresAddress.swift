import CPostgres

/// Where the servers of one database are, and how to sign in there; it never shows a password.
///
/// ```
/// postgresql://bailanys@10.0.0.1,10.0.0.2,10.0.0.3/bailanys?sslmode=verify-full&passfile=/etc/bailanys/pgpass
/// ```
package struct PostgresAddress: Sendable, Hashable, CustomStringConvertible {
    /// One server: libpq's words and their values.
    struct Server: Sendable, Hashable {
        var words: [String: String]
        var name: String
    }

    /// The servers, in the order in which they are tried.
    let servers: [Server]
    /// The address as it may be shown and logged.
    package let description: String

    /// An address as libpq reads it: several hosts with commas, `target_session_attrs` (`read-write` unless said otherwise).
    ///
    /// Each host is tried by itself, since libpq puts no limit to the time that one of them takes.
    /// - Throws: `PostgresError.notAnAddress`, which shows nothing of what was given.
    package init(_ text: String) throws(PostgresError) {
        guard text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") else {
            throw .notAnAddress("it does not begin with postgresql://")
        }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            // libpq's own words may hold the password.
            PQfreemem(message)
            throw .notAnAddress("libpq cannot read it")
        }
        defer { PQconninfoFree(options) }
        var words: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { words[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        words["target_session_attrs"] = words["target_session_attrs"] ?? "read-write"
        // What the program reads and writes as text is UTF-8, whatever the environment says.
        words["client_encoding"] = "UTF8"
        let hosts = Self.list(words["host"]), places = Self.list(words["hostaddr"]), ports = Self.list(words["port"])
        let count = max(hosts.count, places.count, 1)
        guard ports.count <= 1 || ports.count == count, hosts.isEmpty || places.isEmpty || hosts.count == places.count
        else { throw .notAnAddress("it has another number of ports than of hosts") }
        servers = (0..<count).map { index in
            var own = words
            if index < hosts.count { own["host"] = hosts[index] }
            if index < places.count { own["hostaddr"] = places[index] }
            if let port = ports.count == 1 ? ports.first : index < ports.count ? ports[index] : nil {
                own["port"] = port
            }
            let host = own["host"] ?? own["hostaddr"] ?? "localhost"
            return Server(words: own, name: host + (own["port"].map { ":" + $0 } ?? ""))
        }
        let user = words["user"].map { $0 + "@" } ?? ""
        description =
            "postgresql://" + user + servers.map(\.name).joined(separator: ",") + "/" + (words["dbname"] ?? "")
    }

    private static func list(_ text: String?) -> [String] {
        text?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    }
}
