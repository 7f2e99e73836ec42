import Crypto
import Foundation

/// A file while it arrives: written under a temporary name, hashed and looked at piece by piece.
///
/// A value that is handed on; the descriptor belongs to the last holder, who finishes or discards it.
struct IncomingFile: Sendable {
    private let descriptor: Int32
    private let path: String
    private let limit: Int
    private var hash = SHA256()
    private var size = 0
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var text = TextCheck()

    init(in folder: String, limit: Int) throws {
        (descriptor, path) = try FileCalls.temporaryFile(folder + "/" + AttachmentStore.unfinished + "XXXXXX")
        self.limit = limit
    }

    mutating func take(_ bytes: [UInt8]) throws {
        guard bytes.count <= limit - size else { throw AttachmentError.tooLarge(limit: limit) }
        try FileCalls.write(bytes, to: descriptor, path: path)
        size += bytes.count
        hash.update(data: bytes)
        if head.count < AttachmentType.headLength { head += bytes.prefix(AttachmentType.headLength - head.count) }
        tail = Array((tail + bytes.suffix(AttachmentType.tailLength)).suffix(AttachmentType.tailLength))
        text.take(bytes)
    }

    /// Checks the whole, makes it last and puts it in its place.
    mutating func finish(named name: String, in folder: String) throws -> Attachment {
        guard size > 0 else { throw AttachmentError.empty }
        text.finish()
        guard var type = AttachmentType.recognise(head: head, tail: tail, isText: text.isText) else {
            throw AttachmentError.unknownType
        }
        // A table differs from other text by its name only.
        if type == .text, name.lowercased().hasSuffix(".csv") { type = .csv }
        let digest = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        guard fsync(descriptor) == 0 else { throw FileCalls.failure("fsync", path) }
        let shelf = folder + "/" + digest.prefix(2)
        try FileCalls.makeFolder(shelf)
        try FileCalls.syncFolder(folder)
        let place = shelf + "/" + digest.dropFirst(2)
        // A file that is there already has the same content; taking its place mends one that was damaged.
        guard rename(path, place) == 0 else { throw FileCalls.failure("rename", place) }
        try FileCalls.syncFolder(shelf)
        Foundation.close(descriptor)
        return Attachment(digest: digest, size: size, type: type, name: AttachmentName.clean(name, for: type))
    }

    /// Forgets the file.
    func discard() {
        Foundation.close(descriptor)
        unlink(path)
    }
}
