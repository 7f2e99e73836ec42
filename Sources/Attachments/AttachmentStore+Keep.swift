import Crypto
import Foundation
import Synchronization

/// Keeping what has arrived.
///
/// Each file that is kept gets a mark beside it, `pending/<digest>.<sender>`: who brought it and when. For some days he may
/// name it in a step; a file that no event names by then is removed with its mark (`sweep`).
extension AttachmentStore {
    /// The folder of the marks.
    static let pending = "pending"
    /// So long the sender may name his file, in seconds.
    static let naming = 6 * 86_400
    /// So long after it was brought a file that nobody named is removed, in seconds: later than anybody may name it.
    static let keeping = 7 * 86_400

    /// Keeps a file until an event names it, or for seven days. When this returns, it outlives a power cut.
    /// - Parameter sender: in whose name it came; he may name it in a step.
    /// - Throws: `AttachmentError`. Nothing of the file is left then.
    package func keep(_ file: ArrivedFile, for sender: String) async throws -> Attachment {
        try await FileCalls.offThePool { [self] in
            do {
                _ = try place(file, for: sender, countsAct: false)
                return file.attachment
            } catch {
                file.discard()
                throw error
            }
        }
    }

    /// Keeps files, does what names them, and takes them away again where that fails.
    ///
    /// Whoever is let in by an address alone leaves nothing on the disk unless his act was recorded.
    /// - Throws: `AttachmentError`; what `act` throws.
    package func keep<Value>(
        _ files: [ArrivedFile], for sender: String, while act: ([Attachment]) async throws -> Value
    ) async throws -> Value {
        var placed: [(file: ArrivedFile, isNew: Bool)] = []
        do {
            for file in files {
                let isNew = try await FileCalls.offThePool { [self] in try place(file, for: sender, countsAct: true) }
                placed.append((file, isNew))
            }
            let value = try await act(files.map(\.attachment))
            end(placed, for: sender, named: true)
            return value
        } catch {
            end(placed, for: sender, named: false)
            throw error
        }
    }

    /// Keeps a file that arrives in pieces, as `keep` does.
    /// - Throws: `AttachmentError`; what `chunks` throws. Nothing of the file is left then.
    package func save<Chunks: AsyncSequence>(
        _ chunks: Chunks, named name: String, for sender: String
    ) async throws -> Attachment where Chunks.Element: Collection, Chunks.Element.Element == UInt8 {
        try await keep(try await receive(chunks, named: name), for: sender)
    }

    /// Keeps a file that is in memory; blocks. For the command line, imports and tests.
    /// - Throws: `AttachmentError`.
    package func saveNow(_ bytes: [UInt8], named name: String, for sender: String) throws -> Attachment {
        var file = try IncomingFile(in: folder, limit: limit, space: space)
        let arrived: ArrivedFile
        do {
            try file.take(bytes)
            arrived = try file.finish(named: name)
        } catch {
            file.discard()
            throw error
        }
        do {
            _ = try place(arrived, for: sender, countsAct: false)
        } catch {
            arrived.discard()
            throw error
        }
        return arrived.attachment
    }

    /// Whether somebody brought a file of this digest a short while ago, so that he may name it in a step.
    package func isFrom(_ sender: String, _ digest: String) -> Bool {
        guard holds(digest), let age = FileCalls.age(of: mark(of: digest, sender)) else { return false }
        return age < Self.naming
    }

    func mark(of digest: String, _ sender: String) -> String {
        let name = SHA256.hash(data: Array(sender.utf8)).prefix(8).map { String(format: "%02x", $0) }.joined()
        return "\(folder)/\(Self.pending)/\(digest).\(name)"
    }

    /// Puts a file in its place, with the mark of its sender before it.
    /// - Returns: whether nobody had brought it before.
    private func place(_ file: ArrivedFile, for sender: String, countsAct: Bool) throws -> Bool {
        let digest = file.attachment.digest
        let shelf = "\(folder)/\(digest.prefix(2))"
        let path = "\(shelf)/\(digest.dropFirst(2))"
        let marks = "\(folder)/\(Self.pending)"
        try FileCalls.makeFolder(shelf)
        try FileCalls.makeFolder(marks)
        let isNew = try shelves.acts.withLock { acts in
            try FileCalls.touch(mark(of: digest, sender))
            let isNew = access(path, F_OK) != 0
            // A file that is there already has the same content; taking its place mends one that was damaged.
            guard rename(file.path, path) == 0 else { throw FileCalls.failure("rename", path) }
            if countsAct { acts[digest, default: .init()].count += 1 }
            return isNew
        }
        for changed in [folder, marks, shelf] { try FileCalls.syncFolder(changed) }
        return isNew
    }

    /// Ends an act; what only it had brought goes unless an act has succeeded that names it.
    private func end(_ files: [(file: ArrivedFile, isNew: Bool)], for sender: String, named isNamed: Bool) {
        let new = Set(files.filter(\.isNew).map(\.file.attachment.digest))
        for digest in files.map(\.file.attachment.digest) {
            shelves.acts.withLock { acts in
                var others = acts[digest] ?? .init(count: 1)
                others.count -= 1
                others.isNamed = others.isNamed || isNamed
                acts[digest] = others.count > 0 ? others : nil
                // What others have brought or are naming is left to the sweep; so is what cannot be removed now.
                guard new.contains(digest), others.count == 0, !others.isNamed, marks(of: digest) == 1 else { return }
                unlink("\(folder)/\(digest.prefix(2))/\(digest.dropFirst(2))")
                unlink(mark(of: digest, sender))
            }
        }
    }
}
