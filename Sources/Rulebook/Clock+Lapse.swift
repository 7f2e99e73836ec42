import WorkingDays

extension Clock {
    /// A term of the clock that had run out when another body got the duty: a violation of the former body.
    ///
    /// It is over and stays what it was, unless a change of the calendar puts it in doubt and a person decides.
    package struct Lapse: Hashable, Sendable, Codable {
        /// The last day that it had when the duty was handed on; tells the lapses of a clock apart for ever.
        package let lapsedOn: CivilDate
        /// Day zero.
        package let dayZero: CivilDate
        /// The term.
        package let term: Term
        /// The compact proof of `lapsedOn`.
        package let proof: String
        /// The day on which the duty was handed on.
        package let endedOn: CivilDate
        /// The last day by what is known today.
        package internal(set) var due: CivilDate
        /// Whether it had run out; a person may have found that it had not.
        package internal(set) var isLate = true
        /// Whether a change of the calendar put that in doubt and nobody has decided yet.
        package internal(set) var isFlagged: Bool

        init(_ clock: Clock, endedOn: CivilDate) {
            (lapsedOn, due) = (clock.due, clock.due)
            (dayZero, term, proof) = (clock.dayZero, clock.term, clock.proof)
            (self.endedOn, isFlagged) = (clock.endedOn ?? endedOn, clock.isFlagged)
        }

        /// The last day under a calendar.
        func due(under calendar: WorkingCalendar) throws(CalendarError) -> DueDate {
            let zone = CivilZone.kazakhstan.first { proof.contains(" \($0.name):") }
            return try calendar.due(term, from: dayZero, zone: zone)
        }
    }

    /// The lapse that a change from here on makes; nil where it makes none.
    package func lapse(by change: ClockChange) -> Lapse? {
        guard change.kind == .restarted, change.reason == ClockChange.handedOn else { return nil }
        guard change.outcome == .late || (status == .breached && !isOpen) else { return nil }
        return Lapse(self, endedOn: change.on)
    }

    /// Applies a flag or a decision to the former term that it names.
    mutating func apply(_ change: ClockChange, toLapse lapsedOn: CivilDate) {
        guard let index = lapses.firstIndex(where: { $0.lapsedOn == lapsedOn }) else { return }
        lapses[index].isFlagged = change.kind == .flagged
        guard change.kind == .reviewed, let due = change.due else { return }
        lapses[index].due = due
        lapses[index].isLate = change.outcome == .late
    }
}
