import CardSearch
import Complaints
import Foundation
import GRDB
import KnowledgeBase
import Registry
import Triage

/// The reading of complaints from the files of a home folder alone: schedules, knowledge, and an index of the cards in memory.
package struct TriageHome: Sendable {
    /// Reads texts.
    package let reader: ComplaintReader
    private let store: DatabaseQueue
    private let engine: SearchEngine

    /// Opens the folder that holds `schedules/` and `knowledge/`.
    /// - Throws: what is wrong with a file, with its line and what to do.
    package init(home: String) throws {
        let knowledge = home + "/knowledge"
        let (bodies, services) = try RegistryFolder.entries(folder: knowledge)
        reader = ComplaintReader(
            try TriageKnowledge(
                home: home, facts: RoutingFacts(bodies: bodies, services: services),
                services: Dictionary(
                    services.map { ($0.code, .init(sphere: $0.sphere)) }, uniquingKeysWith: { first, _ in first })))
        engine = SearchEngine(try SearchKnowledge.load(folder: knowledge + "/search"))
        store = try DatabaseQueue()
        let cards = knowledge + "/services"
        let names = try FileManager.default.contentsOfDirectory(atPath: cards).filter { $0.hasSuffix(".yaml") }.sorted()
        let engine = engine
        try store.write { db in
            try SearchIndex.create(in: db)
            for name in names {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: cards + "/" + name))
                let card = try CardFile.read(bytes, file: name).card
                try SearchIndex.save(card.searchable(state: CardState.live.rawValue), in: db)
            }
            try engine.refresh(from: db)
        }
    }

    /// Does something with the search of the cards.
    /// - Throws: what the work throws.
    package func withSearch<Result>(_ work: (@escaping (SearchQuery) throws -> SearchAnswer) throws -> Result) throws
        -> Result
    {
        try store.read { db in try work { query in try engine.search(query, in: db) } }
    }
}
