import GRDB

/// The tables that belong to the journal itself; the tables of projections belong to the projections.
enum JournalSchema {
    /// Brings the file up to this edition of the program.
    /// - Throws: `JournalError.newerSchema` when a later edition wrote it.
    static func migrate(_ pool: DatabasePool) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-journal") { db in
            try db.execute(
                sql: """
                    CREATE TABLE event (
                      position INTEGER PRIMARY KEY CHECK (position > 0),
                      stream TEXT NOT NULL,
                      version INTEGER NOT NULL CHECK (version > 0),
                      name TEXT NOT NULL,
                      occurredAt INTEGER NOT NULL,
                      recordedAt INTEGER NOT NULL,
                      actor TEXT NOT NULL,
                      payload TEXT NOT NULL,
                      previousHash BLOB NOT NULL CHECK (length(previousHash) = 32),
                      hash BLOB NOT NULL CHECK (length(hash) = 32)
                    ) STRICT;
                    CREATE UNIQUE INDEX eventByStream ON event (stream, version);
                    CREATE TRIGGER eventIsNeverChanged BEFORE UPDATE ON event
                      BEGIN SELECT raise(ABORT, 'an event of the journal is never changed'); END;
                    CREATE TRIGGER eventIsNeverDeleted BEFORE DELETE ON event
                      BEGIN SELECT raise(ABORT, 'an event of the journal is never deleted'); END;

                    CREATE TABLE commandReceipt (
                      key TEXT NOT NULL PRIMARY KEY,
                      digest BLOB NOT NULL,
                      answer TEXT NOT NULL,
                      position INTEGER NOT NULL,
                      recordedAt INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;

                    CREATE TABLE projectionState (
                      name TEXT NOT NULL PRIMARY KEY,
                      version INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("0002-store-mark") { db in
            try db.execute(
                sql:
                    "CREATE TABLE storeMark (store TEXT NOT NULL PRIMARY KEY, mark TEXT NOT NULL) STRICT, WITHOUT ROWID"
            )
        }
        try pool.read { db in
            if try migrator.hasBeenSuperseded(db) { throw JournalError.newerSchema }
        }
        try migrator.migrate(pool)
    }
}
