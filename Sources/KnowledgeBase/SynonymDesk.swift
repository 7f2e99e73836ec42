import CanonicalJSON
import CardSearch
import Casework
import GRDB
import Journal
import Synchronization
import TextAnalysis
import WorkingDays

/// The door to the synonyms: the files of `knowledge/search/synonyms`, and over them what coordinators changed.
///
/// A change is an event with its reason; the search reads queries by it as soon as it is recorded, without a restart.
package final class SynonymDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    private let cards: CardDesk
    private let files: SynonymTable
    /// The position of the journal up to which the search follows.
    private let followed = Mutex<Int64>(-1)

    /// A desk over casework, the search of the cards and the groups of the files.
    package init(casework: Casework, cards: CardDesk, files: SynonymTable) {
        self.casework = casework
        self.cards = cards
        self.files = files
    }

    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [SynonymEvent.self]

    /// The tables over the events that a catalogue can read.
    package static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [SynonymProjection(catalogue: catalogue)]
    }

    /// Lets the search follow what is recorded; called at start-up and after each change.
    package func follow(in db: Database) throws {
        let position = try SQLiteEventStore(db: db).head().position
        let edits = try Self.edits(in: db)
        followed.withLock { followed in
            // Of two changes at once the one recorded later counts, whichever comes here first.
            guard position > followed else { return }
            let isFirst = followed < 0
            followed = position
            if isFirst && edits.isEmpty { return }
            cards.engine.use(synonyms: Self.table(files, edits))
        }
    }

    // MARK: - Groups

    /// The groups whose identifier, sphere or words hold a text, by their identifiers.
    package func groups(
        holding text: String = "", _ sources: Set<SynonymEntry.Source> = [.file, .changed, .added],
        after cursor: String? = nil, limit: Int = 50
    ) async throws -> KnowledgeList<SynonymEntry> {
        let entries = try await entries()
        let wanted = QueryMask.normalise(text)
        let rows = entries.filter { entry in
            guard sources.contains(entry.source), entry.group.id > (cursor ?? "") else { return false }
            if wanted.isEmpty { return true }
            let group = entry.group
            return ([group.id, group.sphere] + group.say + group.meanKK + group.meanRU).contains {
                QueryMask.normalise($0).contains(wanted)
            }
        }
        return KnowledgeList(Array(rows.prefix(limit + 1)), limit: limit, cursor: \.group.id)
    }

    /// A group by its identifier, nil where there never was one.
    package func group(_ id: String) async throws -> SynonymEntry? {
        try await casework.journal.read { [files] in try Self.entry(id, files, in: $0) }
    }

    /// The spheres under which groups stand.
    package var spheres: [String] { Array(Set(files.groups.map(\.sphere))).sorted() }

    /// What happened to a group, or to all, the latest first.
    package func history(of id: String? = nil, limit: Int = 50) async throws -> [SynonymHistory] {
        try await casework.journal.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM synonymChange WHERE ?1 IS NULL OR id = ?1 ORDER BY at DESC, id, version DESC LIMIT ?2
                    """, arguments: [id, limit])
            return try rows.map { row in
                SynonymHistory(
                    id: row["id"], version: row["version"], at: Moment(millisecondsSince1970: row["at"]),
                    actor: row["actor"], reason: row["reason"], group: try Self.decoded(row["body"]))
            }
        }
    }

    // MARK: - Changes

    /// Tries a change on the kept queries; nothing is recorded and nobody's search is disturbed.
    /// - Throws: `Refusal` where the change cannot be made.
    package func trial(_ change: SynonymChange) async throws -> SynonymTrial {
        try await casework.journal.read { [cards, files] db in
            try cards.prepare(db)
            var edits = try Self.edits(in: db)
            switch change {
            case .save(let group): edits[group.id] = .some(try SynonymDecision.checked(group))
            case .withdraw(let id): edits[id] = .some(nil)
            }
            let changed = SearchEngine(trying: Self.table(files, edits), like: cards.engine)
            func place(_ query: SavedQuery, _ engine: SearchEngine) throws -> Int? {
                let answer = try engine.search(SearchQuery(query.text, limit: 20), in: db)
                return answer.hits.firstIndex { $0.id == query.card }.map { $0 + 1 }
            }
            return SynonymTrial(
                try Self.savedQueries(in: db).map { query in
                    SynonymTrial.Line(
                        query: query, before: try place(query, cards.engine), after: try place(query, changed))
                })
        }
    }

    /// Records a change and lets the search follow it.
    /// - Parameters:
    ///   - reason: why.
    ///   - version: the number of changes that the person saw, `SynonymEntry.version`; 0 for a new group.
    /// - Throws: `Refusal` that names the field to mend; `JournalError`.
    package func make(
        _ change: SynonymChange, reason: String, expecting version: Int, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { [files] session in
            let entry = try Self.entry(change.id, files, in: session.db)
            let event = try SynonymDecision.decide(
                change, reason: QueryMask.mask(reason), on: entry, expecting: version)
            try session.append([event], to: StreamID(kind: "synonym", id: change.id), expecting: version)
            return version + 1
        }
        try await casework.journal.read { [self] in try follow(in: $0) }
    }

    // MARK: - Reading

    private typealias Edits = [String: SynonymTable.Group?]

    private func entries() async throws -> [SynonymEntry] {
        try await casework.journal.read { [files] db in
            let changed = try String.fetchAll(db, sql: "SELECT id FROM synonymGroup")
            let known = Dictionary(files.groups.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let untouched = Set(changed)
            let entries =
                files.groups.filter { !untouched.contains($0.id) }
                .map { SynonymEntry(group: $0, source: .file, version: 0) }
                + (try changed.compactMap { try Self.entry($0, known[$0], in: db) })
            return entries.sorted { $0.group.id < $1.group.id }
        }
    }

    private static func entry(_ id: String, _ files: SynonymTable, in db: Database) throws -> SynonymEntry? {
        try entry(id, files.groups.first { $0.id == id }, in: db)
    }

    private static func entry(
        _ id: String, _ file: SynonymTable.Group?, in db: Database
    ) throws -> SynonymEntry? {
        let row = try Row.fetchOne(db, sql: "SELECT version, body FROM synonymGroup WHERE id = ?", arguments: [id])
        guard let row else { return file.map { SynonymEntry(group: $0, source: .file, version: 0) } }
        if let group = try decoded(row["body"]) {
            return SynonymEntry(group: group, source: file == nil ? .added : .changed, version: row["version"])
        }
        let last = try String.fetchOne(
            db, sql: "SELECT body FROM synonymChange WHERE id = ? AND body IS NOT NULL ORDER BY version DESC LIMIT 1",
            arguments: [id])
        return (try decoded(last) ?? file).map {
            SynonymEntry(group: $0, source: .withdrawn, version: row["version"])
        }
    }

    private static func edits(in db: Database) throws -> Edits {
        try Row.fetchAll(db, sql: "SELECT id, body FROM synonymGroup ORDER BY id").reduce(into: [:]) { edits, row in
            edits.updateValue(try decoded(row["body"]), forKey: row["id"])
        }
    }

    private static func table(_ files: SynonymTable, _ edits: Edits) -> SynonymTable {
        let saved = edits.values.compactMap { $0 }.sorted { $0.id < $1.id }
        return files.changed(saving: saved, removing: Set(edits.filter { $0.value == nil }.keys))
    }

    private static func decoded(_ body: String?) throws -> SynonymTable.Group? {
        try body.map { try CanonicalCoding.decode(SynonymTable.Group.self, from: $0.utf8) }
    }

    static func savedQueries(in db: Database) throws -> [SavedQuery] {
        try Row.fetchAll(db, sql: "SELECT text, card FROM savedQuery ORDER BY text").map {
            SavedQuery(text: $0[0], card: $0[1])
        }
    }
}
