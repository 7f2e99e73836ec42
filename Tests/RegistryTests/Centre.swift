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
struct Centre {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let knowledge = root.appending(path: "knowledge").path()

    let folder = TemporaryFolder()
    let casework: Casework
    let now: Moment
    let actor = Actor("cli:test")

    init() async throws {
        now = try #require(Moment("2026-03-19T04:00:00Z"))
        let catalogue = EventCatalogue(Registry.eventTypes)
        let projections: [any Projection] = [CalendarBook(catalogue: catalogue)] + Registry.projections(catalogue)
        let journal = try Journal(path: folder.file("journal.db"), projections: projections)
        casework = Casework(
            journal: journal, catalogue: catalogue, rulebooks: try RulebookSet.load(files: [], knownEvents: []),
            calendars: CalendarKeeper())
        let calendar = try WorkingCalendar(exceptions: [], years: [2026])
        _ = try await casework.adopt(calendar, reason: "Test", expecting: nil, by: actor, at: now)
    }

    var journal: Journal { casework.journal }

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
