import CardSearch
import Casework
import GRDB
import Journal
import Registry
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
    private let book: AnswerBook
    private let ties: Ties
    /// The life events that callers tell of.
    package let events: LifeEvents
    private let index: CalculationIndex

    /// The first part of the names of the cards' streams.
    package static let streamKind = "card"

    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [CardEvent.self]

    /// A desk over casework, with what the search knows of words.
    /// - Parameters:
    ///   - usage: what use teaches; it breaks ties.
    ///   - index: the monthly calculation index, in which fees are set.
    ///   - choices: what to ask where cards fit alike.
    ///   - events: the life events that callers tell of.
    ///   - now: the current moment, by which what was learnt has faded.
    package init(
        casework: Casework, knowledge: SearchKnowledge, usage: SearchUsage? = nil,
        index: CalculationIndex = .unknown, choices: ChoiceTable = ChoiceTable(), events: LifeEvents = .none,
        now: @escaping @Sendable () -> Moment = { Moment(millisecondsSince1970: 0) }
    ) {
        self.casework = casework
        self.usage = usage
        self.now = now
        ties = Ties(table: choices)
        self.events = events
        var knowledge = knowledge
        knowledge.events = events.cues
        let engine = SearchEngine(knowledge)
        self.engine = engine
        self.index = index
        book = AnswerBook(index: index) { engine.question(in: $0).cases }
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
            throw CaseworkError.noSuchCase(StreamID(kind: Self.streamKind, id: code))
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
    /// - Throws: `Refusal` that names what is wrong.
    @discardableResult
    package static func perform(_ command: CardCommand, on code: String, in session: CaseSession) throws -> Int {
        let record = try CardRecord.fetch(code, in: session.db)
        var confirming = ConfirmingBody.unknown
        if case .confirm(_, let body, _, _) = command, let record, try Registry.body(body, in: session.db) != nil {
            confirming = try Registry.answers(body, for: record.card.owner, in: session.db) ? .own : .foreign
        }
        let version = record?.version ?? 0
        guard let event = try CardDecision.decide(command, on: code, record, confirming: confirming) else {
            return version
        }
        try session.append([event], to: StreamID(kind: Self.streamKind, id: code), expecting: version)
        return version + 1
    }

    /// Whether a body may confirm a card as it stands: it answers for it, and there is something to confirm.
    package static func mayConfirm(_ body: String, _ record: CardRecord, in db: Database) throws -> Bool {
        try record.state != .withdrawn && record.card.isFilledIn
            && Registry.answers(body, for: record.card.owner, in: db)
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

    /// The facts that a card states, in words, those of today and those entered ahead; what has ended is left out.
    package func stated(_ card: Card, on day: CivilDate) -> [(fact: CardFact, text: CardText)] {
        (card.stated ?? []).filter { $0.until.map { day <= $0 } ?? true }.map { fact in
            (fact, FactWords(day: max(day, fact.since ?? day), index: index).text(fact))
        }
    }

    /// What a card answers on a day, for who reads more of it in the same transaction; nil where there is no such card.
    package func answers(of code: String, on day: CivilDate, in db: Database) throws -> CardAnswers? {
        guard
            let edition = try Int.fetchOne(
                db.cachedStatement(sql: "SELECT edition FROM card WHERE code = ?"), arguments: [code])
        else { return nil }
        return try book.answers(of: code, edition: edition, on: day, in: db)
    }

    /// What the search itself answers: nothing learnt from use, nothing remembered; for the reading of complaints, whose words
    /// must leave no trace here and whose answer must not depend on who searched before.
    package func plainSearch(_ query: SearchQuery, in db: Database) throws -> SearchAnswer {
        try prepare(db)
        return try engine.search(query, in: db)
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
            // What is learnt from use may be lost at any time; a file of it that is damaged is no reason to find nothing.
            query.boosts = (try? usage.boosts(for: query.text, at: now())) ?? [:]
        }
        query.filters.states.sort()
        return try recent.answer(query, at: RecentAnswers.moment(engine, casework.today(now()), in: db)) {
            try find(query, in: db)
        }
    }

    private func find(_ query: SearchQuery, in db: Database) throws -> RecentAnswers.Found {
        var answer = try engine.search(query, in: db)
        var found: [(hit: SearchHit, card: FoundCard)] = try answer.hits.compactMap { hit in
            guard let card = try FoundCard.fetch(hit.id, withSummary: !hit.isShownByTitle, in: db) else { return nil }
            var hit = hit
            hit.score *= card.state.standing
            return (hit, card)
        }
        let chosen = query.choice.flatMap(SearchChoice.chosen).flatMap { chosen in
            found.contains { $0.card.code == chosen.card } ? chosen : nil
        }
        if let about = chosen?.about { answer.question.cases = [about] }
        if query.readsQuestion { try answerQuestion(answer, chosen?.card, &found, in: db) }
        // Stable: of equals the order of the search stays.
        found.sort { $0.hit.score > $1.hit.score }
        if let place = found.firstIndex(where: { $0.card.code == chosen?.card }) {
            found.insert(found.remove(at: place), at: 0)
        }
        answer.isSure = chosen != nil || found.first.map { AnswerCertainty.isMeant($0.hit, in: answer) } ?? false
        if query.readsQuestion, !query.isExact, chosen == nil { answer.choice = ties.choice(found, in: answer) }
        answer.hits = found.map(\.hit)
        return (answer, found.map(\.card))
    }

    /// Gives each card found what it answers to the question, where it is sure to be the card that was meant.
    private func answerQuestion(
        _ answer: SearchAnswer, _ chosen: String?, _ found: inout [(hit: SearchHit, card: FoundCard)],
        in db: Database
    ) throws {
        let today = casework.today(now())
        for index in found.indices {
            let card = found[index].card
            let answers = try book.answers(of: card.code, edition: card.edition, on: today, in: db)
            found[index].card.answers = answers
            found[index].card.answer = AnswerCertainty.settle(
                &found[index].hit, answers, in: answer, isChosen: card.code == chosen)
        }
    }
}
