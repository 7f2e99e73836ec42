import Foundation
import Synchronization

/// A file that is kept.
package struct Attachment: Codable, Hashable, Sendable {
    /// The SHA-256 of its content, 64 lower-case hexadecimal digits.
    package let digest: String
    /// Its length in bytes.
    package let size: Int
    /// What its content is.
    package let type: AttachmentType
    /// Its name, made harmless.
    package let name: String
}

/// Who puts files in their places or takes them away goes one after the other.
final class Shelves: Sendable {
    /// The acts under way that name the file of a digest.
    struct Acts {
        var count = 0
        /// Whether one of them has succeeded.
        var isNamed = false
    }

    /// By the digest, while there are any.
    let acts = Mutex<[String: Acts]>([:])
}

/// The folder of all attached files, `<data>/files`: `ab/cdef…` for the digest `abcdef…`.
///
/// The same content is kept once, whoever attaches it; saving it again changes nothing.
package struct AttachmentStore: Sendable {
    /// The beginning of the names of files that are not whole yet.
    static let unfinished = "incoming-"
    /// How large a file may be where nobody says otherwise, in bytes.
    package static let standardLimit = 50 * 1_024 * 1_024

    let folder: String
    /// How large a file may be, in bytes.
    package let limit: Int
    let space: FreeSpace
    let shelves = Shelves()

    /// A store in a folder, which is made where it is missing; one for each folder, which its copies share.
    /// - Parameters:
    ///   - limit: how large a file may be, in bytes.
    ///   - space: how much of the disk is left to others.
    /// - Throws: `AttachmentError.system`.
    package init(folder: String, limit: Int = AttachmentStore.standardLimit, space: FreeSpace = FreeSpace()) throws {
        self.folder = folder
        self.limit = limit
        self.space = space
        try FileCalls.makeFolder(folder)
    }

    /// Opens a kept file, once it was read to its end and is what was saved: whoever is told that it comes gets all of it.
    /// - Throws: `AttachmentError.badDigest`, `.missing`, `.damaged` or `.system`.
    package func open(_ digest: String) async throws -> AttachmentReader {
        let path = try place(of: digest)
        let file = try await FileCalls.offThePool { try AttachmentReader(path: path, digest: digest) }
        for try await _ in file {}
        return file
    }

    /// Why no file is taken at the moment, as a sentence; nil where there is room.
    package var spaceProblem: String? { space.problem(of: folder) }

    /// Whether a file of this digest is kept; blocks for one look at the folder.
    package func holds(_ digest: String) -> Bool {
        guard let path = try? place(of: digest) else { return false }  // What is no digest is not kept.
        return access(path, R_OK) == 0
    }

    /// Removes what an interrupted save has left; only while nothing is being saved, at start.
    /// - Returns: how many files were removed.
    @discardableResult
    package func removeUnfinished() throws -> Int {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(Self.unfinished) }
        } catch {
            throw AttachmentError.system(call: "list", path: folder, reason: "\(error)")
        }
        for name in names where unlink(folder + "/" + name) != 0 { throw FileCalls.failure("unlink", name) }
        return names.count
    }

    /// Where a file of a digest lies, for what reads it as a whole; only digests get near a path.
    /// - Throws: `AttachmentError.badDigest`. That there is such a file it does not say.
    package func place(of digest: String) throws -> String {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
        guard digest.utf8.count == 64, digest.utf8.allSatisfy(isDigit) else { throw AttachmentError.badDigest(digest) }
        return folder + "/" + digest.prefix(2) + "/" + digest.dropFirst(2)
    }
}
