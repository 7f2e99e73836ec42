import CanonicalJSON
import Casework
import GRDB
import Journal
import WorkingDays

/// What came of an intake.
package struct ApplicationIntakeReport: Codable, Hashable, Sendable {
    /// Records read.
    package var lines = 0
    /// Applications that were not known.
    package var added = 0
    /// Applications that were known and say something new.
    package var corrected = 0
    /// Applications that were known as they are told.
    package var unchanged = 0
    /// Records that were refused.
    package var refused = 0
    /// Records that were taken and ask for a question to the provider.
    package var doubtful = 0

    /// A report of nothing.
    package init() {}

    mutating func add(_ other: Self) {
        lines += other.lines
        added += other.added
        corrected += other.corrected
        unchanged += other.unchanged
        refused += other.refused
        doubtful += other.doubtful
    }
}

/// The door to the applications: the intake of records, and what is known of one.
package struct ApplicationDesk: Sendable {
    /// A record on its way in, with its place in the file or the list.
    package typealias Sent = (line: Int, record: Result<Application, ApplicationFault>)

    /// The most records that are taken in at once over the interface.
    package static let mostSent = 500
    /// How many records one event holds at most.
    static let batch = 250

    /// The loop of all cases.
    package let casework: Casework

    /// A desk over casework.
    package init(casework: Casework) { self.casework = casework }

    /// Records that were sent as JSON, each with its place from 1.
    package static func sent(_ items: [JSON]) -> [Sent] {
        items.enumerated().map { ($0 + 1, ApplicationFile.read($1)) }
    }

    /// Takes in records in one transaction; those that are known as they are change nothing, wrong ones are left out and told.
    /// - Parameter key: a key under which the intake may be repeated.
    /// - Throws: `JournalError`, `DatabaseError`, `CalendarError`.
    package func take(
        _ records: [Sent], from source: ApplicationSource, named name: String, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> ApplicationIntake {
        try await casework.transact(by: actor, at: now, once: key) { session in
            try take(records, from: source, named: name, in: session)
        }
    }

    /// The same inside a transaction.
    func take(
        _ records: [Sent], from source: ApplicationSource, named name: String, in session: CaseSession
    ) throws -> ApplicationIntake {
        let context = try context(in: session)
        var intake = ApplicationIntake()
        intake.report.lines = records.count
        var lines: [ApplicationLine] = []
        // What stands above in the same batch is what a line below it is new against.
        var digests: [String: String] = [:]
        let known = try session.db.cachedStatement(
            sql: "SELECT digest FROM application WHERE id = ? ORDER BY revision DESC LIMIT 1")
        for (number, record) in records {
            do throws(ApplicationFault) {
                let application = try record.get()
                let line = try ApplicationDecision.line(for: application, in: context)
                let (isKnown, isNew) = try Self.compare(application, known, &digests)
                guard isNew else {
                    intake.report.unchanged += 1
                    continue
                }
                if isKnown { intake.report.corrected += 1 } else { intake.report.added += 1 }
                if !line.doubts.isEmpty { intake.report.doubtful += 1 }
                lines.append(line)
            } catch {
                intake.report.refused += 1
                intake.problems.append(
                    ApplicationProblem(
                        file: name, line: number, field: error.field.isEmpty ? nil : error.field, reason: error.reason))
            }
        }
        let events = stride(from: 0, to: lines.count, by: Self.batch).map { start in
            ApplicationEvent(source: source, lines: Array(lines[start..<min(start + Self.batch, lines.count)]))
        }
        if !events.isEmpty {
            let stream = StreamID(kind: "applications", id: "\(session.transaction.position + 1)")
            try session.append(events, to: stream, expecting: 0)
        }
        return intake
    }

    private static func compare(
        _ application: Application, _ known: Statement, _ digests: inout [String: String]
    ) throws(ApplicationFault) -> (isKnown: Bool, isNew: Bool) {
        do {
            let key = application.key
            let digest = try ApplicationLine.digest(of: application)
            let before = try digests[key] ?? String.fetchOne(known, arguments: [key])
            digests[key] = digest
            return (before != nil, before != digest)
        } catch {
            throw ApplicationFault("", "It cannot be compared with what is known: \(error)")
        }
    }

    private func context(in session: CaseSession) throws -> ApplicationContext {
        let bodies = try Row.fetchAll(session.db, sql: "SELECT code, kind FROM body").map {
            ($0[0] as String, $0[1] as String)
        }
        return ApplicationContext(
            calendar: session.calendar, zone: session.zone, now: session.now,
            services: try Set(String.fetchAll(session.db, sql: "SELECT code FROM service")),
            bodies: Dictionary(bodies, uniquingKeysWith: { first, _ in first }))
    }

    /// What is known of an application by its number: all versions, the first first.
    /// - Throws: `CaseworkError.unreadable`.
    package func versions(of number: String) async throws -> [ApplicationRecord] {
        try await casework.journal.read { [catalogue = casework.catalogue] db in
            try ApplicationRecord.versions(of: number, catalogue, in: db)
        }
    }
}

/// What came of an intake, and what was left out of it.
package struct ApplicationIntake: Codable, Hashable, Sendable {
    /// The counts.
    package var report = ApplicationIntakeReport()
    /// What was left out, in order.
    package var problems: [ApplicationProblem] = []

    /// Nothing yet.
    package init() {}
}
