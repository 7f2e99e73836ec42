import Blocking

/// An organisation's directory of people (LDAP v3), over libldap.
///
/// Decides: how a person is found by what he types, that a password is his, in which groups he is; always over TLS with a
/// certificate that is checked. Refuses to know: what a group may do here, and what becomes of an account.
///
/// - `Directory.swift` (this file) — the questions, asked on threads of their own and within seconds.
/// - `DirectoryServer.swift` — where the directory is and how its people are found.
/// - `DirectoryHandle.swift` — one connection to it, closed when it is not wanted any more.
/// - `DirectoryDeadline.swift` — breaks it off where it takes too long.
/// - `DirectoryFilter.swift` — what is typed stays a value, whatever stands in it.
/// - `DirectoryFault.swift` — why it gave no answer.
package struct Directory: Sendable {
    private let server: DirectoryServer
    /// Its own threads: a directory that does not answer holds up nobody but those who ask it.
    private let threads = Blocking(name: "bailanys-ldap", threads: 4, longestQueue: 32)

    /// A directory; nothing is asked yet.
    package init(_ server: DirectoryServer) { self.server = server }

    /// The person that a name and a password belong to; nil where there is none, there are several, or the password is another.
    ///
    /// An empty password is nobody's: a directory would take it for a guest and say yes.
    /// - Throws: `DirectoryFault` where the directory gave no answer; `BlockingBusy` where too many wait for one;
    ///   `CancellationError`.
    package func person(named name: String, password: String) async throws -> DirectoryPerson? {
        guard !name.isEmpty, !password.isEmpty else { return nil }
        return try await threads.run { [server] in
            let handle = try DirectoryHandle.open(server)
            let found = try handle.search(
                server.base, .subtree, DirectoryFilter.filled(server.filter, name: name), server.attributes, most: 2)
            guard found.count == 1, let entry = found.first, let person = try server.person(entry, asking: handle)
            else {
                return nil
            }
            return try handle.proves(entry.name, password: password) ? person : nil
        }
    }

    /// The people with these keys as the directory knows them now; who is missing is not there any more, or is closed there.
    /// - Throws: `DirectoryFault` where the directory did not answer at all; `BlockingBusy`; `CancellationError`.
    package func people(_ keys: [String]) async throws -> DirectoryFindings {
        try await threads.run { [server] cancellation in
            let handle = try DirectoryHandle.open(server)
            var findings = DirectoryFindings()
            for key in keys {
                try cancellation.check()
                do throws(DirectoryFault) {
                    findings.people[key] = try server.person(key: key, asking: handle)
                } catch {
                    guard error.isOfOne else { throw error }
                    findings.odd[key] = error
                }
            }
            return findings
        }
    }
}

/// What a directory says of several people.
package struct DirectoryFindings: Sendable {
    /// Who is there, by the key.
    package var people: [String: DirectoryPerson] = [:]
    /// Of whom it said what cannot be used, and what.
    package var odd: [String: DirectoryFault] = [:]
}

/// A person as a directory knows him.
package struct DirectoryPerson: Hashable, Sendable {
    /// What names him for good, as it stands in a filter.
    package let key: String
    /// What others see.
    package let name: String
    /// The distinguished names of the groups of the settings that he is in.
    package let groups: Set<String>
}

extension DirectoryServer {
    /// The attributes that are asked for.
    var attributes: [String] { [keyAttribute, nameAttribute] }

    /// The person of a key, with the groups that he is in; nil where there is none, or there are several.
    func person(key: String, asking handle: borrowing DirectoryHandle) throws(DirectoryFault) -> DirectoryPerson? {
        let filter = DirectoryFilter.keyed(filter, attribute: keyAttribute, key: key)
        let found = try handle.search(base, .subtree, filter, attributes, most: 2)
        guard found.count == 1, let entry = found.first else { return nil }
        return try person(entry, asking: handle)
    }

    /// The person of an entry, with the groups that he is in; nil where it lacks its key.
    func person(_ entry: DirectoryEntry, asking handle: borrowing DirectoryHandle) throws(DirectoryFault)
        -> DirectoryPerson?
    {
        guard let key = entry.values(keyAttribute).first, !key.isEmpty else { return nil }
        let member = DirectoryFilter.escaped(Array(entry.name.utf8))
        var own: Set<String> = []
        for group in groups {
            let filter = "(|(member=\(member))(uniqueMember=\(member)))"
            // A group that was taken away has no members.
            let found = try handle.search(group, .entry, filter, ["1.1"], most: 1, missingIsEmpty: true)
            if !found.isEmpty { own.insert(group) }
        }
        let name = entry.values(nameAttribute).first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        return DirectoryPerson(key: DirectoryFilter.escaped(key), name: name, groups: own)
    }
}
