import Crypto
import Foundation

/// The disk of a backup folder: what is written there stands under its name when it is whole and on the disk.
package struct BackupDisk: Sendable {
    /// Told before each thing that is done on the disk; tests throw here what a full disk or a power cut would.
    package var before: @Sendable (String) throws -> Void

    /// The disk as it is.
    package init(before: @escaping @Sendable (String) throws -> Void = { _ in }) { self.before = before }

    /// Writes a file.
    /// - Parameters:
    ///   - path: where it will stand, in the place of one that is there.
    ///   - fill: given what takes its bytes.
    /// - Returns: its length and SHA-256.
    func write(_ path: String, _ fill: (@escaping ([UInt8]) throws -> Void) throws -> Void) throws -> (
        bytes: Int64, sha256: String
    ) {
        let unfinished = path + BackupLayout.part
        try before("create \(path)")
        let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure("open", path) }
        let file = OpenPart(descriptor: descriptor, path: path, before: before)
        try fill { try file.take($0) }
        try file.flush()
        try before("sync \(path)")
        guard fsync(descriptor) == 0 else { throw Self.failure("fsync", path) }
        try rename(unfinished, to: path)
        return (bytes: file.bytes, sha256: file.digest)
    }

    /// Writes a short file.
    func write(_ path: String, bytes: [UInt8]) throws { _ = try write(path) { take in try take(bytes) } }

    /// Gives a file or folder its name, on the disk.
    func rename(_ old: String, to new: String) throws {
        try before("rename \(new)")
        guard Foundation.rename(old, new) == 0 else { throw Self.failure("rename", new) }
        try sync(folder: (new as NSString).deletingLastPathComponent)
    }

    /// Makes a folder that only its owner may enter, where there is none.
    func make(folder path: String) throws {
        if access(path, F_OK) == 0 { return }
        try before("mkdir \(path)")
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw Self.failure("mkdir", path) }
        try sync(folder: (path as NSString).deletingLastPathComponent)
    }

    /// The names of what is in a folder; none where there is no folder. One that cannot be read is not taken for empty.
    static func names(in folder: String) throws -> [String] {
        guard access(folder, F_OK) == 0 else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw BackupError.system(call: "readdir", path: folder, reason: "\(error)")
        }
    }

    /// Puts on the disk what was renamed into a folder last.
    func sync(folder path: String) throws {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.failure("open", path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Self.failure("fsync", path) }
    }

    /// Removes a file or a folder with all that is in it; what is not there is no fault.
    func remove(_ path: String) throws {
        guard access(path, F_OK) == 0 else { return }
        try before("remove \(path)")
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw BackupError.system(call: "remove", path: path, reason: "\(error)")
        }
    }

    static func failure(_ call: String, _ path: String) -> BackupError {
        .system(call: call, path: path, reason: String(cString: strerror(errno)))
    }
}

/// A file that is being written.
private final class OpenPart {
    private(set) var bytes: Int64 = 0
    private let descriptor: Int32
    private let path: String
    private let before: (String) throws -> Void
    private var buffer: [UInt8] = []
    private var hash = SHA256()

    init(descriptor: Int32, path: String, before: @escaping (String) throws -> Void) {
        (self.descriptor, self.path, self.before) = (descriptor, path, before)
    }

    deinit { close(descriptor) }

    var digest: String { hash.finalize().hexadecimal }

    func take(_ piece: [UInt8]) throws {
        buffer += piece
        if buffer.count >= 1 << 20 { try flush() }
    }

    func flush() throws {
        try before("write \(path)")
        hash.update(data: buffer)
        bytes += Int64(buffer.count)
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw BackupDisk.failure("write", path) }
            rest = rest.dropFirst(count)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// A file in pieces, with the SHA-256 of all that was read.
final class FilePieces {
    private let descriptor: Int32
    private let path: String
    private var hash = SHA256()
    private(set) var bytes: Int64 = 0

    /// Opens a file; a link is not followed.
    init(_ path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        self.path = path
        guard descriptor >= 0 else { throw BackupDisk.failure("open", path) }
    }

    deinit { close(descriptor) }

    var digest: String { hash.finalize().hexadecimal }

    /// The next piece; nil at the end.
    func next() throws -> [UInt8]? {
        while true {
            var length = 0
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, filled in
                length = read(descriptor, buffer.baseAddress, buffer.count)
                filled = max(0, length)
            }
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else { throw BackupDisk.failure("read", path) }
            if piece.isEmpty { return nil }
            hash.update(data: piece)
            bytes += Int64(piece.count)
            return piece
        }
    }
}

/// Lines out of pieces.
struct Lines {
    private let pull: () throws -> [UInt8]?
    private var rest: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// The longest line in bytes.
    private static let longest = 256 << 20

    init(_ pull: @escaping () throws -> [UInt8]?) { self.pull = pull }

    /// The next line without its line feed; nil at the end. What follows the last line feed is a line too.
    mutating func next() throws -> [UInt8]? {
        var searched = start
        while true {
            if let end = rest[searched...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                return Array(rest[start..<end])
            }
            if isAtEnd {
                guard start < rest.count else { return nil }
                defer { start = rest.count }
                return Array(rest[start...])
            }
            rest.removeFirst(start)
            start = 0
            searched = rest.count
            guard rest.count < Self.longest else { throw SealedFileError() }
            if let more = try pull() { rest += more } else { isAtEnd = true }
        }
    }
}
