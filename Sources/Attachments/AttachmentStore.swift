import Foundation

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

    /// A store in a folder, which is made where it is missing.
    /// - Parameter limit: how large a file may be, in bytes.
    /// - Throws: `AttachmentError.system`.
    package init(folder: String, limit: Int = AttachmentStore.standardLimit) throws {
        self.folder = folder
        self.limit = limit
        try FileCalls.makeFolder(folder)
    }

    /// Keeps a file that arrives in pieces; no more than one piece is in memory.
    ///
    /// When this returns, the file outlives a power cut. When it throws, nothing of the file is left.
    /// - Parameters:
    ///   - chunks: the pieces, in their order.
    ///   - name: the name that the person's machine gives it.
    /// - Throws: `AttachmentError`; what `chunks` throws.
    package func save<Chunks: AsyncSequence>(_ chunks: Chunks, named name: String) async throws -> Attachment
    where Chunks.Element: Collection, Chunks.Element.Element == UInt8 {
        var file = try await FileCalls.offThePool { [folder, limit] in try IncomingFile(in: folder, limit: limit) }
        do {
            for try await chunk in chunks {
                let (before, bytes) = (file, Array(chunk))
                file = try await FileCalls.offThePool {
                    var after = before
                    try after.take(bytes)
                    return after
                }
            }
            let whole = file
            return try await FileCalls.offThePool { [folder] in
                var file = whole
                return try file.finish(named: name, in: folder)
            }
        } catch {
            let rest = file
            try await FileCalls.offThePool { rest.discard() }
            throw error
        }
    }

    /// Keeps a file that is in memory; blocks. For the command line, imports and tests.
    /// - Throws: `AttachmentError`.
    package func saveNow(_ bytes: [UInt8], named name: String) throws -> Attachment {
        var file = try IncomingFile(in: folder, limit: limit)
        do {
            try file.take(bytes)
            return try file.finish(named: name, in: folder)
        } catch {
            file.discard()
            throw error
        }
    }

    /// Opens a kept file.
    /// - Throws: `AttachmentError.badDigest`, `.missing`, `.damaged` or `.system`.
    package func open(_ digest: String) async throws -> AttachmentReader {
        let path = try place(of: digest)
        return try await FileCalls.offThePool { try AttachmentReader(path: path, digest: digest) }
    }

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

    /// Where a file of a digest lies; only digests get near a path.
    private func place(of digest: String) throws -> String {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
        guard digest.utf8.count == 64, digest.utf8.allSatisfy(isDigit) else { throw AttachmentError.badDigest(digest) }
        return folder + "/" + digest.prefix(2) + "/" + digest.dropFirst(2)
    }
}
