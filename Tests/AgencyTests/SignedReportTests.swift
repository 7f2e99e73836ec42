import CanonicalJSON
import Curl
import Foundation
import LoopbackServer
import Signatures
import SigningSupport
import Testing
import WorkingDays

@testable import Agency

@Suite("Reports that must be signed, and receipts that are")
struct SignedReportTests {
    let pusher: Pusher
    let pairs: SigningPairs
    /// When the receiver's clock stands.
    private static let now = Moment(millisecondsSince1970: 1_775_000_000_000)

    init() throws {
        pusher = try Pusher()
        pairs = try SigningPairs()
    }

    private func push(
        _ port: Int, _ document: String = report(), by signer: Signer? = nil, at moment: Moment = now, key: String = "k"
    ) throws -> CurlRequest {
        var request = pusher.push(port, document, key: key)
        if let signer {
            let signature = try signer.sign(Array(document.utf8), at: moment)
            request.headers.append(
                CurlHeader("Content-Signature", "cms=:\(Data(signature).base64EncodedString()):"))
        }
        return request
    }

    private func asks(_ configuration: inout AgencyConfiguration) {
        configuration.signatureAuthorityFile = pairs.path("ca.pem")
    }

    @Test("A missing, malformed, strange, expired signature, or one over another document: refused by its own type")
    func refused() async throws {
        let others = try SigningPairs()
        let stranger = try others.pair().signer()
        let early = try #require(Moment("2026-03-10T00:00:00Z"))
        let ended = try pairs.pair("ended", until: "2026-03-20").signer()
        let client = try pairs.pair("client")
        let other = try client.signer().sign(Array(report(revision: 2).utf8), at: Self.now)
        try await pusher.withReceiver(asks) { port async throws in
            func expect(_ type: String, _ status: Int, _ request: CurlRequest) async throws {
                let answer = try await pusher.send(request)
                #expect(answer.json["type"] == .string("urn:bailanys:agency:\(type)"))
                #expect(answer.status == status)
                #expect(answer.json["detail"]?.string?.isEmpty == false)
            }
            try await expect("signature-missing", 400, push(port))
            try await expect("signature-invalid", 422, push(port, by: stranger))
            try await expect("signature-expired", 422, push(port, by: ended, at: early))
            for value in [
                "cms=::", "cms=:%%%:", "sig=:AAAA:", "cms=:AAAA:", "cms=:\(Data(other).base64EncodedString()):",
            ] {
                var request = try push(port)
                request.headers.append(CurlHeader("Content-Signature", value))
                try await expect("signature-invalid", 422, request)
            }
            let list = try await pusher.send(pusher.request(port, "/reports/v1"))
            #expect(list.json["receipts"]?.array == [])
            #expect(try await pusher.send(push(port, by: client.signer())).status == 201)
        }
    }

    @Test("Where a signature is optional, a report without one is taken, and a wrong one is refused all the same")
    func optional() async throws {
        let others = try SigningPairs()
        let stranger = try others.pair().signer()
        let configure: (inout AgencyConfiguration) -> Void = { configuration in
            asks(&configuration)
            configuration.allowsUnsigned = true
        }
        try await pusher.withReceiver(configure) { port async throws in
            #expect(try await pusher.send(push(port, by: stranger)).status == 422)
            #expect(try await pusher.send(push(port)).status == 201)
            let held = try await pusher.session.send(pusher.request(port, "/reports/v1/monthly/2026-03/1"))
            #expect(held.header("Content-Signature") == nil)
        }
    }

    @Test("A receiver without an authority takes reports as before, signed or not")
    func indifferent() async throws {
        let others = try SigningPairs()
        let stranger = try others.pair().signer()
        try await pusher.withReceiver { port async throws in
            let answer = try await pusher.session.send(push(port, by: stranger))
            #expect(answer.status == 201 && answer.header("Content-Signature") == nil)
        }
    }

    @Test("The same report with another good signature gets the first receipt with its first signature")
    func once() async throws {
        let signer = try pairs.pair("centre", .ecdsa).signer()
        let files = try pairs.pair("agency", .ecdsa)
        let configure: (inout AgencyConfiguration) -> Void = { configuration in
            asks(&configuration)
            configuration.receiptSigning = files
        }
        var first: String?
        try await pusher.withReceiver(configure) { port async throws in
            let request = try push(port, by: signer)
            let answers = [
                try await pusher.session.send(request), try await pusher.session.send(push(port, by: signer)),
                try await pusher.session.send(push(port, by: signer, key: "other")),
            ]
            #expect(answers.map(\.status) == [201, 200, 200])
            #expect(Set(answers.map { $0.header("Content-Signature") }).count == 1)
            #expect(Set(answers.map(\.body)).count == 1)
            first = answers[0].header("Content-Signature")
            let held = try await pusher.session.send(pusher.request(port, "/reports/v1/monthly/2026-03/1"))
            #expect(held.header("Content-Signature") == request.headers.last?.value)
            let text = try #require(first?.dropFirst(5).dropLast())
            let signature = try #require(Data(base64Encoded: String(text)))
            #expect(try pairs.accepts(Array(signature), over: answers[0].body))
        }
        // After a restart too, and with another pair in place: what was said once is said again.
        _ = try pairs.pair("agency", .rsa)
        try await pusher.withReceiver(configure) { port async throws in
            let again = try await pusher.session.send(push(port, by: signer))
            #expect(again.status == 200 && again.header("Content-Signature") == first)
        }
    }

    @Test("A receiver that cannot sign receipts takes nothing; one whose pair is wrong does not start")
    func unable() async throws {
        let ended = try pairs.pair("ended", until: "2026-03-20")
        try await pusher.withReceiver({ $0.receiptSigning = ended }) { port async throws in
            let answer = try await pusher.session.send(push(port))
            #expect(answer.status == 503 && answer.header("Retry-After") == "60")
            let list = try await pusher.send(pusher.request(port, "/reports/v1"))
            #expect(list.json["receipts"]?.array == [])
        }
        let mixed = SigningFiles(key: ended.key, certificate: try pairs.pair().certificate)
        await #expect(throws: SigningFault.self) {
            try await pusher.withReceiver({ $0.receiptSigning = mixed }) { _ async throws in }
        }
    }
}
