import ArgumentParser
import Foundation

/// Where the data and the law are.
struct Folders: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The data folder: journal, vaults, files, settings.",
            discussion: "Default: $BAILANYS_DATA, else “data” below --home.", valueName: "folder"))
    var data: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The folder that holds schedules/ and knowledge/.",
            discussion: "Default: $BAILANYS_HOME, else the nearest folder above this one that has schedules/.",
            valueName: "folder"))
    var home: String?

    /// The absolute path of the folder with schedules/ and knowledge/.
    var homePath: String {
        if let home = home ?? ProcessInfo.processInfo.environment["BAILANYS_HOME"] { return Folders.absolute(home) }
        let places = [FileManager.default.currentDirectoryPath, Folders.absolute(CommandLine.arguments[0])]
        for place in places {
            var folder = URL(fileURLWithPath: place)
            while folder.path != "/" {
                if FileManager.default.fileExists(atPath: folder.path + "/schedules/calendar") { return folder.path }
                folder.deleteLastPathComponent()
            }
        }
        return FileManager.default.currentDirectoryPath
    }

    /// The absolute path of the data folder.
    var dataPath: String {
        let path = data ?? ProcessInfo.processInfo.environment["BAILANYS_DATA"]
        return path.map(Folders.absolute) ?? homePath + "/data"
    }

    /// The absolute path of the folder of the law.
    var schedules: String { homePath + "/schedules" }
    /// The absolute path of the folder of cards and registers.
    var knowledge: String { homePath + "/knowledge" }

    /// A path made absolute against the current folder.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
