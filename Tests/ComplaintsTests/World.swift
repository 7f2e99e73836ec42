import Casework
import Complaints
import Foundation
import Journal
import PersonalData
import Rulebook
import TestSupport
import Testing
import WorkingDays

/// A contact centre with the real law, a small registry and nothing else.
final class World: TestWorld, Sendable {
    let centre: TestCentre
    let vault: PersonVault
    let desk: ComplaintDesk

    static let facts = RoutingFacts(
        bodies: [
            .init(code: "MJ", kind: "central", region: "republic"),
            .init(code: "KGD", kind: "central", region: "republic"),
            .init(code: "APS", kind: "agency", region: "republic"),
            .init(code: "GC", kind: "psc", region: "republic"),
            .init(code: "G75", kind: "psc", parent: "GC", region: "75"),
            .init(code: "T75", kind: "agency-territorial", parent: "APS", region: "75"),
            .init(code: "A75", kind: "local", level: "region", region: "75"),
            .init(code: "D751110", kind: "local", level: "district", parent: "A75", region: "75"),
            .init(code: "ACA", kind: "central", region: "republic", to: CivilDate("2025-06-30"), successor: "KNB"),
            .init(code: "FUND", kind: "provider", region: "republic"),
            .init(code: "KNB", kind: "central", region: "republic"),
        ],
        services: [
            .init(code: "S1", owner: "MJ", provider: "Регистрирующие органы"),
            .init(code: "S2", owner: "MJ", provider: "Государственная корпорация"),
            .init(code: "S3", owner: "KGD", provider: "Местные исполнительные органы"),
        ])

    init() async throws {
        centre = try await TestCentre([ComplaintEvent.self, ComplaintViewEvent.self], adopted: "2026-01-01 09:00") {
            [ComplaintProjection(catalogue: $0), ComplaintViewProjection(catalogue: $0)]
        }
        vault = try PersonVault(path: centre.folder.file("vault.db"))
        desk = ComplaintDesk(
            casework: centre.casework, vault: vault,
            routing: try RoutingBook.load(folder: Repository.path + "/schedules/routing"),
            facts: { _ in Self.facts }, isOfficer: { number, _ in number < 100 })
    }

    // What every test of complaints asks for, named here as well: a file that needs nothing else of TestSupport need not
    // import it.
    var casework: Casework { centre.casework }
    var journal: Journal { centre.casework.journal }
    var actor: Actor { centre.actor }
    func at(_ text: String) throws -> Moment { try TestSupport.at(text) }

    func record(_ number: String) throws -> ComplaintRecord {
        try #require(try journal.readNow { try ComplaintRecord.fetch(id: number, in: $0) })
    }

    func clocks(_ number: String) throws -> [ClockRow] {
        try journal.readNow { try ClockRow.fetch(of: StreamID(kind: "complaint", id: number), in: $0) }
    }

    @discardableResult
    func register(
        _ filedAt: String, forum: String? = nil, body: String? = "MJ", kind: ComplaintKind = .order,
        contacts: ComplaintContacts = .init(name: "Айгүл Тестова", phone: "+7 700 000 00 00", iin: "900101400001")
    ) async throws -> ComplaintReceipt {
        try await desk.register(
            ComplaintFiling(
                forumNumber: forum, kind: kind, service: "S1", body: body, region: "75", language: "kk",
                subject: "Сынақ: құжат уақытында берілмеді", contacts: contacts, filedAt: try at(filedAt)),
            by: actor, at: try at("2026-12-30 09:00"))
    }

    func run(_ csv: String, batch: Int = 3) throws -> (report: ForumImportReport, refused: [RefusedLine]) {
        try run(ForumFile(bytes: Array(csv.utf8), format: .csv, name: "forum.csv"), batch: batch)
    }

    func run(
        _ file: ForumFile, batch: Int = 3
    ) throws -> (report: ForumImportReport, refused: [RefusedLine]) {
        var refused: [RefusedLine] = []
        let report = try ForumImport(file, into: desk, batchSize: batch).runNow(
            by: actor, at: try at("2026-12-30 09:00"), refused: { refused.append($0) })
        return (report, refused)
    }

    func events() throws -> Int64 { try journal.head().position }
}

/// A day, for files that need nothing else of TestSupport.
func day(_ text: String) throws -> CivilDate { try TestSupport.day(text) }
