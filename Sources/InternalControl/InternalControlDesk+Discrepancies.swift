import Casework
import Delivery
import Forms
import GRDB
import Journal
import Languages
import Registry
import Reporting
import WorkingDays

extension InternalControlDesk {
    /// The rows of a filing beside our numbers as they are now.
    func compare(
        _ id: FilingID, _ note: FilingNote, _ form: StatutoryForm, in db: Database
    ) throws -> [RowComparison] {
        let bodies = try FilingDuty.covered(by: id.body, on: id.period.last, in: db)
        return try Comparison.rows(note.numbers, of: form, for: id.period, by: rules) { pair, months in
            try ours(pair, months, of: bodies, in: db)
        }
    }

    /// What the centre counts of a body that would file, by row and column, the whole period last.
    package func ours(_ id: FilingID, in db: Database) throws -> [String: [Int]] {
        let form = try form(of: id)
        let note = FilingNote(
            form: form.code, edition: form.from, period: id.period.description, body: id.body, file: "",
            channel: .agency,
            faults: 0, doubts: 0)
        return try Dictionary(
            compare(id, note, form, in: db).map { ($0.row, $0.figures.map(\.ours)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Our number of a pair over months: the sum of the months, or the last month's of a number at a moment.
    private func ours(
        _ pair: ReconciliationRules.Pair, _ months: ClosedRange<CivilMonth>, of bodies: Set<String>, in db: Database
    ) throws -> Int {
        guard let number = CentreNumber(pair.measure, kinds: pair.kinds) else { return 0 }
        guard pair.reading == .flow else { return try number.count(.month(months.upperBound), of: bodies, in: db) }
        var (sum, month) = (0, months.lowerBound)
        while month <= months.upperBound {
            sum += try number.count(.month(month), of: bodies, in: db)
            month = month.next
        }
        return sum
    }

    /// Holds a filing that was taken against our numbers: what disagrees begins its case, what is other than before is restated.
    /// - Returns: the numbers of the discrepancies that are not settled.
    func reconcile(
        _ id: FilingID, _ state: FilingState, _ form: StatutoryForm, in session: CaseSession
    ) throws -> [String] {
        guard let taken = state.taken, rules.forms.contains(form.code) else { return [] }
        var open: [String] = []
        for row in try compare(id, taken.note, form, in: session.db) {
            let number = "\(id)_\(row.row)"
            let figures = DiscrepancyFigures(
                filing: id.description, body: id.body, row: row.row, measure: row.pair.measure, file: taken.note.file,
                cell: taken.note.cells[row.row], figures: row.figures, difference: row.difference ?? 0)
            let known = try session.load(Discrepancy.self, id: number)
            if known.version > 0 {
                let after = try session.perform([.restate(figures)], on: known)
                if after.state.settled == nil { open.append(number) }
            } else if row.isDiscrepancy {
                try session.perform(.find(figures), on: Discrepancy.self, id: number, isNew: true)
                open.append(number)
            }
        }
        return open
    }

    /// Holds a filing against our numbers as they are by now, since complaints were corrected after it came.
    /// - Returns: the numbers of the discrepancies that are not settled.
    package func reconcile(
        _ id: FilingID, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> [String] {
        let form = try form(of: id)
        return try await casework.transact(by: actor, at: now, once: key) { session in
            try reconcile(id, session.load(Filing.self, id: id.description).state, form, in: session)
        }
    }

    /// A discrepancy as it stands.
    package func discrepancy(_ number: String) async throws -> LoadedCase<Discrepancy> {
        try await casework.load(Discrepancy.self, id: number)
    }

    /// Records what a person says of a discrepancy; complaints that it names must be ours.
    /// - Throws: `Refusal`; `JournalError.conflict` where somebody else said something after `expected`.
    package func record(
        _ command: DiscrepancyCommand, on number: String, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            if case .confirm(let cause, _) = command {
                for complaint in cause.complaints where try !Self.isComplaint(complaint, in: session.db) {
                    throw InternalControlRefusal.caseUnknown(
                        "There is no complaint “\(complaint)”: correct its number.", field: "complaints")
                }
            }
            if case .settle = command {
                try requireCauses(session.load(Discrepancy.self, id: number).state, in: session.db)
            }
            return try session.perform(command, on: Discrepancy.self, id: number, expecting: expected).version
        }
    }

    private static func isComplaint(_ number: String, in db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM complaint WHERE id = ?)", arguments: [number]) ?? false
    }

    /// The numbers of our complaints that stand behind our number of the whole period, in their order.
    package func complaints(behind figures: DiscrepancyFigures, limit: Int, in db: Database) throws -> [String] {
        guard let id = FilingID(figures.filing), let form = forms.form(id.form, on: id.period.last),
            let pair = rules.pair(of: form.code, row: figures.row),
            let number = CentreNumber(pair.measure, kinds: pair.kinds)
        else { return [] }
        let bodies = try FilingDuty.covered(by: id.body, on: id.period.last, in: db)
        let months = form.isCumulative ? CivilMonth.yearToDate(id.period.last) : id.period.months
        let counted = pair.reading == .flow ? months : months.suffix(1)
        var found: [String] = []
        for month in counted where found.count < limit {
            found += try number.complaints(.month(month), of: bodies, limit: limit - found.count, in: db)
        }
        return found
    }

    /// Seals the explanation of a discrepancy as it stands and puts it into the outbox, in one transaction (797 §20).
    /// - Returns: what was sealed.
    /// - Throws: `Refusal` where one is under way, or nothing was said since the last; `JournalError.conflict`.
    package func explain(
        _ number: String, by actor: Actor, at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> ExplanationSealed {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let found = try session.load(Discrepancy.self, id: number)
            guard let figures = found.state.figures, let foundAt = found.state.foundAt,
                let id = FilingID(figures.filing)
            else {
                throw InternalControlRefusal.unknown("There is no such discrepancy: check the number.")
            }
            let revision = found.state.sealed.count + 1
            let content = ExplanationDocument.Content(
                number: number, revision: revision, form: try form(of: id),
                body: try Registry.localizedName(of: figures.body, on: id.period.last, in: session.db)
                    ?? Localized(kk: figures.body, ru: figures.body),
                state: found.state, foundOn: session.zone.civilDate(of: foundAt),
                complaints: try complaints(behind: figures, limit: Self.listed, in: session.db),
                cases: try casesIfFew(found.state, in: session.db))
            let bytes = ExplanationDocument.bytes(content, by: rules)
            let sealed = ExplanationSealed(
                revision: revision, digest: try DocumentTable.store(bytes, in: session.db), bytes: bytes.count,
                unexplained: found.state.unexplained)
            if let expected, expected != found.version {
                throw JournalError.conflict(stream: found.stream, expected: expected)
            }
            try session.perform([.seal(sealed)], on: found)
            try outbox.enqueue(
                DeliveryOrder(
                    id: DeliveryID("\(kind)-\(number)-\(revision)"), kind: kind,
                    subject: "\(number)/\(revision)", destination: destination,
                    path: "discrepancies/\(number)", document: bytes),
                in: session.transaction)
            return sealed
        }
    }

    /// The document of a sealed explanation; nil where it is not kept.
    package func document(_ sealed: ExplanationSealed) async throws -> [UInt8]? {
        try await casework.journal.read { db in try DocumentTable.bytes(of: sealed.digest, in: db) }
    }
}

extension InternalControlDesk: DeliverySubject {
    package var kind: String { Discrepancy.streamKind }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        guard let (number, revision) = Self.parts(of: delivery.subject) else { return nil }
        let found = try await discrepancy(number)
        guard let sealed = found.state.sealed.first(where: { $0.revision == revision }) else { return nil }
        return try await document(sealed)
    }

    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws {
        guard let (number, revision) = Self.parts(of: delivery.subject) else { return }
        let received = ExplanationReceipt(
            revision: revision, number: receipt.number, receivedAt: receipt.receivedAt, digest: receipt.digest)
        try CaseSession(transaction: transaction, casework: casework)
            .perform(.deliver(received), on: Discrepancy.self, id: number)
    }

    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {
        guard let (number, revision) = Self.parts(of: delivery.subject) else { return }
        try CaseSession(transaction: transaction, casework: casework)
            .perform(
                .giveUp(ExplanationUndelivered(revision: revision, reason: reason)), on: Discrepancy.self, id: number)
    }

    private static func parts(of subject: String) -> (String, Int)? {
        let parts = subject.split(separator: "/")
        guard parts.count == 2, let revision = Int(parts[1]) else { return nil }
        return (String(parts[0]), revision)
    }
}

extension CivilMonth {
    /// The months of a year up to that of a day.
    static func yearToDate(_ day: CivilDate) -> [CivilMonth] {
        let last = CivilMonth(day)
        return (1...last.month).compactMap { CivilMonth(year: last.year, month: $0) }
    }
}
