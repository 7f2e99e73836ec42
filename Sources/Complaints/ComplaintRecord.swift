import Casework
import GRDB
import Journal
import Rulebook
import WorkingDays

/// One row of the table `complaint`, and how events change it.
package struct ComplaintRecord: Hashable, Sendable {
    /// The number: `2026-000123`.
    package let id: String
    /// Its number on the forum.
    package internal(set) var forumNumber: String?
    /// What it is about.
    package internal(set) var kind: ComplaintKind
    /// The code of the service.
    package internal(set) var service: String?
    /// The code of the body that must answer.
    package internal(set) var body: String
    /// The kind of that body.
    package internal(set) var bodyKind: String
    /// Under which term it is reviewed.
    package internal(set) var reviewer: Reviewer
    /// The code of the region.
    package internal(set) var region: String?
    /// Where it was filed.
    package internal(set) var channel: String
    /// The language of the applicant.
    package internal(set) var language: String?
    /// The number of the applicant in the vault.
    package internal(set) var person: String?
    /// Name and contacts, sealed.
    package internal(set) var contacts: String?
    /// The text, sealed.
    package internal(set) var subject: String?
    /// When it was filed.
    package internal(set) var filedAt: Moment
    /// The local date of that.
    package internal(set) var filedOn: CivilDate
    /// The day from which its term runs.
    package internal(set) var registeredOn: CivilDate
    /// The last day of its term.
    package internal(set) var dueOn: CivilDate
    /// The local date on which it was answered or withdrawn; nil while it is open.
    package internal(set) var closedOn: CivilDate?
    /// Where it stands.
    package internal(set) var status: ComplaintStatus
    /// How the review ended.
    package internal(set) var outcome: ComplaintOutcome?
    /// Why it is none, where it was registered by mistake.
    package internal(set) var annulledAs: AnnulmentGround?
    /// The complaint of which it is a duplicate.
    package internal(set) var duplicateOf: String?
    /// The working days by which the running term was extended.
    package internal(set) var extendedBy: Int
    /// The number of the account of the officer who has it; nil: nobody.
    package internal(set) var assignee: Int64?
    /// The journal position of its last event.
    package internal(set) var position: Int64
    /// The terms that ran out with a body from which the complaint was taken afterwards, as long as they are not stored.
    var lapses: [Lapse] = []
    /// What a person decided on such terms after a change of the calendar, as long as it is not stored.
    var reviews: [LapseReview] = []

    /// The kind of the body that is complained about, at the registration; nil in a row that was read.
    var blamedKind: String?
    /// Who had it before, where what was just applied handed it on.
    var befores: [Before] = []

    /// A body that had the complaint, until it was handed on.
    struct Before: Hashable, Sendable {
        /// The code of the body.
        let body: String
        /// The kind of that body.
        let bodyKind: String
        /// The last day of its term.
        let dueOn: CivilDate
        /// The day on which it was handed on.
        let endedOn: CivilDate
    }

    /// A term that ran out with a body before the complaint was handed to another one: its violation stays its own.
    struct Lapse: Hashable, Sendable {
        /// The code of the body that was late.
        let body: String
        /// The kind of that body.
        let bodyKind: String
        /// The last day of its term.
        let dueOn: CivilDate
    }

    /// What a person decided on such a term.
    struct LapseReview: Hashable, Sendable {
        /// The last day that it had.
        let was: CivilDate
        /// The last day that it has.
        let dueOn: CivilDate
        /// Whether it had run out.
        let isLate: Bool
    }

    /// The row that a registration makes; nil where the event is none.
    init?(_ event: RecordedEvent, _ read: CaseEvent, zone: CivilZone) {
        guard case .complaintRegistered(let registered)? = read.content as? ComplaintEvent else { return nil }
        id = event.stream.id
        forumNumber = registered.forumNumber
        kind = registered.kind
        service = registered.service
        body = registered.body
        bodyKind = registered.bodyKind
        reviewer = registered.reviewer
        region = registered.region
        channel = registered.channel
        language = registered.language
        person = registered.person
        contacts = registered.contacts
        subject = registered.subject
        filedAt = event.occurredAt
        filedOn = zone.civilDate(of: event.occurredAt)
        registeredOn = registered.registeredOn
        dueOn = registered.registeredOn
        status = .open
        extendedBy = 0
        position = event.position
        blamedKind = registered.namedKind ?? registered.bodyKind
        take(read.changes)
    }

    /// The same complaint for a reader who knows nothing of what happened after a day: closed later, it is open.
    package func asKnown(on day: CivilDate) -> ComplaintRecord {
        guard let closedOn, closedOn > day else { return self }
        var record = self
        (record.closedOn, record.status, record.outcome) = (nil, .open, nil)
        return record
    }

    /// Takes in a later event of the same complaint.
    mutating func apply(_ event: RecordedEvent, _ read: CaseEvent, zone: CivilZone) {
        position = event.position
        if let content = read.content as? ComplaintEvent {
            switch content {
            case .complaintTransferred(let transferred):
                if zone.civilDate(of: event.occurredAt) > dueOn {
                    lapses.append(Lapse(body: body, bodyKind: bodyKind, dueOn: dueOn))
                }
                befores.append(
                    Before(
                        body: body, bodyKind: bodyKind, dueOn: dueOn, endedOn: zone.civilDate(of: event.occurredAt)))
                (body, bodyKind, reviewer) = (transferred.body, transferred.bodyKind, transferred.reviewer)
                extendedBy = 0
            case .complaintExtended(let event): extendedBy += event.days
            case .complaintAnswered(let answer):
                status = .answered
                outcome = answer.outcome
                closedOn = zone.civilDate(of: event.occurredAt)
            case .complaintWithdrawn:
                status = .withdrawn
                closedOn = zone.civilDate(of: event.occurredAt)
            case .complaintClassified(let event): kind = event.kind
            case .complaintCorrected(let event):
                if let registration = event.registration {
                    filedAt = event.moment
                    filedOn = zone.civilDate(of: event.moment)
                    registeredOn = registration.on
                } else {
                    closedOn = zone.civilDate(of: event.moment)
                }
            case .complaintAnnulled(let annulled):
                status = .annulled
                (annulledAs, duplicateOf) = (annulled.ground, annulled.duplicateOf)
                closedOn = zone.civilDate(of: event.occurredAt)
            case .complaintRegistered, .applicantTold, .complaintNoted, .complaintRevealed, .complaintReceived,
                .complaintReturnProposed, .complaintReturnDeclined, .applicantAsked, .applicantAdded, .answerRated,
                .complaintContinued, .unlawfulStepFound:
                break
            case .complaintAssigned(let event): assignee = event.to
            }
        }
        take(read.changes)
    }

    /// The clocks of the review itself begin with `review-`; docs/rulebooks.md lists them. Only that of the present reviewer
    /// gives the last day; what is decided on the breach of a former one decides on its violation.
    private mutating func take(_ changes: [ClockChange]) {
        let present = reviewer.clock
        for change in changes where change.clock.hasPrefix("review-") {
            guard change.clock == present, change.lapse == nil else {
                if change.kind == .reviewed, let was = change.was, let due = change.due {
                    reviews.append(LapseReview(was: was, dueOn: due, isLate: change.outcome == .late))
                }
                continue
            }
            switch change.kind {
            case .started, .restarted, .extended, .resumed, .recalculated, .reviewed: dueOn = change.due ?? dueOn
            case .stopped, .suspended, .cancelled, .breached, .flagged: break
            }
        }
    }
}

extension ComplaintRecord {
    static let columns = """
        id, forumNumber, kind, service, body, bodyKind, reviewer, region, channel, language, person, contacts, subject, \
        filedAt, filedOn, registeredOn, dueOn, closedOn, status, outcome, extendedBy, position, annulledAs, duplicateOf, \
        assignee
        """

    /// A row that was selected with `columns`.
    init(_ row: Row) throws {
        func date(_ index: Int) throws -> CivilDate {
            let text: String = row[index]
            guard let date = CivilDate(text) else {
                throw DatabaseError(
                    resultCode: .SQLITE_CORRUPT, message: "“\(text)” in the table complaint is no date")
            }
            return date
        }
        id = row[0]
        forumNumber = row[1]
        kind = try row.named(2)
        service = row[3]
        body = row[4]
        bodyKind = row[5]
        reviewer = try row.named(6)
        region = row[7]
        channel = row[8]
        language = row[9]
        person = row[10]
        contacts = row[11]
        subject = row[12]
        filedAt = Moment(millisecondsSince1970: row[13])
        filedOn = try date(14)
        registeredOn = try date(15)
        dueOn = try date(16)
        closedOn = CivilDate((row[17] as String?) ?? "")
        status = try row.named(18)
        outcome = try row.namedOrNil(19)
        extendedBy = row[20]
        position = row[21]
        annulledAs = try row.namedOrNil(22)
        duplicateOf = row[23]
        assignee = row[24]
    }
}
