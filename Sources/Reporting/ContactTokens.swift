import CanonicalJSON
import PersonalData

/// Contacts in a sealed document: ciphertext at rest, opened for the Agency only.
///
/// A token is the text `sealed:<person>:<base64>` exactly as the complaint's event keeps it, so making the document again
/// gives the same bytes even when a person has been erased since, and erasing a key erases the person from the document.
package enum ContactTokens {
    private static let prefix = Array("\"sealed:".utf8)

    /// The column of a list in which tokens stand.
    static let column = "contacts"

    /// What stands in the document where a person has been erased.
    package static let erased = JSON.object(["erased": .bool(true)])

    static func token(person: String, sealed: String) -> String { "sealed:\(person):\(sealed)" }

    /// What stands in the document where contacts cannot be read although nobody has erased the person.
    package static let unreadable = JSON.object(["unreadable": .bool(true)])

    /// A document with its tokens opened.
    package struct Opened: Sendable {
        /// The document as the Agency gets it.
        package fileprivate(set) var bytes: [UInt8] = []
        /// Why contacts could not be read, one reason each; empty where all could.
        package fileprivate(set) var problems: [VaultError] = []
    }

    /// The document with every token opened; contacts become an object, those of erased people `{"erased":true}`, those that
    /// cannot be read `{"unreadable":true}`: one person does not keep a month from its term.
    /// - Throws: `DatabaseError` where the vault does not answer.
    package static func open(_ document: [UInt8], with vault: PersonVault) throws -> Opened {
        let tokens = find(in: document)
        let keys = try vault.existingKeys(for: tokens.map(\.person))
        var opened = Opened()
        opened.bytes.reserveCapacity(document.count)
        var start = 0
        for token in tokens {
            opened.bytes += document[start..<token.range.lowerBound]
            do {
                opened.bytes += try keys.open(token.sealed, of: token.person).map(details) ?? erased.bytes
            } catch let problem as VaultError {
                opened.bytes += unreadable.bytes
                opened.problems.append(problem)
            }
            start = token.range.upperBound
        }
        opened.bytes += document[start...]
        return opened
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
