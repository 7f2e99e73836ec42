import Casework
import Complaints
import GRDB
import Journal
import Onboarding
import WorkingDays

/// The door to the links of bodies: made and revoked by coordinators, opened by whoever holds one.
package struct BodyLinkDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    /// What signs.
    package let key: BodyLinkKey

    /// A desk over casework with the key that signs.
    package init(casework: Casework, key: BodyLinkKey) {
        self.casework = casework
        self.key = key
    }

    /// Makes a link to one request of one body.
    /// - Parameters:
    ///   - id: random, 32 hexadecimal digits; from the edge.
    ///   - expiresAt: when it ends.
    /// - Returns: what stands in its address.
    /// - Throws: `Refusal` where there is no such request or the end is in the past.
    package func make(
        id: String, request: String, until expiresAt: Moment, by actor: Actor, at now: Moment,
        once commandKey: CommandKey? = nil
    ) async throws -> String {
        let made = try await casework.transact(by: actor, at: now, once: commandKey) { session in
            guard let subject = try session.load(InformationRequest.self, id: request).state.subject else {
                throw CorrespondenceRefusal.bodyLinkNoRequest(
                    "There is no request “\(request)”: check the number.", field: "request")
            }
            try session.perform(
                .make(BodyLinkMade(request: request, body: subject.body, expiresAt: expiresAt)), on: BodyLink.self,
                id: id)
            return id
        }
        return key.token(for: made, until: expiresAt)
    }

    /// Makes a link to one complaint: for the body that must answer it, or for the person who complained.
    /// - Parameters:
    ///   - id: random, 32 hexadecimal digits; from the edge.
    ///   - subject: `complaint` or `standing`.
    ///   - expiresAt: when it ends.
    /// - Returns: what stands in its address.
    /// - Throws: `Refusal` where there is no such complaint, it was annulled, or the end is in the past.
    package func make(
        id: String, complaint: String, for subject: LinkSubject, until expiresAt: Moment, by actor: Actor,
        at now: Moment, once commandKey: CommandKey? = nil
    ) async throws -> String {
        let made = try await casework.transact(by: actor, at: now, once: commandKey) { session in
            try make(id: id, complaint: complaint, for: subject, until: expiresAt, in: session)
            return id
        }
        return key.token(for: made, until: expiresAt)
    }

    /// The same within a unit of work that decides more than that.
    /// - Throws: `Refusal`.
    @discardableResult
    package func make(
        id: String, complaint: String, for subject: LinkSubject, until expiresAt: Moment, in session: CaseSession
    ) throws -> String {
        guard let record = try ComplaintRecord.fetch(id: complaint, in: session.db), record.status != .annulled else {
            throw ComplaintRefusal.unknown("There is no such complaint: check the number.", field: "number")
        }
        let made = BodyLinkMade(
            request: complaint, body: subject == .complaint ? record.body : "", expiresAt: expiresAt, opens: subject)
        try session.perform(.make(made), on: BodyLink.self, id: id, isNew: true)
        return key.token(for: id, until: expiresAt)
    }

    /// Makes a link in a unit of work that has looked at what it opens: the cards of a campaign.
    /// - Throws: `Refusal` where the end is in the past.
    package func make(id: String, _ made: BodyLinkMade, in session: CaseSession) throws {
        try session.perform(.make(made), on: BodyLink.self, id: id, isNew: true)
    }

    /// The link of a body to the same that is good for two weeks yet, or the new one that is given.
    /// - Parameter newID: random, 32 hexadecimal digits; from the edge.
    /// - Throws: `Refusal` where the end of the new one is in the past.
    package func link(
        _ made: BodyLinkMade, newID: () -> String, in session: CaseSession
    ) throws -> (id: String, token: String) {
        let soon = session.now.adding(milliseconds: 14 * 86_400_000)
        let known = try BodyLinkRecord.fetch(request: made.request, subject: made.subject, in: session.db)
            .first { $0.isOpen(at: soon) && $0.body == made.body }
        if let known { return (known.id, token(of: known)) }
        let id = newID()
        try make(id: id, made, in: session)
        return (id, key.token(for: id, until: made.expiresAt))
    }

    /// What stands in the address of a link.
    package func token(of link: BodyLinkRecord) -> String { key.token(for: link.id, until: link.expiresAt) }

    /// The link of a token where it is signed by us, not over, not revoked, and opens one of the subjects; nil otherwise.
    /// Records nothing.
    package func find(
        _ token: String, at now: Moment, opening subjects: Set<LinkSubject> = [.request]
    ) async throws -> BodyLinkRecord? {
        guard let id = key.id(of: token, at: now) else { return nil }
        let link = try await casework.journal.read { try BodyLinkRecord.fetch(id: id, in: $0) }
        return link.flatMap { $0.isOpen(at: now) && subjects.contains($0.subject) ? $0 : nil }
    }

    /// The code that stands beside a link of an applicant.
    package func code(of id: String) -> String { key.code(for: id) }

    /// The open link of an applicant by the number of his complaint and the code that came with it, however it is typed;
    /// nil where there is none. All links of the number are compared, so that the time says nothing.
    package func find(number: String, code: String, at now: Moment) async throws -> BodyLinkRecord? {
        let typed = code.uppercased().filter { $0.isLetter || $0.isNumber }
        let links = try await casework.journal.read { db in
            try BodyLinkRecord.fetch(request: number, subject: .standing, in: db)
        }
        return links.filter { link in
            link.isOpen(at: now) && key.code(for: link.id).filter { $0 != "-" } == typed
        }.first
    }

    /// Records that the body looks at its link, once a day.
    package func opened(_ link: BodyLinkRecord, at now: Moment) async throws {
        if let last = link.lastOpenedAt, casework.today(last) == casework.today(now) { return }
        try await perform(.open, on: link.id, by: Self.actor(of: link), at: now)
    }

    /// Revokes a link to one of the subjects that whoever asks may revoke.
    /// - Throws: `Refusal`.
    package func revoke(
        _ id: String, of subjects: Set<LinkSubject> = [.request], reason: String, by actor: Actor, at now: Moment
    ) async throws {
        let link = try await casework.journal.read { try BodyLinkRecord.fetch(id: id, in: $0) }
        guard let link, subjects.contains(link.subject) else {
            throw CorrespondenceRefusal.bodyLinkUnknown("There is no such link.")
        }
        try await perform(.revoke(reason: reason), on: id, by: actor, at: now)
    }

    /// In whose name acts done by a link are recorded.
    package static func actor(of id: String) -> Actor { Actor("body-link:\(id.prefix(8))") }

    /// The same, an act of the applicant told from one of a body.
    package static func actor(of link: BodyLinkRecord) -> Actor {
        link.subject == .standing ? Actor("applicant-link:\(link.id.prefix(8))") : actor(of: link.id)
    }

    private func perform(_ command: BodyLinkCommand, on id: String, by actor: Actor, at now: Moment) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(command, on: BodyLink.self, id: id).version
        }
    }
}
