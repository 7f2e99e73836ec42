import Foundation
import TestSupport
import Testing

@testable import ContactCentre

@Suite("The catalogue of settings")
struct SettingCatalogueTests {
    @Test("Every key of the file is described once, with what it takes and what applies without it")
    func complete() {
        #expect(Set(SettingCatalogue.all.map(\.key)) == Set(Settings.CodingKeys.allCases.map(\.rawValue)))
        #expect(SettingCatalogue.all.count == Settings.CodingKeys.allCases.count)
        for setting in SettingCatalogue.all {
            #expect(setting.words.hasSuffix(".") && !setting.standard.isEmpty && !setting.range.isEmpty)
        }
    }

    @Test(
        "A wrong value is named with its line",
        arguments: [
            ("report-hour: ten", 1), ("\n\nreport-hour: 24", 3), ("drafts: everybody", 1), ("demo: perhaps", 1),
            ("report-destination: http://x", 1), ("mail-relay: relay", 1), ("reminder-recipients: a@b.kz", 1),
            ("reminder-recipients: [nobody]", 1), ("backup-recipients: [bailanys-recipient:AAAA]", 1),
            ("quarterly-first-period: 2026-Q5", 1), ("disk-reserve: -1", 1), ("# words\nno-such-key: 1", 2),
        ])
    func lines(_ text: String, _ line: Int) {
        let faults = Settings.faults(in: text)
        #expect(faults.count == 1 && faults.first?.hasPrefix("line \(line): ") == true, "\(faults)")
    }

    @Test("All faults are told at once, a secret never, and what is left empty is not set")
    func many() {
        let faults = Settings.faults(in: "report-token: [geheim]\nreport-hour: 99\nmail-sender:\nnonsense: 1\n")
        #expect(faults.count == 3, "\(faults)")
        #expect(!faults.contains { $0.contains("geheim") })
        #expect(Settings.faults(in: "").isEmpty && Settings.faults(in: "# nothing\n").isEmpty)
        #expect(Settings.faults(in: "just words").count == 1)
        #expect(Settings.faults(in: "a: [").count == 1)
    }

    @Test("What applies is shown with where it comes from, and secrets are masked")
    func applied() throws {
        let text = "report-hour: 7\nmail-password: geheim\nreminder-recipients: [a@b.kz, c@d.kz]\n"
        let applied = Dictionary(
            uniqueKeysWithValues: try AppliedSetting.all(in: text).map { ($0.setting.key, $0) })
        #expect(applied["report-hour"]?.value == "7" && applied["report-hour"]?.line == 1)
        #expect(applied["mail-password"]?.value == "•••" && applied["mail-password"]?.line == 2)
        #expect(applied["reminder-recipients"]?.value == "a@b.kz, c@d.kz")
        #expect(applied["disk-reserve"]?.value == "512" && applied["disk-reserve"]?.line == nil)
    }

    @Test("What belongs together is asked for together, and a readable file with secrets is a fault")
    func together() throws {
        let folder = TemporaryFolder()
        let path = folder.file("bailanys.yaml")
        func check(_ text: String, _ permissions: Int = 0o600) throws -> [String] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
            return SettingsCheck(path: path, text: text).result.faults
        }
        #expect(try check("mail-relay: smtp://localhost\n").count == 1)
        #expect(try check("mail-user: x\n").count == 1)
        #expect(try check("report-certificate: /etc/hostname\n").count == 1)
        #expect(try check("report-authority: /nonexistent\n").first?.contains("/nonexistent") == true)
        #expect(try check("reminder-from: 18\nreminder-until: 9\n").count == 1)
        #expect(try check("report-token: x\n") == [])
        #expect(try check("report-token: x\n", 0o644).first?.contains("chmod 600") == true)
    }
}
