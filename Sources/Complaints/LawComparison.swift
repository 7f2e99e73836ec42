import Casework
import GRDB
import Journal
import Rulebook
import WorkingDays

/// A complaint as it would stand under an edition of the rules.
package struct ComplaintUnderLaw: Hashable, Sendable {
    /// How its review would stand.
    package enum Standing: String, Hashable, Sendable {
        /// It would wait for an answer.
        case open
        /// The term would have run out.
        case late
        /// It would have been answered in the term.
        case met
        /// It would have been withdrawn or annulled.
        case cancelled
        /// No clock would run: the edition knows no term, or does not cover the day.
        case none
    }

    /// The edition: `ssl-appc@2021-07-01`.
    package let edition: String
    /// The day of registration by its rule.
    package let registeredOn: CivilDate?
    /// The clock of the review: `review-by-body`.
    package let clock: String?
    /// The last day of the review.
    package let due: CivilDate?
    /// How the review would stand.
    package let standing: Standing
    /// What the edition would have refused, by event and reason.
    package let refused: [String]
    /// Clocks whose term is not known: nothing is counted by them.
    package let unknown: [String]

    /// A complaint under an edition, from what happened to it. Pure.
    package init(
        _ events: [ClockEvent], under edition: RulebookEdition, calendar: WorkingCalendar, zone: CivilZone,
        asOf today: CivilDate, at now: Moment
    ) {
        self.edition = edition.id
        guard let procedure = edition.procedure("complaint-review"), let filing = events.first,
            zone.civilDate(of: filing.at) >= edition.from
        else {
            (registeredOn, clock, due, standing, refused, unknown) = (nil, nil, nil, .none, [], [])
            return
        }
        // Each edition has its own rule of registration; the day that was recorded stands where it has none, and where the
        // calendar of its year is missing: no other day can be told then.
        let registered =
            (try? edition.registration?.registrationDate(filedAt: filing.at, calendar: calendar, zone: zone))
            ?? filing.date ?? zone.civilDate(of: filing.at)
        let happened = events.enumerated().map { index, event in
            index == 0
                ? ClockEvent(
                    event.name, at: event.at, facts: event.facts, date: registered, bodyZone: event.bodyZone) : event
        }
        let replayed = procedure.replay(happened, calendar: calendar, zone: zone, asOf: today, at: now)
        let reviews = replayed.clocks.clocks.filter { $0.owner == .reviewer && $0.rule.hasPrefix("review-by-") }
        // The review that goes on, or that ended last.
        let review = reviews.first(where: \.isOpen) ?? reviews.max { ($0.endedOn ?? $0.due) < ($1.endedOn ?? $1.due) }
        registeredOn = registered
        clock = review?.rule
        due = review?.due
        standing =
            switch review?.status {
            case .running, .suspended, .waiting: .open
            case .breached: .late
            case .met: .met
            case .cancelled: .cancelled
            case nil: .none
            }
        refused = replayed.refused.map { "\($0.event.name): \($0.error)" }
        unknown = replayed.unknown
    }

    /// Whether dates, standing or what is allowed differ from another edition.
    package func differs(from other: ComplaintUnderLaw) -> Bool {
        due != other.due || registeredOn != other.registeredOn || standing != other.standing || refused != other.refused
            || clock != other.clock || unknown != other.unknown
    }
}

/// One complaint under two editions of the rules, and who would answer by an edition of the routing table.
package struct ComparedComplaint: Sendable {
    /// The number.
    package let number: String
    /// The body that has it.
    package let body: String
    /// Under the one edition.
    package let left: ComplaintUnderLaw
    /// Under the other.
    package let right: ComplaintUnderLaw
    /// Who would have had to answer first by the other table; nil where none was asked.
    package let answer: RoutingAnswer?
    /// Who had to answer first, as it was recorded.
    package let first: BodyAddress

    /// Whether anything differs.
    package var differs: Bool { right.differs(from: left) || movesToAnother }
    /// Whether the other table leads to another body.
    package var movesToAnother: Bool { answer.map { $0.body != first.code } ?? false }
}

extension ComplaintDesk {
    /// Complaints under two editions of the rules, and by an edition of the routing table; nothing is recorded.
    ///
    /// What a change of the setting would mean for cases like those of the centre is seen here before a person adopts it. The cases
    /// themselves keep their editions.
    /// - Parameters:
    ///   - number: one complaint; nil: all that wait for an answer.
    ///   - table: the edition of the routing table to ask; nil: none.
    ///   - limit: how many at most.
    /// - Throws: `DatabaseError`; `CaseworkError.noCalendar`, `.unreadable`.
    package func compare(
        _ left: RulebookEdition, _ right: RulebookEdition, table: RoutingTable? = nil, number: String? = nil,
        limit: Int = .max, at now: Moment
    ) async throws -> [ComparedComplaint] {
        try await casework.journal.read { [self] db in
            let calendar = try casework.calendars.calendar(in: db)
            let numbers =
                try number.map { [$0] }
                ?? String.fetchAll(
                    db, sql: "SELECT id FROM complaint WHERE closedOn IS NULL ORDER BY id LIMIT ?",
                    arguments: [Int64(min(limit, 1_000_000))])
            let known = try table.map { _ in try facts(db) }
            return try numbers.compactMap { number in
                let stream = StreamID(kind: Complaint.streamKind, id: number)
                let events = try casework.clockEvents(of: stream, in: db)
                guard let record = try ComplaintRecord.fetch(id: number, in: db),
                    let registered = try registered(stream, in: db)
                else { return nil }
                func under(_ edition: RulebookEdition) -> ComplaintUnderLaw {
                    ComplaintUnderLaw(
                        events, under: edition, calendar: calendar, zone: casework.zone, asOf: casework.today(now),
                        at: now)
                }
                // What an applicant took to the Agency himself was routed by no table; what the other table does not decide
                // has no answer there to compare.
                let answer =
                    registered.continues != nil
                    ? nil
                    : table.flatMap { table in
                        known.flatMap { try? table.route(question(of: registered, record), by: $0) }
                    }
                return ComparedComplaint(
                    number: number, body: record.body, left: under(left), right: under(right), answer: answer,
                    first: BodyAddress(code: registered.body, unit: registered.unit))
            }
        }
    }

    private func registered(_ stream: StreamID, in db: Database) throws -> ComplaintRegistered? {
        for recorded in try SQLiteEventStore(db: db).events(of: stream).prefix(1) {
            if case .complaintRegistered(let event)? = try casework.catalogue.read(recorded).content as? ComplaintEvent
            {
                return event
            }
        }
        return nil
    }

    /// What a table is asked of a complaint that was registered before.
    private func question(of event: ComplaintRegistered, _ record: ComplaintRecord) -> RoutingQuestion {
        // Before the place was recorded only the rule told it.
        let places = routing.edition(event.routing)?.rule(event.rule)?.conditions["place"] ?? []
        return RoutingQuestion(
            kind: record.kind, service: event.service, region: event.region,
            place: event.place ?? (places.count == 1 ? places.first : nil),
            named: event.named.map { BodyAddress(code: $0, unit: event.namedUnit).description }, on: record.filedOn)
    }
}

extension ComplaintDesk {
    /// Two editions with the review of complaints: the one under which new ones begin, and the newest other one, unless named.
    /// - Throws: `Refusal` `unknownEdition` where there is no such edition, or no other one.
    package func editions(
        _ left: String?, _ right: String?, at now: Moment
    ) throws -> (left: RulebookEdition, right: RulebookEdition) {
        let all = casework.rulebooks.editions(of: "complaint-review")
        func refusal() -> Refusal {
            ComplaintRefusal.unknownEdition(
                "There is no such edition of the rules of complaints: choose one of \(all.map(\.id).joined(separator: ", ")).",
                field: "edition")
        }
        let current = casework.rulebooks.procedure("complaint-review", on: casework.today(now))?.edition
        guard let first = all.first(where: { $0.id == left ?? current ?? "" }) else { throw refusal() }
        let other = right.map { id in all.first { $0.id == id } } ?? all.last { $0.id != first.id }
        guard let other else { throw refusal() }
        return (first, other)
    }
}
