import Foundation
import Stores

/// The folder in which one contact centre keeps everything: journal, vaults, files, settings.
///
/// It is readable by its owner alone. Exactly one process at a time works in it; the lock is the operating system's, so
/// that it ends with the process, however it ends.
package final class DataFolder: Sendable {
    /// The path of the folder.
    package let path: String
    private let lock: Int32
    /// The folder itself is locked too: somebody may remove a file, and a folder that is worked in nobody can.
    private let folder: Int32

    /// Opens the folder at `path` for working in it, creating it when it is missing.
    /// - Parameter mayBegin: whether a centre may begin here; otherwise its journal has to be there, and nothing is made.
    /// - Throws: `DataFolderError.busy` where another process works in it, `.unusable` where it cannot be made or written,
    ///   `.none` where there is no centre and none may begin.
    package init(path: String, mayBegin: Bool = true) throws {
        guard mayBegin || FileManager.default.fileExists(atPath: path + "/journal.db") else {
            throw DataFolderError.none(path: path)
        }
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/files", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        } catch {
            throw DataFolderError.unusable(path: path, reason: error.localizedDescription)
        }
        Self.keepToOwner(path)
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw DataFolderError.unusable(path: path, reason: String(cString: strerror(errno))) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            Foundation.close(lock)
            throw DataFolderError.busy(path: path)
        }
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0, flock(folder, LOCK_EX | LOCK_NB) == 0 else {
            let reason = folder < 0 ? String(cString: strerror(errno)) : nil
            if folder >= 0 { Foundation.close(folder) }
            Foundation.close(lock)
            throw reason.map { .unusable(path: path, reason: $0) } ?? DataFolderError.busy(path: path)
        }
    }

    deinit {
        Foundation.close(folder)
        Foundation.close(lock)
    }

    /// Takes from everybody but the owner what he may have been allowed before: copies of the folder stay closed too.
    private static func keepToOwner(_ path: String) {
        // A folder that cannot be listed is refused when it is worked in.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            var figures = stat()
            let file = path + "/" + name
            guard lstat(file, &figures) == 0,
                figures.st_mode & S_IFMT == S_IFREG || figures.st_mode & S_IFMT == S_IFSOCK,
                figures.st_mode & 0o077 != 0
            else { continue }
            chmod(file, figures.st_mode & 0o700)
        }
    }

    /// Events, projections and outbox.
    package var journal: String { path + "/journal.db" }
    /// What the search learns from use; may be deleted while nothing runs.
    package var usage: String { path + "/usage.db" }
    /// The keys of personal data.
    package var vault: String { path + "/vault.db" }
    /// Accounts' names, password hashes and sessions.
    package var accounts: String { path + "/accounts.db" }
    /// Attached documents, by their digest.
    package var files: String { path + "/files" }
    /// What the machine's clocks said last.
    package var time: String { path + "/time.json" }
    /// Where the pull of the forum goes on.
    package var forum: String { path + "/forum.json" }
    /// Where the pull of stage data goes on.
    package var stages: String { path + "/stages.json" }
    /// How far an auditor's system was told; where it is deleted, everything is told again.
    package var audit: String { path + "/audit.position" }
    /// The settings of this centre.
    package var settings: String { path + "/bailanys.yaml" }

    /// The socket on which a running server takes commands of the command line, for the folder at `path`.
    package static func socket(in path: String) -> String { path + "/command.sock" }
}

/// A data folder in which nothing works, held so for as long as the value lives; nothing in it is written.
///
/// It may lie on a medium that cannot be written to: a backup, a folder of another owner.
package final class RestingDataFolder: Sendable {
    /// The journal's file.
    package let journal: FileAtRest
    private let lock: Int32
    private let folder: Int32

    /// Holds the folder at `path`.
    /// - Throws: `DataFolderError.busy` where a process works in it, `.none` where there is no journal.
    package init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path + "/journal.db") else {
            throw DataFolderError.none(path: path)
        }
        journal = FileAtRest(path: path + "/journal.db")
        // Where there is no such file yet, no edition of the program has worked in the folder: a copy, a restored backup.
        lock = open(path + "/lock", O_RDONLY | O_CLOEXEC)
        if lock >= 0, flock(lock, LOCK_SH | LOCK_NB) != 0 {
            close(lock)
            throw DataFolderError.busy(path: path)
        }
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0, flock(folder, LOCK_SH | LOCK_NB) != 0 {
            if lock >= 0 { close(lock) }
            close(folder)
            throw DataFolderError.busy(path: path)
        }
    }

    deinit {
        if lock >= 0 { close(lock) }
        if folder >= 0 { close(folder) }
    }
}

/// Why a data folder cannot be worked in.
package enum DataFolderError: Error, Equatable, CustomStringConvertible {
    /// Another process works in it.
    case busy(path: String)
    /// There is no centre in it.
    case none(path: String)
    /// It cannot be made or written.
    case unusable(path: String, reason: String)

    package var description: String {
        switch self {
        case .busy(let path):
            "Another Bailanys works in “\(path)” already: stop it first, or name another folder with --data."
        case .none(let path):
            "“\(path)” is no data folder: there is no journal in it. Check --data and $BAILANYS_DATA; a new centre begins with “bailanys serve”, an import or its first account."
        case .unusable(let path, let reason):
            "The data folder “\(path)” cannot be used (\(reason)): choose another with --data, or mend its permissions."
        }
    }
}
