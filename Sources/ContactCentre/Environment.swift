// Which module `stat` and `timespec` belong to depends on which files are compiled together: all are named.
import CoreFoundation
import Dispatch
import Foundation
import WorkingDays

extension Moment {
    /// This moment, by the machine's clock; asked for at the edges only.
    package static var current: Moment {
        Moment(millisecondsSince1970: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}

/// What the program takes from outside; tests give their own.
package struct CentreEnvironment: Sendable {
    /// The time.
    package var now: @Sendable () -> Moment
    /// Random bytes fit for secrets.
    package var randomBytes: @Sendable (Int) -> [UInt8]
    /// Waits; ends early with `CancellationError` when the program stops.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// The clock that nobody can set; nil where `now` is not a machine's clock and is believed as it is.
    package var steady: @Sendable () -> SteadyReading?

    /// An environment from its parts.
    package init(
        now: @escaping @Sendable () -> Moment, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        steady: @escaping @Sendable () -> SteadyReading? = { nil }
    ) {
        self.now = now
        self.steady = steady
        self.randomBytes = randomBytes
        self.sleep = sleep
    }

    /// The machine's own clock and random numbers.
    package static let live = CentreEnvironment(
        now: { .current },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }, steady: { .ofThisMachine() })
}

extension SteadyReading {
    /// The clock of this machine since it was switched on; nil where the system does not tell.
    static func ofThisMachine() -> SteadyReading? {
        var time = timespec()
        guard clock_gettime(CLOCK_BOOTTIME, &time) == 0,
            let boot = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id")
        else { return nil }
        return SteadyReading(
            boot: String(decoding: boot, as: UTF8.self).filter { !$0.isWhitespace },
            milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
