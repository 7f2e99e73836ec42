import Casework
import WorkingDays

/// A reading of a clock that nobody can set: it counts from when the machine was switched on.
package struct SteadyReading: Hashable, Sendable, Codable {
    /// Which start of the machine it counts from.
    package let boot: String
    /// Milliseconds since then, those asleep included.
    package let milliseconds: Int64

    /// A reading from its parts.
    package init(boot: String, milliseconds: Int64) {
        self.boot = boot
        self.milliseconds = milliseconds
    }
}

/// The wall clock held against the steady clock: pure.
///
/// The line begins at a reading that is believed. From there the wall clock may go as fast as the steady one; where it is
/// further than that by more than a few minutes, nobody can say why, and it is held until it is back or a person says that
/// it is right. After a rest of the machine nothing is known of the time between: a rest of some days is believed, and
/// only what certainly is over counts as over.
struct TimeLine: Hashable, Sendable, Codable {
    /// How far the wall clock may be ahead of the line: five minutes.
    static let tolerance: Int64 = 300_000
    /// The longest rest that is believed: a weekend with a holiday.
    static let longestRest: Int64 = 3 * 86_400_000

    /// The wall clock where the line begins.
    private(set) var wall: Moment
    /// The steady clock there.
    private(set) var steady: SteadyReading
    /// How long in all the program rested without a proof of the time, in milliseconds.
    private(set) var rested: Int64
    /// How far ahead the wall clock may be at its next reading.
    private var allowance: Int64
    /// Whether it is held.
    private(set) var isHeld = false

    /// A line that begins at a reading that is believed.
    init(believing wall: Moment, at steady: SteadyReading) {
        (self.wall, self.steady, rested, allowance) = (wall, steady, 0, Self.tolerance)
    }

    /// The line after a start.
    /// - Parameters:
    ///   - seen: the line as it was last kept; nil where none was.
    ///   - lastEvent: when the journal's last event was recorded; nil where there is none.
    init(startedAt wall: Moment, _ steady: SteadyReading, after seen: TimeLine?, lastEvent: Moment?) {
        if let seen, seen.steady.boot == steady.boot, seen.steady.milliseconds <= steady.milliseconds {
            // The machine has run all the time: the steady clock proves how long.
            self = seen
            return
        }
        guard let known = [seen?.wall, lastEvent].compactMap({ $0 }).max() else {
            self.init(believing: wall, at: steady)
            return
        }
        self.init(believing: known, at: steady)
        rested = seen?.rested ?? 0
        isHeld = seen?.isHeld ?? false
        allowance = isHeld ? Self.tolerance : Self.longestRest
    }

    /// Takes a reading of both clocks of one start of the machine.
    mutating func read(_ now: Moment, _ steady: SteadyReading) -> TimeStanding {
        let line = wall.adding(milliseconds: steady.milliseconds - self.steady.milliseconds)
        let ahead = now.millisecondsSince1970 - line.millisecondsSince1970
        let certain = min(line, now).adding(milliseconds: -rested)
        guard ahead <= allowance else {
            isHeld = true
            let reason: ClockHold.Reason = allowance == Self.tolerance ? .jumped : .rested
            return TimeStanding(now: now, certain: certain, hold: ClockHold(reason: reason, expected: line, found: now))
        }
        isHeld = false
        // Behind the line it was set back, and may come forward to it again.
        guard ahead >= 0 else { return TimeStanding(now: now, certain: certain, hold: nil) }
        if ahead > Self.tolerance { rested += ahead }
        (wall, self.steady, allowance) = (now, steady, Self.tolerance)
        return TimeStanding(now: now, certain: now.adding(milliseconds: -rested), hold: nil)
    }
}
