import CanonicalJSON
import Curl
import Foundation
import Journal
import Signatures
import WorkingDays

/// Pushes a document by HTTPS and takes the receipt; the exchange is described in `docs/agency-exchange.md`.
package struct HTTPSTransport: Transport {
    /// A receiver of documents.
    package struct Destination: Sendable, Hashable {
        /// The address before the path of a delivery, for instance "https://agency.example/reports/v1"; https only.
        package var address: String
        /// A PEM file of the authorities that vouch for the receiver; nil for the system's.
        package var certificateAuthorityFile: String?
        /// The certificate shown to the receiver.
        package var clientCertificate: CurlClientCertificate?
        /// The token sent as `Authorization: Bearer …`.
        package var bearerToken: String?
        /// The longest time to a connection.
        package var connectTimeout: Duration = .seconds(10)
        /// The longest time for a whole attempt.
        package var timeout: Duration = .seconds(300)
        /// How long no byte may move during an attempt.
        package var stallTimeout: Duration = .seconds(60)

        /// A receiver with the usual time limits.
        package init(address: String) {
            self.address = address
        }
    }

    /// The largest receipt or problem that is read, in bytes.
    static let answerLimit = 64 * 1024

    private let destination: Destination
    private let session: CurlSession
    private let receipts: ReceiptCheck?

    /// A transport to one receiver.
    ///
    /// - Parameter receipts: Who must sign its receipts; nil where a signature is not asked for.
    /// - Throws: ``DeliveryError/addressNotHTTPS`` if the address is not one of https.
    package init(_ destination: Destination, session: CurlSession, receipts: ReceiptCheck? = nil) throws {
        guard destination.address.lowercased().hasPrefix("https://") else {
            throw DeliveryError.addressNotHTTPS(destination.address)
        }
        self.destination = destination
        self.session = session
        self.receipts = receipts
    }

    package func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        let authority: SignatureAuthority?
        do throws(SigningFault) {
            // Before anything is sent: a receipt that could not be checked would be of no use.
            authority = try receipts?.authority()
        } catch {
            return .failed(
                AttemptFailure(
                    .transient, "The receipt's signature could not be checked, so nothing was sent: \(error)")
            )
        }
        let response: CurlResponse
        do throws(CurlError) {
            response = try await session.send(request(parcel))
        } catch {
            return .failed(AttemptFailure(error))
        }
        let outcome = outcome(of: response, for: parcel)
        guard case .received(var receipt) = outcome, let receipts, let authority else { return outcome }
        do throws(SignatureRefusal) {
            receipt.document = nil
            receipt.proof = try await receipts.proof(of: response, by: authority)
        } catch {
            return .failed(
                AttemptFailure(
                    .permanent,
                    "ALARM: receipt \(receipt.number) is not signed by whom it must be. \(error) Do not rely on it; ask the receiver what it holds",
                    status: response.status, mayHaveHadEffect: true))
        }
        return .received(receipt)
    }

    private func request(_ parcel: Parcel) -> CurlRequest {
        let address = destination.address.hasSuffix("/") ? destination.address : destination.address + "/"
        var request = CurlRequest(address + parcel.path, method: "POST", body: .bytes(parcel.bytes))
        request.protocols = [.https]
        request.certificateAuthorityFile = destination.certificateAuthorityFile
        request.clientCertificate = destination.clientCertificate
        request.connectTimeout = destination.connectTimeout
        request.timeout = destination.timeout
        request.stallTimeout = destination.stallTimeout
        request.responseLimit = Self.answerLimit
        request.headers = [
            CurlHeader("Content-Type", parcel.mediaType), CurlHeader("Accept", "application/json"),
            CurlHeader("Idempotency-Key", "\"\(parcel.idempotencyKey)\""),
            CurlHeader("Content-Digest", Self.contentDigest(hexadecimal: parcel.digest)),
        ]
        if let signature = parcel.signature {
            request.headers.append(CurlHeader(SignatureField.name, SignatureField.value(signature)))
        }
        if let head = parcel.head { request.headers.append(CurlHeader(HeadField.name, HeadField.value(head))) }
        if let token = destination.bearerToken {
            request.headers.append(CurlHeader("Authorization", "Bearer \(token)"))
        }
        if let onProgress = parcel.onProgress {
            request.onProgress = { onProgress($0.sent, $0.toSend) }
        }
        return request
    }

    private func outcome(of response: CurlResponse, for parcel: Parcel) -> AttemptOutcome {
        guard (200..<300).contains(response.status) else {
            return .failed(
                .answered(
                    status: response.status, detail: Self.detail(of: response),
                    retryAfter: response.header("Retry-After").flatMap(RetryAfter.init(headerValue:))))
        }
        // An unreadable answer is told from another digest below: it may be a hiccup of something in between.
        guard let answer = try? JSON(parsing: response.body), let number = answer["number"]?.string,
            (1...100).contains(number.count), let receivedAt = answer["receivedAt"]?.string.flatMap(Moment.init),
            let digest = answer["digest"]?.string
        else {
            return .failed(
                AttemptFailure(
                    .transient, "The receiver's answer is not a receipt", status: response.status,
                    mayHaveHadEffect: true))
        }
        guard digest == Self.contentDigest(hexadecimal: parcel.digest) else {
            return .failed(
                AttemptFailure(
                    .permanent,
                    "ALARM: receipt \(number) is for other content than was sent. Do not rely on it; ask the receiver what it holds",
                    status: response.status, mayHaveHadEffect: true))
        }
        var receipt = DeliveryReceipt(number: number, receivedAt: receivedAt, digest: parcel.digest)
        receipt.document = Data(response.body).base64EncodedString()
        receipt.head = HeadField.head(inReceipt: answer)
        return .received(receipt)
    }

    /// The field `Content-Digest` (RFC 9530) of a digest in hexadecimal digits.
    static func contentDigest(hexadecimal: String) -> String {
        "sha-256=:\(Data(EventLink.bytes(hexadecimal: hexadecimal) ?? []).base64EncodedString()):"
    }

    /// What a problem document says, shortened, without control characters.
    private static func detail(of response: CurlResponse) -> String {
        // Not every answer is a problem document; then there is nothing to quote.
        guard let problem = try? JSON(parsing: response.body) else { return "" }
        let errors = (problem["errors"]?.array ?? []).prefix(5).compactMap { error -> String? in
            guard let path = error["path"]?.string, let message = error["message"]?.string else { return nil }
            return "\(path) \(message)"
        }
        let text = ([problem["detail"]?.string ?? ""] + errors).joined(separator: " ")
        return String(String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }).prefix(400))
    }
}

extension AttemptFailure {
    /// Judges an attempt that got no whole answer.
    package init(_ error: CurlError) {
        let kind: Kind =
            switch error.code {
            case .cancelled: .interrupted
            case .invalidRequest, .protocolNotAllowed, .peerNotVerified, .loginRefused, .bodyUnreadable: .permanent
            case .mailRefused: (error.status ?? 0) >= 500 ? .permanent : .transient
            case .hostNotFound, .notConnected, .timedOut, .tlsRefused, .connectionLost, .responseTooLarge,
                .fileNotFound,
                .fileRefused, .other:
                .transient
            }
        self.init(kind, error.message, status: error.status, mayHaveHadEffect: error.mayHaveHadEffect)
    }
}
