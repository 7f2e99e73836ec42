import CSV
import Casework
import GRDB
import Journal

/// The registry as it is known, for comparing.
struct RegistryState: Sendable {
    var regions: [String: Region] = [:]
    var bodies: [String: PublicBody] = [:]
    var services: [String: PublicService] = [:]
    /// The versions of all streams, by stream.
    var versions: [StreamID: Int] = [:]

    init() {}

    init(db: Database) throws {
        regions = Dictionary(uniqueKeysWithValues: try Registry.allRegions(in: db).map { ($0.code, $0) })
        var everyBody = BodyFilter()
        everyBody.limit = .max
        bodies = Dictionary(uniqueKeysWithValues: try Registry.bodies(everyBody, in: db).map { ($0.code, $0) })
        var everyService = ServiceFilter()
        everyService.limit = .max
        services = Dictionary(uniqueKeysWithValues: try Registry.services(everyService, in: db).map { ($0.code, $0) })
        for kind in ["region", "body", "service"] {
            for row in try Row.fetchAll(db, sql: "SELECT code, version FROM \(kind)") {
                versions[StreamID(kind: kind, id: row[0])] = row[1]
            }
        }
    }
}

/// The decision what files of the registry change: events for what is new or different, a report, and refusals.
package struct RegistryImport: Sendable {
    /// What came of it.
    package private(set) var report = RegistryImportReport()
    /// What has to be appended to which stream.
    private(set) var events: [(stream: StreamID, events: [RegistryEvent])] = []
    private let state: RegistryState

    /// Compares files with what is known; nothing is recorded.
    package init(_ tables: RegistryTables, in db: Database) throws {
        self.init(tables, state: try RegistryState(db: db))
    }

    /// The pure decision.
    init(_ tables: RegistryTables, state: RegistryState) {
        self.state = state
        for error in tables.refused { report.refuse(error) }
        let regions = accept(tables.regions, known: state.regions) { region, regions in
            if let code = region.successor, regions[code] == nil { return ("successor", Self.unknown("region", code)) }
            if let code = region.predecessor, regions[code] == nil {
                return ("predecessor", Self.unknown("region", code))
            }
            return Self.cycle(region, in: regions, column: "successor") { $0.successor }
        }
        let bodies = accept(tables.bodies, known: state.bodies) { body, bodies in
            if regions.all[body.region] == nil { return ("region", Self.unknown("region", body.region)) }
            if let code = body.parent, bodies[code] == nil { return ("parent", Self.unknown("body", code)) }
            if let code = body.successor, bodies[code] == nil { return ("successor", Self.unknown("body", code)) }
            return Self.cycle(body, in: bodies, column: "parent") { $0.parent }
                ?? Self.cycle(body, in: bodies, column: "successor") { $0.successor }
        }
        let services = accept(tables.services, known: state.services) { service, _ in
            bodies.all[service.owner] == nil ? ("owner", Self.unknown("body", service.owner)) : nil
        }
        compare(regions.accepted, with: state.regions, .region) {
            .regionRegistered($0)
        } changed: { _, change in
            [.regionChanged(change)]
        }
        compare(bodies.accepted, with: state.bodies, .body) {
            .bodyRegistered($0)
        } changed: { old, change in
            Self.events(of: change.entry, since: old)
        }
        compare(services.accepted, with: state.services, .service) {
            .serviceRegistered($0)
        } changed: { _, change in
            [.serviceChanged(change)]
        }
        noteAbsent(tables)
        let order = Dictionary(uniqueKeysWithValues: RegistryFile.allCases.enumerated().map { ($1.rawValue, $0) })
        report.refused.sort { ((order[$0.file] ?? 0), $0.line) < ((order[$1.file] ?? 0), $1.line) }
    }

    /// Records what changes, in the transaction in which it was compared.
    /// - Throws: `JournalError.conflict` where the comparison was made in an earlier transaction and is out of date.
    package func record(in session: CaseSession) throws {
        for (stream, events) in events {
            try session.append(events, to: stream, expecting: state.versions[stream] ?? 0)
        }
    }

    /// Keeps the rows whose references are known, those of other accepted rows included; the rest is refused.
    ///
    /// A refused row can be what another one refers to, so this is repeated until no row is refused any more.
    private mutating func accept<Entry: RegistryEntry>(
        _ incoming: [Incoming<Entry>], known: [String: Entry],
        problem: (Entry, [String: Entry]) -> (column: String, reason: String)?
    ) -> (accepted: [Entry], all: [String: Entry]) {
        var accepted = incoming
        while true {
            let all = known.merging(accepted.map { ($0.entry.code, $0.entry) }) { _, new in new }
            var rest: [Incoming<Entry>] = []
            for row in accepted {
                if let problem = problem(row.entry, all) {
                    report.refuse(row.row.refusal(problem.column, problem.reason))
                } else {
                    rest.append(row)
                }
            }
            if rest.count == accepted.count { return (rest.map(\.entry), all) }
            accepted = rest
        }
    }

    private mutating func compare<Entry: RegistryEntry>(
        _ accepted: [Entry], with known: [String: Entry], _ table: RegistryImportReport.Table,
        added: (Entry) -> RegistryEvent, changed: (Entry, EntryChanged<Entry>) -> [RegistryEvent]
    ) {
        for entry in accepted {
            let stream = StreamID(kind: table.rawValue, id: entry.code)
            guard let old = known[entry.code] else {
                report.added.append(.init(table: table, code: entry.code, changes: []))
                events.append((stream, [added(entry)]))
                continue
            }
            let changes = entry.changes(since: old)
            if changes.isEmpty {
                report.unchanged += 1
            } else {
                report.changed.append(.init(table: table, code: entry.code, changes: changes))
                events.append((stream, changed(old, EntryChanged(changes: changes, entry: entry))))
            }
        }
    }

    /// What happened to a body: an end is an event of its own.
    private static func events(of new: PublicBody, since old: PublicBody) -> [RegistryEvent] {
        guard old.validTo == nil, let end = new.validTo else {
            return [.bodyChanged(EntryChanged(changes: new.changes(since: old), entry: new))]
        }
        var before = new
        before.validTo = nil
        before.successor = old.successor
        let changes = before.changes(since: old)
        let closed = RegistryEvent.bodyClosed(BodyClosed(code: new.code, on: end, successor: new.successor))
        return changes.isEmpty ? [closed] : [.bodyChanged(EntryChanged(changes: changes, entry: before)), closed]
    }

    private mutating func noteAbsent(_ tables: RegistryTables) {
        func note<Entry: RegistryEntry>(
            _ incoming: [Incoming<Entry>], _ known: [String: Entry], _ table: RegistryImportReport.Table
        ) {
            if incoming.isEmpty { return }
            let given = Set(incoming.map(\.entry.code))
            report.absent += known.keys.filter { !given.contains($0) }.sorted().map {
                .init(table: table, code: $0, changes: [])
            }
        }
        note(tables.regions, state.regions, .region)
        note(tables.bodies, state.bodies, .body)
        note(tables.services, state.services, .service)
    }

    private static func unknown(_ table: String, _ code: String) -> String {
        "There is no \(table) “\(code)”, or its row is refused: correct the code, or mend that row first."
    }

    /// A refusal where following a reference from an entry leads back to it.
    private static func cycle<Entry: RegistryEntry>(
        _ entry: Entry, in all: [String: Entry], column: String, next: (Entry) -> String?
    ) -> (column: String, reason: String)? {
        var path = [entry.code]
        var current = next(entry)
        while let code = current, let following = all[code] {
            if code == entry.code {
                let circle = (path + [code]).joined(separator: " → ")
                return (column, "The \(column) leads back to itself (\(circle)): break the circle.")
            }
            if path.contains(code) { return nil }
            path.append(code)
            current = next(following)
        }
        return nil
    }
}

extension Registry {
    /// Takes files of the registry in, in the caller's transaction: what is new or different becomes events, rows that
    /// do not fit are refused and told, and the same files again change nothing.
    /// - Throws: `JournalError`; `DatabaseError`.
    package static func take(_ tables: RegistryTables, in session: CaseSession) throws -> RegistryImportReport {
        let changes = try RegistryImport(tables, in: session.db)
        try changes.record(in: session)
        return changes.report
    }
}
