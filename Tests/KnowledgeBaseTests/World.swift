import CardSearch
import Casework
import Foundation
import GRDB
import Journal
import KnowledgeBase
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// A knowledge base in a journal of its own, with the real calendar and the real registry.
final class World: TestWorld, Sendable {
    let centre: TestCentre
    let cards: CardDesk
    let gaps: GapDesk
    let synonyms: SynonymDesk
    let usage: SearchUsage
    var coordinator: Actor { actor }

    init(knowledge: SearchKnowledge = SearchKnowledge()) async throws {
        centre = try await TestCentre(
            Registry.eventTypes + CardDesk.eventTypes + GapDesk.eventTypes + SynonymDesk.eventTypes + [
                StandInForOnboarding.self
            ], actor: Actor("user:7")
        ) { catalogue in
            Registry.projections(catalogue) + [CardProjection(catalogue: catalogue)]
                + GapDesk.projections(catalogue) + SynonymDesk.projections(catalogue)
        }
        let casework = centre.casework
        usage = try SearchUsage(path: centre.folder.file("usage.db"))
        let now = try at("2026-03-26 10:00:00")
        cards = CardDesk(casework: casework, knowledge: knowledge, usage: usage, now: { now })
        gaps = GapDesk(casework: casework)
        synonyms = SynonymDesk(casework: casework, cards: cards, files: knowledge.synonyms)
        _ = try RegistryFolder.import(
            folder: Repository.path + "/knowledge", into: casework, by: centre.actor,
            at: try at("2026-01-05 09:00:00"))
    }
}
