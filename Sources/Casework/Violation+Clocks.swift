import Journal
import Rulebook
import WorkingDays

/// What a change of a clock means for the ledger: the one place, for cases in memory and for the table alike.
extension ClockChange {
    /// Whether the ledger has to look at a change; most changes of most clocks are none of its business.
    func concernsLedger(from before: ClockLine, to after: ClockLine) -> Bool {
        before.clock.status == .breached || after.clock.status == .breached || outcome == .late || lapse != nil
            || isAnnulment || kind == .reviewed
    }

    /// Whether the clock begins anew because of a mistake of ours, so that nobody was late.
    fileprivate var undoesMistake: Bool {
        [.started, .restarted].contains(kind) && ["wrong-address", "entry-corrected"].contains(reason)
    }
}

extension [Violation] {
    /// Takes in a change of a clock: entries of the clock are drafted, lose their ground, or get it back.
    /// - Parameters:
    ///   - before: the clock before the change.
    ///   - after: the clock after it.
    ///   - version: the place of the event in the case.
    mutating func follow(
        _ change: ClockChange, of stream: StreamID, from before: ClockLine, to after: ClockLine, in version: Int
    ) {
        guard before.clock.force.canBeBreached else { return }
        if let lapse = change.lapse { return follow(change, lapse: lapse, in: version) }
        switch change.kind {
        case .started, .restarted:
            switch change.outcome {
            case .late: draft(before, of: stream, on: change.on, in: version)
            case .met: lose(change.clock, .inTime, in: version)
            case nil: if change.undoesMistake { lose(change.clock, .corrected, in: version) }
            }
            leaveBehind(change.clock, at: before.clock.due, on: change.on)
        case .breached: draft(after, of: stream, on: change.on, in: version)
        case .stopped, .cancelled:
            if change.isAnnulment { return annul(change.clock, in: version) }
            update(change.clock) { $0.endedOn = after.clock.endedOn }
            switch change.outcome {
            case .late: draft(after, of: stream, on: change.on, in: version)
            case .met: lose(change.clock, .inTime, in: version)
            case nil: break
            }
        case .extended: if change.outcome == .met { lose(change.clock, .inTime, in: version) }
        case .recalculated: update(change.clock) { $0.take(after.clock) }
        case .flagged: if after.clock.status == .breached { update(change.clock) { $0.ground = .doubted } }
        case .reviewed:
            switch change.outcome {
            case .late: draft(after, of: stream, on: change.on, in: version)
            case .met:
                update(change.clock) { $0.take(after.clock) }
                lose(change.clock, .calendar, in: version)
            case nil: break
            }
        case .suspended, .resumed: break
        }
    }

    /// Takes in what somebody did with one of the entries.
    mutating func take(_ event: ViolationEvent, of stream: StreamID, on day: CivilDate, in version: Int) {
        guard let index = firstIndex(where: { $0.id == event.id(in: stream) }) else { return }
        self[index].apply(event, on: day, in: version)
    }

    /// Changes the entry of the present round of a clock, where it has one.
    private mutating func update(_ rule: String, _ change: (inout Violation) -> Void) {
        guard let index = lastIndex(where: { $0.rule == rule && $0.isCurrent }) else { return }
        change(&self[index])
    }

    /// The clock is late: its entry is drafted; one that is there already stands, or stands again.
    private mutating func draft(_ line: ClockLine, of stream: StreamID, on day: CivilDate, in version: Int) {
        let (rule, due) = (line.clock.rule, line.clock.due)
        if let index = lastIndex(where: { $0.rule == rule && $0.isCurrent && $0.ground != .gone }) {
            self[index].stand()
            self[index].endedOn = line.clock.endedOn
        } else if let index = lastIndex(where: { $0.rule == rule && $0.mark == due }) {
            self[index].revive(line.clock, on: day, in: version)
        } else {
            append(Violation(line, of: stream, on: day))
        }
    }

    /// The clock was not late after all.
    private mutating func lose(_ rule: String, _ loss: Violation.Loss, in version: Int) {
        update(rule) { $0.lose(loss, in: version) }
    }

    /// The clock begins anew: what it was late with before stays behind as it is.
    private mutating func leaveBehind(_ rule: String, at due: CivilDate, on day: CivilDate) {
        update(rule) { entry in
            entry.endedOn = entry.endedOn ?? day
            (entry.lapsedOn, entry.isCurrent) = (due, false)
        }
    }

    /// The case was entered by mistake: nobody had the duty, in no round.
    private mutating func annul(_ rule: String, in version: Int) {
        for index in indices where self[index].rule == rule { self[index].lose(.annulled, in: version) }
    }

    /// A doubt or a decision about a term that another body had before.
    private mutating func follow(_ change: ClockChange, lapse: CivilDate, in version: Int) {
        guard let index = lastIndex(where: { $0.rule == change.clock && $0.lapsedOn == lapse }) else { return }
        switch (change.kind, change.outcome) {
        case (.flagged, _): if self[index].ground == .stands { self[index].ground = .doubted }
        case (.reviewed, .met): self[index].lose(.calendar, in: version)
        case (.reviewed, .late): self[index].stand()
        default: return
        }
        if let due = change.due, change.kind == .reviewed {
            self[index].due = due
            if let proof = change.proof { self[index].proof = proof }
        }
    }
}

extension Violation {
    /// Takes over date, term and proof.
    fileprivate mutating func take(_ clock: Clock) {
        (dayZero, term, due, proof) = (clock.dayZero, clock.term, clock.due, clock.proof)
    }

    /// The doubt is gone, or there was none; what was decided counts again.
    fileprivate mutating func stand() { (ground, loss, lostIn, isClosed) = (.stands, nil, nil, false) }

    fileprivate mutating func lose(_ loss: Loss, in version: Int) {
        guard ground != .gone else { return }
        (ground, self.loss, lostIn, isCurrent) = (.gone, loss, version, false)
    }

    /// The same last day is exceeded once more. What was decided on other facts does not count any more; a correction after
    /// which it is as late as before leaves the decision as it is.
    fileprivate mutating func revive(_ clock: Clock, on day: CivilDate, in version: Int) {
        if lostIn != version { decision = nil }
        stand()
        take(clock)
        (noticedOn, endedOn, lapsedOn, isCurrent) = (day, clock.endedOn, nil, true)
    }
}
