import ArgumentParser
import Backup
import Blocking
import CanonicalJSON
import ContactCentre
import Foundation
import WebApp
import WorkingDays

/// `bailanys restore`: a data folder out of a backup.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a data folder out of a backup.",
        discussion: """
            Verifies every byte first; then makes the folder beside its place and gives it its name when all of it is there. Says \
            how far it reaches and what is missing. The private key opens the vault, the accounts, the files and the settings; \
            without it nothing is restored, unless --accept-loss says why the journal alone is wanted.
            Example: bailanys restore /mnt/backup/1414 --data /srv/bailanys --key 1414-backup.key
            """)
    @OptionGroup var backup: BackupOptions
    @Option(help: ArgumentHelp("The new data folder: empty or missing.", valueName: "folder")) var data: String
    @Option(
        help: ArgumentHelp(
            "Why what cannot be opened or is damaged beside the events is given up; for good.", valueName: "reason"))
    var acceptLoss: String?

    func validate() throws {
        if let acceptLoss, !acceptLoss.contains(where: { !$0.isWhitespace }) {
            throw ValidationError("--accept-loss takes the reason.")
        }
    }

    func run() async throws {
        let output = StandardOutput()
        let reader = try backup.place.reader
        let key = try backup.place.privateKey
        let point = try reader.point(named: backup.point)
        let folder = Folders.absolute(data)
        let progress = StepProgress(output)
        let result = try await Blocking.long.run { [acceptLoss] in
            try ContactCentre.restorer(reader).restore(
                point, to: folder, key: key, acceptsLoss: acceptLoss != nil, progress: progress.reached)
        }
        output.endProgress()
        if backup.json {
            output.line(result.json.text)
        } else {
            output.line(
                "Restored into \(folder) from \(result.point): \(result.position) events, \(result.files) attached files."
            )
            let last = result.lastRecordedAt.map { "\($0)" } ?? "–"
            output.line("It reaches to position \(result.position), \(last). Head: \(result.head)")
            output.line("What was done after that is not in it: compare with what you have on paper and in mail.")
            for thing in result.missing { output.line("Missing: \(thing).") }
            for fault in result.faults { output.line("Other than it was: \(fault).") }
            output.line("Start it: bailanys serve --data \(folder)")
        }
        if !result.isSame { throw ExitCode(1) }
    }
}

extension RestoreResult {
    /// What is other than it was when the backup was made, a sentence each.
    var faults: [String] {
        otherAnswers.map { "“\($0)”: \(answers[$0]?.first ?? 0) then, \(answers[$0]?.last ?? 0) now" } + otherTables
    }

    /// The result for a script.
    var json: JSON {
        .members([
            "point": .string(point), "position": .int(position), "head": .string(head),
            "lastRecordedAt": lastRecordedAt.map { .string("\($0)") } ?? .null, "files": .number(files),
            "missing": .array(missing.map(JSON.string)), "faults": .array(faults.map(JSON.string)),
        ])
    }
}
