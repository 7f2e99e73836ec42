import CanonicalJSON
import Crypto
import Foundation
import Journal

/// What a look at every byte of a restore point found.
package struct BackupVerification: Equatable, Sendable {
    /// The name of the point.
    package let point: String
    /// How many events were checked and found right.
    package var events: Int64 = 0
    /// How many attached files were found right.
    package var files = 0
    /// Whether what is sealed was opened, and not only its bytes compared.
    package let isOpened: Bool
    /// What is wrong with the events, one sentence each; without them nothing can be restored.
    package var eventFaults: [String] = []
    /// What is wrong with the rest, one sentence each.
    package var otherFaults: [String] = []

    /// All that is wrong.
    package var faults: [String] { eventFaults + otherFaults }
}

extension BackupReader {
    /// Looks at every byte of a restore point: the chain of its events, the digests of its parts and files; with the private key
    /// also what is sealed.
    /// - Parameter progress: told how many events were checked; what it throws ends the work.
    /// - Throws: what `progress` throws; `BackupError.wrongKey`.
    package func verify(
        _ point: BackupPoint, key: BackupPrivateKey? = nil, progress: (Int64) throws -> Void = { _ in }
    ) throws -> BackupVerification {
        var found = BackupVerification(point: point.name, isOpened: key != nil)
        try verifyEvents(of: point.manifest, &found, progress: progress)
        let manifest = point.manifest
        for part in [try vaultPart(of: point)] + manifest.parts.sorted(by: { $0.key < $1.key }).map(\.value) {
            try note(&found) {
                try check(part, key: key) { pull in
                    guard part.rows != nil else { return }
                    try Self.checkDump(pull)
                }
            }
        }
        let faults = found.otherFaults.count
        try note(&found) { try check(manifest.files, key: nil) { _ in } }
        // A list that is not what was signed says nothing of the files.
        guard found.otherFaults.count == faults else { return found }
        for file in try files(of: manifest) {
            try progress(found.events)
            let isRight = try note(&found) { try check(file.part, key: key) { try Self.checkContent($0, file) } }
            if isRight { found.files += 1 }
        }
        return found
    }

    private func verifyEvents(
        of manifest: BackupManifest, _ found: inout BackupVerification, progress: (Int64) throws -> Void
    ) throws {
        var head = JournalHead.empty
        var writer = JSONWriter(capacity: 1024)
        for segment in manifest.segments {
            do {
                let pieces = try FilePieces(path + "/" + segment.part.file)
                var lines = Lines { try pieces.next() }
                while let line = try lines.next() {
                    head = try Journal.event(of: line, after: head, using: &writer).1
                    if head.position.isMultiple(of: 500) { try progress(head.position) }
                }
                found.events = head.position
                guard pieces.bytes == segment.part.bytes, pieces.digest == segment.part.sha256,
                    head.position == segment.last, EventLink.hexadecimal(head.hash) == segment.head
                else { throw PartFault("is not what the manifest says") }
            } catch let error as CancellationError {
                throw error
            } catch {
                found.eventFaults.append("\(segment.part.file): \(error)")
                return
            }
        }
        try progress(head.position)
        guard head.position == manifest.position, EventLink.hexadecimal(head.hash) == manifest.head else {
            found.eventFaults.append("the events end at \(head.position) and not at \(manifest.position)")
            return
        }
    }

    /// Reads a part whole, opened where there is a key.
    private func check(
        _ part: BackupManifest.Part, key: BackupPrivateKey?, _ look: (@escaping () throws -> [UInt8]?) throws -> Void
    ) throws {
        do {
            let pieces = try FilePieces(path + "/" + part.file)
            if let key {
                var sealed = try SealedReader({ try pieces.next() }, with: key)
                try look { try sealed.next() }
                while try sealed.next() != nil {}
            }
            while try pieces.next() != nil {}
            guard pieces.bytes == part.bytes, pieces.digest == part.sha256 else {
                throw PartFault("is not what the manifest says")
            }
        } catch let error as BackupError where error == .wrongKey {
            throw error
        } catch {
            throw PartFault("\(part.file): \(error)")
        }
    }

    /// Notes a fault and goes on.
    /// - Returns: whether there was none.
    @discardableResult
    private func note(_ found: inout BackupVerification, _ work: () throws -> Void) throws -> Bool {
        do {
            try work()
            return true
        } catch let fault as PartFault {
            found.otherFaults.append(fault.description)
            return false
        }
    }

    private static func checkDump(_ pull: @escaping () throws -> [UInt8]?) throws {
        var lines = Lines(pull)
        var last: [UInt8] = []
        while let line = try lines.next() { last = line }
        // A line that cannot be read is one that was not written to its end.
        guard let json = try? JSON(parsing: last), json["end"] != nil else { throw PartFault("was cut off") }
    }

    private static func checkContent(_ pull: () throws -> [UInt8]?, _ file: BackedUpFile) throws {
        var hash = SHA256()
        var bytes: Int64 = 0
        while let piece = try pull() {
            hash.update(data: piece)
            bytes += Int64(piece.count)
        }
        guard bytes == file.bytes, hash.finalize().hexadecimal == file.digest else {
            throw PartFault("its content does not match its digest")
        }
    }
}

/// What is wrong with one part.
struct PartFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
