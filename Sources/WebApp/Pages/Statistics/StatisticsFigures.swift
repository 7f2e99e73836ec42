import Casework
import Complaints
import Contacts
import GRDB
import KnowledgeBase
import Languages
import Registry
import Rulebook
import WorkingDays

/// What the dashboards are drawn from, read in one look at the projections.
struct StatisticsFigures: Sendable {
    /// Clocks of one kind of body over the months.
    struct Timeliness: Sendable {
        /// Nil for our own duties.
        let kind: BodyKind?
        let months: [CivilMonth: ClockStatistics.Count]

        var total: ClockStatistics.Count { months.values.reduce(ClockStatistics.Count(), +) }
    }

    /// The month whose days are shown.
    let month: CivilMonth
    /// The twelve months up to it.
    let months: [CivilMonth]
    let contacts: ContactStatistics
    let serviceNames: [String: Localized]
    let timeliness: [Timeliness]
    /// The targets that the centre set itself, in all these months.
    let targets: ClockStatistics.Count
    let complaints: ComplaintStatistics
    /// What is complained about far more than is usual.
    let surges: SurgePanel
    /// What was asked most often and no card answers yet, whenever it was asked.
    let gaps: [GapRecord]
    /// How many such gaps there are, and how often they were asked together.
    let allGaps: (gaps: Int, times: Int)

    /// - Parameters:
    ///   - today: the day by whose week a surge is looked for.
    ///   - surge: from when like complaints are one.
    static func fetch(
        _ month: CivilMonth, on today: CivilDate, surge: ViolationRules.Surge, in db: Database
    ) throws -> StatisticsFigures {
        var months = [month]
        while months.count < 12, let first = months.first { months.insert(first.previous, at: 0) }
        let year = months[0]...month
        let contacts = try ContactStatistics.fetch(month.first...month.last, in: db)
        let clocks = try ClockStatistics.fetch(year, in: db)
        var kinds: [String: BodyKind] = [:]
        var byKind: [BodyKind?: [CivilMonth: ClockStatistics.Count]] = [:]
        for (key, count) in clocks.counts {
            var kind: BodyKind?
            if let body = key.body {
                if kinds[body] == nil { kinds[body] = try Registry.body(body, in: db)?.kind ?? .provider }
                kind = kinds[body]
            }
            byKind[kind, default: [:]][key.month] = byKind[kind]?[key.month].map { $0 + count } ?? count
        }
        let order: [BodyKind?] = [nil] + BodyKind.allCases.map(Optional.some)
        return StatisticsFigures(
            month: month, months: months, contacts: contacts,
            serviceNames: try Dictionary(
                uniqueKeysWithValues: contacts.services.map { service in
                    (
                        service.service,
                        try Registry.service(service.service, in: db)?.name
                            ?? Localized(kk: service.service, ru: service.service)
                    )
                }),
            timeliness: order.compactMap { kind in byKind[kind].map { Timeliness(kind: kind, months: $0) } },
            targets: clocks.targets.values.reduce(ClockStatistics.Count(), +),
            complaints: try ComplaintStatistics.fetch(year, in: db),
            surges: try SurgePanel(on: today, surge, in: db), gaps: try GapRecord.mostAsked(in: db),
            allGaps: try GapRecord.timesAsked(in: db))
    }
}
