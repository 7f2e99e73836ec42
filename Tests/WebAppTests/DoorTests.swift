import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import WebApp

@Suite("Strangers at the door")
struct DoorTests {
    private struct Broken: Error {}

    @Test("a body that is sent wrongly is the sender's mistake, whatever read it")
    func brokenBody() async throws {
        let pieces = AsyncThrowingStream<ByteBuffer, any Error> { stream in
            stream.yield(ByteBuffer(string: "a=b"))
            stream.finish(throwing: Broken())
        }
        let head = HTTPRequest(method: .post, scheme: "http", authority: "x", path: "/")
        let request = Request(head: head, body: RequestBody(asyncSequence: pieces))
        do {
            _ = try await BodyReader.read(request, upTo: 100, within: 60)
            Issue.record("it was read")
        } catch {
            #expect(ErrorKind(error) == .badRequest, "\(error)")
        }
    }

    @Test("who signed in on a device passes there while a stranger guesses at his name from the same network")
    func device() async throws {
        let site = try await Site { $0.signInLimit = RateLimit(burst: 100, perSecond: 1) }
        try await site.test { browser in
            try await browser.signIn("operator")
            #expect(browser[cookie: "device"] != nil)
            #expect(try await browser.post("/sign-out", from: "/").status == .seeOther)
            let stranger = Browser(client: browser.client)
            for _ in 0..<6 { _ = try await stranger.signIn("operator", password: "wrong") }
            let closed = try await stranger.signIn("operator")
            #expect(closed.status == .tooManyRequests && closed.headers[.retryAfter].flatMap(Int.init) ?? 0 > 0)
            #expect(try await browser.signIn("operator").status == .seeOther)
        }
    }

    @Test("guessing at the present password has to wait, and the page says how long")
    func presentPassword() async throws {
        let site = try await Site()
        try await site.test { browser in
            try await browser.signIn("operator")
            let new = "жаңа ұзын құпиясөз"
            var statuses: [Int] = []
            for _ in 0..<7 {
                statuses.append(
                    try await browser.post(
                        "/account/password", ["old": "wrong", "new": new, "repeated": new], from: "/account/password"
                    ).status.code)
            }
            #expect(statuses == [422, 422, 422, 422, 422, 429, 429])
        }
    }
}
