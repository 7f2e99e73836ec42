import Casework
import Foundation
import Journal
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Contacts

/// Contacts in a journal of their own, with the real calendar.
final class World: Sendable {
    let folder = TemporaryFolder()
    let casework: Casework
    let desk: ContactDesk
    let stages: StageDesk
    let operatorSeven = Actor("user:7")

    init() async throws {
        let catalogue = EventCatalogue(Registry.eventTypes + ContactDesk.eventTypes)
        let journal = try Journal(
            path: folder.file("journal.db"),
            projections: [CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue)]
                + ContactDesk.projections(catalogue) + Registry.projections(catalogue))
        let schedules = ScheduleFolder(path: Repository.path + "/schedules")
        casework = Casework(
            journal: journal, catalogue: catalogue, rulebooks: try schedules.rulebooks(knownEvents: KnownEvents.all),
            calendars: CalendarKeeper())
        desk = ContactDesk(casework: casework)
        stages = StageDesk(casework: casework, hash: { "hash of " + $0 })
        _ = try await casework.adopt(
            try schedules.calendar(), reason: "test", expecting: nil, by: operatorSeven,
            at: try at("2026-01-05 09:00:00"))
    }

    var journal: Journal { casework.journal }

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

    /// Makes the tables anew from the events and expects the same content.
    func expectSameAfterRebuild() throws {
        let before = try journal.projectionContents()
        try journal.rebuild()
        #expect(try journal.projectionContents() == before)
    }
}

/// A time of the day in Almaty: `2026-03-26 23:59:59`.
func at(_ text: String) throws -> Moment {
    try #require(Moment(text.replacingOccurrences(of: " ", with: "T") + "+05:00"))
}

func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

extension World {
    func takeKnowledge() throws {
        _ = try RegistryFolder.import(
            folder: Repository.path + "/knowledge", into: casework, by: operatorSeven, at: try at("2026-01-05 09:00:00")
        )
    }
}
