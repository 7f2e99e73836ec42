import Foundation
import Signatures
import SigningSupport
import TestSupport
import Testing
import WorkingDays

@testable import ContactCentre

@Suite("How reports are signed, told before one has to be")
struct SignatureSettingsTests {
    private let folder = TemporaryFolder()
    private let pairs: SigningPairs

    init() throws { pairs = try SigningPairs() }

    private func findings(_ settings: String) throws -> [Finding] {
        try Data(settings.utf8).write(to: URL(fileURLWithPath: folder.file("bailanys.yaml")))
        let now = try #require(Moment("2026-03-19T10:00:00Z"))
        return Doctor(home: Repository.path, data: folder.path, now: now).findings().filter {
            $0.subject == "signature"
        }
    }

    @Test("The doctor says by whom reports are signed and until when, and warns thirty days before")
    func good() throws {
        let good = try pairs.pair("good")
        let found = try findings(
            "signature-key: \(good.key)\nsignature-certificate: \(good.certificate ?? "")\nagency-signature-authority: \(pairs.path("ca.pem"))\n"
        )
        #expect(found.map(\.level) == [.ok, .ok])
        #expect(found.first?.words.contains("“CN=good”") == true)
        let soon = try pairs.pair("soon", until: "2026-04-15")
        let warned = try findings("signature-key: \(soon.key)\nsignature-certificate: \(soon.certificate ?? "")\n")
        #expect(warned.map(\.level) == [.warning] && warned.first?.words.contains("2026-04-15") == true)
        #expect(try findings("report-hour: 9\n").isEmpty)
    }

    @Test("An ended, early or foreign certificate, a missing key and an authority that is none are faults")
    func faults() throws {
        let (good, ended) = (try pairs.pair("good"), try pairs.pair("ended", until: "2026-03-18"))
        let early = try pairs.pair("early", from: "2026-03-20")
        let nothing = try pairs.write("nothing", to: "nothing.pem")
        let settings: [(String, String)] = [
            ("signature-key: \(ended.key)\nsignature-certificate: \(ended.certificate ?? "")\n", "ended at 2026-03-18"),
            (
                "signature-key: \(early.key)\nsignature-certificate: \(early.certificate ?? "")\n",
                "only from 2026-03-20"
            ),
            ("signature-key: \(good.key)\nsignature-certificate: \(ended.certificate ?? "")\n", "does not belong"),
            ("signature-key: \(pairs.path("gone"))\n", "cannot be read"),
            ("signature-key: \(good.key)\n", "There is no certificate"),
            ("agency-signature-authority: \(nothing)\n", "There is no certificate"),
        ]
        for (text, words) in settings {
            let found = try findings(text)
            #expect(found.map(\.level) == [.fault], "\(text)")
            #expect(found.first?.words.contains(words) == true, "\(found)")
            #expect(
                found.first?.remedy?.contains("no report is sent") == true
                    || found.first?.remedy?.contains("No report is sent") == true)
        }
    }

    @Test("Half a pair is a fault of the settings, so that nothing goes unsigned by mistake")
    func half() throws {
        let path = folder.file("bailanys.yaml")
        let pair = try pairs.pair()
        for line in ["signature-certificate: \(pair.certificate ?? "")", "signature-password-file: \(pair.key)"] {
            try Data((line + "\n").utf8).write(to: URL(fileURLWithPath: path))
            let faults = SettingsCheck(path: path, text: line).result.faults
            #expect(
                faults.count == 1 && faults.first?.contains("“signature-key”, which is not set") == true, "\(faults)")
            let settings = try Settings.read(path)
            #expect(throws: SettingsError.self) { try settings.requireFiles(path) }
        }
    }
}
