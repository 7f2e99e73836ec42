import Languages
import WorkingDays

/// What is known of a complaint when it must be decided who answers.
package struct RoutingQuestion: Hashable, Sendable {
    /// What it is about.
    package var kind: ComplaintKind
    /// The code of the service, where it names one.
    package var service: String?
    /// The code of the region where the applicant was served.
    package var region: String?
    /// Where he was served: `portal`, `psc`, `office`.
    package var place: String?
    /// The address of the body that the complaint names: a code, or `D355600@rural`, `KMS@71` (`BodyAddress`).
    package var named: String?
    /// The day of the filing.
    package var date: CivilDate

    /// A question from its parts.
    package init(
        kind: ComplaintKind, service: String? = nil, region: String? = nil, place: String? = nil, named: String? = nil,
        on date: CivilDate
    ) {
        self.kind = kind
        self.service = service
        self.region = region
        self.place = place
        self.named = named
        self.date = date
    }
}

/// Who must answer, and why.
package struct RoutingAnswer: Hashable, Sendable {
    /// The code of the body.
    package let body: String
    /// Which of its units is addressed, which has no code of its own: a region or `rural` (`BodyAddress`); nil: itself.
    package let unit: String?
    /// Its kind.
    package let bodyKind: String
    /// The rule that decided.
    package let rule: String
    /// The edition of the table: `complaints@2013-04-15`.
    package let edition: String
    /// Why, for people.
    package let why: Localized
    /// The paragraph; nil in the edition that had none.
    package let cite: Localized?

    /// The body with its unit, as an address.
    package var address: BodyAddress { BodyAddress(code: body, unit: unit) }
}

/// A body, or one of its units that has no code of its own: the territorial body of a central one in a region
/// (`KMS@71`), the akim of a rural district (`D355600@rural`).
package struct BodyAddress: Hashable, Sendable, CustomStringConvertible {
    /// What stands for the akim of a rural district, whose district has the code.
    package static let rural = "rural"

    /// The code of the body in the registry.
    package let code: String
    /// The code of the region of a territorial body, or `rural`; nil for the body itself.
    package let unit: String?

    /// An address from its parts.
    package init(code: String, unit: String? = nil) {
        self.code = code
        self.unit = unit
    }

    /// Reads an address: `KMS`, `KMS@71`, `D355600@rural`.
    package init(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        code = parts.first.map(String.init) ?? ""
        unit = parts.count > 1 ? String(parts[1]) : nil
    }

    package var description: String { unit.map { "\(code)@\($0)" } ?? code }

    /// Whether it is the akim of a rural district.
    package var isRural: Bool { unit == Self.rural }
    /// The region of a territorial body; nil for others.
    package var region: String? { isRural ? nil : unit }
}
