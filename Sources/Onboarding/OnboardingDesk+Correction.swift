import Casework
import Journal
import WorkingDays

/// A wrong moment put right; the entry itself stays, and the journal keeps both.
extension OnboardingDesk {
    /// Corrects when an entry of a request happened; the clocks follow.
    ///
    /// What was entered together with it follows too: the completion of the protocol after a signature, the return at
    /// once after incomplete information.
    /// - Parameters:
    ///   - entry: the place of the entry in the case, from 1.
    ///   - moment: when it really happened.
    ///   - reason: why the entry was wrong, in the person's words.
    /// - Returns: the version of the case afterwards.
    /// - Throws: `Refusal` without a reason, for an entry without a moment of its own, for a moment in the future or out
    ///   of the order of the steps; `ClockError` where consulting would have begun too early (797 §9).
    @discardableResult
    package func correctMoment(
        of entry: Int, to moment: Moment, reason: String, on id: String, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            guard !reason.allSatisfy(\.isWhitespace) else {
                throw OnboardingRefusal.reasonMissing("Give the reason of the correction.", field: "reason")
            }
            guard moment <= now else {
                throw OnboardingRefusal.future(
                    "The step would happen in the future: give the moment at which it happened.",
                    field: "at")
            }
            let events = try Self.corrections(of: entry, to: moment, reason: reason, on: id, in: session)
            let after = try session.correct(events, on: InformationRequest.self, id: id, expecting: expected)
            guard after.state.isInOrder else {
                throw OnboardingRefusal.order(
                    "With this moment the steps would not follow one another: look at the timeline and correct the other entry first.",
                    field: "at")
            }
            return after.version
        }
    }

    private static func corrections(
        of entry: Int, to moment: Moment, reason: String, on id: String, in session: CaseSession
    ) throws -> [InformationRequestEvent] {
        let entries = try session.entries(of: StreamID(kind: InformationRequest.streamKind, id: id))
        guard entries.indices.contains(entry - 1) else {
            throw OnboardingRefusal.entryUnknown(
                "The request has the entries 1 to \(entries.count): give one of them.",
                field: "entry")
        }
        let wrong = entries[entry - 1]
        guard let content = wrong.event.content as? InformationRequestEvent, content.hasOwnMoment else {
            throw OnboardingRefusal.entryHasNoMoment(
                "“\(wrong.recorded.name)” has no moment of its own: correct the step that it follows from.",
                field: "entry")
        }
        let subject = content.subject
        func correction(_ number: Int, _ was: Moment, _ to: Moment) -> InformationRequestEvent {
            .entryCorrected(
                EntryCorrected(
                    entry: number, text: session.zone.iso8601(to), reason: reason,
                    step: entries[number - 1].recorded.name,
                    was: was, moment: to), subject)
        }
        var events = [correction(entry, wrong.moment, moment)]
        switch content {
        case .protocolSigned:
            guard let completed = entries.first(where: { $0.recorded.name == "protocolCompleted" }) else { break }
            let signatures = entries.filter { $0.recorded.name == "protocolSigned" }
            let last = signatures.map { $0.recorded.version == entry ? moment : $0.moment }.max() ?? moment
            if last != completed.moment {
                events.append(correction(completed.recorded.version, completed.moment, last))
            }
        case .informationSubmitted:
            guard entries.indices.contains(entry) else { break }
            let next = entries[entry]
            if next.recorded.name == "informationReturned", next.moment == wrong.moment {
                events.append(correction(entry + 1, next.moment, moment))
            }
        default: break
        }
        return events
    }
}

extension InformationRequestEvent {
    /// Whether a person gave the moment of it, so that it can be corrected.
    package var hasOwnMoment: Bool {
        switch self {
        case .planLineApproved, .planLineAmended, .protocolCompleted, .requestCancelled, .entryCorrected: false
        default: true
        }
    }
}

extension InformationRequestState {
    /// Whether the steps follow one another; a request that was sent again after its receipt is not compared with it.
    var isInOrder: Bool {
        let steps = [
            sentAgain == nil ? sentAt : nil, receivedAt, appointedAt, submittedAt, trainedAt, completedAt, liveAt,
        ]
        .compactMap { $0 }
        return zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 }
    }
}
