import CanonicalJSON
import Casework
import Crypto
import Delivery
import Foundation
import GRDB
import Journal
import PersonalData
import WorkingDays

/// The door to the monthly reports.
package struct ReportDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    /// The keys of the people in the reports.
    package let vault: PersonVault
    /// What leaves the house.
    package let outbox: Outbox
    /// The name of the destination of the reports.
    package let destination: String

    /// The kind of the deliveries.
    package static let deliveryKind = "monthly-report"
    /// The clock of §18 in the rulebook.
    package static let clock = "deliver-monthly-report"
    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [MonthlyReportEvent.self]

    /// A desk from its parts.
    package init(casework: Casework, vault: PersonVault, outbox: Outbox, destination: String) {
        self.casework = casework
        self.vault = vault
        self.outbox = outbox
        self.destination = destination
    }

    /// Notes the end of a month, once; the clock of §18 starts.
    /// - Throws: `Refusal` where the month is not over yet.
    package func end(_ month: CivilMonth, by actor: Actor, at now: Moment) async throws {
        let ended = MonthEnded(period: month.description, lastDay: month.last)
        let moment = casework.zone.start(of: month.next.first)
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(.end(ended, at: moment), on: MonthlyReport.self, id: month.description).version
        }
    }

    /// Makes the report of a month, seals it and puts it into the outbox, in one transaction.
    ///
    /// The document is made in a snapshot before, so that nobody waits for it; only where something was recorded in
    /// between is it made again inside the transaction.
    ///
    /// - Parameter reason: why it is made again; nil for the first revision.
    /// - Returns: what was sealed.
    /// - Throws: `Refusal` where the month is not over, is sealed already, or its balance does not add up.
    package func seal(
        _ month: CivilMonth, reason: String? = nil, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> ReportSealed {
        try await end(month, by: actor, at: now)
        let draft = try await draft(of: month)
        return try await casework.transact(by: actor, at: now, once: key) { session in
            let report = try session.load(MonthlyReport.self, id: month.description)
            let revision = report.state.sealed.count + 1
            let position = session.transaction.position
            let (document, atRest) =
                if let draft, draft.document.position == position, draft.document.revision == revision { draft } else {
                    try document(
                        of: month, revision: revision, report: report, position: position, calendar: session.calendar,
                        in: session.db)
                }
            guard document.figures.isBalanced else {
                throw Refusal(
                    "report.unbalanced",
                    "The balance of \(month) does not add up (\(document.figures.opening) + \(document.figures.received) − \(document.figures.closed) ≠ \(document.figures.closing)): run `bailanys journal rebuild`, then seal again."
                )
            }
            let delivered = try ContactTokens.open(atRest, with: vault)
            let digest = try DocumentTable.store(atRest, in: session.db)
            let previous = try report.state.sealed.last.flatMap {
                try DocumentTable.bytes(of: $0.digest, in: session.db)
            }
            let sealed = ReportSealed(
                revision: revision, position: document.position, digest: digest,
                deliveredDigest: Self.digest(delivered), bytes: atRest.count,
                reason: reason, changes: try previous.map { try ReportDifference.lines($0, atRest) } ?? [])
            try session.perform(.seal(sealed), on: MonthlyReport.self, id: month.description)
            try outbox.enqueue(
                DeliveryOrder(
                    id: DeliveryID("\(Self.deliveryKind)-\(month)-\(revision)"), kind: Self.deliveryKind,
                    subject: "\(month)/\(revision)", destination: destination, path: "monthly/\(month)",
                    document: delivered), in: session.transaction)
            return sealed
        }
    }

    /// The SHA-256 of a document, in hexadecimal.
    static func digest(_ document: [UInt8]) -> String {
        EventLink.hexadecimal(Array(SHA256.hash(data: document)))
    }

    private func document(
        of month: CivilMonth, revision: Int, report: LoadedCase<MonthlyReport>, position: Int64,
        calendar: WorkingCalendar, in db: Database
    ) throws -> (document: MonthlyDocument, atRest: [UInt8]) {
        guard let clock = report.clocks[Self.clock] else {
            throw CaseworkError.noSuchCase(report.stream)
        }
        let document = try MonthlyDocument(
            month, revision: revision, position: position, due: clock.due, target: clock.target ?? clock.due,
            calendar: calendar, in: db)
        return (document, try document.bytes(in: db))
    }

    /// The document as it would be sealed now, made beside the writer; nil where the month has not ended.
    private func draft(of month: CivilMonth) async throws -> (document: MonthlyDocument, atRest: [UInt8])? {
        let report = try await report(month)
        guard report.clocks[Self.clock] != nil else { return nil }
        return try await casework.journal.read { [self] db in
            try document(
                of: month, revision: report.state.sealed.count + 1, report: report,
                position: try SQLiteEventStore(db: db).head().position, calendar: casework.calendars.calendar(in: db),
                in: db)
        }
    }

    /// The numbers of a month as they stand now, sealed or not.
    /// - Parameter today: for a month that is not over: what can still be answered in time is no violation yet.
    package func figures(_ month: CivilMonth, asOf today: CivilDate? = nil) async throws -> MonthlyFigures {
        try await casework.journal.read { [calendars = casework.calendars] db in
            try MonthlyFigures(month, asOf: today, calendar: calendars.calendar(in: db), in: db)
        }
    }

    /// A sealed document at rest, nil where there is none of that digest.
    package func document(_ sealed: ReportSealed) async throws -> [UInt8]? {
        try await casework.journal.read { db in try DocumentTable.bytes(of: sealed.digest, in: db) }
    }

    /// The report of a month: its revisions and receipts.
    package func report(_ month: CivilMonth) async throws -> LoadedCase<MonthlyReport> {
        try await casework.load(MonthlyReport.self, id: month.description)
    }

    /// The months that have a report case, the latest first.
    package func months() async throws -> [CivilMonth] {
        try await casework.journal.read { db in
            try Self.clocks(limit: -1, in: db).compactMap { CivilMonth($0.stream.id) }
        }
    }

    /// The clocks of §18, the latest month first; a range of the table's key, so that complaints cost nothing.
    /// - Parameter limit: how many at most; -1 for all.
    package static func clocks(limit: Int, in db: Database) throws -> [ClockRow] {
        let streams = try String.fetchAll(
            db,
            sql: """
                SELECT stream FROM clock WHERE stream > ? AND stream < ? AND rule = ? ORDER BY stream DESC LIMIT ?
                """,
            arguments: [MonthlyReport.streamKind + "/", MonthlyReport.streamKind + "0", Self.clock, limit])
        return try streams.flatMap { stream in
            try ClockRow.fetch(of: StreamID(stream), in: db).filter { $0.rule == Self.clock }
        }
    }

    /// The month in which the first complaint was filed, nil where there is none.
    package func firstMonth() async throws -> CivilMonth? {
        try await casework.journal.read { db in
            try String.fetchOne(db, sql: "SELECT min(filedOn) FROM complaint WHERE status <> 'annulled'").flatMap {
                CivilDate($0)
            }
            .map { CivilMonth($0) }
        }
    }
}

extension ReportDesk: DeliverySubject {
    package var kind: String { Self.deliveryKind }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        guard let (month, revision) = Self.parts(of: delivery.subject) else { return nil }
        let report = try await report(month)
        guard let sealed = report.state.sealed.first(where: { $0.revision == revision }),
            let atRest = try await document(sealed)
        else { return nil }
        return try ContactTokens.open(atRest, with: vault)
    }

    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws {
        guard let (month, revision) = Self.parts(of: delivery.subject) else { return }
        let session = try CaseSession(transaction: transaction, casework: casework)
        let received = ReportReceipt(
            revision: revision, number: receipt.number, receivedAt: receipt.receivedAt, digest: receipt.digest)
        try session.perform(.deliver(received), on: MonthlyReport.self, id: month.description)
    }

    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {
        guard let (month, revision) = Self.parts(of: delivery.subject) else { return }
        let session = try CaseSession(transaction: transaction, casework: casework)
        let state = try session.perform(
            .giveUp(ReportUndelivered(revision: revision, reason: reason)), on: MonthlyReport.self,
            id: month.description
        ).state
        try queueAsItReadsNow(delivery, month, revision, state, in: session)
    }

    /// Where a person of the report was erased after it was queued, the queued bytes can never be made again: what the
    /// document says now is queued instead, under its own digest and identity.
    private func queueAsItReadsNow(
        _ delivery: DeliveryRecord, _ month: CivilMonth, _ revision: Int, _ state: MonthlyReportState,
        in session: CaseSession
    ) throws {
        guard let sealed = state.sealed.first(where: { $0.revision == revision }),
            !state.receipts.contains(where: { $0.revision == revision }),
            let atRest = try DocumentTable.bytes(of: sealed.digest, in: session.db),
            Self.digest(atRest) == sealed.digest
        else { return }
        let document = try ContactTokens.open(atRest, with: vault)
        guard Self.digest(document) != delivery.digest else { return }
        let attempt = state.undelivered.count { $0.revision == revision } + 1
        try outbox.enqueue(
            DeliveryOrder(
                id: DeliveryID("\(Self.deliveryKind)-\(month)-\(revision)-\(attempt)"), kind: Self.deliveryKind,
                subject: delivery.subject, destination: destination, path: delivery.path, document: document),
            in: session.transaction)
    }

    private static func parts(of subject: String) -> (CivilMonth, Int)? {
        let parts = subject.split(separator: "/")
        guard parts.count == 2, let month = CivilMonth(parts[0]), let revision = Int(parts[1]) else { return nil }
        return (month, revision)
    }
}
