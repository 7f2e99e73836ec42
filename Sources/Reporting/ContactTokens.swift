import CanonicalJSON
import PersonalData

/// Contacts in a sealed document: ciphertext at rest, opened for the Agency only.
///
/// A token is the text `sealed:<person>:<base64>` exactly as the complaint's event keeps it, so making the document again
/// gives the same bytes even when a person has been erased since, and erasing a key erases the person from the document.
package enum ContactTokens {
    private static let prefix = Array("\"sealed:".utf8)

    /// What stands in the document where a person has been erased.
    package static let erased = JSON.object(["erased": .bool(true)])

    static func token(person: String, sealed: String) -> String { "sealed:\(person):\(sealed)" }

    /// The document with every token opened; contacts become an object, those of erased people `{"erased":true}`.
    /// - Throws: `VaultError` where a token does not open with its person's key.
    package static func open(_ document: [UInt8], with vault: PersonVault) throws -> [UInt8] {
        let tokens = find(in: document)
        let keys = try vault.existingKeys(for: tokens.map(\.person))
        var opened: [UInt8] = []
        opened.reserveCapacity(document.count)
        var start = 0
        for token in tokens {
            opened += document[start..<token.range.lowerBound]
            opened += try keys.open(token.sealed, of: token.person).map(details) ?? erased.bytes
            start = token.range.upperBound
        }
        return opened + document[start...]
    }

    /// The contact details that §18 asks for; the identification number is none of them and never leaves the house.
    private static func details(_ contacts: [UInt8]) throws -> [UInt8] {
        var members = try JSON(parsing: contacts).object ?? [:]
        members["iin"] = nil
        return JSON.object(members).bytes
    }

    private struct Token {
        let range: Range<Int>
        let person: PersonID
        let sealed: SealedText
    }

    private static func find(in document: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var index = 0
        while let start = document[index...].firstIndex(of: prefix[0]) {
            guard let end = document[(start + 1)...].firstIndex(of: prefix[0]) else { break }
            let text = document[start..<end]
            if text.starts(with: prefix) {
                let parts = String(decoding: text.dropFirst(), as: UTF8.self).split(separator: ":")
                if parts.count == 3 {
                    tokens.append(
                        Token(
                            range: start..<(end + 1), person: PersonID(String(parts[1])),
                            sealed: SealedText(String(parts[2]))))
                }
                index = end + 1
            } else {
                // Another text; an escaped quotation mark inside it only makes the next step shorter.
                index = start + 1
            }
        }
        return tokens
    }
}
