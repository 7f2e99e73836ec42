import Foundation

/// A file that has arrived whole and was looked at; it is kept, or it goes.
///
/// Until somebody keeps it (`AttachmentStore.keep`) it lies under a temporary name, and what an interrupted run leaves of
/// it is removed at the next start.
package struct ArrivedFile: Sendable {
    /// What it would be kept as.
    package let attachment: Attachment
    /// Where it lies until it is kept or forgotten, for what reads it as a whole.
    package let path: String

    /// Forgets it; nothing happens where it was kept.
    package func discard() { unlink(path) }
}

extension AttachmentStore {
    /// Takes in a file that arrives in pieces, and keeps nothing; no more than one piece is in memory.
    /// - Parameter name: the name that the person's machine gives it.
    /// - Throws: `AttachmentError`; what `chunks` throws. Nothing of the file is left then.
    package func receive<Chunks: AsyncSequence>(_ chunks: Chunks, named name: String) async throws -> ArrivedFile
    where Chunks.Element: Collection, Chunks.Element.Element == UInt8 {
        var file = try await FileCalls.offThePool { [folder, limit, space] in
            try IncomingFile(in: folder, limit: limit, space: space)
        }
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
            return try await FileCalls.offThePool {
                var file = whole
                return try file.finish(named: name)
            }
        } catch {
            let rest = file
            try await FileCalls.offThePool { rest.discard() }
            throw error
        }
    }
}
