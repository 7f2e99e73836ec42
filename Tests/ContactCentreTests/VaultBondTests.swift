import Accounts
import CentreSupport
import ContactCentre
import Foundation
import GRDB
import Journal
import PersonalData
import TestSupport
import Testing
import WorkingDays

@Suite("Journal and vault belong together")
struct VaultBondTests {
    private let folder = TemporaryFolder()

    private var vault: String { folder.file("data/vault.db") }

    /// Opens the centre, does something with it, and closes it.
    private func open(
        acceptingLoss reason: String? = nil, _ body: (ContactCentre) throws -> Void = { _ in }
    ) async throws {
        let centre = try await ContactCentre.open(
            data: try DataFolder(path: folder.file("data")), law: try RepositoryLaw.read(), environment: .live,
            passwordCost: .trivial,
            acceptingLoss: reason, bringsUpToDate: false, note: { _ in })
        try body(centre)
        try centre.close()
    }

    /// Seals something for a person, and has the tables say so.
    private func seal(_ name: String, _ centre: ContactCentre) throws {
        let person = centre.vault.person(knownBy: name)
        let sealed = try centre.vault.keys(for: [person]).seal(Array(name.utf8), for: person)
        _ = try centre.journal.transactNow(by: Actor("test"), at: .current) { transaction in
            try transaction.db.execute(
                sql: "INSERT INTO responsiblePerson VALUES (?, 'MJ', ?, ?, '2026-01-01', NULL, NULL, 0, 'test', NULL)",
                arguments: [name, person.rawValue, sealed.rawValue])
            return 1
        }
    }

    private func events() async throws -> [String] {
        var names: [String] = []
        try await open(acceptingLoss: nil) { centre in
            names = try centre.journal.readNow {
                try SQLiteEventStore(db: $0).events(of: StreamID("machine/vault"))
            }.map { String(decoding: $0.payload, as: UTF8.self) }
        }
        return names
    }

    @Test("Opened again and again with its own vault, a centre says nothing; the bond is recorded once")
    func same() async throws {
        try await open { try seal("a", $0) }
        for name in ["b", "c"] { try await open { try seal(name, $0) } }
        #expect(try await events().count == 1)
    }

    @Test("A vault that is lost is told at the start, no other is made, and going on needs a reason that is recorded")
    func lost() async throws {
        try await open { try seal("a", $0) }
        try FileManager.default.removeItem(atPath: vault)
        await #expect(throws: VaultLoss.missing(path: vault)) { try await open() }
        #expect(!FileManager.default.fileExists(atPath: vault))
        try await open(acceptingLoss: "the disk of the vault burnt")
        let events = try await events()
        #expect(events.last?.contains("the disk of the vault burnt") == true)
        // What was sealed reads as lost, not as erased.
        try await open { centre in
            let person = centre.vault.person(knownBy: "a")
            let keys = try centre.vault.existingKeys(for: [person])
            #expect(!keys.isErased(person))
            #expect(throws: VaultError.keyMissing(person)) { try keys.open(SealedText("AAAA"), of: person) }
        }
    }

    @Test("A vault older than the journal is told at the start, one that is newer is not")
    func older() async throws {
        try await open { try seal("a", $0) }
        let copy = folder.file("vault-copy.db")
        try FileManager.default.copyItem(atPath: vault, toPath: copy)
        try await open { try seal("b", $0) }
        let newer = folder.file("vault-newer.db")
        try FileManager.default.moveItem(atPath: vault, toPath: newer)
        try FileManager.default.copyItem(atPath: copy, toPath: vault)
        await #expect(throws: VaultLoss.older(path: vault, keys: 1, known: 2)) { try await open() }
        try FileManager.default.removeItem(atPath: vault)
        try FileManager.default.moveItem(atPath: newer, toPath: vault)
        try await open()
    }

    @Test("An erasure that an older vault has forgotten is one too")
    func erased() async throws {
        try await open { try seal("a", $0) }
        let copy = folder.file("vault-copy.db")
        try FileManager.default.copyItem(atPath: vault, toPath: copy)
        try await open { centre in
            let isErased = try centre.vault.erase(centre.vault.person(knownBy: "a"))
            #expect(isErased)
        }
        try FileManager.default.removeItem(atPath: vault)
        try FileManager.default.copyItem(atPath: copy, toPath: vault)
        await #expect(throws: VaultLoss.self) { try await open() }
    }

    @Test("Another centre's vault is told at the start")
    func other() async throws {
        try await open { try seal("a", $0) }
        for hasKeys in [false, true] {
            let stranger = folder.file("stranger-\(hasKeys).db")
            let other = try PersonVault(path: stranger)
            if hasKeys { _ = try other.keys(for: (0..<5).map { other.person(knownBy: "\($0)") }) }
            try other.close()
            try FileManager.default.removeItem(atPath: vault)
            try FileManager.default.copyItem(atPath: stranger, toPath: vault)
            await #expect(throws: VaultLoss.other(path: vault)) { try await open() }
        }
    }

    @Test("A centre that holds nothing of anybody starts without a word")
    func empty() async throws {
        try await open()
        try FileManager.default.removeItem(atPath: vault)
        try await open()
        #expect(try await events().isEmpty)
    }
}
