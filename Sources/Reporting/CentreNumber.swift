import GRDB
import WorkingDays

/// A number of ours about complaints by body, for holding it against what bodies report.
package struct CentreNumber: Sendable {
    private let measure: Measure
    private let kinds: [String]

    /// The measures that can be told by body.
    package static let names: Set<String> = Set(
        ComplaintMeasures.all.filter { measure in
            guard case .rows = measure.counting else { return false }
            return measure.dimensions["body"] != nil
        }.map(\.name))

    /// Those of them that cannot be narrowed to kinds of complaint: what ran out and was handed on keeps its body only.
    package static let withoutKinds: Set<String> = ["complaints.term-ran-out", "complaints.overdue-from-earlier"]

    /// The number of a measure.
    /// - Parameter kinds: the kinds of complaint that count; empty for all.
    /// - Returns: nil where there is no such measure that can be told so.
    package init?(_ name: String, kinds: Set<String> = []) {
        guard Self.names.contains(name), kinds.isEmpty || !Self.withoutKinds.contains(name),
            let measure = ReportForm.measures[name]
        else { return nil }
        self.measure = measure
        self.kinds = kinds.sorted()
    }

    /// How many there are in a period of some bodies.
    package func count(_ period: ReportPeriod, of bodies: Set<String>, in db: Database) throws -> Int {
        try Measure.count(choices(period, bodies), in: db)
    }

    /// How many there are in a period, by body; for many bodies at once.
    package func byBody(_ period: ReportPeriod, in db: Database) throws -> [String: Int] {
        let (sql, arguments) = Measure.query("body", choices(period, nil))
        let rows = try Row.fetchAll(
            db, sql: "SELECT body, count(*) FROM (\(sql)) GROUP BY body", arguments: arguments)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }

    /// The numbers of the complaints behind it, in their order.
    /// - Parameter limit: how many at most.
    package func complaints(
        _ period: ReportPeriod, of bodies: Set<String>, limit: Int, in db: Database
    ) throws -> [String] {
        let (sql, arguments) = Measure.query("id", choices(period, bodies))
        return try String.fetchAll(db, sql: sql + " ORDER BY id LIMIT ?", arguments: arguments + [limit])
    }

    private func choices(_ period: ReportPeriod, _ bodies: Set<String>?) -> [Measure.Choice] {
        measure.choices(period).map { choice in
            var choice = choice
            func narrow(_ column: String, _ names: [String]) {
                let marks = Array(repeating: "?", count: names.count).joined(separator: ", ")
                choice = choice.with(" AND \(column) IN (\(marks))", names)
            }
            if let bodies { narrow("body", bodies.sorted()) }
            if !kinds.isEmpty { narrow("kind", kinds) }
            return choice
        }
    }
}
