import CanonicalJSON
import Crypto
import Foundation
import Journal
import PersonalData

/// One restore point.
package struct BackupPoint: Hashable, Sendable {
    /// Its name, which begins with the position.
    package let name: String
    /// What it consists of.
    package let manifest: BackupManifest

    package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A backup folder that is read; nothing in it is written, so that it may lie on a medium for reading only.
package struct BackupReader: Sendable {
    /// The path of the folder.
    package let path: String
    /// The public key that signs its manifests.
    package let signer: String

    /// Opens the folder.
    /// - Parameter expected: the public key that it must be signed with; nil to believe the folder.
    /// - Throws: `BackupError.notABackup`, `.foreign`.
    package init(path: String, signer expected: String? = nil) throws {
        self.path = path
        // Whatever else stands in the marker, the folder is then none of ours, which is what is said.
        guard let bytes = FileManager.default.contents(atPath: path + "/" + BackupLayout.marker),
            let json = try? JSON(parsing: bytes), json["format"]?.string == BackupLayout.format,
            let signer = json["signer"]?.string
        else { throw BackupError.notABackup(path: path) }
        if let expected, expected.lowercased() != signer { throw BackupError.foreign(path: path, signer: signer) }
        self.signer = signer
    }

    /// The restore points whose manifest is signed and whole, the newest first, and the names of the others.
    package func points() throws -> (whole: [BackupPoint], damaged: [String]) {
        let folder = path + "/" + BackupLayout.points
        guard access(folder, F_OK) == 0 else { return ([], []) }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw BackupError.system(call: "list", path: folder, reason: "\(error)")
        }
        var whole: [BackupPoint] = []
        var damaged: [String] = []
        for name in names.sorted().reversed() where !name.hasPrefix(".") {
            if let manifest = manifest(of: name) {
                whole.append(BackupPoint(name: name, manifest: manifest))
            } else {
                damaged.append(name)
            }
        }
        whole.sort { ($0.manifest.position, $0.manifest.madeAt) > ($1.manifest.position, $1.manifest.madeAt) }
        return (whole, damaged)
    }

    /// The restore point of a name, or the newest.
    /// - Throws: `BackupError.noPoint`; `.damaged` where the newest is not whole.
    package func point(named name: String? = nil) throws -> BackupPoint {
        let (whole, damaged) = try points()
        if let name {
            if damaged.contains(name) { throw BackupError.damaged(["the manifest of \(name) is not what was signed"]) }
            guard let point = whole.first(where: { $0.name == name }) else {
                throw BackupError.noPoint(path: path, name: name)
            }
            return point
        }
        if let broken = damaged.first, whole.first.map({ $0.name < broken }) ?? true {
            throw BackupError.damaged([
                "the manifest of \(broken) is not what was signed; name an earlier point with --point"
            ])
        }
        guard let point = whole.first else { throw BackupError.noPoint(path: path, name: nil) }
        return point
    }

    /// The file with the keys that open a point: of its points with the same vault the newest, since a vault only gains keys,
    /// and forgets those who were erased.
    package func vaultPart(of point: BackupPoint) throws -> BackupManifest.Part {
        let identity = point.manifest.vault.identity
        return try points().whole.first { $0.manifest.vault.identity == identity }?.manifest.vaultPart
            ?? point.manifest.vaultPart
    }

    /// The manifest of a point; nil where it is not whole, signed and readable, whatever the reason: no such point counts.
    private func manifest(of name: String) -> BackupManifest? {
        let folder = path + "/" + BackupLayout.points + "/" + name + "/"
        guard let bytes = FileManager.default.contents(atPath: folder + BackupLayout.manifest),
            let signature = FileManager.default.contents(atPath: folder + BackupLayout.signature)
                .flatMap({ EventLink.bytes(hexadecimal: String(decoding: $0, as: UTF8.self)) }),
            BackupSigner.isRight(signature, of: Array(bytes), by: signer),
            let manifest = try? CanonicalCoding.decode(BackupManifest.self, from: Array(bytes)),
            manifest.format == BackupLayout.format, manifest.signer == signer
        else { return nil }
        return manifest
    }
}

extension BackupReader {
    /// A sealed part, opened: its lines one after the other.
    func lines(of part: BackupManifest.Part, with key: BackupPrivateKey) throws -> Lines {
        let pieces = try FilePieces(path + "/" + part.file)
        var sealed = try SealedReader({ try pieces.next() }, with: key)
        return Lines { try sealed.next() }
    }

    /// The list of attached files of a point.
    func files(of manifest: BackupManifest) throws -> [BackedUpFile] {
        let pieces = try FilePieces(path + "/" + manifest.files.file)
        var lines = Lines { try pieces.next() }
        var files: [BackedUpFile] = []
        while let line = try lines.next() { files.append(try CanonicalCoding.decode(BackedUpFile.self, from: line)) }
        return files
    }

    /// The lines of all events of a point.
    func eventLines(of manifest: BackupManifest) -> () throws -> [UInt8]? {
        var segments = manifest.segments[...]
        var lines: Lines?
        return { [path] in
            while true {
                if let line = try lines?.next() { return line }
                guard let segment = segments.popFirst() else { return nil }
                let pieces = try FilePieces(path + "/" + segment.part.file)
                lines = Lines { try pieces.next() }
            }
        }
    }
}
