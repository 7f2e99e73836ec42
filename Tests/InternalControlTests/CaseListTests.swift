import CanonicalJSON
import Casework
import Complaints
import Delivery
import GRDB
import InternalControl
import Journal
import PersonalData
import Spreadsheets
import TestSupport
import Testing
import WorkingDays

@Suite("A discrepancy case by case: the body's list beside our complaints")
struct CaseListTests {
    static let number = DiscrepancyTests.number
    static let iin = "850101300123"

    /// Three complaints of ours, the first by a person whose IIN is known; the body's form tells of five.
    static func world() async throws -> (World, [String]) {
        let world = try await World()
        var numbers: [String] = []
        for (index, day) in ["2026-01-12", "2026-02-10", "2026-02-11"].enumerated() {
            let at = try at("\(day) 10:00")
            let filing = ComplaintFiling(
                forumNumber: index == 1 ? "F7" : nil, channel: index == 1 ? "forum" : "phone", kind: .order,
                service: "S1",
                body: "MJ", region: "75", language: "kk", subject: "Сынақ",
                contacts: .init(name: "Айгүл Тестова", iin: index == 0 ? iin : nil), filedAt: at)
            numbers.append(try await world.complaints.register(filing, by: world.actor, at: at).number)
        }
        try await world.take(try world.form([2, 2, 1]))
        return (world, numbers)
    }

    static func list(_ world: World, _ text: String) throws -> (BodyCaseList, BodyListReader.Outcome) {
        let vault = world.vault
        let outcome = try BodyListReader.read(
            ByteSource(Array(text.utf8)), number, today: try #require(CivilDate("2026-04-08")),
            services: [BodyListReader.fold("S1"): "S1"]
        ) { vault.person(knownBy: "iin:" + $0).rawValue }
        return (try #require(outcome.list, "\(outcome.faults)"), outcome)
    }

    static func take(_ world: World, _ text: String, at time: String = "2026-04-08 11:00") async throws {
        let (list, outcome) = try Self.list(world, text)
        try await world.desk.takeList(
            list, outcome, file: String(repeating: "a", count: 64), channel: .letter, by: world.actor, at: try at(time))
    }

    static let five = """
        own;filed_on;forum;service;source;iin
        в-1;12.01.2026;;S1;centre;\(iin)
        в-2;10.02.2026;F7;S1;forum;
        в-3;15.01.2026;;S1;office;
        в-4;16.02.2026;;S1;office;
        в-5;03.03.2026;F99;S1;forum;
        """

    func cases(_ world: World) async throws -> CaseComparison {
        let state = try await world.desk.discrepancy(Self.number).state
        let found = try await world.journal.read { db in try world.desk.cases(state, in: db) }
        return try #require(found)
    }

    @Test(
        "Each unit of the difference is a case with its cause; confirmed in bulk they add up, and only all of them settle it"
    )
    func whole() async throws {
        let (world, numbers) = try await Self.world()
        try await Self.take(world, Self.five)
        let found = try await cases(world)
        #expect(
            found.agreed.map { [$0.theirs.own, $0.ours.facts.id, $0.basis.rawValue] } == [
                ["в-1", numbers[0], "personServiceDay"], ["в-2", numbers[1], "forum"],
            ])
        #expect(
            found.open.map { "\($0.key) \($0.cause ?? "-")" } == [
                "o:\(numbers[2]) missing-theirs", "t:в-3 other-channel", "t:в-4 other-channel", "t:в-5 missing-ours",
            ])
        #expect(found.difference == 2)
        func confirm(_ keys: [String], _ cause: String, at time: String) async throws {
            try await world.desk.confirmCases(
                keys, cause: cause, text: "", on: Self.number, by: world.actor, at: try at(time))
        }
        func left() async throws -> Int {
            let found = try await world.desk.discrepancy(Self.number)
            return found.state.unexplained
        }
        await refuses(.casesMissing) { try await confirm([], "other-channel", at: "2026-04-08 11:05") }
        await refuses(.caseGone) { try await confirm(["t:в-9"], "other-channel", at: "2026-04-08 11:05") }
        await refuses(.caseGone) {
            try await confirm(["t:в-3", "o:\(numbers[2])"], "category", at: "2026-04-08 11:05")
        }
        await refuses(.causeSide) { try await confirm(["t:в-3"], "missing-theirs", at: "2026-04-08 11:05") }
        try await confirm(["t:в-3", "t:в-4"], "other-channel", at: "2026-04-08 11:10")
        #expect(try await left() == 0, "two of three of the body, none of ours")
        await refuses(.caseExplained) { try await confirm(["t:в-4"], "other-channel", at: "2026-04-08 11:11") }
        try await confirm(["t:в-5"], "missing-ours", at: "2026-04-08 11:12")
        #expect(try await left() == 1)
        try await confirm(["o:\(numbers[2])"], "missing-theirs", at: "2026-04-08 11:13")
        #expect(try await left() == 0)
        let record = try world.journal.readNow { try DiscrepancyRecord.fetch(Self.number, in: $0) }
        #expect(record?.unexplained == 0 && record?.listedOn == CivilDate("2026-04-08"))
        try world.expectSameAfterRebuild()

        let sealed = try await world.desk.explain(Self.number, by: world.actor, at: try at("2026-04-08 11:20"))
        let bytes = try await world.desk.document(sealed)
        let document = try JSON(parsing: try #require(bytes))
        #expect(document["unexplained"]?.int == 0 && document["list"]?["cases"]?.int == 5)
        #expect(document["list"]?["withoutCause"]?.int == 0 && document["list"]?["agreed"]?.int == 2)
        let causes = document["causes"]?.array ?? []
        #expect(causes.compactMap { $0["side"]?.string } == ["theirs", "theirs", "ours"])
        #expect(causes.first?["cases"]?.array?.compactMap { $0["theirs"]?.string } == ["в-3", "в-4"])
    }

    @Test("A cause that is taken back leaves its cases open, and what is left open keeps the case from being settled")
    func open() async throws {
        let (world, numbers) = try await Self.world()
        try await Self.take(world, Self.five)
        let now = try at("2026-04-08 12:00")
        for (keys, cause) in [(["t:в-3", "t:в-4"], "other-channel"), (["t:в-5"], "missing-ours")] {
            try await world.desk.confirmCases(keys, cause: cause, text: "", on: Self.number, by: world.actor, at: now)
        }
        let entry = try #require(try await world.desk.discrepancy(Self.number).state.caseEntries["t:в-5"])
        try await world.desk.record(
            .withdraw(entry: entry, reason: "it is ours"), on: Self.number, by: world.actor, at: now)
        let state = try await world.desk.discrepancy(Self.number).state
        #expect(state.unexplained == 0 && state.caseEntries["t:в-5"] == nil)
        await refuses(.casesOpen) {
            try await world.desk.record(.settle(reason: "done"), on: Self.number, by: world.actor, at: now)
        }
        #expect(numbers.count == 3)
        try world.expectSameAfterRebuild()
    }

    @Test(
        "The same cases in another order change nothing; other ones do, twenty times; nothing of a person is on the disk"
    )
    func again() async throws {
        let (world, _) = try await Self.world()
        try await Self.take(world, Self.five)
        let head = try world.journal.head().position
        let lines = Self.five.split(separator: "\n")
        try await Self.take(
            world, ([String(lines[0])] + lines.dropFirst().reversed().map(String.init)).joined(separator: "\n"),
            at: "2026-04-08 11:30")
        #expect(try world.journal.head().position == head)
        for number in 1..<20 {
            try await Self.take(world, "own;filed_on\nв-\(number);10.02.2026\n", at: "2026-04-08 12:00")
        }
        await refuses(.listsFull) {
            try await Self.take(world, "own;filed_on\nлишний;10.02.2026\n", at: "2026-04-08 12:00")
        }
        let bytes = try await world.journal.read { db in
            try String.fetchAll(db, sql: "SELECT CAST(bytes AS TEXT) FROM document")
        }
        #expect(bytes.count >= 20 && !bytes.contains { $0.contains(Self.iin) })
        #expect(bytes.contains { $0.contains(world.vault.person(knownBy: "iin:" + Self.iin).rawValue) })
        try world.expectSameAfterRebuild()
    }

    @Test(
        "A complaint that we annulled, one of another kind and one of before the period are found by their numbers, each with its reason"
    )
    func uncounted() async throws {
        let (world, numbers) = try await Self.world()
        let other = try await world.complain("2026-02-12 10:00", kind: .other)
        let before = try await world.complain("2025-12-30 10:00")
        let text = """
            own;filed_on;number
            в-1;12.01.2026;\(numbers[0])
            в-2;10.02.2026;\(numbers[1])
            в-3;11.02.2026;\(numbers[2])
            в-4;12.02.2026;\(other)
            в-5;01.01.2026;\(before)
            """
        try await Self.take(world, text)
        let found = try await cases(world)
        #expect(found.open.map { "\($0.key) \($0.cause ?? "-")" } == ["t:в-4 category", "t:в-5 cut-off"])
        #expect(found.difference == 2 && found.agreed.count == 3)
    }
}
