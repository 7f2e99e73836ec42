import Casework
import GRDB
import Journal
import Languages
import TextAnalysis
import WorkingDays

/// The door to knowledge gaps: what callers asked and no card answered.
package struct GapDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework

    /// A desk over casework.
    package init(casework: Casework) { self.casework = casework }

    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [GapEvent.self]

    /// The tables over the events that a catalogue can read.
    package static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [GapProjection(catalogue: catalogue)]
    }

    /// Reports that nothing was found; the same words about the same service while a gap is open count it once more.
    ///
    /// The words are normalised and what looks like a person's number or address is masked before anything is kept.
    /// - Parameters:
    ///   - words: what was typed or asked.
    ///   - language: the language of the conversation.
    ///   - service: the code of the service, where it is known.
    ///   - body: the code of the body that would know.
    /// - Returns: the gap afterwards; its `id` goes into the contact.
    /// - Throws: `Refusal` where nothing was said or a code is not in the registry; `JournalError`.
    @discardableResult
    package func report(
        _ words: String, language: Language, service: String? = nil, body: String? = nil, by actor: Actor,
        at now: Moment, once key: CommandKey? = nil
    ) async throws -> GapRecord {
        let reported = GapReported(
            words: QueryMask.normalise(words), language: language, service: service, body: body)
        return try await casework.transact(by: actor, at: now, once: key) { session in
            try Self.check("service", service, "service", in: session.db)
            try Self.check("body", body, "body", in: session.db)
            if let open = try GapRecord.openGap(reported.words, service: service, in: session.db) {
                try session.perform(.again(GapRepeated(language: language)), on: KnowledgeGap.self, id: open)
                return try Self.record(open, in: session.db)
            }
            let id = try GapRecord.nextNumber(in: session.today.year, from: session.db)
            try session.perform(.report(reported), on: KnowledgeGap.self, id: id, isNew: true)
            return try Self.record(id, in: session.db)
        }
    }

    /// Links the additional information request by which a body was asked (797 §10).
    /// - Throws: `Refusal` where the gap is unknown or ended; `JournalError`.
    @discardableResult
    package func link(
        _ id: String, request: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> GapRecord {
        try await perform(.link(GapRequestLinked(request: request)), on: id, by: actor, at: now, once: key)
    }

    /// Closes a gap by the edition of a card that answers it.
    /// - Parameter group: the group of synonyms, where only the words were missing.
    /// - Throws: `Refusal` where the gap is unknown or ended, or the card has no such edition; `JournalError`.
    @discardableResult
    package func close(
        _ id: String, card: String, edition: Int, group: String? = nil, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> GapRecord {
        try await perform(
            .close(GapClosed(card: card, edition: edition, group: group)), on: id, by: actor, at: now, once: key
        ) { db in
            let known = try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM cardEdition WHERE code = ? AND edition = ?)",
                arguments: [card, edition])
            guard known == true else {
                throw KnowledgeRefusal.gapNoEdition(
                    "The card “\(card)” has no edition \(edition): name the edition that answers.",
                    field: "card")
            }
        }
    }

    /// Dismisses a gap with a reason.
    /// - Throws: `Refusal` where the gap is unknown or ended, or no reason is given; `JournalError`.
    @discardableResult
    package func dismiss(
        _ id: String, reason: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> GapRecord {
        try await perform(.dismiss(GapDismissed(reason: reason)), on: id, by: actor, at: now, once: key)
    }

    /// A gap by its number, nil where there is none.
    package func gap(_ id: String) async throws -> GapRecord? {
        try await casework.journal.read { try GapRecord.fetch(id, in: $0) }
    }

    /// The gaps of a choice, those met last first; without a filter those still open.
    package func gaps(
        _ filter: GapRecord.Filter = GapRecord.Filter(), after cursor: String? = nil, limit: Int = 50
    ) async throws -> KnowledgeList<GapRecord> {
        try await casework.journal.read { try GapRecord.fetch(filter, after: cursor, limit: limit, in: $0) }
    }

    private func perform(
        _ command: KnowledgeGap.Command, on id: String, by actor: Actor, at now: Moment, once key: CommandKey?,
        check: @escaping @Sendable (Database) throws -> Void = { _ in }
    ) async throws -> GapRecord {
        try await casework.transact(by: actor, at: now, once: key) { session in
            try check(session.db)
            try session.perform(command, on: KnowledgeGap.self, id: id)
            return try Self.record(id, in: session.db)
        }
    }

    private static func record(_ id: String, in db: Database) throws -> GapRecord {
        guard let record = try GapRecord.fetch(id, in: db) else {
            throw CaseworkError.noSuchCase(StreamID(kind: KnowledgeGap.streamKind, id: id))
        }
        return record
    }

    private static func check(_ table: String, _ code: String?, _ field: String, in db: Database) throws {
        guard let code else { return }
        let known = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE code = ?)", arguments: [code])
        guard known == true else {
            throw KnowledgeRefusal.gapUnknownCode(
                "The registry has no \(table) “\(code)”: correct the code.", field: field)
        }
    }
}
