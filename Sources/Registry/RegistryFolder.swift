import CSV
import Casework
import Crypto
import Foundation
import GRDB
import Journal
import WorkingDays

/// The folder `knowledge/` of a contact centre: taken in when its files have changed, and left alone otherwise.
package enum RegistryFolder {
    /// Raised when rows are read differently, so that the same files are read again.
    private static let edition = 1

    /// Takes the files of the registry in, in one transaction; blocks the calling thread.
    ///
    /// When the files are those of the last time, nothing is written and the registry is not even compared, so a start
    /// costs a digest. A calendar must have been adopted before.
    /// - Returns: what came of it, nil where the files are those of the last time.
    /// - Throws: `CSVError` where a file is missing or cannot be read as a whole; `JournalError`; `CaseworkError`.
    package static func `import`(
        folder: String, into casework: Casework, by actor: Actor, at now: Moment
    ) throws -> RegistryImportReport? {
        let files = try read(folder: folder)
        let digest = digest(of: files)
        let known = try casework.journal.readNow { db in try lastDigest(in: db) }
        if known == digest { return nil }
        let tables = try RegistryTables(files)
        return try casework.transactNow(by: actor, at: now) { session in
            let report = try Registry.take(tables, in: session)
            let version = try Int.fetchOne(session.db, sql: "SELECT max(version) FROM registryImport") ?? 0
            let imported = RegistryImported(
                digest: digest, added: report.added.count, changed: report.changed.count, refused: report.refused.count)
            try session.append(
                [RegistryEvent.registryImported(imported)], to: StreamID(kind: "registryImport", id: "knowledge"),
                expecting: version)
            return report
        }
    }

    /// Compares the files of a folder with what is known and records nothing.
    /// - Throws: as `import`.
    package static func preview(folder: String, in casework: Casework) throws -> RegistryImportReport {
        let tables = try RegistryTables(read(folder: folder))
        return try casework.journal.readNow { db in try RegistryImport(tables, in: db).report }
    }

    /// The bodies and services that the files of a folder name, for whoever reads without a data folder.
    /// - Throws: `CSVError` where a file is missing or a row of it is wrong.
    package static func entries(folder: String) throws(CSVError) -> (bodies: [PublicBody], services: [PublicService]) {
        let tables = try RegistryTables(read(folder: folder))
        if let wrong = tables.refused.first { throw wrong }
        return (tables.bodies.map(\.entry), tables.services.map(\.entry))
    }

    /// The largest table of the registry, in bytes.
    private static let largestFile = 64 << 20

    /// The bytes of all files of the registry in a folder.
    /// - Throws: `CSVError` that names the file which is missing.
    package static func read(folder: String) throws(CSVError) -> [RegistryFile: [UInt8]] {
        var files: [RegistryFile: [UInt8]] = [:]
        for file in RegistryFile.allCases {
            do {
                files[file] = try RegularFile.bytes(
                    at: "\(folder)/\(file.rawValue)", upTo: largestFile, followsLinks: false)
            } catch {
                throw CSVError(file: file.rawValue, line: 0, problem: .unreadable("\(error)"))
            }
        }
        return files
    }

    private static func digest(of files: [RegistryFile: [UInt8]]) -> String {
        var hash = SHA256()
        hash.update(data: Array("registry \(edition)".utf8))
        for file in RegistryFile.allCases {
            let bytes = files[file] ?? []
            hash.update(data: Array("\(file.rawValue) \(bytes.count)\n".utf8))
            hash.update(data: bytes)
        }
        return EventLink.hexadecimal(Array(hash.finalize()))
    }

    private static func lastDigest(in db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT digest FROM registryImport ORDER BY version DESC LIMIT 1")
    }
}
