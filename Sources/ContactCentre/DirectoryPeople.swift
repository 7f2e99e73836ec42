import Accounts
import Directory
import Logging

/// The organisation's directory as `Accounts` asks it: people with the roles that their groups have here.
struct DirectoryPeople: PeopleDirectory {
    private let directory: Directory
    private let roles: [String: Set<Role>]
    private let logger = Logger(label: "bailanys")

    /// The directory of the settings.
    init(_ settings: DirectorySettings) {
        directory = Directory(settings.server)
        roles = settings.roles
    }

    func person(named name: String, password: String) async throws -> ForeignAnswer {
        do {
            return try await directory.person(named: name, password: password).map { .person(foreign($0)) } ?? .nobody
        } catch let fault as DirectoryFault where fault.isOfOne {
            logger.error("directory.odd", metadata: ["reason": "\(fault)"])
            return .odd("\(fault)")
        } catch let fault as DirectoryFault {
            logger.error("directory.silent", metadata: ["reason": "\(fault)"])
            return .silent("\(fault)")
        }
    }

    func people(_ keys: [String]) async throws -> ForeignFindings {
        let findings = try await directory.people(keys)
        if let fault = findings.odd.values.first {
            logger.error("directory.odd", metadata: ["people": "\(findings.odd.count)", "reason": "\(fault)"])
        }
        return ForeignFindings(found: findings.people.mapValues(foreign), unsure: Set(findings.odd.keys))
    }

    private func foreign(_ person: DirectoryPerson) -> ForeignPerson {
        ForeignPerson(
            key: person.key, displayName: person.name,
            roles: person.groups.reduce(into: []) { $0.formUnion(roles[$1] ?? []) })
    }
}

/// Follows the directory: whoever was taken out of it is out here within minutes.
struct DirectoryWatch: Sendable {
    let accounts: Accounts
    let logger: Logger

    /// How often the directory is asked about those whom it vouches for; a removal there is to be one here within 15 minutes.
    static let interval = Duration.seconds(300)

    /// One look at it.
    func round(_ environment: CentreEnvironment) async {
        do {
            let round = try await accounts.followDirectory(at: environment.now())
            guard round.ended + round.changed > 0 else { return }
            logger.notice(
                "directory.followed",
                metadata: ["asked": "\(round.asked)", "ended": "\(round.ended)", "changed": "\(round.changed)"])
        } catch let wrong as DirectoryImplausible {
            logger.critical("directory.implausible", metadata: ["asked": "\(wrong.asked)", "reason": "\(wrong)"])
        } catch {
            logger.error("directory.round.failed", metadata: ["reason": "\(error)"])
        }
    }
}
