import Languages
import WorkingDays

/// What would lead a complaint elsewhere: one fact changed, and who would answer then.
package struct RoutingAlternative: Hashable, Sendable {
    /// The fact that would have to be another.
    package enum Change: Hashable, Sendable, CustomStringConvertible {
        /// Served in that region.
        case region(String)
        /// Served at `portal`, `psc` or `office`.
        case place(String)
        /// About that: the reception, the decision, employees, the rules themselves.
        case kind(ComplaintKind)
        /// The body that provides the service or is responsible for it had acted.
        case named(String)
        /// Nobody had been blamed.
        case nobodyNamed

        package var description: String {
            switch self {
            case .region(let code): "region \(code)"
            case .place(let place): "place \(place)"
            case .kind(let kind): "kind \(kind.rawValue)"
            case .named(let code): "\(code) decided or refused"
            case .nobodyNamed: "nobody is blamed"
            }
        }
    }

    /// What would be another.
    package let change: Change
    /// Who would answer then.
    package let answer: RoutingAnswer
}

extension RoutingFacts {
    /// The akimat, branch or department that stands in another region for one of them; nil for any other body.
    fileprivate func counterpart(of code: String, in region: String) -> String? {
        [akimats, branches, departments].lazy.compactMap { $0.values.contains(code) ? $0[region] : nil }.first
    }
}

extension RoutingTable {
    /// What would change the answer to a question, the likeliest mistake first; each body once. Pure.
    ///
    /// Only one fact is changed at a time: who reads it sees at once which of the facts matters and must be right.
    package func alternatives(
        to question: RoutingQuestion, by facts: RoutingFacts, most: Int = 4
    ) -> [RoutingAlternative] {
        // Where nobody answers, whoever asks was told why already, and one fact changed that leads to nobody is no way out.
        guard let given = try? route(question, by: facts) else { return [] }
        var found: [RoutingAlternative] = []
        func ask(_ change: RoutingAlternative.Change, _ alter: (inout RoutingQuestion) -> Void) {
            var other = question
            alter(&other)
            guard other != question, let answer = try? route(other, by: facts), answer.address != given.address,
                !found.contains(where: { $0.answer.address == answer.address })
            else { return }
            found.append(RoutingAlternative(change: change, answer: answer))
        }
        for place in ["psc", "office", "portal"] { ask(.place(place)) { $0.place = place } }
        if question.named != nil { ask(.nobodyNamed) { $0.named = nil } }
        if question.named == nil, let owner = question.service.flatMap({ facts.services[$0]?.owner }) {
            ask(.named(owner)) { $0.named = owner }
        }
        for kind in [ComplaintKind.standard, .order, .employees, .other] { ask(.kind(kind)) { $0.kind = kind } }
        // One example stands for all regions: Almaty, or the capital where Almaty is the answer already.
        if let region = ["75", "71"].first(where: { $0 != question.region && facts.knowsRegion($0) }) {
            ask(.region(region)) { other in
                // Whoever blames the branch of the capital would blame that of Almaty there.
                other.named = other.named.map { facts.counterpart(of: $0, in: region) ?? $0 }
                other.region = region
            }
        }
        // The region is told in any case where it matters, the rest as far as there is room.
        let region = found.last.flatMap { alternative -> RoutingAlternative? in
            guard case .region = alternative.change else { return nil }
            return alternative
        }
        guard let region, found.count > most else { return Array(found.prefix(most)) }
        return Array(found.prefix(most - 1)) + [region]
    }
}

extension RoutingBook {
    /// What would change the answer, by the table of the day of filing.
    package func alternatives(to question: RoutingQuestion, by facts: RoutingFacts) -> [RoutingAlternative] {
        table(on: question.date).alternatives(to: question, by: facts)
    }
}
