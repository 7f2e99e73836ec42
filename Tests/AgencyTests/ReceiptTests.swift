import CanonicalJSON
import Curl
import Foundation
import LoopbackServer
import Testing

@testable import Agency

@Suite("Which reports are taken")
struct ReceiptTests {
    let pusher: Pusher

    init() throws {
        pusher = try Pusher()
    }

    @Test("A report is taken once, and its receipt given again to the same key")
    func taken() async throws {
        try await pusher.withReceiver { port async throws in
            let first = try await pusher.send(pusher.push(port, report(), key: "k1"))
            #expect(first.status == 201)
            #expect(first.json["number"]?.string == "AR-000001")
            #expect(first.json["receivedAt"]?.string == "2026-03-31T23:33:20.000Z")
            #expect(first.json["digest"] == .string(ContentDigest(of: Data(report().utf8)).headerValue))
            #expect(first.json["period"]?.string == "2026-03")
            #expect(first.json["revision"]?.int == 1)
            let again = try await pusher.send(pusher.push(port, report(), key: "k1"))
            #expect(again.status == 200)
            #expect(again.json == first.json)
            let otherKey = try await pusher.send(pusher.push(port, report(), key: "k2"))
            #expect(otherKey.status == 200)
            #expect(otherKey.json == first.json)
            let list = try await pusher.send(pusher.request(port, "/reports/v1"))
            #expect(list.json["receipts"]?.array?.count == 1)
            let receipt = try await pusher.send(pusher.request(port, "/receipts/AR-000001"))
            #expect(receipt.json == first.json)
            let document = try await pusher.session.send(pusher.request(port, "/reports/v1/monthly/2026-03/1"))
            #expect(document.body == Array(report().utf8))
        }
    }

    @Test("A receipt survives a restart of the receiver")
    func restart() async throws {
        try await pusher.withReceiver { port async throws in
            #expect(try await pusher.send(pusher.push(port, report(), key: "k1")).status == 201)
        }
        try await pusher.withReceiver { port async throws in
            let again = try await pusher.send(pusher.push(port, report(), key: "k1"))
            #expect(again.status == 200)
            #expect(again.json["number"]?.string == "AR-000001")
        }
    }

    @Test("A higher revision is taken; what contradicts is refused")
    func revisions() async throws {
        try await pusher.withReceiver { port async throws in
            func push(_ document: String, _ key: String, _ period: String = "2026-03") async throws -> (Int, JSON?) {
                let answer = try await pusher.send(pusher.push(port, document, key: key, period: period))
                return (answer.status, answer.json["type"])
            }
            #expect(try await push(report(revision: 1), "a") == (201, nil))
            #expect(try await push(report(revision: 3), "b") == (201, nil))
            #expect(try await push(report(revision: 1, note: "x"), "a") == (409, problem("idempotency-key-reused")))
            #expect(try await push(report(revision: 3, note: "x"), "c") == (409, problem("revision-taken")))
            #expect(try await push(report(revision: 2), "d") == (409, problem("overtaken")))
            #expect(try await push(report(period: "2026-04"), "e", "2026-04") == (201, nil))
            let list = try await pusher.send(pusher.request(port, "/reports/v1"))
            #expect(
                list.json["receipts"]?.array?.compactMap { $0["number"]?.string } == [
                    "AR-000003", "AR-000002", "AR-000001",
                ])
        }
    }

    @Test("Commits are durable: synchronous=FULL is in force on the connection that writes")
    func durable() throws {
        let store = try AgencyStore(path: pusher.certificates.path("durable.sqlite"))
        #expect(try store.synchronousLevel() == 2)
    }
}

private func problem(_ type: String) -> JSON {
    .string("urn:bailanys:agency:\(type)")
}

@Suite("What is refused before it is looked up")
struct RefusalTests {
    let pusher: Pusher

    init() throws {
        pusher = try Pusher()
    }

    struct Spoiled: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var status: Int
        var type: String
        var spoil: @Sendable (inout CurlRequest) -> Void
    }

    static let spoiled: [Spoiled] = [
        Spoiled(testDescription: "another media type", status: 415, type: "media-type") {
            $0.headers[1].value = "text/plain"
        },
        Spoiled(testDescription: "no key", status: 400, type: "idempotency-key-missing") { $0.headers.remove(at: 2) },
        Spoiled(testDescription: "a key with a space", status: 400, type: "idempotency-key-missing") {
            $0.headers[2].value = "\"a b\""
        },
        Spoiled(testDescription: "no digest", status: 400, type: "digest-missing") { $0.headers.remove(at: 3) },
        Spoiled(testDescription: "half a digest", status: 400, type: "digest-missing") {
            $0.headers[3].value = "sha-256=:AAAA:"
        },
        Spoiled(testDescription: "another digest", status: 400, type: "digest-mismatch") {
            $0.headers[3].value = ContentDigest(of: Data()).headerValue
        },
        Spoiled(testDescription: "an unknown kind", status: 404, type: "unknown-kind") {
            $0.url = $0.url.replacingOccurrences(of: "monthly", with: "weekly")
        },
    ]

    @Test("A spoiled push", arguments: spoiled)
    func refused(spoiled: Spoiled) async throws {
        try await pusher.withReceiver { port async throws in
            var request = pusher.push(port, report(), key: "k")
            spoiled.spoil(&request)
            let answer = try await pusher.send(request)
            #expect(answer.status == spoiled.status)
            #expect(answer.json["type"] == problem(spoiled.type))
            let list = try await pusher.send(pusher.request(port, "/reports/v1"))
            #expect(list.json["receipts"]?.array == [])
        }
    }

    /// An explanation of a discrepancy (797 §20) of two units.
    private func explanation(_ units: Int, unexplained: Int, number: String = "78-1mk_2026-Q1_MJ_16") -> String {
        #"{"body":{"code":"MJ"},"causes":[{"units":\#(units)}],"difference":2,"number":"\#(number)","#
            + #""numbers":[{"column":"4","ours":3,"theirs":5}],"revision":1,"#
            + #""schema":"bailanys/discrepancy-explanation/1","unexplained":\#(unexplained)}"#
    }

    @Test("The explanation of a discrepancy is taken where its causes and what is left add up, under its own number")
    func discrepancies() async throws {
        try await pusher.withReceiver { port async throws in
            func push(_ document: String, _ key: String) async throws -> (status: Int, json: JSON) {
                try await pusher.send(
                    pusher.push(port, document, key: key, kind: "discrepancies", period: "78-1mk_2026-Q1_MJ_16"))
            }
            #expect(try await push(explanation(1, unexplained: 0), "a").status == 422)
            #expect(try await push(explanation(1, unexplained: 1, number: "78-1mk_2026-Q1_MJ_18"), "b").status == 422)
            let taken = try await push(explanation(1, unexplained: 1), "c")
            #expect(taken.status == 201)
            #expect(taken.json["kind"]?.string == "discrepancies")
        }
    }

    @Test(
        "A document of the wrong form is refused with the paths of its errors",
        arguments: [
            (#"{"#, []), (#"[]"#, ["/schema", "/period", "/revision", "/items"]),
            (
                #"{"schema":"other","period":"2026-13","revision":0,"items":[]}"#,
                ["/schema", "/period", "/revision", "/items"]
            ),
            (report(period: "2026-04"), ["/period"]), (report(revision: 0), ["/revision"]),
        ])
    func form(document: String, paths: [String]) async throws {
        try await pusher.withReceiver { port async throws in
            let answer = try await pusher.send(pusher.push(port, document, key: "k"))
            #expect(answer.status == 422)
            #expect((answer.json["errors"]?.array ?? []).compactMap { $0["path"]?.string } == paths)
        }
    }

    @Test("A report over the size limit is refused")
    func size() async throws {
        try await pusher.withReceiver(sizeLimit: 100) { port async throws in
            #expect(
                try await pusher.send(pusher.push(port, report(note: String(repeating: "x", count: 200)), key: "k"))
                    .status == 413)
        }
    }

    @Test("Without the agreed token nothing is open but health")
    func token() async throws {
        try await pusher.withReceiver(token: "secret") { port async throws in
            var request = pusher.push(port, report(), key: "k")
            #expect(try await pusher.send(request).status == 401)
            request.headers.append(CurlHeader("Authorization", "Bearer wrong"))
            #expect(try await pusher.send(request).status == 401)
            request.headers[4].value = "Bearer secret"
            #expect(try await pusher.send(request).status == 201)
            #expect(try await pusher.send(pusher.request(port, "/receipts/AR-000001")).status == 401)
            #expect(try await pusher.send(pusher.request(port, "/health")).status == 200)
        }
    }

    @Test("Without a client certificate nothing is open at all")
    func clientCertificate() async throws {
        try await pusher.withReceiver(demandsClientCertificate: true) { port async throws in
            var request = pusher.push(port, report(), key: "k")
            await #expect(throws: CurlError.self) { try await pusher.session.send(request) }
            request.clientCertificate = CurlClientCertificate(
                certificateFile: pusher.certificates.path("client.pem"),
                keyFile: pusher.certificates.path("client-key.pem"))
            #expect(try await pusher.send(request).status == 201)
            pusher.session.close()
        }
    }

    @Test("An address that is not there answers with a problem document")
    func missing() async throws {
        try await pusher.withReceiver { port async throws in
            for path in ["/", "/receipts/AR-000009", "/receipts/x", "/reports/v1/monthly/2026-03/1"] {
                let answer = try await pusher.send(pusher.request(port, path))
                #expect(answer.status == 404)
                #expect(answer.json["status"]?.int == 404)
            }
        }
    }
}

@Suite("Faults committed on purpose")
struct FaultTests {
    let pusher: Pusher

    init() throws {
        pusher = try Pusher()
    }

    @Test(
        "Each fault comes as often as ordered, and the report is there once afterwards",
        arguments: AgencyFault.Kind.allCases)
    func faults(kind: AgencyFault.Kind) async throws {
        try await pusher.withReceiver(faults: [AgencyFault(kind, retryAfterSeconds: 7)]) { port async throws in
            var request = pusher.push(port, report(), key: "k")
            // Only a receiver that hangs needs patience to end; on a busy machine others may answer late.
            let hangs = [.hang, .hangAfterStoring].contains(kind)
            request.timeout = hangs ? .seconds(3) : .seconds(600)
            let faulty: Result<CurlResponse, CurlError>
            do throws(CurlError) {
                faulty = .success(try await pusher.session.send(request))
            } catch {
                faulty = .failure(error)
            }
            switch (kind, faulty) {
            case (.unavailable, .success(let answer)):
                #expect(answer.status == 503)
                #expect(answer.header("Retry-After") == "7")
            case (.hang, .failure(let error)), (.hangAfterStoring, .failure(let error)):
                #expect(error.code == .timedOut)
                #expect(error.mayHaveHadEffect)
            case (.closeAfterStoring, .failure(let error)):
                #expect(error.code == .connectionLost)
                #expect(error.mayHaveHadEffect)
            case (.slow, .success(let answer)):
                #expect(answer.status == 201)
            case (.wrongDigest, .success(let answer)):
                #expect(answer.status == 201)
                let expected = JSON.string(ContentDigest(of: Data(report().utf8)).headerValue)
                #expect(try JSON(parsing: answer.body)["digest"] != expected)
            default:
                Issue.record("\(kind) gave \(faulty)")
            }
            request.timeout = .seconds(600)
            let again = try await pusher.send(request)
            #expect(again.status == ([.unavailable, .hang].contains(kind) ? 201 : 200))
            #expect(again.json["number"]?.string == "AR-000001")
        }
    }

    @Test(
        "A fault is read as the command line writes it",
        arguments: [
            ("hang", AgencyFault(.hang)), ("unavailable:3", AgencyFault(.unavailable, times: 3)),
            ("unavailable:3:60", AgencyFault(.unavailable, times: 3, retryAfterSeconds: 60)), ("explode", nil),
            ("hang:x", nil), ("hang:-1", nil), ("hang:1:1:1", nil),
        ])
    func parsing(text: String, fault: AgencyFault?) {
        #expect(AgencyFault(text) == fault)
    }
}
