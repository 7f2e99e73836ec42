import Accounts
import CentreSupport
import Foundation
import GRDB
import Journal
import PersonalData
import PostgresSupport
import TestSupport
import Testing
import WorkingDays

@testable import ContactCentre

@Suite("A centre whose journal is on PostgreSQL", .timeLimit(.minutes(20)))
struct NodeTests {
    private let folder = TemporaryFolder()

    private func open(
        _ name: String, at address: String?, note: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> ContactCentre {
        let data = try DataFolder(path: folder.file(name))
        var settings = Settings()
        settings.journal = address
        try settings.write(data.settings)
        return try await ContactCentre.open(
            data: data, law: try RepositoryLaw.read(), environment: .live, passwordCost: .trivial,
            bringsUpToDate: false, note: note)
    }

    @Test("Every table of the journal's file is derived, the journal's own, or goes along to the server")
    func tables() async throws {
        let centre = try await open("a", at: PostgresServer.shared().database())
        let tables = try centre.journal.readNow { db in
            try String.fetchAll(
                // Those that SQLite makes for an index of words belong to that.
                db,
                sql:
                    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
            )
        }
        let known = Set(
            centre.journal.derivedTables + [
                "event", "projectionState", "grdb_migrations", "nodeState", "commandReceipt", "storeMark", "document",
                "cardDraft",
            ])
        #expect(Set(tables).subtracting(known).isEmpty)
        try centre.close()
    }

    @Test("A second folder works only when the first is closed, and never without the keys of the journal's people")
    func second() async throws {
        let address = try PostgresServer.shared().database()
        let first = try await open("a", at: address)
        let person = first.vault.person(knownBy: "a")
        let sealed = try first.vault.keys(for: [person]).seal(Array("a".utf8), for: person)
        _ = try first.journal.transactNow(by: Actor("test"), at: .current) { transaction in
            try transaction.db.execute(
                sql:
                    "INSERT INTO responsiblePerson VALUES ('a', 'MJ', ?, ?, '2026-01-01', NULL, NULL, 0, 'test', NULL)",
                arguments: [person.rawValue, sealed.rawValue])
            return 1
        }
        try first.bond.adopt(first.vault, acceptingLoss: nil, at: .current)
        let name = ProcessInfo.processInfo.hostName + ":" + folder.file("a")
        await #expect(throws: JournalError.deposed(by: name)) { _ = try await open("b", at: address) }
        try first.close()
        // The bond is an event, and the mark goes along: the other folder knows both, and has no vault.
        await #expect(throws: VaultLoss.missing(path: folder.file("b/vault.db"))) {
            _ = try await open("b", at: address)
        }
        // With the keys it works; the former follows and is refused.
        try FileManager.default.copyItem(atPath: folder.file("a/vault.db"), toPath: folder.file("b/vault.db"))
        let second = try await open("b", at: address)
        #expect(try second.journal.head().position > 0)
        #expect(try second.journal.mark(of: "vault") != nil)
        try second.close()
    }
}
