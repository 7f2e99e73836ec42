import Foundation
import Hummingbird
import LoopbackServer
import Synchronization
import Testing

@testable import Curl

/// A router with the answers that the tests need.
private func router() -> Router<BasicRequestContext> {
    let router = Router()
    router.get("hello") { _, _ in "hello" }
    router.get("missing") { _, _ -> HTTPResponse.Status in .notFound }
    router.get("hang") { _, _ in
        await forever()
        return "too late"
    }
    router.get("elsewhere") { _, _ in
        Response(status: .found, headers: [.location: "/hello"], body: .init(byteBuffer: ByteBuffer(string: "moved")))
    }
    router.get("large") { _, _ in String(repeating: "x", count: 100_000) }
    router.get("chunked") { _, _ in
        Response(
            status: .ok,
            body: .init { writer in
                for _ in 0..<100 { try await writer.write(ByteBuffer(repeating: 0x78, count: 1000)) }
                try await writer.finish(nil)
            })
    }
    router.post("echo") { request, _ in
        Response(
            status: .ok, headers: request.headers[.contentType].map { [.contentType: $0] } ?? [:],
            body: .init(asyncSequence: request.body))
    }
    return router
}

@Suite("Requests over HTTP")
struct PlainTests {
    private func local(_ port: Int, _ path: String, method: String = "GET", body: CurlBody = .none) -> CurlRequest {
        var request = CurlRequest("http://127.0.0.1:\(port)/\(path)", method: method, body: body)
        request.protocols = [.http]
        return request
    }

    private func failure(_ session: CurlSession, _ request: CurlRequest) async -> CurlError? {
        do {
            _ = try await session.send(request)
            return nil
        } catch {
            return error
        }
    }

    @Test("An answer of any status is a response, with body, headers and timing")
    func statuses() async throws {
        let session = try CurlSession()
        try await withServer(router()) { port in
            let answer = try await session.send(local(port, "hello"))
            #expect(answer.status == 200)
            #expect(String(decoding: answer.body, as: UTF8.self) == "hello")
            #expect(answer.header("CONTENT-LENGTH") == "5")
            #expect(answer.bytesReceived == 5)
            #expect(answer.timing.total > .zero)
            let status = try await session.send(local(port, "missing")).status
            #expect(status == 404)
        }
    }

    @Test("A redirect is given back, not followed")
    func redirect() async throws {
        let session = try CurlSession()
        try await withServer(router()) { port in
            let answer = try await session.send(local(port, "elsewhere"))
            #expect(answer.status == 302)
            #expect(answer.header("Location") == "/hello")
            #expect(String(decoding: answer.body, as: UTF8.self) == "moved")
        }
    }

    @Test("An answer over the limit fails, announced or not", arguments: ["large", "chunked"])
    func limit(path: String) async throws {
        let session = try CurlSession()
        try await withServer(router()) { port in
            var request = local(port, path)
            request.responseLimit = 100_000
            let size = try await session.send(request).body.count
            #expect(size == 100_000)
            request.responseLimit = 99_999
            let error = await failure(session, request)
            #expect(error?.code == .responseTooLarge)
            #expect(error?.mayHaveHadEffect == true)
        }
    }

    @Test("A body goes out whole from memory and from a file", arguments: [0, 1, 3_000_000])
    func upload(size: Int) async throws {
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            for index in 0..<size { buffer[index] = UInt8(truncatingIfNeeded: index &* 7 &+ index >> 8) }
            count = size
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "upload-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // best effort
        let session = try CurlSession()
        try await withServer(router()) { port in
            for body in [CurlBody.bytes(bytes), .file(path: file.path)] {
                let last = Mutex(CurlProgress(sent: 0, toSend: 0, received: 0, toReceive: 0))
                var request = local(port, "echo", method: "POST", body: body)
                request.responseLimit = size
                request.headers = [CurlHeader("Content-Type", "text/plain")]
                request.onProgress = { progress in last.withLock { $0 = progress } }
                let answer = try await session.send(request)
                #expect(answer.body == bytes)
                #expect(answer.header("content-type") == "text/plain")
                #expect(answer.bytesSent == size)
                #expect(last.withLock(\.sent) == size)
            }
        }
    }

    @Test("A file that is not there fails before anything is sent")
    func missingFile() async throws {
        let session = try CurlSession()
        let error = await failure(session, local(1, "echo", method: "POST", body: .file(path: "/nonexistent/file")))
        #expect(error?.code == .bodyUnreadable)
        #expect(error?.mayHaveHadEffect == false)
    }

    @Test("A stream is handed over in pieces and can be stopped")
    func stream() async throws {
        let session = try CurlSession()
        try await withServer(router()) { port in
            let seen = Mutex(0)
            var request = local(port, "chunked")
            request.sink = .stream { piece, status in
                seen.withLock { $0 += piece.count }
                return status == 200
            }
            let answer = try await session.send(request)
            #expect(answer.body.isEmpty)
            #expect(seen.withLock { $0 } == 100_000)
            request.sink = .stream { _, _ in false }
            #expect(await failure(session, request)?.code == .cancelled)
        }
    }

    @Test("Over a Unix socket")
    func unixSocket() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "s-\(UUID().uuidString.prefix(8))").path
        let session = try CurlSession()
        try await withServer(router(), address: .unixDomainSocket(path: path)) { _ in
            var request = CurlRequest("http://bailanys/hello")
            request.protocols = [.http]
            request.unixSocketPath = path
            let status = try await session.send(request).status
            #expect(status == 200)
        }
    }

    @Test("A time limit fails and says that the request was sent")
    func timeOut() async throws {
        let session = try CurlSession()
        try await withServer(router()) { port in
            var request = local(port, "hang")
            request.timeout = .milliseconds(50)
            let error = await failure(session, request)
            #expect(error?.code == .timedOut)
            #expect(error?.mayHaveHadEffect == true)
        }
    }

    @Test("A refused connection and an unknown host fail without effect")
    func notConnected() async throws {
        let session = try CurlSession()
        // The port of a server that has just gone.
        let port = try await withServer(router()) { $0 }
        let refused = await failure(session, local(port, "hello"))
        #expect(refused?.code == .notConnected)
        #expect(refused?.mayHaveHadEffect == false)
        var unknown = CurlRequest("http://host.invalid/")
        unknown.protocols = [.http]
        #expect(await failure(session, unknown)?.code == .hostNotFound)
    }

    @Test("A cancelled task aborts its transfer at once; others go on")
    func cancellation() async throws {
        let session = try CurlSession()
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let router = router()
        router.get("signal") { _, _ in
            arrived.yield()
            await forever()
            return ""
        }
        try await withServer(router) { port in
            let request = local(port, "signal")
            let task = Task { await failure(session, request) }
            _ = await arrivals.first { _ in true }
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled)
            #expect(error?.mayHaveHadEffect == true)
            let status = try await session.send(local(port, "hello")).status
            #expect(status == 200)
        }
    }

    @Test("A task that is already cancelled sends nothing")
    func cancelledBefore() async throws {
        let session = try CurlSession()
        let request = local(1, "hello")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await failure(session, request)
        }
        let error = await task.value
        #expect(error?.code == .cancelled)
        #expect(error?.mayHaveHadEffect == false)
    }

    @Test("Closing a session ends what is under way and refuses what comes later")
    func close() async throws {
        let session = try CurlSession()
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let router = router()
        router.get("signal") { _, _ in
            arrived.yield()
            await forever()
            return ""
        }
        try await withServer(router) { port in
            let request = local(port, "signal")
            async let error = failure(session, request)
            _ = await arrivals.first { _ in true }
            session.close()
            #expect(await error?.code == .cancelled)
            #expect(await failure(session, local(port, "hello"))?.code == .cancelled)
        }
    }

    @Test("Two hundred requests at once are all answered")
    func many() async throws {
        let session = try CurlSession()
        try await withServer(router()) { port in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<200 {
                    let request = local(port, "hello")
                    group.addTask { try await session.send(request).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 200))
        }
    }

    @Test(
        "What would break out of its line is refused before anything is sent",
        arguments: [
            CurlHeader("X-Name", "a\r\nX-Other: b"), CurlHeader("X Name", "a"), CurlHeader("X-Name:", "a"),
            CurlHeader("", "a"), CurlHeader("X-Name", "a\0b"),
        ])
    func injection(header: CurlHeader) async throws {
        let session = try CurlSession()
        var request = local(1, "hello")
        request.headers = [header]
        let error = await failure(session, request)
        #expect(error?.code == .invalidRequest)
        #expect(error?.mayHaveHadEffect == false)
    }

    @Test("Plain HTTP, files and nonsense are not sent by a request for https")
    func protocols() async throws {
        let session = try CurlSession()
        for url in ["http://127.0.0.1:1/", "file:///etc/hostname", "ftp://127.0.0.1/"] {
            #expect(await failure(session, CurlRequest(url))?.code == .protocolNotAllowed)
        }
        #expect(await failure(session, CurlRequest("https://"))?.code == .invalidRequest)
    }
}

@Suite("Requests over TLS")
struct TLSTests {
    let session: CurlSession
    let certificates: DemoCertificates

    init() throws {
        session = try CurlSession()
        certificates = try DemoCertificates()
    }

    private func request(_ port: Int, authority: DemoCertificates?, client: DemoCertificates? = nil) -> CurlRequest {
        var request = CurlRequest("https://127.0.0.1:\(port)/hello")
        request.certificateAuthorityFile = authority?.path("ca.pem")
        request.clientCertificate = client.map {
            CurlClientCertificate(certificateFile: $0.path("client.pem"), keyFile: $0.path("client-key.pem"))
        }
        return request
    }

    private func failure(_ request: CurlRequest, over session: CurlSession? = nil) async -> CurlError.Code? {
        do {
            _ = try await (session ?? self.session).send(request)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("With the right authority, and again on the same connection")
    func right() async throws {
        try await withServer(router(), tls: certificates.server()) { port in
            let first = try await session.send(request(port, authority: certificates))
            #expect(first.status == 200)
            #expect(first.timing.tls > .zero)
            let second = try await session.send(request(port, authority: certificates))
            #expect(second.timing.tls == .zero)
            session.close()  // the server would wait seconds for the open connection to say good-bye
        }
    }

    @Test("With another authority or the system's the peer is not verified")
    func wrongAuthority() async throws {
        let others = try DemoCertificates()
        try await withServer(router(), tls: certificates.server()) { port in
            #expect(await failure(request(port, authority: others)) == .peerNotVerified)
            #expect(await failure(request(port, authority: nil)) == .peerNotVerified)
        }
    }

    @Test("With a certificate for another host the peer is not verified")
    func wrongHost() async throws {
        // The certificate names 127.0.0.1; the whole of 127/8 is loopback.
        let address = BindAddress.hostname("127.0.0.2", port: 0)
        try await withServer(router(), tls: certificates.server(), address: address) { port in
            var request = request(port, authority: certificates)
            request.url = "https://127.0.0.2:\(port)/hello"
            #expect(await failure(request) == .peerNotVerified)
        }
    }

    @Test("A server that demands a client certificate gets it, or refuses")
    func clientCertificate() async throws {
        let others = try DemoCertificates()
        try await withServer(router(), tls: certificates.server(demandsClientCertificate: true)) { port in
            let good = request(port, authority: certificates, client: certificates)
            let status = try await session.send(good).status
            #expect(status == 200)
            session.close()
            let session = try CurlSession()
            #expect(await failure(request(port, authority: certificates), over: session) == .tlsRefused)
            #expect(await failure(request(port, authority: certificates, client: others), over: session) == .tlsRefused)
            var keyless = good
            keyless.clientCertificate?.keyFile = "/nonexistent/key.pem"
            // Over its own session: a connection that is open with this certificate would be used again.
            #expect(await failure(keyless, over: try CurlSession()) == .invalidRequest)
        }
    }
}
