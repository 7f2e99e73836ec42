import Casework
import Foundation
import Journal
import PersonalData
import Registry
import TestSupport
import Testing
import WorkingDays

@Suite("Responsible persons")
struct ResponsiblePersonTests {
    private static let first = ResponsiblePersonDetails(
        name: "Айгүл Серікқызы Демо", position: "бас сарапшы", phone: "+7 7172 000000", email: "demo@example.org")
    private static let second = ResponsiblePersonDetails(
        name: "Ербол Демо", position: "сарапшы", phone: "+7 7172 000001")

    private func centre() async throws -> (Centre, PersonVault) {
        let centre = try await Centre()
        try centre.take(ImportTests.bodies("A,А,А,central,,,71,,,\n"))
        return (centre, try PersonVault(path: centre.folder.file("vault.db")))
    }

    @Test("A new responsible person takes over on the day, and the history stays")
    func history() async throws {
        let (centre, vault) = try await centre()
        let one = try Self.first.sealed(of: "A", in: vault)
        let two = try Self.second.sealed(of: "A", in: vault)
        let since = try day("2026-03-19")
        let change = try day("2026-04-01")
        let ids = try centre.transact { session in
            [
                try Registry.registerResponsiblePerson(one, of: "A", since: since, in: session),
                try Registry.registerResponsiblePerson(two, of: "A", since: change, in: session),
            ]
        }
        #expect(ids == ["A-2", "A-3"])
        try centre.read { db throws in
            let all = try Registry.responsiblePersons(of: "A", in: db)
            #expect(all.map(\.id) == ["A-3", "A-2"])
            #expect(all.map(\.endedOn) == [nil, change])
            #expect(all.map(\.reason) == [nil, .replaced])
            #expect(try Registry.responsiblePerson(of: "A", on: since, in: db)?.id == "A-2")
            #expect(try Registry.responsiblePerson(of: "A", on: change, in: db)?.id == "A-3")
            #expect(try Registry.responsiblePerson(of: "A", on: since.adding(days: -1), in: db) == nil)
            #expect(try all.last?.sealed.open(with: vault) == Self.first)
        }
        try centre.transact { session in
            try Registry.releaseResponsiblePerson("A-3", on: change.adding(days: 5), .dismissed, in: session)
            return true
        }
        #expect(
            try centre.read { db in try Registry.responsiblePerson(of: "A", on: change.adding(days: 5), in: db) } == nil
        )
        // The stream goes on: an import after persons were recorded still knows the version of the body.
        let report = try centre.take(ImportTests.bodies("A,А,А,provider,,,71,,,\n"))
        #expect(report.changed.map(\.code) == ["A"])
        let before = try centre.journal.projectionContents()
        try centre.journal.rebuild()
        #expect(try centre.journal.projectionContents() == before)
    }

    @Test("Two may answer side by side when asked for")
    func alongside() async throws {
        let (centre, vault) = try await centre()
        let one = try Self.first.sealed(of: "A", in: vault)
        let two = try Self.second.sealed(of: "A", in: vault)
        let since = try day("2026-03-19")
        try centre.transact { session in
            try Registry.registerResponsiblePerson(one, of: "A", since: since, in: session)
            return try Registry.registerResponsiblePerson(two, of: "A", since: since, replacing: [], in: session)
        }
        #expect(
            try centre.read { db in try Registry.responsiblePersons(of: "A", in: db).map(\.endedOn) } == [nil, nil])
    }

    @Test(
        "Neither name nor contact stands in the journal or its tables, and forgetting the person makes them unreadable")
    func personalData() async throws {
        let (centre, vault) = try await centre()
        let sealed = try Self.first.sealed(of: "A", in: vault)
        let since = try day("2026-03-19")
        try centre.transact { session in
            try Registry.registerResponsiblePerson(sealed, of: "A", since: since, in: session)
        }
        let texts = try await centre.casework.history(of: StreamID("body/A")).map {
            String(decoding: $0.recorded.payload, as: UTF8.self)
        }
        let everything = try (texts + centre.journal.projectionContents()).joined()
        #expect(everything.contains(sealed.person))
        for secret in ["Айгүл", "сарапшы", "7172", "example.org"] { #expect(!everything.contains(secret)) }
        let kept = try #require(try centre.read { db in try Registry.responsiblePersons(of: "A", in: db).first })
        #expect(try kept.sealed.open(with: vault) == Self.first)
        #expect(try vault.erase(PersonID(sealed.person)))
        #expect(try kept.sealed.open(with: vault) == nil)
    }

    @Test("The same person of a body has one number, another body another")
    func numbers() async throws {
        let (_, vault) = try await centre()
        let one = try Self.first.sealed(of: "A", in: vault)
        #expect(try Self.first.sealed(of: "A", in: vault).person == one.person)
        #expect(try Self.first.sealed(of: "B", in: vault).person != one.person)
    }

    @Test("An unknown body, an earlier day or an ended registration is refused")
    func refusals() async throws {
        let (centre, vault) = try await centre()
        let sealed = try Self.first.sealed(of: "A", in: vault)
        let since = try day("2026-03-19")
        func code(_ body: (CaseSession) throws -> Void) throws -> String? {
            do {
                try centre.transact { session in
                    try body(session)
                    return true
                }
                return nil
            } catch let refusal as Refusal {
                return refusal.code
            }
        }
        #expect(
            try code { try Registry.registerResponsiblePerson(sealed, of: "X", since: since, in: $0) } == "body.unknown"
        )
        #expect(try code { try Registry.registerResponsiblePerson(sealed, of: "A", since: since, in: $0) } == nil)
        #expect(
            try code { try Registry.registerResponsiblePerson(sealed, of: "A", since: since.adding(days: -1), in: $0) }
                == "responsiblePerson.beforePresent")
        #expect(
            try code { try Registry.releaseResponsiblePerson("A-9", on: since, .dismissed, in: $0) }
                == "responsiblePerson.unknown")
        #expect(
            try code { try Registry.releaseResponsiblePerson("A-2", on: since.adding(days: -1), .dismissed, in: $0) }
                == "responsiblePerson.ended")
        #expect(try code { try Registry.releaseResponsiblePerson("A-2", on: since, .dismissed, in: $0) } == nil)
        #expect(
            try code { try Registry.releaseResponsiblePerson("A-2", on: since, .dismissed, in: $0) }
                == "responsiblePerson.ended")
    }
}
