import CanonicalJSON
import Foundation
import WebApp

/// The surroundings of the person who gives a command: his folder, his law, his standard input.
///
/// A command may be carried out in the process of a server, whose own folder and input are others. A command reaches the
/// world of its person through `Office` only, and `Office` asks here.
struct Caller: Sendable {
    /// The folder against which relative paths are meant.
    let directory: String
    /// The folder that holds schedules/ and knowledge/.
    let home: String
    /// Whether this process is the person's own, whose standard input and open files can be read.
    let isHere: Bool

    /// The surroundings of this process.
    init(here folders: Folders) {
        directory = FileManager.default.currentDirectoryPath
        home = folders.homePath
        isHere = true
    }

    /// The surroundings that another process has sent; nil where they are not complete.
    init?(sent json: JSON) {
        guard let directory = json["directory"]?.string, let home = json["home"]?.string, directory.hasPrefix("/"),
            home.hasPrefix("/")
        else { return nil }
        self.directory = directory
        self.home = home
        isHere = false
    }

    /// What is sent to the process that carries the command out.
    var members: [String: JSON] { ["directory": .string(directory), "home": .string(home)] }
}

extension Office {
    /// The folder of the law, as the person meant it.
    var schedules: String { caller.home + "/schedules" }

    /// The folder of cards and registers, as the person meant it.
    var knowledge: String { caller.home + "/knowledge" }

    /// A path as the person meant it.
    /// - Throws: `CommandFailure` where it names what only the person's own process has: its standard input, its pipes.
    func path(_ path: String) throws -> String {
        let absolute = URL(fileURLWithPath: path.hasPrefix("/") ? path : caller.directory + "/" + path)
            .standardizedFileURL.path
        if !caller.isHere, absolute.hasPrefix("/dev/") || absolute.hasPrefix("/proc/") {
            throw CommandFailure(
                "A server works on the data folder and cannot read \(path) of your terminal: put it into a file and name it."
            )
        }
        return absolute
    }

    /// All of the standard input of the person.
    /// - Parameter limit: in bytes.
    /// - Throws: `CommandFailure` where it is larger, or stands in another process than this one.
    func input(upTo limit: Int) throws -> [UInt8] {
        guard caller.isHere else {
            throw CommandFailure("A server works on the data folder: put the JSON into a file and name it.")
        }
        let bytes = try StandardInput.read(upTo: limit + 1)
        guard bytes.count <= limit else {
            throw CommandFailure("The standard input is larger than \(limit) bytes.", .tooLarge)
        }
        return bytes
    }
}

/// The standard input of this process.
enum StandardInput {
    /// The next bytes, all of them up to a limit; empty at the end.
    static func read(upTo limit: Int) throws -> [UInt8] {
        Array(try FileHandle.standardInput.read(upToCount: limit) ?? Data())
    }
}
