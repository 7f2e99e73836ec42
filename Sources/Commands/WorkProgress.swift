import Foundation
import Synchronization

/// Shows how far long work has come, where a person watches: a bar with its share, what is done, how fast and how long it
/// will take; only what is done, where nobody knows how much there is.
final class WorkProgress: Sendable {
    private let output: any CommandOutput
    private let unit: ProgressText.Unit
    private let start = ContinuousClock.now
    private let drawn = Mutex<ContinuousClock.Instant?>(nil)

    init(_ output: any CommandOutput, _ unit: ProgressText.Unit) {
        self.output = output
        self.unit = unit
    }

    /// The work has come so far; drawn at most ten times a second, so that watching costs nothing.
    /// - Parameters:
    ///   - total: nil where it is not known.
    ///   - words: what came of it until now.
    func reached(_ done: Int64, of total: Int64?, _ words: String = "") {
        let now = ContinuousClock.now
        let isDue = drawn.withLock { drawn in
            if let last = drawn, now - last < .milliseconds(100), done != total { return false }
            drawn = now
            return true
        }
        guard isDue else { return }
        output.progress(ProgressText(unit, done: done, total: total, elapsed: now - start, words: words).description)
    }
}

/// The line that tells how far work has come; pure.
struct ProgressText: CustomStringConvertible {
    /// What is counted.
    enum Unit: Hashable, Sendable {
        /// Bytes of a file.
        case bytes
        /// Pieces, in the words of a sentence: “events read”.
        case pieces(String)
    }

    private let parts: [String]

    init(_ unit: Unit, done: Int64, total: Int64?, elapsed: Duration, words: String = "") {
        var parts: [String] = []
        // A file may have grown since it was measured; more than all of it is never shown.
        let total = total.flatMap { $0 > 0 ? max($0, done) : nil }
        if let total {
            let share = Double(done) / Double(total)
            let full = Int(share * Double(Self.width))
            parts.append(
                String(repeating: "█", count: full) + String(repeating: "░", count: Self.width - full)
                    + " \(Int(share * 100)) %")
        }
        if !words.isEmpty { parts.append(words) }
        switch unit {
        case .bytes: parts.append(total.map { "\(Self.size(done)) of \(Self.size($0))" } ?? Self.size(done))
        case .pieces(let words): parts.append((total.map { "\(done) of \($0) " } ?? "\(done) ") + words)
        }
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        // The first moments say nothing of what follows.
        if seconds >= 1, done > 0 {
            let rate = Double(done) / seconds
            switch unit {
            case .bytes: parts.append("\(Self.size(Int64(rate)))/s")
            case .pieces: parts.append("\(Int64(rate))/s")
            }
            if let total, done < total { parts.append("\(Self.time(Double(total - done) / rate)) left") }
        }
        self.parts = parts
    }

    var description: String { parts.joined(separator: "  ") }

    private static let width = 16

    private static func size(_ bytes: Int64) -> String {
        switch bytes {
        case ..<1_000: "\(bytes) B"
        case ..<1_000_000: "\(bytes / 1_000) kB"
        default: "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB"
        }
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int64(seconds.rounded(.up))
        return switch whole {
        case ..<100: "\(whole) s"
        case ..<6_000: "\(whole / 60) min \(whole % 60) s"
        default: "\(whole / 3_600) h \(whole % 3_600 / 60) min"
        }
    }
}
