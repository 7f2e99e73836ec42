import Casework
import GRDB
import Journal
import Registry
import WorkingDays

/// The short cases by their names, for pages and commands that learn the kind only when they run.
package enum DutyName: String, CaseIterable, Codable, Hashable, Sendable {
    case informationChange = "information-change"
    case responsiblePersonChange = "responsible-person-change"
    case additionalRequest = "additional-request"
    case refusalNotice = "refusal-notice"
    case agencyTraining = "agency-training"

    /// The kind.
    package var kind: any DutyKind.Type {
        switch self {
        case .informationChange: InformationChange.self
        case .responsiblePersonChange: ResponsiblePersonChange.self
        case .additionalRequest: AdditionalRequest.self
        case .refusalNotice: RefusalNotice.self
        case .agencyTraining: AgencyTraining.self
        }
    }
}

extension OnboardingDesk {
    /// Begins a short case and gives it a number: the body, the day, and a count where there are several.
    ///
    /// A responsible person who left answers for the body no more, in the same transaction (797 §7).
    /// - Returns: the case, without its kind.
    /// - Throws: `Refusal` where the registry does not know a code, or the law does not allow the case.
    package func begin(
        _ name: DutyName, _ note: DutyNote, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> String {
        func begin<Kind: DutyKind>(_ kind: Kind.Type) async throws -> String {
            try await casework.transact(by: actor, at: now, once: key) { session in
                guard !Kind.followsOthers else {
                    throw OnboardingRefusal.dutyFollowsRefusals(
                        "A notice begins by itself, with the second refusal.", field: "kind")
                }
                let id = try freeNumber("\(note.body)-\(session.zone.civilDate(of: moment))", of: kind, in: session)
                try self.begin(kind, id: id, note, at: moment, in: session)
                return id
            }
        }
        return try await begin(name.kind)
    }

    /// Begins a short case under a number of its own.
    package func begin<Kind: DutyKind>(
        _ kind: Kind.Type, id: String, _ note: DutyNote, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            try self.begin(kind, id: id, note, at: moment, in: session)
        }
    }

    /// Ends a short case by one of its kind's events.
    /// - Throws: `Refusal`; `JournalError.conflict`.
    package func end(
        _ name: DutyName, id: String, by event: String, _ note: DutyNote, happenedAt moment: Moment, by actor: Actor,
        at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws {
        func end<Kind: DutyKind>(_ kind: Kind.Type) async throws {
            try await self.end(
                kind, id: id, by: event, note, happenedAt: moment, by: actor, at: now, expecting: expected, once: key)
        }
        try await end(name.kind)
    }

    /// Ends a short case of a kind by one of its events.
    ///
    /// The notices to the Agency follow a refusal in the same transaction, with its documents (797 §12).
    package func end<Kind: DutyKind>(
        _ kind: Kind.Type, id: String, by event: String, _ note: DutyNote, happenedAt moment: Moment, by actor: Actor,
        at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let command = DutyCommand.end(event, note, at: moment)
            let loaded = try session.perform(command, on: Duty<Kind>.self, id: id, expecting: expected)
            try follow(loaded, in: session)
            return loaded.version
        }
    }

    /// A short case as it stands; a state without a beginning where there is none.
    package func duty(_ name: DutyName, id: String) async throws -> DutyState {
        func load<Kind: DutyKind>(_ kind: Kind.Type) async throws -> DutyState {
            try await casework.load(Duty<Kind>.self, id: id).state
        }
        return try await load(name.kind)
    }

    @discardableResult
    private func begin<Kind: DutyKind>(
        _ kind: Kind.Type, id: String, _ note: DutyNote, at moment: Moment, in session: CaseSession
    ) throws -> Int {
        var note = note
        note.zone = try note.zone ?? Registry.zone(ofBody: note.body, in: session.db)?.name
        let subject = try DutySubject(of: note, in: session.db)
        let command = DutyCommand.begin(note, about: subject, at: moment)
        let loaded = try session.perform(command, on: Duty<Kind>.self, id: id)
        if Kind.endNeedsPerson, let begun = loaded.state.begun, let leaver = begun.registration {
            let day = begun.on ?? session.zone.civilDate(of: moment)
            try Registry.releaseResponsiblePerson(leaver, on: day, .dismissed, in: session)
        }
        return loaded.version
    }

    /// What other cases do after a short case has changed.
    func follow<Kind: DutyKind>(_ loaded: LoadedCase<Duty<Kind>>, in session: CaseSession) throws {
        let concernsRefusals = loaded.state.endedBy == "additionalRefused" || Kind.followsOthers
        guard concernsRefusals, let body = loaded.state.begun?.body else { return }
        try followRefusals(of: body, in: session)
    }

    /// The first number of a stem that no case of a kind has.
    func freeNumber<Kind: DutyKind>(_ stem: String, of kind: Kind.Type, in session: CaseSession) throws -> String {
        var (id, count) = (stem, 1)
        while try session.load(Duty<Kind>.self, id: id).version > 0 {
            count += 1
            id = "\(stem)-\(count)"
        }
        return id
    }
}

extension DutySubject {
    /// What the registry knows of the codes of a note.
    init(of note: DutyNote, in db: Database) throws {
        let body = try Registry.body(note.body, in: db)
        self.init(
            bodyKind: body?.kind.rawValue, bodyEnd: body?.validTo,
            persons: try Registry.responsiblePersons(of: note.body, in: db).filter { $0.endedOn == nil }.map(\.id))
        guard let code = note.service else { return }
        guard let service = try Registry.service(code, in: db) else {
            self.service = .unknown
            return
        }
        let (owner, asked) = (service.owner, note.body)
        let isOwn =
            try Registry.answers(asked, for: owner, in: db) || Registry.answers(owner, for: asked, in: db)
            || InformationRequestRecord.last(of: code, body: asked, in: db) != nil
        self.service = isOwn ? .own : .foreign
    }
}

extension DutyRecord {
    /// The short cases that belong to a request: of its body, about its service or about none, the latest first.
    package static func fetch(body: String, service: String, in db: Database) throws -> [DutyRecord] {
        try fetch(body: body, in: db).filter { $0.service == nil || $0.service == service }
    }
}

extension DutyRecord {
    /// A short case, nil where there is none.
    package static func fetch(_ stream: StreamID, in db: Database) throws -> DutyRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM duty WHERE id = ?", arguments: [stream.rawValue]).map(DutyRecord.init)
    }
}

extension InformationRequestRecord {
    /// The latest request about a service to a body, nil where there is none.
    package static func last(
        of service: String, body: String, in db: Database
    ) throws -> InformationRequestRecord? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM informationRequest WHERE service = ? AND body = ? ORDER BY requestOn DESC LIMIT 1",
            arguments: [service, body]
        ).map(InformationRequestRecord.init)
    }
}
