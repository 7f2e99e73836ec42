import Blocking
import Casework
import GRDB
import Journal
import PersonalData
import Rulebook
import WorkingDays

/// The door to complaints: what the web, the API and the command line call.
///
/// Every change is one transaction and gives the version of the complaint after it; it is safe to repeat with the same
/// `CommandKey`.
package struct ComplaintDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    /// The keys of applicants.
    package let vault: PersonVault
    /// Who must answer what.
    package let routing: RoutingBook
    /// Reads what the routing must know from the registry, inside the transaction that decides.
    package let facts: @Sendable (Database) throws -> RoutingFacts
    /// Whether an account may have complaints in its hands, read inside the transaction that decides.
    let isOfficer: @Sendable (Int64, Database) throws -> Bool
    /// Has what they are kept in brought up to date before a transaction begins.
    let refresh: @Sendable () async throws -> Void

    /// A desk that knows the registry by a keeper.
    package init(
        casework: Casework, vault: PersonVault, routing: RoutingBook, keeper: RoutingFactsKeeper,
        isOfficer: @escaping @Sendable (Int64, Database) throws -> Bool = { _, _ in false }
    ) {
        self.init(
            casework: casework, vault: vault, routing: routing, facts: { try keeper.facts(in: $0) },
            isOfficer: isOfficer, refresh: { try await keeper.refresh(from: casework.journal) })
    }

    /// A desk from its parts.
    package init(
        casework: Casework, vault: PersonVault, routing: RoutingBook,
        facts: @escaping @Sendable (Database) throws -> RoutingFacts,
        isOfficer: @escaping @Sendable (Int64, Database) throws -> Bool = { _, _ in false },
        refresh: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.casework = casework
        self.vault = vault
        self.routing = routing
        self.facts = facts
        self.isOfficer = isOfficer
        self.refresh = refresh
    }

    /// Registers a complaint and finds who must answer it.
    ///
    /// A complaint of the forum that was registered before is not registered again: its receipt is given once more.
    /// - Throws: `Refusal` that names the field; `RoutingError`; `CalendarError`; `JournalError`.
    package func register(
        _ filing: ComplaintFiling, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> ComplaintReceipt {
        try await refresh()
        return try await casework.transact(by: actor, at: now, once: key) { session in
            try register(filing, in: session)
        }
    }

    /// Brings up to date what a registration must know of the registry; called before a transaction that registers.
    package func prepare() async throws { try await refresh() }

    /// The same as `register(_:by:at:once:)` inside a transaction, after `prepare`.
    /// - Parameter person: whose complaint it is, where he is known already; otherwise by his IIN or this complaint.
    /// - Throws: as that.
    package func register(
        _ filing: ComplaintFiling, of person: PersonID? = nil, in session: CaseSession
    ) throws -> ComplaintReceipt {
        if let forumNumber = filing.forumNumber,
            let known = try ComplaintRecord.fetch(forumNumber: forumNumber, in: session.db)
        {
            return try receipt(known, in: session)
        }
        let intake = try intake(calendar: session.calendar, in: session.db)
        var event = try intake.registration(of: filing, now: session.now)
        let number = try ComplaintNumber.next(in: event.registeredOn.year, from: session.db).description
        let person =
            person
            ?? vault.person(knownBy: filing.contacts.identity(forumNumber: filing.forumNumber, number: number))
        // On the disk before what is sealed with them, in one commit with the keys of those who wait beside us.
        let keys = try vault.promisedKeys(for: [person])
        session.transaction.beforeCommit("vault") { [vault] in try vault.keepPromises() }
        event.person = person.rawValue
        if !filing.contacts.isEmpty {
            event.contacts = try keys.seal(filing.contacts.bytes, for: person).rawValue
        }
        event.subject = try keys.seal(Array(filing.subject.utf8), for: person).rawValue
        try session.perform(.register(event, at: filing.filedAt), on: Complaint.self, id: number, isNew: true)
        guard let record = try ComplaintRecord.fetch(id: number, in: session.db) else {
            throw CaseworkError.noSuchCase(StreamID(kind: Complaint.streamKind, id: number))
        }
        return receipt(record, rule: event.rule, isNew: true)
    }

    /// The receipt of a complaint that was registered before.
    package func receipt(_ known: ComplaintRecord, in session: CaseSession) throws -> ComplaintReceipt {
        let loaded = try session.load(Complaint.self, id: known.id)
        return receipt(known, rule: loaded.state.registered?.rule ?? "", isNew: false)
    }

    /// Hands a complaint to another body: to the one that is named and to no other.
    /// - Parameters:
    ///   - body: its code, or the address of one of its units (`BodyAddress`).
    ///   - moment: when it was handed over.
    /// - Throws: `Refusal`, `formerBody` where the body was no more on the day, with its successor; `JournalError.conflict` where the complaint is not at version `expected` any more.
    @discardableResult
    package func transfer(
        _ number: String, to body: String, reason: String, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await refresh()
        return try await perform(number, by: actor, at: now, expecting: expected, once: key) { session in
            let intake = try intake(calendar: session.calendar, in: session.db)
            return .late(try intake.transfer(to: body, reason: reason, at: moment, field: "body"))
        }
    }

    /// Extends the term of a review by working days, within the law's limit.
    /// - Throws: `Refusal`; `ClockError` where the law does not allow it.
    @discardableResult
    package func extend(
        _ number: String, days: Int, reason: String, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: expected, once: key) { _ in
            .extend(days: days, reason: reason, at: moment)
        }
    }

    /// Records that the applicant was told of an extension, and by what means.
    /// - Throws: `Refusal`.
    @discardableResult
    package func tellApplicant(
        _ number: String, by means: String, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: expected, once: key) { _ in
            .late(.tellApplicant(by: means, at: moment))
        }
    }

    /// Records the answer to a complaint.
    /// - Parameters:
    ///   - text: the text of the answer; sealed.
    ///   - attachment: the SHA-256 of the attached answer, in hexadecimal.
    ///   - measures: what the body has done; holds no names.
    /// - Throws: `Refusal`.
    @discardableResult
    package func answer(
        _ number: String, outcome: ComplaintOutcome, text: String? = nil, attachment: String? = nil,
        measures: String? = nil, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: expected, once: key) { session in
            let answer = ComplaintAnswered(
                answer: try seal(text, number, in: session), attachment: attachment, measures: measures,
                outcome: outcome)
            return .answer(answer, at: moment)
        }
    }

    /// Records that the applicant took the complaint back.
    /// - Throws: `Refusal`.
    @discardableResult
    package func withdraw(
        _ number: String, reason: String? = nil, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: expected, once: key) { _ in
            .withdraw(reason: reason, at: moment)
        }
    }

    /// Corrects when a complaint was answered or withdrawn; the entry stays, the clocks follow.
    ///
    /// What becomes of the term follows too: a breach that came of the wrong moment alone is gone, another one appears.
    /// - Parameters:
    ///   - moment: when it really happened.
    ///   - reason: why the entry was wrong; holds no names.
    /// - Returns: the version of the case afterwards.
    /// - Throws: `Refusal` without a reason, for an open complaint, for a moment in the future or before what the answer
    ///   follows; `JournalError.conflict`.
    @discardableResult
    package func correctClosing(
        _ number: String, to moment: Moment, reason: String, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let before = try session.load(Complaint.self, id: number)
            let closing = try session.entries(of: before.stream).last { entry in
                ["complaintAnswered", "complaintWithdrawn"].contains(entry.event.content.name)
            }
            let command = Complaint.Command.correctClosing(
                entry: closing?.recorded.version ?? 0, reason: reason, at: moment)
            return try correct(before, by: command, expecting: expected, in: session)
        }
    }

    /// Corrects when a complaint was filed: the day of registration, the beginning and the end of its term follow.
    ///
    /// The entry stays with what it said, the correction stands beside it. The number stays as well.
    /// - Parameters:
    ///   - moment: when it was really filed.
    ///   - reason: why the entry was wrong; holds no names.
    /// - Returns: the version of the case afterwards.
    /// - Throws: `Refusal` without a reason, for a moment in the future or after what happened next, and where a body that
    ///   has handed it on would be charged otherwise; `ClockError` where an extension would have come too late;
    ///   `CalendarError`; `JournalError.conflict`.
    @discardableResult
    package func correctFiling(
        _ number: String, to moment: Moment, reason: String, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await refresh()
        return try await casework.transact(by: actor, at: now, once: key) { session in
            let before = try session.load(Complaint.self, id: number)
            let filing = try session.entries(of: before.stream).first { entry in
                entry.event.content.name == "complaintRegistered"
            }
            let (day, ground) = try registration(filedAt: moment, in: session)
            // The term of a former reviewer of another kind is over, and what he is charged with stays.
            if let registered = before.state.registered, registered.registeredOn != day,
                before.state.transfers.contains(where: { $0.event.reviewer != registered.reviewer })
            {
                throw CaseSession.formerTerm
            }
            let command = Complaint.Command.correctFiling(
                entry: filing?.recorded.version ?? 0, registeredOn: day, ground: ground, reason: reason, at: moment)
            return try correct(before, by: command, expecting: expected, in: session)
        }
    }

    /// Annuls a complaint that was registered by mistake: it stays in the journal and on its page with the reason, its
    /// clocks are cancelled, nobody is charged, and no number of a month counts it.
    ///
    /// A report that was sealed stays as it is; the next revision lists what reads otherwise.
    /// - Parameters:
    ///   - ground: what kind of mistake it was.
    ///   - original: the number of the complaint of which this one is a duplicate; nil for another mistake.
    ///   - reason: why; holds no names.
    /// - Throws: `Refusal` without a reason, for an unknown original, for one that is annulled itself, and for a complaint
    ///   that was annulled before; `JournalError.conflict`.
    @discardableResult
    package func annul(
        _ number: String, as ground: AnnulmentGround, duplicateOf original: String? = nil, reason: String,
        by actor: Actor, at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let before = try session.load(Complaint.self, id: number)
            let annulled = ComplaintAnnulled(duplicateOf: original, ground: ground, reason: reason)
            let events = try Complaint.decide(.annul(annulled), on: before.state, in: context(before, session))
            if let original {
                let found = try ComplaintRecord.fetch(id: original, in: session.db)
                guard original != number, let found, found.status != .annulled else {
                    throw ComplaintRefusal.duplicateOf(
                        "“\(original)” is not the number of another complaint that stands: check it.",
                        field: "duplicateOf")
                }
            }
            guard let event = events.first?.event else { return before.version }
            return try session.annul(event, on: Complaint.self, id: number, expecting: expected).version
        }
    }

    /// Records what a correcting command decides; a correction that changes nothing is no event.
    private func correct(
        _ before: LoadedCase<Complaint>, by command: Complaint.Command, expecting expected: Int?,
        in session: CaseSession
    ) throws -> Int {
        let corrections = try Complaint.decide(command, on: before.state, in: context(before, session)).map(\.event)
        guard !corrections.isEmpty else { return before.version }
        return try session.correct(
            corrections, on: Complaint.self, id: before.stream.id, expecting: expected, byMoment: true
        ).version
    }

    private func context(_ before: LoadedCase<Complaint>, _ session: CaseSession) -> DecisionContext {
        DecisionContext(
            now: session.now, actor: session.transaction.actor, calendar: session.calendar, zone: session.zone,
            clocks: before.clocks, procedure: nil)
    }

    /// The day on which what is filed at a moment is registered, and why.
    private func registration(
        filedAt moment: Moment, in session: CaseSession
    ) throws -> (date: CivilDate, ground: RegistrationRule.Ground) {
        try intake(calendar: session.calendar, in: session.db).registration(filedAt: moment)
    }

    /// Corrects the kind of a complaint.
    /// - Throws: `Refusal`.
    @discardableResult
    package func classify(
        _ number: String, as kind: ComplaintKind, reason: String, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: expected, once: key) { _ in
            .classify(kind, reason: reason)
        }
    }

    /// Adds a note, sealed as the text of the complaint is.
    /// - Throws: `Refusal`.
    @discardableResult
    package func note(
        _ number: String, text: String, by actor: Actor, at now: Moment, expecting expected: Int? = nil,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await perform(number, by: actor, at: now, expecting: expected, once: key) { session in
            .note(ComplaintNoted(text: try seal(text, number, in: session)))
        }
    }

    /// Opens the name, the contacts and the text of one complaint; the look is recorded before anything is shown.
    /// - Parameter purpose: what for; recorded, holds no names.
    /// - Throws: `Refusal` without a purpose or such a complaint; `VaultError`.
    package func reveal(
        _ number: String, for purpose: String, by actor: Actor, at now: Moment
    ) async throws -> RevealedComplaint {
        try await perform(number, by: actor, at: now, expecting: nil, once: nil) { _ in .reveal(purpose: purpose) }
        guard let record = try await casework.journal.read({ try ComplaintRecord.fetch(id: number, in: $0) }),
            let revealed = try await reveal([record]).first
        else { throw CaseworkError.noSuchCase(StreamID(kind: Complaint.streamKind, id: number)) }
        return revealed
    }

    /// Opens what is sealed in some rows, off the cooperative pool, in their order.
    /// - Throws: `VaultError.doesNotOpen`; `DatabaseError`.
    package func reveal(_ records: [ComplaintRecord]) async throws -> [RevealedComplaint] {
        try await Blocking.brief.run {
            let keys = try vault.existingKeys(for: records.compactMap { $0.person.map { PersonID($0) } })
            return try records.map { try $0.revealed(with: keys) }
        }
    }

    /// Opens a text that was sealed in an event of a complaint: an answer or a note; nil where the person was erased.
    package func reveal(_ sealed: String, of person: String) async throws -> String? {
        try await Blocking.brief.run {
            let keys = try vault.existingKeys(for: [PersonID(person)])
            return try keys.open(SealedText(sealed), of: PersonID(person)).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// What turns filings into registrations, with the registry as it stands.
    package func intake(calendar: WorkingCalendar, in db: Database) throws -> ComplaintIntake {
        ComplaintIntake(
            routing: routing, facts: try facts(db), rulebooks: casework.rulebooks, calendar: calendar,
            zone: casework.zone)
    }

    @discardableResult
    func perform(
        _ number: String, by actor: Actor, at now: Moment, expecting expected: Int?, once key: CommandKey?,
        _ command: @escaping @Sendable (CaseSession) throws -> Complaint.Command
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let asked = try command(session)
            if case .late = asked {
                return try Self.enter(
                    [asked], on: session.load(Complaint.self, id: number), expecting: expected, session
                )
                .version
            }
            return try session.perform(asked, on: Complaint.self, id: number, expecting: expected).version
        }
    }

    /// Seals a text for the applicant of a complaint; nil where he has been erased.
    func seal(_ text: String?, _ number: String, in session: CaseSession) throws -> String? {
        guard let text, let person = try ComplaintRecord.fetch(id: number, in: session.db)?.person else { return nil }
        guard try !vault.existingKeys(for: [PersonID(person)]).isErased(PersonID(person)) else { return nil }
        let keys = try vault.keys(for: [PersonID(person)])
        return try keys.seal(Array(text.utf8), for: PersonID(person)).rawValue
    }

    func receipt(_ record: ComplaintRecord, rule: String, isNew: Bool) -> ComplaintReceipt {
        ComplaintReceipt(
            number: record.id, body: record.body, rule: rule, registeredOn: record.registeredOn, dueOn: record.dueOn,
            isNew: isNew)
    }
}
