import Accounts
import Curl
import Logging
import OpenID
import WorkingDays

/// The organisation's provider of identities: what it says of somebody becomes an account with the roles of his groups.
package struct ProviderDesk: Sendable {
    /// What came of somebody who came back from the provider.
    package enum Outcome: Sendable {
        /// It is known who he is; whether he is let in is the accounts' to say.
        case known(SignInOutcome)
        /// The provider did not answer.
        case silent
        /// What came is not believed, or the provider itself said no.
        case refused(String)
    }

    private let provider: Provider
    private let roles: [String: Set<Role>]
    private let accounts: Accounts
    private let logger = Logger(label: "bailanys")

    /// The provider of a centre's settings; nil where none is set.
    /// - Throws: `CurlError`; `SettingsError`.
    package init?(_ centre: ContactCentre) throws {
        let found: (settings: ProviderSettings, roles: [String: Set<Role>])?
        do throws(ForeignSettingsFault) {
            found = try centre.settings.provider
        } catch {
            throw SettingsError(path: centre.data.settings, reason: error.reason)
        }
        guard let found else { return nil }
        provider = Provider(
            found.settings, session: try CurlSession(), randomBytes: centre.environment.randomBytes)
        roles = found.roles
        accounts = centre.accounts
    }

    /// Where somebody's browser goes to sign in, and what it keeps until it comes back; nil where the provider is silent.
    /// - Throws: `CancellationError`.
    package func begin(at now: Moment) async throws -> (address: String, kept: String)? {
        do {
            return try await provider.begin(at: now)
        } catch let fault as OpenIDFault {
            logger.error("provider.silent", metadata: ["reason": "\(fault)"])
            return nil
        }
    }

    /// Who has come back.
    /// - Parameters:
    ///   - answer: the fields of the address that the provider sent him to.
    ///   - kept: what his browser kept.
    ///   - client: the kind of his browser, for the list of his sessions.
    /// - Throws: `CancellationError`; `DatabaseError`.
    package func finish(
        _ answer: [String: String], kept: String, client: String? = nil, at now: Moment
    ) async throws -> Outcome {
        let identity: Identity
        do {
            identity = try await provider.finish(answer, kept: kept, at: now)
        } catch let fault as OpenIDFault {
            guard fault.cause != .silent, fault.cause != .metadata else {
                logger.error("provider.silent", metadata: ["reason": "\(fault)"])
                return .silent
            }
            return .refused("\(fault)")
        }
        let person = ForeignPerson(
            key: identity.subject, displayName: identity.name,
            roles: identity.groups.reduce(into: []) { $0.formUnion(roles[$1] ?? []) })
        let login = identity.login.isEmpty ? identity.subject : identity.login
        return .known(
            try await accounts.signIn(
                vouchedFor: person, login: login, session: identity.session, client: client, at: now))
    }

    /// Carries out an order of the provider to sign somebody out.
    /// - Returns: nil where it was believed; why not, where it was not.
    /// - Throws: `CancellationError`; `DatabaseError`.
    package func logout(_ token: String, at now: Moment) async throws -> String? {
        do {
            let order = try await provider.logout(token, at: now)
            _ = try await accounts.endSessions(byProvider: order.subject, session: order.session, at: now)
            return nil
        } catch let fault as OpenIDFault {
            return "\(fault)"
        }
    }
}
