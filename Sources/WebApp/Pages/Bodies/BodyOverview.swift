import Casework
import Complaints
import Contacts
import Correspondence
import GRDB
import InternalControl
import Journal
import KnowledgeBase
import Languages
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// Everything that is known of one body, read in one look at the projections.
struct BodyOverview: Sendable {
    /// One service of the body.
    struct Service: Sendable {
        let service: PublicService
        /// Where its card stands; nil where there is none or the reader may not see it.
        let card: CardState?
        /// How often it was asked about over the days of `contactDays`.
        let contacts: Int
    }

    let body: PublicBody
    let region: Localized?
    /// The bodies above, the nearest first.
    let ancestors: [PublicBody]
    /// The bodies directly under it.
    let children: [PublicBody]
    let successor: PublicBody?
    /// The bodies whose work it took over.
    let predecessors: [PublicBody]
    let persons: [ResponsiblePerson]
    let figures: BodyFigures
    let services: [Service]
    let serviceNames: [String: Localized]
    /// The open requests and the latest of the others.
    let requests: [InformationRequestRecord]
    let requestCount: Int
    /// The next date of each open request.
    let nextDue: [String: ClockRow]
    /// What is past its term and not done, then what comes next.
    let dates: [ClockRow]
    let duties: [DutyRecord]
    let refusals: [DutyRecord]
    let timeliness: [BodyRecord]
    /// What of it stands in the ledger of violations, twelve months by month.
    let violations: ViolationSummary
    let letters: [LetterRecord]
    let letterCount: Int
    let links: [BodyLinkRecord]
    /// How complaints reach it.
    let channel: BodyChannel
    /// Its reports on internal control, the latest first, with what in each disagrees and is not settled.
    let filings: [(record: FilingRecord, open: Int)]
    /// How many complaints it has to answer now.
    let openComplaints: Int

    /// How far back contacts are counted.
    static let contactDays = 30
    /// How many rows each part shows; the whole list is one click away.
    static let shown = 12

    /// The body with a code, nil where there is none.
    static func fetch(
        _ code: String, on today: CivilDate, _ language: Language, cards: Set<CardState>, clocks kinds: Set<String>,
        in db: Database
    ) throws -> BodyOverview? {
        guard let body = try Registry.body(code, in: db) else { return nil }
        var under = BodyFilter()
        (under.parent, under.order, under.existsOn) = (code, language, today)
        var owned = ServiceFilter()
        (owned.owner, owned.order) = (code, language)
        let services = try Registry.services(owned, in: db)
        let contacts = try ContactStatistics.contacts(
            about: services.map(\.code), today.adding(days: 1 - contactDays)...today, in: db)
        let (requests, count) = try requests(code, in: db)
        var nextDue: [String: ClockRow] = [:]
        for request in requests {
            let stream = StreamID(kind: InformationRequest.streamKind, id: request.id)
            nextDue[request.id] = try ClockRow.fetch(of: stream, in: db).first { clock in
                clock.endedOn == nil && clock.status != .waiting && clock.status != .cancelled
            }
        }
        var open = ComplaintFilter()
        (open.body, open.statuses) = (code, [.open])
        var letters = LetterRecord.Filter(body: code)
        letters.isWithoutComplaints = !kinds.contains(Complaint.streamKind)
        return BodyOverview(
            body: body,
            region: body.region == Region.republic
                ? nil : try Registry.region(body.region, in: db)?.name(on: today),
            ancestors: try Registry.ancestors(of: code, in: db), children: try Registry.bodies(under, in: db),
            successor: try body.successor.flatMap { try Registry.body($0, in: db) },
            predecessors: try Registry.bodies(in: db).filter { $0.successor == code },
            persons: try Registry.responsiblePersons(of: code, in: db),
            figures: try BodyFigures.fetch(code, in: db),
            services: try services.map { service in
                let state = try CardRecord.fetch(service.code, in: db)?.state
                return Service(
                    service: service, card: state.flatMap { cards.contains($0) ? $0 : nil },
                    contacts: contacts[service.code] ?? 0)
            },
            serviceNames: try Registry.serviceNames(in: db), requests: requests, requestCount: count, nextDue: nextDue,
            dates: try dates(code, today, kinds, in: db), duties: try DutyRecord.fetch(body: code, in: db),
            refusals: try DutyRecord.refusals(of: code, in: CivilMonth(today), db),
            timeliness: try BodyRecord.fetch(body: code, in: db),
            violations: try ViolationSummary.fetch(
                CivilMonth(today).earlier(by: 11)...CivilMonth(today), kinds: kinds, body: code, in: db),
            letters: try LetterRecord.fetch(letters, limit: shown, in: db),
            letterCount: try LetterRecord.count(letters, in: db),
            links: try BodyLinkRecord.fetch(body: code, limit: shown, in: db),
            channel: try BodyChannel.fetch(code, in: db),
            filings: try FilingRecord.fetch(body: code, limit: shown, in: db).map { record in
                var open = DiscrepancyRecord.Filter()
                (open.filing, open.isOpen) = (record.id, true)
                return (record, try DiscrepancyRecord.count(open, in: db))
            },
            openComplaints: try ComplaintRecord.count(open, in: db))
    }

    /// Open requests first, then the others, the latest first.
    private static func requests(
        _ code: String, in db: Database
    ) throws -> ([InformationRequestRecord], count: Int) {
        var filter = InformationRequestRecord.Filter()
        filter.body = code
        let count = try InformationRequestRecord.count(filter, in: db)
        filter.isOpen = true
        var found = try InformationRequestRecord.fetch(filter, limit: shown, in: db)
        filter.isOpen = false
        found += try InformationRequestRecord.fetch(
            filter, isDescending: true, limit: max(0, shown - found.count), in: db)
        return (found, count)
    }

    private static func dates(
        _ code: String, _ today: CivilDate, _ kinds: Set<String>, in db: Database
    ) throws -> [ClockRow] {
        var filter = ClockFilter()
        filter.caseKinds = kinds
        filter.body = code
        filter.isOpen = true
        filter.isOverdue = true
        let late = try ClockRow.fetch(filter, limit: shown, in: db)
        filter.isOverdue = false
        filter.standings = [.running]
        filter.dueFrom = today
        return late + (try ClockRow.fetch(filter, limit: max(3, shown - late.count), in: db))
    }
}
