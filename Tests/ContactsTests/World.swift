import Casework
import Contacts
import Foundation
import Journal
import Languages
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// Contacts in a journal of their own, with the real calendar.
final class World: TestWorld, Sendable {
    let centre: TestCentre
    let desk: ContactDesk
    let stages: StageDesk
    var operatorSeven: Actor { actor }

    init() async throws {
        centre = try await TestCentre(Registry.eventTypes + ContactDesk.eventTypes, actor: Actor("user:7")) {
            ContactDesk.projections($0) + Registry.projections($0)
        }
        desk = ContactDesk(casework: centre.casework)
        stages = StageDesk(casework: centre.casework, hash: { "hash of " + $0 })
    }

    func start(
        _ moment: String, call: String? = nil, by actor: Actor = Actor("user:7")
    ) async throws -> ContactRecord {
        try await desk.start(
            ContactStarted(channel: .phone, language: .kk, call: call), by: actor, at: try at(moment))
    }

    @discardableResult
    func perform(
        _ commands: Contact.Command..., on id: String, at moment: String, by actor: Actor = Actor("user:7")
    ) async throws -> ContactRecord {
        try await desk.perform(commands, on: id, by: actor, at: try at(moment))
    }

    func statistics(_ from: String, _ to: String) throws -> ContactStatistics {
        let days = try day(from)...day(to)
        return try journal.readNow { try ContactStatistics.fetch(days, in: $0) }
    }
}

extension World {
    func takeKnowledge() throws {
        _ = try RegistryFolder.import(
            folder: Repository.path + "/knowledge", into: casework, by: operatorSeven, at: try at("2026-01-05 09:00:00")
        )
    }
}
