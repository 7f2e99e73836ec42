import Foundation
import SigningSupport
import Testing
import WorkingDays

@testable import Signatures

@Suite("The certificate by which a server shows who it is")
struct ServerPairTests {
    private let pairs: SigningPairs
    private let now: Moment

    init() throws {
        pairs = try SigningPairs()
        now = try #require(Moment("2026-03-19T10:00:00Z"))
    }

    private func fault(_ certificate: String, _ key: String) -> ServerPairFault? {
        do throws(ServerPairFault) {
            try ServerPair(certificate: certificate, key: key).requireValid(at: now)
            return nil
        } catch {
            return error
        }
    }

    @Test("a pair is read with its name and its end")
    func good() throws {
        let made = try pairs.pair("good", until: "2026-04-15")
        let pair = try ServerPair(certificate: try #require(made.certificate), key: made.key)
        #expect(pair.name == "CN=good" && pair.days(from: now) == 26)
        #expect(pair.validUntil.description.hasPrefix("2026-04-15"))
    }

    @Test("what cannot be shown is told apart")
    func faults() throws {
        let (good, other) = (try pairs.pair("good"), try pairs.pair("other"))
        let (ended, early) = (try pairs.pair("ended", until: "2026-03-18"), try pairs.pair("early", from: "2026-03-20"))
        let certificate = try #require(good.certificate)
        let nothing = try pairs.write("nothing", to: "nothing.pem")
        #expect(fault(certificate, good.key) == nil)
        #expect(fault(certificate, other.key) == .mismatch(certificate: "CN=good"))
        #expect(fault("/nonexistent", good.key) == .unreadable("/nonexistent"))
        #expect(fault(certificate, "/nonexistent") == .unreadable("/nonexistent"))
        if case .certificateRefused(nothing, _) = fault(nothing, good.key) {} else { Issue.record("no certificate") }
        if case .keyRefused(nothing, _) = fault(certificate, nothing) {} else { Issue.record("no key") }
        if case .ended = fault(try #require(ended.certificate), ended.key) {} else { Issue.record("ended") }
        if case .notYetValid = fault(try #require(early.certificate), early.key) {} else { Issue.record("early") }
    }
}
