import CanonicalJSON
import Foundation
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Signatures
import WorkingDays

/// The receiver's addresses.
struct AgencyRoutes: Sendable {
    let store: AgencyStore
    let faults: FaultQueue
    let sizeLimit: Int
    let now: @Sendable () -> Moment
    var signatures = ReportSignatures()

    /// The table of contents.
    func add(to router: Router<AgencyContext>) {
        router.get("health") { _, _ in HTTPResponse.Status.ok }
        router.post("reports/v1/:kind/:period", use: submit)
        router.get("reports/v1", use: list)
        router.get("reports/v1/:kind/:period/:revision", use: document)
        router.get("receipts/:number", use: receipt)
    }

    @Sendable private func submit(request: Request, context: AgencyContext) async throws -> Response {
        let fault = faults.next()
        switch fault?.kind {
        case .unavailable:
            throw Problem(
                status: .serviceUnavailable, type: "unavailable", detail: "The receiver is not available.",
                headers: [.retryAfter: String(fault?.retryAfterSeconds ?? 1)])
        case .hang: try await hang()
        default: break
        }
        let kind = try context.parameters.require("kind")
        let period = try context.parameters.require("period")
        var submission = try await AgencyStore.Submission.reading(
            request, kind: kind, period: period, sizeLimit: sizeLimit)
        submission.head = try JournalHeadField.reading(request)
        let now = now()
        submission.signature = try await signatures.check(request, over: submission.document, at: now)
        let signer = try signatures.signer(at: now)
        let outcome = try await store.submit(submission, at: now) { receipt in
            try signer?.sign(receipt.json.bytes, at: now)
        }
        switch outcome {
        case .taken(let receipt): return try await answer(receipt, status: .created, fault: fault)
        case .alreadyTaken(let receipt): return try await answer(receipt, status: .ok, fault: fault)
        case .keyReused:
            throw Problem(
                status: .conflict, type: "idempotency-key-reused",
                detail: "The Idempotency-Key belongs to another report.")
        case .contradiction:
            throw Problem(
                status: .conflict, type: "revision-taken",
                detail:
                    "Revision \(submission.revision) of \(period) is here with other content; send a higher revision.")
        case .overtaken:
            throw Problem(status: .conflict, type: "overtaken", detail: "A later revision of \(period) is here.")
        }
    }

    private func answer(
        _ receipt: AgencyReceipt, status: HTTPResponse.Status, fault: AgencyFault?
    ) async throws -> Response {
        var receipt = receipt
        if fault?.kind == .wrongDigest { receipt.digest.bytes[0] ^= 0xFF }
        if fault?.kind == .hangAfterStoring { try await hang() }
        var response = json(receipt, status: status)
        response.headers[.location] = "/receipts/\(receipt.number)"
        let bytes = receipt.json.bytes
        if fault?.kind == .closeAfterStoring {
            response.body = ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
                throw ConnectionClosedOnPurpose()
            }
        } else if fault?.kind == .slow {
            response.body = ResponseBody(contentLength: bytes.count) { writer in
                for byte in bytes {
                    try await writer.write(ByteBuffer(bytes: [byte]))
                    try await Task.sleep(for: .milliseconds(5))
                }
                try await writer.finish(nil)
            }
        }
        return response
    }

    @Sendable private func list(request: Request, context: AgencyContext) async throws -> Response {
        let receipts = try await store.receipts(limit: 500)
        return json(.object(["receipts": .array(receipts.map(\.json))]))
    }

    @Sendable private func receipt(request: Request, context: AgencyContext) async throws -> Response {
        guard let receipt = try await store.receipt(number: context.parameters.require("number")) else {
            throw Problem(status: .notFound, type: "unknown-receipt", detail: "There is no receipt of this number.")
        }
        return json(receipt)
    }

    @Sendable private func document(request: Request, context: AgencyContext) async throws -> Response {
        let document = try await store.document(
            kind: context.parameters.require("kind"), period: context.parameters.require("period"),
            revision: context.parameters.require("revision", as: Int64.self))
        guard let document else {
            throw Problem(status: .notFound, type: "unknown-report", detail: "This report has not been received.")
        }
        var response = Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: document.bytes)))
        if let name = HTTPField.Name("Content-Digest") {
            response.headers[name] = ContentDigest(of: document.bytes).headerValue
        }
        if let signature = document.signature { Self.sign(&response, signature) }
        return response
    }

    private static func sign(_ response: inout Response, _ signature: some Sequence<UInt8>) {
        guard let name = HTTPField.Name("Content-Signature") else { return }
        response.headers[name] = ReportSignatures.field(signature)
    }

    /// A receipt with its signature.
    private func json(_ receipt: AgencyReceipt, status: HTTPResponse.Status = .ok) -> Response {
        var response = json(receipt.json, status: status)
        if let signature = receipt.signature { Self.sign(&response, signature) }
        return response
    }

    private func json(_ value: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }

    /// Waits until the receiver is shut down.
    private func hang() async throws {
        let (never, source) = AsyncStream.makeStream(of: Never.self)
        await cancelWhenGracefulShutdown { for await _ in never {} }
        source.finish()
        throw CancellationError()
    }
}

/// Ends a connection in the middle of an answer.
private struct ConnectionClosedOnPurpose: Error {}
