import CanonicalJSON
import Journal
import PersonalData
import WorkingDays

/// Who answers for a body towards the contact centre, in clear: only in memory, never in an event or a log.
package struct ResponsiblePersonDetails: Codable, Hashable, Sendable {
    /// The full name.
    package let name: String
    /// The position.
    package let position: String
    /// The phone number.
    package let phone: String
    /// The e-mail address; empty where there is none.
    package let email: String

    /// The details as the body gave them.
    package init(name: String, position: String, phone: String, email: String = "") {
        self.name = name
        self.position = position
        self.phone = phone
        self.email = email
    }

    /// Seals the details with the key of the person; the key is on the disk when this returns.
    ///
    /// A person is recognised by the name within the body. Blocks: call it before the transaction, off the cooperative
    /// pool.
    /// - Throws: `DatabaseError` where the vault cannot be written.
    package func sealed(of body: String, in vault: PersonVault) throws -> SealedResponsiblePerson {
        let person = vault.person(knownBy: "responsible person of \(body): \(SearchFolding.fold(name))")
        let keys = try vault.keys(for: [person])
        let text = try keys.seal(CanonicalCoding.encode(self), for: person)
        return SealedResponsiblePerson(person: person.rawValue, details: text.rawValue)
    }
}

/// The details of a responsible person as they may stand in an event: a number and a ciphertext.
package struct SealedResponsiblePerson: Codable, Hashable, Sendable {
    /// The number of the person in the vault.
    package let person: String
    /// The sealed details.
    package let details: String

    /// Sealed details as they were stored.
    package init(person: String, details: String) {
        self.person = person
        self.details = details
    }

    /// The details, or nil where the person has been erased.
    /// - Throws: `VaultError.doesNotOpen` where the text was changed; `DecodingError` where it holds something else.
    package func open(with vault: PersonVault) throws -> ResponsiblePersonDetails? {
        let id = PersonID(person)
        guard let text = try vault.existingKeys(for: [id]).open(SealedText(details), of: id) else { return nil }
        return try CanonicalCoding.decode(ResponsiblePersonDetails.self, from: text)
    }
}

/// Why somebody no longer answers for a body.
package enum ReleaseReason: String, CaseIterable, Codable, Hashable, Sendable {
    /// Somebody else took over.
    case replaced
    /// The person left or was dismissed.
    case dismissed
}

/// A body told who answers for it.
package struct ResponsiblePersonRegistered: Codable, Equatable, Sendable {
    /// The number of this registration, unique in the registry.
    package let id: String
    /// The body.
    package let body: String
    /// Who; sealed.
    package let sealed: SealedResponsiblePerson
    /// The first day on which the person answers for the body.
    package let since: CivilDate
    /// The registrations that end with this one.
    package let replaces: [String]
}

/// Somebody no longer answers for a body.
package struct ResponsiblePersonReleased: Codable, Equatable, Sendable {
    /// The registration that ends.
    package let id: String
    /// The body.
    package let body: String
    /// The first day on which the person no longer answers for the body.
    package let on: CivilDate
    /// Why.
    package let reason: ReleaseReason
}

/// Somebody looked at the names and contacts of those who answer or answered for a body.
package struct ResponsiblePersonRevealed: Codable, Equatable, Sendable {
    /// The body.
    package let body: String
    /// What for; holds no names.
    package let purpose: String
}

/// A responsible person as the registry keeps it.
package struct ResponsiblePerson: Hashable, Sendable {
    /// The number of the registration.
    package let id: String
    /// The body.
    package let body: String
    /// Who; sealed.
    package let sealed: SealedResponsiblePerson
    /// The first day on which the person answers for the body.
    package let since: CivilDate
    /// The first day on which the person no longer does, nil while he does.
    package let endedOn: CivilDate?
    /// Why he no longer does.
    package let reason: ReleaseReason?
    /// The registration of the one who took over from him; nil where nobody did.
    package let replacedBy: String?
    /// When it was recorded.
    package let registeredAt: Moment
    /// Who recorded it.
    package let registeredBy: Actor
}
