import Foundation
import SigningSupport
import Testing
import WorkingDays

@testable import Signatures

private let document = Array(#"{"period":"2026-03"}"#.utf8)
private let random = [UInt8](1...8)

@Suite("Time stamps")
struct TimeStampTests {
    let pairs: SigningPairs

    init() throws {
        pairs = try SigningPairs()
    }

    private func refusal(
        _ token: [UInt8], over bytes: [UInt8] = document, by authority: TimeStampAuthority
    ) async -> TimeStampRefusal? {
        do throws(TimeStampRefusal) {
            _ = try await authority.check(token, over: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "What openssl stamps is accepted, openssl accepts the token that we keep, and the authority is named",
        arguments: SigningPairs.Kind.allCases, ["sha256", "sha384", "sha512"])
    func stamped(kind: SigningPairs.Kind, digest: String) async throws {
        _ = try pairs.pair("tsa", kind, use: .stamping)
        let query = try TimeStampQuery(about: document, random: random)
        let token = try query.token(inAnswer: pairs.stampingAnswer(to: query.bytes, digest: digest))
        let stamp = try await TimeStampAuthority(file: pairs.path("ca.pem")).check(token, over: document)
        #expect(stamp.name == "CN=tsa" && stamp.policy == "1.2.3.4.1" && stamp.fingerprint.count == 64)
        // openssl's clock is the machine's.
        #expect(abs(stamp.moment.millisecondsSince1970 - Moment(Date()).millisecondsSince1970) < 3_600_000)
        #expect(try pairs.acceptsStamp(token, over: document))
        #expect(await refusal(token, by: .anybody) == nil)
    }

    @Test("The question is one that openssl reads, with its imprint, its number and the wish for a certificate")
    func question() throws {
        let query = try TimeStampQuery(about: document, random: random)
        try Data(query.bytes).write(to: URL(filePath: pairs.path("query.tsq")))
        let said = try pairs.openssl("ts", "-query", "-in", "query.tsq", "-text")
        #expect(
            said.isGood && said.said.contains("Hash Algorithm: sha256")
                && said.said.contains("Certificate required: yes"))
        #expect(said.said.contains("Nonce: 0x4102030405060708"))
        #expect(throws: TimeStampRefusal.self) { try TimeStampQuery(about: document, random: [1]) }
    }

    @Test(
        "An answer to another question, over other bytes, by a stranger, or by a certificate for something else is none"
    )
    func refused() async throws {
        _ = try pairs.pair("tsa", use: .stamping)
        _ = try pairs.pair("client", use: .client)
        let query = try TimeStampQuery(about: document, random: random)
        let later = try TimeStampQuery(about: document, random: [9] + random)
        let answer = try pairs.stampingAnswer(to: query.bytes)
        #expect(throws: TimeStampRefusal.wrong("it answers another question")) { try later.token(inAnswer: answer) }
        let elsewhere = try TimeStampQuery(about: document + [0x20], random: random)
        #expect(throws: TimeStampRefusal.wrong("it is one over other bytes")) { try elsewhere.token(inAnswer: answer) }
        let token = try query.token(inAnswer: answer)
        let authority = try TimeStampAuthority(file: pairs.path("ca.pem"))
        #expect(await refusal(token, over: document + [0x20], by: authority) == .wrong("it is one over other bytes"))

        let others = try SigningPairs()
        _ = try others.pair("tsa", use: .stamping)
        let strange = try query.token(inAnswer: others.stampingAnswer(to: query.bytes))
        #expect(await refusal(strange, by: authority)?.description.contains("does not vouch") == true)
        // openssl itself refuses to stamp with a certificate for something else; a signature is no time stamp either.
        #expect(throws: (any Error).self) { try pairs.stampingAnswer(to: query.bytes, by: "client") }
        let signature = try pairs.pair().signer(at: Moment(Date())).sign(document, at: Moment(Date()))
        #expect(await refusal(signature, by: authority) != nil)
        for bytes in [[], [0x30, 0x80], Array("no stamp".utf8), [UInt8](repeating: 0x30, count: 40_000)] {
            #expect(await refusal(bytes, by: authority) != nil)
            #expect(throws: TimeStampRefusal.self) { try query.token(inAnswer: bytes) }
        }
    }

    @Test("An authority that says no is quoted")
    func no() throws {
        _ = try pairs.pair("tsa", use: .stamping)
        // A question that openssl cannot read.
        let answer = try pairs.stampingAnswer(to: [0x30, 0x03, 0x02, 0x01, 0x01])
        let query = try TimeStampQuery(about: document, random: random)
        let error = #expect(throws: TimeStampRefusal.self) { try query.token(inAnswer: answer) }
        guard case .refused(let status, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(status == 2)
    }

    @Test("No changed byte of a token is accepted, but for those that nobody has signed and that say the same")
    func mutations() async throws {
        _ = try pairs.pair("tsa", use: .stamping)
        let query = try TimeStampQuery(about: document, random: random)
        let token = try query.token(inAnswer: pairs.stampingAnswer(to: query.bytes))
        let authority = try TimeStampAuthority(file: pairs.path("ca.pem"))
        let good = try await authority.check(token, over: document)
        var accepted: [Int] = []
        for index in token.indices {
            var changed = token
            changed[index] ^= 0x01
            do throws(TimeStampRefusal) {
                let other = try await authority.check(changed, over: document)
                #expect(other == good)
                accepted.append(index)
            } catch {}
        }
        // How the message is framed, and the authority's own certificate, which is known without it.
        #expect(accepted.count < token.count / 2)
    }

    @Test("The time is read to the millisecond, and nothing else is a time")
    func time() {
        #expect(TimeStampContent.moment("20260319060000Z") == Moment("2026-03-19T06:00:00.000Z"))
        #expect(TimeStampContent.moment("20260319060000.12345Z") == Moment("2026-03-19T06:00:00.123Z"))
        #expect(TimeStampContent.moment("20260319060000.5Z") == Moment("2026-03-19T06:00:00.500Z"))
        for text in ["20260319060000", "2026031906Z", "20260319060000.Z", "20261319060000Z", "2026031906000Z", "Z", ""]
        {
            #expect(TimeStampContent.moment(text) == nil)
        }
    }
}
