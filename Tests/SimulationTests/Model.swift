/// A complaint as a simulation without the program keeps it: one term in working days.
struct ModelComplaint {
    /// Day zero.
    var zero: Int
    /// The term in working days, extensions included.
    var term = 5
    /// The last day.
    var due: Int
    var extendedBy = 0
    /// Whether midnight has found it late.
    var isNoted = false
    /// The day on which it ended; nil while it is open.
    var ended: Int?
    var isLate = false
    /// Whether the applicant took it back.
    var isWithdrawn = false
    /// How often it was handed on.
    var bodies = 0

    init(zero: Int, _ calendar: PlainCalendar) {
        self.zero = zero
        due = calendar.after(zero, 5)
    }

    /// Handed on: the term begins anew.
    mutating func begin(zero: Int, _ calendar: PlainCalendar) {
        (self.zero, term, extendedBy, isNoted) = (zero, 5, 0, false)
        due = calendar.after(zero, term)
        bodies += 1
    }

    /// Extended, where that is lawful.
    /// - Returns: whether it was.
    mutating func extend(by days: Int, on today: Int, _ calendar: PlainCalendar) -> Bool {
        guard ended == nil, today <= due, extendedBy + days <= 10 else { return false }
        extendedBy += days
        term += days
        due = calendar.after(zero, term)
        return true
    }

    mutating func end(on today: Int) {
        ended = today
        isLate = today > due
    }

    mutating func midnight(_ today: Int) {
        if ended == nil, due < today { isNoted = true }
    }

    /// Another calendar, of which only days to come are other.
    mutating func recount(_ calendar: PlainCalendar) {
        if ended == nil, !isNoted { due = calendar.after(zero, term) }
    }

    /// As a clock of the program would stand.
    var standing: String {
        if ended != nil { return isLate ? "breached" : isWithdrawn ? "cancelled" : "met" }
        return isNoted ? "breached" : "running"
    }
}

/// The invariants, by name; a seed that breaks one is told with it.
enum Invariant: String {
    case dueAsPlainCalendar = "every due date is that of the plain calendar"
    case breachOnceAndOnlyPast = "a term is found late after its last day, and only then"
    case lawfulOnly = "what the law does not allow is refused, and nothing of it stays"
    case replayed = "what is read back from the bytes is what was held in memory"
    case oneReportAPeriod =
        "each period that is over has one report, none is made before, and none late while the centre works"
    case nothingTwice = "the receiver holds each document once, however often it was sent"
    case nothingLost = "what was acknowledged is still there"
    case neverGivenUpEarly = "a delivery is given up only after its term and its attempts"
    case heldClockDoesNothing = "while the clock is in doubt nothing is sealed, found late or sent"
    case chainWhole = "the chain of events is whole"
    case tablesAsRebuilt = "the tables are what the events make them"
}

/// A broken invariant: the seed and step that break it, to be played again.
struct Broken: Error, CustomStringConvertible {
    let seed: UInt64
    let step: Int
    let invariant: Invariant
    let detail: String

    var description: String {
        "seed \(seed), step \(step): “\(invariant.rawValue)” is broken: \(detail). Again: BAILANYS_SIMULATION=\(seed) swift test --filter SimulationTests"
    }
}
