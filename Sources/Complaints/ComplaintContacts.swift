import CanonicalJSON
import PersonalData

/// Who complains and how he can be reached; kept only sealed.
package struct ComplaintContacts: Codable, Hashable, Sendable {
    /// The full name.
    package var name: String?
    /// The telephone.
    package var phone: String?
    /// The e-mail address.
    package var email: String?
    /// The postal address.
    package var address: String?
    /// The individual identification number, 12 digits.
    package var iin: String?

    /// Contacts from their parts; empty texts count as absent.
    package init(
        name: String? = nil, phone: String? = nil, email: String? = nil, address: String? = nil, iin: String? = nil
    ) {
        func present(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        self.name = present(name)
        self.phone = present(phone)
        self.email = present(email)
        self.address = present(address)
        self.iin = present(iin)
    }

    /// Whether nothing is known.
    package var isEmpty: Bool { name == nil && phone == nil && email == nil && address == nil && iin == nil }

    /// The bytes that are sealed: one canonical JSON object.
    package var bytes: [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.beginObject()
        json.member("address", address)
        json.member("email", email)
        json.member("iin", iin)
        json.member("name", name)
        json.member("phone", phone)
        json.endObject()
        return json.bytes
    }

    /// Reads what `bytes` wrote.
    /// - Throws: `DecodingError`.
    package init(bytes: [UInt8]) throws {
        self = try CanonicalCoding.decode(ComplaintContacts.self, from: bytes)
    }

    /// What tells this person from all others, for the vault: his IIN, or else his one complaint.
    func identity(forumNumber: String?, number: String) -> String {
        if let iin { return "iin:" + iin }
        if let forumNumber { return "forum:" + forumNumber }
        return "complaint:" + number
    }
}

/// What is said of a person in a complaint, opened for somebody who may see it.
package struct RevealedComplaint: Hashable, Sendable {
    /// Name and contacts; nil where the person has been erased or gave none.
    package let contacts: ComplaintContacts?
    /// The text of the complaint; nil where the person has been erased.
    package let subject: String?
}

extension ComplaintRecord {
    /// Opens what is sealed in this row; nil members where the person has been erased.
    /// - Throws: `VaultError.doesNotOpen`.
    package func revealed(with keys: PersonKeys) throws -> RevealedComplaint {
        guard let person = person.map({ PersonID($0) }) else { return RevealedComplaint(contacts: nil, subject: nil) }
        return RevealedComplaint(
            contacts: try contacts.flatMap { try keys.open(SealedText($0), of: person) }
                .map { try ComplaintContacts(bytes: $0) },
            subject: try subject.flatMap { try keys.open(SealedText($0), of: person) }
                .map { String(decoding: $0, as: UTF8.self) })
    }
}
