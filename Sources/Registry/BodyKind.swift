/// What a body is among the participants of 797 §2.
package enum BodyKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// A central state body, or a part of one.
    case central
    /// A local executive body.
    case local
    /// A public service centre: the State Corporation or a branch of it.
    case psc
    /// Another provider of services.
    case provider
    /// The Agency that assesses and controls the quality of state services.
    case agency
    /// A territorial body of the Agency.
    case agencyTerritorial = "agency-territorial"
    /// The body authorised for informatization, or a part of it.
    case itBody = "it-body"
    /// The Unified Contact Centre itself.
    case ucc
}

/// The level of a local executive body.
package enum LocalLevel: String, CaseIterable, Codable, Hashable, Sendable {
    /// A region, or a city of republican significance.
    case region
    /// A district, a city of regional significance, or a district of a city.
    case district
    /// A rural district, a settlement or a village.
    case rural
}
