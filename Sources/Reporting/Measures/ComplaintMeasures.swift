import WorkingDays

/// What the reports count of complaints.
///
/// All dates are local civil dates of the centre. What happened after the last day of the period does not count: a complaint
/// answered on the first day of the next one was open at the end of this one. What was annulled counts nowhere.
package enum ComplaintMeasures {
    /// All of them.
    package static let all: [Measure] = [
        measure("open-at-start") { period, _ in
            let first = period.first
            return [open("filedOn < ?", first), settled("closedOn >= ? AND filedOn < ?", first, first)]
        },
        measure("received") { period, _ in [received(period)] },
        measure("closed") { period, _ in [closed(period)] },
        measure("open-at-end") { period, _ in
            let last = period.last
            return [open("filedOn <= ?", last), settled("closedOn > ? AND filedOn <= ?", last, last)]
        },
        measure("received-by-forum") { period, _ in [received(period, " AND channel = 'forum'")] },
        measure("received-or-closed") { period, _ in
            let (first, last) = (period.first, period.last)
            let others = "closedOn BETWEEN ? AND ? AND NOT filedOn BETWEEN ? AND ?"
            return [received(period), settled(others, first, last, first, last)]
        },
        measure("answered") { period, _ in [closed(period, " AND status = 'answered'")] },
        measure("answered-within-term") { period, _ in
            [closed(period, " AND status = 'answered' AND closedOn <= dueOn")]
        },
        measure("answered-past-term") { period, _ in
            [closed(period, " AND status = 'answered' AND closedOn > dueOn")]
        },
        measure("about-order-or-standard") { period, _ in [received(period, " AND kind IN ('order', 'standard')")] },
        aboutEmployees, violations, overdueFromEarlier, ReviewTerms.average, ReviewTerms.longest,
    ]

    /// The measures that counted otherwise in the first edition of the counting; what was sealed by it is made again by it.
    package static let former: [Measure] = [
        measure("about-employees") { period, _ in [received(period, " AND kind = 'employees'")] },
        measure("overdue-from-earlier") { period, _ in overdue(period) },
    ]

    /// About employees, by the kind of the body that is complained about, not of the one that reviews: the body that was named,
    /// or else the one that had to answer first. A transfer changes nothing of it.
    private static let aboutEmployees = measure("about-employees", kindOfBody: "blamedKind") { period, _ in
        [
            received(period, " AND kind = 'employees'").from(
                """
                (SELECT complaint.*, coalesce((SELECT complaintBlame.kind FROM complaintBlame
                  WHERE complaintBlame.id = complaint.id), bodyKind) AS blamedKind FROM complaint)
                """)
        ]
    }

    /// The term ran out in the period: the first day after the due date lies in it, and the complaint was open.
    ///
    /// Where it was handed on afterwards, the violation stays with the body that had it; the other has a term of its own. In
    /// a period that is not over, a term that ends today or later is no violation yet.
    private static let violations = measure("term-ran-out", order: ["id", "dueOn"]) { period, today in
        let (from, through) = (period.first.adding(days: -1), period.last.adding(days: -1))
        let passed = min(period.last, today ?? period.last).adding(days: -1)
        return [
            open("dueOn BETWEEN ? AND ?", from, passed),
            // What was closed past a due date of the period was closed after the first of these dates.
            settled("closedOn > ? AND closedOn > dueOn AND dueOn BETWEEN ? AND ?", from, from, through),
            // Handed on after its term had run out.
            choice("complaintLapse", "NOT isLifted AND dueOn BETWEEN ? AND ?", [from, through]),
        ]
    }

    /// Open at the end of the period, with a term that ran out in an earlier one.
    ///
    /// What was handed on after the period counts as it stood at its end, with the body that had it.
    private static let overdueFromEarlier = measure("overdue-from-earlier") { period, _ in
        let lifted = """
            SELECT 1 FROM complaintLapse AS lapse
            WHERE lapse.id = complaintBefore.id AND lapse.dueOn = complaintBefore.dueOn AND lapse.isLifted
            """
        return overdue(period) + [
            choice(
                "complaintBefore", "dueOn < ? AND endedOn > ? AND NOT EXISTS (\(lifted))",
                [period.first.adding(days: -1), period.last])
        ]
    }

    private static func overdue(_ period: ReportPeriod) -> [Measure.Choice] {
        let from = period.first.adding(days: -1)
        return [open("dueOn < ?", from), settled("closedOn > ? AND dueOn < ?", period.last, from)]
    }

    private static func measure(
        _ name: String, order: [String] = ["id"], kindOfBody: String = "bodyKind",
        _ rows: @escaping @Sendable (ReportPeriod, CivilDate?) -> [Measure.Choice]
    ) -> Measure {
        Measure(
            name: "complaints." + name,
            dimensions: ["bodyKind": kindOfBody, "body": "body", "service": "service", "kind": "kind"],
            columns: ComplaintColumns.all, order: order, counting: .rows(rows))
    }

    /// Complaints without an end.
    private static func open(_ sql: String, _ days: CivilDate...) -> Measure.Choice {
        choice("complaint", "closedOn IS NULL AND " + sql, days)
    }

    /// Complaints that were not annulled.
    private static func settled(_ sql: String, _ days: CivilDate...) -> Measure.Choice {
        choice("complaint", sql + " AND status <> 'annulled'", days)
    }

    private static func received(_ period: ReportPeriod, _ sql: String = "") -> Measure.Choice {
        settled("filedOn BETWEEN ? AND ?" + sql, period.first, period.last)
    }

    private static func closed(_ period: ReportPeriod, _ sql: String = "") -> Measure.Choice {
        settled("closedOn BETWEEN ? AND ?" + sql, period.first, period.last)
    }

    private static func choice(_ table: String, _ sql: String, _ days: [CivilDate]) -> Measure.Choice {
        Measure.Choice(table: table, sql: sql, values: days.map(\.description))
    }
}

extension Measure.Choice {
    /// The same rows, of a table that tells more of them.
    fileprivate func from(_ table: String) -> Measure.Choice { Measure.Choice(table: table, sql: sql, values: values) }
}
