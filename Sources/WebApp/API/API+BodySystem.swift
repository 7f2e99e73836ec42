import CanonicalJSON
import Casework
import Complaints
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import Journal
import Logging
import WorkingDays

/// What a body's own system does with the complaints of the body: `/api/v1/body/…`, by the body's token.
///
/// The token says which body it is; what is another body's is not there. Over the same rules as the body's page.
struct BodySystemRequest: Sendable {
    /// The request as every handler of the site gets it.
    let site: WebRequest
    /// The code of the body whose token was shown.
    let body: String
    /// The moment that counts for all of it.
    let now: Moment

    /// Finds the body of the token.
    /// - Throws: `SiteError` `unauthorized` without a token of ours; `TooManyRequests` for whoever tries many.
    init(_ site: WebRequest) async throws {
        now = site.environment.now()
        let header = site.request.headers[.authorization] ?? ""
        let token = header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : ""
        guard let found = try await site.environment.centre.bodyLinks.body(ofToken: token) else {
            SecurityLog.write("security.bodyToken", ["what": "opens nothing"], site.context)
            try site.limiters.signIn.take("body token \(site.context.customer)", at: now)
            throw SiteError(.unauthorized, "Send the token of the body in the header Authorization: Bearer.")
        }
        self.site = site
        body = found
    }

    var desk: ComplaintDesk { site.environment.centre.complaints }
    /// In whose name it is done.
    var actor: Actor { Actor("body-system:\(body)") }

    /// The complaint of the address, where it is with this body.
    /// - Throws: `APIProblem` `notFound` for every other.
    func record() async throws -> ComplaintRecord {
        let number = try site.parameter("number")
        let found = try await site.environment.centre.journal.read { try ComplaintRecord.fetch(id: number, in: $0) }
        guard let found, found.body == body, found.status != .annulled else {
            throw APIProblem.missing("complaint “\(number)” of this body")
        }
        return found
    }

    /// The members of the body, which must be a JSON object with no others than these.
    func fields(_ names: [String]) throws -> APIFields {
        do {
            return try APIFields(JSON(parsing: Array(site.body.readableBytesView)), names)
        } catch let problem as APIProblem {
            throw problem
        } catch {
            throw APIProblem(.badRequest, "The body is no JSON: \(error)")
        }
    }

    /// The key under which the command may be repeated; nil where none was sent.
    func key() throws -> CommandKey? {
        guard let sent = site.request.headers[.idempotencyKey] else { return nil }
        guard (1...200).contains(sent.utf8.count), sent.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIProblem(.badRequest, "The header Idempotency-Key has 1 to 200 visible ASCII characters.")
        }
        let command = "\(site.request.method) \(site.request.uri.path)\n"
        return CommandKey(
            "api/\(actor)/\(sent)", content: Array(command.utf8) + Array(site.body.readableBytesView))
    }
}

/// The handlers of a body's own system.
enum BodySystemAPI {
    /// The routes, each open to whoever shows the token of a body.
    static var routes: [Route] {
        [
            .get(.api("body/complaints"), .everyone) { site in
                let request = try await BodySystemRequest(site)
                try Route.checkQuery(site, queries)
                return try await list(request).response
            },
            .get(.api("body/complaints/:number"), .everyone) { site in
                let request = try await BodySystemRequest(site)
                try Route.checkQuery(site, [])
                return try await one(request).response
            },
            post("receipt", receive), post("answer", answer), post("extension", extend), post("return", giveBack),
            post("question", ask),
        ]
    }

    static let queries = ["limit", "cursor", "status"]

    private static func post(
        _ act: String, _ handle: @escaping @Sendable (BodySystemRequest) async throws -> Int
    ) -> Route {
        .post(
            .api("body/complaints/:number/\(act)"), .everyone, check: .origin, bodyLimit: 131_072,
            admit: { site in
                // Before a byte of a stranger is read.
                _ = try await BodySystemRequest(site)
                return nil
            }
        ) { site in
            let request = try await BodySystemRequest(site)
            try Route.checkQuery(site, [])
            let type = site.request.headers[.contentType]?.split(separator: ";").first ?? ""
            guard type.lowercased() == "application/json" else {
                throw APIProblem(.unsupportedMedia, "Send application/json, not “\(type)”.")
            }
            let stream = StreamID(kind: Complaint.streamKind, id: try site.parameter("number"))
            return APIAnswer.step(stream, try await handle(request)).response
        }
    }

    private static func list(_ request: BodySystemRequest) async throws -> APIAnswer {
        let site = request.site
        var filter = ComplaintFilter()
        filter.body = request.body
        let words = (site.query("status") ?? "open").split(separator: ",").map(String.init)
        filter.statuses = try Set(
            words.map { word in
                guard let status = ComplaintStatus(rawValue: word), status != .annulled else {
                    throw APIProblem(.badRequest, "The query status takes open, answered, withdrawn.")
                }
                return status
            })
        let page = try APIPage(site)
        var after: ComplaintRecord.Cursor?
        if !page.place.isEmpty {
            guard page.place.count == 2, let filedOn = CivilDate(page.place[0]) else {
                throw APIProblem(.badRequest, "The cursor is not one that this list gave.")
            }
            after = ComplaintRecord.Cursor(filedOn: filedOn, id: page.place[1])
        }
        let (chosen, cursor, limit) = (filter, after, page.limit + 1)
        let records = try await site.environment.centre.journal.read { db in
            try ComplaintRecord.fetch(chosen, after: cursor, limit: limit, in: db)
        }
        return page.answer(records, next: { [$0.cursor.filedOn.description, $0.cursor.id] }) { json(of: $0) }
    }

    /// What a body is told of a complaint without its words.
    private static func json(of record: ComplaintRecord) -> JSON {
        var members: [String: JSON] = [
            "number": .string(record.id), "kind": .string(record.kind.rawValue),
            "registeredOn": .string("\(record.registeredOn)"), "dueOn": .string("\(record.dueOn)"),
            "status": .string(record.status.rawValue),
        ]
        if let service = record.service { members["service"] = .string(service) }
        if let region = record.region { members["region"] = .string(region) }
        if let language = record.language { members["language"] = .string(language) }
        if let outcome = record.outcome { members["outcome"] = .string(outcome.rawValue) }
        if let closed = record.closedOn { members["closedOn"] = .string("\(closed)") }
        return .object(members)
    }

    /// One complaint; while it is open with its words and contacts, and that they were given is recorded, once a day.
    private static func one(_ request: BodySystemRequest) async throws -> APIAnswer {
        let record = try await request.record()
        guard case .object(var members) = json(of: record) else { return APIAnswer(json(of: record)) }
        if record.status == .open {
            let revealed = try await request.desk.reveal(
                record.id, to: request.body, by: request.actor, at: request.now)
            if let subject = revealed.subject { members["subject"] = .string(subject) }
            if let contacts = revealed.contacts {
                let all = [
                    ("name", contacts.name), ("iin", contacts.iin), ("phone", contacts.phone),
                    ("email", contacts.email), ("address", contacts.address),
                ]
                members["applicant"] = .object(
                    Dictionary(uniqueKeysWithValues: all.compactMap { name, text in text.map { (name, .string($0)) } }))
            }
        }
        return APIAnswer(.object(members))
    }

    private static func receive(_ request: BodySystemRequest) async throws -> Int {
        let reference = try request.fields(["reference"]).optionalText("reference")
        return try await request.desk.receive(
            try await request.record().id, as: request.body, reference: reference, by: request.actor, at: request.now,
            once: try request.key())
    }

    private static func answer(_ request: BodySystemRequest) async throws -> Int {
        let fields = try request.fields(["outcome", "text", "measures"])
        let (outcome, text) = (try fields.choice("outcome", ComplaintOutcome.self), try fields.text("text"))
        let measures = try fields.optionalText("measures")
        return try await request.desk.answer(
            try await request.record().id, as: request.body, outcome: outcome, text: text, measures: measures,
            by: request.actor, at: request.now, once: try request.key())
    }

    private static func extend(_ request: BodySystemRequest) async throws -> Int {
        let fields = try request.fields(["days", "reason"])
        let (days, reason) = (try fields.int("days"), try fields.text("reason"))
        guard (1...1_000).contains(days) else { throw APIProblem.field("days", "A number of working days from 1.") }
        return try await request.desk.extend(
            try await request.record().id, as: request.body, days: days, reason: reason, by: request.actor,
            at: request.now, once: try request.key())
    }

    private static func giveBack(_ request: BodySystemRequest) async throws -> Int {
        let fields = try request.fields(["body", "reason"])
        let (proposed, reason) = (try fields.text("body"), try fields.text("reason"))
        return try await request.desk.giveBack(
            try await request.record().id, as: request.body, naming: proposed, reason: reason, by: request.actor,
            at: request.now, once: try request.key())
    }

    private static func ask(_ request: BodySystemRequest) async throws -> Int {
        let question = try request.fields(["question"]).text("question")
        return try await request.desk.ask(
            try await request.record().id, as: request.body, question: question, by: request.actor, at: request.now,
            once: try request.key())
    }
}
