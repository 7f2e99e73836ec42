import CanonicalJSON
import Crypto
import Foundation
import PersonalData
import WorkingDays

/// What one restore point consists of; canonical JSON, signed by the centre.
package struct BackupManifest: Codable, Equatable, Sendable {
    /// One file of the backup folder.
    package struct Part: Codable, Equatable, Sendable {
        /// Its path in the backup folder.
        package let file: String
        /// Its length.
        package let bytes: Int64
        /// The SHA-256 of its bytes, 64 hexadecimal digits.
        package let sha256: String
        /// How many rows it holds, where it holds rows.
        package var rows: Int?
    }

    /// A file of events that follow each other.
    package struct Segment: Codable, Equatable, Sendable {
        /// The position of its first event.
        package let first: Int64
        /// The position of its last event.
        package let last: Int64
        /// The hash of its last event, 64 hexadecimal digits.
        package let head: String
        /// The file.
        package let part: Part
    }

    /// Which format it is.
    package let format: String
    /// When it was made, by the clock of the centre.
    package let madeAt: Moment
    /// The edition of the program, and that of SQLite.
    package let versions: [String: String]
    /// The public key that signs it, 64 hexadecimal digits.
    package let signer: String
    /// The position of the last event.
    package let position: Int64
    /// The hash of the last event, 64 hexadecimal digits.
    package let head: String
    /// When the last event was recorded; nil where there is none.
    package var lastRecordedAt: Moment?
    /// The events.
    package let segments: [Segment]
    /// Which vault it was and how far it had come; its file.
    package let vault: VaultMark
    /// The keys of personal data, sealed.
    package let vaultPart: Part
    /// The sealed parts of this point by name: `accounts`, `beside`, and a name for each file of the data folder.
    package let parts: [String: Part]
    /// The list of the attached files.
    package let files: Part
    /// How many attached files there are, and how many bytes they have.
    package let fileCount: Int
    /// The bytes of the attached files.
    package let fileBytes: Int64
    /// How many rows each derived table had.
    package let tables: [String: Int]
    /// The versions of the projections that made them.
    package let projections: [String: Int]
    /// The known questions and their answers, for the drill.
    package let answers: [String: Int]
    /// What is not in the backup, and why.
    package let left: [String]
    /// The short names of the keys that open it.
    package let recipients: [String]

    /// The bytes that are signed.
    var canonical: [UInt8] { get throws { try CanonicalCoding.encode(self) } }
}

/// One line of the list of attached files.
struct BackedUpFile: Codable, Equatable, Sendable {
    /// The SHA-256 of the content.
    let digest: String
    /// The length of the content.
    let bytes: Int64
    /// The SHA-256 of the sealed file.
    let sealed: String
    /// The length of the sealed file.
    let sealedBytes: Int64

    var part: BackupManifest.Part {
        BackupManifest.Part(file: BackupLayout.object(digest), bytes: sealedBytes, sha256: sealed)
    }
}

extension SHA256.Digest {
    /// 64 hexadecimal digits.
    var hexadecimal: String { map { String(format: "%02x", $0) }.joined() }
}
