import CardSearch
import Casework
import Foundation
import GRDB
import Journal
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import KnowledgeBase

/// A knowledge base in a journal of its own, with the real calendar and the real registry.
final class World: Sendable {
    let folder = TemporaryFolder()
    let casework: Casework
    let cards: CardDesk
    let gaps: GapDesk
    let synonyms: SynonymDesk
    let usage: SearchUsage
    let coordinator = Actor("user:7")

    init(knowledge: SearchKnowledge = SearchKnowledge()) async throws {
        let catalogue = EventCatalogue(
            Registry.eventTypes + CardDesk.eventTypes + GapDesk.eventTypes + SynonymDesk.eventTypes + [
                StandInForOnboarding.self
            ])
        let journal = try Journal(
            path: folder.file("journal.db"),
            projections: [CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue)]
                + Registry.projections(catalogue) + [CardProjection(catalogue: catalogue)]
                + GapDesk.projections(catalogue) + SynonymDesk.projections(catalogue))
        let schedules = ScheduleFolder(path: Repository.path + "/schedules")
        casework = Casework(
            journal: journal, catalogue: catalogue, rulebooks: try schedules.rulebooks(knownEvents: KnownEvents.all),
            calendars: CalendarKeeper())
        usage = try SearchUsage(path: folder.file("usage.db"))
        let now = try at("2026-03-26 10:00:00")
        cards = CardDesk(casework: casework, knowledge: knowledge, usage: usage, now: { now })
        gaps = GapDesk(casework: casework)
        synonyms = SynonymDesk(casework: casework, cards: cards, files: knowledge.synonyms)
        _ = try await casework.adopt(
            try schedules.calendar(), reason: "test", expecting: nil, by: coordinator,
            at: try at("2026-01-05 09:00:00"))
        _ = try RegistryFolder.import(
            folder: Repository.path + "/knowledge", into: casework, by: coordinator, at: try at("2026-01-05 09:00:00"))
    }

    var journal: Journal { casework.journal }

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
