import WorkingDays

/// What the reports count of recipients' appeals to the contact centre (797 §13).
///
/// An appeal belongs to the day on which it began; one that has not ended is not counted yet.
package enum ContactMeasures {
    /// All of them.
    package static let all: [Measure] = [
        measure("ended", ""),
        measure("answered-from-a-card", " AND outcome = 'answeredByCard'"),
        measure("answered-without-a-card", " AND outcome = 'answeredWithoutCard'"),
        measure("without-an-answer", " AND gap IS NOT NULL"),
        measure("told-how-to-complain", " AND complaintGuidance = 1"),
        measure("told-the-stage", " AND stageGuidance = 1"),
    ]

    private static func measure(_ name: String, _ condition: String) -> Measure {
        Measure(
            name: "contacts." + name,
            dimensions: [
                "channel": "channel", "language": "language", "topic": "topic", "outcome": "outcome",
                "service": "service",
            ], columns: [:], order: ["id"],
            counting: .rows { period, _ in
                [
                    Measure.Choice(
                        table: "contact", sql: "day BETWEEN ? AND ? AND outcome IS NOT NULL" + condition,
                        values: [period.first.description, period.last.description])
                ]
            })
    }
}
