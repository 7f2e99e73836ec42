import ArgumentParser
import Blocking
import CanonicalJSON
import ContactCentre
import WebApp

/// `bailanys journal rejoin`: what to do where another timeline of the journal won.
struct JournalRejoinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejoin", abstract: "Leave a timeline that did not win, and follow the journal's server again.",
        discussion: """
            Where a server was replaced by a standby that did not have the last events, this folder may have events that are \
            nowhere else. They are written to the file, as lines of an export; the folder goes back to the last event that \
            both have, makes its tables anew and follows. A person decides what of the file is done again. No server of \
            this folder may run.
            Example: bailanys journal rejoin lost.jsonl
            """)
    @OptionGroup var folders: Folders
    @Flag(help: "Answer in JSON: one object, and for a list one object a line.") var json = false
    @Argument(help: "The file for the events that are only here; it must not exist yet.") var file: String

    func run() async throws {
        let data: DataFolder
        do {
            data = try DataFolder(path: folders.dataPath, mayBegin: false)
        } catch DataFolderError.none(let path) {
            throw CommandFailure("\(DataFolderError.none(path: path))", .notFound)
        }
        let output = try OutputFile(path: Folders.absolute(file))
        let (common, head, lost) = try await Blocking.long.run {
            var lost = 0
            let (common, head) = try ContactCentre.rejoin(data) { line in
                try output.write(line)
                lost += 1
            }
            try output.keep()
            return (common, head, lost)
        }
        StandardOutput().line(
            json
                ? JSON.members([
                    "common": .int(common), "head": .int(head), "lost": .int(Int64(lost)), "file": .string(output.path),
                ]).text
                : "\(lost) events were only here; they are in \(output.path). Event \(common) is the last that both had; this folder is at event \(head)."
        )
    }
}
