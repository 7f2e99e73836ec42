import CanonicalJSON
import GRDB
import Journal
import WorkingDays

/// One deed as the auditor's page tells it: what `AuditRecord` says, and the words that whoever did it gave as his reason.
package struct AuditDeed: Sendable {
    /// Who did what to which case, and when.
    package let record: AuditRecord
    /// The purpose or the reason that was typed, or what a token is for; nil where none was asked for.
    package let words: String?

    /// The members of events in which somebody says why.
    private static let wordNames = ["purpose", "reason", "label"]

    /// The deed of an event; nil where nobody did it.
    init?(_ event: RecordedEvent) {
        guard let record = AuditRecord(event) else { return nil }
        self.record = record
        // What the journal took is JSON; where it is not, the deed is told without its words.
        let json = try? JSON(parsing: event.payload)
        let content = json?["event"] ?? json
        words = Self.wordNames.lazy.compactMap { content?[$0]?.string }.first { !$0.isEmpty }
    }
}

/// Which deeds are wanted.
package struct AuditFilter: Hashable, Sendable {
    /// What sort they are.
    package var sort: AuditRecord.Sort
    /// Who did them; nil for anybody.
    package var actor: Actor?
    /// To which cases; empty for any.
    package var streams: [StreamID] = []
    /// The time in which the journal took them.
    package var time: Range<Moment>

    /// All deeds of a sort within a time.
    package init(_ sort: AuditRecord.Sort, in time: Range<Moment>) {
        self.sort = sort
        self.time = time
    }
}

/// Where a list of deeds goes on: after the last one that was told, or looked at.
package struct AuditCursor: Hashable, Sendable {
    let at: Int64
    let position: Int64

    /// As it stands in an address.
    package var text: String { "\(at).\(position)" }

    /// Reads what `text` wrote; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, let at = parts[0], let position = parts[1], at >= 0, position > 0, text.utf8.count <= 40
        else { return nil }
        (self.at, self.position) = (at, position)
    }

    init(_ event: RecordedEvent) { (at, position) = (event.recordedAt.millisecondsSince1970, event.position) }
}

/// A part of the list of deeds, the newest first.
package struct AuditDeeds: Sendable {
    /// The deeds.
    package var deeds: [AuditDeed] = []
    /// Where it goes on; nil where there are no more.
    package var next: AuditCursor?
    /// Back to which moment the journal was looked through, where there may be more before it and the list is not full: a search
    /// for what is rare ends after so many events, and goes on when it is asked to.
    package var lookedBackTo: Moment?

    /// How many events a search for changes reads for a page, and for a file.
    package static let walk = (page: 20_000, file: 400_000)
    private static let batch: Int64 = 500

    /// The deeds of a filter.
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - walk: how many events of the journal are read for them at most, where no table holds them.
    /// - Throws: `DatabaseError`.
    package static func fetch(
        _ filter: AuditFilter, after cursor: AuditCursor? = nil, limit: Int, walk: Int = walk.page, in db: Database
    ) throws -> AuditDeeds {
        if filter.sort != .change { return try listed(filter, after: cursor, limit: limit, in: db) }
        if !filter.streams.isEmpty { return try ofCases(filter, after: cursor, limit: limit, in: db) }
        return try walked(filter, after: cursor, limit: limit, walk: walk, in: db)
    }

    /// From the table of deeds.
    private static func listed(
        _ filter: AuditFilter, after cursor: AuditCursor?, limit: Int, in db: Database
    ) throws -> AuditDeeds {
        var sql = "SELECT position FROM auditDeed WHERE sort = ? AND recordedAt >= ? AND recordedAt < ?"
        var arguments: StatementArguments = [
            filter.sort.rawValue, filter.time.lowerBound.millisecondsSince1970,
            filter.time.upperBound.millisecondsSince1970,
        ]
        if let actor = filter.actor {
            sql += " AND actor = ?"
            arguments += [actor.rawValue]
        }
        if !filter.streams.isEmpty {
            sql += " AND stream IN (\(Array(repeating: "?", count: filter.streams.count).joined(separator: ", ")))"
            arguments += StatementArguments(filter.streams.map(\.rawValue))
        }
        if let cursor {
            sql += " AND (recordedAt, position) < (?, ?)"
            arguments += [cursor.at, cursor.position]
        }
        sql += " ORDER BY recordedAt DESC, position DESC LIMIT ?"
        arguments += [limit + 1]
        let store = SQLiteEventStore(db: db)
        let events = try Int64.fetchAll(db, sql: sql, arguments: arguments).prefix(limit + 1).compactMap {
            try store.events(after: $0 - 1, limit: 1).first
        }
        return AuditDeeds(
            deeds: events.prefix(limit).compactMap(AuditDeed.init),
            next: events.count > limit ? events.prefix(limit).last.map(AuditCursor.init) : nil)
    }

    /// The changes of single cases: all their events are read.
    private static func ofCases(
        _ filter: AuditFilter, after cursor: AuditCursor?, limit: Int, in db: Database
    ) throws -> AuditDeeds {
        let store = SQLiteEventStore(db: db)
        let events = try filter.streams.flatMap { try store.events(of: $0) }.filter { event in
            filter.takes(event) && event.position < cursor?.position ?? .max
        }.sorted { $0.position > $1.position }
        return AuditDeeds(
            deeds: events.prefix(limit).compactMap(AuditDeed.init),
            next: events.count > limit ? events.prefix(limit).last.map(AuditCursor.init) : nil)
    }

    /// The changes of a time, from the journal itself, backwards.
    private static func walked(
        _ filter: AuditFilter, after cursor: AuditCursor?, limit: Int, walk: Int, in db: Database
    ) throws -> AuditDeeds {
        let store = SQLiteEventStore(db: db)
        var found = AuditDeeds()
        let last = try Int64.fetchOne(db, sql: "SELECT max(position) FROM event") ?? 0
        var end = try cursor.map { min($0.position, last + 1) } ?? first(from: filter.time.upperBound, last, in: store)
        var left = walk
        while end > 1 {
            let start = max(1, end - batch)
            for event in try store.events(after: start - 1, limit: Int(end - start)).reversed() {
                if event.recordedAt < filter.time.lowerBound { return found }
                if found.deeds.count == limit || left == 0 {
                    // The last that was told or looked at is the one after this.
                    found.next = AuditCursor(event, after: 1)
                    if found.deeds.count < limit { found.lookedBackTo = event.recordedAt }
                    return found
                }
                left -= 1
                if filter.takes(event), let deed = AuditDeed(event) { found.deeds.append(deed) }
            }
            end = start
        }
        return found
    }

    /// The first position that the journal took at a moment or after it, found by halving: one beyond the last where there is none.
    /// Where the machine's clock was set back, it is one of those that fit.
    private static func first(from moment: Moment, _ last: Int64, in store: SQLiteEventStore) throws -> Int64 {
        var (low, high): (Int64, Int64) = (1, last + 1)
        while low < high {
            let middle = low + (high - low) / 2
            guard let event = try store.events(after: middle - 1, limit: 1).first else { return middle }
            if event.recordedAt < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension AuditCursor {
    /// Just after an event, so that it is the next that is read.
    fileprivate init(_ event: RecordedEvent, after count: Int64) {
        (at, position) = (event.recordedAt.millisecondsSince1970, event.position + count)
    }
}

extension AuditFilter {
    /// Whether an event is among the wanted ones.
    fileprivate func takes(_ event: RecordedEvent) -> Bool {
        AuditRecord.sort(of: event) == sort && (actor.map { $0 == event.actor } ?? true)
            && time.contains(event.recordedAt)
    }
}
