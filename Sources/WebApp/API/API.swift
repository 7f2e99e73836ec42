import Accounts
import CanonicalJSON
import Casework
import Complaints
import ContactCentre
import HTTPTypes
import Hummingbird
import Journal
import Onboarding
import WorkingDays

/// The JSON interface under `/api/v1`, over the same desks as the pages and the command line.
///
/// Decides: how a program asks and what it is told: strict reading of what it sends, lists by cursor, commands that are
/// safe to repeat (`Idempotency-Key`), versions (`ETag`, `If-Match`), errors as problem+json. `docs/openapi.yaml` is its
/// description, and a test holds both to each other.
/// Refuses to know: rules of the field, and what a page looks like. No answer holds the name or the contacts of a person
/// but those to `reveal`, each of which is recorded.
///
/// - `Routes/APIRoutes.swift` — every address. `APIRoute.swift` — what is checked before a handler runs.
/// - `APIFields.swift` — reading what was sent. `APIProblem.swift` — saying what is wrong with it. `APIPage.swift` — lists.
/// - the other files — one for each part: complaints, requests, plans, reports…

/// A request to the JSON interface that has passed the gate.
struct APIRequest: Sendable {
    /// The request as every handler of the site gets it.
    let site: WebRequest
    /// What the caller may do, and in whose name.
    let authority: Authority
    /// The moment that counts for all of it.
    let now: Moment

    init(_ site: WebRequest) throws {
        self.site = site
        authority = try site.authority
        now = site.environment.now()
    }

    var centre: ContactCentre { site.environment.centre }
    var actor: Actor { authority.actor }
    var today: CivilDate { centre.casework.today(now) }

    /// A part of the address.
    func parameter(_ name: String) throws -> String { try site.parameter(name) }

    /// The members of the body, which must be a JSON object with no others than these.
    /// - Throws: `APIProblem` that names each member which is not known.
    func fields(_ names: [String]) throws -> APIFields { try APIFields(try json(), names) }

    /// The body.
    /// - Throws: `APIProblem` where it is no JSON.
    func json() throws -> JSON {
        do {
            return try JSON(parsing: Array(site.body.readableBytesView))
        } catch {
            throw APIProblem(.badRequest, "The body is no JSON: \(error)")
        }
    }

    /// The key under which the command may be repeated; nil where none was sent.
    ///
    /// A key belongs to its sender; with another content or at another address it is refused.
    func key() throws -> CommandKey? {
        guard let sent = site.request.headers[.idempotencyKey] else { return nil }
        guard (1...200).contains(sent.utf8.count), sent.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIProblem(.badRequest, "The header Idempotency-Key has 1 to 200 visible ASCII characters.")
        }
        let command = "\(site.request.method) \(site.request.uri.path)\n"
        return CommandKey(
            "api/\(actor)/\(sent)", content: Array(command.utf8) + Array(site.body.readableBytesView))
    }

    /// Whether the request or the complaint of the address has a file.
    func caseHas(_ digest: String) throws -> Bool {
        let request = site.context.parameters.get("id").map { StreamID(kind: InformationRequest.streamKind, id: $0) }
        let complaint = site.context.parameters.get("number").map { StreamID(kind: Complaint.streamKind, id: $0) }
        let violation = site.context.parameters.get("id").flatMap { Violation.ID($0)?.stream }
        guard let stream = violation ?? request ?? complaint else { return false }
        return try centre.journal.readNow { try CaseDocuments.has(stream, digest, in: $0) }
    }

    /// The version that the caller saw, from `If-Match`; nil where he names none.
    func expected() throws -> Int? {
        guard let sent = site.request.headers[.ifMatch], sent != "*" else { return nil }
        guard sent.hasPrefix("\""), sent.hasSuffix("\""), let version = Int(sent.dropFirst().dropLast()) else {
            throw APIProblem(.badRequest, "The header If-Match is the ETag of the case as it was read: \"7\".")
        }
        return version
    }
}

/// What a handler of the JSON interface answers.
struct APIAnswer: Sendable {
    var status: HTTPResponse.Status = .ok
    var json: JSON
    var headers: HTTPFields = [:]

    init(_ json: JSON, status: HTTPResponse.Status = .ok) {
        self.json = json
        self.status = status
    }

    /// A case with its version, which a later command can name in `If-Match`.
    static func versioned(_ json: JSON, _ version: Int) -> APIAnswer {
        var answer = APIAnswer(json)
        answer.headers[.eTag] = "\"\(version)\""
        return answer
    }

    /// What a step has done: the case and its version now.
    static func step(_ stream: StreamID, _ version: Int) -> APIAnswer {
        versioned(.object(["case": .string(stream.rawValue), "version": .int(Int64(version))]), version)
    }

    /// Something new, and where it is.
    static func created(_ json: JSON, at path: String) -> APIAnswer {
        var answer = APIAnswer(json, status: .created)
        answer.headers[.location] = SitePath.api(path).path
        return answer
    }

    var response: Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}
