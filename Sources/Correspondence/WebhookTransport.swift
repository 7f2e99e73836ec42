import CanonicalJSON
import Complaints
import Crypto
import Curl
import Delivery
import Foundation
import WorkingDays

/// Tells the systems of bodies of complaints, signed after the scheme of Standard Webhooks.
///
/// The document is a ``PersonalLetter``: its address is that of the system, its subject the code of the body, its text what
/// is posted. What is posted names a complaint and its days, no person and no words.
package struct WebhookTransport: Transport {
    private let key: BodyLinkKey
    private let authority: String?
    private let session: CurlSession
    private let now: @Sendable () -> Moment

    /// A transport that signs for each body by a key of its own, made from `key`.
    /// - Parameter authority: a PEM file of the authority that vouches for the systems; nil for the machine's.
    package init(key: BodyLinkKey, authority: String?, session: CurlSession, now: @escaping @Sendable () -> Moment) {
        self.key = key
        self.authority = authority
        self.session = session
        self.now = now
    }

    /// Whether a text can be the address of a system: https, a host, no password in it.
    package static func isAddress(_ text: String) -> Bool {
        guard text.utf8.count <= 1_000, let parts = URLComponents(string: text), let host = parts.host else {
            return false
        }
        return parts.scheme?.lowercased() == "https" && !host.isEmpty && parts.user == nil && parts.password == nil
            && parts.fragment == nil
    }

    package func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        guard let letter = try? CanonicalCoding.decode(PersonalLetter.self, from: parcel.bytes) else {
            return .failed(AttemptFailure(.permanent, "The document is no message."))
        }
        let sentAt = now()
        let seconds = sentAt.millisecondsSince1970 / 1_000
        let body = Array(letter.text.utf8)
        var request = CurlRequest(letter.to, method: "POST", body: .bytes(body))
        request.protocols = [.https]
        request.certificateAuthorityFile = authority
        request.connectTimeout = .seconds(10)
        request.timeout = .seconds(60)
        request.responseLimit = 64 * 1_024
        request.headers = [
            CurlHeader("Content-Type", "application/json"), CurlHeader("webhook-id", parcel.idempotencyKey),
            CurlHeader("webhook-timestamp", "\(seconds)"),
            CurlHeader(
                "webhook-signature",
                Self.signature(
                    of: body, id: parcel.idempotencyKey, timestamp: seconds, by: key.webhookKey(of: letter.subject))),
        ]
        do throws(CurlError) {
            let answer = try await session.send(request)
            guard (200..<300).contains(answer.status) else {
                return .failed(
                    .answered(
                        status: answer.status, detail: "",
                        retryAfter: answer.header("Retry-After").flatMap(RetryAfter.init(headerValue:))))
            }
            return .received(
                DeliveryReceipt(number: parcel.idempotencyKey, receivedAt: sentAt, digest: parcel.digest))
        } catch {
            return .failed(AttemptFailure(error))
        }
    }

    /// The signature of a body sent under an id at a time, in seconds: `v1,` and base64.
    static func signature(of body: [UInt8], id: String, timestamp: Int64, by key: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key))
        return "v1," + Data(code).base64EncodedString()
    }

    /// What a system is told of a complaint.
    static func payload(of kind: ComplaintMailKind, _ record: ComplaintRecord, at now: Moment) -> String {
        let type =
            switch kind {
            case .bodyAdded: "complaint.amended"
            case .bodyDeclined: "complaint.return-declined"
            case .bodyReminder: "complaint.reminder"
            case .bodyBreach: "complaint.breached"
            default: "complaint.registered"
            }
        let json = JSON.object([
            "type": .string(type), "timestamp": .string("\(now)"),
            "data": .object([
                "number": .string(record.id), "registeredOn": .string("\(record.registeredOn)"),
                "dueOn": .string("\(record.dueOn)"), "status": .string(record.status.rawValue),
            ]),
        ])
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
