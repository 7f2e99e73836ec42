import CanonicalJSON
import Forms
import GRDB
import Languages
import WorkingDays

/// Something of the centre that a report can count over a period, by a name that the files of `schedules/reports/` choose.
///
/// A measure is Swift, tested, with its index; a form only chooses, groups, sums, checks and words it. docs/monthly-report.md
/// says what each counts.
package struct Measure: Sendable {
    /// Rows of a table by a condition; the range of one index.
    package struct Choice: Hashable, Sendable {
        /// The table.
        package let table: String
        /// The condition.
        package let sql: String
        /// Its values, in order.
        package let values: [String]
        /// Whether the table keeps versions, of which those count that stand now, or stood at `position`.
        var isVersioned = false
        /// The position at which they stood; nil for now.
        private var position: Int64?

        init(table: String, sql: String, values: [String], isVersioned: Bool = false) {
            self.table = table
            self.sql = sql
            self.values = values
            self.isVersioned = isVersioned
        }

        /// The condition, with that on versions.
        var condition: String {
            guard isVersioned else { return sql }
            guard let position else { return sql + " AND until IS NULL" }
            return sql + " AND position <= \(position) AND (until IS NULL OR until > \(position))"
        }

        /// The same choice of what was known at a position.
        func known(at position: Int64?) -> Choice {
            var choice = self
            choice.position = position
            return choice
        }

        /// The same choice with a further condition.
        func with(_ condition: String, _ values: [String]) -> Choice {
            var choice = Choice(
                table: table, sql: sql + condition, values: self.values + values, isVersioned: isVersioned)
            choice.position = position
            return choice
        }
    }

    /// What is counted of the rows.
    package enum Amount: Hashable, Sendable {
        /// Each row once.
        case each
        /// A column of them, added up.
        case sum(String)
        /// The largest of a column.
        case longest(String)

        /// As SQL, over rows whose `amount` it is.
        var sql: String {
            switch self {
            case .each: "count(*)"
            case .sum: "coalesce(sum(amount), 0)"
            case .longest: "coalesce(max(amount), 0)"
            }
        }

        /// The column; nil where rows are counted.
        var column: String? {
            switch self {
            case .each: nil
            case .sum(let column), .longest(let column): column
            }
        }
    }

    /// How it is counted.
    package enum Counting: Sendable {
        /// As rows, in parts that have none in common, so that a period costs what it holds and not what the years hold.
        /// The second value is the present day of a period that is not over.
        case rows(@Sendable (ReportPeriod, CivilDate?) -> [Choice])
        /// As one number; nil where there is nothing of which it could be told.
        case number(@Sendable (ReportPeriod, WorkingCalendar, Database) throws -> Int?)
    }

    /// A column of what stands behind the number, in the document.
    package struct Column: Sendable {
        /// What it reads from the table.
        let columns: [String]
        /// Writes the member, or none.
        let write:
            @Sendable (_ row: Row, _ first: Int, _ context: ColumnContext, _ json: inout JSONWriter) throws -> Void
    }

    /// The name: `complaints.received`.
    package let name: String
    /// By what it can be grouped: the dimension and the column of the table.
    package let dimensions: [String: String]
    /// What each thing behind it can tell.
    package let columns: [String: Column]
    /// The columns by which what stands behind it is ordered; the first names the thing.
    package let order: [String]
    /// How it is counted.
    package let counting: Counting
    /// What is counted of the rows.
    var amount = Amount.each

    init(
        name: String, dimensions: [String: String], columns: [String: Column], order: [String], counting: Counting,
        amount: Amount = .each
    ) {
        self.name = name
        self.dimensions = dimensions
        self.columns = columns
        self.order = order
        self.counting = counting
        self.amount = amount
    }

    /// What a form may choose of it.
    package var shape: MeasureShape { MeasureShape(dimensions: Set(dimensions.keys), columns: Set(columns.keys)) }
}

/// What a column of a document may ask for beside its row.
package struct ColumnContext: Sendable {
    /// The last day of the period: what happened after it is not told.
    let last: CivilDate
    /// The names of the services, by code.
    let services: [String: Localized]
}
