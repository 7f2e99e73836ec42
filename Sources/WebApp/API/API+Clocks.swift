import CanonicalJSON
import Casework
import Journal
import Languages
import Rulebook
import WorkingDays

/// The worklist of clocks, and what all cases show of theirs.
enum ClockAPI {
    static let queries = APIPage.queries + ["status", "owner", "body", "kind", "open", "dueFrom", "dueThrough"]

    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = ClockFilter()
        filter.statuses = try api.queryChoices("status", Clock.Status.self)
        filter.owners = try api.queryChoices("owner", ClockOwner.self)
        filter.body = api.site.query("body")
        filter.caseKind = api.site.query("kind")
        filter.dueFrom = try api.queryDate("dueFrom")
        filter.dueThrough = try api.queryDate("dueThrough")
        if let open = api.site.query("open") {
            guard open == "true" || open == "false" else {
                throw APIProblem(.badRequest, "The query open is true or false.")
            }
            filter.isOpen = open == "true"
        }
        let (chosen, limit, offset) = (filter, page.limit + 1, try page.offset)
        let clocks = try await api.centre.journal.read { db in
            try ClockRow.fetch(chosen, limit: limit, offset: offset, in: db)
        }
        let titles = CaseParts.titles(api.centre.casework.rulebooks)
        return try page.answer(clocks) { json($0, titles) }
    }

    static func json(_ clock: ClockRow, _ titles: [String: Localized]) -> JSON {
        .members([
            "case": .string(clock.stream.rawValue), "rule": .string(clock.rule),
            "title": titles[clock.rule].map(JSON.names) ?? .null, "owner": .string(clock.owner.rawValue),
            "force": .string(clock.force.rawValue), "body": .text(clock.body), "service": .text(clock.service),
            "dayZero": .date(clock.dayZero), "firstDue": .date(clock.firstDue), "due": .date(clock.due),
            "target": .date(clock.target), "isProvisional": .bool(clock.isProvisional), "proof": .string(clock.proof),
            "status": .string(clock.status.rawValue), "endedOn": .date(clock.endedOn),
            "breachedOn": .date(clock.breachedOn), "isFlagged": .bool(clock.isFlagged),
        ])
    }
}

/// What every case shows: its clocks and what happened in it, without anything that is sealed.
struct CaseDocument: Sendable {
    let version: Int
    let clocks: JSON
    let timeline: JSON

    /// Reads a case; nil where it does not exist.
    init?(_ stream: StreamID, _ api: APIRequest) async throws {
        let casework = api.centre.casework
        let history = try await casework.history(of: stream)
        guard let last = history.last else { return nil }
        version = last.recorded.version
        let rows = try await api.centre.journal.read { try ClockRow.fetch(of: stream, in: $0) }
        let titles = CaseParts.titles(casework.rulebooks)
        clocks = .array(rows.map { ClockAPI.json($0, titles) })
        timeline = .array(
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
    }
}
