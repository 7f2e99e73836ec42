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

    /// An environment from its parts.
    package init(
        now: @escaping @Sendable () -> Moment, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.now = now
        self.randomBytes = randomBytes
        self.sleep = sleep
    }

    /// The machine's own clock and random numbers.
    package static let live = CentreEnvironment(
        now: { .current },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        })
}
