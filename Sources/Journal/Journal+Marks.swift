import GRDB

// How far the stores beside the journal had come when they were last looked at. No event: it would be one a minute. It is
// not exported; an export stands without the other stores.
extension Journal {
    /// The mark of a store, nil where none was kept.
    package func mark(of store: String) throws -> String? {
        try pool.read { db in
            try String.fetchOne(db, sql: "SELECT mark FROM storeMark WHERE store = ?", arguments: [store])
        }
    }

    /// Keeps the mark of a store; the former one is forgotten.
    /// - Throws: `JournalError.stopped`; `DatabaseError`.
    package func keepMark(_ mark: String, of store: String) throws {
        try refuseAfterFailure()
        do {
            try write { db, _ in
                try db.execute(
                    sql: "INSERT INTO storeMark VALUES (?, ?) ON CONFLICT (store) DO UPDATE SET mark = excluded.mark",
                    arguments: [store, mark])
            }
        } catch {
            note(error)
            throw error
        }
    }
}
