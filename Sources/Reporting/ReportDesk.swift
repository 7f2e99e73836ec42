import CanonicalJSON
import Casework
import Delivery
import Forms
import Foundation
import GRDB
import Journal
import PersonalData
import Rulebook
import WorkingDays

/// The door to the reports of one form.
package struct ReportDesk<Kind: PeriodReport>: PeriodDesk {
    /// The loop of all cases.
    package let casework: Casework
    /// The keys of the people in the reports.
    package let vault: PersonVault
    /// What leaves the house.
    package let outbox: Outbox
    /// The form with its measures.
    package let form: ReportForm
    /// The name of the destination of the reports.
    package let destination: String
    /// What the clock is worth that says it is now.
    private let time: @Sendable (_ now: Moment) -> TimeStanding

    package var kind: String { Kind.streamKind }
    /// What stands before the period in the name of a report.
    package var prefix: String { Kind.prefix }
    /// What its reports hand over to the outbox: the desk itself.
    package var subject: any DeliverySubject { self }

    /// A desk from its parts.
    package init(
        casework: Casework, vault: PersonVault, outbox: Outbox, form: ReportForm, destination: String,
        time: @escaping @Sendable (_ now: Moment) -> TimeStanding = { .trusted($0) }
    ) {
        self.time = time
        self.casework = casework
        self.vault = vault
        self.outbox = outbox
        self.form = form
        self.destination = destination
    }

    /// Notes the end of a period, once; its clock starts.
    /// - Throws: `Refusal` where the period is not over yet, or where nobody can say that it is.
    package func end(_ period: ReportPeriod, by actor: Actor, at now: Moment) async throws {
        let standing = time(now)
        guard isCertainlyOver(period, standing) || standing.certain >= now else {
            throw ReportRefusal.clockHeld(
                "Nobody can say for certain that \(period) is over: set the machine's clock right, or confirm it with `bailanys clock confirm`."
            )
        }
        let ended = PeriodEnded(period: period.description, lastDay: period.last)
        let moment = casework.zone.start(of: period.next.first)
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(.end(ended, at: moment), on: Kind.self, id: period.description).version
        }
    }

    /// Whether a period is over whatever the machine's clock says.
    package func isCertainlyOver(_ period: ReportPeriod, _ standing: TimeStanding) -> Bool {
        standing.hold == nil && casework.zone.start(of: period.next.first) <= standing.certain
    }

    /// What the clock is worth now.
    package func standing(at now: Moment) -> TimeStanding { time(now) }

    /// Notes that the report of a period should have been sealed by itself and could not be, once for each reason.
    package func hinder(
        _ period: ReportPeriod, _ problem: ReportNotSealed, by actor: Actor, at now: Moment
    ) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(.hinder(problem), on: Kind.self, id: period.description).version
        }
    }

    /// Makes the report of a period, seals it and puts it into the outbox, in one transaction.
    ///
    /// The document is made in a snapshot before, so that nobody waits for it; only where something was recorded in
    /// between is it made again inside the transaction.
    ///
    /// - Parameter reason: why it is made again; nil for the first revision.
    /// - Returns: what was sealed.
    /// - Throws: `Refusal` where the period is not over, is sealed already, or its numbers break a rule of the form.
    package func seal(
        _ period: ReportPeriod, reason: String? = nil, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> ReportSealed {
        try await end(period, by: actor, at: now)
        let draft = try await draft(of: period)
        return try await casework.transact(by: actor, at: now, once: key) { session in
            let report = try session.load(Kind.self, id: period.description)
            let revision = report.state.sealed.count + 1
            let position = session.transaction.position
            let draft =
                if let draft, draft.position == position, draft.revision == revision { draft } else {
                    try self.draft(
                        of: period, revision: revision, report: report, position: position, calendar: session.calendar,
                        in: session.db)
                }
            try refuse(draft.figures.faults(of: form.form), of: period)
            let delivered = try ContactTokens.open(draft.bytes, with: vault)
            let digest = try DocumentTable.store(draft.bytes, in: session.db)
            let previous = try report.state.sealed.last.flatMap {
                try DocumentTable.bytes(of: $0.digest, in: session.db)
            }
            let sealed = ReportSealed(
                revision: revision, position: draft.position, digest: digest,
                deliveredDigest: ReportDigest.of(delivered.bytes), bytes: draft.bytes.count,
                reason: reason, changes: try previous.map { try ReportDifference.lines($0, draft.bytes) } ?? [],
                unreadable: delivered.problems.isEmpty ? nil : delivered.problems.count,
                counting: ReportForm.counting)
            try session.perform(.seal(sealed), on: Kind.self, id: period.description)
            try outbox.enqueue(
                DeliveryOrder(
                    id: DeliveryID("\(kind)-\(period)-\(revision)"), kind: kind,
                    subject: "\(period)/\(revision)", destination: destination,
                    path: "\(form.making.path)/\(period)", document: delivered.bytes), in: session.transaction)
            return sealed
        }
    }

    /// Refuses numbers that break a rule of the form that is a fault.
    private func refuse(_ faults: [FormFault], of period: ReportPeriod) throws {
        guard let fault = faults.first(where: { $0.level == .fault }) else { return }
        throw ReportRefusal.unbalanced(
            "The numbers of \(period) break the rule “\(fault.rule)” of the form \(form.form.code) (\(fault.found) and \(fault.wanted ?? "?")): run `bailanys journal rebuild`, then seal again."
        )
    }

    private func draft(
        of period: ReportPeriod, revision: Int, report: LoadedCase<Kind>, position: Int64, calendar: WorkingCalendar,
        in db: Database
    ) throws -> ReportDraft {
        guard let clock = report.clocks[form.making.clock] else { throw CaseworkError.noSuchCase(report.stream) }
        return try ReportDraft(
            form, period, revision: revision, position: position, clock: clock, calendar: calendar, in: db)
    }

    /// The document as it would be sealed now, made beside the writer; nil where the period has not ended.
    private func draft(of period: ReportPeriod) async throws -> ReportDraft? {
        let report = try await casework.load(Kind.self, id: period.description)
        guard report.clocks[form.making.clock] != nil else { return nil }
        return try await casework.journal.read { [self] db in
            try draft(
                of: period, revision: report.state.sealed.count + 1, report: report,
                position: try SQLiteEventStore(db: db).head().position, calendar: casework.calendars.calendar(in: db),
                in: db)
        }
    }

    /// The numbers of a period as they stand now, sealed or not.
    /// - Parameter today: for a period that is not over: what can still be answered in time is no violation yet.
    package func figures(_ period: ReportPeriod, asOf today: CivilDate? = nil) async throws -> FormFigures {
        try await casework.journal.read { [form, calendars = casework.calendars] db in
            try form.figures(period, asOf: today, calendar: calendars.calendar(in: db), in: db)
        }
    }

    /// A sealed document at rest, nil where there is none of that digest.
    package func document(_ sealed: ReportSealed) async throws -> [UInt8]? {
        try await casework.journal.read { db in try DocumentTable.bytes(of: sealed.digest, in: db) }
    }

    /// The report of a period: its revisions and receipts.
    package func report(_ period: ReportPeriod) async throws -> ReportRecord {
        let report = try await casework.load(Kind.self, id: period.description)
        return ReportRecord(
            stream: report.stream, version: report.version, state: report.state,
            due: report.clocks[form.making.clock])
    }

    /// How the report of each period stands, the latest first.
    package func standings() async throws -> [ReportStanding] {
        try await casework.journal.read { [kind] db in try ReportStanding.fetchAll(kind: kind, in: db) }
    }

    /// The clocks of delivery, the latest period first; a range of the table's key, so that complaints cost nothing.
    /// - Parameters:
    ///   - clock: the clock of the form.
    ///   - limit: how many at most; -1 for all.
    package static func clocks(_ clock: String, limit: Int, in db: Database) throws -> [ClockRow] {
        let streams = try String.fetchAll(
            db,
            sql: """
                SELECT stream FROM clock WHERE stream > ? AND stream < ? AND rule = ? ORDER BY stream DESC LIMIT ?
                """,
            arguments: [Kind.streamKind + "/", Kind.streamKind + "0", clock, limit])
        return try streams.flatMap { stream in
            try ClockRow.fetch(of: StreamID(stream), in: db).filter { $0.rule == clock }
        }
    }

    /// The numbers of a sealed report as they were sent; nil where its document is not kept.
    package func figures(of sealed: ReportSealed) async throws -> FormFigures? {
        try await document(sealed).flatMap { SealedReport($0, of: form.form)?.figures }
    }

    /// The period in which the first complaint was filed; nil where there is none, or where the first one has to be set.
    package func firstPeriod(in db: Database) throws -> ReportPeriod? {
        guard Kind.beginsByItself else { return nil }
        return try String.fetchOne(db, sql: "SELECT min(filedOn) FROM complaint WHERE status <> 'annulled'")
            .flatMap { CivilDate($0) }.map { form.form.period(containing: $0) }
    }
}

extension ReportDesk: DeliverySubject {
    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        guard let (period, revision) = Self.parts(of: delivery.subject) else { return nil }
        let report = try await report(period)
        guard let sealed = report.state.sealed.first(where: { $0.revision == revision }),
            let atRest = try await document(sealed)
        else { return nil }
        let opened = try ContactTokens.open(atRest, with: vault)
        // Keys that were lost after it was queued come back with the vault: it waits, and is never sent without them.
        if let problem = opened.problems.first, ReportDigest.of(opened.bytes) != delivery.digest { throw problem }
        return opened.bytes
    }

    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws {
        guard let (period, revision) = Self.parts(of: delivery.subject) else { return }
        let session = try CaseSession(transaction: transaction, casework: casework)
        let received = ReportReceipt(
            revision: revision, number: receipt.number, receivedAt: receipt.receivedAt, digest: receipt.digest)
        try session.perform(.deliver(received), on: Kind.self, id: period.description)
    }

    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {
        guard let (period, revision) = Self.parts(of: delivery.subject) else { return }
        let session = try CaseSession(transaction: transaction, casework: casework)
        let state = try session.perform(
            .giveUp(ReportUndelivered(revision: revision, reason: reason)), on: Kind.self,
            id: period.description
        ).state
        try queueAsItReadsNow(delivery, period, revision, state, in: session)
    }

    /// Where a person of the report was erased after it was queued, the queued bytes can never be made again: what the
    /// document says now is queued instead, under its own digest and identity.
    private func queueAsItReadsNow(
        _ delivery: DeliveryRecord, _ period: ReportPeriod, _ revision: Int, _ state: ReportState,
        in session: CaseSession
    ) throws {
        guard let sealed = state.sealed.first(where: { $0.revision == revision }),
            !state.receipts.contains(where: { $0.revision == revision }),
            let atRest = try DocumentTable.bytes(of: sealed.digest, in: session.db),
            ReportDigest.of(atRest) == sealed.digest
        else { return }
        let opened = try ContactTokens.open(atRest, with: vault)
        let document = opened.bytes
        // Only an erasure makes it read otherwise for good; keys that were lost are no reason to send it without them.
        guard opened.problems.isEmpty, ReportDigest.of(document) != delivery.digest else { return }
        let attempt = state.undelivered.count { $0.revision == revision } + 1
        try outbox.enqueue(
            DeliveryOrder(
                id: DeliveryID("\(kind)-\(period)-\(revision)-\(attempt)"), kind: kind,
                subject: delivery.subject, destination: destination, path: delivery.path, document: document),
            in: session.transaction)
    }

    private static func parts(of subject: String) -> (ReportPeriod, Int)? {
        let parts = subject.split(separator: "/")
        guard parts.count == 2, let period = ReportPeriod(parts[0]), let revision = Int(parts[1]) else { return nil }
        return (period, revision)
    }
}
