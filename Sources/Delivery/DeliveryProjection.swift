import Casework
import GRDB
import Journal
import WorkingDays

/// The tables `delivery` (how each stands) and `deliveryAttempt` (each attempt and how it ended).
package struct DeliveryProjection: Projection {
    /// The projection, to be given to the journal.
    package init() {}

    package let name = "delivery"
    package let version = 1
    package let tables = ["deliveryAttempt", "delivery"]

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE delivery (
                  id TEXT NOT NULL PRIMARY KEY,
                  kind TEXT NOT NULL,
                  subject TEXT NOT NULL,
                  destination TEXT NOT NULL,
                  path TEXT NOT NULL,
                  mediaType TEXT NOT NULL,
                  digest TEXT NOT NULL CHECK (length(digest) = 64),
                  size INTEGER NOT NULL CHECK (size >= 0),
                  idempotencyKey TEXT NOT NULL,
                  phase TEXT NOT NULL CHECK (phase IN ('waiting', 'attempting', 'delivered', 'dead')),
                  queuedAt INTEGER NOT NULL,
                  attempts INTEGER NOT NULL DEFAULT 0,
                  nextAttemptAt INTEGER,
                  lastError TEXT,
                  deadReason TEXT,
                  receiptNumber TEXT,
                  receivedAt INTEGER,
                  deliveredAt INTEGER,
                  CHECK ((phase = 'waiting') = (nextAttemptAt IS NOT NULL)),
                  CHECK ((phase = 'delivered') = (receiptNumber IS NOT NULL))
                ) STRICT;
                CREATE INDEX deliveryByTurn ON delivery (destination, phase, nextAttemptAt);
                CREATE INDEX deliveryByPhase ON delivery (phase, queuedAt);
                CREATE INDEX deliveryBySubject ON delivery (kind, subject);
                CREATE TABLE deliveryAttempt (
                  delivery TEXT NOT NULL REFERENCES delivery (id),
                  number INTEGER NOT NULL CHECK (number >= 1),
                  startedAt INTEGER NOT NULL,
                  endedAt INTEGER,
                  outcome TEXT CHECK (outcome IN ('received', 'transient', 'permanent', 'interrupted')),
                  status INTEGER,
                  message TEXT,
                  mayHaveHadEffect INTEGER,
                  nextAttemptAt INTEGER,
                  PRIMARY KEY (delivery, number)
                ) STRICT, WITHOUT ROWID;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard event.stream.kind == "delivery", let content = try DeliveryEvent(event) else { return }
        let id = event.stream.id
        let at = event.recordedAt.millisecondsSince1970
        switch content {
        case .deliveryQueued(let queued):
            try db.execute(
                sql: """
                    INSERT INTO delivery (id, kind, subject, destination, path, mediaType, digest, size,
                      idempotencyKey, phase, queuedAt, nextAttemptAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)
                    """,
                arguments: [
                    id, queued.kind, queued.subject, queued.destination, queued.path, queued.mediaType, queued.digest,
                    queued.size, queued.idempotencyKey, at, at,
                ])
        case .deliveryStarted(let started):
            try db.execute(
                sql: "UPDATE delivery SET phase = 'attempting', attempts = ?, nextAttemptAt = NULL WHERE id = ?",
                arguments: [started.attempt, id])
            try db.execute(
                sql: "INSERT INTO deliveryAttempt (delivery, number, startedAt) VALUES (?, ?, ?)",
                arguments: [id, started.attempt, at])
        // Signatures are read from the journal, where they lie with what they prove.
        case .deliverySigned, .deliveryStamped, .deliveryUnstamped, .deliveryCopied: break
        case .deliveryAttempted(let attempted):
            try apply(attempted, to: id, at: at, in: db)
        case .deliveryReceived(let received):
            try db.execute(
                sql: """
                    UPDATE delivery SET phase = 'delivered', nextAttemptAt = NULL, lastError = NULL, deadReason = NULL,
                      receiptNumber = ?, receivedAt = ?, deliveredAt = ? WHERE id = ?
                    """,
                arguments: [received.receipt.number, received.receipt.receivedAt.millisecondsSince1970, at, id])
            try db.execute(
                sql: "UPDATE deliveryAttempt SET endedAt = ?, outcome = 'received' WHERE delivery = ? AND number = ?",
                arguments: [at, id, received.attempt])
        case .deliveryDied(let died):
            try db.execute(
                sql: "UPDATE delivery SET phase = 'dead', nextAttemptAt = NULL, deadReason = ? WHERE id = ?",
                arguments: [died.reason, id])
        case .deliveryRequeued:
            try db.execute(
                sql: "UPDATE delivery SET phase = 'waiting', nextAttemptAt = ?, deadReason = NULL WHERE id = ?",
                arguments: [at, id])
        }
    }

    private func apply(_ attempted: DeliveryEvent.Attempted, to id: String, at: Int64, in db: Database) throws {
        let next = attempted.nextAttemptAt?.millisecondsSince1970
        try db.execute(
            sql: "UPDATE delivery SET phase = ?, nextAttemptAt = ?, lastError = ? WHERE id = ?",
            arguments: [next == nil ? "dead" : "waiting", next, attempted.failure.description, id])
        try db.execute(
            sql: """
                UPDATE deliveryAttempt SET endedAt = ?, outcome = ?, status = ?, message = ?, mayHaveHadEffect = ?,
                  nextAttemptAt = ? WHERE delivery = ? AND number = ?
                """,
            arguments: [
                at, attempted.failure.kind.rawValue, attempted.failure.status, attempted.failure.message,
                attempted.failure.mayHaveHadEffect, next, id, attempted.attempt,
            ])
    }
}
