import Casework
import Journal
import WorkingDays

/// What came of sending the requests of a line to many bodies.
package struct SendingReport: Sendable, Codable, Equatable {
    /// The requests that were sent now.
    package var sent: [String] = []
    /// The requests that had been sent before and were left alone.
    package var already: [String] = []
    /// Why a request was not sent, by its number.
    package var refused: [String: String] = [:]
    /// The codes of these refusals, for words in other languages; nil in the receipts of earlier editions.
    package var codes: [String: String]?
    /// How many requests of the line still wait, where the sending was to stop before its end.
    package var left = 0

    mutating func refuse(_ id: String, _ refusal: Refusal) {
        refused[id] = refusal.reason
        codes = (codes ?? [:]).merging([id: refusal.code]) { $1 }
    }
}

extension OnboardingDesk {
    /// Records the sending of all requests of a line of a plan, one transaction for each (797 §4).
    ///
    /// Call it again after an interruption: what was sent already is left alone, so nobody gets a request twice.
    /// - Parameters:
    ///   - number: gives the outgoing number of a request.
    ///   - moment: when they were sent.
    ///   - limit: how many are sent at most before this returns.
    ///   - progress: told after each request how many are done of how many.
    /// - Throws: `JournalError`; `CancellationError`. What was sent stays sent.
    package func sendAll(
        plan: String, line: String, channel: String, document: String? = nil,
        number: @Sendable (InformationRequestRecord) -> String, limit: Int = .max, sentAt moment: Moment,
        by actor: Actor, at now: Moment,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> SendingReport {
        let records = try await casework.journal.read { db in
            try InformationRequestRecord.fetch(plan: plan, line: line, in: db)
        }
        var report = SendingReport()
        for (index, record) in records.enumerated() {
            if report.sent.count >= limit {
                report.left += record.state.isUnsent ? 1 : 0
                continue
            }
            if record.state == .cancelled { continue }
            try Task.checkCancellation()
            let sent = RequestSent(number: number(record), channel: channel, document: document)
            do {
                if try await sendOnce(sent, on: record.id, sentAt: moment, by: actor, at: now) {
                    report.sent.append(record.id)
                } else {
                    report.already.append(record.id)
                }
            } catch let refusal as Refusal {
                report.refuse(record.id, refusal)
            }
            progress(index + 1, records.count)
        }
        return report
    }

    /// Sends a request that was not sent, or whose sending failed; false where the body has it or will have it.
    private func sendOnce(
        _ sent: RequestSent, on id: String, sentAt moment: Moment, by actor: Actor, at now: Moment
    ) async throws -> Bool {
        try await casework.transact(by: actor, at: now) { session in
            let state = try session.load(InformationRequest.self, id: id).state
            guard state.sentAt == nil || state.failedAt != nil else { return false }
            var sent = sent
            if state.failedAt != nil { sent.again = .failed }
            try session.perform(.send(sent, at: moment), on: InformationRequest.self, id: id)
            return true
        }
    }
}
