import Applications
import Contacts
import WorkingDays

/// Applications of a demonstration, `DEMO-A-000001` and on: of the last months, each way, most in time, some late with their causes,
/// some open. Whoever looks sees by number, unit and act that none of them is real.
package enum DemoApplications {
    /// A service with the body that provides it.
    package typealias Provider = (service: String, body: String)

    /// Records up to the day before today, the same for the same providers and day.
    /// - Throws: `CalendarError` where the calendar of a year is missing.
    package static func records(
        _ count: Int, of providers: [Provider], before today: CivilDate, calendar: WorkingCalendar, zone: CivilZone
    ) throws(CalendarError) -> [Application] {
        var records: [Application] = []
        guard !providers.isEmpty else { return records }
        for index in 0..<count {
            let provider = providers[index * 7 % providers.count]
            let way = ApplicationWay.allCases[index % ApplicationWay.allCases.count]
            let day = try calendar.date(adding: 0, to: today.adding(days: -100 + index * 95 / max(1, count)))
            guard day < today else { continue }
            var record = Application(
                number: "DEMO-A-" + String(1_000_001 + index).dropFirst(), service: provider.service,
                provider: provider.body, way: way,
                form: way == .office || way == .corporation && index % 3 == 0 ? .paper : .electronic,
                acceptedAt: zone.moment(of: day, hour: 9 + index % 8, minute: index * 13 % 60))
            record.unit = "ДЕМО"
            record.term = index % 6 == 0 ? .calendarDays(10) : .workingDays(5)
            let days = [1, 2, 3, 4, 5, 3, 2, 5, 7, 4, 9][index % 11]
            let ended = try calendar.date(adding: days, to: day)
            let reviewed = zone.moment(of: try calendar.date(adding: 1, to: day), hour: 8, minute: 30)
            if zone.civilDate(of: reviewed) < today { record.stages.append(.init(.inReview, at: reviewed)) }
            if ended < today { end(&record, index, zone.moment(of: ended, hour: 16, minute: index * 7 % 60), days > 5) }
            records.append(record)
        }
        return records
    }

    /// The causes of what is late, one after the other; a technical one with its system and its act, or without the act.
    private static let causes: [LateCause?] = [.provider, .system, .corporation, .system, .network, nil, .other]

    private static func end(_ record: inout Application, _ index: Int, _ moment: Moment, _ isLong: Bool) {
        record.finishedAt = moment
        record.result = index % 9 == 4 ? .refused : .provided
        if record.result == .refused {
            record.refusalGround = RefusalGround.allCases[index % RefusalGround.allCases.count]
        }
        record.stages.append(.init(record.result == .refused ? .refused : .ready, at: moment))
        // A cause is told of what is late alone, and a term in calendar days leaves room for more working ones.
        guard isLong, record.term == .workingDays(5), let cause = causes[index / 11 % causes.count] else { return }
        record.cause = cause
        if cause == .system {
            record.failedSystem = "ДЕМО: ақпараттық жүйе"
            record.systemKeeper = index % 2 == 0 ? .nit : .other
        }
        if index % 4 != 3 { record.act = "ДЕМО: акт № \(index)" }
    }
}
