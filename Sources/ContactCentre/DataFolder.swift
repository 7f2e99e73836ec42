import Foundation

/// The folder in which one contact centre keeps everything: journal, vaults, files, settings.
///
/// It is readable by its owner alone. Exactly one process at a time works in it; the lock is the operating system's, so
/// that it ends with the process, however it ends.
package final class DataFolder: Sendable {
    /// The path of the folder.
    package let path: String
    private let lock: Int32

    /// Opens the folder at `path` for working in it, creating it when it is missing.
    /// - Throws: `DataFolderError.busy` where another process works in it, `.unusable` where it cannot be made or written.
    package init(path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/files", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        } catch {
            throw DataFolderError.unusable(path: path, reason: error.localizedDescription)
        }
        lock = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw DataFolderError.unusable(path: path, reason: String(cString: strerror(errno))) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw DataFolderError.busy(path: path)
        }
    }

    deinit { close(lock) }

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
    /// The settings of this centre.
    package var settings: String { path + "/bailanys.yaml" }

    /// The socket on which a running server takes commands of the command line, for the folder at `path`.
    package static func socket(in path: String) -> String { path + "/command.sock" }
}

/// Why a data folder cannot be worked in.
package enum DataFolderError: Error, Equatable, CustomStringConvertible {
    /// Another process works in it.
    case busy(path: String)
    /// It cannot be made or written.
    case unusable(path: String, reason: String)

    package var description: String {
        switch self {
        case .busy(let path):
            "Another Bailanys works in “\(path)” but does not answer on its socket: stop that process, or wait until it has started."
        case .unusable(let path, let reason):
            "The data folder “\(path)” cannot be used (\(reason)): choose another with --data, or mend its permissions."
        }
    }
}
