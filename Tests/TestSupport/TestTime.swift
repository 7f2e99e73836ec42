import Synchronization
import Testing
import WorkingDays

/// A time of the day as the clocks of Almaty show it since March 2024, at +05:00: `2026-03-26 10:00`, with its seconds or
/// without, parted by a space or by a `T`.
package func at(_ text: String) throws -> Moment {
    let time = text.replacing(" ", with: "T")
    return try #require(
        Moment((time.utf8.count == 16 ? time + ":00" : time) + "+05:00"), "“\(text)” is no time of a day")
}

/// A day: `2026-03-26`.
package func day(_ text: String) throws -> CivilDate {
    try #require(CivilDate(text), "“\(text)” is no day")
}

/// A clock that tests move. It goes on by a millisecond with each question, as a real one does, unless it is to stand still.
package final class TestClock: Sendable {
    private let time: Mutex<Moment>
    private let step: Int64

    /// A clock that shows a moment, 19 March 2026 at 11:00 in Almaty unless another is given.
    /// - Parameter step: by how many milliseconds each question moves it.
    package init(at start: Moment = Moment(millisecondsSince1970: 1_773_900_000_000), ticking step: Int64 = 1) {
        time = Mutex(start)
        self.step = step
    }

    /// What it shows.
    package var now: Moment {
        time.withLock { time in
            time = time.adding(milliseconds: step)
            return time
        }
    }

    /// Moves it on, or with a negative number back.
    package func advance(milliseconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: milliseconds) } }

    /// Moves it on.
    package func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        advance(milliseconds: seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    }
}
