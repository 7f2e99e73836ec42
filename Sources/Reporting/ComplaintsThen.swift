import Casework
import Complaints
import Forms
import GRDB
import Journal
import WorkingDays

/// The complaints of a period as the journal knew them at a position, whatever was recorded afterwards.
///
/// A complaint without an event after the position stands in the table as it stood then. Every other one that may count
/// is told again from its own events up to the position, into a table in memory, and the same words of SQL choose there.
/// They are told a batch at a time and in the order of the list, so that a page costs what stands on it and before it.
struct ComplaintsThen {
    let form: ReportForm
    let period: ReportPeriod
    let position: Int64
    let catalogue: EventCatalogue
    let zone: CivilZone

    private static let batch = 200

    /// The numbers of the complaints behind a number, in order.
    func numbers(behind number: ReportNumber, limit: Int, offset: Int, in db: Database) throws -> [String] {
        let (sql, arguments) = form.query("id", number, period)
        let settled = try String.fetchAll(
            db,
            sql: """
                SELECT complaint.id FROM (\(sql)) AS chosen JOIN complaint ON complaint.id = chosen.id
                WHERE complaint.position <= ? ORDER BY complaint.id
                """, arguments: arguments + [position])
        var changed = try String.fetchAll(
            db, sql: "SELECT id FROM complaint WHERE position > ? AND filedOn <= ? ORDER BY id",
            arguments: [position, period.last.description])[...]
        var (found, taken) = ([String](), 0)
        while !changed.isEmpty, found.count < offset + limit {
            let batch = changed.prefix(Self.batch)
            changed = changed.dropFirst(Self.batch)
            let chosen = try told(Array(batch), in: db).read { past in
                try String.fetchAll(past, sql: sql + " ORDER BY id", arguments: arguments)
            }
            // Nothing that comes later stands before the last of the batch.
            let passed = settled[taken...].prefix { $0 < (batch.last ?? "") }
            taken += passed.count
            found += (passed + chosen).sorted()
        }
        if changed.isEmpty { found += settled[taken...] }
        return Array(found.dropFirst(offset).prefix(limit))
    }

    /// The complaints of these numbers, in their order.
    func records(_ numbers: [String], in db: Database) throws -> [ComplaintRecord] {
        let now = try numbers.compactMap { try ComplaintRecord.fetch(id: $0, in: db) }
        let past = try told(now.filter { $0.position > position }.map(\.id), in: db)
        return try past.read { past in
            try now.compactMap { record in
                try (record.position > position ? ComplaintRecord.fetch(id: record.id, in: past) : record)?
                    .asKnown(on: period.last)
            }
        }
    }

    /// A table in memory with the complaints of these numbers as their events up to the position tell them.
    private func told(_ numbers: [String], in db: Database) throws -> DatabaseQueue {
        let past = try DatabaseQueue()
        let projection = ComplaintProjection(catalogue: catalogue, zone: zone)
        try past.write { past in
            try projection.create(in: past)
            for number in numbers {
                let events = try SQLiteEventStore(db: db).events(of: StreamID(kind: Complaint.streamKind, id: number))
                try projection.apply(events.filter { $0.position <= position }, in: past)
            }
        }
        return past
    }
}

extension ReportDesk {
    /// The complaints behind a number of a sealed report, by number: as the journal knew them when it was sealed, and as
    /// they stood when the period ended.
    ///
    /// - Returns: a part of the list, and how many there are as the document says; nil where the document is not kept.
    package func complaints(
        behind number: ReportNumber, of period: ReportPeriod, _ sealed: ReportSealed, limit: Int, offset: Int
    ) async throws -> (records: [ComplaintRecord], total: Int)? {
        guard let document = try await document(sealed).flatMap({ SealedReport($0, of: form.form) }) else { return nil }
        let then = ComplaintsThen(
            form: form.counting(sealed.counting), period: period, position: sealed.position,
            catalogue: casework.catalogue, zone: casework.zone)
        let named = document.cases(behind: number)
        let records = try await casework.journal.read { db in
            let numbers =
                try named.map { Array($0.dropFirst(offset).prefix(limit)) }
                ?? then.numbers(behind: number, limit: limit, offset: offset, in: db)
            return try then.records(numbers, in: db)
        }
        return (records, document.figures.count(of: number.row, keys: number.keys) ?? named?.count ?? 0)
    }
}
