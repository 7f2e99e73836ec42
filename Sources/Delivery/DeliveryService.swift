import Crypto
import Journal
import Logging
import ServiceLifecycle
import Signatures
import Synchronization
import WorkingDays

/// Sends what is in the outbox: one attempt at a time for each destination, for as long as the program runs.
///
/// An attempt is recorded before it begins and after it ends. If the program is killed in between, the next start
/// finds the attempt without an end, records it as interrupted, and repeats it under the same idempotency key. A
/// graceful shutdown breaks off the attempt under way and records that.
package struct DeliveryService: Service {
    /// What the service takes from outside, so that tests decide it.
    package struct Environment: Sendable {
        /// The time.
        package var now: @Sendable () -> Moment
        /// A random number, 0 up to but not including 1.
        package var fraction: @Sendable () -> Double
        /// Waits.
        package var sleep: @Sendable (Duration) async throws -> Void
        /// Whether nothing may leave now, because the machine's clock is in doubt.
        package var isHeld: @Sendable () -> Bool

        /// An environment from its parts.
        package init(
            now: @escaping @Sendable () -> Moment, fraction: @escaping @Sendable () -> Double,
            sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
            isHeld: @escaping @Sendable () -> Bool = { false }
        ) {
            self.now = now
            self.isHeld = isHeld
            self.fraction = fraction
            self.sleep = sleep
        }
    }

    /// How long it waits for a journal that cannot be written, in milliseconds.
    static let shortestSleep: Int64 = 2_000

    /// The longest it sleeps, so that a change of the machine's clock is noticed.
    static let longestSleep: Int64 = 60_000

    let journal: Journal
    let outbox: Outbox
    let destinations: [String: any Transport]
    let subjects: [String: any DeliverySubject]
    let signers: [String: SigningFiles]
    let stamps: [String: TimeStampClient]
    let policy: DeliveryPolicy
    let environment: Environment
    let logger: Logger
    let underWay = ProgressBoard()

    /// A service that has not started yet.
    ///
    /// - Parameters:
    ///   - destinations: The transports by the name of their destination.
    ///   - subjects: The modules that queue deliveries.
    ///   - signers: The pairs that sign what goes to a destination, by its name.
    ///   - stamps: Who stamps those signatures with the time, by the destination's name.
    package init(
        journal: Journal, outbox: Outbox, destinations: [String: any Transport], subjects: [any DeliverySubject],
        signers: [String: SigningFiles] = [:], stamps: [String: TimeStampClient] = [:],
        policy: DeliveryPolicy = DeliveryPolicy(), environment: Environment, logger: Logger
    ) {
        self.journal = journal
        self.outbox = outbox
        self.destinations = destinations
        self.subjects = Dictionary(subjects.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        self.signers = signers
        self.stamps = stamps
        self.policy = policy
        self.environment = environment
        self.logger = logger
    }

    /// How many bytes of how many the attempt under way has sent; nil if there is none.
    package func progress(of id: DeliveryID) -> (sent: Int64, total: Int64)? {
        underWay.progress(of: id)
    }

    /// Works until the program is shut down or the task cancelled.
    ///
    /// - Throws: What the journal throws when nothing can be recorded any more.
    package func run() async throws {
        try await recoverLostAttempts()
        try await warnOfUnknownDestinations()
        // A service that returns would end the program.
        guard !destinations.isEmpty else { return try await gracefulShutdown() }
        let isStopping = Flag()
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for name in destinations.keys.sorted() {
                    group.addTask { try await work(for: name, until: isStopping) }
                }
                try await group.waitForAll()
            }
        } onGracefulShutdown: {
            isStopping.raise()
            outbox.bell.ring()
        }
    }

    private func warnOfUnknownDestinations() async throws {
        let waiting = try await journal.read { db in try DeliveryRecord.fetchAll(in: .waiting, limit: 1000, in: db) }
        for name in Set(waiting.map(\.destination)).subtracting(destinations.keys).sorted() {
            logger.warning("delivery.destination.unknown", metadata: ["destination": "\(name)"])
        }
    }

    private func work(for destination: String, until isStopping: Flag) async throws {
        while !isStopping.isRaised, !Task.isCancelled {
            let rings = outbox.bell.rings
            if isStopping.isRaised { return }
            let next = try await journal.read { db in try DeliveryRecord.next(to: destination, in: db) }
            let now = environment.now()
            guard let next, let due = next.nextAttemptAt else {
                await outbox.bell.wait(after: rings)
                continue
            }
            if environment.isHeld() {
                await waitForBell(after: rings, orFor: .milliseconds(Self.longestSleep))
            } else if policy.isDue(due, at: now) {
                do {
                    try await attempt(next)
                } catch let error as JournalError where error.isPassing {
                    await outlast(error, to: destination, until: isStopping)
                }
            } else {
                let wait = min(due.millisecondsSince1970 - now.millisecondsSince1970, Self.longestSleep)
                await waitForBell(after: rings, orFor: .milliseconds(wait))
            }
        }
    }

    /// Waits until the journal can be written again, and ends the attempt that it could not record: it is repeated under the same
    /// key, and the receiver answers as before.
    private func outlast(_ first: JournalError, to destination: String, until isStopping: Flag) async {
        var error = first
        while !isStopping.isRaised, !Task.isCancelled {
            logger.error(
                "delivery.journal.away", metadata: ["destination": "\(destination)", "reason": "\(error)"])
            await waitForBell(after: outbox.bell.rings, orFor: .milliseconds(Self.shortestSleep))
            do {
                return try await recoverLostAttempts(to: destination)
            } catch let again as JournalError where again.isPassing {
                error = again
            } catch {
                // What is wrong beyond that is met by the next look at the outbox.
                return
            }
        }
    }

    private func waitForBell(after rings: Int, orFor duration: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await outbox.bell.wait(after: rings) }
            // A sleep that ends early, by cancellation, ends the wait too: the loop looks again.
            group.addTask { try? await environment.sleep(duration) }
            await group.next()
            group.cancelAll()
        }
    }
}

/// A switch that is raised once.
final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock(\.self) }

    func raise() { state.withLock { $0 = true } }
}

/// How far the attempts under way are.
final class ProgressBoard: Sendable {
    private let state = Mutex<[DeliveryID: (sent: Int64, total: Int64)]>([:])

    func progress(of id: DeliveryID) -> (sent: Int64, total: Int64)? { state.withLock { $0[id] } }

    func set(_ progress: (sent: Int64, total: Int64)?, of id: DeliveryID) { state.withLock { $0[id] = progress } }
}
