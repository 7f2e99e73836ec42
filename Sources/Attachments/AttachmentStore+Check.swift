import Crypto
import Foundation

extension AttachmentStore {
    /// Into how many folders the files are divided.
    package static let shelfCount = 256

    /// Reads the files of some folders, one after the other, each against its digest.
    /// - Parameters:
    ///   - shelf: the folder to begin with, from 0.
    ///   - bytes: no further folder is begun once so many bytes were read.
    /// - Returns: the folder to go on with, `shelfCount` at the end, and the digests of files that are not what they were.
    /// - Throws: `AttachmentError.system` where a folder cannot be listed.
    package func check(from shelf: Int, atMost bytes: Int) async throws -> (next: Int, damaged: [String]) {
        try await FileCalls.offThePool { [self] in
            var (shelf, read, damaged) = (shelf, 0, [String]())
            while shelf < Self.shelfCount, read < bytes {
                let name = (shelf < 16 ? "0" : "") + String(shelf, radix: 16)
                for rest in try files(in: name) {
                    let found = try Self.digest(ofFile: "\(folder)/\(name)/\(rest)")
                    // Taken away in the meantime: what is to be forgotten is no damage.
                    guard let found else { continue }
                    read += found.size
                    if found.digest != name + rest { damaged.append(name + rest) }
                }
                shelf += 1
            }
            return (shelf, damaged)
        }
    }

    private func files(in shelf: String) throws -> [String] {
        let path = "\(folder)/\(shelf)"
        guard access(path, F_OK) == 0 else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.utf8.count == 62 }.sorted()
        } catch {
            throw AttachmentError.system(call: "list", path: path, reason: "\(error)")
        }
    }

    /// The digest of a file, where it can be read to its end; an empty one where the disk fails in it; nil where there is none.
    private static func digest(ofFile path: String) throws -> (digest: String, size: Int)? {
        let file = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return errno == ENOENT ? nil : ("", 0) }
        defer { Foundation.close(file) }
        var (hash, size) = (SHA256(), 0)
        while true {
            let bytes: [UInt8]
            do {
                bytes = try FileCalls.read(file, from: size, count: AttachmentReader.chunk, path: path)
            } catch {
                // A part of the disk that cannot be read any more: the file is lost, and the others are looked at all the same.
                return ("", size)
            }
            if bytes.isEmpty { break }
            size += bytes.count
            hash.update(data: bytes)
        }
        let digits = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return (digits, size)
    }
}
