import Journal
import Rulebook
import WorkingDays

/// An entry of the ledger of violations: a term of law that was exceeded, and what a person decided on it.
///
/// The program drafts it from what the clocks recorded: the same change by which a clock is found to be late. One entry stands
/// for one last day of one clock of one case. Where the same last day is exceeded once more (a calendar that was put back, a
/// correction of a correction) it is the same entry, drafted anew; another last day (the term began anew, or moved) is another.
package struct Violation: Hashable, Sendable {
    /// Where an entry stands, as a list tells it.
    package enum State: String, CaseIterable, Hashable, Sendable, Codable {
        /// It waits for a person: is it a violation, or is there an excuse?
        case drafted
        /// A person found that it is a violation.
        case confirmed
        /// A person found that there was a ground.
        case excused
        /// Its ground is in doubt or gone, by a change of the calendar or a correction: a person confirms the closing.
        case reopened
        /// Its ground is gone for good; nothing is asked of anybody.
        case closed
    }

    /// Whether the term is exceeded by what is known today.
    package enum Ground: String, CaseIterable, Hashable, Sendable, Codable {
        /// It is.
        case stands
        /// A change of the calendar put that in doubt, and nobody has decided yet.
        case doubted
        /// It is not.
        case gone
    }

    /// Why the ground of an entry is gone.
    package enum Loss: String, CaseIterable, Hashable, Sendable, Codable {
        /// It was done in time after all, and entered later.
        case inTime = "in-time"
        /// A change of the calendar, borne out by a person's review of the clock.
        case calendar
        /// What had been entered was wrong, and was put right.
        case corrected
        /// The case was entered by mistake.
        case annulled
    }

    /// What a person decided.
    package struct Decision: Hashable, Sendable {
        /// Whether there was a ground that excuses; otherwise it is a violation.
        package let isExcuse: Bool
        /// The code of the ground; nil where the words alone say why.
        package let ground: String?
        /// When.
        package let decidedOn: CivilDate
        /// Which event of the case says so, by its place in the case.
        package let entry: Int
    }

    /// The case.
    package let stream: StreamID
    /// The rule of the clock.
    package let rule: String
    /// The last day that was exceeded when the entry was drafted; with case and rule it tells entries apart for ever.
    package let mark: CivilDate
    /// Whose duty it was.
    package let owner: ClockOwner
    /// The body whose duty it was; nil where it was the centre's own.
    package let body: String?
    /// The service that the case is about, where it names one.
    package let service: String?
    /// Day zero of the term.
    package internal(set) var dayZero: CivilDate
    /// The term.
    package internal(set) var term: Term
    /// The last day by what is known today.
    package internal(set) var due: CivilDate
    /// The compact proof of the last day.
    package internal(set) var proof: String
    /// The day on which it was noted that the last day had passed.
    package internal(set) var noticedOn: CivilDate
    /// When the duty was done, or came to another; nil while it is open.
    package internal(set) var endedOn: CivilDate?
    /// The last day that the clock had when it began anew and left this entry behind.
    package internal(set) var lapsedOn: CivilDate?
    /// Whether the clock still runs, or ended, in the round that this entry is about.
    package internal(set) var isCurrent = true
    /// Whether the term is exceeded by what is known today.
    package internal(set) var ground = Ground.stands
    /// Why it is not; nil while it is.
    package internal(set) var loss: Loss?
    /// The event by which the ground was lost, by its place in the case.
    package internal(set) var lostIn: Int?
    /// What a person decided; it is struck while the ground is in doubt or gone.
    package internal(set) var decision: Decision?
    /// Whether a person confirmed that nothing is left of it.
    package internal(set) var isClosed = false
    /// The day on which the body was told, the last time.
    package internal(set) var toldOn: CivilDate?
    /// The last day on which the body may reply in time.
    package internal(set) var replyBy: CivilDate?
    /// The day of the body's reply, the last one.
    package internal(set) var repliedOn: CivilDate?
    /// Whether that reply came after its last day; it is kept all the same.
    package internal(set) var isReplyLate = false

    /// An entry of a clock that is late.
    init(_ line: ClockLine, of stream: StreamID, on day: CivilDate) {
        let clock = line.clock
        self.stream = stream
        (rule, mark, owner) = (clock.rule, clock.due, clock.owner)
        // A case of the centre's own duty may name a body all the same.
        body = clock.owner == .ucc ? nil : line.body
        service = line.service
        (dayZero, term, due, proof) = (clock.dayZero, clock.term, clock.due, clock.proof)
        noticedOn = day
        endedOn = clock.endedOn
    }

    /// Where it stands.
    package var state: State {
        switch ground {
        case .stands: decision.map { $0.isExcuse ? .excused : .confirmed } ?? .drafted
        case .doubted: .reopened
        // Of what nobody had decided nothing is left to be confirmed.
        case .gone: decision == nil || isClosed ? .closed : .reopened
        }
    }

    /// Whether what was decided does not count for now.
    package var isStruck: Bool { decision != nil && ground != .stands }

    /// The first day past the last one: the month in which it counts, as in the monthly report (797 §18.3).
    package var violatedOn: CivilDate { due.adding(days: 1) }

    /// By how many working days it is late: after the last day, through the day on which it was done or `today`.
    /// - Throws: `CalendarError.missingYear` where the calendar does not reach so far.
    package func daysLate(_ calendar: WorkingCalendar, asOf today: CivilDate) throws(CalendarError) -> Int {
        let end = endedOn ?? today
        return end > due ? try calendar.workingDays(after: due, through: end) : 0
    }
}

extension Violation {
    /// What names an entry, in addresses and commands: `complaint~2026-000012~review-by-body~2026-09-14`.
    package struct ID: Hashable, Sendable, CustomStringConvertible {
        /// The case.
        package let stream: StreamID
        /// The rule of the clock.
        package let rule: String
        /// The last day by which the entry was drafted.
        package let mark: CivilDate

        /// A name from its parts.
        package init(stream: StreamID, rule: String, mark: CivilDate) {
            (self.stream, self.rule, self.mark) = (stream, rule, mark)
        }

        /// Reads a name; nil for everything else.
        package init?(_ text: String) {
            let parts = text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4, !parts.contains(""), let mark = CivilDate(parts[3]) else { return nil }
            self.init(stream: StreamID(kind: parts[0], id: parts[1]), rule: parts[2], mark: mark)
        }

        package var description: String { "\(stream.kind)~\(stream.id)~\(rule)~\(mark)" }
    }

    /// Its name.
    package var id: ID { ID(stream: stream, rule: rule, mark: mark) }
}
