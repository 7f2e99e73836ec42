import CanonicalJSON
import Foundation
import Journal
import Signatures
import SigningSupport
import Testing
import WorkingDays

@testable import Proofs

@Suite("One file, three proofs")
struct ProofTests {
    let fixture: Fixture

    init() throws {
        fixture = try Fixture()
    }

    private func refusal(_ file: [UInt8], _ check: ProofCheck? = nil) async throws -> ProofRefusal? {
        let check = try check ?? fixture.check()
        do throws(ProofRefusal) {
            _ = try await check.check(file)
            return nil
        } catch {
            return error
        }
    }

    @Test("A good container says who signed, when, who took it and which event of the journal it was")
    func good() async throws {
        var wish = Fixture.Wish()
        wish.isStamped = true
        wish.workbook = Array("workbook".utf8)
        let parts = try fixture.parts(wish)
        let found = try await fixture.check().check(fixture.pack(parts))
        #expect(found.kind == "monthly" && found.period == "2026-03" && found.revision == 1)
        #expect(found.signatory.name == "CN=centre" && found.packer.name == "CN=centre")
        #expect(found.receiver.name == "CN=agency" && found.receipt == "AR-000001" && found.key == "5d2c")
        #expect(found.stamp?.name == "CN=tsa")
        #expect(found.head.position == 17 && found.recordedAt == Fixture.day && found.packedAt == Fixture.day)
        // Nobody has to be asked for the file to be whole; who stands behind the keys is then not known.
        #expect(try await refusal(fixture.pack(parts), ProofCheck()) == nil)
    }

    @Test("Every good one is accepted, whatever stands in the report", arguments: 0..<60)
    func everyGoodOne(number: Int) async throws {
        var numbers = SeededNumbers(state: UInt64(number))
        var wish = Fixture.Wish()
        wish.period = "20\(Int.random(in: 10...99, using: &numbers))-0\(Int.random(in: 1...9, using: &numbers))"
        wish.revision = Int.random(in: 1...9, using: &numbers)
        wish.position = Int.random(in: 1...9_000_000, using: &numbers)
        wish.note = String(
            (0..<Int.random(in: 0...400, using: &numbers)).map { _ in "aб Қ\"\\/".randomElement(using: &numbers) ?? "x"
            })
        wish.isStamped = number.isMultiple(of: 10)
        if Bool.random(using: &numbers) {
            wish.workbook = (0..<Int.random(in: 0...5_000, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
        }
        let file = try fixture.pack(fixture.parts(wish))
        #expect(try await fixture.check().check(file).period == wish.period)
    }

    @Test("openssl accepts the parts as they stand in the file, and a common program reads it")
    func foreign() async throws {
        var wish = Fixture.Wish()
        wish.isStamped = true
        let file = try fixture.pack(fixture.parts(wish))
        try Data(file).write(to: URL(filePath: fixture.pairs.path("c.asice")))
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = ["python3", "-m", "zipfile", "-e", "c.asice", "out"]
        python.currentDirectoryURL = fixture.pairs.folder
        try python.run()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
        // The first bytes by which such a file is known (ETSI EN 319 162-1, A.1).
        #expect(Array(file[30..<38]) == Array("mimetype".utf8))
        #expect(Array(file[38..<(38 + ProofContainer.mediaType.utf8.count)]) == Array(ProofContainer.mediaType.utf8))
        for (signature, content) in [
            ("META-INF/signature001.p7s", "META-INF/ASiCManifest001.xml"), ("proof/report.p7s", "report.json"),
            ("proof/receipt.p7s", "proof/receipt.json"),
        ] {
            let said = try fixture.pairs.openssl(
                "cms", "-verify", "-binary", "-inform", "DER", "-in", "out/\(signature)", "-content", "out/\(content)",
                "-CAfile", "ca.pem", "-out", "/dev/null")
            #expect(said.isGood, "\(signature): \(said.said)")
        }
        let stamp = try fixture.pairs.openssl(
            "ts", "-verify", "-token_in", "-in", "out/proof/report.tst", "-data", "out/proof/report.p7s", "-CAfile",
            "ca.pem")
        #expect(stamp.isGood, "\(stamp.said)")
        let hash = try fixture.pairs.openssl("dgst", "-sha256", "-r", "out/proof/sending.json").said.prefix(64)
        let receipt = try JSON(
            parsing: try Data(contentsOf: URL(filePath: fixture.pairs.path("out/proof/receipt.json"))))
        #expect(receipt["head"]?["hash"] == .string(String(hash)))
    }

    @Test("What does not belong together is refused, though the centre itself packed and signed it")
    func apart() async throws {
        let parts = try fixture.parts()
        var other = Fixture.Wish()
        other.note = "other"
        let foreign = try fixture.parts(other)
        let strangers = try SigningPairs()
        let stranger = try strangers.pair("agency").signer()
        func expect(_ words: String, _ change: (inout ProofParts) throws -> Void) async throws {
            var changed = parts
            try change(&changed)
            let refusal = try await refusal(fixture.pack(changed))
            #expect(refusal?.description.contains(words) == true, "\(words): \(String(describing: refusal))")
        }
        try await expect("for another report") { parts in
            (parts.receipt, parts.receiptSignature) = (foreign.receipt, foreign.receiptSignature)
        }
        try await expect("The signature over “report.json”") { $0.report = foreign.report }
        try await expect("The signature over “report.json”") { $0.signature = foreign.signature }
        try await expect("The signature over “proof/receipt.json”") { $0.receiptSignature = foreign.receiptSignature }
        try await expect("The signature over “proof/receipt.json”") { parts in
            // The centre signs the receipt of itself with somebody else's key.
            parts.receiptSignature = try stranger.sign(parts.receipt, at: Fixture.day)
        }
        try await expect("not the head of the journal") { $0.sending = foreign.sending }
        try await expect("not the head of the journal") { $0.sending.append(0x20) }
        try await expect("The time stamp is not accepted") { $0.stamp = try fixture.stamp(foreign.signature) }
        try await expect("cannot be read") { $0.sending = Array("{}".utf8) }
        try await expect("does not say what its giver was told") { parts in
            parts.receipt = Array(
                String(decoding: parts.receipt, as: UTF8.self).replacing(#""head""#, with: #""had""#).utf8)
            parts.receiptSignature = try fixture.agency.sign(parts.receipt, at: Fixture.day)
        }
        var rewritten = Fixture.Wish()
        rewritten.toldHash = String(repeating: "a", count: 64)
        #expect(try await refusal(fixture.pack(fixture.parts(rewritten)))?.description.contains("not the head") == true)
    }

    @Test("Whoever is not vouched for, or whose certificate was not valid then, is refused")
    func strangers() async throws {
        let file = try fixture.pack(fixture.parts())
        let others = try SigningPairs()
        var check = try fixture.check()
        check.centre = try SignatureAuthority(file: others.path("ca.pem"))
        #expect(try await refusal(file, check)?.description.contains("does not vouch") == true)
        check = try fixture.check()
        check.receiver = try SignatureAuthority(file: others.path("ca.pem"))
        #expect(try await refusal(file, check)?.description.contains("proof/receipt.json") == true)
        let ended = try fixture.pairs.pair("ended", until: "2026-03-01").signer()
        #expect(throws: SigningFault.self) { try ProofContainer(fixture.parts(), packedBy: ended, at: Fixture.day) }
        var parts = try fixture.parts()
        parts.signature = try ended.sign(parts.report, at: #require(Moment("2026-02-01T00:00:00Z")))
        #expect(try await refusal(fixture.pack(parts))?.description.contains("is valid from") == true)
    }
}
