import Foundation
import GRDB
import WorkingDays

/// Where an attempt to sign in comes from.
package struct SignInOrigin: Hashable, Sendable {
    /// The network of the client, as far as it is counted as one.
    package let network: String
    /// What the browser shows of an earlier sign-in; it opens nothing by itself.
    package let device: SessionToken?
    /// The kind of browser, for the list of one's sessions; nil where it is not known.
    package let client: String?

    /// An origin; without a network all strangers are one.
    package init(network: String = "", device: SessionToken? = nil, client: String? = nil) {
        self.network = network
        self.device = device
        self.client = client
    }
}

/// Devices that have let somebody in before: strangers who guess at his name do not keep him out there.
extension Accounts {
    /// A device is forgotten after so long without a sign-in, in milliseconds.
    private static let deviceMemory: Int64 = 90 * 86_400_000
    /// So many devices of an account are remembered, the last used.
    private static let mostDevices = 20

    /// Whether an account was signed in to on a device before.
    func isKnown(_ device: SessionToken?, to account: Int64?, at now: Moment) async throws -> Bool {
        guard let device, let account else { return false }
        let oldest = now.millisecondsSince1970 - Self.deviceMemory
        return try await vault.read { db in
            try Bool.fetchOne(
                db, sql: "SELECT EXISTS (SELECT 1 FROM device WHERE digest = ? AND account = ? AND usedAt >= ?)",
                arguments: [Data(device.digest), account, oldest]) ?? false
        }
    }

    /// Remembers the device on which somebody has just signed in.
    /// - Parameter device: what the browser showed; taken on only where it is ours, since one of a shared place of work
    ///   serves several people.
    /// - Returns: what the browser keeps from now on.
    package func remember(_ device: SessionToken?, of account: Int64, at now: Moment) async throws -> SessionToken {
        let fresh = SessionToken(randomBytes: randomBytes)
        let oldest = now.millisecondsSince1970 - Self.deviceMemory
        return try await vault.write { db in
            try db.execute(sql: "DELETE FROM device WHERE usedAt < ?", arguments: [oldest])
            let isOurs =
                try device.map {
                    try Bool.fetchOne(
                        db, sql: "SELECT EXISTS (SELECT 1 FROM device WHERE digest = ?)", arguments: [Data($0.digest)])
                        ?? false
                } ?? false
            let kept = isOurs ? device ?? fresh : fresh
            try db.execute(
                sql: """
                    INSERT INTO device (digest, account, usedAt) VALUES (?, ?, ?)
                    ON CONFLICT (digest, account) DO UPDATE SET usedAt = excluded.usedAt
                    """, arguments: [Data(kept.digest), account, now.millisecondsSince1970])
            try db.execute(
                sql: """
                    DELETE FROM device WHERE account = ? AND digest NOT IN
                      (SELECT digest FROM device WHERE account = ? ORDER BY usedAt DESC, digest LIMIT ?)
                    """, arguments: [account, account, Self.mostDevices])
            return kept
        }
    }
}
