import Dispatch
import Foundation
import Synchronization

/// Ends the program where it does not end by itself: some seconds after it was told to, or when it is told again.
///
/// Nothing that was acknowledged can be lost by it: commits are durable, and a start finds what was under way.
final class ShutdownLimit: Sendable {
    /// How long the services may take to end what is under way, before it is broken off.
    static let graceful = Duration.seconds(10)
    /// After so long the process ends whatever it does.
    private static let longest = 15

    private let count = Mutex(0)
    private let output: any CommandOutput

    private init(_ output: any CommandOutput) { self.output = output }

    /// Begins to watch for the signals by which the services end.
    /// - Returns: what watches, for as long as it is kept.
    static func watch(output: any CommandOutput) -> [any DispatchSourceSignal] {
        let limit = ShutdownLimit(output)
        return [SIGTERM, SIGINT].map { signal in
            let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
            source.setEventHandler { limit.told(signal) }
            source.resume()
            return source
        }
    }

    private func told(_ signal: Int32) {
        let count = count.withLock { count in
            count += 1
            return count
        }
        if count > 1 { end(signal, "Told to stop again: stopped at once.") }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Self.longest)) { [self] in
            end(signal, "Not everything ended within \(Self.longest) seconds: stopped.")
        }
    }

    private func end(_ signal: Int32, _ words: String) {
        output.note(words)
        _exit(128 + signal)
    }
}
