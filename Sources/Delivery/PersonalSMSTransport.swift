import CanonicalJSON
import Curl
import WorkingDays

/// Hands short messages to a gateway of any kind that takes JSON by HTTPS: `{"id","text","to"}`.
///
/// The document is a ``PersonalLetter`` whose address is a telephone number. `id` and the header `Idempotency-Key` are the
/// same for every attempt; any answer 2xx is a receipt, its number is the answer's `id` where it has one.
package struct PersonalSMSTransport: Transport {
    private let gateway: HTTPSTransport.Destination
    private let session: CurlSession
    private let now: @Sendable () -> Moment

    /// A transport to one gateway.
    /// - Throws: ``DeliveryError/addressNotHTTPS`` if the address is not one of https.
    package init(
        _ gateway: HTTPSTransport.Destination, session: CurlSession, now: @escaping @Sendable () -> Moment
    ) throws {
        guard gateway.address.lowercased().hasPrefix("https://") else {
            throw DeliveryError.addressNotHTTPS(gateway.address)
        }
        self.gateway = gateway
        self.session = session
        self.now = now
    }

    package func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        guard let letter = try? CanonicalCoding.decode(PersonalLetter.self, from: parcel.bytes) else {
            return .failed(AttemptFailure(.permanent, "The document is no message."))
        }
        let json = JSON.object([
            "id": .string(parcel.idempotencyKey), "text": .string(letter.text), "to": .string(letter.to),
        ])
        var request = CurlRequest(gateway.address, method: "POST", body: .bytes(json.bytes))
        request.protocols = [.https]
        request.certificateAuthorityFile = gateway.certificateAuthorityFile
        request.connectTimeout = gateway.connectTimeout
        request.timeout = .seconds(60)
        request.responseLimit = HTTPSTransport.answerLimit
        request.headers = [
            CurlHeader("Content-Type", "application/json"), CurlHeader("Accept", "application/json"),
            CurlHeader("Idempotency-Key", "\"\(parcel.idempotencyKey)\""),
        ]
        if let token = gateway.bearerToken { request.headers.append(CurlHeader("Authorization", "Bearer \(token)")) }
        do throws(CurlError) {
            let answer = try await session.send(request)
            guard (200..<300).contains(answer.status) else {
                // What a gateway says may repeat the number, and this goes into the journal.
                return .failed(
                    .answered(
                        status: answer.status, detail: "",
                        retryAfter: answer.header("Retry-After").flatMap(RetryAfter.init(headerValue:))))
            }
            let said = (try? JSON(parsing: answer.body))?["id"]?.string
            let number = said.flatMap { (1...100).contains($0.count) ? $0 : nil } ?? parcel.idempotencyKey
            return .received(DeliveryReceipt(number: number, receivedAt: now(), digest: parcel.digest))
        } catch {
            return .failed(AttemptFailure(error))
        }
    }

    /// A telephone number of Kazakhstan as gateways take it, `+77001234567`, however it was typed; nil for every other.
    package static func number(_ text: String) -> String? {
        var digits = text.filter { $0.isASCII && $0.isNumber }
        if digits.count == 11, digits.first == "8" { digits = "7" + digits.dropFirst() }
        if digits.count == 10, digits.first == "7" { digits = "7" + digits }
        guard digits.count == 11, digits.hasPrefix("77") else { return nil }
        return "+" + digits
    }
}
