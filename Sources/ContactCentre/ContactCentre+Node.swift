import Casework
import Delivery
import Foundation
import Journal
import KnowledgeBase
import Logging
import PostgresJournal
import ServiceLifecycle
import Stores

/// This data folder as a node of a journal that lies on PostgreSQL (`journal` in the settings, docs/cluster.md).
///
/// Any number of nodes follow; one of them works, since keys of persons, accounts and files are in one place at a time. Which one
/// that is, the server says.
package struct JournalNode: Sendable {
    /// The servers.
    let authority: PostgresAuthority
    /// The node's name for people: its machine and folder.
    let name: String

    /// The node of a data folder; nil where its journal is its own file.
    /// - Throws: `PostgresError`, `PostgresSchemaError`, `JournalError.unavailable`.
    init?(_ data: DataFolder, _ settings: Settings) throws {
        guard let address = settings.journal else { return nil }
        authority = try PostgresAuthority(address)
        name = ProcessInfo.processInfo.hostName + ":" + data.path
    }

    /// The tables beside the events of the journal's file that every node has.
    static let beside = [
        BesideTable("document", key: "digest") { try DocumentTable.create(in: $0) },
        BesideTable(CardDrafts.table, key: "id") { try CardDrafts.create(in: $0) },
    ]
}

extension ContactCentre {
    /// Opens the journal of a folder as its settings say.
    static func journal(of data: DataFolder, _ node: JournalNode?) throws -> Journal {
        try Journal(
            path: data.journal, projections: projections, authority: node?.authority,
            beside: node == nil ? [] : JournalNode.beside,
            reading: { try catalogue.knows($0.name) ? catalogue.read($0) : nil })
    }

    /// Follows the journal until this node may work: at once where no other does, and where the journal is the folder's own file.
    ///
    /// Blocks the calling thread; the process may be ended at any moment.
    /// - Parameter note: told who works, and what keeps this node from following.
    /// - Throws: what is wrong with the settings or the server; `JournalError.otherTimeline`.
    package static func standBy(_ data: DataFolder, note: @Sendable (String) -> Void) throws {
        guard let node = try JournalNode(data, try Settings.read(data.settings)) else { return }
        guard try node.authority.takeLease(for: node.name, time: PostgresTenure.usual) != nil else { return }
        let journal = try journal(of: data, node)
        note(
            "Another node works (\(try node.authority.holder())); this one follows at event \(try journal.head().position) and takes over when that one is gone."
        )
        var mayWork = false
        var asked = ContinuousClock.now
        try journal.follow(node.authority) {
            // News come a hundred times a second; the turn is asked for once.
            guard asked.duration(to: .now) >= .seconds(1) else { return false }
            asked = .now
            do {
                mayWork = try node.authority.takeLease(for: node.name, time: PostgresTenure.usual) == nil
            } catch {
                // The server is not to be reached; that is told by the following itself.
            }
            return mayWork
        } note: {
            note("This node does not follow at the moment: \($0)")
        }
        try journal.close()
        note("The other node is gone: this one takes over at event \(try journalHead(data)).")
    }

    private static func journalHead(_ data: DataFolder) throws -> Int64 {
        try FileAtRest(path: data.journal).read { try SQLiteEventStore(db: $0).head().position }
    }

    /// Goes back to the last event that this folder and its server both have, and follows again.
    /// - Parameter lost: takes each event that was only here, a line of an export.
    /// - Returns: the position of the last common event, and that of the journal's head now.
    /// - Throws: `SettingsError` where the folder follows no server; `JournalError`.
    package static func rejoin(
        _ data: DataFolder, lost: ([UInt8]) throws -> Void
    ) throws -> (common: Int64, head: Int64) {
        guard let node = try JournalNode(data, try Settings.read(data.settings)) else {
            throw SettingsError(path: data.settings, reason: "“journal” names no server to rejoin")
        }
        let journal = try Journal(
            path: data.journal, projections: projections, authority: node.authority, beside: JournalNode.beside,
            catchesUp: false, reading: { try catalogue.knows($0.name) ? catalogue.read($0) : nil })
        let common = try journal.leaveTimeline(lost: lost)
        // What stands behind the common event now is another past: the auditor's system is told of it.
        if AuditStream.position(in: data.audit) > common { try AuditStream.keep(common, in: data.audit) }
        let head = try journal.head().position
        try journal.close()
        return (common, head)
    }
}

/// Ends the program where another node has taken over: pages of a node that may not record mislead.
struct TenureWatch: Service {
    let tenure: PostgresTenure
    let sleep: @Sendable (Duration) async throws -> Void
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if let successor = tenure.successor {
                    logger.critical("node.deposed", metadata: ["by": "\(successor)"])
                    throw JournalError.deposed(by: successor)
                }
                do { try await sleep(.seconds(1)) } catch { return }
            }
        }
    }
}
