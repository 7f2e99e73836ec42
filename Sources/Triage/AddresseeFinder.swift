import Complaints
import WorkingDays

/// Who must answer what was read, by the routing table, and who else might.
struct AddresseeFinder {
    let knowledge: TriageKnowledge
    let date: CivilDate
    /// The least confidence at which a service decides who answers; below it the service is only proposed.
    static let leastService = 0.2

    /// What would lead to another body than the first.
    func alternatives(_ reading: ComplaintReading) -> [RoutingAlternative] {
        knowledge.routing.alternatives(to: question(reading), by: knowledge.facts)
    }

    /// What the table is asked; a service that is only guessed does not decide.
    private func question(_ reading: ComplaintReading) -> RoutingQuestion {
        let first = reading.services.first
        return RoutingQuestion(
            kind: reading.kind.value, service: first.flatMap { $0.confidence >= Self.leastService ? $0.value : nil },
            region: reading.region?.value, place: reading.place?.value, named: reading.named?.value, on: date)
    }

    /// The bodies, best first.
    func find(_ reading: ComplaintReading) -> [ComplaintReading.Addressee] {
        let proposed = reading.services.first.map(\.value)
        let told = (reading.services.first?.confidence ?? 0) >= Self.leastService ? proposed : nil
        var found: [ComplaintReading.Addressee] = []
        func ask(
            _ share: Double, kind: ComplaintKind? = nil, service: String?? = nil, region: String?? = nil,
            place: String?? = nil, named: String?? = nil
        ) {
            let question = RoutingQuestion(
                kind: kind ?? reading.kind.value, service: service ?? told,
                region: region ?? reading.region?.value, place: place ?? reading.place?.value,
                named: named ?? reading.named?.value, on: date)
            // No rule leads anywhere only where the registry is empty; then nobody is proposed.
            guard let answer = try? knowledge.routing.route(question, by: knowledge.facts),
                !found.contains(where: { $0.body == answer.body })
            else { return }
            found.append(
                .init(
                    body: answer.body, rule: answer.rule, edition: answer.edition, unit: answer.unit, why: answer.why,
                    cite: answer.cite, confidence: share)
            )
        }
        ask(1)
        if reading.named != nil { ask(0.4, named: .some(nil)) }
        if reading.named != nil { ask(0.3, place: .some(nil), named: .some(nil)) }
        if told == nil, proposed != nil { ask(0.3, service: proposed) }
        if told != nil, reading.services.count > 1 { ask(0.3, service: reading.services[1].value) }
        ask(0.2, kind: .employees)
        if let region = reading.region?.value, let akimat = knowledge.facts.akimats[region] { ask(0.2, named: akimat) }
        ask(0.1, service: .some(nil), place: .some(nil), named: .some(nil))
        return Array(found.prefix(4))
    }
}
