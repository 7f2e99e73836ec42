import ArgumentParser
import ContactCentre
import Foundation
import Journal
import WorkingDays

/// What a command that works on the data folder is given.
struct Office: Sendable {
    /// The contact centre, open.
    let centre: ContactCentre
    /// Where the words go.
    let output: any CommandOutput
    /// Whether the answer is for a script.
    let writesJSON: Bool
    /// Who gives the command.
    let actor: Actor
    /// The folder against which relative paths are meant.
    let directory: String

    /// The current moment.
    var now: Moment { centre.now() }

    /// A path as the person meant it.
    func path(_ path: String) -> String {
        path.hasPrefix("/") ? path : URL(fileURLWithPath: directory + "/" + path).standardizedFileURL.path
    }
}

/// What every command that works on the data folder takes.
struct OfficeOptions: ParsableArguments {
    @OptionGroup var folders: Folders
    @Flag(help: "Answer in JSON: one object, and for a list one object a line.") var json = false
}

/// A command that works on the data folder, here or inside the server that holds it.
protocol OfficeCommand: AsyncParsableCommand {
    var options: OfficeOptions { get }

    /// Whether the data folder is opened as it is, without bringing calendar and registers up to date.
    static var opensAsItIs: Bool { get }

    /// Does the work.
    func run(in office: Office) async throws
}

extension OfficeCommand {
    static var opensAsItIs: Bool { false }

    var folders: Folders { options.folders }
    var json: Bool { options.json }

    func run() async throws {
        let output = StandardOutput()
        let data: DataFolder
        do {
            data = try DataFolder(path: folders.dataPath)
        } catch DataFolderError.busy {
            return try await CommandForwarding(dataPath: folders.dataPath, output: output).send(
                Array(CommandLine.arguments.dropFirst()))
        }
        let centre = try await ContactCentre.open(
            data: data, schedules: folders.schedules, knowledge: folders.knowledge, environment: .live,
            bringsUpToDate: !Self.opensAsItIs, note: { output.note($0) })
        do {
            try await run(
                in: Office(
                    centre: centre, output: output, writesJSON: json, actor: .commandLine(NSUserName()),
                    directory: FileManager.default.currentDirectoryPath))
        } catch {
            try centre.close()
            throw error
        }
        try centre.close()
    }
}
