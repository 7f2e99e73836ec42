import CardSearch
import Foundation
import GRDB
import TextAnalysis

/// A store of a few cards written for these tests, and the search over it with the product's own data.
struct SearchFixture: Sendable {
    let store: DatabaseQueue
    let engine: SearchEngine

    static let knowledgeFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("knowledge/search").path

    /// The product's own data, read once.
    static let knowledge = Result { try SearchKnowledge.load(folder: knowledgeFolder) }

    /// A fixture for tests that only search.
    static let shared = Result { try SearchFixture() }

    static let cards = [
        SearchableCard(
            id: "fishing", code: "S0401", registerCodes: ["017 03 009"], titleKK: "Балық аулауға рұқсат беру",
            titleRU: "Выдача разрешения на вылов рыбы",
            descriptionKK: "Әуесқойлық балық аулау үшін көлге рұқсат беріледі.",
            descriptionRU: "Разрешение на любительскую рыбалку на озере.", documentsKK: "өтініш; жеке куәлік",
            documentsRU: "заявление; удостоверение личности; гербарий", keywordsRU: "спиннинг", body: "ecology",
            sphere: "nature", channels: ["portal"], state: "live"),
        SearchableCard(
            id: "library", code: "S0402", titleKK: "Кітапханаға оқырман билетін беру",
            titleRU: "Выдача читательского билета библиотеки",
            descriptionKK: "Қала тұрғындарын кітапханаға жазу.", descriptionRU: "Запись жителей города в библиотеку.",
            body: "culture", sphere: "culture", channels: ["portal", "centre"], state: "live"),
        SearchableCard(
            id: "greenhouse-a", titleKK: "Жылыжай салуға субсидия беру", titleRU: "Субсидирование строительства теплиц",
            body: "agriculture", sphere: "land", channels: ["portal"], region: "A", state: "live"),
        SearchableCard(
            id: "greenhouse-b", titleKK: "Жылыжай салуға субсидия беру", titleRU: "Субсидирование строительства теплиц",
            body: "agriculture", sphere: "land", channels: ["centre"], region: "B", state: "live"),
        SearchableCard(
            id: "museum", titleRU: "Льготное посещение музея школьниками", body: "culture", sphere: "culture",
            channels: ["centre"], state: "draft"),
    ]

    init(cards: [SearchableCard] = SearchFixture.cards, knowledge: SearchKnowledge? = nil) throws {
        store = try DatabaseQueue()
        engine = SearchEngine(try knowledge ?? Self.knowledge.get())
        let engine = engine
        try store.write { db in
            try SearchIndex.create(in: db)
            for card in cards { try SearchIndex.save(card, in: db) }
            try engine.refresh(from: db)
        }
    }

    func search(_ query: SearchQuery) throws -> SearchAnswer { try store.read { try engine.search(query, in: $0) } }

    func ids(_ text: String) throws -> [String] { try search(SearchQuery(text)).hits.map(\.id) }
}
