/// A backup of a contact centre: a folder that anybody may keep and only the holder of a private key can read whole.
///
/// Decides: what a backup folder looks like, how a part of it is sealed, signed, written, verified, restored and at last
/// removed. Refuses to know: rules of the field, commands, what the tables mean.
///
/// ```
/// FOLDER/
///   backup.json                      what this folder is and whose: the public key that signs its manifests
///   events/000000000001-000000017015.jsonl   events as `journal export` writes them, a file for each backup that found new ones
///   files/ab/cdef….sealed            attached files by their digest, each sealed once
///   vault/….sealed                   the keys of personal data, apart: only the last two, so that who was erased stays erased
///   points/<position>-<moment>/      one restore point: accounts, settings, keys, what stands beside the events (all sealed),
///                                    the list of files, manifest.json and its signature
/// ```
///
/// Every part is written beside its place, put on the disk and renamed; a restore point is a folder that is renamed last. What
/// was there before is whole whatever happens meanwhile. `docs/backup-format.md` describes the bytes.
///
/// - `BackupMaker.swift` writes a restore point, `BackupKeeper.swift` removes old ones, `BackupReader.swift` finds and verifies
///   them, `BackupRestorer.swift` makes a data folder out of one.
/// - `OffsitePlan.swift` decides what goes to a copy on another machine, and what goes from it; `OffsiteLedger.swift` knows what
///   is there.
/// - `SealedFile.swift`, `BackupKeys.swift` seal and sign; `BackupManifest.swift` is what is signed.
import Foundation

/// The names in a backup folder.
enum BackupLayout {
    /// What the manifests and the folder say they are.
    static let format = "bailanys-backup-1"
    static let marker = "backup.json"
    static let lock = "lock"
    /// What is known of the copy on another machine.
    static let offsite = "offsite"
    static let events = "events"
    static let files = "files"
    static let vault = "vault"
    static let points = "points"
    static let manifest = "manifest.json"
    static let signature = "manifest.sig"
    /// The beginning of the name of a point that is not whole yet.
    static let unfinished = ".making-"
    /// The end of the name of a part that is not whole yet.
    static let part = ".part"

    static func object(_ digest: String) -> String { "\(files)/\(digest.prefix(2))/\(digest.dropFirst(2)).sealed" }

    static func segment(_ first: Int64, _ last: Int64) -> String {
        String(format: "%@/%012lld-%012lld.jsonl", events, first, last)
    }
}

/// Why a backup was not made, verified or restored.
package enum BackupError: Error, Equatable, CustomStringConvertible {
    /// The folder is no backup, and not empty either.
    case notABackup(path: String)
    /// The folder is the backup of another centre.
    case foreign(path: String, signer: String)
    /// Another process makes a backup there.
    case busy(path: String)
    /// The data folder and the backup folder lie in each other.
    case overlapping(path: String)
    /// The backup goes on from another history than the journal's.
    case otherHistory(position: Int64)
    /// Nobody could open what is sealed.
    case noRecipients
    /// A text is no key.
    case badKey(String)
    /// There is no restore point, or none of that name.
    case noPoint(path: String, name: String?)
    /// What was found wrong.
    case damaged([String])
    /// The private key is missing, and nobody has put up with the loss.
    case keyNeeded
    /// The private key is none of those that it was sealed for.
    case wrongKey
    /// The folder on the other machine belongs to another centre, or goes on from another history.
    case farFolderTaken(String)
    /// The folder for the restored centre has something in it.
    case notEmpty(path: String)
    /// The system refused a call.
    case system(call: String, path: String, reason: String)

    package var description: String {
        switch self {
        case .notABackup(let path):
            "“\(path)” is no backup of Bailanys and not empty: name an empty folder, or the one that the backups are in."
        case .foreign(let path, let signer):
            "“\(path)” is the backup of another centre (its manifests are signed by \(signer)): name another folder."
        case .busy(let path): "Another backup works in “\(path)”: wait until it has ended."
        case .overlapping(let path):
            "“\(path)” lies in the data folder or holds it: name a folder elsewhere, best on another disk."
        case .otherHistory(let position):
            "The backup goes on from another history: its event \(position) is not that of this journal (was an older state restored?). Name a new, empty folder; keep this one."
        case .noRecipients:
            "Nobody could open the backup: make a key on another machine (bailanys backup-key), and name its public part by --recipient or the setting “backup-recipients”."
        case .badKey(let text):
            "“\(text.prefix(40))” is no key: a public one reads “\(RecipientKey.prefix)…”, a private one “\(BackupPrivateKey.prefix)…”, in a line of its own."
        case .noPoint(let path, let name):
            name.map {
                "There is no restore point “\($0)” in “\(path)”: list them with “bailanys verify-backup \(path)”."
            }
                ?? "There is no restore point in “\(path)”: no backup has been completed there."
        case .damaged(let faults):
            "The backup is damaged: \(faults.prefix(5).joined(separator: "; "))\(faults.count > 5 ? "; and \(faults.count - 5) more" : "")."
        case .keyNeeded:
            "The private key is needed for the vault, the accounts, the files and the settings: name it by --key. Only where it is lost: --accept-loss REASON restores the journal alone."
        case .wrongKey: "What is sealed does not open with this private key: it was sealed for another."
        case .farFolderTaken(let what):
            "The folder on the other machine is not the copy of this backup (\(what)): name a new, empty one; keep that one."
        case .notEmpty(let path): "“\(path)” is not empty: name a folder that is empty or does not exist yet."
        case .system(let call, let path, let reason):
            "“\(path)” cannot be used (\(call): \(reason)): check the disk and its permissions."
        }
    }
}
