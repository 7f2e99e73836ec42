import CanonicalJSON
import Casework
import Complaints
import ContactCentre
import Journal
import Onboarding
import Rulebook

/// One case for programs: its record, its clocks and what happened in it, without anything that is sealed.
package struct CaseDocument: Sendable {
    /// The version of the case.
    package let version: Int
    /// All of it as one object.
    package let json: JSON

    /// An information request with the steps that may follow; nil where there is none.
    package static func request(_ id: String, in centre: ContactCentre) async throws -> CaseDocument? {
        let record = try await centre.journal.read { try InformationRequestRecord.fetch(id: id, in: $0) }
        guard let record else { return nil }
        let state = try await centre.casework.load(InformationRequest.self, id: id).state
        var members = record.json.object ?? [:]
        members["nextSteps"] = .array(state.nextSteps.map { .string($0.rawValue) })
        return try await CaseDocument(members, of: StreamID(kind: InformationRequest.streamKind, id: id), in: centre)
    }

    /// A short case beside the requests; nil where there is none.
    package static func duty(_ stream: StreamID, in centre: ContactCentre) async throws -> CaseDocument? {
        let record = try await centre.journal.read { try DutyRecord.fetch(stream, in: $0) }
        guard let record else { return nil }
        return try await CaseDocument(record.json.object ?? [:], of: stream, in: centre)
    }

    /// A request or a short case, by its stream; nil where there is none.
    package static func onboarding(_ stream: StreamID, in centre: ContactCentre) async throws -> CaseDocument? {
        stream.kind == InformationRequest.streamKind
            ? try await request(stream.id, in: centre) : try await duty(stream, in: centre)
    }

    /// A complaint; nil where there is none.
    package static func complaint(_ number: String, in centre: ContactCentre) async throws -> CaseDocument? {
        let record = try await centre.journal.read { try ComplaintRecord.fetch(id: number, in: $0) }
        guard let record else { return nil }
        return try await CaseDocument(
            record.json.object ?? [:], of: StreamID(kind: Complaint.streamKind, id: number), in: centre)
    }

    private init?(_ record: [String: JSON], of stream: StreamID, in centre: ContactCentre) async throws {
        let casework = centre.casework
        let history = try await casework.history(of: stream)
        guard let last = history.last else { return nil }
        version = last.recorded.version
        let clocks = try await centre.journal.read { try ClockRow.fetch(of: stream, in: $0) }
        let titles = casework.rulebooks.ruleTitles
        var members = record
        members["version"] = .number(version)
        members["clocks"] = .array(clocks.map { $0.json(titles: titles) })
        members["timeline"] = .array(
            history.map { recorded, event in
                .members([
                    "entry": .number(recorded.version), "event": .string(recorded.name),
                    "occurredAt": .moment(recorded.occurredAt), "recordedAt": .moment(recorded.recordedAt),
                    "actor": .string(recorded.actor.rawValue),
                    "clocks": .array(
                        event.changes.map { change in
                            .members([
                                "rule": .string(change.clock), "change": .string(change.kind.rawValue),
                                "due": .date(change.due), "outcome": .text(change.outcome?.rawValue),
                            ])
                        }),
                ])
            })
        json = .object(members)
    }
}
