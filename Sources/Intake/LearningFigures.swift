import GRDB
import WorkingDays

/// How often proposals were taken as they stood: by week and field, by the rule that named the body, and which corrections
/// repeat. It counts what people decided; nothing is learnt by looking at it.
package struct LearningFigures: Sendable {
    /// Decisions on one field, or by one rule.
    package struct Share: Hashable, Sendable {
        /// How many were decided.
        package var decided = 0
        /// How many were taken as proposed.
        package var asProposed = 0
        /// The sum of how sure they were, in thousandths.
        package var sure = 0

        /// Nothing decided yet.
        package init() {}

        /// The share that was taken as proposed, 0...1; nil where nothing was decided.
        package var share: Double? { decided == 0 ? nil : Double(asProposed) / Double(decided) }
        /// How sure the proposals were on average, 0...1; nil where nothing was decided.
        package var confidence: Double? { decided == 0 ? nil : Double(sure) / 1_000 / Double(decided) }

        mutating func add(_ choices: Int, _ isAsProposed: Bool, _ sure: Int) {
            decided += choices
            if isAsProposed { asProposed += choices }
            self.sure += sure
        }
    }

    /// A correction that was made more than once.
    package struct Correction: Hashable, Sendable {
        /// The field.
        package let field: IntakeField
        /// The code that was proposed; nil for none.
        package let proposed: String?
        /// The code that was taken; nil for none.
        package let taken: String?
        /// How often.
        package let times: Int
    }

    /// The first day of the first week that is counted.
    package let from: CivilDate
    /// By the Monday of the week and the field.
    package private(set) var weeks: [CivilDate: [IntakeField: Share]] = [:]
    /// By field, over all weeks.
    package private(set) var fields: [IntakeField: Share] = [:]
    /// By the rule of the routing table that named the body.
    package private(set) var rules: [String: Share] = [:]
    /// Corrections that repeat, the most frequent first.
    package private(set) var corrections: [Correction] = []

    /// The figures since a day, its week included.
    package init(since day: CivilDate, in db: Database) throws {
        from = CivilDate(dayNumber: day.dayNumber - ((day.dayNumber + 3) % 7 + 7) % 7)
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT week, field, rule, proposed, taken, choices, sure FROM submissionChoice WHERE week >= ?"),
            arguments: [from.description])
        var corrected: [[String]: Int] = [:]
        for row in rows {
            guard let week = CivilDate(row[0] as String), let field = IntakeField(rawValue: row[1]) else { continue }
            let (rule, proposed, taken): (String, String, String) = (row[2], row[3], row[4])
            let (choices, sure): (Int, Int) = (row[5], row[6])
            let isAsProposed = proposed == taken
            weeks[week, default: [:]][field, default: Share()].add(choices, isAsProposed, sure)
            fields[field, default: Share()].add(choices, isAsProposed, sure)
            if !rule.isEmpty { rules[rule, default: Share()].add(choices, isAsProposed, sure) }
            if !isAsProposed { corrected[[field.rawValue, proposed, taken], default: 0] += choices }
        }
        corrections = corrected.filter { $0.value > 1 }.compactMap { key, times in
            IntakeField(rawValue: key[0]).map { field in
                Correction(
                    field: field, proposed: key[1].isEmpty ? nil : key[1], taken: key[2].isEmpty ? nil : key[2],
                    times: times)
            }
        }.sorted { ($1.times, $0.field.rawValue, $0.proposed ?? "") < ($0.times, $1.field.rawValue, $1.proposed ?? "") }
    }
}
