import Blocking
import Complaints
import GRDB
import Intake
import Journal
import KnowledgeBase
import Registry
import Synchronization
import Triage
import WorkingDays

/// The reading of complaints by the running centre: what the files teach of words, the registry as it stands, and the search
/// that the cards have already.
///
/// The files are read once, off the threads that answer callers; the registry again when it has changed, and what was decided
/// before when somebody has decided again. Nothing of what is read is kept, recorded or learnt from here.
package final class ReadingDesk: Sendable {
    private struct Known {
        /// The position of the registry that the reader knows.
        let position: Int64
        let reader: ComplaintReader
    }

    private let journal: Journal
    private let cards: CardDesk
    private let schedules: String
    private let folder: String
    private let table: String?
    private let precedents: PrecedentDesk?
    private let words = Mutex<TriageKnowledge?>(nil)
    private let known = Mutex<Known?>(nil)

    /// A desk that has read no file yet.
    /// - Parameters:
    ///   - schedules: the folder of the law.
    ///   - knowledge: the folder of cards and registers.
    ///   - table: the edition of the routing table that the settings choose; nil: that of the day.
    ///   - precedents: what was decided before; nil where nothing is learnt from that.
    package init(
        journal: Journal, cards: CardDesk, schedules: String, knowledge: String, table: String? = nil,
        precedents: PrecedentDesk? = nil
    ) {
        self.journal = journal
        self.cards = cards
        self.schedules = schedules
        folder = knowledge
        self.table = table
        self.precedents = precedents
    }

    /// Reads the files and the registry where that was not done yet, so that the first citizen need not wait for it.
    /// - Throws: what is wrong with a file, with its line and what to do; `DatabaseError`.
    package func prepare() async throws {
        let words = try await knowledge()
        _ = try await journal.read { [self] db in try reader(words, in: db) }
    }

    /// Reads the words of a citizen.
    /// - Parameter date: the day by which the routing table and the registry are asked.
    /// - Throws: as `prepare`.
    package func read(_ text: String, on date: CivilDate) async throws -> ComplaintReading {
        let words = try await knowledge()
        return try await journal.read { [self] db in
            var reader = try reader(words, in: db)
            reader.precedents = try precedents?.precedents(by: reader.learning, in: db)
            return try reader.read(text, on: date) { [cards] query in try cards.plainSearch(query, in: db) }
        }
    }

    /// How many decisions of officers the reading heeds; nil where nothing is learnt from them.
    /// - Throws: as `prepare`; `VaultError`.
    package func heededDecisions() async throws -> Int? {
        guard let precedents else { return nil }
        let rule = try await knowledge().learning
        return try await journal.read { db in try precedents.precedents(by: rule, in: db).count }
    }

    /// What in some texts tells who somebody is, in their order; the rest may be shown.
    /// - Throws: as `prepare`.
    package func personal(in texts: [String]) async throws -> [[PersonalSpan]] {
        guard !texts.isEmpty else { return [] }
        let words = try await knowledge()
        return try await journal.read { [self] db in
            let reader = try reader(words, in: db)
            return texts.map { reader.personal(in: $0) }
        }
    }

    /// What the files teach. Who comes while another reads them waits for him, on a thread that may.
    private func knowledge() async throws -> TriageKnowledge {
        if let known = words.withLock({ $0 }) { return known }
        return try await Blocking.brief.run { [self] in
            try words.withLock { words in
                if let words { return words }
                let read = try TriageKnowledge(
                    schedules: schedules, knowledge: folder, table: table,
                    facts: RoutingFacts(bodies: [RoutingFacts.Body](), services: [RoutingFacts.Service]()),
                    services: [:])
                words = read
                return read
            }
        }
    }

    /// The reader for the registry as `db` sees it.
    private func reader(_ words: TriageKnowledge, in db: Database) throws -> ComplaintReader {
        let position = try Registry.position(in: db)
        if let reader = known.withLock({ $0?.position == position ? $0?.reader : nil }) { return reader }
        let services = try Registry.services(in: db)
        let reader = ComplaintReader(
            words.knowing(
                RoutingFacts(bodies: try Registry.bodies(in: db), services: services),
                Dictionary(
                    services.map { ($0.code, .init(sphere: $0.sphere)) }, uniquingKeysWith: { first, _ in first })))
        known.withLock { $0 = Known(position: position, reader: reader) }
        return reader
    }
}
