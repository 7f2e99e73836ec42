/// Which vault it is, and how far it has come; other stores keep the last one they saw, so that a vault that was lost or
/// is older than they are does not pass for the right one.
package struct VaultMark: Hashable, Sendable, Codable {
    /// 32 hexadecimal digits, made with the vault.
    package let identity: String
    /// How many keys were ever made.
    package let keys: Int64
    /// How many people were ever erased.
    package let erasures: Int64

    /// A mark from its parts.
    package init(identity: String, keys: Int64, erasures: Int64) {
        self.identity = identity
        self.keys = keys
        self.erasures = erasures
    }

    /// Whether the same vault has stood at `other` before.
    package func hasReached(_ other: VaultMark) -> Bool {
        identity == other.identity && keys >= other.keys && erasures >= other.erasures
    }
}
