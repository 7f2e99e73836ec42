import Casework
import Complaints
import Contacts
import Delivery
import Forms
import Foundation
import GRDB
import Journal
import PersonalData
import Registry
import Reporting
import Rulebook
import Synchronization
import TestSupport
import WorkingDays

/// A contact centre with the real law whose complaints are put into the table by hand, or filed one by one.
final class World: TestWorld, Sendable {
    let centre: TestCentre
    let vault: PersonVault
    let desk: ComplaintDesk
    let outbox = Outbox()
    let reports: ReportDesk<MonthlyReport>
    /// What the clock is worth; nil while it is trusted.
    let doubt = Doubt()

    /// See `doubt`.
    final class Doubt: Sendable {
        let standing = Mutex<TimeStanding?>(nil)
    }

    /// The tables of the modules over a catalogue.
    static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [ComplaintProjection(catalogue: catalogue), DeliveryProjection()] + Registry.projections(catalogue)
            + ContactDesk.projections(catalogue) + Reports.projections(catalogue)
    }

    /// All tables.
    var projections: [any Projection] {
        let catalogue = casework.catalogue
        return [CalendarBook(catalogue: catalogue), ClockBoard(catalogue: catalogue)] + Self.projections(catalogue)
    }

    /// - Parameter year: the last year of which there is a calendar.
    init(through year: Int = 2027) async throws {
        centre = try await TestCentre(
            [ComplaintEvent.self, ReportEvent.self] + Registry.eventTypes + ContactDesk.eventTypes, through: year,
            adopted: "2025-12-01 09:00", projections: Self.projections)
        vault = try PersonVault(path: centre.folder.file("vault.db"))
        let casework = centre.casework
        let facts = RoutingFacts(
            bodies: [
                .init(code: "MJ", kind: "central", region: "republic"),
                .init(code: "KGD", kind: "central", region: "republic"),
                .init(code: "APS", kind: "agency", region: "republic"),
                .init(code: "A75", kind: "local", level: "region", region: "75"),
            ], services: [.init(code: "S1", owner: "MJ", provider: "Регистрирующие органы")])
        desk = ComplaintDesk(
            casework: casework, vault: vault,
            routing: try RoutingBook.load(folder: Repository.path + "/schedules/routing"),
            facts: { _ in facts })
        let doubt = doubt
        reports = ReportDesk(
            casework: casework, vault: vault, outbox: outbox,
            form: try ReportForm(
                MonthlyReport.form, of: try TestCentre.schedules.forms(measures: ReportForm.shapes),
                on: CivilDate(dayNumber: 20_000)), destination: "agency",
            time: { now in doubt.standing.withLock { $0 } ?? .trusted(now) })
    }

    /// Puts a complaint's row out of step with its events, as no code of ours does: the balance of its month is off.
    func spoil(_ number: String) throws {
        _ = try journal.transactNow(by: actor, at: try at("2026-04-01 09:00")) { transaction -> Int in
            try transaction.db.execute(
                sql: "UPDATE complaint SET closedOn = '2026-02-20', status = 'answered' WHERE id = ?",
                arguments: [number])
            return 0
        }
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

    func count(_ number: ReportNumber, _ period: ReportPeriod) throws -> Int {
        try journal.readNow { try reports.form.count(number, period, in: $0) }
    }

    /// Puts a complaint straight into the table; the definitions are about the table.
    func put(_ row: Row) throws {
        _ = try journal.transactNow(by: actor, at: try at("2026-05-01 00:00")) { transaction -> Int in
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

func month(_ text: String) throws -> ReportPeriod {
    guard let month = CivilMonth(text) else { throw NotADate(text: text) }
    return .month(month)
}

/// A text of a test that is no date.
struct NotADate: Error { let text: String }
