import Casework
import Complaints
import Delivery
import Foundation
import GRDB
import Journal
import PersonalData
import Registry
import Rulebook
import TestSupport
import WorkingDays

@testable import Reporting

/// A contact centre with the real law whose complaints are put into the table by hand, or filed one by one.
final class World: Sendable {
    let folder = TemporaryFolder()
    let journal: Journal
    let vault: PersonVault
    let casework: Casework
    let desk: ComplaintDesk
    let outbox = Outbox()
    let reports: ReportDesk
    let actor = Actor("test")

    let projections: [any Projection]

    private static let catalogue = EventCatalogue([ComplaintEvent.self, MonthlyReportEvent.self] + Registry.eventTypes)

    init() async throws {
        let schedules = ScheduleFolder(path: Repository.path + "/schedules")
        let catalogue = Self.catalogue
        projections =
            [
                CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue),
                ComplaintProjection(catalogue: catalogue), DeliveryProjection(),
            ] + Registry.projections(catalogue)
        journal = try Journal(path: folder.file("journal.db"), projections: projections)
        vault = try PersonVault(path: folder.file("vault.db"))
        casework = Casework(
            journal: journal, catalogue: catalogue, rulebooks: try schedules.rulebooks(knownEvents: KnownEvents.all),
            calendars: CalendarKeeper())
        let facts = RoutingFacts(
            bodies: [
                .init(code: "MJ", kind: "central", region: "republic"),
                .init(code: "KGD", kind: "central", region: "republic"),
                .init(code: "APS", kind: "agency", region: "republic"),
                .init(code: "A75", kind: "local", level: "region", region: "75"),
            ], services: [.init(code: "S1", owner: "MJ", provider: "Регистрирующие органы")])
        desk = ComplaintDesk(
            casework: casework, vault: vault,
            routing: try RoutingTable.load(path: Repository.path + "/schedules/routing/complaints.yaml"),
            facts: { _ in facts })
        reports = ReportDesk(casework: casework, vault: vault, outbox: outbox, destination: "agency")
        _ = try await casework.adopt(
            try schedules.calendar(), reason: "test", expecting: nil, by: actor, at: try at("2025-12-01 09:00"))
    }

    func at(_ text: String) throws -> Moment {
        guard let moment = Moment(text.replacingOccurrences(of: " ", with: "T") + ":00+05:00") else {
            throw NotADate(text: text)
        }
        return moment
    }

    /// Files a complaint and returns its number.
    func file(
        _ filedAt: String, forum: String? = nil, kind: ComplaintKind = .order, body: String = "MJ",
        name: String = "Айгүл Тестова", iin: String = "900101400001", recordedAt: String? = nil
    ) async throws -> String {
        try await desk.register(
            ComplaintFiling(
                forumNumber: forum, kind: kind, service: "S1", body: body, region: "75", language: "kk",
                subject: "Сынақ", contacts: .init(name: name, phone: "+7 700 000 00 00", iin: iin),
                filedAt: try at(filedAt)),
            by: actor, at: try at(recordedAt ?? filedAt)
        ).number
    }

    func answer(_ number: String, _ time: String, recordedAt: String? = nil) async throws {
        let moment = try at(time)
        _ = try await casework.transact(by: actor, at: try at(recordedAt ?? time)) { session in
            try session.perform(
                .answer(ComplaintAnswered(outcome: .satisfied), at: moment), on: Complaint.self, id: number
            ).version
        }
    }

    func count(_ number: ReportNumber, _ month: CivilMonth) throws -> Int {
        try journal.readNow { try number.count(month, in: $0) }
    }

    /// Puts a complaint straight into the table; the definitions are about the table.
    func put(_ row: Row) throws {
        try journal.transactNow(by: actor, at: try at("2026-05-01 00:00")) { transaction -> Int in
            try row.insert(transaction.db)
            return 0
        }
    }

    struct Row {
        var id: String
        var filed: String
        var due: String
        var closed: String?
        var kind = "order"
        var body = "MJ"
        var bodyKind = "central"
        var channel = "forum"
        var status: String?

        func insert(_ db: Database) throws {
            try db.execute(
                sql: """
                    INSERT INTO complaint (id, kind, service, body, bodyKind, reviewer, channel, filedAt, filedOn,
                      registeredOn, dueOn, closedOn, status, extendedBy, position)
                    VALUES (?, ?, 'S1', ?, ?, 'body', ?, 0, ?, ?, ?, ?, ?, 0, 1)
                    """,
                arguments: [
                    id, kind, body, bodyKind, channel, filed, filed, due, closed,
                    status ?? (closed == nil ? "open" : "answered"),
                ])
        }
    }
}

func month(_ text: String) throws -> CivilMonth {
    guard let month = CivilMonth(text) else { throw NotADate(text: text) }
    return month
}

/// A text of a test that is no date.
struct NotADate: Error { let text: String }
