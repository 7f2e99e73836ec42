import Attachments
import CanonicalJSON
import Complaints
import ContactCentre
import Hummingbird
import Synchronization

extension ComplaintAPI {
    /// Opens name, contacts and text of one complaint; the look and its purpose are recorded first.
    static func reveal(_ api: APIRequest) async throws -> APIAnswer {
        let purpose = try api.fields(["purpose"]).text("purpose")
        let number = try await record(api).id
        let revealed = try await api.centre.complaints.reveal(number, for: purpose, by: api.actor, at: api.now)
        var contacts: JSON = .null
        if let opened = revealed.contacts {
            contacts = .members([
                "name": .text(opened.name), "phone": .text(opened.phone), "email": .text(opened.email),
                "address": .text(opened.address), "iin": .text(opened.iin),
            ])
        }
        return APIAnswer(
            .members(["number": .string(number), "contacts": contacts, "subject": .text(revealed.subject)]))
    }

    /// Takes in an export of the forum, CSV or JSON, while it arrives; lines that are wrong are named and left out.
    ///
    /// The body goes to a file that only its owner may read and is gone when this returns; sent again, the same export
    /// changes nothing.
    static func take(_ site: WebRequest) async throws -> Response {
        try Route.checkQuery(site, [])
        let api = try APIRequest(site)
        let type = site.request.headers[.contentType]?.split(separator: ";").first ?? ""
        let format: ForumFile.Format
        switch type.lowercased() {
        case "text/csv": format = .csv
        case "application/json", "application/x-ndjson": format = .json
        default: throw APIProblem(.unsupportedMedia, "Send text/csv, application/json or application/x-ndjson.")
        }
        let file = try await BodyReader.spool(
            site.request, in: api.centre.attachments, upTo: importLimit,
            within: site.environment.configuration.uploadTimeout)
        defer { file.discard() }
        let refused = RefusedLines()
        let report = try await ForumImport(
            ForumFile(path: file.path, format: format, name: "import"), into: api.centre.complaints
        ).run(by: api.actor, at: api.now, refused: { refused.add($0.problem) })
        return APIAnswer(report.json(problems: refused.all)).response
    }

    /// The largest export, in bytes.
    static let importLimit = 1 << 30
}

/// The first lines that an import left out.
package final class RefusedLines: Sendable {
    private static let limit = 1_000
    private let problems = Mutex<[ForumProblem]>([])

    /// None yet.
    package init() {}

    /// Takes one more, where there is room.
    package func add(_ problem: ForumProblem) {
        problems.withLock { if $0.count < Self.limit { $0.append(problem) } }
    }

    /// Those that were kept, in order.
    package var all: [ForumProblem] { problems.withLock { $0 } }
}
