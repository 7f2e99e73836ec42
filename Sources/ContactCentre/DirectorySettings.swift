import Accounts
import Directory
import Foundation

/// The organisation's directory as the settings describe it: where it is, and which of its groups have which role here.
package struct DirectorySettings: Hashable, Sendable {
    /// Where it is and how its people are found.
    package var server: DirectoryServer
    /// What the members of a group are here, by its distinguished name.
    package var roles: [String: Set<Role>]

    /// A role and the distinguished name of a group, as a line of `directory-groups` says it; nil where it does not.
    static func group(_ line: String) -> (role: Role, name: String)? {
        guard let mark = line.firstIndex(of: "=") else { return nil }
        let name = line[line.index(after: mark)...].trimmingCharacters(in: .whitespaces)
        guard let role = Role(rawValue: line[..<mark].trimmingCharacters(in: .whitespaces)), name.contains("=") else {
            return nil
        }
        return (role, name)
    }
}

extension Settings {
    /// The directory; nil where none is set.
    /// - Throws: `ForeignSettingsFault` where what belongs to it is missing or cannot be right.
    var directory: DirectorySettings? {
        get throws(ForeignSettingsFault) {
            guard let directoryAddress else {
                guard directoryBase == nil, directoryGroups == nil, directoryUser == nil else {
                    throw ForeignSettingsFault(
                        "“directory-base”, “directory-groups” and “directory-user” go with “directory-address”, which is not set"
                    )
                }
                return nil
            }
            guard let directoryBase, let directoryGroups, !directoryGroups.isEmpty else {
                throw ForeignSettingsFault(
                    "“directory-address” needs “directory-base” and “directory-groups”: who is in no group of them does not get in"
                )
            }
            // A name with an empty password would be a guest, and everything look as if it were not there.
            guard (directoryUser == nil) == (directoryPassword == nil), directoryPassword != "" else {
                throw ForeignSettingsFault("“directory-user” and “directory-password” go together: set both or none")
            }
            var server = DirectoryServer(address: directoryAddress, base: directoryBase)
            if let directoryAuthority { server.authorityFile = directoryAuthority }
            server.user = directoryUser
            server.password = directoryPassword
            if let directoryFilter { server.filter = directoryFilter }
            guard DirectoryFilter.isPattern(server.filter) else {
                throw ForeignSettingsFault(
                    "“directory-filter” is a filter in brackets with {name} in it, such as (uid={name})")
            }
            if let directoryKey { server.keyAttribute = directoryKey }
            if let directoryName { server.nameAttribute = directoryName }
            guard [server.keyAttribute, server.nameAttribute].allSatisfy(Self.isAttribute) else {
                throw ForeignSettingsFault(
                    "“directory-key” and “directory-name” are names of attributes: letters, digits, hyphens")
            }
            var roles: [String: Set<Role>] = [:]
            for line in directoryGroups {
                guard let (role, name) = DirectorySettings.group(line) else { continue }
                roles[name, default: []].insert(role)
            }
            server.groups = roles.keys.sorted()
            return DirectorySettings(server: server, roles: roles)
        }
    }

    /// The directory as accounts ask it; nil where none is set.
    /// - Throws: `SettingsError`.
    func directoryPeople(_ path: String) throws(SettingsError) -> (any PeopleDirectory)? {
        do throws(ForeignSettingsFault) {
            return try directory.map(DirectoryPeople.init)
        } catch {
            throw SettingsError(path: path, reason: error.reason)
        }
    }

    private static func isAttribute(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ";") || isLetterOrDigit($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

/// What the settings of the directory lack, without its full stop.
struct ForeignSettingsFault: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
