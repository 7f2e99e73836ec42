import CanonicalJSON
import Casework
import Correspondence
import Crypto
import DemoData
import Forms
import Journal
import Languages
import Registry
import Spreadsheets
import TestSupport
import Testing
import WorkingDays

@testable import InternalControl

@Suite("What a body does with its forms by its link")
struct BodyHandTests {
    /// The link of a body to its forms.
    private static func link(_ world: World, _ body: String) async throws -> BodyLinkRecord {
        let (now, id) = (try at("2026-04-02 10:00"), FilingID(form: "78-1mk", period: World.first.period, body: body))
        try await world.notices.makeLink(for: id, by: world.actor, at: now)
        return try #require(try world.journal.readNow { try world.notices.link(of: body, at: now, in: $0) }).record
    }

    private static func note(_ world: World, _ months: [Int], spoilt: Bool = false) throws -> FilingNote {
        var form = try world.form(months)
        if spoilt { form.write("41", "16", "4") }
        let bytes = Array(form.text.utf8)
        return try world.desk.note(
            World.first, try world.desk.check(World.first, ByteSource(bytes)),
            file: EventLink.hexadecimal(Array(SHA256.hash(data: bytes))), channel: .link)
    }

    @Test("A form without a fault is taken in the name of the link, one with faults leaves no event")
    func taken() async throws {
        let world = try await World()
        let (link, now) = (try await Self.link(world, "MJ"), try at("2026-04-08 10:00"))
        await refuses(.faulty) {
            _ = try await world.desk.take(
                World.first, try Self.note(world, [1, 2, 0], spoilt: true), by: link, at: now, expecting: 0)
        }
        #expect(try await world.desk.filing(World.first).version == 0)
        let outcome = try await world.desk.take(
            World.first, try Self.note(world, [1, 2, 0]), by: link, at: now, expecting: 0)
        #expect(outcome.isTaken && outcome.discrepancies == ["78-1mk_2026-Q1_MJ_16"])
        let history = try await world.casework.history(of: StreamID(kind: "filing", id: World.first.description))
        #expect(history.map(\.recorded.actor) == [BodyLinkDesk.actor(of: link)])
        #expect(try await world.desk.filing(World.first).state.taken?.note.channel == .link)
        // What was checked against an older state is not taken.
        await #expect(throws: JournalError.self) {
            _ = try await world.desk.take(
                World.first, try Self.note(world, [0, 0, 0]), by: link, at: now, expecting: 0)
        }
    }

    @Test("A link opens the forms of its own body, and no link of another kind opens any")
    func others() async throws {
        let world = try await World()
        let (link, now) = (try await Self.link(world, "MF"), try at("2026-04-08 10:00"))
        let note = try Self.note(world, [1, 0, 0])
        await refuses(.notYours) {
            _ = try await world.desk.take(World.first, note, by: link, at: now, expecting: 0)
        }
        try await world.take(try world.form([1, 0, 0]))
        let answer = DiscrepancyNote(text: "x", stance: .reason)
        await refuses(.notYours) {
            try await world.desk.answer("78-1mk_2026-Q1_MJ_16", answer, by: link, at: now)
        }
        await refuses(.notYours) {
            try await world.desk.answer("78-1mk_2026-Q1_NONE_16", answer, by: link, at: now)
        }
    }

    @Test("A question that is answered anew is one question; the same words again are no event")
    func answers() async throws {
        let world = try await World()
        let (link, now) = (try await Self.link(world, "MJ"), try at("2026-04-08 10:00"))
        await refuses(.nothingTaken) {
            try await world.desk.answer(World.first, FilingAnswer(rule: "r", text: "x"), by: link, at: now)
        }
        try await world.take(try world.form([0, 0, 0]))
        let later = try at("2026-04-09 10:00")
        for text in ["first", "first", "second"] {
            try await world.desk.answer(
                World.first, FilingAnswer(rule: "r", row: "16", text: text), by: link, at: later)
        }
        try await world.desk.answer(World.first, FilingAnswer(rule: "r", row: "17", text: "x"), by: link, at: later)
        let state = try await world.desk.filing(World.first).state
        #expect(state.answers.map(\.text) == ["first", "second", "x"])
        #expect(state.answered["r|16|"]?.text == "second")
        let record = try world.journal.readNow { try FilingRecord.fetch(World.first, in: $0) }
        #expect(record?.answers == 2)
        try world.expectSameAfterRebuild()
    }

    @Test("What a body makes of a discrepancy stands on the case and in the next explanation; settled is settled")
    func stance() async throws {
        let world = try await World()
        let (link, now) = (try await Self.link(world, "MJ"), try at("2026-04-09 10:00"))
        try await world.take(try world.form([2, 0, 0]))
        let number = "78-1mk_2026-Q1_MJ_16"
        await refuses(.textMissing) {
            try await world.desk.answer(number, DiscrepancyNote(text: " ", stance: .reason), by: link, at: now)
        }
        let before = try await world.desk.explain(number, by: world.actor, at: now)
        let silent = try #require(try await world.desk.document(before))
        #expect(!String(decoding: silent, as: UTF8.self).contains("positions"))
        for _ in 1...2 {
            try await world.desk.answer(number, DiscrepancyNote(text: "", stance: .agrees), by: link, at: now)
        }
        try await world.desk.answer(
            number, DiscrepancyNote(text: "кеңсеге түсті", stance: .reason), by: link, at: now)
        let record = try world.journal.readNow { try DiscrepancyRecord.fetch(number, in: $0) }
        #expect(record?.stance == .reason && record?.answeredOn == CivilDate("2026-04-09"))
        let found = try await world.desk.discrepancy(number)
        #expect(found.state.answers.map(\.stance) == [.agrees, .reason])
        let document = ExplanationDocument.bytes(
            .init(
                number: number, revision: 2, form: try world.desk.form(of: World.first),
                body: .init(kk: "MJ", ru: "MJ"), state: found.state,
                foundOn: try #require(CivilDate("2026-04-08")), complaints: [], cases: nil), by: world.desk.rules)
        let text = String(decoding: document, as: UTF8.self)
        #expect(text.contains(#""answers":["кеңсеге түсті"]"#))
        #expect(
            text.contains(
                #""positions":[{"position":"agrees","text":""},{"position":"reason","text":"кеңсеге түсті"}]"#))
        try world.expectSameAfterRebuild()
    }

    @Test("A body owes its forms for the running period and for those of the last five quarters that it existed in")
    func owed() async throws {
        let world = try await World()
        func owed(_ body: String, _ day: String) throws -> [String] {
            let record = try #require(try world.journal.readNow { try Registry.body(body, in: $0) })
            return FilingDuty.owed(by: record, of: world.desk.filed, on: try #require(CivilDate(day)))
                .map { "\($0.id) \($0.due)" }
        }
        #expect(
            try owed("MJ", "2026-04-08") == [
                "78-1mk_2025-Q1_MJ 2025-04-10", "78-1mk_2025-Q2_MJ 2025-07-10", "78-1mk_2025-Q3_MJ 2025-10-10",
                "78-1mk_2025-Q4_MJ 2026-01-10", "78-1mk_2026-Q1_MJ 2026-04-10", "78-1mk_2026-Q2_MJ 2026-07-10",
            ])
        #expect(try owed("D75", "2026-04-08").allSatisfy { $0.hasPrefix("78-2mk") })
        #expect(try owed("APS", "2026-04-08").isEmpty)
        #expect(try Set(owed("MDD", "2026-04-08").map { $0.prefix(6) }) == ["78-3mk", "78-4mk"])
    }
}
