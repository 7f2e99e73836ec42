import Languages

/// A way in which a service is provided.
package enum ServiceChannel: String, CaseIterable, Codable, Hashable, Sendable {
    /// The e-government portal.
    case portal
    /// A public service centre.
    case psc
    /// The provider's own office.
    case office
    /// The portal of licences and permits.
    case licensing
    /// A consulate.
    case consulate
    /// A mobile application.
    case mobile
    /// A bank.
    case bank
    /// The post.
    case mail
    /// Without an application, when the occasion arises.
    case proactive
}

/// A state service of the register.
package struct PublicService: RegistryEntry {
    /// The code, for instance `S0001`.
    package let code: String
    /// Its code in the official register, where it has one.
    package let registerCode: String?
    /// Its code on the e-government portal, where it has one.
    package let egovCode: String?
    /// Its name.
    package let name: Localized
    /// The code of the body that answers for it.
    package let owner: String
    /// Who provides it, in words: often a kind of body rather than one body.
    package let provider: Localized
    /// How it is provided; empty where that is not known.
    package let channels: [ServiceChannel]
    /// The sphere of life, a lower-case word such as `family`.
    package let sphere: String
    /// Whether the row was checked against an official source.
    package let isVerified: Bool
    /// Kazakh words by which people ask for it.
    package let keywords: [String]

    /// A service from its parts.
    package init(
        code: String, registerCode: String? = nil, egovCode: String? = nil, name: Localized, owner: String,
        provider: Localized, channels: [ServiceChannel] = [], sphere: String, isVerified: Bool = false,
        keywords: [String] = []
    ) {
        self.code = code
        self.registerCode = registerCode
        self.egovCode = egovCode
        self.name = name
        self.owner = owner
        self.provider = provider
        self.channels = channels
        self.sphere = sphere
        self.isVerified = isVerified
        self.keywords = keywords
    }

    /// The columns of the table and their texts, for comparing.
    package var fields: [(column: String, text: String)] {
        [
            ("register_code", registerCode ?? ""), ("egov_code", egovCode ?? ""), ("name_kk", name.kk),
            ("name_ru", name.ru), ("owner", owner), ("provider", provider.ru), ("provider name_kk", provider.kk),
            ("channels", channels.map(\.rawValue).joined(separator: ";")), ("sphere", sphere),
            ("verified", isVerified ? "yes" : "no"), ("keywords_kk", keywords.joined(separator: "; ")),
        ]
    }
}
