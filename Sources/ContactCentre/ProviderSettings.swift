import Accounts
import Foundation
import OpenID

extension Settings {
    /// Where the provider sends people back to, below `public-address`.
    package static let providerBack = "/sign-in/provider/back"

    /// The provider of identities, and what its groups are here; nil where none is set.
    /// - Throws: `ForeignSettingsFault` where what belongs to it is missing or cannot be right.
    var provider: (settings: ProviderSettings, roles: [String: Set<Role>])? {
        get throws(ForeignSettingsFault) {
            guard let providerAddress else {
                guard providerClient == nil, providerGroups == nil else {
                    throw ForeignSettingsFault(
                        "“provider-client” and “provider-groups” go with “provider-address”, which is not set")
                }
                return nil
            }
            guard ProviderSettings.isAddress(providerAddress) else {
                throw ForeignSettingsFault(
                    "“provider-address” is the provider's issuer over https, such as https://id.example.kz/realms/staff"
                )
            }
            guard let providerClient, let providerGroups, !providerGroups.isEmpty else {
                throw ForeignSettingsFault(
                    "“provider-address” needs “provider-client” and “provider-groups”: who is in no group of them does not get in"
                )
            }
            guard let publicAddress else {
                throw ForeignSettingsFault(
                    "“provider-address” needs “public-address”, where the provider sends people back to")
            }
            var settings = ProviderSettings(
                issuer: providerAddress, client: providerClient, redirectAddress: publicAddress + Self.providerBack)
            settings.secret = providerSecret
            settings.authorityFile = providerAuthority
            if let providerScope { settings.scope = providerScope }
            if let providerClaim { settings.groupsClaim = providerClaim }
            if let providerTimeout { settings.patience = .seconds(providerTimeout) }
            var roles: [String: Set<Role>] = [:]
            for line in providerGroups {
                guard let (role, name) = Self.providerGroup(line) else { continue }
                roles[name, default: []].insert(role)
            }
            return (settings, roles)
        }
    }

    /// A role and the name of a group, as a line of `provider-groups` says it; nil where it does not.
    static func providerGroup(_ line: String) -> (role: Role, name: String)? {
        guard let mark = line.firstIndex(of: "=") else { return nil }
        let name = line[line.index(after: mark)...].trimmingCharacters(in: .whitespaces)
        guard let role = Role(rawValue: line[..<mark].trimmingCharacters(in: .whitespaces)), !name.isEmpty else {
            return nil
        }
        return (role, name)
    }
}
