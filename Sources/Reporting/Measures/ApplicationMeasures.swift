import WorkingDays

/// What the reports count of applications for services (452, forms 3-мк and 4-мк of order 78).
///
/// An application belongs to the day of its result. Late is what ended after its last day, by a result: what was withdrawn ended by
/// none. What is open past its last day at the end of a period counts beside, since nobody knows yet by how much it will be late.
/// docs/applications.md says what each counts, and which of it is our reading.
package enum ApplicationMeasures {
    /// All of them.
    package static let all: [Measure] = violations + corporation + electronic

    private static let dimensions = [
        "bodyKind": "bodyKind", "body": "body", "service": "service", "way": "way", "form": "form", "cause": "cause",
        "unit": "unit",
    ]

    private static func measure(
        _ name: String, of amount: Measure.Amount = .each,
        _ choices: @escaping @Sendable (ReportPeriod, CivilDate?) -> [Measure.Choice]
    ) -> Measure {
        Measure(
            name: "applications." + name, dimensions: dimensions, columns: [:], order: ["id"],
            counting: .rows(choices), amount: amount)
    }

    private static func choice(
        _ sql: String, _ values: [String], within index: String? = nil
    ) -> Measure.Choice {
        Measure.Choice(
            table: index.map { "application INDEXED BY \($0)" } ?? "application", sql: sql, values: values,
            isVersioned: true)
    }

    /// What ended in the period, chosen within the index that holds such rows alone.
    private static func ended(_ index: String, _ condition: String)
        -> @Sendable (ReportPeriod, CivilDate?) ->
        [Measure.Choice]
    {
        { period, _ in
            [
                choice(
                    "finishedOn BETWEEN ? AND ? AND \(index)\(condition)",
                    [period.first.description, period.last.description])
            ]
        }
    }

    private static let isLate = "late IS NOT NULL"
    private static let byResult = " AND result IN ('provided', 'refused')"

    // MARK: - 452

    private static let violations: [Measure] = [
        measure("late", ended(isLate, byResult)),
        measure("late-technical", ended(isLate, byResult + " AND isTechnical = 1")),
        measure("late-technical-unproven", ended(isLate, byResult + " AND isTechnical = 1 AND isProven = 0")),
        measure("late-working-count", ended(isLate, byResult + " AND unit = 'working'")),
        measure("late-working-days", of: .sum("late"), ended(isLate, byResult + " AND unit = 'working'")),
        measure("late-working-longest", of: .longest("late"), ended(isLate, byResult + " AND unit = 'working'")),
        measure("late-calendar-count", ended(isLate, byResult + " AND unit = 'calendar'")),
        measure("late-calendar-days", of: .sum("late"), ended(isLate, byResult + " AND unit = 'calendar'")),
        measure("late-calendar-longest", of: .longest("late"), ended(isLate, byResult + " AND unit = 'calendar'")),
        measure("withdrawn-late", ended(isLate, " AND result = 'withdrawn'")),
        measure("overdue-open") { period, today in
            // On its last day a service is still in time.
            let day = today.map { min($0, period.last) } ?? period.last
            return [
                choice(
                    "finishedOn IS NULL AND dueOn < ? AND acceptedOn <= ?", [day.description, period.last.description],
                    within: "applicationOpen"),
                choice(
                    "late IS NOT NULL AND finishedOn > ? AND dueOn < ?",
                    [period.last.description, day.description], within: "applicationLate"),
            ]
        },
        measure("ended", ended("finishedOn IS NOT NULL", byResult)),
    ]

    // MARK: - 3-мк

    private static let throughCorporation = " AND way = 'corporation'"

    private static let corporation: [Measure] =
        [
            measure(
                "corporation.issued", ended("finishedOn IS NOT NULL", throughCorporation + " AND result = 'provided'")),
            measure("corporation.late", ended(isLate, throughCorporation + byResult)),
        ]
        + causes.map { name, condition in
            measure("corporation.late-" + name, ended(isLate, throughCorporation + byResult + condition))
        } + [measure("corporation.refused", ended("result = 'refused'", throughCorporation))]
        + grounds.map { name, condition in
            measure("corporation.refused-" + name, ended("result = 'refused'", throughCorporation + condition))
        }

    /// Columns 3-8; those that the form wants «подтвержденными актами» count with an act alone.
    private static let causes: [(String, String)] = [
        ("corporation", " AND cause = 'corporation'"), ("provider", " AND cause = 'provider'"),
        ("electricity", " AND cause = 'electricity' AND isProven = 1"),
        ("network", " AND cause = 'network' AND isProven = 1"), ("system", " AND cause = 'system' AND isProven = 1"),
        ("post", " AND cause = 'post'"),
    ]

    /// Columns 10-13; the last takes what is left.
    private static let grounds: [(String, String)] = [
        ("incomplete", " AND refusal = 'incomplete'"), ("unfounded", " AND refusal = 'unfounded'"),
        ("encumbered", " AND refusal = 'encumbered'"), ("other", " AND coalesce(refusal, 'other') = 'other'"),
    ]

    // MARK: - 4-мк

    private static let electronically = " AND way IN ('portal', 'licensing', 'system')"

    private static let electronic: [Measure] = [
        measure("electronic.ended", ended("finishedOn IS NOT NULL", electronically + byResult)),
        measure("electronic.portal", ended("finishedOn IS NOT NULL", " AND way = 'portal'" + byResult)),
        measure("electronic.licensing", ended("finishedOn IS NOT NULL", " AND way = 'licensing'" + byResult)),
        measure("electronic.refused", ended("result = 'refused'", electronically)),
        measure("electronic.late", ended(isLate, electronically + byResult)),
        measure("electronic.late-provider", ended(isLate, electronically + byResult + " AND cause = 'provider'")),
        measure("electronic.late-network", ended(isLate, electronically + byResult + " AND cause = 'network'")),
        measure("electronic.late-system", ended(isLate, electronically + byResult + " AND cause = 'system'")),
        measure(
            "electronic.late-other",
            ended(
                isLate,
                electronically + byResult + " AND coalesce(cause, 'other') NOT IN ('provider', 'network', 'system')")),
    ]
}
