import WorkingDays

/// The clock state machine: an event and the clocks as they stand give the changes to record.
///
/// For each rule the event is tried in this order: it cancels an open clock; it restarts one; it stops an open one; it
/// extends, suspends or resumes one; it starts one that does not run. A second starting event does nothing to a clock
/// that runs, unless a restart rule names it.
extension Procedure {
    /// The changes that an event makes; empty when it concerns no clock. Pure: nothing is applied.
    ///
    /// - Parameters:
    ///   - event: what happened.
    ///   - clocks: the clocks before it.
    ///   - calendar: the adopted calendar.
    ///   - zone: the centre's zone.
    ///   - cache: due dates computed before; the caller keeps it between calls.
    /// - Throws: `ClockError`; then nothing of the event may be recorded.
    package func changes(
        on event: ClockEvent, clocks: CaseClocks, calendar: WorkingCalendar, zone: CivilZone, cache: inout DueCache
    ) throws(ClockError) -> [ClockChange] {
        guard let indexes = concerned[event.name] else { return [] }
        var changes: [ClockChange] = []
        for index in indexes {
            let step = ClockStep(
                rules: rules, index: index, event: event, clock: clocks[rules[index].id], calendar: calendar,
                zone: rules[index].zone == .body ? event.bodyZone ?? zone : zone)
            if let change = try step.change(&cache) { changes.append(change) }
        }
        // An extension that extends nothing must not be recorded as one.
        if let first = indexes.first(where: { rules[$0].extension?.event == event.name }),
            !changes.contains(where: { $0.kind == .extended })
        {
            throw .extensionTooLate(
                clock: indexes.first { clocks[rules[$0].id] != nil }.map { rules[$0].id } ?? rules[first].id)
        }
        return changes
    }
}

/// One event before one clock.
struct ClockStep {
    /// All rules and the place of the one concerned: a rule is large, and copying it costs more than the decision.
    let rules: [ClockRule]
    let index: Int
    let event: ClockEvent
    let clock: Clock?
    let calendar: WorkingCalendar
    let zone: CivilZone
    /// The civil date of the event in the clock's zone, or the date that the event itself names.
    private let on: CivilDate

    init(
        rules: [ClockRule], index: Int, event: ClockEvent, clock: Clock?, calendar: WorkingCalendar, zone: CivilZone
    ) {
        self.rules = rules
        self.index = index
        self.event = event
        self.clock = clock
        self.calendar = calendar
        self.zone = zone
        on = event.date ?? zone.civilDate(of: event.at)
    }

    func change(_ cache: inout DueCache) throws(ClockError) -> ClockChange? {
        let open = clock.flatMap { $0.isOpen ? $0 : nil }
        if let open, pulls(rules[index].cancels) {
            var change = basic(.cancelled)
            change.outcome = outcome(ending: open)
            return change
        }
        if let restart = rules[index].restarts.first(where: { $0.trigger.matches(event) }) {
            let day = restart.dayFact.flatMap { event.facts[$0] }.flatMap { CivilDate($0) }
            var change = try start(clock == nil ? .started : .restarted, from: day, &cache)
            change?.reason = restart.code
            change?.was = clock?.due
            change?.outcome = open.flatMap { outcome(ending: $0) }
            return change
        }
        if let open {
            if pulls(rules[index].stops) { return try stop(open) }
            if let `extension` = rules[index].extension, `extension`.event == event.name {
                return try extend(open, `extension`, &cache)
            }
            if open.status == .running, pulls(rules[index].suspends) { return try suspend(open) }
            if open.status == .suspended, pulls(rules[index].resumes) { return try resume(open, &cache) }
            return nil
        }
        guard clock == nil || rules[index].repeats, pulls(rules[index].starts),
            ClockTrigger.hold(rules[index].conditions, event.facts)
        else {
            return nil
        }
        return try start(.started, &cache)
    }

    private func pulls(_ triggers: [ClockTrigger]) -> Bool {
        triggers.contains { $0.matches(event) }
    }

    private func basic(_ kind: ClockChange.Kind) -> ClockChange {
        var change = ClockChange(kind, clock: rules[index].id, at: event.at, on: on)
        change.event = event.name
        return change
    }

    private func start(
        _ kind: ClockChange.Kind, from day: CivilDate? = nil, _ cache: inout DueCache
    ) throws(ClockError) -> ClockChange? {
        // Nothing is counted by a term whose text was not found.
        guard !rules[index].isUnknown else { return nil }
        var zero = day ?? on
        var isLocal = event.date == nil && day == nil
        if let fact = rules[index].plannedFact {
            // A plan line without this date plans nothing here.
            guard let text = event.facts[fact] else { return nil }
            guard let date = CivilDate(text) else { throw .missingFact(event: event.name, fact: fact) }
            zero = date
            isLocal = false
        }
        guard let term = rules[index].term(on: zero) else { throw .notInForce(clock: rules[index].id, dayZero: zero) }
        var change = basic(kind)
        if term == .onDate {
            // The date of the event is the planned one, not the day on which the line was approved.
            guard rules[index].plannedFact != nil || event.date != nil else {
                throw .missingFact(event: event.name, fact: "date")
            }
            change.on = zone.civilDate(of: event.at)
        }
        change.owner = rules[index].owner
        change.force = rules[index].force
        try set(term, from: zero, isLocal: isLocal, in: &change, &cache)
        return change
    }

    private func stop(_ clock: Clock) throws(ClockError) -> ClockChange {
        if clock.status == .waiting, on < clock.due { throw .tooEarly(clock: rules[index].id, allowedFrom: clock.due) }
        var change = basic(.stopped)
        // What counts is the day on which it happened, not the day on which it was recorded: an answer of the last day
        // that is entered a day later is in time, although the breach was noted at midnight. A breach that waits for a
        // person's review stays until he decides.
        let isLate = clock.status != .suspended && on > clock.due
        let isUnderReview = clock.status == .breached && clock.isFlagged
        change.outcome = isLate || isUnderReview ? .late : .met
        return change
    }

    /// What holds of an open clock that ends without being done: `late` where its date had passed by then, `met` where a
    /// breach was noted at midnight although the event had happened in time; nil where nothing needs to be said.
    private func outcome(ending clock: Clock) -> ClockChange.Outcome? {
        switch clock.status {
        case .running, .breached:
            if on > clock.due { return .late }
            return clock.status == .breached && !clock.isFlagged ? .met : nil
        case .suspended, .waiting, .met, .cancelled: return nil
        }
    }

    private func suspend(_ clock: Clock) throws(ClockError) -> ClockChange {
        var change = basic(.suspended)
        do {
            change.left = try clock.daysLeft(after: on, calendar: calendar)
        } catch {
            throw .calendar(error)
        }
        return change
    }

    /// The day of the suspension and the day of the resumption both count; the days between them do not.
    private func resume(_ clock: Clock, _ cache: inout DueCache) throws(ClockError) -> ClockChange {
        var change = basic(.resumed)
        change.was = clock.due
        let left = clock.left ?? 0
        let base = max(clock.suspendedOn ?? on, on.adding(days: -1))
        switch clock.term {
        case _ where left == 0: try set(.atOnce, from: on, isLocal: false, in: &change, &cache)
        case .calendarDays: try set(.calendarDays(left), from: base, isLocal: false, in: &change, &cache)
        default: try set(.workingDays(left), from: base, isLocal: false, in: &change, &cache)
        }
        return change
    }

    private func extend(
        _ clock: Clock, _ rule: ClockExtension, _ cache: inout DueCache
    ) throws(ClockError) -> ClockChange {
        guard let text = event.facts["days"], let days = Int(text), days > 0 else {
            throw .missingFact(event: event.name, fact: "days")
        }
        guard let by = event.facts["by"] else { throw .missingFact(event: event.name, fact: "by") }
        guard rule.allowed.contains(by) else { throw .extensionNotAllowed(clock: clock.rule, by: by) }
        // An extension of the last day that is entered later counts as well, although midnight noted a breach.
        let isNoted = clock.status == .breached && !clock.isFlagged
        guard clock.status == .suspended || ((clock.status == .running || isNoted) && on <= clock.due) else {
            throw .extensionTooLate(clock: clock.rule)
        }
        let allowance = rule.limit - clock.extendedBy
        guard days <= allowance else {
            throw .extensionBeyondLimit(clock: clock.rule, days: days, left: max(0, allowance))
        }
        var change = basic(.extended)
        change.by = by
        change.days = days
        change.outcome = isNoted ? .met : nil
        change.reason = event.facts["reason"]
        change.was = clock.due
        if case .workingDays(let count) = clock.term {
            try set(.workingDays(count + days), from: clock.dayZero, isLocal: false, in: &change, &cache)
        } else {
            try set(.workingDays(days), from: clock.due, isLocal: false, in: &change, &cache)
        }
        if let left = clock.left { change.left = left + days }
        return change
    }

    /// Puts the due date of a term into a change.
    private func set(
        _ term: Term, from zero: CivilDate, isLocal: Bool, in change: inout ClockChange, _ cache: inout DueCache
    ) throws(ClockError) {
        let due: DueCache.Entry
        do {
            due = try cache.due(term, from: zero, zone: isLocal ? zone : nil, calendar: calendar)
        } catch {
            throw .calendar(error)
        }
        change.term = term
        change.zero = zero
        change.due = due.date
        change.target = due.target
        change.isProvisional = due.isProvisional
        change.proof = due.proof
    }
}

extension Clock {
    /// The days of the term that are left after a day, the day itself counted as used; never negative.
    func daysLeft(after date: CivilDate, calendar: WorkingCalendar) throws(CalendarError) -> Int {
        switch term {
        case .workingDays(let count):
            max(0, count - (try calendar.workingDays(after: dayZero, through: date)))
        case .calendarDays(let count):
            max(0, count - max(0, dayZero.days(to: date)))
        case .dayOfNextMonth, .atOnce, .waiting, .onDate:
            try calendar.workingDays(after: date, through: due)
        }
    }
}
