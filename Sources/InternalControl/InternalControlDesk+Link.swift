import Casework
import Correspondence
import Journal
import WorkingDays

/// What a body does by its link, in the name of the link; it opens the forms and the discrepancies of one body.
extension InternalControlDesk {
    /// Takes a filing that has no fault. One with faults is told to the body and leaves nothing here: there is no such event,
    /// since its file is not kept.
    /// - Parameter expected: the version of the filing against which it was checked.
    /// - Throws: `Refusal`; `JournalError.conflict` where another was recorded after `expected`.
    package func take(
        _ id: FilingID, _ note: FilingNote, by link: BodyLinkRecord, at now: Moment, expecting expected: Int,
        once key: CommandKey? = nil
    ) async throws -> FilingOutcome {
        try Self.require(id.body, of: link)
        guard note.faults == 0 else {
            throw InternalControlRefusal.faulty(
                "The file has faults: correct them and send it again.", field: "document")
        }
        return try await take(
            id, note, at: now, by: BodyLinkDesk.actor(of: link), now: now, expecting: expected, once: key)
    }

    /// Records the body's answer to a question about a number.
    /// - Throws: `Refusal`.
    package func answer(
        _ id: FilingID, _ answer: FilingAnswer, by link: BodyLinkRecord, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        try Self.require(id.body, of: link)
        try await self.answer(id, answer, at: now, by: BodyLinkDesk.actor(of: link), now: now, once: key)
    }

    /// Records what the body makes of a discrepancy: it stands on the case and goes with the next explanation (797 §20).
    /// - Throws: `Refusal`.
    package func answer(
        _ number: String, _ note: DiscrepancyNote, by link: BodyLinkRecord, at now: Moment,
        once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: BodyLinkDesk.actor(of: link), at: now, once: key) { session in
            let found = try session.load(Discrepancy.self, id: number)
            try Self.require(found.state.figures?.body, of: link)
            return try session.perform(.answer(note), on: Discrepancy.self, id: number).version
        }
    }

    static func require(_ body: String?, of link: BodyLinkRecord) throws {
        guard link.subject == .filings, let body, link.body == body else {
            throw InternalControlRefusal.notYours("The link opens the forms of another body.")
        }
    }
}
