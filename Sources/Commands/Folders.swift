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
        // Where the package has put them.
        let installed = "/usr/share/bailanys"
        return FileManager.default.fileExists(atPath: installed + "/schedules/calendar")
            ? installed : FileManager.default.currentDirectoryPath
    }

    /// The absolute path of the data folder.
    var dataPath: String {
        let path = data ?? ProcessInfo.processInfo.environment["BAILANYS_DATA"]
        return path.map(Folders.absolute) ?? homePath + "/data"
    }

    /// Where the folders are, and which of flag, environment and default says so.
    var sources: [(name: String, value: String, source: String)] {
        func source(_ flag: String?, _ name: String, _ option: String) -> String {
            if flag != nil { return option }
            return ProcessInfo.processInfo.environment[name] == nil ? "default" : "$" + name
        }
        return [
            ("data folder", dataPath, source(data, "BAILANYS_DATA", "--data")),
            ("schedules and knowledge", homePath, source(home, "BAILANYS_HOME", "--home")),
        ]
    }

    /// The absolute path of the folder of the law.
    var schedules: String { homePath + "/schedules" }
    /// The absolute path of the folder of cards and registers.
    var knowledge: String { homePath + "/knowledge" }

    /// A path made absolute against the current folder.
    static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
