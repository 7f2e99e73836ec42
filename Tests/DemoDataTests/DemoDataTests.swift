import Casework
import Complaints
import DemoData
import Journal
import PersonalData
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Demo complaints")
struct DemoDataTests {
    static func csv(_ count: Int, seed: UInt64 = 7) throws -> [UInt8] {
        let law = ScheduleFolder(path: Repository.path + "/schedules")
        var demo = try DemoComplaints(
            DemoOptions(
                complaints: count, months: 3, through: try #require(CivilMonth("2026-09")),
                asOf: try #require(Moment("2026-10-05T10:00:00+05:00")), seed: seed),
            registry: try DemoRegistry(folder: Repository.path + "/knowledge"),
            rulebooks: try law.rulebooks(knownEvents: KnownEvents.all), calendar: try law.calendar())
        var bytes: [UInt8] = []
        try demo.write { bytes += $0 }
        return bytes
    }

    @Test("The same seed gives the same bytes, another seed others")
    func deterministic() throws {
        let first = try Self.csv(300)
        #expect(try Self.csv(300) == first)
        #expect(try Self.csv(300, seed: 8) != first)
    }

    @Test("As many lines as were asked for, all of the period, each labelled as demo data in both languages")
    func labelled() throws {
        let lines = String(decoding: try Self.csv(400), as: UTF8.self).split(separator: "\n").dropFirst()
        #expect(lines.count == 400)
        for line in lines {
            #expect(line.hasPrefix("DEMO-7-"))
            #expect(line.contains("ДЕМО: ") || line.contains("ДЕМО деректер: "))
            #expect(["2026-07", "2026-08", "2026-09"].contains(line.split(separator: ",")[1].prefix(7)))
        }
        #expect(lines.contains { $0.contains(",kk,") } && lines.contains { $0.contains(",ru,") })
        let filed = lines.map { $0.split(separator: ",")[1] }
        #expect(filed == filed.sorted())
    }

    @Test("The import takes all of it in; some are late, extended, transferred, withdrawn, still open")
    func takenIn() async throws {
        let centre = try await TestCentre(Registry.eventTypes + [ComplaintEvent.self]) {
            [ComplaintProjection(catalogue: $0)] + Registry.projections($0)
        }
        let (folder, casework, journal) = (centre.folder, centre.casework, centre.casework.journal)
        let now = try at("2026-10-05 10:00")
        _ = try RegistryFolder.import(folder: Repository.path + "/knowledge", into: casework, by: .timer, at: now)
        let desk = ComplaintDesk(
            casework: casework, vault: try PersonVault(path: folder.file("vault.db")),
            routing: try RoutingBook.load(folder: Repository.path + "/schedules/routing"),
            facts: { try RoutingFacts(registry: $0) })
        var problems: [String] = []
        let report = try ForumImport(
            ForumFile(bytes: try Self.csv(3_000), format: .csv, name: "demo.csv"), into: desk, batchSize: 700
        ).runNow(by: .timer, at: now, refused: { problems.append($0.problem.description) })
        #expect(report.added == 3_000, "\(problems.prefix(5))")
        let records = try journal.readNow { try ComplaintRecord.fetch(ComplaintFilter(), limit: 5_000, in: $0) }
        let closed = records.filter { $0.status == .answered }
        let late = closed.filter { ($0.closedOn ?? $0.dueOn) > $0.dueOn }.count
        #expect((closed.count / 40...closed.count / 3).contains(late), "\(late) of \(closed.count)")
        #expect(records.contains { $0.status == .open } && records.contains { $0.status == .withdrawn })
        #expect(records.contains { $0.extendedBy > 0 } && records.contains { $0.reviewer == .agency })
        for kind in ComplaintKind.allCases { #expect(records.contains { $0.kind == kind }) }
        // Some bodies are late more often than others.
        let shares = Dictionary(grouping: closed, by: \.body).values.filter { $0.count >= 30 }.map { body in
            Double(body.filter { ($0.closedOn ?? $0.dueOn) > $0.dueOn }.count) / Double(body.count)
        }
        #expect((shares.max() ?? 0) > 3 * (shares.min() ?? 0) + 0.05)
        let before = try journal.projectionContents()
        try journal.rebuild()
        #expect(try journal.projectionContents() == before)
    }
}
