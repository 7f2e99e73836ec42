import Casework
import GRDB
import Journal
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
    /// - Returns: the case, without its kind.
    /// - Throws: `Refusal`.
    package func begin(
        _ name: DutyName, _ note: DutyNote, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> String {
        func begin<Kind: DutyKind>(_ kind: Kind.Type) async throws -> String {
            try await casework.transact(by: actor, at: now, once: key) { session in
                guard !note.text.allSatisfy(\.isWhitespace) else {
                    throw Refusal("duty.textMissing", "Say what it is about.", field: "text")
                }
                let stem = "\(note.body)-\(session.zone.civilDate(of: moment))"
                var (id, count) = (stem, 1)
                while try session.load(Duty<Kind>.self, id: id).version > 0 {
                    count += 1
                    id = "\(stem)-\(count)"
                }
                try session.perform(.begin(note, at: moment), on: Duty<Kind>.self, id: id, isNew: true)
                return id
            }
        }
        return try await begin(name.kind)
    }

    /// Ends a short case by one of its kind's events.
    /// - Throws: `Refusal`.
    package func end(
        _ name: DutyName, id: String, by event: String, _ note: DutyNote, happenedAt moment: Moment, by actor: Actor,
        at now: Moment, once key: CommandKey? = nil
    ) async throws {
        func end<Kind: DutyKind>(_ kind: Kind.Type) async throws {
            try await self.end(
                kind, id: id, by: event, note, happenedAt: moment, by: actor, at: now, once: key)
        }
        try await end(name.kind)
    }

    /// A short case as it stands; a state without a beginning where there is none.
    package func duty(_ name: DutyName, id: String) async throws -> DutyState {
        func load<Kind: DutyKind>(_ kind: Kind.Type) async throws -> DutyState {
            try await casework.load(Duty<Kind>.self, id: id).state
        }
        return try await load(name.kind)
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
