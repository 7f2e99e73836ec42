import Complaints
import Journal
import Rulebook
import WorkingDays

@testable import Casework
@testable import ContactCentre
@testable import Delivery
@testable import Reporting

extension PureLife {
    /// What the timer does each minute, once: breaches, ends of months, reports, deliveries.
    func timer(_ standing: TimeStanding? = nil) throws {
        let standing = standing ?? office.read(now, trueTime: now)
        guard standing.hold == nil else {
            done.insert("held")
            return
        }
        try breaches()
        try makeReports(standing)
        try office.deliver(self)
    }

    private func breaches() throws {
        let date = try unwrap(CivilDate(PlainCalendar.text(today)))
        for (number, loaded) in complaints {
            let found = loaded.clocks.breaches(asOf: date, at: moment)
            if !found.isEmpty { try append(.termBreached, found, to: number) }
        }
        for number in model.keys { model[number]?.midnight(today) }
    }

    private func makeReports(_ standing: TimeStanding) throws {
        var timetable = ReportTimetable()
        timetable.first = MonthlyPeriod.first
        let date = try unwrap(CivilDate(PlainCalendar.text(today)))
        for period in timetable.periods(before: date, first: nil) {
            let start = CivilZone.almaty.start(of: period.next.first)
            guard start <= standing.certain else { continue }
            let id = period.description
            try perform(.end(PeriodEnded(period: id, lastDay: period.last), at: start), on: id)
            let term = rulebooks.procedure("monthly-report", on: date)?.rule("deliver-monthly-report")?.term(on: date)
            guard try timetable.isDue(period, at: moment, term: term, calendar: calendar, zone: .almaty) else {
                continue
            }
            let sealed = ReportSealed(
                revision: 1, position: position, digest: String(repeating: "a", count: 64),
                deliveredDigest: String(repeating: "b", count: 64), bytes: 1, changes: [])
            let count = reports[id]?.state.sealed.count ?? 0
            do {
                try perform(.seal(sealed), on: id)
                try hold(count == 0, .oneReportAPeriod, "a second report of \(id)")
                office.queue(id, at: moment)
                done.insert("sealed")
            } catch let refusal as Refusal {
                // The timer asks again and again: a second first report is refused.
                try hold(count == 1, .oneReportAPeriod, "\(id): \(refusal)")
            }
        }
        try checkTimely()
    }

    func perform(_ action: ReportAction, on id: String) throws {
        var setting = DraftSetting(now: moment, actor: actor, calendar: calendar, zone: .almaty, rulebooks: rulebooks)
        let stream = StreamID(kind: MonthlyReport.streamKind, id: id)
        var draft = reports[id].map { CaseDraft(from: $0) } ?? CaseDraft<MonthlyReport>(new: stream)
        try draft.handle(action, in: &setting)
        write(draft.events, to: stream)
        reports[id] = draft.loaded
    }

    /// What must hold after every step.
    /// - Parameter isRestart: whether everything is looked at, what ended long ago too.
    func check(isRestart: Bool = false) throws {
        // What ended days ago is changed by nothing but a fault: it is looked at again at each restart.
        for (number, expected) in model where isRestart || expected.ended ?? today >= today - 3 {
            let clock = try unwrap(complaints[number]?.clocks["review-by-body"])
            try hold(
                clock.due.description == PlainCalendar.text(expected.due), .dueAsPlainCalendar,
                "complaint \(number): \(clock.due), and \(PlainCalendar.text(expected.due))")
            try hold(
                clock.status.rawValue == expected.standing
                    && clock.endedOn?.description == expected.ended.map(PlainCalendar.text), .breachOnceAndOnlyPast,
                "complaint \(number) is \(clock.status), and should be \(expected.standing)")
        }
        for (id, report) in reports {
            try hold(report.state.sealed.count <= 1, .oneReportAPeriod, "\(report.state.sealed.count) reports of \(id)")
            let last = report.state.ended.map { $0.lastDay.description } ?? ""
            try hold(last < PlainCalendar.text(today), .oneReportAPeriod, "\(id) ended before it was over")
        }
        try office.check(self)
    }

    /// Which months have no report although the timer has looked since it was due; asked right after the timer.
    func checkTimely() throws {
        var (year, month) = unreported
        while true {
            let next = month == 12 ? (year + 1, 1) : (year, month + 1)
            let first = PlainCalendar.number(next.0, next.1, 1)
            var day = plain.after(first - 1, 2)
            let target = (first...(first + 4)).last { plain.isWorked($0) } ?? first + 4
            day = min(day, target)
            let due = PlainCalendar.moment(day, minute: 600)
            guard due <= now else { return }
            let id = PlainCalendar.text(PlainCalendar.number(year, month, 1)).prefix(7)
            // After rests that nobody vouched for a month counts as over that much later.
            let isCertain = PlainCalendar.moment(first) <= office.certain.millisecondsSince1970
            try hold(
                !isCertain || reports[String(id)]?.state.sealed.count == 1, .oneReportAPeriod,
                "\(id) should have been reported from \(PlainCalendar.text(day)) on")
            (year, month) = next
            if isCertain { unreported = next }
        }
    }
}

/// The first month that is reported.
enum MonthlyPeriod {
    static let first: ReportPeriod? = CivilMonth("2024-04").map(ReportPeriod.month)
}
