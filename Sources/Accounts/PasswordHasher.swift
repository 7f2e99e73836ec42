import Blocking
import Foundation

/// Hashes passwords on threads of its own at low priority, a few at a time, the rest waiting in a short queue.
///
/// One hash takes some hundred milliseconds and 32 MiB. On the threads that serve requests it would stop the site; without
/// a bound a hundred sign-ins at once would take all memory and everybody's patience.
package final class PasswordHasher: Sendable {
    private let cost: PasswordCost
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let known: Blocking
    private let strangers: Blocking
    /// Compared with where there is no account, so that the answer takes as long as for one that exists.
    private let decoy: PasswordHash

    /// Whose password it is. Each line has its own threads and its own queue: people from a device that has let them in
    /// before are not kept out by strangers who fill theirs.
    enum Line: CaseIterable, Sendable {
        case known, strangers
    }

    /// How much less than others a thread that hashes is worth to the system.
    static let niceness: Int32 = 10

    /// A hasher.
    /// - Parameters:
    ///   - cost: the cost of new hashes; stored hashes keep theirs.
    ///   - atOnce: how many hashes of each line are computed at the same time; by default on half of the processors.
    ///   - longestQueue: how many of each line may wait besides.
    ///   - randomBytes: a source of random bytes fit for secrets.
    package init(
        cost: PasswordCost = .standard, atOnce: Int = max(1, ProcessInfo.processInfo.activeProcessorCount / 2),
        longestQueue: Int = 8, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.cost = cost
        self.randomBytes = randomBytes
        func threads(_ name: String) -> Blocking {
            Blocking(name: name, threads: atOnce, longestQueue: longestQueue, niceness: Self.niceness)
        }
        (known, strangers) = (threads("bailanys-known"), threads("bailanys-guests"))
        decoy = PasswordHash(cost: cost, salt: randomBytes(16), hash: randomBytes(32))
    }

    /// Hashes a new password with a new salt.
    /// - Throws: `PasswordHasherBusy` where too many wait.
    package func hash(_ password: String) async throws -> PasswordHash {
        let salt = randomBytes(16)
        return try await run(in: .known) { [cost] in
            try PasswordHash.compute(password, salt: salt, cost: cost)
        }
    }

    /// Whether `password` is the one that `stored` was made from; false, after as long a time, where nothing is stored.
    /// - Throws: `PasswordHasherBusy` where too many wait.
    package func verify(_ password: String, against stored: PasswordHash?) async throws -> Bool {
        try await verify(password, against: stored, in: .strangers)
    }

    func verify(_ password: String, against stored: PasswordHash?, in line: Line) async throws -> Bool {
        let compared = stored ?? decoy
        let isRight = try await run(in: line) { try compared.matches(password) }
        return isRight && stored != nil
    }

    func run<Value: Sendable>(in line: Line, _ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        do {
            return try await (line == .known ? known : strangers).run(work)
        } catch is BlockingBusy {
            throw PasswordHasherBusy()
        }
    }

    /// Whether `stored` was made with another cost than the present one and should be made anew at the next sign-in.
    package func isOutdated(_ stored: PasswordHash) -> Bool { stored.cost != cost }
}

/// Too many passwords wait to be checked.
package struct PasswordHasherBusy: Error, CustomStringConvertible {
    /// After so many seconds the next attempt has a chance.
    package static let retryAfter = 5

    package var description: String { "Too many people are signing in at this moment: try again in a few seconds." }
}
