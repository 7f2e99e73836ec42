import Complaints
import Foundation
import Journal
import Reporting
import Rulebook
import TestSupport
import WorkingDays

@testable import Casework
@testable import ContactCentre
@testable import Delivery

/// Years of a contact centre without a disk: the program's own decisions, clocks, timetable, retries and judgement of time, fed by
/// dice, and held to a model after each step.
///
/// What the disk would hold is kept as the bytes that would be written; a restart forgets everything else.
final class PureLife {
    let seed: UInt64
    var dice: SeededGenerator
    var step = 0
    /// The true time in milliseconds.
    var now = PlainCalendar.start
    var plain: PlainCalendar
    var calendar: WorkingCalendar
    let rulebooks: RulebookSet
    let registration: RegistrationRule
    let catalogue = EventCatalogue([ComplaintEvent.self, ReportEvent.self])
    let actor = Actor("simulation")

    /// What the disk would hold.
    var disk: [StreamID: [RecordedEvent]] = [:]
    var position: Int64 = 0
    /// What the memory holds.
    var complaints: [String: LoadedCase<Complaint>] = [:]
    var reports: [String: LoadedCase<MonthlyReport>] = [:]
    /// What the model says.
    var model: [String: ModelComplaint] = [:]
    /// Its clock, its outbox and the receiver.
    let office: Office
    /// The first month whose report has not been looked for yet.
    var unreported = (year: 2024, month: 4)
    /// What has happened at least once.
    var done: Set<String> = []

    static let schedules = ScheduleFolder(path: Repository.path + "/schedules")
    static let law = Result {
        (calendar: try schedules.calendar(), books: try schedules.rulebooks(knownEvents: KnownEvents.all))
    }

    init(seed: UInt64) throws {
        self.seed = seed
        var dice = SeededGenerator(seed: seed)
        var plain = PlainCalendar()
        let law = try Self.law.get()
        rulebooks = law.books
        registration = try unwrap(
            law.books.edition(book: "complaint-review", on: try unwrap(CivilDate("2024-04-01")))?.registration)
        // A calendar of its own: the week, and days off and days made up for as the dice have it.
        var exceptions: [CalendarException] = []
        for day in PlainCalendar.number(2024, 1, 1)...PlainCalendar.number(2027, 12, 31) where dice.below(24) == 0 {
            let isWorked = plain.isWorked(day)
            plain.set(day, isWorked: !isWorked)
            exceptions.append(try Self.exception(day, isWorked ? .holiday : .workingDay))
        }
        calendar = try WorkingCalendar(exceptions: exceptions, years: 2024...2027)
        (self.dice, self.plain) = (dice, plain)
        office = Office(now: PlainCalendar.start)
    }

    static func exception(_ day: Int, _ kind: CalendarException.Kind) throws -> CalendarException {
        let date = try unwrap(CivilDate(PlainCalendar.text(day)))
        return CalendarException(
            date: date, kind: kind, nameKK: "Күн", nameRU: "День", basisKK: "Қаулы", basisRU: "Указ", knownSince: date)
    }

    var moment: Moment { Moment(millisecondsSince1970: now) }
    var today: Int { PlainCalendar.local(now).day }

    func hold(_ condition: Bool, _ invariant: Invariant, _ detail: @autoclosure () -> String = "") throws {
        guard condition else { throw Broken(seed: seed, step: step, invariant: invariant, detail: detail()) }
    }

    /// One thing that happens, and what must hold afterwards.
    func live() throws {
        step += 1
        let before = today
        // Mostly hours, sometimes days; now and then the centre is switched off for up to ten.
        let isDown = dice.below(40) == 0
        let longest = isDown ? 10 * 24 : dice.below(10) < 7 ? 34 : 12 * 24
        now += Int64(dice.below(longest * 3_600_000))
        if isDown {
            done.insert("downtime")
            try restart()
            office.rest(now)
        }
        if today != before || isDown { try timer() }
        switch dice.below(20) {
        case 0...6: try register()
        case 7...9: try end()
        case 10, 11: try transfer()
        case 12, 13: try extend()
        case 14: try decree()
        case 15 where dice.below(2) == 0: try restart()
        case 16: try jump()
        case 17: office.outage(until: now + Int64(dice.below(4 * 86_400_000)))
        default: try timer()
        }
        try check()
    }

    // MARK: What happens

    private func setting() -> DraftSetting {
        DraftSetting(now: moment, actor: actor, calendar: calendar, zone: .almaty, rulebooks: rulebooks)
    }

    /// Puts on the disk what a draft has worked out.
    func write(_ events: [NewEvent], to stream: StreamID) {
        for event in events {
            position += 1
            disk[stream, default: []].append(
                RecordedEvent(
                    position: position, stream: stream, version: (disk[stream]?.count ?? 0) + 1, name: event.name,
                    occurredAt: event.occurredAt, recordedAt: moment, actor: actor, payload: event.payload))
        }
    }

    private func perform(_ command: Complaint.Command, on number: String) throws {
        var setting = setting()
        let stream = StreamID(kind: Complaint.streamKind, id: number)
        var draft = complaints[number].map { CaseDraft(from: $0) } ?? CaseDraft<Complaint>(new: stream)
        try draft.handle(command, in: &setting)
        write(draft.events, to: stream)
        complaints[number] = draft.loaded
    }

    private func register() throws {
        let filed = now - Int64(dice.below(20 * 3_600_000))
        let (day, minute) = PlainCalendar.local(filed)
        let found = try registration.registration(
            filedAt: Moment(millisecondsSince1970: filed), calendar: calendar, zone: .almaty)
        let zero = plain.registration(day, minute: minute)
        try hold(found.date.description == PlainCalendar.text(zero), .dueAsPlainCalendar, "registered on \(found.date)")
        let number = "\(complaints.count + 1)"
        let event = ComplaintRegistered(
            body: "B0", bodyKind: "central", channel: "forum", ground: found.ground, kind: .order,
            registeredOn: found.date, reviewer: .body, routing: "simulation", rule: "simulation")
        try perform(.register(event, at: Moment(millisecondsSince1970: filed)), on: number)
        model[number] = ModelComplaint(zero: zero, plain)
    }

    private func open() -> String? {
        let open = model.filter { $0.value.ended == nil }.keys.sorted()
        return open.isEmpty ? nil : open[dice.below(open.count)]
    }

    private func end() throws {
        guard let number = open() else { return }
        if dice.below(5) == 0 {
            // What was taken back in time has no outcome; taken back too late it stays a violation.
            try perform(.withdraw(reason: nil, at: moment), on: number)
            model[number]?.end(on: today)
            model[number]?.isWithdrawn = true
            done.insert("withdrawn")
        } else {
            try perform(.answer(ComplaintAnswered(outcome: .satisfied), at: moment), on: number)
            model[number]?.end(on: today)
            done.insert(model[number]?.isLate == true ? "late" : "in time")
        }
    }

    private func transfer() throws {
        guard let number = open(), let was = model[number] else { return }
        let (day, minute) = PlainCalendar.local(now)
        let zero = plain.registration(day, minute: minute)
        let date = try registration.registrationDate(filedAt: moment, calendar: calendar, zone: .almaty)
        try hold(date.description == PlainCalendar.text(zero), .dueAsPlainCalendar, "handed on, registered on \(date)")
        try perform(
            .transfer(
                body: "B\(was.bodies + 1)", unit: nil, bodyKind: "central", registeredOn: date, reason: "not ours",
                at: moment), on: number)
        model[number]?.begin(zero: zero, plain)
        done.insert("transferred")
    }

    private func extend() throws {
        guard let number = open(), var expected = model[number] else { return }
        let days = 1 + dice.below(7)
        let isLawful = expected.extend(by: days, on: today, plain)
        let before = (complaints[number]?.clocks, position)
        do {
            try perform(.extend(days: days, reason: "expertise", at: moment), on: number)
            try hold(isLawful, .lawfulOnly, "complaint \(number) was extended by \(days)")
            model[number] = expected
            done.insert("extended")
        } catch let error as ClockError {
            try hold(!isLawful, .lawfulOnly, "complaint \(number) was not extended: \(error)")
            try hold(complaints[number]?.clocks == before.0 && position == before.1, .lawfulOnly, "something stayed")
            done.insert("not extended")
        }
    }

    /// A decree makes a day to come a day off, or has it worked.
    private func decree() throws {
        let day = today + 1 + dice.below(20)
        let isWorked = plain.isWorked(day)
        plain.set(day, isWorked: !isWorked)
        calendar = try calendar.changed(adding: [try Self.exception(day, isWorked ? .holiday : .workingDay)])
        let date = try unwrap(CivilDate(PlainCalendar.text(today)))
        for (number, loaded) in complaints {
            let found = try loaded.clocks.recalculation(to: calendar, asOf: date, at: moment)
            guard !found.isEmpty else { continue }
            try append(
                .clocksRecalculated(ClocksRecalculated(calendarEdition: 2, reason: "decree")), found.changes, to: number
            )
        }
        for number in model.keys { model[number]?.recount(plain) }
        done.insert("decree")
    }

    /// An event of all cases, with its changes.
    func append(_ event: CaseworkEvent, _ changes: [ClockChange], to number: String) throws {
        let stream = StreamID(kind: Complaint.streamKind, id: number)
        write([try CaseEvent(event, changes: changes).journalled(occurredAt: moment)], to: stream)
        complaints[number]?.clocks.apply(changes)
        complaints[number]?.version += 1
    }

    /// Forgets all that is not on the disk.
    func restart() throws {
        for (number, held) in complaints {
            let read = try fold(Complaint.self, held.stream)
            try hold(
                read.clocks == held.clocks && read.state == held.state && read.version == held.version, .replayed,
                "complaint \(number)")
            complaints[number] = read
        }
        for (period, held) in reports {
            let read = try fold(MonthlyReport.self, held.stream)
            try hold(read.clocks == held.clocks && read.version == held.version, .replayed, "report \(period)")
            reports[period] = read
        }
        try office.restart(self)
        try check(isRestart: true)
        done.insert("restart")
    }

    private func fold<Kind: CaseKind>(_ kind: Kind.Type, _ stream: StreamID) throws -> LoadedCase<Kind> {
        var loaded = LoadedCase<Kind>(
            stream: stream, state: Kind.initial, clocks: CaseClocks(), version: 0, edition: nil)
        for recorded in disk[stream] ?? [] {
            let event = try catalogue.read(recorded)
            loaded.clocks.apply(event.changes)
            loaded.version = recorded.version
            if recorded.version == 1 { loaded.edition = event.edition }
            guard let content = event.content as? Kind.Event else { continue }
            Kind.evolve(
                &loaded.state, by: content,
                stamp: EventStamp(
                    version: recorded.version, occurredAt: recorded.occurredAt, recordedAt: recorded.recordedAt,
                    actor: recorded.actor))
        }
        return loaded
    }

    /// The machine's clock is set wrong, the timer looks, and it is put right.
    private func jump() throws {
        let wrong = now + Int64(dice.below(2) == 0 ? 1 : -1) * Int64(3_600_000 + dice.below(60 * 86_400_000))
        let isAhead = wrong > now
        let before = (position, office.log.count, office.received.count)
        let standing = office.read(wrong, trueTime: now)
        if standing.hold == nil { try hold(!isAhead, .heldClockDoesNothing, "\(wrong - now) ms ahead was believed") }
        if isAhead { try timer(standing) }
        try hold(
            !isAhead || (position, office.log.count, office.received.count) == before, .heldClockDoesNothing,
            "\(wrong - now) ms ahead")
        _ = office.read(now, trueTime: now)
        done.insert(isAhead ? "jump ahead" : "jump back")
    }
}

/// A value that must be there.
func unwrap<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}

/// What must be there is not.
struct Missing: Error {}

extension SeededGenerator {
    /// A number from 0 up to but not including the bound.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }
}
