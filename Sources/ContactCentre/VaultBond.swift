import CanonicalJSON
import Casework
import Foundation
import GRDB
import Journal
import PersonalData
import WorkingDays

/// The event by which a vault came to belong to a journal.
package enum VaultEvent: EventContent, Equatable {
    /// A vault was taken for the one whose keys the journal's texts are sealed with.
    case vaultAdopted(VaultAdopted)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case vaultAdopted }

    package var tagged: Tagged<Name> {
        switch self {
        case .vaultAdopted(let event): Tagged(.vaultAdopted, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .vaultAdopted: .vaultAdopted(try content())
        }
    }
}

/// Which vault, and where it is not the one from before, what somebody has put up with.
package struct VaultAdopted: Codable, Equatable, Sendable {
    /// The identity of the vault.
    package let identity: String
    /// Why its predecessor, or what it knew before, was given up; nil for the first.
    package var lossAccepted: String?
}

/// Why the vault in the data folder is not the one that belongs to the journal.
package enum VaultLoss: Error, Equatable, CustomStringConvertible {
    /// There is no vault, and the journal has texts that only one can read.
    case missing(path: String)
    /// It is another vault.
    case other(path: String)
    /// It is an earlier state of the right one.
    case older(path: String, keys: Int64, known: Int64)

    package var description: String {
        let what =
            switch self {
            case .missing(let path): "“\(path)” is missing, and the journal holds personal data that only its keys open"
            case .other(let path): "“\(path)” is not the vault whose keys open the personal data of this journal"
            case .older(let path, let keys, let known):
                "“\(path)” is older than the journal: it knows \(keys) keys and erasures, and there were \(known)"
            }
        return
            "\(what). Restore the latest vault.db. Only where there is none any more: `bailanys serve --accept-loss REASON` starts without what it held, for good."
    }
}

/// Holds the vault and the journal together: neither is taken for complete without the other.
///
/// The journal has an event that says which vault is its own, and beside its events a mark of how far that vault had come
/// when it was last looked at. A vault that is missing, another or older does not start.
struct VaultBond: Sendable {
    private static let stream = StreamID(kind: "machine", id: "vault")
    private static let store = "vault"

    let journal: Journal
    let path: String

    /// Looks for the vault before it is opened, since opening makes one where there is none.
    /// - Throws: `VaultLoss.missing`.
    func requireVault(acceptingLoss reason: String?) throws {
        guard reason == nil, !FileManager.default.fileExists(atPath: path) else { return }
        let isNeeded = try adopted() != nil || mark()?.keys ?? 0 > 0 || holdsPersonalData()
        if isNeeded { throw VaultLoss.missing(path: path) }
    }

    /// Holds the open vault against what the journal knows of it.
    /// - Throws: `VaultLoss`.
    func check(_ vault: PersonVault, acceptingLoss reason: String?) throws {
        guard reason == nil else { return }
        let found = try vault.mark()
        if let adopted = try adopted() {
            if adopted.identity != found.identity { throw VaultLoss.other(path: path) }
        } else if found.keys == 0, try holdsPersonalData() {
            // A vault that never made a key has sealed nothing of it.
            throw VaultLoss.other(path: path)
        }
        guard let known = try mark(), known.keys > 0, !found.hasReached(known) else { return }
        if known.identity != found.identity { throw VaultLoss.other(path: path) }
        throw VaultLoss.older(
            path: path, keys: found.keys + found.erasures, known: known.keys + known.erasures)
    }

    /// Records which vault belongs to the journal, once there is something for it to open, and what somebody gave up.
    func adopt(_ vault: PersonVault, acceptingLoss reason: String?, at now: Moment) throws {
        let identity = try vault.mark().identity
        let before = try adopted()
        let isNeeded = try reason != nil || before == nil && holdsPersonalData()
        if isNeeded {
            let event = VaultEvent.vaultAdopted(VaultAdopted(identity: identity, lossAccepted: reason))
            _ = try journal.transactNow(by: Actor("system"), at: now) { try $0.append(event, to: Self.stream) }
        }
        try keepMark(of: vault)
    }

    /// Notes how far the vault has come.
    func keepMark(of vault: PersonVault) throws {
        let found = try vault.mark()
        guard try mark() != found else { return }
        try journal.keepMark(String(decoding: CanonicalCoding.encode(found), as: UTF8.self), of: Self.store)
    }

    private func mark() throws -> VaultMark? {
        try journal.mark(of: Self.store).map { try CanonicalCoding.decode(VaultMark.self, from: Array($0.utf8)) }
    }

    private func adopted() throws -> VaultAdopted? {
        let events = try journal.readNow { try SQLiteEventStore(db: $0).events(of: Self.stream) }
        return try events.last.flatMap { event in
            guard case .vaultAdopted(let adopted)? = try ContactCentre.catalogue.read(event).content as? VaultEvent
            else {
                return nil
            }
            return adopted
        }
    }

    /// Whether anything in the tables was sealed for a person.
    private func holdsPersonalData() throws -> Bool {
        try journal.readNow { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM complaint WHERE person IS NOT NULL)
                      OR EXISTS (SELECT 1 FROM responsiblePerson)
                    """) ?? false
        }
    }
}

extension JournalTransaction {
    /// Appends an event to a stream that is no case, after what stands in it.
    /// - Returns: the version of the stream afterwards.
    func append(_ event: any EventContent, to stream: StreamID) throws -> Int {
        let version = try events(of: stream).count
        try append([CaseEvent(event).journalled(occurredAt: now)], to: stream, expecting: version)
        return version + 1
    }
}
