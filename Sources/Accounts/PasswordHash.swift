import Crypto
import CryptoExtras
import Foundation

/// How much work one guess at a password costs.
package struct PasswordCost: Hashable, Sendable {
    /// Memory and time double with each step: N = 2^log2Rounds.
    package let log2Rounds: Int
    /// Scrypt's r.
    package let blockSize: Int
    /// Scrypt's p.
    package let parallelism: Int

    /// A cost from scrypt's parameters.
    package init(log2Rounds: Int, blockSize: Int, parallelism: Int) {
        self.log2Rounds = log2Rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// For real accounts: 32 MiB and somewhat under a second.
    package static let standard = PasswordCost(log2Rounds: 15, blockSize: 8, parallelism: 3)
    /// For tests only: no protection at all.
    package static let trivial = PasswordCost(log2Rounds: 4, blockSize: 8, parallelism: 1)

    /// Whether the parameters are within what we ever write, so that a forged row cannot ask for all memory.
    var isSensible: Bool {
        (4...18).contains(log2Rounds) && (1...32).contains(blockSize) && (1...8).contains(parallelism)
    }
}

/// What is kept of a password: scrypt's answer, with the salt and the parameters it was made with.
///
/// Written as `$scrypt$ln=15,r=8,p=3$<salt>$<hash>` (base64), so that the cost can be raised later without asking anybody
/// for a new password.
package struct PasswordHash: Hashable, Sendable, CustomStringConvertible {
    let cost: PasswordCost
    let salt: [UInt8]
    let hash: [UInt8]

    init(cost: PasswordCost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    package var description: String {
        "$scrypt$ln=\(cost.log2Rounds),r=\(cost.blockSize),p=\(cost.parallelism)"
            + "$\(Data(salt).base64EncodedString())$\(Data(hash).base64EncodedString())"
    }

    /// Reads what `description` wrote; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
        let parameters = parts[2].split(separator: ",").map { $0.split(separator: "=") }
        guard parameters.map(\.first) == ["ln", "r", "p"] else { return nil }
        let numbers = parameters.compactMap { $0.count == 2 ? Int($0[1]) : nil }
        guard numbers.count == 3, let salt = Data(base64Encoded: String(parts[3])), salt.count >= 16,
            let hash = Data(base64Encoded: String(parts[4])), hash.count == 32
        else { return nil }
        let cost = PasswordCost(log2Rounds: numbers[0], blockSize: numbers[1], parallelism: numbers[2])
        guard cost.isSensible else { return nil }
        self.init(cost: cost, salt: Array(salt), hash: Array(hash))
    }

    /// Hashes a password. Slow and heavy by design; `PasswordHasher` keeps it off the threads that serve requests.
    static func compute(_ password: String, salt: [UInt8], cost: PasswordCost) throws -> PasswordHash {
        let key = try KDF.Scrypt.deriveKey(
            from: bytes(password), salt: salt, outputByteCount: 32, rounds: 1 << cost.log2Rounds,
            blockSize: cost.blockSize, parallelism: cost.parallelism)
        return PasswordHash(cost: cost, salt: salt, hash: key.withUnsafeBytes { Array($0) })
    }

    /// Whether `password` is the one; compared in constant time.
    func matches(_ password: String) throws -> Bool {
        let other = try Self.compute(password, salt: salt, cost: cost)
        return SymmetricKey(data: other.hash) == SymmetricKey(data: hash)
    }

    /// Never empty: the library under us reads the first byte without looking.
    private static func bytes(_ password: String) -> [UInt8] {
        let bytes = PasswordRules.normalized(password)
        return bytes.isEmpty || bytes.count > PasswordRules.longestBytes * 4 ? [0] : bytes
    }
}
