import Foundation
import Synchronization

extension AttachmentStore {
    /// Removes the files that were brought days ago and that no event names, and the marks of those that one does.
    ///
    /// Files without a mark (of an edition before there were any) are left alone.
    /// - Parameter isNamed: whether an event names the file of a digest.
    /// - Returns: how many files were removed.
    /// - Throws: `AttachmentError.system`; what `isNamed` throws.
    @discardableResult
    package func sweep(isNamed: @Sendable (Set<String>) async throws -> Set<String>) async throws -> Int {
        let old = try await FileCalls.offThePool { [self] in
            try allMarks().filter { (FileCalls.age(of: "\(folder)/\(Self.pending)/\($0)") ?? 0) >= Self.keeping }
        }
        guard !old.isEmpty else { return 0 }
        // Nobody may name them any more, so what is not named now stays so.
        let named = try await isNamed(Set(old.map(Self.digest(of:))))
        return try await FileCalls.offThePool { [self] in
            var removed = 0
            for mark in old {
                let digest = Self.digest(of: mark)
                removed += shelves.acts.withLock { acts in
                    let path = "\(folder)/\(Self.pending)/\(mark)"
                    // Brought again in the meantime, or just being named.
                    guard acts[digest] == nil, let age = FileCalls.age(of: path), age >= Self.keeping else { return 0 }
                    let isLast = marks(of: digest) == 1
                    if isLast, !named.contains(digest) {
                        unlink("\(folder)/\(digest.prefix(2))/\(digest.dropFirst(2))")
                    }
                    unlink(path)
                    return isLast && !named.contains(digest) ? 1 : 0
                }
            }
            return removed
        }
    }

    /// Removes a file and the marks of those who brought it, because what it says is to be forgotten.
    /// - Throws: `AttachmentError.badDigest`, `.system`. What is not there is no fault.
    package func remove(_ digest: String) throws {
        let path = try place(of: digest)
        let marks = "\(folder)/\(Self.pending)"
        try shelves.acts.withLock { _ in
            for mark in try allMarks() where Self.digest(of: mark) == digest { unlink("\(marks)/\(mark)") }
            guard unlink(path) == 0 || errno == ENOENT else { throw FileCalls.failure("unlink", path) }
        }
    }

    /// How many have brought the file of a digest.
    func marks(of digest: String) -> Int {
        // A folder that cannot be listed now counts as held by others: nothing is removed then.
        guard let all = try? allMarks() else { return .max }
        return all.count { Self.digest(of: $0) == digest }
    }

    private func allMarks() throws -> [String] {
        let marks = "\(folder)/\(Self.pending)"
        guard access(marks, F_OK) == 0 else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: marks)
        } catch {
            throw AttachmentError.system(call: "list", path: marks, reason: "\(error)")
        }
    }

    private static func digest(of mark: String) -> String { String(mark.prefix(64)) }
}
