import Foundation
import PersonalData
import TestSupport
import Testing

@Suite("Personal data")
struct PersonVaultTests {
    private let folder = TemporaryFolder()
    private let text = Array("Әсел Қайратқызы, +7 701 000 00 00".utf8)

    @Test("The same identity is the same person, in the next run too")
    func identity() throws {
        let path = folder.file("vault.db")
        let first = try PersonVault(path: path)
        let person = first.person(knownBy: "880101300123")
        #expect(first.person(knownBy: "880101300123") == person)
        #expect(first.person(knownBy: "880101300124") != person)
        try first.close()
        #expect(try PersonVault(path: path).person(knownBy: "880101300123") == person)
    }

    @Test("What is sealed opens, and twice sealed is never twice the same")
    func sealing() throws {
        let vault = try PersonVault(path: folder.file("vault.db"))
        let person = vault.person(knownBy: "a")
        let keys = try vault.keys(for: [person])
        let sealed = try keys.seal(text, for: person)
        #expect(try keys.open(sealed, of: person) == text)
        #expect(try keys.seal(text, for: person) != sealed)
        #expect(!sealed.rawValue.contains("701"))
    }

    @Test("Another person's key, or a changed text, does not open it")
    func foreign() throws {
        let vault = try PersonVault(path: folder.file("vault.db"))
        let (one, two) = (vault.person(knownBy: "1"), vault.person(knownBy: "2"))
        let keys = try vault.keys(for: [one, two])
        let sealed = try keys.seal(text, for: one)
        #expect(throws: VaultError.doesNotOpen(two)) { try keys.open(sealed, of: two) }
        #expect(throws: VaultError.doesNotOpen(one)) { try keys.open(SealedText("AAAA" + sealed.rawValue), of: one) }
    }

    @Test("An erased person's texts read as nothing, others' still open")
    func erasure() throws {
        let vault = try PersonVault(path: folder.file("vault.db"))
        let (one, two) = (vault.person(knownBy: "1"), vault.person(knownBy: "2"))
        let keys = try vault.keys(for: [one, two])
        let sealed = (try keys.seal(text, for: one), try keys.seal(text, for: two))
        #expect(try vault.erase(one))
        #expect(try !vault.erase(one))
        let left = try vault.existingKeys(for: [one, two])
        #expect(try left.open(sealed.0, of: one) == nil)
        #expect(try left.open(sealed.1, of: two) == text)
    }
}
