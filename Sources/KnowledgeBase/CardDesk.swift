import CardSearch
import Casework
import GRDB
import Journal
import Synchronization
import WorkingDays

/// The door to the cards and to the search over them.
package final class CardDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    /// The search; ask through `search`.
    package let engine: SearchEngine
    /// What use teaches; nil where nothing is learnt.
    package let usage: SearchUsage?

    private let now: @Sendable () -> Moment
    private let isReady = Mutex(false)
    private let recent = RecentAnswers()

    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [CardEvent.self]

    /// A desk over casework, with what the search knows of words.
    /// - Parameters:
    ///   - usage: what use teaches; it breaks ties.
    ///   - now: the current moment, by which what was learnt has faded.
    package init(
        casework: Casework, knowledge: SearchKnowledge, usage: SearchUsage? = nil,
        now: @escaping @Sendable () -> Moment = { Moment(millisecondsSince1970: 0) }
    ) {
        self.casework = casework
        self.usage = usage
        self.now = now
        engine = SearchEngine(knowledge)
    }

    /// Reads the words of the cards into the search; after this new words are found too.
    package func refresh() throws {
        try casework.journal.readNow { try engine.refresh(from: $0) }
        isReady.withLock { $0 = true }
    }

    /// Reads the words of the cards where that was not done yet, so that the first query need not wait for it.
    package func prepare() async throws {
        try await casework.journal.read { [self] db in try prepare(db) }
    }

    /// Reads the words of the cards where that was not done yet.
    func prepare(_ db: Database) throws {
        // Who comes while another reads them waits for him instead of reading them too.
        try isReady.withLock { isReady in
            if !isReady { try engine.refresh(from: db) }
            isReady = true
        }
    }

    /// Does what is asked of a card.
    /// - Returns: the card afterwards.
    /// - Throws: `Refusal` that names what is wrong; `JournalError`.
    @discardableResult
    package func perform(
        _ command: CardCommand, on code: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> CardRecord {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            try Self.perform(command, on: code, in: session)
        }
        guard let record = try await card(code) else {
            throw CaseworkError.noSuchCase(StreamID(kind: "card", id: code))
        }
        return record
    }

    /// Makes a new edition of a card from YAML that was pasted or uploaded.
    ///
    /// - Parameters:
    ///   - yaml: the bytes.
    ///   - edition: the edition that the person saw, 0 for a new card.
    ///   - renews: whether it brings what the card was marked out of date for (797 §6).
    /// - Throws: `CardFileProblems` with every fault and its line; `Refusal`; `JournalError`.
    @discardableResult
    package func edit(
        _ code: String, yaml: some Collection<UInt8> & Sendable, source: String, origin: CardOrigin = .coordinator,
        expecting edition: Int, renews: Bool = false, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> CardRecord {
        let reading = try CardFile.read(yaml, file: "")
        let problems = try await casework.journal.read { try CardCheck(in: $0).problems(of: reading, file: "") }
        guard problems.isEmpty else { throw CardFileProblems(problems: problems) }
        return try await perform(
            .edit(reading.card, source: source, origin: origin, expecting: edition, renews: renews), on: code,
            by: actor, at: now, once: key)
    }

    /// Does what is asked of a card inside a transaction; the version of its stream afterwards.
    @discardableResult
    static func perform(_ command: CardCommand, on code: String, in session: CaseSession) throws -> Int {
        let record = try CardRecord.fetch(code, in: session.db)
        if case .confirm(_, let body, _) = command {
            let known = try Bool.fetchOne(
                session.db, sql: "SELECT EXISTS (SELECT 1 FROM body WHERE code = ?)", arguments: [body])
            guard known == true else {
                throw Refusal(
                    "card.unknownBody", "The register has no body “\(body)”: correct the code.", field: "body")
            }
        }
        let version = record?.version ?? 0
        guard let event = try CardDecision.decide(command, on: code, record) else { return version }
        try session.append([event], to: StreamID(kind: "card", id: code), expecting: version)
        return version + 1
    }

    /// A card by its code, nil where there is none.
    package func card(_ code: String) async throws -> CardRecord? {
        try await casework.journal.read { try CardRecord.fetch(code, in: $0) }
    }

    /// The cards of a choice, by their codes, page by page.
    package func cards(
        _ filter: CardFilter, after cursor: String? = nil, limit: Int = 50
    ) async throws -> KnowledgeList<CardRecord> {
        try await casework.journal.read { try CardRecord.fetch(filter, after: cursor, limit: limit, in: $0) }
    }

    /// Finds cards, the best first; what use teaches breaks ties.
    package func search(_ query: SearchQuery) async throws -> (answer: SearchAnswer, cards: [FoundCard]) {
        try await casework.journal.read { [self] db in try search(query, in: db) }
    }

    /// The same for who reads more in the same transaction. The cards are those of the answer's hits, in their order.
    package func search(_ query: SearchQuery, in db: Database) throws -> (answer: SearchAnswer, cards: [FoundCard]) {
        try prepare(db)
        var query = query
        if let usage, query.boosts.isEmpty, !query.isExact {
            query.boosts = try usage.boosts(for: query.text, at: now())
        }
        query.filters.states.sort()
        return try recent.answer(query, at: RecentAnswers.moment(engine, in: db)) { try find(query, in: db) }
    }

    private func find(_ query: SearchQuery, in db: Database) throws -> RecentAnswers.Found {
        var answer = try engine.search(query, in: db)
        var found: [(hit: SearchHit, card: FoundCard)] = try answer.hits.compactMap { hit in
            guard let card = try FoundCard.fetch(hit.id, withSummary: !hit.isShownByTitle, in: db) else { return nil }
            var hit = hit
            hit.score *= card.state.standing
            return (hit, card)
        }
        // Stable: of equals the order of the search stays.
        found.sort { $0.hit.score > $1.hit.score }
        answer.hits = found.map(\.hit)
        return (answer, found.map(\.card))
    }
}
