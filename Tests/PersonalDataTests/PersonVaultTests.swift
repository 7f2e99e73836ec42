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

    @Test("A promised key opens at once, is on the disk when the promise is kept, and is nobody's second one")
    func promises() throws {
        let path = folder.file("vault.db")
        let vault = try PersonVault(path: path)
        let (one, two) = (vault.person(knownBy: "1"), vault.person(knownBy: "2"))
        let sealed = try vault.promisedKeys(for: [one, two]).seal(text, for: one)
        #expect(try vault.existingKeys(for: [one]).open(sealed, of: one) == text)
        // An import that meets the same person meanwhile makes no other key.
        #expect(try vault.keys(for: [one]).open(sealed, of: one) == text)
        let other = try vault.promisedKeys(for: [two]).seal(text, for: two)
        for _ in 1...2 { try vault.keepPromises() }
        try vault.close()
        let again = try PersonVault(path: path).existingKeys(for: [one, two])
        #expect(try again.open(sealed, of: one) == text)
        #expect(try again.open(other, of: two) == text)
    }

    @Test("A promised key that is not kept is gone with the program, and one that was erased is not kept")
    func brokenPromises() throws {
        let path = folder.file("vault.db")
        let vault = try PersonVault(path: path)
        let (one, two) = (vault.person(knownBy: "1"), vault.person(knownBy: "2"))
        _ = try vault.promisedKeys(for: [one])
        #expect(try vault.erase(one))
        try vault.keepPromises()
        _ = try vault.promisedKeys(for: [two])
        try vault.close()
        let again = try PersonVault(path: path).existingKeys(for: [one, two])
        #expect(!again.has(one) && !again.has(two))
    }
}
