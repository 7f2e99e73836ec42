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
    /// The code of the body that the complaint names.
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
    /// Its kind.
    package let bodyKind: String
    /// The rule that decided.
    package let rule: String
    /// The edition of the table: `complaints@2013-04-15`.
    package let edition: String
    /// Why, for people.
    package let why: Localized
}

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
}

/// The rules by which the body is found that must answer a complaint.
package struct RoutingTable: Hashable, Sendable {
    /// The table and its first day: `complaints@2013-04-15`.
    package let edition: String
    /// Its name for people.
    package let title: Localized
    /// The rules, in the order in which they are tried.
    package let rules: [RoutingRule]

    /// Who must answer; pure.
    ///
    /// The first rule that fits and leads to a body of the registry in force that day decides; a body that is no longer
    /// in force is followed to its successor.
    /// - Throws: `RoutingError.nowhere` where no rule leads to a body.
    package func route(_ question: RoutingQuestion, by facts: RoutingFacts) throws(RoutingError) -> RoutingAnswer {
        let named = question.named.flatMap { facts.bodies[$0] }
        let service = question.service.flatMap { facts.services[$0] }
        for rule in rules {
            let fits = rule.conditions.allSatisfy { condition, words in
                switch condition {
                case "kind": words.contains(question.kind.rawValue)
                case "place": question.place.map(words.contains) ?? false
                case "named": named.map { words.contains($0.kind) } ?? false
                case "named-level": named.flatMap(\.level).map(words.contains) ?? false
                case "provider": service?.provider.map(words.contains) ?? false
                case "has":
                    words.allSatisfy { word in
                        switch word {
                        case "named": named != nil
                        case "service": service != nil
                        default: question.region != nil
                        }
                    }
                default: false
                }
            }
            guard fits, let code = target(rule.target, question, named, service, facts),
                let body = facts.body(code, on: question.date)
            else { continue }
            return RoutingAnswer(body: body.code, bodyKind: body.kind, rule: rule.name, edition: edition, why: rule.why)
        }
        throw .nowhere(edition: edition)
    }

    private func target(
        _ target: RoutingTarget, _ question: RoutingQuestion, _ named: RoutingFacts.Body?,
        _ service: RoutingFacts.Service?, _ facts: RoutingFacts
    ) -> String? {
        switch target {
        case .namedBody: named?.code
        case .superior: named?.parent ?? named?.code
        case .owner: service?.owner
        case .regionAkimat: question.region.flatMap { facts.akimats[$0] }
        case .regionPSC: question.region.flatMap { facts.branches[$0] }
        case .regionAgency: question.region.flatMap { facts.departments[$0] }
        case .body(let code): code
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

/// What the routing knows of bodies and services; made from the registry.
package struct RoutingFacts: Sendable {
    /// A body.
    package struct Body: Hashable, Sendable {
        /// Its code.
        package let code: String
        /// Its kind in the registry: `central`, `local`, `psc`, `provider`, `agency`, `agency-territorial`, …
        package let kind: String
        /// For local bodies `region`, `district` or `rural`.
        package let level: String?
        /// The code of the body above it.
        package let parent: String?
        /// The code of its region.
        package let region: String?
        /// The first day; nil where it is not known.
        package let from: CivilDate?
        /// The last day; nil where there is none.
        package let to: CivilDate?
        /// The body that took over from it.
        package let successor: String?

        /// A body from its parts.
        package init(
            code: String, kind: String, level: String? = nil, parent: String? = nil, region: String? = nil,
            from: CivilDate? = nil, to: CivilDate? = nil, successor: String? = nil
        ) {
            self.code = code
            self.kind = kind
            self.level = level
            self.parent = parent
            self.region = region
            self.from = from
            self.to = to
            self.successor = successor
        }
    }

    /// A service.
    package struct Service: Hashable, Sendable {
        /// Its code.
        package let code: String
        /// The code of the body that is responsible for it.
        package let owner: String?
        /// Who provides it, in the words of the registry.
        package let provider: String?

        /// A service from its parts.
        package init(code: String, owner: String?, provider: String?) {
            self.code = code
            self.owner = owner
            self.provider = provider
        }
    }

    /// The bodies by code.
    package let bodies: [String: Body]
    /// The services by code.
    package let services: [String: Service]
    let akimats: [String: String]
    let branches: [String: String]
    let departments: [String: String]
    private let regions: Set<String>

    /// Facts from lists.
    package init(bodies: [Body], services: [Service]) {
        self.bodies = Dictionary(bodies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.services = Dictionary(services.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        func byRegion(_ matches: (Body) -> Bool) -> [String: String] {
            Dictionary(
                bodies.filter(matches).compactMap { body in body.region.map { ($0, body.code) } },
                uniquingKeysWith: { first, _ in first })
        }
        akimats = byRegion { $0.kind == "local" && $0.level == "region" }
        branches = byRegion { $0.kind == "psc" && $0.region != "republic" }
        departments = byRegion { $0.kind == "agency-territorial" }
        regions = Set(bodies.compactMap(\.region))
    }

    /// Whether any body is in a region.
    package func knowsRegion(_ code: String) -> Bool { regions.contains(code) }

    /// The body with a code, or who took over from it by a day; nil where there is none.
    package func body(_ code: String, on date: CivilDate) -> Body? {
        var body = bodies[code]
        var steps = 0
        while let current = body, let end = current.to, end < date, let successor = current.successor, steps < 20 {
            body = bodies[successor]
            steps += 1
        }
        return body
    }
}
