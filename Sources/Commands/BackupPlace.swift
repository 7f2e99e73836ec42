import Backup
import Foundation
import Journal
import WebApp

/// A backup folder as a person names it: paths of the terminal in which the command is given.
struct BackupPlace: Sendable {
    let folder: String
    let key: String?
    let signer: String?

    /// The folder, opened.
    var reader: BackupReader {
        get throws { try BackupReader(path: Folders.absolute(folder), signer: signer) }
    }

    /// The private key; nil where none was named.
    /// - Throws: `CommandFailure`, `BackupError.badKey`.
    var privateKey: BackupPrivateKey? {
        get throws {
            guard let key else { return nil }
            do {
                let bytes = try RegularFile.bytes(at: Folders.absolute(key), upTo: 4_096, followsLinks: true)
                return try BackupPrivateKey(String(decoding: bytes, as: UTF8.self))
            } catch let problem as RegularFile.Problem {
                throw CommandFailure("\(problem)", .notFound)
            }
        }
    }
}

extension BackupError {
    /// What it is for a script.
    var kind: ErrorKind {
        switch self {
        case .notABackup, .noPoint: .notFound
        case .foreign, .busy, .otherHistory, .notEmpty, .farFolderTaken: .conflict
        case .overlapping, .noRecipients, .badKey, .keyNeeded, .wrongKey: .unprocessable
        case .damaged: .unreadable
        case .system: .failure
        }
    }
}
