import WorkingDays

/// What the reports can count of the ledger of violations (docs/violations.md).
///
/// An entry belongs to the first day past its last one, as a term that ran out does in the monthly report. What a person decided
/// counts for that day whenever it was decided; what is struck, because its ground is in doubt or gone, counts nowhere.
package enum ViolationMeasures {
    /// All of them.
    package static let all: [Measure] = [
        measure("confirmed", "confirmed"), measure("excused", "excused"), measure("undecided", "drafted"),
    ]

    private static func measure(_ name: String, _ state: String) -> Measure {
        Measure(
            name: "violations." + name,
            dimensions: ["body": "body", "service": "service", "clock": "rule", "ground": "decisionGround"],
            columns: [:], order: ["id"],
            counting: .rows { period, _ in
                [
                    Measure.Choice(
                        table: "violation", sql: "state = '\(state)' AND violatedOn BETWEEN ? AND ?",
                        values: [period.first.description, period.last.description])
                ]
            })
    }
}
