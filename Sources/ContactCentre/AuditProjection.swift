import GRDB
import Journal
import WorkingDays

/// Where in the journal the deeds are that an auditor asks for most: who looked at what, who was let in, whose rights changed, what
/// happened to the house. Table `auditDeed`; it holds no word of the events, only where they are.
///
/// Changes of cases are not in it: they are most of what happens, and a row more for each would cost every import. They are found in the
/// journal itself (`AuditDeeds`).
package struct AuditProjection: Projection {
    /// The projection; give it to the journal when it is opened.
    package init() {}

    package let name = "audit"
    package let version = 1
    package let tables = ["auditDeed"]

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE auditDeed (
                  position INTEGER PRIMARY KEY CHECK (position > 0),
                  sort TEXT NOT NULL,
                  actor TEXT NOT NULL,
                  stream TEXT NOT NULL,
                  recordedAt INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX auditDeedBySort ON auditDeed (sort, recordedAt, position);
                CREATE INDEX auditDeedByActor ON auditDeed (actor, sort, recordedAt, position);
                CREATE INDEX auditDeedByStream ON auditDeed (stream, sort, recordedAt, position);
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard let sort = AuditRecord.sort(of: event), sort != .change else { return }
        try db.execute(
            literal: """
                INSERT INTO auditDeed (position, sort, actor, stream, recordedAt)
                VALUES (\(event.position), \(sort.rawValue), \(event.actor.rawValue), \(event.stream.rawValue),
                  \(event.recordedAt.millisecondsSince1970))
                """)
    }
}
