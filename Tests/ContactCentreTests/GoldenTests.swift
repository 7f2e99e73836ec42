import Accounts
import CanonicalJSON
import Casework
import CentreSupport
import ContactCentre
import Delivery
import Foundation
import GRDB
import Journal
import Reporting
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("A data folder of edition 4626e0f opens and reads the same")
struct GoldenTests {
    private static func open(_ folder: TemporaryFolder) async throws -> ContactCentre {
        let now = try #require(CivilDate("2026-10-13"))
        return try await ContactCentre.open(
            data: DataFolder(path: folder.file("data")), law: try RepositoryLaw.read(),
            environment: CentreEnvironment(
                now: { CivilZone.almaty.start(of: now) }, randomBytes: { [UInt8](repeating: 7, count: $0) }),
            passwordCost: .trivial, bringsUpToDate: false, note: { _ in })
    }

    private static func compareTables(_ centre: ContactCentre) throws {
        for table in ContactCentre.projections.flatMap(\.tables) {
            try centre.journal.readNow { db in
                // A table that came later has nothing to be compared with.
                guard Golden.knows(table: table) else { return }
                try Golden.compareTable(table, in: db)
            }
        }
    }

    @Test("Its tables hold the same, as they stand and made again from the events")
    func tables() async throws {
        let folder = try Golden.dataFolder()
        let centre = try await Self.open(folder)
        try Self.compareTables(centre)
        try centre.journal.rebuild()
        try Self.compareTables(centre)
        #expect(try centre.journal.verify { _ in }.firstBad == nil)
    }

    @Test("Its events are read and written to the same bytes, whatever their type")
    func events() async throws {
        let folder = try Golden.dataFolder()
        let centre = try await Self.open(folder)
        let events = try centre.journal.readNow { try SQLiteEventStore(db: $0).events(after: 0, limit: .max) }
        for event in events {
            #expect(try Self.bytes(of: event) == event.payload, "\(event.position) \(event.name)")
        }
        try Golden.compare("events.txt", Set(events.map(\.name)).sorted(), .same)
        let known = ContactCentre.catalogue.names.union(DeliveryEvent.names)
        try Golden.compare("names.txt", Array(known), .nothingLost)
    }

    private static func bytes(of event: RecordedEvent) throws -> [UInt8]? {
        if ContactCentre.catalogue.knows(event.name) {
            return try ContactCentre.catalogue.read(event).journalled(occurredAt: event.occurredAt).payload
        }
        if let account = try AccountEvent(event) { return try account.new(at: event.occurredAt).payload }
        return try DeliveryEvent(event)?.new(at: event.occurredAt).payload
    }

    @Test("Its cases have the same clocks")
    func clocks() async throws {
        let folder = try Golden.dataFolder()
        let centre = try await Self.open(folder)
        let events = try centre.journal.readNow { try SQLiteEventStore(db: $0).events(after: 0, limit: .max) }
        var clocks: [StreamID: CaseClocks] = [:]
        for event in events where ContactCentre.catalogue.knows(event.name) {
            let changes = try ContactCentre.catalogue.read(event).changes
            if !changes.isEmpty { clocks[event.stream, default: CaseClocks()].apply(changes) }
        }
        let lines = try clocks.map { stream, clocks in
            "\(stream.rawValue) \(String(decoding: try CanonicalCoding.encode(clocks), as: UTF8.self))"
        }.sorted()
        try Golden.compare("clocks.txt", lines, .same)
    }

    @Test("Its sealed reports are made again to the same digests")
    func reports() async throws {
        let folder = try Golden.dataFolder()
        let centre = try await Self.open(folder)
        var lines: [String] = []
        for month in try await centre.reports.monthly.standings().map(\.period) {
            for sealed in try await centre.reports.monthly.report(month).state.sealed {
                let copy = TemporaryFolder()
                let remade = try await centre.reports.monthly.remake(
                    month, revision: sealed.revision, in: copy.path, projections: ContactCentre.projections)
                #expect(remade.isSame, "\(month) revision \(sealed.revision)")
                lines.append("\(month)/\(sealed.revision) \(sealed.deliveredDigest) \(remade.remade)")
                let bytes = try #require(try await centre.reports.monthly.document(sealed))
                try Golden.compare(
                    "reports/\(month)-\(sealed.revision).json",
                    String(decoding: bytes, as: UTF8.self).split(separator: ",").map(String.init), .same)
            }
        }
        #expect(lines.count >= 3)
        try Golden.compare("reports.txt", lines, .same)
    }
}
