import Accounts
import Attachments
import Casework
import Complaints
import ContactCentre
import Foundation
import HTTPTypes
import Hummingbird
import Journal

/// Gives out attached documents: `/files/<digest>?case=<kind>/<id>`, to those who may read that case.
///
/// A digest alone opens nothing: the case must be named and must have the file (`CaseDocuments`); a digest that somebody
/// wrote into a text opens nothing either. The file is always a download of its own type, never a part of the site.
enum FileDownload {
    /// Answers with the file.
    static func show(_ site: WebRequest) async throws -> Response {
        let digest = try site.parameter("digest")
        guard let name = site.query("case"), let permission = ContactCentre.kinds[StreamID(name).kind]?.documents
        else {
            throw SiteError(.notFound, "Name the case of the document: ?case=kind/number.")
        }
        try site.authority.require(permission)
        let stream = StreamID(name)
        let centre = site.environment.centre
        guard try await centre.journal.read({ try CaseDocuments.has(stream, digest, in: $0) }) else {
            throw AttachmentError.missing(digest)
        }
        if stream.kind == "complaint" {
            _ = try await centre.complaints.reveal(
                stream.id, for: "attached file \(digest.prefix(8))", by: site.authority.actor,
                at: site.environment.now())
        }
        return response(try await centre.attachments.open(digest), name: "\(stream.id)-\(digest.prefix(8))")
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
