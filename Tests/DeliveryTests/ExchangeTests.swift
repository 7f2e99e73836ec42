import Agency
import Curl
import Delivery
import Foundation
import Logging
import LoopbackServer
import Testing
import WorkingDays

/// The real transport against the real receiver over TLS.
@Suite("The exchange with the Agency")
struct ExchangeTests {
    let world: World
    let certificates: DemoCertificates
    let session: CurlSession

    init() throws {
        world = try World()
        certificates = try DemoCertificates()
        session = try CurlSession()
    }

    /// Runs a receiver; what it stores survives to the next call.
    private func withAgency(
        token: String? = nil, demandsClientCertificate: Bool = false, faults: [AgencyFault] = [],
        _ body: (_ port: Int) async throws -> Void
    ) async throws {
        var configuration = AgencyConfiguration(
            port: 0, databasePath: certificates.path("agency.sqlite"), certificateFile: certificates.path("server.pem"),
            keyFile: certificates.path("server-key.pem"))
        configuration.bearerToken = token
        configuration.clientAuthorityFile = demandsClientCertificate ? certificates.path("ca.pem") : nil
        configuration.faults = faults
        var logger = Logger(label: "agency")
        logger.logLevel = .critical
        try await withApplication(
            { [configuration, logger] onListening in
                try AgencyReceiver.buildApplication(
                    configuration, logger: logger, now: { Moment(millisecondsSince1970: 1_775_000_500_000) },
                    onListening: onListening)
            }, body)
    }

    private func transport(_ port: Int, _ change: (inout HTTPSTransport.Destination) -> Void = { _ in }) throws
        -> HTTPSTransport
    {
        var destination = HTTPSTransport.Destination(address: "https://127.0.0.1:\(port)/reports/v1")
        destination.certificateAuthorityFile = certificates.path("ca.pem")
        // Long, so that a busy machine does not make an attempt more; faults that never answer shorten it.
        destination.timeout = .seconds(600)
        change(&destination)
        return try HTTPSTransport(destination, session: session)
    }

    /// How many reports the receiver holds.
    private func held(_ port: Int) async throws -> Int {
        var request = CurlRequest("https://127.0.0.1:\(port)/reports/v1")
        request.certificateAuthorityFile = certificates.path("ca.pem")
        let text = String(decoding: try await session.send(request).body, as: UTF8.self)
        return text.components(separatedBy: "\"number\"").count - 1
    }

    @Test(
        "Whatever fault comes first, the receiver holds the report once and we its receipt",
        arguments: AgencyFault.Kind.allCases.filter { $0 != .wrongDigest })
    func faults(kind: AgencyFault.Kind) async throws {
        try await world.queue("a")
        try await withAgency(faults: [AgencyFault(kind, times: 2)]) { port async throws in
            let isSilent = kind == .hang || kind == .hangAfterStoring
            let transport = try transport(port) { if isSilent { $0.timeout = .seconds(3) } }
            let ended = try await world.run(world.service(["agency": transport]), untilEnded: 1)
            #expect(ended == ["delivered a"])
            #expect(try await held(port) == 1)
            session.close()
        }
        let record = try #require(try await world.record("a"))
        #expect(record.receiptNumber == "AR-000001")
        #expect(record.receivedAt == Moment(millisecondsSince1970: 1_775_000_500_000))
        #expect(record.attempts == (kind == .slow ? 1 : 3))
    }

    @Test("One fault after another: still once")
    func allFaults() async throws {
        try await world.queue("a")
        let faults = AgencyFault.Kind.allCases.filter { $0 != .wrongDigest }.map { AgencyFault($0) }
        try await withAgency(faults: faults) { port async throws in
            let transport = try transport(port) { $0.timeout = .seconds(3) }
            try await world.run(world.service(["agency": transport]), untilEnded: 1)
            #expect(try await held(port) == 1)
            session.close()
        }
        #expect(try await world.record("a")?.phase == .delivered)
    }

    @Test("Killed after the receiver has stored the report and before its answer came: still once")
    func killed() async throws {
        try await world.queue("a")
        try await withAgency(faults: [AgencyFault(.hangAfterStoring)]) { port async throws in
            let hanging = world.service(["agency": try transport(port) { $0.timeout = .seconds(600) }])
            let run = Task { try await hanging.run() }
            while try await held(port) == 0 {}
            run.cancel()
            _ = await run.result
            #expect(try await world.record("a")?.phase == .attempting)
            try await world.run(world.service(["agency": transport(port)]), untilEnded: 1)
            #expect(try await held(port) == 1)
            session.close()
        }
        #expect(try await world.record("a")?.receiptNumber == "AR-000001")
        #expect(try await world.outcomes("a") == ["interrupted", "received"])
    }

    @Test("A receipt for other content is an alarm, not a delivery")
    func wrongReceipt() async throws {
        try await world.queue("a")
        try await withAgency(faults: [AgencyFault(.wrongDigest)]) { port async throws in
            let ended = try await world.run(world.service(["agency": transport(port)]), untilEnded: 1)
            #expect(ended == ["died a"])
            session.close()
        }
        let record = try #require(try await world.record("a"))
        #expect(record.deadReason?.hasPrefix("ALARM: receipt AR-000001") == true)
        #expect(record.receiptNumber == nil)
    }

    @Test("A receiver that is not there yet is waited for")
    func absent() async throws {
        var port = 0
        try await withAgency { port = $0 }
        try await world.queue("a")
        var policy = DeliveryPolicy()
        policy.attemptLimit = 4
        let ended = try await world.run(
            world.service(["agency": transport(port)], policy: policy), untilEnded: 1)
        #expect(ended == ["died a"])
        #expect(try await world.outcomes("a") == ["transient", "transient", "transient", "transient"])
    }

    @Test("A token and a client certificate are shown; without them a person is called at once, or it is retried")
    func identity() async throws {
        try await world.queue("a")
        try await withAgency(token: "secret", demandsClientCertificate: true) { port async throws in
            let certificate = CurlClientCertificate(
                certificateFile: certificates.path("client.pem"), keyFile: certificates.path("client-key.pem"))
            var policy = DeliveryPolicy()
            policy.attemptLimit = 2
            // Without a certificate TLS fails, which may pass: the receiver's authority may be about to change.
            let bare = try transport(port)
            #expect(try await world.run(world.service(["agency": bare], policy: policy), untilEnded: 1) == ["died a"])
            #expect(try await world.outcomes("a") == ["transient", "transient"])
            // With it, but without the token, the receiver refuses.
            try await world.queue("b")
            let nameless = try transport(port) { $0.clientCertificate = certificate }
            #expect(try await world.run(world.service(["agency": nameless]), untilEnded: 1) == ["died b"])
            #expect(try await world.outcomes("b") == ["permanent"])
            try await world.queue("c")
            let complete = try transport(port) {
                $0.clientCertificate = certificate
                $0.bearerToken = "secret"
            }
            #expect(try await world.run(world.service(["agency": complete]), untilEnded: 1) == ["delivered c"])
            session.close()
        }
    }

    @Test("A receiver whose certificate cannot be verified gets nothing")
    func wrongAuthority() async throws {
        let others = try DemoCertificates()
        try await world.queue("a")
        try await withAgency { port async throws in
            let transport = try transport(port) { $0.certificateAuthorityFile = others.path("ca.pem") }
            #expect(try await world.run(world.service(["agency": transport]), untilEnded: 1) == ["died a"])
            #expect(try await world.outcomes("a") == ["permanent"])
            #expect(try await held(port) == 0)
            session.close()
        }
    }

    @Test("What the receiver finds wrong with a document is what people read")
    func refused() async throws {
        try await world.queue("a", #"{"period":"2026-03","schema":"bailanys/monthly-report/1"}"#)
        try await withAgency { port async throws in
            try await world.run(world.service(["agency": transport(port)]), untilEnded: 1)
            session.close()
        }
        let reason = try #require(try await world.record("a")?.deadReason)
        #expect(reason.contains("/revision missing: a whole number from 1"))
        #expect(reason.contains("/items missing: an object"))
    }

    @Test("Only https is a destination")
    func plain() {
        #expect(throws: DeliveryError.addressNotHTTPS("http://agency.example")) {
            try HTTPSTransport(.init(address: "http://agency.example"), session: session)
        }
    }
}
