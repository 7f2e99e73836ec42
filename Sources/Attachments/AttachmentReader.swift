import Crypto
import Foundation

/// A kept file in pieces; the last piece comes only where the whole is what was saved.
package struct AttachmentReader: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    /// The length of the file in bytes.
    package let size: Int
    /// What the content is; tables are told as text.
    package let type: AttachmentType
    private let file: OpenFile

    /// The length of a piece in bytes.
    package static let chunk = 65_536

    init(path: String, digest: String) throws {
        file = try OpenFile(path: path, digest: digest)
        size = file.size
        let head = try file.read(from: 0, count: AttachmentType.headLength)
        let tail = try file.read(from: Swift.max(0, size - AttachmentType.tailLength), count: AttachmentType.tailLength)
        // Only text was kept that is none of the others.
        guard size > 0, let type = AttachmentType.recognise(head: head, tail: tail, isText: true) else {
            throw AttachmentError.damaged(digest)
        }
        self.type = type
    }

    /// Begins to read from the first piece.
    package func makeAsyncIterator() -> Iterator { Iterator(file: file) }

    /// Reads on, off the cooperative pool.
    package struct Iterator: AsyncIteratorProtocol {
        private let file: OpenFile
        private var offset = 0
        private var hash = SHA256()

        fileprivate init(file: OpenFile) { self.file = file }

        /// The next piece; nil at the end.
        package mutating func next() async throws -> [UInt8]? {
            guard offset < file.size else { return nil }
            let (file, start) = (file, offset)
            let bytes = try await FileCalls.offThePool { try file.read(from: start, count: AttachmentReader.chunk) }
            guard !bytes.isEmpty else { throw AttachmentError.damaged(file.digest) }
            offset += bytes.count
            hash.update(data: bytes)
            if offset >= file.size, !hash.finalize().elementsEqual(file.expected) {
                throw AttachmentError.damaged(file.digest)
            }
            return bytes
        }
    }
}

/// An open file; closed when nobody holds it.
private final class OpenFile: Sendable {
    let size: Int
    let digest: String
    let expected: [UInt8]
    private let path: String
    private let descriptor: Int32

    init(path: String, digest: String) throws {
        descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? AttachmentError.missing(digest) : FileCalls.failure("open", path)
        }
        size = Int(lseek(descriptor, 0, SEEK_END))
        self.path = path
        self.digest = digest
        let digits = Array(digest.utf8).map { $0 > 0x39 ? $0 - 0x57 : $0 - 0x30 }
        expected = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    deinit { Foundation.close(descriptor) }

    func read(from offset: Int, count: Int) throws -> [UInt8] {
        try FileCalls.read(descriptor, from: offset, count: count, path: path)
    }
}
