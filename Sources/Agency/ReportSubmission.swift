import CanonicalJSON
import Foundation
import HTTPTypes
import Hummingbird
import WorkingDays

extension AgencyStore.Submission {
    /// Checks everything of a push that needs no memory of earlier ones.
    ///
    /// - Throws: ``Problem`` with the status that the exchange prescribes.
    static func reading(
        _ request: Request, kind: String, period: String, sizeLimit: Int
    ) async throws -> AgencyStore.Submission {
        let type = request.headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
        guard type?.lowercased() == "application/json" else {
            throw Problem(
                status: .unsupportedMediaType, type: "media-type", detail: "Send the report as application/json.")
        }
        let key = try idempotencyKey(of: request)
        guard let announced = request.headers.value(of: "content-digest").flatMap(ContentDigest.init(headerValue:))
        else {
            throw Problem(
                status: .badRequest, type: "digest-missing",
                detail: "Send the SHA-256 of the body in Content-Digest, as sha-256=:base64:.")
        }
        let body = try await body(of: request, sizeLimit: sizeLimit)
        let digest = ContentDigest(of: body)
        guard digest == announced else {
            throw Problem(
                status: .badRequest, type: "digest-mismatch", detail: "The body does not have the digest it announces.")
        }
        let heading = try heading(of: body, kind: kind, period: period)
        return AgencyStore.Submission(
            idempotencyKey: key, kind: kind, period: period, revision: heading.revision, digest: digest, document: body)
    }

    private static func idempotencyKey(of request: Request) throws -> String {
        var key = request.headers.value(of: "idempotency-key") ?? ""
        if key.count >= 2, key.hasPrefix("\""), key.hasSuffix("\"") { key = String(key.dropFirst().dropLast()) }
        guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 }) else {
            throw Problem(
                status: .badRequest, type: "idempotency-key-missing",
                detail: "Send an Idempotency-Key of 1 to 200 visible ASCII characters.")
        }
        return key
    }

    private static func body(of request: Request, sizeLimit: Int) async throws -> Data {
        var body = Data()
        for try await piece in request.body {
            guard body.count + piece.readableBytes <= sizeLimit else {
                throw Problem(
                    status: .contentTooLarge, type: "too-large",
                    detail: "A report may have \(sizeLimit) bytes at most.",
                    headers: [.connection: "close"])
            }
            body.append(contentsOf: piece.readableBytesView)
        }
        return body
    }

    private static func heading(of body: Data, kind: String, period: String) throws -> ReportRules.Heading {
        let document: JSON
        do throws(JSONParsingError) {
            document = try JSON(parsing: body)
        } catch {
            throw Problem(status: .unprocessableContent, type: "not-json", detail: error.description)
        }
        switch ReportRules.check(document, kind: kind, period: period) {
        case nil:
            throw Problem(status: .notFound, type: "unknown-kind", detail: "There is no report of the kind “\(kind)”.")
        case .failure(let invalid):
            throw Problem(
                status: .unprocessableContent, type: "schema", detail: "The report does not have the agreed form.",
                errors: invalid.errors)
        case .success(let heading):
            return heading
        }
    }
}

extension HTTPFields {
    /// The value of a field that HTTPTypes has no constant for; `name` in lower case.
    func value(of name: String) -> String? {
        first { $0.name.canonicalName == name }?.value
    }
}
