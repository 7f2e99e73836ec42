import Casework
import GRDB
import Journal
import KnowledgeBase
import WorkingDays

/// What a remark of a body becomes in the hands of a coordinator.
extension CampaignDesk {
    /// Closes a remark by the present edition of its card.
    /// - Throws: `Refusal`: `objection.card` where the card is still at the edition that the body saw.
    package func correct(_ id: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil) async throws {
        try await settle([id], by: actor, at: now, once: key) { remark, db in
            let edition = try CardRecord.fetch(remark.card, in: db)?.edition
            return CardObjectionSettled(draft: nil, edition: edition, how: .corrected, reason: nil)
        }
    }

    /// Closes a remark of which nothing follows.
    /// - Throws: `Refusal`: `objection.noReason`.
    package func dismiss(
        _ id: String, reason: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        try await settle([id], by: actor, at: now, once: key) { _, _ in
            CardObjectionSettled(draft: nil, edition: nil, how: .dismissed, reason: reason)
        }
    }

    /// Closes the remarks that a draft of an additional request asks about (797 §10); those that are done with stay as they are.
    /// - Parameter draft: the number of the draft.
    /// - Throws: `Refusal` where there is no such remark.
    package func asked(
        _ ids: [String], draft: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        try await settle(ids, by: actor, at: now, once: key) { remark, _ in
            remark.isOpen ? CardObjectionSettled(draft: draft, edition: nil, how: .asked, reason: nil) : nil
        }
    }

    private func settle(
        _ ids: [String], by actor: Actor, at now: Moment, once key: CommandKey?,
        _ end: @escaping @Sendable (ObjectionRecord, Database) throws -> CardObjectionSettled?
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            for id in ids {
                guard let remark = try ObjectionRecord.fetch(id, in: session.db) else {
                    throw FreshnessRefusal.objectionUnknown("There is no such remark: check the number.")
                }
                guard let settled = try end(remark, session.db) else { continue }
                try session.perform(.settle(settled), on: CardObjection.self, id: id)
            }
            return ids.count
        }
    }
}
