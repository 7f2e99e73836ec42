/// What all SQLite files of a data folder have in common, whoever's tables are in them.
///
/// Decides: how durable a commit is, how large the log beside a file may become, and that nothing but the file is left when
/// it is closed, so that a copy of the file is a copy of the store.
/// Refuses to know: any table.
///
/// - `DatabasePool+Store.swift` — a pool whose writer commits durably, and how it is closed.
/// - `FileAtRest.swift` — reading a file that nothing works on, without writing anything.
/// - `StoreEdition.swift` — a store of a later edition is left as it is.
/// - `StoreDump.swift` — a store as lines of JSON, for backups.
import GRDB

/// How a store keeps what it is given.
package enum StoreDurability: Sendable {
    /// A commit is on the disk before it is acknowledged.
    case durable
    /// The last commits may be lost with the power; for what may be forgotten.
    case forgetful
}

/// The most that the log beside a store keeps on the disk once its pages are in the file, in bytes.
package let largestStoreLog = 8 << 20
