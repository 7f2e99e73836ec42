import Casework
import Journal
import Registry
import WorkingDays

/// Short cases that were entered wrongly: an entry is put right, or the whole case is annulled; both stay visible.
extension OnboardingDesk {
    /// Corrects when an entry of a short case happened, or the day that its beginning names; the clocks follow.
    ///
    /// A refusal that moves takes the notices to the Agency with it.
    /// - Parameters:
    ///   - entry: the place of the entry in the case, from 1.
    ///   - moment: when it really happened; nil where that was right.
    ///   - on: the day on which it takes effect; nil where that was right.
    /// - Returns: the version of the case afterwards.
    /// - Throws: `Refusal` without a reason, for an entry without a moment of its own, out of order or in the future;
    ///   `JournalError.conflict`.
    @discardableResult
    package func correct(
        _ name: DutyName, id: String, entry: Int, to moment: Moment?, on: CivilDate? = nil, reason: String,
        by actor: Actor, at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        func correct<Kind: DutyKind>(_ kind: Kind.Type) async throws -> Int {
            try await casework.transact(by: actor, at: now, once: key) { session in
                let command = DutyCommand.correct(entry: entry, moment: moment, on: on, reason: reason)
                let event = try decided(command, kind, id: id, in: session)
                let after = try session.correct(event, on: Duty<Kind>.self, id: id, expecting: expected)
                try follow(after, in: session)
                return after.version
            }
        }
        return try await correct(name.kind)
    }

    /// Annuls a short case that was entered by mistake: nobody is charged with it, and no list counts it.
    ///
    /// Where the departure of a responsible person is annulled, he answers for the body again. A notice whose refusals
    /// stand begins anew.
    /// - Parameter reference: the case that stands, where this one is its duplicate.
    /// - Returns: the version of the case afterwards.
    /// - Throws: `Refusal` without a reason, or where it was annulled before; `JournalError.conflict`.
    @discardableResult
    package func annul(
        _ name: DutyName, id: String, reason: String, reference: String? = nil, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        func annul<Kind: DutyKind>(_ kind: Kind.Type) async throws -> Int {
            try await casework.transact(by: actor, at: now, once: key) { session in
                let after = try self.annul(
                    kind, id: id, reason: reason, reference: reference, expecting: expected, in: session)
                try follow(after, in: session)
                return after.version
            }
        }
        return try await annul(name.kind)
    }

    /// The same in the caller's transaction, without what follows from it in other cases.
    @discardableResult
    func annul<Kind: DutyKind>(
        _ kind: Kind.Type, id: String, reason: String, reference: String? = nil, expecting expected: Int? = nil,
        in session: CaseSession
    ) throws -> LoadedCase<Duty<Kind>> {
        let events = try decided(.annul(reason: reason, reference: reference), kind, id: id, in: session)
        let before = try session.load(Duty<Kind>.self, id: id)
        guard let event = events.first else { return before }
        if Kind.endNeedsPerson, before.state.ended == nil, let leaver = before.state.begun?.registration {
            try Registry.reinstateResponsiblePerson(leaver, in: session)
        }
        return try session.annul(event, on: Duty<Kind>.self, id: id, expecting: expected)
    }

    private func decided<Kind: DutyKind>(
        _ command: DutyCommand, _ kind: Kind.Type, id: String, in session: CaseSession
    ) throws -> [DutyEvent] {
        let before = try session.load(Duty<Kind>.self, id: id)
        let context = DecisionContext(
            now: session.now, actor: session.transaction.actor, calendar: session.calendar, zone: session.zone,
            clocks: before.clocks, procedure: nil)
        return try Duty<Kind>.decide(command, on: before.state, in: context).map(\.event)
    }

    /// Records the body's notice of a new responsible person and enters him in the registry, in one transaction (797 §7).
    /// - Parameters:
    ///   - sealed: his details, sealed before.
    ///   - id: the case that the departure of the former one began.
    ///   - since: the first day on which he answers.
    /// - Throws: `Refusal`; `JournalError.conflict`.
    package func notifyResponsiblePerson(
        _ sealed: SealedResponsiblePerson, ending id: String, _ note: DutyNote, since: CivilDate,
        happenedAt moment: Moment, by actor: Actor, at now: Moment, expecting expected: Int? = nil,
        once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let before = try session.load(Duty<ResponsiblePersonChange>.self, id: id).state
            var note = note
            if let begun = before.begun, before.ended == nil, before.annulled == nil {
                // A case of the time before the register was told who left: whoever answers now is replaced.
                note.registration = try Registry.registerResponsiblePerson(
                    sealed, of: begun.body, since: since, replacing: begun.registration.map { [$0] }, in: session)
            }
            let command = DutyCommand.end("responsiblePersonNotified", note, at: moment)
            return try session.perform(
                command, on: Duty<ResponsiblePersonChange>.self, id: id, expecting: expected
            ).version
        }
    }
}
