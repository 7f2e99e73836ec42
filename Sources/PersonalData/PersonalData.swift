/// Names and contacts of people: encrypted with a key for each person, kept apart from the journal.
///
/// Decides: how a person is recognised, how what is said of him is encrypted, and what forgetting him means.
/// Refuses to know: complaints, reports, pages; they hold `PersonID` and `SealedText` and ask this module to open them.
///
/// The keys stand in a file of their own (`vault.db`). The journal, its exports and every backup hold only
/// ciphertext, so erasing the key erases the person from all of them, and the hash chain still verifies.
/// Start with `PersonVault`.

/// A person, known by a number that tells nothing about him.
package struct PersonID: Hashable, Sendable, CustomStringConvertible {
    /// 32 hexadecimal digits.
    package let rawValue: String

    /// A person by the number that a vault gave.
    package init(_ rawValue: String) { self.rawValue = rawValue }

    package var description: String { rawValue }
}

/// A text that only the vault can read: AES-256-GCM under the person's key, in base64.
package struct SealedText: Hashable, Sendable {
    /// Nonce, ciphertext and tag, in base64.
    package let rawValue: String

    /// A sealed text as it was stored.
    package init(_ rawValue: String) { self.rawValue = rawValue }
}

/// Why the vault could not do what was asked.
package enum VaultError: Error, Equatable, CustomStringConvertible {
    /// The key of a person is missing although nobody has erased him: the vault was lost, or is older than the journal.
    case keyMissing(PersonID)
    /// A sealed text does not open with the person's key: it was changed, or belongs to another person.
    case doesNotOpen(PersonID)
    /// The vault file is not one of ours.
    case notAVault(path: String)
    /// An erased key may still stand in the log beside the file.
    case stillRead

    package var description: String {
        switch self {
        case .doesNotOpen(let person):
            "A text sealed for person \(person) does not open with that person's key: restore vault.db and journal.db from the same backup."
        case .keyMissing(let person):
            "The key of person \(person) is missing although nobody has erased that person: restore the vault.db that belongs to journal.db."
        case .stillRead:
            "The key is erased, but its bytes may stand in vault.db-wal for a moment longer: repeat the command."
        case .notAVault(let path):
            "“\(path)” is not a vault of Bailanys: check the data folder, or restore vault.db from a backup."
        }
    }
}
