import ArgumentParser
import Backup
import Blocking
import CanonicalJSON
import ContactCentre
import Foundation
import Journal
import WebApp

/// `bailanys backup`: one restore point more, of a centre at work or at rest.
struct BackupCommand: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Back the whole centre up into a folder, while it works or at rest.",
        discussion: """
            Events, keys of personal data, accounts, attached files, settings and keys, as of one position of the journal. What \
            names people or opens something is sealed for the holders of private keys (bailanys backup-key makes one; its public \
            part is given by --recipient or the setting “backup-recipients”). Each backup adds what is new: events since the \
            last one, files that are not there yet. A backup that is broken off leaves the earlier ones whole.
            Example: bailanys backup /mnt/backup/1414 --recipient bailanys-recipient:AbC…=
            Example: bailanys backup /mnt/backup/1414 --keep 30 --keep-months 12 --json
            """)
    static let opensAsItIs = true
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The backup folder: empty, missing, or that of earlier backups of this centre.") var folder: String
    @Option(
        help: ArgumentHelp(
            "A public key that opens the backup; may be given again. Default: the setting “backup-recipients”.",
            valueName: "key"))
    var recipient: [String] = []
    @Option(help: "How many of the newest restore points are kept, 1 or more.") var keep = 30
    @Option(help: "Of how many months the last restore point is kept beside them.") var keepMonths = 12

    func validate() throws {
        if keep < 1 || keepMonths < 0 { throw ValidationError("--keep takes 1 or more, --keep-months 0 or more.") }
    }

    func run(in office: Office) async throws {
        let path = try office.path(folder)
        let progress = WorkProgress(office.output, .pieces("events written"))
        let made = try await Blocking.long.run { [recipient, keep, keepMonths] cancellation in
            try office.centre.backUp(
                to: path, for: try recipient.map { try RecipientKey($0) },
                keeping: BackupRetention(newest: keep, months: keepMonths), by: office.actor
            ) { written, total in
                progress.reached(written, of: total)
                try cancellation.check()
            }
        }
        let manifest = made.point.manifest
        office.answer(
            .members([
                "point": .string(made.point.name), "position": .int(manifest.position), "head": .string(manifest.head),
                "files": .number(manifest.fileCount), "signer": .string(manifest.signer),
                "recipients": .array(manifest.recipients.map(JSON.string)), "removedPoints": .number(made.removed),
                "left": .array(manifest.left.map(JSON.string)),
            ]),
            lines: [
                "Restore point \(made.point.name): \(manifest.position) events, \(manifest.fileCount) attached files.",
                "Head \(manifest.head)",
                "Signed by \(manifest.signer); opened by \(manifest.recipients.joined(separator: ", ")).",
            ] + manifest.left.map { "Not in it: \($0)." }
                + (made.removed > 0 ? ["\(made.removed) older restore points were removed."] : []))
    }
}

/// `bailanys backup-key`: the two halves of a key that opens backups.
struct BackupKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup-key", abstract: "Make a key that opens backups; on another machine than the server.",
        discussion: """
            Writes the private key into a file that only its owner can read, and prints the public one, which the server is told. \
            Keep the private key twice, in two places, and never on the server: without it nobody reads what a backup seals.
            Example: bailanys backup-key 1414-backup.key
            """)
    @Argument(help: "The file for the private key; it must not exist yet.") var file: String
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
        let key = BackupPrivateKey()
        let output = try OutputFile(path: Folders.absolute(file))
        try output.write(Array((key.text + "\n").utf8))
        try output.keep()
        if json {
            let members: [String: JSON] = [
                "recipient": .string(key.recipient.description), "id": .string(key.recipient.id),
                "file": .string(output.path),
            ]
            return StandardOutput().line(JSON.object(members).text)
        }
        StandardOutput().line(key.recipient.description)
        StandardOutput().note("The private key is in \(output.path). The line above is the public key, for the server.")
    }
}

/// The options of the commands that read a backup.
struct BackupOptions: ParsableArguments {
    @Argument(help: "The backup folder.") var folder: String
    @Option(
        help: ArgumentHelp("The restore point. Default: the newest.", valueName: "name"))
    var point: String?
    @Option(help: ArgumentHelp("The file with the private key that opens it.", valueName: "file")) var key: String?
    @Option(
        help: ArgumentHelp(
            "The public key that must have signed it, 64 digits; “backup” prints it. Default: the folder is believed.",
            valueName: "digits"))
    var signer: String?
    @Flag(help: "Answer in JSON.") var json = false

    /// Where it is and what opens it.
    var place: BackupPlace { BackupPlace(folder: folder, key: key, signer: signer) }
}

/// `bailanys verify-backup`: every byte of a backup, looked at.
struct VerifyBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-backup", abstract: "Look at every byte of a backup; write nothing.",
        discussion: """
            Lists the restore points, and checks of one of them the signature, the chain of events and every digest; with --key \
            also what is sealed is opened. Exit code 1 and what is wrong where anything is. Works on a medium for reading only.
            Example: bailanys verify-backup /mnt/backup/1414
            Example: bailanys verify-backup /mnt/backup/1414 --key 1414-backup.key --signer 5c0e…
            """)
    @OptionGroup var backup: BackupOptions

    func run() async throws {
        let output = StandardOutput()
        let reader = try backup.place.reader
        let key = try backup.place.privateKey
        let (whole, damaged) = try reader.points()
        let point = try reader.point(named: backup.point)
        let progress = WorkProgress(output, .pieces("events verified"))
        let found = try await Blocking.long.run {
            try reader.verify(point, key: key) { progress.reached($0, of: point.manifest.position) }
        }
        output.endProgress()
        let faults = found.faults + damaged.map { "the manifest of \($0) is not what was signed" }
        if backup.json {
            output.line(
                JSON.members([
                    "point": .string(point.name), "signer": .string(reader.signer), "events": .int(found.events),
                    "files": .number(found.files), "opened": .bool(found.isOpened),
                    "points": .array(whole.map { .string($0.name) }), "faults": .array(faults.map(JSON.string)),
                ]).text)
        } else {
            for point in whole {
                output.line("\(point.name)\tmade \(point.manifest.madeAt)\t\(point.manifest.fileCount) files")
            }
            for fault in faults { output.line("Wrong: \(fault).") }
            output.line(
                "\(point.name): \(found.events) events and \(found.files) attached files are right\(key == nil ? "; what is sealed was compared, not opened (--key)" : ", and what is sealed opens"). Signed by \(reader.signer)."
            )
        }
        if !faults.isEmpty { throw ExitCode(1) }
    }
}
