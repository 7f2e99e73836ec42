import Casework
import Journal
import PersonalData
import Rulebook
import WorkingDays

/// What the body, the officer and the applicant do on a complaint's way to the body and back.
///
/// A body names itself: each of its acts is refused where the complaint is with another one by then.
extension ComplaintDesk {
    /// Records that the body has the complaint; the first confirmation of a body is the one that stands.
    /// - Throws: `Refusal`.
    @discardableResult
    package func receive(
        _ number: String, as body: String, reference: String? = nil, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: nil, once: key) { _ in
            .way(.receive(body: body, reference: reference))
        }
    }

    /// Records the answer that the body itself gives, at the moment at which it gives it.
    /// - Parameters:
    ///   - text: sealed.
    ///   - measures: what the body has done; holds no names.
    /// - Throws: `Refusal`.
    @discardableResult
    package func answer(
        _ number: String, as body: String, outcome: ComplaintOutcome, text: String?, attachment: String? = nil,
        measures: String? = nil, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> Int {
        try await act(number, as: body, by: actor, at: now, once: key) { session in
            let answer = ComplaintAnswered(
                answer: try seal(text, number, in: session), attachment: attachment, measures: measures,
                outcome: outcome)
            return [.way(.receive(body: body, reference: nil)), .answer(answer, at: now)]
        }
    }

    /// Records that the body extends its own review.
    /// - Throws: `Refusal`; `ClockError` where the law does not allow it.
    @discardableResult
    package func extend(
        _ number: String, as body: String, days: Int, reason: String, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await act(number, as: body, by: actor, at: now, once: key) { _ in
            [.way(.receive(body: body, reference: nil)), .extend(days: days, reason: reason, at: now)]
        }
    }

    /// Records that the body returns the complaint and which one it holds to be competent: a proposal to an officer.
    /// - Throws: `Refusal` where the registry does not have that body on the day.
    @discardableResult
    package func giveBack(
        _ number: String, as body: String, naming proposed: String, reason: String, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await refresh()
        return try await act(number, as: body, by: actor, at: now, once: key) { session in
            let known = try intake(calendar: session.calendar, in: session.db)
                .chosenBody(proposed, on: session.today, field: "body")
            let event = ComplaintReturnProposed(body: body, proposed: known.body.code, reason: reason)
            return [.way(.receive(body: body, reference: nil)), .way(.giveBack(event))]
        }
    }

    /// Declines a return: the body that has the complaint must answer it.
    /// - Throws: `Refusal`.
    @discardableResult
    package func declineReturn(
        _ number: String, reason: String, by actor: Actor, at now: Moment, expecting expected: Int? = nil,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: expected, once: key) { _ in
            .way(.decline(reason: reason))
        }
    }

    /// Records a question of the body to the applicant, sealed.
    /// - Throws: `Refusal`.
    @discardableResult
    package func ask(
        _ number: String, as body: String, question: String, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await act(number, as: body, by: actor, at: now, once: key) { session in
            let event = ApplicantAsked(body: body, question: try seal(question, number, in: session))
            return [.way(.receive(body: body, reference: nil)), .way(.ask(event))]
        }
    }

    /// Records words, sealed, or a document that the applicant adds.
    /// - Throws: `Refusal`.
    @discardableResult
    package func add(
        _ number: String, text: String?, document: String?, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: nil, once: key) { session in
            .way(.add(ApplicantAdded(document: document, text: try seal(text, number, in: session))))
        }
    }

    /// Records whether the answer helped the applicant.
    /// - Throws: `Refusal`.
    @discardableResult
    package func rate(
        _ number: String, isHelpful: Bool, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: nil, once: key) { _ in
            .way(.rate(isHelpful: isHelpful))
        }
    }

    /// Opens the text and the contacts for the body that must answer; the look is recorded first, once a day.
    ///
    /// The body answers the applicant and looks into his matter, so it gets what it needs for that (LSS art. 25); the
    /// reading is ours.
    /// - Throws: `Refusal` where the complaint is closed or with another body; `VaultError`.
    package func reveal(
        _ number: String, to body: String, by actor: Actor, at now: Moment
    ) async throws -> RevealedComplaint {
        try await act(number, as: body, by: actor, at: now, once: nil) { _ in
            [.reveal(purpose: "review by the body", body: body)]
        }
        guard let record = try await casework.journal.read({ try ComplaintRecord.fetch(id: number, in: $0) }),
            let revealed = try await reveal([record]).first
        else { throw CaseworkError.noSuchCase(StreamID(kind: Complaint.streamKind, id: number)) }
        return revealed
    }

    /// Takes an answer that does not satisfy the applicant to the Agency: a complaint of its own, with the words and the
    /// person of the first, under the Agency's term (LSS art. 25: fifteen working days).
    /// - Parameter words: why the answer does not satisfy; sealed before the text of the first.
    /// - Returns: what the applicant is told of the new complaint.
    /// - Throws: `Refusal` `cannotContinue` without an answer of a body, or where it was done already; `VaultError`.
    package func `continue`(
        _ number: String, words: String, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> ComplaintReceipt {
        try await refresh()
        return try await casework.transact(by: actor, at: now, once: key) { session in
            let before = try session.load(Complaint.self, id: number)
            guard let first = before.state.registered,
                let record = try ComplaintRecord.fetch(id: number, in: session.db)
            else { throw ComplaintRefusal.unknown("There is no such complaint: check the number.", field: "number") }
            let intake = try intake(calendar: session.calendar, in: session.db)
            let registration = try intake.registration(filedAt: now)
            guard let person = first.person.map({ PersonID($0) }),
                let body = intake.facts.agency(
                    over: before.state.body, unit: BodyAddress(code: before.state.body, unit: before.state.unit).region,
                    region: first.region, on: session.today)
            else { throw ComplaintRefusal.cannotContinue("There is no Agency in the registry, or nobody complained.") }
            let keys = try vault.existingKeys(for: [person])
            guard !keys.isErased(person) else {
                throw ComplaintRefusal.cannotContinue("The data of the person who complained were erased.")
            }
            let old = try record.revealed(with: keys).subject ?? ""
            let text = words + "\n\n" + old
            let next = try ComplaintNumber.next(in: registration.date.year, from: session.db).description
            let event = ComplaintRegistered(
                body: body.code, bodyKind: body.kind, channel: "portal", contacts: first.contacts, continues: number,
                ground: registration.ground, kind: before.state.kind, language: first.language,
                named: before.state.body, namedKind: before.state.bodyKind, namedUnit: before.state.unit,
                person: person.rawValue, region: first.region,
                registeredOn: registration.date, reviewer: .agency,
                routing: first.routing, rule: "taken-to-the-agency", service: first.service,
                subject: try keys.seal(Array(text.utf8), for: person).rawValue)
            try session.perform(.way(.continue(number: next)), on: Complaint.self, id: number)
            try session.perform(.register(event, at: now), on: Complaint.self, id: next, isNew: true)
            guard let made = try ComplaintRecord.fetch(id: next, in: session.db) else {
                throw CaseworkError.noSuchCase(StreamID(kind: Complaint.streamKind, id: next))
            }
            return receipt(made, rule: event.rule, isNew: true)
        }
    }

    /// Several commands of a body at once, refused where the complaint is with another one.
    @discardableResult
    private func act(
        _ number: String, as body: String, by actor: Actor, at now: Moment, once key: CommandKey?,
        _ commands: @escaping @Sendable (CaseSession) throws -> [Complaint.Command]
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let before = try session.load(Complaint.self, id: number)
            guard before.state.registered != nil else {
                throw ComplaintRefusal.unknown("There is no such complaint: check the number.", field: "number")
            }
            try Complaint.check(before.state, now, now)
            try Complaint.checkIsWith(body, before.state)
            return try session.perform(commands(session), on: before).version
        }
    }
}
