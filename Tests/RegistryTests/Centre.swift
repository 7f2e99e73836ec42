import Casework
import Foundation
import GRDB
import Journal
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// A contact centre with nothing but a registry, in a folder of its own.
struct Centre: TestWorld {
    static let knowledge = Repository.path + "/knowledge"

    let centre: TestCentre
    let now: Moment

    init() async throws {
        now = try #require(Moment("2026-03-19T04:00:00Z"))
        centre = try await TestCentre(Registry.eventTypes, actor: Actor("cli:test")) { Registry.projections($0) }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value { try journal.readNow(body) }

    @discardableResult
    func transact<Answer: Codable>(_ body: (CaseSession) throws -> Answer) throws -> Answer {
        try casework.transactNow(by: actor, at: now, body)
    }

    /// Takes texts in as files; those that are not given are not touched.
    @discardableResult
    func take(_ files: [RegistryFile: String]) throws -> RegistryImportReport {
        let tables = try RegistryTables(files.mapValues { Array($0.utf8) })
        return try transact { session in try Registry.take(tables, in: session) }
    }

    /// Takes the files of `knowledge/` in.
    @discardableResult
    func takeKnowledge() throws -> RegistryImportReport? {
        try RegistryFolder.import(folder: Self.knowledge, into: casework, by: actor, at: now)
    }
}
