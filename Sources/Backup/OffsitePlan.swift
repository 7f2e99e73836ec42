import CanonicalJSON
import Crypto
import Foundation

/// A file of a backup folder that belongs to a copy of it.
package struct OffsiteFile: Hashable, Sendable {
    /// Its path in the folder, with letters, digits, `.`, `-` and `/` only.
    package let path: String
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    package let sha256: String
    /// Its length in bytes.
    package let bytes: Int64
}

/// What goes to a copy of a backup folder on another machine, in which order, and what goes from it; sends nothing itself.
///
/// Each file goes once, the manifest of a point after all that the point needs, and the copy's word of itself last: whatever
/// breaks off, the points that are there are whole. The newest point goes; with it everything is there that an older one that
/// has not gone yet would have brought of events, files and keys.
package struct OffsitePlan: Sendable {
    /// The list of all files of the copy, as `sha256sum` writes and checks it.
    package static let list = "SHA256SUMS"
    /// What the copy says of itself, a line of JSON: which point is the newest, and the digest of the list.
    package static let word = "newest.json"
    /// The file that says whose backup it is.
    package static let marker = BackupLayout.marker
    /// The longest list that is read, in bytes.
    package static let longestList = 256 << 20

    /// The point that goes.
    package let point: String
    /// The last position in it.
    package let position: Int64
    /// What is sent, in this order.
    package let sends: [OffsiteFile]
    /// What is removed after that: what no point needs any more, among it the keys of those who were erased.
    package let removals: [String]

    /// Decides what is to be done for the newest point of a folder.
    /// - Throws: `BackupError`; `.farFolderTaken` where a file is there already with other bytes.
    init(_ reader: BackupReader, _ ledger: OffsiteLedger) throws {
        let (points, damaged) = try reader.points()
        let newest = try reader.point()
        let needed = try Self.files(of: newest, reader)
        var sends: [OffsiteFile] = []
        for file in needed where ledger.there[file.path] != file.sha256 {
            if ledger.there[file.path] != nil { throw BackupError.farFolderTaken("it has another \(file.path)") }
            sends.append(file)
        }
        point = newest.name
        position = newest.manifest.position
        self.sends = sends
        // What a damaged point needs is not known.
        guard damaged.isEmpty else {
            removals = []
            return
        }
        var kept = try BackupKeeper.needed(by: points, reader).union([BackupLayout.marker])
        for point in points { kept.formUnion(Self.own(point)) }
        // A point goes with its manifest first: half removed it is no point.
        let isManifest = { (path: String) in path.hasSuffix("/" + BackupLayout.manifest) }
        removals = ledger.ours.subtracting(kept).sorted {
            (isManifest($0) ? 0 : 1, $0) < (isManifest($1) ? 0 : 1, $1)
        }
    }

    /// All files that a point needs, its manifest last.
    static func files(of point: BackupPoint, _ reader: BackupReader) throws -> [OffsiteFile] {
        let manifest = point.manifest
        let parts =
            manifest.segments.map(\.part) + (try reader.files(of: manifest).map(\.part)) + [manifest.vaultPart]
            + manifest.parts.sorted { $0.key < $1.key }.map(\.value) + [manifest.files]
        let folder = BackupLayout.points + "/" + point.name + "/"
        var seen: Set<String> = []
        return try [try small(BackupLayout.marker, reader)]
            + parts.filter { seen.insert($0.file).inserted }.map {
                OffsiteFile(path: $0.file, sha256: $0.sha256, bytes: $0.bytes)
            } + [small(folder + BackupLayout.signature, reader), small(folder + BackupLayout.manifest, reader)]
    }

    /// The paths that a point alone has.
    private static func own(_ point: BackupPoint) -> [String] {
        let folder = BackupLayout.points + "/" + point.name + "/"
        return point.manifest.parts.values.map(\.file) + [
            point.manifest.files.file, folder + BackupLayout.signature, folder + BackupLayout.manifest,
        ]
    }

    private static func small(_ path: String, _ reader: BackupReader) throws -> OffsiteFile {
        let pieces = try FilePieces(reader.path + "/" + path)
        while try pieces.next() != nil {}
        return OffsiteFile(path: path, sha256: pieces.digest, bytes: pieces.bytes)
    }
}

/// The work on one copy: what is known of it, what is to be done, and what was done. One at a time works on a folder.
package final class OffsiteWork {
    private let reader: BackupReader
    private var ledger: OffsiteLedger

    /// Opens what is known of a copy.
    /// - Parameters:
    ///   - folder: the backup folder.
    ///   - address: the address of the copy, which is kept as a digest.
    /// - Throws: `BackupError.notABackup`.
    package init(folder: String, address: String) throws {
        reader = try BackupReader(path: folder)
        ledger = OffsiteLedger(folder: folder, destination: Self.digest(Array(address.utf8)))
    }

    /// Whether the copy is what was last known of it; where it is not, its list is read and given to `believe`.
    /// - Parameter word: what the copy says of itself; nil where it says nothing.
    package func knows(_ word: [UInt8]?) -> Bool {
        guard let word, let said = ledger.said else { return false }
        return Self.digest(word) == said
    }

    /// Believes the copy.
    /// - Parameters:
    ///   - marker: its `backup.json`; nil where it has none.
    ///   - list: its list; nil where it has none.
    /// - Throws: `BackupError.farFolderTaken` where it is another centre's.
    package func believe(marker: [UInt8]?, list: [UInt8]?) throws {
        if let marker,
            marker != (FileManager.default.contents(atPath: reader.path + "/" + BackupLayout.marker).map(Array.init))
        {
            throw BackupError.farFolderTaken("it is another centre's")
        }
        guard marker != nil else { return ledger.believe([:]) }
        guard let list else {
            // Before the first point was whole there what was sent is known from here alone.
            if ledger.said != nil { ledger.believe([:]) }
            return
        }
        var there: [String: String] = [:]
        for line in String(decoding: list, as: UTF8.self).split(separator: "\n") {
            guard let gap = line.range(of: "  ") else { continue }
            there[String(line[gap.upperBound...])] = String(line[..<gap.lowerBound])
        }
        // Sent and not listed yet: the first copy was broken off.
        if ledger.said == nil { there.merge(ledger.there) { said, _ in said } }
        ledger.believe(there)
        // Where the ledger was lost: what this folder has too was sent from it.
        ledger.adopt { access(reader.path + "/" + $0, F_OK) == 0 }
    }

    /// What is to be done now.
    /// - Throws: `BackupError`.
    package func plan() throws -> OffsitePlan {
        try ledger.settle(saying: ledger.said)
        return try OffsitePlan(reader, ledger)
    }

    /// How many files are there that this folder did not send: they are left alone.
    package var strangers: Int { ledger.there.keys.count { !ledger.ours.contains($0) } }

    /// Sees that a file is what its digest says, before it is sent.
    /// - Throws: `BackupError.damaged`.
    package func check(_ file: OffsiteFile) throws -> String {
        let path = reader.path + "/" + file.path
        let pieces = try FilePieces(path)
        while try pieces.next() != nil {}
        guard pieces.digest == file.sha256 else {
            throw BackupError.damaged(["\(file.path) is not what it was when it was backed up"])
        }
        return path
    }

    /// Notes that a file has arrived.
    package func arrived(_ file: OffsiteFile) throws { try ledger.arrived(file) }

    /// Notes that a file is there no more.
    package func removed(_ path: String) throws { try ledger.removed(path) }

    /// The list of what is there, as `sha256sum` writes it, and the copy's word of itself.
    /// - Parameter plan: what has been sent.
    package func closing(
        _ plan: OffsitePlan
    ) -> (list: (file: OffsiteFile, bytes: [UInt8]), word: (file: OffsiteFile, bytes: [UInt8])) {
        let gone = Set(plan.removals)
        let text = ledger.there.filter { !gone.contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\($0.value)  \($0.key)\n" }.joined()
        let list = Array(text.utf8)
        let json = JSON.object([
            "format": .string(BackupLayout.format), "list": .string(Self.digest(list)), "point": .string(plan.point),
        ])
        let word = json.bytes + [0x0A]
        func file(_ path: String, _ bytes: [UInt8]) -> OffsiteFile {
            OffsiteFile(path: path, sha256: Self.digest(bytes), bytes: Int64(bytes.count))
        }
        return ((file(OffsitePlan.list, list), list), (file(OffsitePlan.word, word), word))
    }

    /// Notes that list and word are there.
    package func settled(_ word: OffsiteFile) throws { try ledger.settle(saying: word.sha256) }

    private static func digest(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexadecimal }
}
