/// The civil time of a place: its offsets from UTC and the instants at which they changed.
///
/// The tables hold from 2000 to 2200 for the zones of Kazakhstan (see `CivilZone+Kazakhstan`); a test holds them against
/// the tz database. A zone answers which day an instant is; everything after that counts in civil dates.
package struct CivilZone: Hashable, Sendable {
    /// One change of the offset.
    struct Transition: Hashable, Sendable {
        /// Seconds since 1970-01-01T00:00:00Z at which the offset begins.
        let start: Int64
        /// Hours east of UTC.
        let hours: Int64
    }

    /// Its name in the tz database, "Asia/Almaty".
    package let name: String
    /// Hours east of UTC before the first transition.
    let firstHours: Int64
    /// The changes, earliest first.
    let transitions: [Transition]

    /// Milliseconds east of UTC at an instant.
    package func offsetMilliseconds(at moment: Moment) -> Int64 {
        var index = transitions.count - 1
        while index >= 0 {
            if moment.millisecondsSince1970 >= transitions[index].start * 1_000 {
                return transitions[index].hours * 3_600_000
            }
            index -= 1
        }
        return firstHours * 3_600_000
    }

    /// The day it is in this zone at an instant.
    package func civilDate(of moment: Moment) -> CivilDate {
        local(moment).utcDay.date
    }

    /// The hour (0-23) and minute (0-59) a clock on the wall shows at an instant.
    package func wallClock(of moment: Moment) -> (hour: Int, minute: Int) {
        let milliseconds = local(moment).utcDay.milliseconds
        return (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
    }

    /// The first instant of a day: what is earlier belongs to the day before.
    package func start(of date: CivilDate) -> Moment {
        moment(of: date, hour: 0, minute: 0)
    }

    /// The first instant at which a clock on the wall shows this time of this day.
    ///
    /// A time that a change of offset skipped gives the instant of the change; one that occurs twice gives the first.
    package func moment(of date: CivilDate, hour: Int, minute: Int) -> Moment {
        let wall = Moment(millisecondsSince1970: (Int64(date.dayNumber) * 1_440 + Int64(hour * 60 + minute)) * 60_000)
        var candidates = [firstHours]
        candidates.append(contentsOf: transitions.map(\.hours))
        var earliest: Moment?
        for hours in Set(candidates) {
            let moment = wall.adding(milliseconds: -hours * 3_600_000)
            guard offsetMilliseconds(at: moment) == hours * 3_600_000 else { continue }
            if earliest.map({ moment < $0 }) ?? true { earliest = moment }
        }
        if let earliest { return earliest }
        // The wall clock jumped over this time: the day goes on at the change itself.
        let before = wall.adding(milliseconds: -offsetMilliseconds(at: wall.adding(milliseconds: -86_400_000)))
        let change = transitions.last { $0.start * 1_000 <= before.millisecondsSince1970 }
        return Moment(millisecondsSince1970: (change?.start ?? 0) * 1_000)
    }

    /// The instant as a local time with its offset: `2026-03-19T09:05:06.789+05:00`.
    package func iso8601(_ moment: Moment) -> String {
        let (date, milliseconds) = local(moment).utcDay
        return Moment.text(
            date: date, milliseconds: milliseconds, offsetMinutes: Int(offsetMilliseconds(at: moment) / 60_000))
    }

    /// The wall clock of this zone, read as if it were UTC.
    private func local(_ moment: Moment) -> Moment {
        moment.adding(milliseconds: offsetMilliseconds(at: moment))
    }
}
