import CanonicalJSON
import Foundation
import Journal
import SigningSupport
import TestSupport
import Testing
import WorkingDays

/// The whole way of a report by the built program: sealed, signed, taken by the receiver, proven in one file, and its journal
/// held against what the receiver was told.
@Suite("Proofs of the built program", .serialized)
struct ProofCommandTests {
    private let program = Program()
    private let pairs: SigningPairs

    init() throws {
        pairs = try SigningPairs()
        _ = try pairs.pair("tsa", use: .stamping)
    }

    private func file(_ name: String) -> String { program.folder.file(name) }

    /// Starts a receiver and a centre that pushes to it, and waits until it has the receipt of a report.
    private func sendReport(_ body: (_ server: Program.Running) throws -> Void) throws {
        let certificates = file("certificates")
        let made = try program.run(program: Repository.path + "/scripts/make-demo-certificates", certificates)
        try #require(made.status == 0, "\(made.errors)")
        try FileManager.default.createDirectory(atPath: file("agency"), withIntermediateDirectories: true)
        let agency = try program.start(
            "agency", "--port", "0", "--store", file("agency") + "/agency.db", "--certificate",
            certificates + "/server.pem", "--key", certificates + "/server-key.pem", "--signature-authority",
            certificates + "/ca.pem", "--signature-key", certificates + "/agency-signer-key.pem",
            "--signature-certificate", certificates + "/agency-signer.pem", until: "/reports/v1")
        defer { agency.stop() }
        let address = try #require(agency.text.split(separator: " ").last { $0.hasPrefix("https://") })
        try FileManager.default.createDirectory(atPath: program.data, withIntermediateDirectories: true)
        let stamps = try StampingProcess(pairs)
        // It ends with the value.
        defer { withExtendedLifetime(stamps) {} }
        let settings = """
            report-first-period: "2099-01"
            report-destination: \(address.trimmingCharacters(in: .whitespacesAndNewlines))
            report-authority: \(certificates)/ca.pem
            signature-key: \(certificates)/signer-key.pem
            signature-certificate: \(certificates)/signer.pem
            agency-signature-authority: \(certificates)/ca.pem
            time-stamp-address: \(stamps.address)
            time-stamp-authority: \(pairs.path("ca.pem"))
            """
        try Data(settings.utf8).write(to: URL(filePath: program.data + "/bailanys.yaml"))
        let server = try program.start("serve", "--port", "0", until: "Ready in")
        defer { server.stop() }
        let sealed = try program.run("report", "seal", "2026-02")
        try #require(sealed.status == 0, "\(sealed.errors)")
        for _ in 0..<600 {
            if try program.run("report", "list").output.contains("receipt AR-000001") { break }
            usleep(200_000)
        }
        try body(server)
    }

    /// An export with one word of its first event changed, and every hash after it made as the program makes them.
    private func writeAnew(_ export: String, to rewritten: String) throws {
        var head = JournalHead.empty
        var writer = JSONWriter(capacity: 1024)
        var lines: [UInt8] = []
        for line in try String(contentsOfFile: export, encoding: .utf8).split(separator: "\n").dropLast() {
            let record = try #require(try JSON(parsing: Array(line.utf8))["record"])
            func text(_ name: String) -> String { record[name]?.string ?? "" }
            let event = RecordedEvent(
                position: head.position + 1, stream: StreamID(text("stream")),
                version: Int(try #require(record["version"]?.int)), name: text("name"),
                occurredAt: try #require(Moment(text("occurredAt"))),
                recordedAt: try #require(Moment(text("recordedAt"))),
                actor: head.position == 0 ? Actor("cli:nobody") : Actor(text("actor")),
                payload: try #require(record["payload"]).bytes)
            let hash = EventLink.hash(event, after: head.hash, using: &writer)
            lines += Array("{\"hash\":\"\(EventLink.hexadecimal(hash))\",\"record\":".utf8) + writer.bytes
            lines += Array("}\n".utf8)
            head = JournalHead(position: event.position, hash: hash)
        }
        try Data(lines + Journal.closingLine(head) + [0x0A]).write(to: URL(filePath: rewritten))
    }

    @Test(
        "A report's proofs are checked from one file; a journal that was written anew is found out by the receiver's copies"
    )
    func wholeWay() throws {
        let authority = file("certificates") + "/ca.pem"
        let against = ["--against", file("agency"), "--authority", authority]
        try sendReport { server in
            // Carried out inside the server, and by a process of its own.
            let inside = try program.run(["journal", "verify"] + against)
            #expect(inside.status == 0, "\(inside.output)\(inside.errors)")
            #expect(inside.output.contains("1 of 1 signed receipts: the journal still holds what was told then."))
            let made = try program.run("report", "container", "2026-02", file("report.asice"))
            #expect(made.status == 0, "\(made.errors)")
        }
        let outside = try program.run(["journal", "verify"] + against)
        #expect(outside.status == 0, "\(outside.output)\(outside.errors)")
        try FileManager.default.createDirectory(atPath: file("receipts"), withIntermediateDirectories: true)
        #expect(try program.run("report", "receipts", file("receipts")).status == 0)
        let kept = try program.run("journal", "verify", "--against", file("receipts"), "--authority", authority)
        #expect(kept.status == 0, "\(kept.output)\(kept.errors)")

        let check = [
            "verify", file("report.asice"), "--authority", authority, "--receiver-authority", authority,
            "--stamp-authority", pairs.path("ca.pem"),
        ]
        let proven = try program.run(check)
        #expect(proven.status == 0, "\(proven.output)\(proven.errors)")
        #expect(proven.output.contains("1. Signed by") && proven.output.contains("by “CN=tsa”"))
        #expect(!proven.output.contains("nobody was asked") && proven.output.contains("Agency (demonstration)"))
        #expect(try program.run(["verify", file("report.asice"), "--json"]).output.contains(#""isVouchedFor":false"#))
        var bytes = try Data(contentsOf: URL(filePath: file("report.asice")))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: file("changed.asice")))
        let changed = try program.run("verify", file("changed.asice"))
        #expect(changed.status == 1 && changed.output.contains("NOT PROVEN"))

        #expect(try program.run("journal", "export", file("events.jsonl")).status == 0)
        try writeAnew(file("events.jsonl"), to: file("rewritten.jsonl"))
        let other = ["--data", file("rewritten")]
        let taken = try program.run(["journal", "import", file("rewritten.jsonl")] + other)
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(try program.run(["journal", "verify"] + other).status == 0)
        let found = try program.run(["journal", "verify"] + against + other)
        #expect(found.status == 1 && found.output.contains("THE JOURNAL WAS WRITTEN ANEW"), "\(found.output)")
    }
}
