import Accounts
import Attachments
import Foundation
import HTTPTypes
import Hummingbird
import Journal

/// Gives out attached documents: `/files/<digest>?case=<kind>/<id>`, to those who may read that case.
///
/// A digest alone opens nothing: the case must be named and one of its events must carry the digest. The file is always
/// a download of its own type, never a part of the site.
enum FileDownload {
    /// Answers with the file.
    static func show(_ site: WebRequest) async throws -> Response {
        let digest = try site.parameter("digest")
        guard let name = site.query("case"), let permission = permission(for: StreamID(name)) else {
            throw SiteError(.notFound, "Name the case of the document: ?case=kind/number.")
        }
        try site.authority.require(permission)
        let stream = StreamID(name)
        let centre = site.environment.centre
        let events = try await centre.journal.read { db in try SQLiteEventStore(db: db).events(of: stream) }
        let sought = Array("\"\(digest)\"".utf8)
        guard events.contains(where: { $0.payload.contains(sought) }) else {
            throw AttachmentError.missing(digest)
        }
        if stream.kind == "complaint" {
            _ = try await centre.complaints.reveal(
                stream.id, for: "attached file \(digest.prefix(8))", by: site.authority.actor,
                at: site.environment.now())
        }
        return response(try await centre.attachments.open(digest), name: "\(stream.id)-\(digest.prefix(8))")
    }

    /// What one has to be allowed to get the documents of a case; nil where such a stream has none.
    static func permission(for stream: StreamID) -> Permission? {
        switch stream.kind {
        case "onboarding", "information-change", "responsible-person-change", "additional-request", "refusal-notice",
            "agency-training", "discrepancy":
            .readRequests
        // An answer names the person who complained; each look at it is recorded.
        case "complaint": .revealPersonalData
        case "card": .readCards
        default: nil
        }
    }

    /// A kept file as a download that runs nothing.
    static func response(_ file: AttachmentReader, name: String) -> Response {
        let plain = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "_" }
        let fileName = String(plain) + "." + file.type.endings[0]
        var response = Response(
            status: .ok,
            headers: [
                .contentType: file.type.mediaType, .contentLength: String(file.size),
                .contentDisposition: "attachment; filename=\"\(fileName)\"",
            ],
            body: ResponseBody { writer in
                for try await piece in file { try await writer.write(ByteBuffer(bytes: piece)) }
                try await writer.finish(nil)
            })
        // Whatever a reader makes of the content, it runs nothing and belongs to nobody.
        response.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        return response
    }
}
