import Foundation

/// A body that is too large for memory, on the disk until it was read; only its owner may read it.
package struct SpooledFile: Sendable {
    /// Where it lies.
    package let path: String

    /// Forgets it; what an interrupted run has left goes with `AttachmentStore.removeUnfinished()`.
    package func discard() { unlink(path) }
}

extension AttachmentStore {
    /// Writes pieces to a file of its own for a moment; the caller discards it.
    /// - Throws: `AttachmentError.tooLarge` past `limit` bytes, `.system`; what `chunks` throws. Nothing is left then.
    package func spool<Chunks: AsyncSequence>(_ chunks: Chunks, limit: Int) async throws -> SpooledFile
    where Chunks.Element: Collection, Chunks.Element.Element == UInt8 {
        let template = folder + "/" + Self.unfinished + "XXXXXX"
        let (descriptor, path) = try await FileCalls.offThePool { [folder, space] in
            try space.require(folder)
            return try FileCalls.temporaryFile(template)
        }
        defer { Foundation.close(descriptor) }
        do {
            var count = 0
            for try await chunk in chunks {
                let (bytes, before) = (Array(chunk), count)
                count += bytes.count
                guard count <= limit else { throw AttachmentError.tooLarge(limit: limit) }
                let isTimeToLook = before / FreeSpace.interval != count / FreeSpace.interval
                try await FileCalls.offThePool { [folder, space] in
                    if isTimeToLook { try space.require(folder) }
                    try FileCalls.write(bytes, to: descriptor, path: path)
                }
            }
        } catch {
            unlink(path)
            throw error
        }
        return SpooledFile(path: path)
    }
}
