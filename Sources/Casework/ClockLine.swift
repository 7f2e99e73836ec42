import GRDB
import Journal
import Rulebook
import WorkingDays

/// One row of the table `clock`: a clock, and what the board alone remembers of it.
///
/// What a change means for the clock itself, `Clock.apply` says, here as everywhere.
struct ClockLine {
    private(set) var clock: Clock
    /// The body whose duty it is, where the case names one.
    private(set) var body: String?
    /// The service that it is about, where the case names one.
    private(set) var service: String?
    /// The date it had first.
    private var firstDue: CivilDate
    /// The first day on which its term was noted as exceeded.
    private var breachedOn: CivilDate?
    /// The breach of the rounds before this one.
    private var earlierBreach: CivilDate?
    /// The days on which former terms depend that had run out when another body got the duty.
    private var lapsedFrom: CivilDate?
    private var lapsedThrough: CivilDate?
    /// The last days of those in doubt, a blank after each.
    private var flaggedLapses = ""

    /// The row of a clock that starts; nil where the change starts none.
    init?(startedBy change: ClockChange, facts: [String: String]) {
        guard let clock = Clock(startedBy: change) else { return nil }
        self.clock = clock
        (body, service, firstDue) = (facts["body"], facts["service"], clock.due)
        judge(change)
        if change.forgetsBreach { breachedOn = nil }
        earlierBreach = breachedOn
    }

    /// Takes in a change and the facts of its event.
    mutating func apply(_ change: ClockChange, facts: [String: String]) {
        if let lapse = change.lapse {
            flaggedLapses.replace("\(lapse) ", with: "")
            if change.kind == .flagged { flaggedLapses += "\(lapse) " }
            return
        }
        switch change.kind {
        case .started, .restarted:
            if let lapse = clock.lapse(by: change) { leaveBehind(lapse) }
            judge(change)
            (body, service) = (facts["body"] ?? body, facts["service"] ?? service)
            firstDue = change.due ?? firstDue
            if change.forgetsBreach { breachedOn = nil }
            earlierBreach = breachedOn
        case .stopped, .extended, .reviewed: judge(change)
        case .cancelled where change.isAnnulment:
            (breachedOn, earlierBreach, lapsedFrom, lapsedThrough, flaggedLapses) = (nil, nil, nil, nil, "")
        case .cancelled: judge(change)
        case .breached: breachedOn = breachedOn ?? change.on
        case .suspended, .resumed, .recalculated, .flagged: break
        }
        clock.apply(change)
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
    private mutating func leaveBehind(_ lapse: Clock.Lapse) {
        lapsedFrom = min(lapsedFrom ?? lapse.dayZero, lapse.dayZero)
        lapsedThrough = max(lapsedThrough ?? lapse.endedOn, lapse.endedOn)
        if lapse.isFlagged { flaggedLapses += "\(lapse.lapsedOn) " }
    }
}

extension ClockLine {
    /// The row of a clock of a case; nil where it never started.
    static func fetch(_ rule: String, of stream: StreamID, in db: Database) throws -> ClockLine? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM clock WHERE stream = ? AND rule = ?")
        return try Row.fetchOne(statement, arguments: [stream.rawValue, rule]).map { try ClockLine($0) }
    }

    private init(_ row: Row) throws {
        clock = Clock(
            rule: row["rule"], owner: try row.value("owner"), force: try row.value("force"),
            startedAt: Moment(millisecondsSince1970: row["startedAt"]), dayZero: try row.date("dayZero"),
            term: try row.term("term"), due: try row.date("due"), target: try row.optionalDate("target"),
            proof: row["proof"], isProvisional: row["isProvisional"], status: try row.value("status"),
            endedOn: try row.optionalDate("endedOn"), extendedBy: row["extendedBy"], isFlagged: row["isFlagged"])
        (body, service) = (row["body"], row["service"])
        firstDue = try row.date("firstDue")
        breachedOn = try row.optionalDate("breachedOn")
        earlierBreach = try row.optionalDate("earlierBreach")
        lapsedFrom = try row.optionalDate("lapsedFrom")
        lapsedThrough = try row.optionalDate("lapsedThrough")
        flaggedLapses = row["flaggedLapses"]
    }

    private static let replacement = """
        REPLACE INTO clock (stream, rule, owner, force, body, service, dayZero, term, firstDue, due, target, proof,
          isProvisional, status, startedAt, endedOn, breachedOn, extendedBy, isFlagged, earlierBreach, lapsedFrom,
          lapsedThrough, flaggedLapses)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    /// Puts the row into the table, in the place of an earlier one.
    func save(of stream: StreamID, in db: Database) throws {
        try db.insertRow(Self.replacement) { row in
            row.bind(stream.rawValue)
            row.bind(clock.rule)
            row.bind(clock.owner.rawValue)
            row.bind(clock.force.rawValue)
            row.bind(body)
            row.bind(service)
            row.bind(clock.dayZero.description)
            row.bind(clock.term.description)
            row.bind(firstDue.description)
            row.bind(clock.due.description)
            row.bind(clock.target?.description)
            row.bind(clock.proof)
            row.bind(clock.isProvisional)
            row.bind(clock.status.rawValue)
            row.bind(clock.startedAt.millisecondsSince1970)
            row.bind(clock.endedOn?.description)
            row.bind(breachedOn?.description)
            row.bind(clock.extendedBy)
            row.bind(clock.isFlagged)
            row.bind(earlierBreach?.description)
            row.bind(lapsedFrom?.description)
            row.bind(lapsedThrough?.description)
            row.bind(flaggedLapses)
        }
    }
}

extension ClockChange {
    /// Whether a clock that begins anew forgets an earlier breach: where the breach came of a mistake of ours, a wrong
    /// address or a wrong entry, and where another body has the duty from now on, to which it must not be charged.
    /// Information that came late and was returned stays late.
    fileprivate var forgetsBreach: Bool { ["wrong-address", "entry-corrected", "transferred"].contains(reason) }
}
