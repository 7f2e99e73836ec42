import WorkingDays

/// What a case would be under a procedure: for comparing editions, never for recording.
package struct ReplayedCase: Sendable {
    /// An event that the edition does not allow.
    package struct Refused: Sendable {
        /// The event.
        package let event: ClockEvent
        /// Why not.
        package let error: ClockError
    }

    /// The clocks as they would stand.
    package fileprivate(set) var clocks = CaseClocks()
    /// What the edition would have refused; the case goes on without it.
    package fileprivate(set) var refused: [Refused] = []
    /// Clocks that would have started, were their term known.
    package fileprivate(set) var unknown: [String] = []
}

extension Procedure {
    /// The case that events make under this procedure, with breaches as of a day. Pure.
    ///
    /// What the edition does not allow is told and left out, so that one refusal does not hide all the rest.
    package func replay(
        _ events: [ClockEvent], calendar: WorkingCalendar, zone: CivilZone, asOf today: CivilDate, at now: Moment
    ) -> ReplayedCase {
        var replayed = ReplayedCase()
        var cache = DueCache()
        for event in events {
            replayed.unknown += rules.filter { $0.isUnknown && $0.starts(on: event.name, facts: event.facts) }.map(\.id)
            do throws(ClockError) {
                let changes = try changes(
                    on: event, clocks: replayed.clocks, calendar: calendar, zone: zone, cache: &cache)
                for change in changes { replayed.clocks.apply(change) }
            } catch {
                replayed.refused.append(ReplayedCase.Refused(event: event, error: error))
            }
        }
        for change in replayed.clocks.breaches(asOf: today, at: now) { replayed.clocks.apply(change) }
        return replayed
    }
}
