import Casework
import Complaints
import Delivery
import Forms
import Foundation
import GRDB
import Journal
import Onboarding
import PersonalData
import Registry
import Reporting
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// Months of a contact centre at random, beside a model that knows the law in its simplest form.
struct RandomLifeTests {
    @Test(
        "Registrations, transfers, extensions, late entries, corrections and changing calendars: clocks, violations and the figures of each month are those of a naive model",
        arguments: 1...3)
    func agrees(seed: UInt64) async throws {
        let life = try await RandomLife(seed: seed)
        for step in 1...260 {
            try await life.step()
            if step % 65 == 0 { try await life.compare() }
        }
        #expect(life.done.count >= 9, "each thing happened: \(life.done.sorted())")
        try life.expectSameAfterRebuild()
    }
}

private final class RandomLife: TestWorld {
    let centre: TestCentre
    let complaintDesk: ComplaintDesk
    let reports: ReportDesk<MonthlyReport>
    let onboarding: OnboardingDesk
    var random: Generator
    var law: NaiveLaw
    var now: Moment
    var complaints: [NaiveComplaint] = []
    var requests: [(id: String, sentAt: Moment, clock: NaiveClock)] = []
    /// What has happened at least once, so that no run proves nothing.
    var done: Set<String> = []

    static let bodies: [RoutingFacts.Body] = [
        .init(code: "MJ", kind: "central", region: "republic"), .init(code: "KGD", kind: "central", region: "republic"),
        .init(code: "A75", kind: "local", level: "region", region: "75"),
        .init(code: "GC", kind: "psc", region: "republic"), .init(code: "FUND", kind: "provider", region: "republic"),
        .init(code: "APS", kind: "agency", region: "republic"),
    ]
    private static let zone = CivilZone.almaty

    init(seed: UInt64) async throws {
        random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
        centre = try await TestCentre(
            Registry.eventTypes + OnboardingDesk.eventTypes + Reports.eventTypes + [ComplaintEvent.self],
            adopted: "2026-02-16 09:00"
        ) { catalogue in
            Registry.projections(catalogue) + [
                ComplaintProjection(catalogue: catalogue), OnboardingProjection(catalogue: catalogue),
            ]
        }
        let (casework, calendar) = (centre.casework, centre.calendar)
        let vault = try PersonVault(path: centre.folder.file("vault.db"))
        complaintDesk = ComplaintDesk(
            casework: casework, vault: vault,
            routing: try RoutingBook.load(folder: Repository.path + "/schedules/routing"),
            facts: { _ in RoutingFacts(bodies: Self.bodies, services: []) })
        reports = ReportDesk(
            casework: casework, vault: vault, outbox: Outbox(),
            form: try ReportForm(
                MonthlyReport.form, of: try TestCentre.schedules.forms(measures: ReportForm.shapes),
                on: try #require(CivilDate("2026-02-16"))), destination: "agency")
        onboarding = OnboardingDesk(casework: casework) { code, _ in CardStanding(service: code, edition: 1) }
        now = Self.zone.moment(of: try #require(CivilDate("2026-02-16")), hour: 9, minute: 0)
        law = NaiveLaw(off: [])
        var date = try #require(CivilDate("2026-01-01"))
        while date.year < 2028 {
            if try !calendar.isWorkingDay(date) { law.off.insert(date) }
            date = date.adding(days: 1)
        }
    }

    var today: CivilDate { day(now) }

    private func day(_ moment: Moment) -> CivilDate { Self.zone.civilDate(of: moment) }

    /// A moment between another one and now.
    private func moment(since earlier: Moment) -> Moment {
        earlier.adding(
            milliseconds: Int64(random.below(Int(now.millisecondsSince1970 - earlier.millisecondsSince1970) + 1)))
    }

    func step() async throws {
        let before = today
        now = now.adding(milliseconds: Int64(random.below(14 * 3_600_000)))
        // Sometimes the server is down over midnight: what it finds afterwards is the same.
        if today != before, random.below(5) > 0 {
            try await casework.recordBreaches(at: now)
            for index in complaints.indices { complaints[index].clock.midnight(today) }
            for index in requests.indices { requests[index].clock.midnight(today) }
        }
        switch random.below(20) {
        case 0...5: try await register()
        case 6...8: try await close()
        case 9, 10: try await transfer()
        case 11, 12: try await extend()
        case 13: try await correct()
        case 14: try await changeCalendar()
        case 15, 16: try await review()
        case 17: try await receive()
        default: try await appoint()
        }
    }

    // MARK: What happens

    private func register() async throws {
        let filedAt = moment(since: now.adding(milliseconds: -40 * 3_600_000))
        let body = Self.bodies[random.below(Self.bodies.count)]
        let kind = ComplaintKind.allCases[random.below(4)]
        let receipt = try await complaintDesk.register(
            ComplaintFiling(
                channel: "forum", kind: kind, body: body.code, region: "75", subject: "Сынақ", contacts: .init(),
                filedAt: filedAt), by: actor, at: now)
        let wall = Self.zone.wallClock(of: filedAt)
        let zero = law.registration(day(filedAt), minute: wall.hour * 60 + wall.minute)
        let assigned = try #require(Self.bodies.first { $0.code == receipt.body })
        let clock = NaiveClock(assigned.kind == "agency" ? 15 : 5, from: zero, law)
        #expect(receipt.registeredOn == zero && receipt.dueOn == clock.due)
        complaints.append(
            NaiveComplaint(
                number: receipt.number, kind: kind.rawValue, filedOn: day(filedAt), body: assigned.code,
                bodyKind: assigned.kind, lastStep: filedAt, clock: clock))
    }

    private func pickOpen() -> Int? {
        let open = complaints.indices.filter { complaints[$0].clock.isOpen }
        return open.isEmpty ? nil : open[random.below(open.count)]
    }

    private func close() async throws {
        guard let index = pickOpen() else { return }
        let number = complaints[index].number
        let at = moment(since: complaints[index].lastStep)
        if random.below(6) == 0 {
            try await complaintDesk.withdraw(number, happenedAt: at, by: actor, at: now)
            complaints[index].clock.calledOff(on: day(at))
            done.insert("withdrawn")
        } else {
            try await complaintDesk.answer(number, outcome: .satisfied, happenedAt: at, by: actor, at: now)
            complaints[index].clock.done(on: day(at))
            complaints[index].isAnswered = true
            done.insert(complaints[index].clock.isLate ? "late" : "in time")
        }
    }

    private func transfer() async throws {
        guard let index = pickOpen() else { return }
        let at = moment(since: complaints[index].lastStep)
        let body = Self.bodies[random.below(Self.bodies.count)]
        guard body.code != complaints[index].body else { return }
        try await complaintDesk.transfer(
            complaints[index].number, to: body.code, reason: "not ours", happenedAt: at, by: actor, at: now)
        let wall = Self.zone.wallClock(of: at)
        complaints[index].handedOn(
            to: body.code, body.kind, on: day(at), minute: wall.hour * 60 + wall.minute,
            term: body.kind == "agency" ? 15 : 5, law)
        complaints[index].lastStep = at
        done.insert(complaints[index].lapses.isEmpty ? "transferred" : "transferred late")
    }

    private func extend() async throws {
        guard let index = pickOpen() else { return }
        let at = moment(since: complaints[index].lastStep)
        let days = 1 + random.below(11)
        let isAllowed = ["central", "local", "agency"].contains(complaints[index].bodyKind)
        let expected = isAllowed ? complaints[index].clock.extended(by: days, on: day(at), law) : nil
        do {
            try await complaintDesk.extend(
                complaints[index].number, days: days, reason: "expertise", happenedAt: at, by: actor, at: now)
            complaints[index].clock = try #require(expected, "seed: \(complaints[index].number) was extended")
            complaints[index].lastStep = at
            done.insert("extended")
        } catch is ClockError {
            #expect(expected == nil)
            done.insert("not extended")
        }
    }

    private func correct() async throws {
        let closed = complaints.indices.filter { !complaints[$0].clock.isOpen }
        guard let index = closed.isEmpty ? nil : closed[random.below(closed.count)] else { return }
        let at = moment(since: complaints[index].lastStep)
        guard complaints[index].clock.endedOn != day(at) else { return }
        do {
            try await complaintDesk.correctClosing(
                complaints[index].number, to: at, reason: "typed wrongly", by: actor, at: now)
        } catch is ClockError {
            // By the calendar in force an extension of then would have come too late: a person must look first.
            return
        }
        let before = complaints[index].clock
        var clock = before
        // The clock is computed anew, by the calendar in force.
        clock.due = law.day(before.term, after: before.zero)
        clock.firstDue = clock.due
        (clock.isFlagged, clock.isNoted) = (false, false)
        if complaints[index].isAnswered { clock.done(on: day(at)) } else { clock.calledOff(on: day(at)) }
        complaints[index].clock = clock
        done.insert("corrected")
    }

    private func changeCalendar() async throws {
        let date = today.adding(days: random.below(24) - 12)
        let keeper = casework.calendars
        let (calendar, edition) = try await casework.journal.read { db in
            (try keeper.calendar(in: db), try keeper.edition(in: db))
        }
        let kind: CalendarException.Kind = law.off.contains(date) ? .workingDay : .holiday
        let exception = CalendarException(
            date: date, kind: kind, nameKK: "Күн", nameRU: "День", basisKK: "Қаулы", basisRU: "Постановление",
            knownSince: date)
        _ = try await casework.adopt(
            try calendar.changed(adding: [exception]), reason: "Decree", expecting: edition, by: actor, at: now)
        if kind == .holiday { law.off.insert(date) } else { law.off.remove(date) }
        for index in complaints.indices {
            complaints[index].clock.calendarChanged(law, on: date, today: today)
            for rule in complaints[index].former.keys {
                complaints[index].former[rule]?.calendarChanged(law, on: date, today: today)
            }
        }
        for index in requests.indices { requests[index].clock.calendarChanged(law, on: date, today: today) }
        done.insert("calendar")
    }

    private func review() async throws {
        let isLifted = random.below(2) == 0
        func decide(_ clock: NaiveClock, _ rule: String, _ stream: StreamID) async throws -> NaiveClock {
            let expected = clock.reviewed(isLifted: isLifted, law, today: today)
            do {
                try await casework.review(
                    rule, of: stream, outcome: isLifted ? .met : .late, reason: "Decree", by: actor, at: now)
                done.insert(isLifted ? "lifted" : "upheld")
                return try #require(expected, "\(stream) was reviewed against the calendar")
            } catch is Refusal {
                #expect(expected == nil)
                return clock
            }
        }
        for index in complaints.indices {
            let stream = StreamID(kind: "complaint", id: complaints[index].number)
            if complaints[index].clock.isFlagged {
                complaints[index].clock = try await decide(complaints[index].clock, complaints[index].rule, stream)
                return
            }
            for (rule, clock) in complaints[index].former where clock.isFlagged {
                let after = try await decide(clock, rule, stream)
                if clock.isLate, !after.isLate { complaints[index].lapses.removeAll { $0.due == clock.due } }
                complaints[index].former[rule] = after
                return
            }
        }
    }

    private func receive() async throws {
        let id = "R-\(requests.count)"
        let at = moment(since: now.adding(milliseconds: -20 * 3_600_000))
        let line = PlanLineApproved(
            plan: "R", line: "\(requests.count)", service: "S", body: "MJ", requestOn: today, approval: "act")
        let commands: [InformationRequestCommand] = [
            .approve(line, at: at), .send(RequestSent(number: "1", channel: "mail"), at: at),
            .receive(RequestReceived(proof: "incoming 1"), at: at),
        ]
        for command in commands { try await onboarding.perform(command, on: id, by: actor, at: now) }
        requests.append((id, at, NaiveClock(2, from: day(at), law)))
    }

    private func appoint() async throws {
        let open = requests.indices.filter { requests[$0].clock.isOpen }
        guard let index = open.isEmpty ? nil : open[random.below(open.count)] else { return }
        let at = moment(since: requests[index].sentAt)
        try await onboarding.perform(
            .appoint(ResponsiblePersonAppointed(), at: at), on: requests[index].id, by: actor, at: now)
        requests[index].clock.done(on: day(at))
        done.insert("appointed")
    }

    // MARK: The comparison

    func compare() async throws {
        try await casework.recordBreaches(at: now)
        for index in complaints.indices { complaints[index].clock.midnight(today) }
        for index in requests.indices { requests[index].clock.midnight(today) }
        for complaint in complaints {
            let (record, rows) = try await casework.journal.read { db in
                (
                    try ComplaintRecord.fetch(id: complaint.number, in: db),
                    try ClockRow.fetch(of: StreamID(kind: "complaint", id: complaint.number), in: db)
                )
            }
            let clock = complaint.clock
            #expect(record?.dueOn == clock.due && record?.body == complaint.body, "\(complaint.number)")
            #expect(record?.closedOn == clock.endedOn, "\(complaint.number)")
            try expect(rows.first { $0.rule == complaint.rule }, is: clock, complaint.number)
        }
        for request in requests {
            let rows = try await casework.journal.read { db in
                try ClockRow.fetch(of: StreamID(kind: "onboarding", id: request.id), in: db)
            }
            try expect(rows.first { $0.rule == "appoint-responsible-person" }, is: request.clock, request.id)
        }
        var month = try #require(CivilMonth("2026-02"))
        while month <= CivilMonth(today) {
            try await compare(month)
            month = month.next
        }
    }

    private func expect(_ row: ClockRow?, is clock: NaiveClock, _ name: String) throws {
        let row = try #require(row, "\(name)")
        let status: Clock.Status =
            switch clock.state {
            case .running: clock.isNoted ? .breached : .running
            case .met: .met
            case .late: .breached
            case .cancelled: .cancelled
            }
        #expect(row.status == status && row.due == clock.due, "\(name): \(row) \(clock)")
        #expect(row.isFlagged == clock.isFlagged && row.endedOn == clock.endedOn, "\(name): \(row) \(clock)")
        #expect((row.breachedOn != nil) == (status == .breached), "\(name): \(row) \(clock)")
    }

    private func compare(_ month: CivilMonth) async throws {
        let figures = try await reports.figures(.month(month), asOf: today)
        #expect(figures.faults(of: reports.form.form).isEmpty)
        let filed = complaints.filter { month.contains($0.filedOn) }
        let closed = complaints.filter { $0.clock.endedOn.map(month.contains) ?? false }
        #expect(
            figures["received"] == filed.count && figures["forum"] == filed.count && figures["closed"] == closed.count)
        #expect(
            figures["opening"]
                == complaints.count { $0.filedOn < month.first && ($0.clock.endedOn ?? today) >= month.first })
        #expect(figures["orderAndStandard"] == filed.count { ["order", "standard"].contains($0.kind) })
        #expect(figures["employees"] == filed.count { $0.kind == "employees" })
        let answered = closed.filter(\.isAnswered)
        #expect(figures["withinTerm"] == answered.count { ($0.clock.endedOn ?? today) <= $0.clock.due })
        #expect(figures["pastTerm"] == answered.count { ($0.clock.endedOn ?? today) > $0.clock.due })
        let violations = complaints.flatMap { $0.violations(asOf: today) }.filter { month.contains($0.on) }
        #expect(figures["violations"] == violations.count, "\(month)")
        let byBody = Dictionary(grouping: violations, by: \.body).mapValues(\.count)
        let counted = Dictionary(uniqueKeysWithValues: figures.parts(of: "violations").map { ($0.keys[1], $0.count) })
        #expect(counted == byBody, "\(month)")
    }
}

/// A small generator for repeatable tests.
private struct Generator {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, bound)))
    }
}
