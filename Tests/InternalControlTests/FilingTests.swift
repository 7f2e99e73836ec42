import Casework
import DemoData
import Forms
import InternalControl
import Journal
import Registry
import Spreadsheets
import TestSupport
import Testing
import WorkingDays

@Suite("Filings of the bodies")
struct FilingTests {
    @Test("A form without a fault is taken, and its numbers are kept with their cells")
    func taken() async throws {
        let world = try await World()
        let outcome = try await world.take(try world.form([0, 0, 0]))
        #expect(outcome.isTaken)
        #expect(outcome.discrepancies == [])
        let state = try await world.desk.filing(World.first).state
        #expect(state.taken?.note.numbers["16"] == ["1": "0", "2": "0", "3": "0", "4": "0"])
        #expect(state.taken?.note.cells["16"]?.hasPrefix("F") == true)
        #expect(state.taken?.note.faults == 0)
        let record = try world.journal.readNow { try FilingRecord.fetch(World.first, in: $0) }
        #expect(record?.takenOn == CivilDate("2026-04-08"))
        try world.expectSameAfterRebuild()
    }

    @Test("A form with a fault goes back as a whole: nothing of it counts, and the next one is its first")
    func returned() async throws {
        let world = try await World()
        var filing = try world.form([1, 2, 0])
        filing.write("41", "16", "4")
        let outcome = try await world.take(filing)
        #expect(!outcome.isTaken)
        let state = try await world.desk.filing(World.first).state
        #expect(state.taken == nil)
        // The sum of the parts, and the sum of the months.
        #expect(state.last?.note.faults == 2)
        #expect(state.last?.note.numbers == [:])
        let again = try await world.take(try world.form([0, 0, 0]), at: "2026-04-09 10:00")
        #expect(again.isTaken)
        let record = try world.journal.readNow { try FilingRecord.fetch(World.first, in: $0) }
        #expect(record?.returnedOn == nil)
        #expect(record?.revisions == 1)
        try world.expectSameAfterRebuild()
    }

    @Test("The same bytes again change nothing")
    func sameBytes() async throws {
        let world = try await World()
        try await world.take(try world.form([0, 0, 0]))
        let again = try await world.take(try world.form([0, 0, 0]), at: "2026-04-09 10:00")
        #expect(again.isTaken)
        #expect(try await world.desk.filing(World.first).version == 1)
    }

    @Test("A second filing of 1-мк is held, since the Agency corrects it (78 §63)")
    func second() async throws {
        let world = try await World()
        try await world.take(try world.form([0, 0, 0]))
        await refuses(.secondFiling) {
            _ = try await world.take(try world.form([1, 0, 0]), at: "2026-04-09 10:00", reason: "slip")
        }
    }

    @Test("A second filing of 1-мқ is a revision and needs its reason")
    func revision() async throws {
        let world = try await World()
        let id = try #require(FilingID("106-1mq_2026-03_MJ"))
        func filing(_ value: Int) throws -> DemoFiling {
            var filing = DemoFiling(try world.desk.form(of: id), id.period, body: "MJ")
            filing.write("\(value)", "13", try #require(filing.form.columns["months"]?.first { $0.month == 3 }).code)
            return filing
        }
        let first = try await world.take(try filing(0), id)
        #expect(first.isTaken)
        await refuses(.reasonMissing) {
            _ = try await world.take(try filing(1), id, at: "2026-04-09 10:00")
        }
        let second = try await world.take(try filing(1), id, at: "2026-04-09 10:00", reason: "the branch was left out")
        #expect(second.isTaken)
        #expect(try await world.desk.filing(id).state.entries.count == 2)
    }

    @Test(
        "Who does not file a form, or for such a period, is told so",
        arguments: [
            ("78-1mk_2026-Q1_A75", InternalControlRefusal.notTheirs), ("78-2mk_2026-Q1_MJ", .notTheirs),
            ("78-1mk_2026-Q1_NOBODY", .bodyUnknown), ("78-1mk_2026-03_MJ", .periodWrong),
            ("797-18_2026-03_MJ", .formUnknown), ("78-3mk_2026-Q1_MJ", .notTheirs),
        ])
    func notTheirs(_ text: String, _ code: InternalControlRefusal) async throws {
        let world = try await World()
        let id = try #require(FilingID(text))
        let note = FilingNote(
            form: id.form, edition: World.first.period.first, period: "\(id.period)", body: id.body,
            file: String(repeating: "a", count: 64), channel: .letter, faults: 0, doubts: 0)
        await refuses(code) {
            _ = try await world.desk.take(
                id, note, at: try at("2026-04-08 10:00"), by: world.actor, now: try at("2026-04-08 10:00"))
        }
    }

    @Test("A form cannot come before its period is over, nor from the future")
    func moments() async throws {
        let world = try await World()
        await refuses(.periodNotOver) {
            _ = try await world.take(try world.form([0, 0, 0]), at: "2026-03-31 18:00")
        }
        let filing = try world.form([0, 0, 0])
        let report = try world.desk.check(World.first, ByteSource(Array(filing.text.utf8)))
        let note = try world.desk.note(World.first, report, file: String(repeating: "b", count: 64), channel: .mail)
        await refuses(.future) {
            _ = try await world.desk.take(
                World.first, note, at: try at("2026-04-09 10:00"), by: world.actor, now: try at("2026-04-08 10:00"))
        }
    }

    @Test("The Agency is owed 1-мк by central bodies, 2-мк by regions, 3-мк by the IT body: not by what is below them")
    func duties() async throws {
        let world = try await World()
        func bodies(_ code: String, _ period: String) throws -> [String] {
            let form = try #require(world.desk.filed.first { $0.code == code })
            let period = try #require(form.period(period))
            return try world.journal.readNow { db in
                try FilingDuty.bodies(of: form, for: period, in: db).map(\.code)
            }
        }
        #expect(try bodies("78-1mk", "2026-Q1") == ["MF", "MJ"])
        #expect(try bodies("78-2mk", "2026-Q1") == ["A75"])
        #expect(try bodies("78-3mk", "2026-Q1") == ["MDD"])
        let form = try #require(world.desk.filed.first { $0.code == "78-1mk" })
        #expect(form.submission?.lastDay(of: World.first.period) == CivilDate("2026-04-10"))
        let periods = FilingDuty.periods(of: form, before: try #require(CivilDate("2026-04-11")), limit: 3)
        #expect(periods.map(\.description) == ["2026-Q1", "2025-Q4", "2025-Q3"])
        let covered = try world.journal.readNow { db in
            try FilingDuty.covered(by: "A75", on: World.first.period.last, in: db)
        }
        #expect(covered == ["A75", "D75"])
    }
}
