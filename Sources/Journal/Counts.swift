import GRDB

/// A table of counters that a projection keeps beside its rows: how many rows there are of each key.
package struct CountTable: Hashable, Sendable {
    /// The name of the table.
    package let name: String
    /// The columns of the key, all of them texts; the column `count` follows.
    package let columns: [String]

    /// A table by its name and the columns of its key.
    package init(_ name: String, _ columns: String...) {
        self.name = name
        self.columns = columns
    }

    /// Creates the empty table.
    package func create(in db: Database) throws {
        let key = columns.joined(separator: ", ")
        try db.execute(
            sql: """
                CREATE TABLE \(name) (
                  \(columns.map { "\($0) TEXT NOT NULL" }.joined(separator: ", ")), count INTEGER NOT NULL,
                  PRIMARY KEY (\(key))
                ) STRICT, WITHOUT ROWID
                """)
    }

    fileprivate var change: String {
        let key = columns.joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
        return """
            INSERT INTO \(name) (\(key), count) VALUES (\(marks))
            ON CONFLICT (\(key)) DO UPDATE SET count = count + excluded.count
            """
    }

    fileprivate var removal: String {
        "DELETE FROM \(name) WHERE \(columns.map { "\($0) = ?" }.joined(separator: " AND ")) AND count = 0"
    }
}

/// What one unit of work changes in tables of counters, written once at its end.
///
/// A batch of an import changes thousands of rows and a hundred counters; to change the counters row by row took longer
/// than to write the rows.
package struct Counts {
    private struct Key: Hashable {
        let table: CountTable
        let values: [String]
    }

    private var changes: [Key: Int] = [:]

    /// No changes.
    package init() {}

    /// Counts a row of a key once more, or once less.
    package mutating func add(_ number: Int, to table: CountTable, _ values: [String]) {
        changes[Key(table: table, values: values), default: 0] += number
    }

    /// Writes the changes and forgets them; a counter of nothing is no row.
    package mutating func write(in db: Database) throws {
        for (key, number) in changes where number != 0 {
            try db.insertRow(key.table.change) { row in
                for value in key.values { row.bind(value) }
                row.bind(number)
            }
            guard number < 0 else { continue }
            try db.insertRow(key.table.removal) { row in for value in key.values { row.bind(value) } }
        }
        changes.removeAll(keepingCapacity: true)
    }
}
