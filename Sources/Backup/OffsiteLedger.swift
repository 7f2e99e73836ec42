import Foundation

/// What the copy of a backup on another machine has, as far as this machine knows: the file `offsite` of the backup folder.
///
/// The first line names the copy; each line after it is a file that has arrived (`<sha256>  <path>`), one that was removed
/// (`-  <path>`), one that stood there before (`~<sha256>  <path>`), or what the copy said last of itself (`=  <sha256>`). A line is written after the deed, so that what is lost is
/// done again and nothing is believed that was not done. Where the whole file is lost, the copy's own list tells.
struct OffsiteLedger {
    private static let format = "bailanys-offsite-1"

    /// The digests of what has arrived, by path.
    private(set) var there: [String: String] = [:]
    /// The paths that this machine has sent itself: only these does it ever remove.
    private(set) var ours: Set<String> = []
    /// The digest of what the copy said last of itself; nil where it has said nothing.
    private(set) var said: String?

    private let path: String
    private let destination: String

    /// Reads what is known of a copy; nothing where the file is missing or tells of another copy.
    /// - Parameter destination: what names the copy: a digest of its address.
    init(folder: String, destination: String) {
        path = folder + "/" + BackupLayout.offsite
        self.destination = destination
        guard let bytes = FileManager.default.contents(atPath: path) else { return }
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        // What follows the last line feed was broken off while it was written.
        lines.removeLast()
        guard lines.first.map(String.init) == head else { return }
        for line in lines.dropFirst() { take(line) }
    }

    private var head: String { "\(Self.format) \(destination)" }

    private mutating func take(_ line: Substring) {
        guard let gap = line.range(of: "  ") else { return }
        let path = String(line[gap.upperBound...])
        switch line[..<gap.lowerBound] {
        case "=": said = path
        case "-":
            there[path] = nil
            ours.remove(path)
        case let digest where digest.utf8.count == 65 && digest.first == "~":
            there[path] = String(digest.dropFirst())
        case let digest where digest.utf8.count == 64:
            there[path] = String(digest)
            ours.insert(path)
        default: break
        }
    }

    /// Believes the copy's own list, in the place of what was known; what this machine has sent stays its own.
    mutating func believe(_ list: [String: String]) {
        there = list
        said = nil
    }

    /// Takes for its own what `isOurs` knows of what is there.
    mutating func adopt(_ isOurs: (String) -> Bool) { ours.formUnion(there.keys.filter(isOurs)) }

    /// Notes that a file has arrived.
    mutating func arrived(_ file: OffsiteFile) throws {
        there[file.path] = file.sha256
        ours.insert(file.path)
        try append("\(file.sha256)  \(file.path)\n")
    }

    /// Notes that a file is there no more.
    mutating func removed(_ file: String) throws {
        there[file] = nil
        ours.remove(file)
        try append("-  \(file)\n")
    }

    /// Notes what the copy says of itself, and writes the whole ledger anew, without what was removed.
    mutating func settle(saying digest: String?) throws {
        said = digest
        var text = head + "\n"
        for (file, digest) in there.sorted(by: { $0.key < $1.key }) {
            text += "\(ours.contains(file) ? "" : "~")\(digest)  \(file)\n"
        }
        if let digest { text += "=  \(digest)\n" }
        let part = path + BackupLayout.part
        let bytes = Array(text.utf8)
        guard
            FileManager.default.createFile(
                atPath: part, contents: Data(bytes), attributes: [.posixPermissions: 0o600]), rename(part, path) == 0
        else { throw BackupDisk.failure("write", path) }
    }

    private func append(_ line: String) throws {
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw BackupDisk.failure("open", path) }
        defer { close(file) }
        let bytes = Array(line.utf8)
        // A short write leaves a line without its end, which the next reading passes over.
        guard write(file, bytes, bytes.count) == bytes.count else { throw BackupDisk.failure("write", path) }
    }
}
