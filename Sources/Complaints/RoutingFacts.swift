import WorkingDays

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
        /// Where it is asked for, in the words of the registry: `portal`, `psc`, `office`, …
        package let channels: Set<String>

        /// A service from its parts.
        package init(code: String, owner: String?, provider: String?, channels: Set<String> = []) {
            self.code = code
            self.owner = owner
            self.provider = provider
            self.channels = channels
        }

        /// The one place at which it is received in person, `psc` or `office`; nil where there are several or none.
        package var receivedAt: String? {
            let places = channels.subtracting(["portal", "licensing", "mobile"])
            return places.count == 1 ? places.first : nil
        }
    }

    /// The bodies by code.
    package let bodies: [String: Body]
    /// The services by code.
    package let services: [String: Service]
    /// The akimats of regions, by region.
    package let akimats: [String: String]
    /// The branches of the State Corporation, by region.
    package let branches: [String: String]
    /// The departments of the Agency, by region.
    package let departments: [String: String]
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
        while let current = body, current.hasEnded(by: date), let successor = current.successor, steps < 20 {
            body = bodies[successor]
            steps += 1
        }
        return body
    }

    /// The Agency for a body whose answer does not satisfy: itself over central bodies and over its own departments, its
    /// department in the region over territorial and local ones (78 §14; the reading is ours for branches and other
    /// providers). Nil where the registry has neither.
    /// - Parameter unit: the region of the territorial body through which a central one was addressed.
    package func agency(over code: String, unit: String? = nil, region: String?, on date: CivilDate) -> Body? {
        let body = body(code, on: date)
        let isCentral = ["central", "it-body"].contains(body?.kind ?? "") && unit == nil
        // Nobody decides on himself (APPC art. 97(2)): a department's answer is taken to the Agency, not to it again.
        let isOfTheAgency = body?.kind.hasPrefix("agency") ?? false
        let place = unit ?? (body?.region).flatMap { $0 == "republic" ? nil : $0 } ?? region
        if !isCentral, !isOfTheAgency,
            let department = place.flatMap({ departments[$0] }).flatMap({ self.body($0, on: date) })
        {
            return department
        }
        return bodies.values.filter { $0.kind == "agency" }.map(\.code).min().flatMap { self.body($0, on: date) }
    }
}

extension RoutingFacts.Body {
    /// Whether it was no more before a day.
    package func hasEnded(by date: CivilDate) -> Bool { to.map { $0 < date } ?? false }
}
