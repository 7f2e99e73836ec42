import CanonicalJSON
import Casework
import ContactCentre
import HTTPTypes
import Journal
import Onboarding
import Registry
import WorkingDays

/// The short cases beside the requests (797 §6, §7, §10, §12, §19): lists, one with its clocks, every step as a command.
enum DutyAPI {
    static let queries = APIPage.queries + ["kind", "body", "open"]

    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        let kinds = try api.queryChoices("kind", DutyName.self)
        let body = api.site.query("body")
        let isOpen = api.site.query("open")
        guard isOpen == nil || isOpen == "true" else {
            throw APIProblem(.badRequest, "The query open is true or left out.")
        }
        let (limit, offset) = (page.limit + 1, try page.offset)
        let records = try await api.centre.journal.read { db in
            try DutyRecord.fetch(
                kinds: kinds, body: body, isOpen: isOpen != nil, limit: limit, offset: offset, in: db)
        }
        return try page.answer(records) { $0.json }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let (name, id) = try place(api)
        guard let document = try await CaseDocument.duty(stream(name, id), in: api.centre) else {
            throw APIProblem.missing("case “\(name.rawValue)/\(id)”")
        }
        return .versioned(document.json, document.version)
    }

    static func begin(_ api: APIRequest) async throws -> APIAnswer {
        let name = try kind(api)
        let fields = try api.fields(["body", "service", "text", "reference", "document", "on", "person", "at"])
        let note = DutyNote(
            body: try fields.text("body"), service: try fields.optionalText("service"),
            text: try fields.text("text"), reference: try fields.optionalText("reference"),
            documents: try fields.document("document", api).map { [$0] } ?? [], on: try fields.optionalDate("on"),
            registration: try fields.optionalText("person"))
        let id = try await api.centre.onboarding.begin(
            name, note, happenedAt: try fields.moment("at", or: api.now), by: api.actor, at: api.now,
            once: try api.key())
        return .created(.object(["case": .string(stream(name, id).rawValue)]), at: "duties/\(name.rawValue)/\(id)")
    }

    static func end(_ api: APIRequest) async throws -> APIAnswer {
        let (name, id) = try place(api)
        let fields = try api.fields(["event", "text", "ground", "reference", "document", "details", "at"])
        let note = DutyNote(
            body: "", text: try fields.text("text"), ground: try fields.optionalText("ground"),
            reference: try fields.optionalText("reference"),
            documents: try fields.document("document", api).map { [$0] } ?? [])
        let moment = try fields.moment("at", or: api.now)
        let desk = api.centre.onboarding
        guard let body = try await desk.duty(name, id: id).begun?.body else {
            throw APIProblem.missing("case “\(name.rawValue)/\(id)”")
        }
        if name == .responsiblePersonChange {
            let details = try ResponsiblePersonDetails(fields.object("details", ResponsiblePersonDetails.members))
            let vault = api.centre.vault
            // The key is on the disk before the transaction; the reading connection's thread is one that may block.
            let sealed = try await api.centre.journal.read { _ in try details.sealed(of: body, in: vault) }
            try await desk.notifyResponsiblePerson(
                sealed, ending: id, note, since: api.centre.casework.today(moment), happenedAt: moment, by: api.actor,
                at: api.now, expecting: try api.expected(), once: try api.key())
        } else {
            try await desk.end(
                name, id: id, by: try fields.text("event"), note, happenedAt: moment, by: api.actor, at: api.now,
                expecting: try api.expected(), once: try api.key())
        }
        return try await done(name, id, api)
    }

    static func correct(_ api: APIRequest) async throws -> APIAnswer {
        let (name, id) = try place(api)
        let fields = try api.fields(["entry", "moment", "on", "reason"])
        let moment = try fields.optionalText("moment") == nil ? nil : try fields.moment("moment", or: api.now)
        let version = try await api.centre.onboarding.correct(
            name, id: id, entry: try fields.int("entry"), to: moment, on: try fields.optionalDate("on"),
            reason: try fields.text("reason"), by: api.actor, at: api.now, expecting: try api.expected(),
            once: try api.key())
        return .step(stream(name, id), version)
    }

    static func annul(_ api: APIRequest) async throws -> APIAnswer {
        let (name, id) = try place(api)
        let fields = try api.fields(["reason", "reference"])
        let version = try await api.centre.onboarding.annul(
            name, id: id, reason: try fields.text("reason"), reference: try fields.optionalText("reference"),
            by: api.actor, at: api.now, expecting: try api.expected(), once: try api.key())
        return .step(stream(name, id), version)
    }

    private static func kind(_ api: APIRequest) throws -> DutyName {
        let kind = try api.parameter("kind")
        guard let name = DutyName(rawValue: kind) else {
            let known = DutyName.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIProblem(.notFound, "There is no kind of case “\(kind)”: known are \(known).")
        }
        return name
    }

    private static func place(_ api: APIRequest) throws -> (DutyName, String) {
        (try kind(api), try api.parameter("id"))
    }

    private static func stream(_ name: DutyName, _ id: String) -> StreamID { StreamID(kind: name.rawValue, id: id) }

    private static func done(_ name: DutyName, _ id: String, _ api: APIRequest) async throws -> APIAnswer {
        let history = try await api.centre.casework.history(of: stream(name, id))
        return .step(stream(name, id), history.count)
    }
}
