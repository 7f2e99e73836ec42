import GRDB
import Rulebook
import WorkingDays

/// How a body and its responsible person kept one of their terms (797 §21); shown with the number of cases behind it.
package struct BodyRecord: Sendable, Hashable {
    /// The rule: `appoint-responsible-person`.
    package let rule: String
    /// Whether it is a term of law; being late with an internal target is no violation.
    package let isTermOfLaw: Bool
    /// Ended in time.
    package let met: Int
    /// Ended after the term, or began anew after that.
    package let late: Int
    /// Running, in time so far.
    package let running: Int
    /// Past the term and not done.
    package let overdue: Int

    /// All cases but those that were called off.
    package var total: Int { met + late + running + overdue }

    /// The kinds of cases in which a body has duties towards the centre.
    static let kinds = [
        InformationRequest.streamKind, InformationChange.procedure, ResponsiblePersonChange.procedure,
        AdditionalRequest.procedure,
    ]

    /// The terms of a body that began within a period, by rule.
    package static func fetch(
        body: String, from first: CivilDate? = nil, through last: CivilDate? = nil, in db: Database
    ) throws -> [BodyRecord] {
        // Each kind is a range of the primary key, so that complaints are never looked at.
        let ranges = kinds.map { _ in "stream >= ? AND stream < ?" }.joined(separator: " OR ")
        var arguments = StatementArguments(kinds.flatMap { [$0 + "/", $0 + "0"] })
        arguments += [body, first?.description ?? "", last?.description ?? "9999-12-31"]
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT rule, max(force = 'statutory') AS isTermOfLaw, total(status = 'met' AND breachedOn IS NULL) AS met,
                  total(breachedOn IS NOT NULL AND NOT (status = 'breached' AND endedOn IS NULL)) AS late,
                  total(status IN ('running', 'suspended') AND breachedOn IS NULL) AS running,
                  total(status = 'breached' AND endedOn IS NULL) AS overdue
                FROM clock WHERE (\(ranges)) AND body = ? AND owner IN ('body', 'responsible-person')
                  AND status <> 'cancelled' AND dayZero BETWEEN ? AND ?
                GROUP BY rule ORDER BY rule
                """, arguments: arguments)
        return rows.map {
            BodyRecord(
                rule: $0["rule"], isTermOfLaw: $0["isTermOfLaw"], met: $0["met"], late: $0["late"],
                running: $0["running"], overdue: $0["overdue"])
        }
    }
}
