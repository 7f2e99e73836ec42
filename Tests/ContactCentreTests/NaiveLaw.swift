import WorkingDays

/// The law once more, told in the simplest way: days are stepped one by one, nothing is shared with the program but dates.
struct NaiveLaw {
    /// The days that are not worked.
    var off: Set<CivilDate>

    /// The n-th working day after a day.
    func day(_ count: Int, after date: CivilDate) -> CivilDate {
        var (date, left) = (date, count)
        while left > 0 {
            date = date.adding(days: 1)
            if !off.contains(date) { left -= 1 }
        }
        return date
    }

    /// The day of registration of a filing: after 18:30 or on a day off, the next working day.
    func registration(_ date: CivilDate, minute: Int) -> CivilDate {
        minute >= 18 * 60 + 30 || off.contains(date) ? day(1, after: date) : date
    }
}

/// A term in working days and what becomes of it.
struct NaiveClock {
    enum State { case running, met, late, cancelled }

    var zero: CivilDate
    var term: Int
    var due: CivilDate
    /// The date it had when it began.
    var firstDue: CivilDate
    var state = State.running
    /// Whether its date was found to have passed while it was open.
    var isNoted = false
    var isFlagged = false
    var endedOn: CivilDate?
    var extendedBy = 0

    init(_ term: Int, from zero: CivilDate, _ law: NaiveLaw) {
        (self.zero, self.term) = (zero, term)
        due = law.day(term, after: zero)
        firstDue = due
    }

    var isOpen: Bool { endedOn == nil }
    var isLate: Bool { isOpen ? isNoted : state == .late }

    mutating func midnight(_ today: CivilDate) {
        if isOpen, due < today { isNoted = true }
    }

    mutating func done(on date: CivilDate) {
        state = date > due || (isNoted && isFlagged) ? .late : .met
        endedOn = date
    }

    mutating func calledOff(on date: CivilDate) {
        state = date > due || (isNoted && isFlagged) ? .late : .cancelled
        endedOn = date
    }

    /// Nil where it may not be extended.
    func extended(by days: Int, on date: CivilDate, _ law: NaiveLaw) -> NaiveClock? {
        guard isOpen, date <= due, !(isNoted && isFlagged), extendedBy + days <= 10 else { return nil }
        var clock = self
        clock.term += days
        clock.extendedBy += days
        clock.due = law.day(clock.term, after: zero)
        clock.isNoted = false
        return clock
    }

    /// Looks at a clock again when the calendar says otherwise of a day that it counted.
    mutating func calendarChanged(_ law: NaiveLaw, on date: CivilDate, today: CivilDate) {
        guard zero <= date, isOpen || isFlagged || max(due, firstDue) >= date, state != .cancelled else { return }
        let moved = law.day(term, after: zero)
        if let endedOn {
            // A doubt that the calendar no longer gives rise to is none.
            if isFlagged {
                isFlagged = (endedOn > moved) != isLate
            } else if moved != due, (endedOn > moved) != isLate {
                isFlagged = true
            }
            return
        }
        if isFlagged, isNoted, moved < today { isFlagged = false }
        guard moved != due else { return }
        if isNoted, moved >= today {
            isFlagged = true
        } else {
            due = moved
            if due < today { isNoted = true }
        }
    }

    /// Nil where the calendar does not bear the decision out.
    func reviewed(isLifted: Bool, _ law: NaiveLaw, today: CivilDate) -> NaiveClock? {
        var clock = self
        clock.isFlagged = false
        guard isLifted == isLate else { return clock }
        let moved = law.day(term, after: zero)
        guard ((endedOn ?? today) <= moved) == isLifted else { return nil }
        clock.due = moved
        if isOpen { clock.isNoted = !isLifted } else { clock.state = isLifted ? .met : .late }
        return clock
    }
}

/// A complaint as the naive law sees it.
struct NaiveComplaint {
    let number: String
    let kind: String
    let filedOn: CivilDate
    var body: String
    var bodyKind: String
    var lastStep: Moment
    var clock: NaiveClock
    var isAnswered = false
    /// The clocks of the rules under which it is not reviewed any more.
    var former: [String: NaiveClock] = [:]
    /// The terms that ran out with a body that had it before.
    var lapses: [(body: String, due: CivilDate)] = []

    var rule: String { bodyKind.hasPrefix("agency") ? "review-by-agency" : "review-by-body" }

    /// Handed to another body on a day and at a minute of it; the term there runs from the registration there.
    mutating func handedOn(
        to body: String, _ bodyKind: String, on date: CivilDate, minute: Int, term: Int, _ law: NaiveLaw
    ) {
        if date > clock.due { lapses.append((self.body, clock.due)) }
        let before = rule
        clock.calledOff(on: date)
        former[before] = clock
        (self.body, self.bodyKind) = (body, bodyKind)
        former[rule] = nil
        clock = NaiveClock(term, from: law.registration(date, minute: minute), law)
    }

    /// The bodies that were late and the first day on which they were.
    func violations(asOf today: CivilDate) -> [(body: String, on: CivilDate)] {
        var all = lapses
        if (clock.endedOn ?? today) > clock.due { all.append((body, clock.due)) }
        return all.map { ($0.body, $0.due.adding(days: 1)) }
    }
}
