import CanonicalJSON
import Casework
import Crypto
import GRDB
import Journal
import KnowledgeBase
import Onboarding
import Registry
import WorkingDays

/// The door to the forms that bodies submit; every act is one transaction and safe to repeat by its key.
package struct CardProposalDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework

    /// A desk over casework.
    package init(casework: Casework) { self.casework = casework }

    /// The first part of the names of the streams.
    static let streamKind = "cardProposal"

    /// The form of a request as its body sees it: the draft that it keeps, else what it submitted last and got back, else the card.
    /// Where the card has a new edition since, what the body did not touch is as that edition says.
    /// - Returns: nil where the service has no card.
    package static func draft(of request: String, service: String, in db: Database) throws -> CardDraft? {
        guard let record = try CardRecord.fetch(service, in: db) else { return nil }
        var draft = CardDraft(form: CardForm(record.card), edition: record.edition, savedAt: record.editedAt)
        if let kept = try CardDrafts.fetch(CardDrafts.id(request: request), in: db) {
            draft = kept
        } else if let returned = try CardProposalRecord.latest(of: request, in: db) {
            draft = CardDraft(form: CardForm(returned.card), edition: returned.base, savedAt: returned.proposedAt)
        }
        guard draft.edition != record.edition,
            let base = try CardRecord.edition(draft.edition, of: service, in: db)?.card
        else { return draft }
        return CardDraft(
            form: draft.form.moved(from: CardForm(base), to: CardForm(record.card)), edition: record.edition,
            savedAt: draft.savedAt)
    }

    /// What stands for a draft that was shown, so that nobody submits what he did not see.
    package static func digest(of draft: CardDraft) throws -> String {
        let bytes = try CanonicalCoding.encode(draft.form)
        return EventLink.hexadecimal(Array(SHA256.hash(data: bytes + Array("\(draft.edition)".utf8))))
    }

    /// What is wrong with the draft of a body, and what the appendix of 797 asks for and it does not say (§5).
    package static func check(_ draft: CardDraft, of service: String, in db: Database) throws -> CardFormCheck? {
        try CardDesk.check(draft.form, of: service, edition: draft.edition, in: db)
    }

    /// Submits the draft of a request: the step of the request with what came along, and the draft edition (797 §5).
    /// - Parameter digest: what stood for the draft that was shown.
    /// - Throws: `CardFormFaults` where something is wrong or lacks; `Refusal`; `JournalError`.
    package func submit(
        _ submitted: InformationSubmitted, _ digest: String, of request: String, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let state = try session.load(InformationRequest.self, id: request).state
            let id = CardDrafts.id(request: request)
            guard let service = state.line?.service, let body = state.line?.body,
                let draft = try CardDrafts.fetch(id, in: session.db)
            else { throw CardProposalRefusal.noDraft("There is no form to submit: fill it in first.") }
            let present = try CardRecord.fetch(service, in: session.db)?.edition
            guard try Self.digest(of: draft) == digest, present == draft.edition else {
                throw CardProposalRefusal.changed("The form has changed since it was shown: look at it again.")
            }
            guard let checked = try Self.check(draft, of: service, in: session.db) else {
                throw CardProposalRefusal.noCard("The service has no card of that edition: begin the form anew.")
            }
            let faults = checked.faults + draft.form.missing
            guard faults.isEmpty else { throw CardFormFaults(faults: faults) }
            let stream = StreamID(kind: Self.streamKind, id: request)
            let version = try session.transaction.events(of: stream).count
            try session.append(
                [
                    CardProposalEvent.cardProposed(
                        CardProposed(card: checked.card, base: draft.edition, body: body))
                ], to: stream, expecting: version)
            try CardDrafts.remove(id, in: session.db)
            return try session.perform(.submit(submitted, at: now), on: InformationRequest.self, id: request).version
        }
    }

    /// Returns a form with remarks on its fields: the body's term of 797 §5 runs anew.
    /// - Parameters:
    ///   - number: the form that the person saw.
    ///   - note: the reason, as the request keeps it.
    /// - Throws: `Refusal`; `JournalError`.
    package func giveBack(
        _ number: Int, remarks: [CardProposalRemark], _ note: StepNote, of request: String, by actor: Actor,
        at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let proposal = try waiting(number, of: request, in: session)
            if let other = remarks.first(where: { CardFormField(rawValue: $0.field) == nil }) {
                throw CardProposalRefusal.unknownField("“\(other.field)” is no field of a card: correct it.")
            }
            if remarks.isEmpty, note.text.allSatisfy(\.isWhitespace) {
                throw CardProposalRefusal.noRemark("Say at a field, or for the whole, what has to be mended.")
            }
            try session.perform(.giveBack(note, at: now), on: InformationRequest.self, id: request)
            try session.append(
                [CardProposalEvent.cardProposalReturned(CardProposalReturned(remarks: remarks))],
                to: StreamID(kind: Self.streamKind, id: request), expecting: proposal.version)
            return proposal.version + 1
        }
    }

    /// Accepts a form: a new edition of the card, confirmed by the body that signed it where it answers for the card, entered into
    /// the knowledge base (797 §5).
    /// - Parameters:
    ///   - number: the form that the person saw.
    ///   - edition: the edition of the card with which it was compared.
    /// - Returns: the edition of the card afterwards.
    /// - Throws: `Refusal`; `JournalError`.
    package func accept(
        _ number: Int, against edition: Int, of request: String, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let proposal = try waiting(number, of: request, in: session)
            let code = proposal.card.code
            guard let record = try CardRecord.fetch(code, in: session.db) else {
                throw CardProposalRefusal.noCard("The service has no card.")
            }
            if record.card != proposal.card || record.edition != edition {
                try CardDesk.perform(
                    .edit(
                        proposal.card, source: request, origin: .submission, expecting: edition,
                        renews: record.outdated != nil), on: code, in: session)
            }
            let present = try CardRecord.fetch(code, in: session.db)?.edition ?? edition
            if record.state != .withdrawn,
                try Registry.answers(proposal.body, for: proposal.card.owner, in: session.db)
            {
                try CardDesk.perform(
                    .confirm(edition: present, body: proposal.body, document: request), on: code, in: session)
            }
            try session.perform(
                .enter(
                    InformationEntered(card: code, edition: present),
                    into: CardStanding(service: code, edition: present), at: now), on: InformationRequest.self,
                id: request)
            try session.append(
                [CardProposalEvent.cardProposalAccepted(CardProposalAccepted(edition: present))],
                to: StreamID(kind: Self.streamKind, id: request), expecting: proposal.version)
            return present
        }
    }

    private func waiting(_ number: Int, of request: String, in session: CaseSession) throws -> CardProposalRecord {
        guard let proposal = try CardProposalRecord.latest(of: request, in: session.db), proposal.number == number,
            proposal.state == .waiting
        else {
            throw CardProposalRefusal.settled("This form was answered meanwhile: look at the request again.")
        }
        return proposal
    }
}
