import Languages
import WorkingDays

/// Where a rule leads.
package enum RoutingTarget: Hashable, Sendable {
    /// The body that the complaint names.
    case namedBody
    /// The body above the one that the complaint names.
    case superior
    /// The body that is responsible for the service.
    case owner
    /// The akimat of the region, or of the city of the republic.
    case regionAkimat
    /// The branch of the State Corporation in the region.
    case regionPSC
    /// The department of the Agency in the region.
    case regionAgency
    /// A certain body.
    case body(String)

    /// Reads a target as the tables write it.
    package init(_ text: String) {
        switch text {
        case "named-body": self = .namedBody
        case "superior": self = .superior
        case "owner": self = .owner
        case "region-akimat": self = .regionAkimat
        case "region-psc": self = .regionPSC
        case "region-agency": self = .regionAgency
        default: self = .body(text)
        }
    }
}

/// One rule of a routing table.
package struct RoutingRule: Hashable, Sendable {
    /// Its name, recorded with each complaint that it decided.
    package let name: String
    /// What must hold: for each condition the words of which one must apply.
    package let conditions: [String: Set<String>]
    /// Where it leads.
    package let target: RoutingTarget
    /// The reason for people.
    package let why: Localized
    /// The paragraph; nil in the edition that had none.
    package let cite: Localized?
}

/// Which central bodies are addressed through their territorial ones.
package struct RoutingUnits: Hashable, Sendable {
    /// The codes of the bodies.
    package let bodies: Set<String>
    /// The kinds of complaints.
    package let kinds: Set<String>
    /// The places at which the failure is not the territorial body's.
    package let exceptPlaces: Set<String>
    /// The paragraph.
    package let cite: Localized
    /// The reason for people.
    package let why: Localized
}

/// What is no complaint, or not ours, and why no body is asked.
package struct RoutingExit: Hashable, Sendable {
    /// What it is, in the words of the reading: `question`, `court`, …
    package let name: String
    /// The paragraph.
    package let cite: Localized
    /// The reason for people.
    package let why: Localized
}

/// The rules by which the body is found that must answer a complaint.
package struct RoutingTable: Hashable, Sendable {
    /// The table and its first day: `complaints@2013-04-15`.
    package let edition: String
    /// Its name for people.
    package let title: Localized
    /// The first day on which it decides.
    package let from: CivilDate
    /// The last day; nil while there is no end.
    package let to: CivilDate?
    /// The rules, in the order in which they are tried.
    package let rules: [RoutingRule]
    /// Groups of providers, by name.
    package let providers: [String: Set<String>]
    /// Which bodies are addressed through their territorial ones; nil in the edition that knew none.
    package let units: RoutingUnits?
    /// Where what is no complaint of ours leaves.
    package let exits: [RoutingExit]

    /// The rule with a name; nil where there is none.
    package func rule(_ name: String) -> RoutingRule? { rules.first { $0.name == name } }

    /// Who must answer; pure.
    ///
    /// The first rule that fits and leads to a body of the registry in force that day decides; a body that is no longer
    /// in force is followed to its successor.
    /// - Throws: `RoutingError.nowhere` where no rule leads to a body.
    package func route(_ question: RoutingQuestion, by facts: RoutingFacts) throws(RoutingError) -> RoutingAnswer {
        let asked = Asked(question, facts)
        for rule in rules {
            guard rule.conditions.allSatisfy({ asked.holds($0, $1, providers) }),
                let address = asked.address(rule.target), let body = facts.body(address.code, on: question.date)
            else { continue }
            return RoutingAnswer(
                body: body.code, unit: unit(of: body, addressedAs: address, question), bodyKind: body.kind,
                rule: rule.name, edition: edition, why: rule.why, cite: rule.cite)
        }
        throw .nowhere(edition: edition)
    }

    /// The unit that is addressed: the one that was named, or the territorial body of the region.
    private func unit(
        of body: RoutingFacts.Body, addressedAs address: BodyAddress, _ question: RoutingQuestion
    ) -> String? {
        guard let units else { return nil }
        if let unit = address.unit { return unit }
        guard units.bodies.contains(body.code), units.kinds.contains(question.kind.rawValue),
            !(question.place.map(units.exceptPlaces.contains) ?? false)
        else { return nil }
        return question.region
    }
}

/// A question with what the registry knows of what it names.
private struct Asked {
    let question: RoutingQuestion
    let facts: RoutingFacts
    let address: BodyAddress?
    let named: RoutingFacts.Body?
    let service: RoutingFacts.Service?

    init(_ question: RoutingQuestion, _ facts: RoutingFacts) {
        self.question = question
        self.facts = facts
        address = question.named.map { BodyAddress($0) }
        named = address.flatMap { facts.bodies[$0.code] }
        service = question.service.flatMap { facts.services[$0] }
    }

    func holds(_ condition: String, _ words: Set<String>, _ providers: [String: Set<String>]) -> Bool {
        switch condition {
        case "kind": words.contains(question.kind.rawValue)
        case "place": question.place.map(words.contains) ?? false
        case "named": named.map { words.contains($0.kind) } ?? false
        case "named-level": level.map(words.contains) ?? false
        case "provider": service?.provider.map(words.contains) ?? false
        case "provided-by":
            words.contains { group in
                service?.provider.map { providers[group]?.contains($0) ?? false } ?? false
            }
        case "received-at": service?.receivedAt.map(words.contains) ?? false
        case "has": words.allSatisfy(isKnown)
        case "lacks": !words.contains(where: isKnown)
        default: false
        }
    }

    private func isKnown(_ what: String) -> Bool {
        switch what {
        case "named": named != nil
        case "service": service != nil
        case "place": question.place != nil
        default: question.region != nil
        }
    }

    /// The level of the body that is named; that of a rural akim where he is, though he has no code.
    private var level: String? { address?.isRural ?? false ? BodyAddress.rural : named?.level }

    func address(_ target: RoutingTarget) -> BodyAddress? {
        func code(_ code: String?) -> BodyAddress? { code.map { BodyAddress(code: $0) } }
        switch target {
        case .namedBody: return named.map { BodyAddress(code: $0.code, unit: address?.unit) }
        case .superior:
            // The code of a rural akim without one is that of the district, which is above him.
            return code(address?.isRural ?? false ? named?.code : named?.parent ?? named?.code)
        case .owner: return code(service?.owner)
        case .regionAkimat: return code(question.region.flatMap { facts.akimats[$0] })
        case .regionPSC: return code(question.region.flatMap { facts.branches[$0] })
        case .regionAgency: return code(question.region.flatMap { facts.departments[$0] })
        case .body(let code): return BodyAddress(code: code)
        }
    }
}

/// Why a complaint cannot be routed.
package enum RoutingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No rule leads to a body of the registry.
    case nowhere(edition: String)

    package var description: String {
        switch self {
        case .nowhere(let edition):
            "No rule of the routing table \(edition) leads to a body of the registry: import the bodies, or name the body."
        }
    }
}
