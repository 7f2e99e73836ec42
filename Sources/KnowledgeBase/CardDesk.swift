import CardSearch
import Casework
import Foundation
import GRDB
import Journal
import Synchronization
import WorkingDays

/// What came of an import of cards.
package struct CardImportReport: Codable, Sendable, Equatable {
    /// New cards.
    package var added = 0
    /// Cards with a new edition.
    package var changed = 0
    /// Cards that say what they said.
    package var unchanged = 0
    /// What is wrong with files that were left out.
    package var refused: [CardFileProblem] = []
}

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

    /// Takes in the cards of a folder, in one transaction; files that are wrong are left out and named.
    package func importFolder(_ folder: String, by actor: Actor, at now: Moment) throws -> CardImportReport {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
            .sorted()
        var report = CardImportReport()
        var cards: [(card: Card, file: String)] = []
        let known = try casework.journal.readNow { db in
            try Set(String.fetchAll(db, sql: "SELECT code FROM service"))
        }
        for name in names {
            do {
                let text = String(
                    decoding: FileManager.default.contents(atPath: folder + "/" + name) ?? Data(), as: UTF8.self)
                let card = try CardFile.read(text, file: name)
                guard known.contains(card.code) else {
                    throw CardFileProblem(
                        file: name, line: 1, message: "the register has no service “\(card.code)”: correct the code.")
                }
                cards.append((card, name))
            } catch let problem as CardFileProblem {
                report.refused.append(problem)
            }
        }
        let (read, start) = (cards, report)
        let result = try casework.transactNow(by: actor, at: now) { session in
            var report = start
            for (card, file) in read {
                let before = try CardRecord.fetch(card.code, in: session.db)
                guard before?.card != card else {
                    report.unchanged += 1
                    continue
                }
                let stream = StreamID(kind: "card", id: card.code)
                let version = before == nil ? 0 : try session.transaction.events(of: stream).count
                try session.append(
                    [CardEvent.cardEdited(CardEdited(card: card, source: file))], to: stream, expecting: version)
                if before == nil { report.added += 1 } else { report.changed += 1 }
            }
            return report
        }
        if result.added + result.changed > 0 { try refresh() }
        return result
    }

    /// Records a remark about a card: confirmed, out of date, withdrawn, restored.
    /// - Throws: `CaseworkError.noSuchCase` where there is no such card.
    package func record(
        _ event: CardEvent, on code: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let stream = StreamID(kind: "card", id: code)
            let version = try session.transaction.events(of: stream).count
            guard version > 0 else { throw CaseworkError.noSuchCase(stream) }
            try session.append([event], to: stream, expecting: version)
            return version + 1
        }
    }

    /// A card by its code, nil where there is none.
    package func card(_ code: String) async throws -> CardRecord? {
        try await casework.journal.read { try CardRecord.fetch(code, in: $0) }
    }

    /// Finds cards, the best first; what use teaches breaks ties.
    package func search(_ query: SearchQuery) async throws -> (answer: SearchAnswer, cards: [CardRecord]) {
        try await casework.journal.read { [self] db in
            if !isReady.withLock({ $0 }) {
                try engine.refresh(from: db)
                isReady.withLock { $0 = true }
            }
            var query = query
            if let usage, query.boosts.isEmpty, !query.isExact {
                query.boosts = try usage.boosts(for: query.text, at: now())
            }
            let answer = try engine.search(query, in: db)
            return (answer, try answer.hits.compactMap { try CardRecord.fetch($0.id, in: db) })
        }
    }
}
