import Foundation
import SigningSupport
import Testing
import WorkingDays

@testable import Signatures

/// A day on which every usual pair is valid.
private let day = Moment(millisecondsSince1970: 1_775_000_000_000)
private let document = Array(#"{"period":"2026-03"}"#.utf8)

@Suite("Signatures of documents")
struct SignatureTests {
    let pairs: SigningPairs

    init() throws {
        pairs = try SigningPairs()
    }

    @Test(
        "openssl accepts what was signed, and refuses it after one changed byte", arguments: SigningPairs.Kind.allCases)
    func openssl(kind: SigningPairs.Kind) throws {
        let signature = try pairs.pair(kind.rawValue, kind).signer(at: day).sign(document, at: day)
        #expect(try pairs.accepts(signature, over: document))
        for index in document.indices {
            var changed = document
            changed[index] ^= 1
            guard index % 7 == 0 else { continue }
            #expect(try !pairs.accepts(signature, over: changed), "byte \(index)")
        }
    }

    @Test("The authority accepts what was signed, names who did, and refuses any changed byte")
    func authority() async throws {
        let signer = try pairs.pair().signer(at: day)
        let signature = try signer.sign(document, at: day)
        let authority = try SignatureAuthority(file: pairs.path("ca.pem"))
        let signatory = try await authority.check(signature, over: document, at: day)
        #expect(signatory.name == "CN=signer" && signatory.fingerprint == signer.fingerprint)
        var accepted = 0
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 0x01
            do throws(SignatureRefusal) {
                // What nobody has signed (how a certificate spells its algorithm) may differ and mean the same.
                let other = try await authority.check(changed, over: document, at: day)
                #expect(other.name == signatory.name)
                accepted += 1
            } catch {}
        }
        #expect(accepted < 8)
        await #expect(throws: SignatureRefusal.self) {
            try await authority.check(signature, over: document + [0x20], at: day)
        }
    }

    @Test(
        "What openssl signs is accepted too, whatever its digest",
        arguments: SigningPairs.Kind.allCases, ["sha256", "sha384", "sha512"])
    func signedByOpenSSL(kind: SigningPairs.Kind, digest: String) async throws {
        _ = try pairs.pair("other", kind)
        try pairs.write(String(decoding: document, as: UTF8.self), to: "document.json")
        let made = try pairs.openssl(
            "cms", "-sign", "-binary", "-in", "document.json", "-signer", "other.pem", "-inkey", "other-key.pem",
            "-outform", "DER", "-out", "document.p7s", "-md", digest)
        #expect(made.isGood, "\(made.said)")
        let signature = Array(try Data(contentsOf: URL(filePath: pairs.path("document.p7s"))))
        let authority = try SignatureAuthority(file: pairs.path("ca.pem"))
        #expect(try await authority.check(signature, over: document, at: day).name == "CN=other")
        await #expect(throws: SignatureRefusal.self) {
            try await authority.check(signature, over: document + [0x20], at: day)
        }
    }

    @Test("Another authority's signature, one of a TLS client, and no signature at all are wrong")
    func strangers() async throws {
        let authority = try SignatureAuthority(file: pairs.path("ca.pem"))
        func refusal(_ signature: [UInt8]) async -> SignatureRefusal? {
            do throws(SignatureRefusal) {
                _ = try await authority.check(signature, over: document, at: day)
                return nil
            } catch {
                return error
            }
        }
        let others = try SigningPairs()
        let stranger = try others.pair().signer(at: day).sign(document, at: day)
        withExtendedLifetime(others) {}
        #expect(await refusal(stranger)?.description.contains("does not vouch") == true)
        for bytes in [[], [0x30, 0x80], Array("no signature".utf8), [UInt8](repeating: 0x30, count: 20_000)] {
            guard case .wrong? = await refusal(bytes) else {
                Issue.record("\(bytes.count) bytes were accepted")
                continue
            }
        }
    }

    @Test("A certificate that ended since, or begins later, is told from a wrong one")
    func expired() async throws {
        let files = try pairs.pair("short", from: "2026-03-01", until: "2026-04-30")
        let signature = try files.signer(at: day).sign(document, at: day)
        let authority = try SignatureAuthority(file: pairs.path("ca.pem"))
        for moment in ["2026-05-01T00:00:00Z", "2026-02-01T00:00:00Z"] {
            let now = try #require(Moment(moment))
            let error = await #expect(throws: SignatureRefusal.self) {
                try await authority.check(signature, over: document, at: now)
            }
            guard case .expired(let signer, _, _)? = error else {
                Issue.record("\(moment): \(String(describing: error))")
                continue
            }
            #expect(signer == "CN=short")
        }
    }
}

@Suite("Keys and certificates as they lie in files")
struct SigningFileTests {
    let pairs: SigningPairs

    init() throws {
        pairs = try SigningPairs()
    }

    /// Makes a file with openssl.
    private func make(_ arguments: String...) throws {
        let made = try pairs.openssl(arguments)
        try #require(made.isGood, "\(made.said)")
    }

    @Test(
        "PKCS#12 is opened with its password, and signs with the certificate that lies in it",
        arguments: SigningPairs.Kind.allCases)
    func pkcs12(kind: SigningPairs.Kind) throws {
        _ = try pairs.pair("pair", kind)
        try make(
            "pkcs12", "-export", "-in", "pair.pem", "-inkey", "pair-key.pem", "-certfile", "ca.pem", "-passout",
            "pass:құпия сөз", "-out", "pair.p12")
        let password = try pairs.write("құпия сөз\n", to: "password")
        let files = SigningFiles(key: pairs.path("pair.p12"), passwordFile: password)
        #expect(try pairs.accepts(files.signer(at: day).sign(document, at: day), over: document))
        let wrong = SigningFiles(key: pairs.path("pair.p12"), passwordFile: try pairs.write("x", to: "wrong"))
        #expect(isRefused(wrong) && isRefused(SigningFiles(key: pairs.path("pair.p12"))))
    }

    @Test("An encrypted PEM key is opened with its password, and never asks for one at a terminal")
    func encrypted() throws {
        let plain = try pairs.pair("pair", .rsa)
        try make(
            "pkcs8", "-topk8", "-in", "pair-key.pem", "-v2", "aes-256-cbc", "-passout", "pass:secret", "-out",
            "locked.pem")
        var files = SigningFiles(key: pairs.path("locked.pem"), certificate: plain.certificate)
        #expect(isRefused(files))
        files.passwordFile = try pairs.write("secret\r\n", to: "password")
        #expect(try files.signer().fingerprint == plain.signer().fingerprint)
    }

    @Test(
        "Every usual form of a PEM key is read",
        arguments: [
            (SigningPairs.Kind.rsa, ["rsa", "-traditional"]), (.rsa, ["pkey"]), (.ecdsa, ["ec"]), (.ecdsa, ["pkey"]),
        ])
    func forms(kind: SigningPairs.Kind, command: [String]) throws {
        let plain = try pairs.pair("pair", kind)
        let made = try pairs.openssl(command + ["-in", "pair-key.pem", "-out", "other.pem"])
        try #require(made.isGood, "\(made.said)")
        let files = SigningFiles(key: pairs.path("other.pem"), certificate: plain.certificate)
        #expect(try files.signer().fingerprint == plain.signer().fingerprint)
    }

    private func isRefused(_ files: SigningFiles) -> Bool {
        guard case .fault(.keyRefused) = files.standing(at: day) else { return false }
        return true
    }

    @Test("How a pair stands is told for each way in which it can be wrong")
    func standings() throws {
        let good = try pairs.pair("good")
        guard case .good("CN=good", _) = good.standing(at: day) else {
            Issue.record("\(good.standing(at: day))")
            return
        }
        let soon = try pairs.pair("soon", until: "2026-04-20")
        let late = try pairs.pair("late", until: "2026-03-20")
        let early = try pairs.pair("early", from: "2026-06-01")
        let client = try pairs.pair("client", use: .client)
        let end = try #require(Moment("2026-04-20T00:00:00Z"))
        #expect(soon.standing(at: day) == .endsSoon(certificate: "CN=soon", until: end))
        var mixed = good
        mixed.certificate = soon.certificate
        var absent = good
        absent.key += ".not"
        var senseless = good
        senseless.certificate = try pairs.write("nothing", to: "nothing.pem")
        let noKey = SigningFiles(key: good.certificate ?? "", certificate: good.certificate)
        let words: [(SigningFiles, String)] = [
            (late, "ended at 2026-03-20"), (early, "valid only from 2026-06-01"), (client, "was not given for signing"),
            (mixed, "does not belong to the certificate"), (absent, "cannot be read"),
            (senseless, "There is no certificate"), (noKey, "cannot be used"),
        ]
        for (files, word) in words {
            guard case .fault(let fault) = files.standing(at: day) else {
                Issue.record("\(word): \(files.standing(at: day))")
                continue
            }
            #expect(fault.description.contains(word), "\(fault)")
        }
    }

    @Test("Nothing is signed outside the certificate's time, whoever asks")
    func neverLate() throws {
        let signer = try pairs.pair("late", until: "2026-03-20").signer()
        #expect(throws: SigningFault.self) { try signer.sign(document, at: day) }
    }
}
