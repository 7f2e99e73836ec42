import ArgumentParser
import Backup
import Blocking
import CanonicalJSON
import ContactCentre
import Foundation
import WebApp

/// `bailanys drill`: whether a backup can be restored, tried.
struct DrillCommand: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Restore a backup for trial, ask it ten known questions, and record the result.",
        discussion: """
            Verifies every byte, takes the events into a temporary folder, derives all tables, and compares them and the answers \
            to ten questions with those of the moment of the backup. With --key what is sealed is restored too; without it, as on \
            the server at night, its bytes are compared. The result is an event of the centre of --data where there is one. Exit \
            code 1 where anything is other than it was.
            Example: bailanys drill /mnt/backup/1414 --data /srv/bailanys
            """)
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The backup folder.") var folder: String
    @Option(help: ArgumentHelp("The restore point. Default: the newest.", valueName: "name")) var point: String?
    @Option(help: ArgumentHelp("The file with the private key that opens it.", valueName: "file")) var key: String?
    @Option(
        help: ArgumentHelp("The result of a drill that another process made.", visibility: .private)) var result:
        String?

    static let opensAsItIs = true

    /// Drills in this process, since it takes minutes and memory, and then has the result recorded where the centre is.
    func run() async throws {
        guard result == nil else { return try await carryOut() }
        let output = StandardOutput()
        let drilled = try await Drill(place: BackupPlace(folder: folder, key: key, signer: nil), point: point)
            .run(output)
        output.line(json ? try JSON(encoding: drilled).text : drilled.words)
        do {
            var recording = self
            recording.result = try JSON(encoding: drilled).text
            try await recording.carryOut(as: ["drill", folder, "--result", try JSON(encoding: drilled).text])
        } catch let failure as CommandFailure where failure.kind == .notFound {
            output.note("Not recorded: there is no centre in \(options.folders.dataPath).")
        }
        if !drilled.isSame { throw ExitCode(1) }
    }

    func run(in office: Office) async throws {
        guard let result else { return }
        let drilled = try CanonicalCoding.decode(RestoreDrilled.self, from: Array(result.utf8))
        try await Blocking.brief.run { try office.centre.record(drilled, by: office.actor) }
    }
}

/// A restore for trial.
struct Drill {
    let place: BackupPlace
    let point: String?

    func run(_ output: StandardOutput) async throws -> RestoreDrilled {
        let start = ContinuousClock.now
        func seconds() -> Int { Int((ContinuousClock.now - start).components.seconds) }
        let reader = try place.reader
        let privateKey = try place.privateKey
        let found = try reader.point(named: point)
        let work = try WorkFolder("drill")
        let progress = StepProgress(output)
        do {
            let result = try await Blocking.long.run {
                try ContactCentre.restorer(reader).restore(
                    found, to: work.path + "/data", key: privateKey, acceptsLoss: privateKey == nil,
                    progress: progress.reached)
            }
            output.endProgress()
            // Without the key nothing but the journal is restored, and that is no fault; what does not match its digest is.
            let faults =
                result.faults
                + (privateKey == nil ? try await Blocking.long.run { try reader.verify(found).faults } : [])
            return RestoreDrilled(
                point: found.name, position: result.position, isSame: faults.isEmpty, isOpened: privateKey != nil,
                seconds: seconds(), faults: Array(faults.prefix(20)))
        } catch let error as BackupError {
            output.endProgress()
            guard case .damaged(let faults) = error else { throw error }
            return RestoreDrilled(
                point: found.name, position: found.manifest.position, isSame: false, isOpened: privateKey != nil,
                seconds: seconds(), faults: Array(faults.prefix(20)))
        }
    }
}

/// Shows how far work of several steps has come.
final class StepProgress: Sendable {
    private let output: StandardOutput

    init(_ output: StandardOutput) { self.output = output }

    @Sendable func reached(_ what: String, _ done: Int64, _ total: Int64) {
        output.progress("\(done) of \(total) \(what)")
    }
}

extension RestoreDrilled {
    /// The result in a sentence.
    var words: String {
        let end = "\(position) events, all tables and ten known questions, in \(seconds) s"
        return isSame
            ? "The drill of \(point) succeeded: \(end)\(isOpened ? "" : "; what is sealed was compared, not opened")."
            : "The drill of \(point) failed: \(faults.joined(separator: "; "))."
    }
}
