import Journal
import Rulebook
import WorkingDays

/// One row of the table `clock` while the events of a new case are taken in at once.
///
/// It follows the same rules as the statements of `ClockBoard`; a test rebuilds the board event by event and compares.
struct ClockLine {
    let rule: String
    var owner: ClockOwner?
    var force: ClockForce?
    var body: String?
    var service: String?
    var dayZero: CivilDate?
    var term: Term?
    var firstDue: CivilDate?
    var due: CivilDate?
    var target: CivilDate?
    var proof: String?
    var isProvisional = false
    var status = Clock.Status.running
    var startedAt = Moment(millisecondsSince1970: 0)
    var endedOn: CivilDate?
    var breachedOn: CivilDate?
    /// The breach of the rounds before this one.
    var earlierBreach: CivilDate?
    /// The days on which former terms depend that had run out when another body got the duty.
    var lapsedFrom: CivilDate?
    var lapsedThrough: CivilDate?
    /// The last days of those in doubt, a blank after each.
    var flaggedLapses = ""
    var extendedBy = 0
    var isFlagged = false

    /// The row of a clock that starts.
    init(_ change: ClockChange, facts: [String: String]) {
        rule = change.clock
        start(change, facts: facts)
    }

    mutating func apply(_ change: ClockChange, facts: [String: String]) {
        if let lapse = change.lapse {
            flaggedLapses.replace("\(lapse) ", with: "")
            if change.kind == .flagged { flaggedLapses += "\(lapse) " }
            return
        }
        switch change.kind {
        case .started, .restarted: start(change, facts: facts)
        case .stopped:
            judge(change)
            status = change.outcome == .late ? .breached : .met
            endedOn = change.on
        case .extended:
            judge(change)
            if change.outcome == .met { status = .running }
            (due, dayZero, term, target) = (change.due, change.zero, change.term, change.target)
            (proof, isProvisional) = (change.proof, change.isProvisional)
            extendedBy += change.days ?? 0
        case .suspended: status = .suspended
        case .resumed:
            status = .running
            (due, dayZero, term, target) = (change.due, change.zero, change.term, change.target)
            (proof, isProvisional) = (change.proof, change.isProvisional)
        case .cancelled where change.isAnnulment:
            (status, endedOn, breachedOn, earlierBreach) = (.cancelled, change.on, nil, nil)
            (isFlagged, lapsedFrom, lapsedThrough, flaggedLapses) = (false, nil, nil, "")
        case .cancelled:
            judge(change)
            switch change.outcome {
            case .late: status = .breached
            case .met: status = .cancelled
            case nil: if status != .breached { status = .cancelled }
            }
            endedOn = change.on
        case .breached:
            status = .breached
            breachedOn = breachedOn ?? change.on
        case .recalculated:
            (due, target, proof, isProvisional) = (change.due, change.target, change.proof, change.isProvisional)
        case .flagged: isFlagged = true
        case .reviewed:
            isFlagged = false
            judge(change)
            if change.due != nil {
                (due, target, proof, isProvisional) = (change.due, change.target, change.proof, change.isProvisional)
            }
            if change.outcome == .met, status == .breached { status = endedOn == nil ? .running : .met }
            if change.outcome == .late, status == .met || status == .running { status = .breached }
        }
    }

    /// A term that was exceeded is noted with its first day; one that was not loses the note of this round alone.
    private mutating func judge(_ change: ClockChange) {
        switch change.outcome {
        case .late: breachedOn = min(breachedOn ?? change.on, change.on)
        case .met: breachedOn = earlierBreach
        case nil: break
        }
    }

    /// A term that had run out before another body got the duty is left behind.
    private mutating func lapse(_ change: ClockChange) {
        guard change.kind == .restarted, change.reason == ClockChange.handedOn, let dayZero, let due,
            change.outcome == .late || (status == .breached && endedOn != nil)
        else { return }
        let ended = endedOn ?? change.on
        lapsedFrom = min(lapsedFrom ?? dayZero, dayZero)
        lapsedThrough = max(lapsedThrough ?? ended, ended)
        if isFlagged { flaggedLapses += "\(due) " }
    }

    private mutating func start(_ change: ClockChange, facts: [String: String]) {
        lapse(change)
        judge(change)
        (owner, force) = (change.owner, change.force)
        body = facts["body"] ?? body
        service = facts["service"] ?? service
        (dayZero, term, firstDue, due) = (change.zero, change.term, change.due, change.due)
        (target, proof, isProvisional) = (change.target, change.proof, change.isProvisional)
        status = change.term?.isWaiting == true ? .waiting : .running
        startedAt = change.at
        endedOn = nil
        if change.forgetsBreach { breachedOn = nil }
        earlierBreach = breachedOn
        extendedBy = 0
        isFlagged = false
    }
}
