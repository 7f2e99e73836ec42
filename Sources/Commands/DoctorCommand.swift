import ArgumentParser
import CanonicalJSON
import ContactCentre
import WebApp
import WorkingDays

/// `bailanys doctor`: what is wrong with a machine, a folder, the settings.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is wrong with the machine, the folders and the settings, and what to do.",
        discussion: """
            Looks at the machine, schedules/, the data folder, bailanys.yaml, the stores, the last backup and the last restore \
            drill; writes nothing, and works beside a running server. Exit code 1 where there is a fault; warnings leave it 0.
            Example: bailanys doctor --data /srv/bailanys
            """)
    @OptionGroup var options: OfficeOptions

    func run() async throws {
        let output = StandardOutput()
        let folders = options.folders
        let findings = Doctor(home: folders.homePath, data: folders.dataPath, now: .current).findings()
        for finding in findings {
            if options.json {
                output.line(
                    JSON.members([
                        "level": .string(finding.level.rawValue), "subject": .string(finding.subject),
                        "detail": .string(finding.words), "remedy": finding.remedy.map(JSON.string) ?? .null,
                    ]).text)
            } else {
                let remedy = finding.remedy.map { "\n         → \($0)" } ?? ""
                let level = finding.level.rawValue
                output.line(level + String(repeating: " ", count: 9 - level.count) + finding.words + remedy)
            }
        }
        if findings.contains(where: { $0.level == .fault }) { throw ExitCode(1) }
    }
}
