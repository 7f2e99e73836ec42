import Casework
import GRDB
import Journal
import TextAnalysis
import WorkingDays

extension ContactDesk {
    /// Writes a draft of a request for additional information (797 §10); numbers that look like a person's are masked.
    /// - Throws: `Refusal` where it says nothing or the registry does not have the body or service.
    package func draft(
        _ drafted: RequestDrafted, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> RequestDraftRecord {
        var masked = drafted
        masked.text = QueryMask.mask(drafted.text)
        let draft = masked
        return try await casework.transact(by: actor, at: now, once: key) { session in
            for (table, code) in [("body", draft.body), ("service", draft.service ?? "")]
            where !code.isEmpty || table == "body" {
                let isKnown = try Bool.fetchOne(
                    session.db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE code = ?)", arguments: [code])
                guard isKnown == true else {
                    throw ContactRefusal.draftUnknownCode(
                        "The registry has no \(table) “\(code)”: correct the code.", field: table)
                }
            }
            let id = try RequestDraftRecord.nextNumber(in: session.today.year, from: session.db)
            try session.perform(.draft(draft), on: RequestDraft.self, id: id, isNew: true)
            guard let record = try RequestDraftRecord.fetch(id, in: session.db) else {
                throw CaseworkError.noSuchCase(StreamID(kind: RequestDraft.streamKind, id: id))
            }
            return record
        }
    }

    /// Records that a draft was sent, or why it is not.
    /// - Throws: `Refusal`.
    package func perform(
        _ command: RequestDraft.Command, onDraft id: String, by actor: Actor, at now: Moment
    ) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(command, on: RequestDraft.self, id: id).version
        }
    }
}
