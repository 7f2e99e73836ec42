import Foundation
import GRDB
import WorkingDays

/// The reports received, each exactly once; nothing in it is ever changed.
struct AgencyStore: Sendable {
    /// A report that has passed every check that needs no memory.
    struct Submission: Sendable {
        var idempotencyKey: String
        var kind: String
        var period: String
        var revision: Int64
        var digest: ContentDigest
        var document: Data
        /// What was checked of its signature; nil where none came, or none is asked for.
        var signature: ReportSignatures.Checked?
        /// The head of the sender's journal; nil where none came.
        var head: JournalHeadField?
    }

    /// What became of a submission.
    enum Outcome: Sendable, Equatable {
        /// Stored now.
        case taken(AgencyReceipt)
        /// Stored before; this is the first receipt.
        case alreadyTaken(AgencyReceipt)
        /// The key was used for another report.
        case keyReused
        /// This revision of the period is here with other content.
        case contradiction
        /// A later revision of the period is here.
        case overtaken
    }

    private let pool: DatabasePool

    /// Opens the store, creating it when it is missing.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 3
        pool = try DatabasePool(path: path, configuration: configuration)
        // After opening: GRDB's pool resets it to NORMAL, under which a receipt could be given for a report that a
        // power failure then takes away.
        try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
        try Self.migrator.migrate(pool)
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-create-report") { db in
            try db.execute(
                sql: """
                    CREATE TABLE report (
                        id INTEGER PRIMARY KEY,
                        idempotencyKey TEXT NOT NULL UNIQUE CHECK (length(idempotencyKey) BETWEEN 1 AND 200),
                        kind TEXT NOT NULL,
                        period TEXT NOT NULL,
                        revision INTEGER NOT NULL CHECK (revision >= 1),
                        digest BLOB NOT NULL CHECK (length(digest) = 32),
                        document BLOB NOT NULL,
                        receivedAt INTEGER NOT NULL,
                        UNIQUE (kind, period, revision)
                    ) STRICT;
                    CREATE TRIGGER reportIsNeverChanged BEFORE UPDATE ON report
                        BEGIN SELECT raise(ABORT, 'a received report is never changed'); END;
                    CREATE TRIGGER reportIsNeverDeleted BEFORE DELETE ON report
                        BEGIN SELECT raise(ABORT, 'a received report is never deleted'); END;
                    """)
        }
        migrator.registerMigration("0002-create-signatures") { db in
            try db.execute(
                sql: """
                    CREATE TABLE reportSignature (
                        report INTEGER PRIMARY KEY REFERENCES report (id),
                        cms BLOB NOT NULL,
                        signer TEXT NOT NULL
                    ) STRICT;
                    CREATE TABLE receiptSignature (
                        report INTEGER PRIMARY KEY REFERENCES report (id),
                        cms BLOB NOT NULL
                    ) STRICT;
                    """)
            for table in ["reportSignature", "receiptSignature"] {
                try db.execute(
                    sql: """
                        CREATE TRIGGER \(table)IsNeverChanged BEFORE UPDATE ON \(table)
                            BEGIN SELECT raise(ABORT, 'a signature is never changed'); END;
                        CREATE TRIGGER \(table)IsNeverDeleted BEFORE DELETE ON \(table)
                            BEGIN SELECT raise(ABORT, 'a signature is never deleted'); END;
                        """)
            }
        }
        migrator.registerMigration("0003-create-head") { db in
            try db.execute(
                sql: """
                    CREATE TABLE reportHead (
                        report INTEGER PRIMARY KEY REFERENCES report (id),
                        position INTEGER NOT NULL CHECK (position >= 1),
                        hash TEXT NOT NULL CHECK (length(hash) = 64)
                    ) STRICT;
                    CREATE TRIGGER reportHeadIsNeverChanged BEFORE UPDATE ON reportHead
                        BEGIN SELECT raise(ABORT, 'a head that was told is never changed'); END;
                    CREATE TRIGGER reportHeadIsNeverDeleted BEFORE DELETE ON reportHead
                        BEGIN SELECT raise(ABORT, 'a head that was told is never deleted'); END;
                    """)
        }
        return migrator
    }

    /// Stores a report, or says why not; on the disk when this returns.
    ///
    /// The first signature that came with a report and was accepted is kept, and its receipt is signed once: whoever sends
    /// the report again, with whatever good signature, is given the first receipt with the first signature.
    /// - Parameter sign: signs a receipt; nil where receipts are not signed.
    func submit(
        _ submission: Submission, at now: Moment,
        sign: @escaping @Sendable (AgencyReceipt) throws -> [UInt8]? = { _ in nil }
    ) async throws -> Outcome {
        try await pool.write { db in
            let outcome = try Self.take(submission, at: now, in: db)
            switch outcome {
            case .taken(let receipt): return .taken(try Self.sign(receipt, submission.signature, sign, in: db))
            case .alreadyTaken(let receipt):
                return .alreadyTaken(try Self.sign(receipt, submission.signature, sign, in: db))
            default: return outcome
            }
        }
    }

    private static func sign(
        _ receipt: AgencyReceipt, _ signature: ReportSignatures.Checked?,
        _ sign: (AgencyReceipt) throws -> [UInt8]?, in db: Database
    ) throws -> AgencyReceipt {
        guard let id = id(of: receipt.number) else { return receipt }
        if let signature {
            try db.execute(
                sql: "INSERT INTO reportSignature (report, cms, signer) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [id, signature.cms, signature.signer])
        }
        guard receipt.signature == nil, let made = try sign(receipt) else { return receipt }
        try db.execute(
            sql: "INSERT INTO receiptSignature (report, cms) VALUES (?, ?)", arguments: [id, Data(made)])
        var signed = receipt
        signed.signature = made
        return signed
    }

    private static func take(_ submission: Submission, at now: Moment, in db: Database) throws -> Outcome {
        if let first = try Self.fetch(db, where: "idempotencyKey = ?", [submission.idempotencyKey]) {
            let isSame =
                first.digest == submission.digest && first.kind == submission.kind
                && first.period == submission.period
            return isSame ? .alreadyTaken(first) : .keyReused
        }
        let latest = try Self.fetch(
            db, where: "kind = ? AND period = ? AND revision >= ? ORDER BY revision",
            [submission.kind, submission.period, submission.revision])
        if let latest {
            guard latest.revision == submission.revision else { return .overtaken }
            return latest.digest == submission.digest ? .alreadyTaken(latest) : .contradiction
        }
        try db.execute(
            sql: """
                INSERT INTO report (idempotencyKey, kind, period, revision, digest, document, receivedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                submission.idempotencyKey, submission.kind, submission.period, submission.revision,
                Data(submission.digest.bytes), submission.document, now.millisecondsSince1970,
            ])
        let id = db.lastInsertedRowID
        if let head = submission.head {
            try db.execute(
                sql: "INSERT INTO reportHead (report, position, hash) VALUES (?, ?, ?)",
                arguments: [id, head.position, head.hash])
        }
        let taken = try Self.fetch(db, where: "id = ?", [id])
        return taken.map { .taken($0) } ?? .contradiction
    }

    /// The receipts, the latest first.
    func receipts(limit: Int) async throws -> [AgencyReceipt] {
        try await pool.read { db in
            try Row.fetchAll(db, sql: "\(Self.columns) ORDER BY id DESC LIMIT ?", arguments: [limit])
                .map { Self.receipt($0) }
        }
    }

    /// A receipt by its number.
    func receipt(number: String) async throws -> AgencyReceipt? {
        guard let id = Self.id(of: number) else { return nil }
        return try await pool.read { db in try Self.fetch(db, where: "id = ?", [id]) }
    }

    private static func id(of number: String) -> Int64? {
        number.hasPrefix("AR-") ? Int64(number.dropFirst(3)) : nil
    }

    /// The bytes of a received report, and the signature that came with them.
    func document(kind: String, period: String, revision: Int64) async throws -> (bytes: Data, signature: Data?)? {
        try await pool.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT document, cms FROM report LEFT JOIN reportSignature ON reportSignature.report = report.id
                    WHERE kind = ? AND period = ? AND revision = ?
                    """, arguments: [kind, period, revision]
            ).map { (bytes: $0[0], signature: $0[1]) }
        }
    }

    /// SQLite's level of durability on the connection that commits: 2 is FULL.
    func synchronousLevel() throws -> Int? {
        try pool.writeWithoutTransaction { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") }
    }

    static let columns = """
        SELECT id, receivedAt, digest, kind, period, revision, cms, position, hash, idempotencyKey FROM report
        LEFT JOIN receiptSignature ON receiptSignature.report = report.id
        LEFT JOIN reportHead ON reportHead.report = report.id
        """

    private static func fetch(
        _ db: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> AgencyReceipt? {
        try Row.fetchOne(db, sql: "\(columns) WHERE \(condition) LIMIT 1", arguments: arguments)
            .map { receipt($0) }
    }

    static func receipt(_ row: Row) -> AgencyReceipt {
        let number = String(row[0] as Int64)
        let position: Int64? = row[7]
        let hash: String? = row[8]
        return AgencyReceipt(
            number: "AR-" + String(repeating: "0", count: max(0, 6 - number.count)) + number,
            receivedAt: Moment(millisecondsSince1970: row[1]), digest: ContentDigest(bytes: Array(row[2] as Data)),
            kind: row[3], period: row[4], revision: row[5], signature: (row[6] as Data?).map { Array($0) },
            head: position.flatMap { position in
                hash.flatMap { JournalHeadField(position: position, hash: $0) }
            }, key: row[9])
    }
}
