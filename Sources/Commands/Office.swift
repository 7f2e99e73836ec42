import ArgumentParser
import ContactCentre
import Foundation
import Journal
import WebApp
import WorkingDays

/// What a command that works on the data folder is given: the only door to the files and folders of who gives it.
struct Office: Sendable {
    /// The contact centre, open.
    let centre: ContactCentre
    /// Where the words go.
    let output: any CommandOutput
    /// Whether the answer is for a script.
    let writesJSON: Bool
    /// Who gives the command.
    let actor: Actor
    /// The surroundings of the person, which may be another process than this one.
    let caller: Caller

    /// The current moment.
    var now: Moment { centre.now() }
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

    /// Whether a new centre may begin with it: it brings something in. Any other needs a centre that is there, so that a
    /// mistyped folder is said and not made.
    static var mayBegin: Bool { get }

    /// Does the work.
    func run(in office: Office) async throws
}

extension OfficeCommand {
    static var opensAsItIs: Bool { false }
    static var mayBegin: Bool { false }

    var json: Bool { options.json }

    func run() async throws { try await carryOut() }

    /// Carries the command out here, or in the server that works in the data folder.
    /// - Parameter words: the command line for that server; nil for that of this process.
    func carryOut(as words: [String]? = nil) async throws {
        let output = StandardOutput()
        let folders = options.folders
        let data: DataFolder
        do {
            data = try DataFolder(path: folders.dataPath, mayBegin: Self.mayBegin)
        } catch DataFolderError.none(let path) {
            throw CommandFailure("\(DataFolderError.none(path: path))", .notFound)
        } catch DataFolderError.busy {
            return try await forward(words)
        }
        let centre = try await ContactCentre.open(
            data: data, law: try CentreLaw(schedules: folders.schedules, knowledge: folders.knowledge),
            environment: .live,
            bringsUpToDate: !Self.opensAsItIs, note: { output.note($0) })
        do {
            try await run(
                in: Office(
                    centre: centre, output: output, writesJSON: json, actor: .commandLine(NSUserName()),
                    caller: Caller(here: folders)))
        } catch {
            try centre.close()
            throw error
        }
        try centre.close()
    }

    /// Has the command carried out by the server that works in the data folder.
    func forward(_ words: [String]? = nil) async throws {
        let folders = options.folders
        try await CommandForwarding(dataPath: folders.dataPath, output: StandardOutput()).send(
            words ?? Array(CommandLine.arguments.dropFirst()), from: Caller(here: folders))
    }

    /// A path as the person of this process meant it, for a command that does its work here.
    func pathHere(_ path: String) -> String { Folders.absolute(path) }

    /// The data folder for a command that only reads and leaves nothing behind; nil while a server works in it.
    func dataFolderAtRest() throws -> RestingDataFolder? {
        do {
            return try RestingDataFolder(path: options.folders.dataPath)
        } catch DataFolderError.none(let path) {
            throw CommandFailure("\(DataFolderError.none(path: path))", .notFound)
        } catch DataFolderError.busy {
            return nil
        }
    }
}
