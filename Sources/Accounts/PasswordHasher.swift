import Dispatch
import Foundation
import Synchronization

/// Hashes passwords two at a time on threads of its own, the rest waiting in a queue of bounded length.
///
/// One hash takes some hundred milliseconds and 32 MiB. On the threads that serve requests it would stop the site; without
/// a queue a hundred sign-ins at once would take all memory.
package final class PasswordHasher: Sendable {
    private let cost: PasswordCost
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let queue: OperationQueue
    private let waiting = Mutex(0)
    private let longestQueue: Int
    /// Compared with where there is no account, so that the answer takes as long as for one that exists.
    private let decoy: PasswordHash

    /// A hasher.
    /// - Parameters:
    ///   - cost: the cost of new hashes; stored hashes keep theirs.
    ///   - atOnce: how many hashes are computed at the same time.
    ///   - longestQueue: how many may wait, those being computed included.
    ///   - randomBytes: a source of random bytes fit for secrets.
    package init(
        cost: PasswordCost = .standard, atOnce: Int = 2, longestQueue: Int = 64,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.cost = cost
        self.randomBytes = randomBytes
        self.longestQueue = longestQueue
        queue = OperationQueue()
        queue.name = "kz.bailanys.passwords"
        queue.maxConcurrentOperationCount = atOnce
        decoy = PasswordHash(cost: cost, salt: randomBytes(16), hash: randomBytes(32))
    }

    /// Hashes a new password with a new salt.
    /// - Throws: `PasswordHasherBusy` where too many wait.
    package func hash(_ password: String) async throws -> PasswordHash {
        let salt = randomBytes(16)
        return try await run { [cost] in try PasswordHash.compute(password, salt: salt, cost: cost) }
    }

    /// Whether `password` is the one that `stored` was made from; false, after as long a time, where nothing is stored.
    /// - Throws: `PasswordHasherBusy` where too many wait.
    package func verify(_ password: String, against stored: PasswordHash?) async throws -> Bool {
        let compared = stored ?? decoy
        let isRight = try await run { try compared.matches(password) }
        return isRight && stored != nil
    }

    /// Whether `stored` was made with another cost than the present one and should be made anew at the next sign-in.
    package func isOutdated(_ stored: PasswordHash) -> Bool { stored.cost != cost }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let isAccepted = waiting.withLock { count in
            guard count < longestQueue else { return false }
            count += 1
            return true
        }
        guard isAccepted else { throw PasswordHasherBusy() }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// Too many passwords wait to be checked.
package struct PasswordHasherBusy: Error, CustomStringConvertible {
    package var description: String { "Too many people are signing in at this moment: try again in a few seconds." }
}
