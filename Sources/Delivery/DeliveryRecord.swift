import GRDB
import WorkingDays

/// How one delivery stands, as pages and commands read it.
package struct DeliveryRecord: Hashable, Sendable {
    /// Its identity.
    package var id: DeliveryID
    /// The kind of subject.
    package var kind: String
    /// What is delivered, in the words of its module.
    package var subject: String
    /// The name of the destination.
    package var destination: String
    /// Where at the destination.
    package var path: String
    /// The media type of the document.
    package var mediaType: String
    /// The SHA-256 of the document, in hexadecimal digits.
    package var digest: String
    /// The size of the document, in bytes.
    package var size: Int64
    /// The key that every attempt carries.
    package var idempotencyKey: String
    /// How it stands.
    package var phase: DeliveryState.Phase
    /// When it was queued.
    package var queuedAt: Moment
    /// How many attempts have begun.
    package var attempts: Int
    /// When it is tried next; nil unless it waits.
    package var nextAttemptAt: Moment?
    /// How the last attempt failed.
    package var lastError: String?
    /// Why it was given up.
    package var deadReason: String?
    /// The number of the receipt.
    package var receiptNumber: String?
    /// When the other side received it, by its clock.
    package var receivedAt: Moment?
    /// When the receipt came.
    package var deliveredAt: Moment?
}

/// One attempt of a delivery.
package struct DeliveryAttempt: Hashable, Sendable {
    /// Its number, from 1.
    package var number: Int
    /// When it began.
    package var startedAt: Moment
    /// When its end was recorded; nil while it is under way.
    package var endedAt: Moment?
    /// "received", "transient", "permanent" or "interrupted"; nil while it is under way.
    package var outcome: String?
    /// The status that the other side answered with.
    package var status: Int?
    /// What went wrong.
    package var message: String?
    /// Whether the other side may have taken the document all the same.
    package var mayHaveHadEffect: Bool?
    /// When it was to be tried again.
    package var nextAttemptAt: Moment?
}

extension DeliveryRecord {
    /// The delivery of this identity.
    package static func fetch(_ id: DeliveryID, in db: Database) throws -> DeliveryRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM delivery WHERE id = ?", arguments: [id.rawValue])
            .flatMap(DeliveryRecord.init(row:))
    }

    /// Whether anything was ever queued under this identity.
    package static func exists(_ id: DeliveryID, in db: Database) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM delivery WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.rawValue]) != nil
    }

    /// The deliveries of one subject, the latest first.
    package static func fetchAll(kind: String, subject: String, in db: Database) throws -> [DeliveryRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM delivery WHERE kind = ? AND subject = ? ORDER BY queuedAt DESC, id DESC",
            arguments: [kind, subject]
        ).compactMap(DeliveryRecord.init(row:))
    }

    /// The deliveries in one phase, the latest first.
    package static func fetchAll(
        in phase: DeliveryState.Phase, limit: Int, in db: Database
    ) throws -> [DeliveryRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM delivery WHERE phase = ? ORDER BY queuedAt DESC, id DESC LIMIT ?",
            arguments: [phase.rawValue, limit]
        ).compactMap(DeliveryRecord.init(row:))
    }

    /// What one destination has confirmed, the first queued first; of the receivers of reports, a few a month.
    package static func delivered(to destination: String, in db: Database) throws -> [DeliveryRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM delivery WHERE destination = ? AND phase = 'delivered'", arguments: [destination]
        ).compactMap(DeliveryRecord.init(row:)).sorted { ($0.queuedAt, $0.id.rawValue) < ($1.queuedAt, $1.id.rawValue) }
    }

    /// The deliveries in some phases, the latest first; there are a few a month, so the phases are joined in memory.
    package static func latest(
        _ phases: some Collection<DeliveryState.Phase>, limit: Int, in db: Database
    ) throws -> [DeliveryRecord] {
        let found = try phases.flatMap { try fetchAll(in: $0, limit: limit, in: db) }
        return Array(found.sorted { ($0.queuedAt, $0.id.rawValue) > ($1.queuedAt, $1.id.rawValue) }.prefix(limit))
    }

    /// How many deliveries there are in each phase; a dead one is an alarm.
    package static func counts(in db: Database) throws -> [DeliveryState.Phase: Int] {
        let rows = try Row.fetchAll(db, sql: "SELECT phase, count(*) FROM delivery GROUP BY phase")
        var counts = Dictionary(uniqueKeysWithValues: DeliveryState.Phase.allCases.map { ($0, 0) })
        for row in rows {
            if let phase = DeliveryState.Phase(rawValue: row[0]) { counts[phase] = row[1] }
        }
        return counts
    }

    /// The attempts of a delivery, in order.
    package static func attempts(of id: DeliveryID, in db: Database) throws -> [DeliveryAttempt] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM deliveryAttempt WHERE delivery = ? ORDER BY number", arguments: [id.rawValue]
        ).map { row in
            DeliveryAttempt(
                number: row["number"], startedAt: Moment(millisecondsSince1970: row["startedAt"]),
                endedAt: moment(row["endedAt"]), outcome: row["outcome"], status: row["status"],
                message: row["message"], mayHaveHadEffect: row["mayHaveHadEffect"],
                nextAttemptAt: moment(row["nextAttemptAt"]))
        }
    }

    /// The delivery whose turn is next at a destination, due or not.
    static func next(to destination: String, in db: Database) throws -> DeliveryRecord? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM delivery WHERE destination = ? AND phase = 'waiting' ORDER BY nextAttemptAt, id LIMIT 1
                """, arguments: [destination]
        ).flatMap(DeliveryRecord.init(row:))
    }

    /// The deliveries whose attempt has begun and not ended.
    static func attempting(in db: Database) throws -> [DeliveryRecord] {
        try Row.fetchAll(db, sql: "SELECT * FROM delivery WHERE phase = 'attempting' ORDER BY id")
            .compactMap(DeliveryRecord.init(row:))
    }

    private init?(row: Row) {
        guard let phase = DeliveryState.Phase(rawValue: row["phase"]) else { return nil }
        self.init(
            id: DeliveryID(row["id"]), kind: row["kind"], subject: row["subject"], destination: row["destination"],
            path: row["path"], mediaType: row["mediaType"], digest: row["digest"], size: row["size"],
            idempotencyKey: row["idempotencyKey"], phase: phase,
            queuedAt: Moment(millisecondsSince1970: row["queuedAt"]), attempts: row["attempts"],
            nextAttemptAt: Self.moment(row["nextAttemptAt"]), lastError: row["lastError"],
            deadReason: row["deadReason"], receiptNumber: row["receiptNumber"],
            receivedAt: Self.moment(row["receivedAt"]), deliveredAt: Self.moment(row["deliveredAt"]))
    }

    private static func moment(_ milliseconds: Int64?) -> Moment? {
        milliseconds.map(Moment.init(millisecondsSince1970:))
    }
}
