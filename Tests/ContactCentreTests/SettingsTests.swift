import ContactCentre
import Foundation
import TestSupport
import Testing

@Suite("Settings that cannot be meant")
struct SettingsTests {
    private let folder = TemporaryFolder()

    @Test(
        "A number or a month out of its range is named with what is possible",
        arguments: [
            "report-hour: 99", "report-hour: -1", "report-working-day: 0", "report-working-day: 6", "reminder-days: 11",
            "reminder-from: 24", "reminder-until: 0", "report-first-period: 2026-13",
        ])
    func ranges(_ line: String) throws {
        let path = folder.file("bailanys.yaml")
        try Data((line + "\n").utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: SettingsError.self) { try Settings.read(path) }
        let key = try #require(line.split(separator: ":").first)
        #expect(error?.reason.contains("“\(key)” takes a") == true)
    }

    @Test("The ends of the ranges are taken")
    func ends() throws {
        let path = folder.file("bailanys.yaml")
        try Data("report-hour: 0\nreport-working-day: 5\nreminder-until: 24\n".utf8).write(
            to: URL(fileURLWithPath: path))
        #expect(try Settings.read(path).reportHour == 0)
    }
}
