import Crypto
import Foundation

/// A file while it arrives: written under a temporary name, hashed and looked at piece by piece.
///
/// A value that is handed on; the descriptor belongs to the last holder, who finishes or discards it, once.
struct IncomingFile: Sendable {
    private let descriptor: Int32
    private let path: String
    private let folder: String
    private let limit: Int
    private let space: FreeSpace
    private var hash = SHA256()
    private var size = 0
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var text = TextCheck()

    init(in folder: String, limit: Int, space: FreeSpace) throws {
        try space.require(folder)
        (self.folder, self.space) = (folder, space)
        (descriptor, path) = try FileCalls.temporaryFile(folder + "/" + AttachmentStore.unfinished + "XXXXXX")
        self.limit = limit
    }

    mutating func take(_ bytes: [UInt8]) throws {
        guard bytes.count <= limit - size else { throw AttachmentError.tooLarge(limit: limit) }
        if size / FreeSpace.interval != (size + bytes.count) / FreeSpace.interval { try space.require(folder) }
        try FileCalls.write(bytes, to: descriptor, path: path)
        size += bytes.count
        hash.update(data: bytes)
        if head.count < AttachmentType.headLength { head += bytes.prefix(AttachmentType.headLength - head.count) }
        tail = Array((tail + bytes.suffix(AttachmentType.tailLength)).suffix(AttachmentType.tailLength))
        text.take(bytes)
    }

    /// Checks the whole and makes it last; where this throws, the file still has to be discarded.
    mutating func finish(named name: String) throws -> ArrivedFile {
        guard size > 0 else { throw AttachmentError.empty }
        text.finish()
        guard var type = AttachmentType.recognise(head: head, tail: tail, isText: text.isText) else {
            throw AttachmentError.unknownType
        }
        // A table differs from other text by its name only.
        if type == .text, name.lowercased().hasSuffix(".csv") { type = .csv }
        let digest = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        guard fsync(descriptor) == 0 else { throw FileCalls.failure("fsync", path) }
        Foundation.close(descriptor)
        let attachment = Attachment(
            digest: digest, size: size, type: type, name: AttachmentName.clean(name, for: type))
        return ArrivedFile(attachment: attachment, path: path)
    }

    /// Forgets the file.
    func discard() {
        Foundation.close(descriptor)
        unlink(path)
    }
}
