import CanonicalJSON
import Casework
import Journal
import Languages
import Rulebook

extension ClockRow {
    /// The clock for programs; titles are those of its rules.
    package func json(titles: [String: Localized]) -> JSON {
        .members([
            "case": .string(stream.rawValue), "rule": .string(rule), "title": titles[rule].map(JSON.names) ?? .null,
            "owner": .string(owner.rawValue), "force": .string(force.rawValue), "body": .text(body),
            "service": .text(service), "dayZero": .date(dayZero), "firstDue": .date(firstDue), "due": .date(due),
            "target": .date(target), "isProvisional": .bool(isProvisional), "proof": .string(proof),
            "status": .string(standing.rawValue), "endedOn": .date(endedOn), "breachedOn": .date(breachedOn),
            "isFlagged": .bool(isFlagged),
            "flaggedLapses": .array(flaggedLapses.map { .date($0) }),
        ])
    }
}

extension RulebookSet {
    /// The titles of all rules, by their identifier.
    package var ruleTitles: [String: Localized] {
        Dictionary(
            editions.flatMap { $0.procedures.flatMap(\.rules) }.map { ($0.id, $0.title) },
            uniquingKeysWith: { first, _ in first })
    }
}
