import WorkingDays

/// From recorded changes to the state: the only way in which clocks are changed, in memory and in every table of them.
extension CaseClocks {
    /// Applies changes in their order.
    package mutating func apply(_ changes: some Sequence<ClockChange>) {
        for change in changes { apply(change) }
    }

    /// Applies one change; one that names a clock that never started, and is not a start, changes nothing.
    package mutating func apply(_ change: ClockChange) {
        if let index = clocks.firstIndex(where: { $0.rule == change.clock }) {
            clocks[index].apply(change)
        } else if let clock = Clock(startedBy: change) {
            clocks.append(clock)
        }
    }
}

extension Clock {
    /// The clock that a change starts; nil for a change that starts none.
    package init?(startedBy change: ClockChange) {
        guard change.kind == .started || change.kind == .restarted, let owner = change.owner, let force = change.force,
            let zero = change.zero, let term = change.term, let due = change.due
        else { return nil }
        self.init(
            rule: change.clock, owner: owner, force: force, event: change.event ?? "", startedAt: change.at,
            dayZero: zero, term: term, due: due, target: change.target, proof: change.proof ?? "",
            isProvisional: change.isProvisional, status: term.isWaiting ? .waiting : .running)
    }

    /// Begins anew, with what came before in its history.
    private mutating func start(_ change: ClockChange) {
        guard var clock = Clock(startedBy: change) else { return }
        clock.round = round + 1
        clock.moves = moves
        clock.lapses = lapses + [lapse(by: change)].compactMap(\.self)
        if change.kind == .restarted {
            clock.moves.append(Move(by: .restarted, at: change.at, from: due, to: clock.due))
        }
        self = clock
    }

    /// Applies a change: what it means for where the clock stands, its date and its history.
    package mutating func apply(_ change: ClockChange) {
        if let lapse = change.lapse { return apply(change, toLapse: lapse) }
        switch change.kind {
        case .started, .restarted: start(change)
        case .stopped:
            status = change.outcome == .late ? .breached : .met
            endedOn = change.on
            suspendedOn = nil
            left = nil
        case .extended:
            extendedBy += change.days ?? 0
            if change.outcome == .met { status = .running }
            move(change)
        case .suspended:
            status = .suspended
            suspendedOn = change.on
            left = change.left
        case .resumed:
            status = .running
            suspendedOn = nil
            left = nil
            move(change)
        case .cancelled:
            // A breach that was recorded stays one, unless what cancels it had happened in time.
            switch change.outcome {
            case _ where change.isAnnulment: (status, isFlagged, lapses) = (.cancelled, false, [])
            case .late: status = .breached
            case .met: status = .cancelled
            case nil: if status != .breached { status = .cancelled }
            }
            endedOn = change.on
            suspendedOn = nil
            left = nil
        case .breached:
            status = .breached
        case .recalculated:
            move(change)
        case .flagged:
            isFlagged = true
        case .reviewed:
            isFlagged = false
            move(change)
            if change.outcome == .met, status == .breached { status = isOpen ? .running : .met }
            if change.outcome == .late, status == .met || status == .running { status = .breached }
        }
    }

    /// Takes over the new date, its derivation, and remembers the old one when it differs.
    private mutating func move(_ change: ClockChange) {
        if let zero = change.zero { dayZero = zero }
        if let term = change.term { self.term = term }
        if let proof = change.proof { self.proof = proof }
        if let left = change.left, suspendedOn != nil { self.left = left }
        guard let due = change.due else { return }
        if due != self.due { moves.append(Move(by: change.kind, at: change.at, from: self.due, to: due)) }
        self.due = due
        target = change.target
        isProvisional = change.isProvisional
    }
}
