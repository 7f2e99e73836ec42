import Casework
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("The ledger of violations")
struct LedgerTests {
    private static let rule = "appoint-responsible-person"
    private static let stream = StreamID("onboarding/1")
    private static let rules = Result { try TestCentre.schedules.violationRules() }

    private var rules: ViolationRules { get throws { try Self.rules.get() } }

    private func entries(_ world: World, _ stream: StreamID = stream) throws -> [Violation] {
        try world.journal.readNow { try Violation.fetch(of: stream, in: $0) }
    }

    private func entry(_ world: World) throws -> Violation {
        let entries = try entries(world)
        #expect(entries.count == 1)
        return try #require(entries.last)
    }

    @discardableResult
    private func act(
        _ command: ViolationCommand, _ world: World, at moment: String = "2026-04-06 11:00", expecting: Int? = nil,
        on id: Violation.ID? = nil
    ) async throws -> Int {
        let (rules, id) = (try rules, try id ?? entry(world).id)
        return try await world.casework.transact(by: world.actor, at: try at(moment)) { session in
            try session.perform(command, on: id, by: rules, expecting: expecting)
        }
    }

    /// A request that came on 1 April: somebody is to be appointed by the 3rd, and was not.
    private func late(_ world: World) async throws {
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-04-01 10:00")
        try await world.casework.recordBreaches(at: try at("2026-04-04 00:00"))
    }

    private func dayOff(_ world: World) async throws {
        let after = try world.calendar.changed(adding: [world.holiday("2026-04-02")])
        _ = try await world.casework.adopt(
            after, reason: "Decree", expecting: 1, by: world.actor, at: try at("2026-04-06 10:00"))
    }

    @Test("A breach drafts one entry with its body, date and proof; the second midnight drafts none")
    func drafted() async throws {
        let world = try await World()
        try await late(world)
        try await world.casework.recordBreaches(at: try at("2026-04-05 00:00"))
        let entry = try entry(world)
        #expect(entry.state == .drafted && entry.body == "B" && entry.service == "S" && entry.endedOn == nil)
        #expect(entry.due == CivilDate("2026-04-03") && entry.violatedOn == CivilDate("2026-04-04"))
        #expect(
            entry.id.description == "onboarding~1~\(Self.rule)~2026-04-03"
                && Violation.ID(entry.id.description) == entry.id)
        #expect(Proof(parsing: entry.proof, names: world.calendar) != nil)
        #expect(try entry.daysLate(world.calendar, asOf: try day("2026-04-07")) == 2)
        try await world.happens(Onboarding.self, "1", "responsiblePersonAppointed", "2026-04-06 09:00")
        let done = try self.entry(world)
        #expect(done.endedOn == CivilDate("2026-04-06") && done.state == .drafted)
        #expect(try done.daysLate(world.calendar, asOf: try day("2026-04-30")) == 1)
        try world.expectSameAfterRebuild()
    }

    @Test("What was done in time, and an internal target that was missed, draft nothing")
    func nothing() async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-04-01 10:00")
        try await world.happens(Onboarding.self, "1", "responsiblePersonAppointed", "2026-04-03 17:00")
        try await world.happens(Onboarding.self, "1", "informationSubmitted", "2026-04-06 10:00")
        try await world.casework.recordBreaches(at: try at("2026-06-01 00:00"))
        let missed = try world.clocks("onboarding/1").values.filter { $0.status == .breached }
        #expect(missed.contains { $0.force == .internalTarget })
        let drafted = try entries(world).map(\.rule)
        #expect(Set(drafted) == Set(missed.filter { $0.force == .statutory }.map(\.rule)))
        #expect(!drafted.contains(Self.rule))
    }

    @Test("A person confirms; nobody decides twice, and what was decided can be withdrawn with its reason")
    func decided() async throws {
        let world = try await World()
        try await late(world)
        let version = try await act(.confirm(words: " late ", document: nil), world)
        #expect(try entry(world).state == .confirmed)
        for second in [
            ViolationCommand.confirm(words: nil, document: nil),
            .excuse(ground: "system-failure", words: nil, document: nil),
        ] {
            let refusal = try await #require(throws: Refusal.self) { try await act(second, world) }
            #expect(refusal.code == "violation.decided")
        }
        await #expect(throws: JournalError.self, "somebody else was quicker") {
            try await act(.withdraw(reason: "x"), world, expecting: version - 1)
        }
        let bare = try await #require(throws: Refusal.self) { try await act(.withdraw(reason: " "), world) }
        #expect(bare.code == "violation.reasonMissing")
        try await act(.withdraw(reason: "wrong file"), world)
        #expect(try entry(world).state == .drafted)
        try await act(.excuse(ground: "system-failure", words: nil, document: nil), world)
        let excused = try entry(world)
        #expect(excused.state == .excused && excused.decision?.ground == "system-failure")
        try world.expectSameAfterRebuild()
    }

    @Test(
        "An excuse wants a ground of the list, and words where the ground asks for them",
        arguments: [
            ("", nil, "violation.groundMissing"), ("nonsense", nil, "violation.groundUnknown"),
            ("other", " ", "violation.wordsMissing"), ("other", "a flood", nil), ("force-majeure", nil, nil),
        ] as [(String, String?, String?)])
    func grounds(ground: String, words: String?, code: String?) async throws {
        let world = try await World()
        try await late(world)
        let command = ViolationCommand.excuse(ground: ground, words: words, document: nil)
        guard let code else {
            try await act(command, world)
            return #expect(try entry(world).state == .excused)
        }
        let refusal = try await #require(throws: Refusal.self) { try await act(command, world) }
        #expect(refusal.code == code)
    }

    @Test("A day off in the past reopens a confirmed entry; closing it reviews the clock and strikes the decision")
    func reopened() async throws {
        let world = try await World()
        try await late(world)
        try await world.happens(Onboarding.self, "1", "responsiblePersonAppointed", "2026-04-06 09:00")
        try await act(.confirm(words: nil, document: nil), world, at: "2026-04-06 09:30")
        try await dayOff(world)
        let doubted = try entry(world)
        #expect(doubted.state == .reopened && doubted.ground == .doubted && doubted.isStruck)
        let again = try await #require(throws: Refusal.self) { try await act(.withdraw(reason: "x"), world) }
        #expect(again.code == "violation.notDecided")
        try await act(.close(reason: "Decree 5"), world)
        let closed = try entry(world)
        #expect(closed.state == .closed && closed.loss == .calendar && closed.decision != nil && closed.isStruck)
        #expect(try world.clocks("onboarding/1")[Self.rule]?.status == .met)
        let twice = try await #require(throws: Refusal.self) { try await act(.close(reason: "x"), world) }
        #expect(twice.code == "violation.notReopened")
        try world.expectSameAfterRebuild()
    }

    @Test("A calendar that is put back clears the doubt, and what was decided counts again")
    func putBack() async throws {
        let world = try await World()
        try await late(world)
        try await world.happens(Onboarding.self, "1", "responsiblePersonAppointed", "2026-04-06 09:00")
        try await act(.confirm(words: nil, document: nil), world, at: "2026-04-06 09:30")
        try await dayOff(world)
        #expect(try entry(world).state == .reopened)
        _ = try await world.casework.adopt(
            world.calendar, reason: "Cancelled", expecting: 2, by: world.actor, at: try at("2026-04-06 10:30"))
        #expect(try entry(world).state == .confirmed)
        let refusal = try await #require(throws: Refusal.self) { try await act(.close(reason: "x"), world) }
        #expect(refusal.code == "violation.notReopened")
        try world.expectSameAfterRebuild()
    }

    @Test("The same last day exceeded once more is the same entry, drafted anew; a later last day is another entry")
    func comesAgain() async throws {
        let world = try await World()
        try await late(world)
        try await act(.confirm(words: nil, document: nil), world, at: "2026-04-04 09:30")
        try await dayOff(world)
        // Nothing was done yet: the clock runs again, until the 6th.
        try await act(.close(reason: "Decree 5"), world, at: "2026-04-06 10:30")
        #expect(try world.clocks("onboarding/1")[Self.rule]?.status == .running)
        try await world.casework.recordBreaches(at: try at("2026-04-07 00:00"))
        var all = try entries(world)
        #expect(all.map(\.state) == [.closed, .drafted])
        #expect(all.map(\.mark) == [CivilDate("2026-04-03"), CivilDate("2026-04-06")])
        // The calendar goes back: of the later entry the date moves to the earlier day, and it is late as before.
        _ = try await world.casework.adopt(
            world.calendar, reason: "Cancelled", expecting: 2, by: world.actor, at: try at("2026-04-07 10:30"))
        all = try entries(world)
        let later = try #require(all.first { $0.mark == CivilDate("2026-04-06") })
        #expect(all.count == 2 && later.state == .drafted && later.due == CivilDate("2026-04-03"))
        try world.expectSameAfterRebuild()
    }

    @Test("The body is told and replies, late replies are kept as late; another body's are refused")
    func replied() async throws {
        let world = try await World()
        try await late(world)
        let id = try entry(world).id
        let early = try await #require(throws: Refusal.self) {
            try await act(.reply(body: "B", text: "x", document: nil), world)
        }
        #expect(early.code == "violation.notTold")
        let told = ViolationTold(id, body: "B", replyBy: try day("2026-04-13"), way: "paper", link: "l")
        try await act(.tell(told), world)
        let other = try await #require(throws: Refusal.self) {
            try await act(.reply(body: "C", text: "x", document: nil), world)
        }
        #expect(other.code == "violation.otherBody")
        try await act(.reply(body: "B", text: "we were flooded", document: nil), world, at: "2026-04-13 18:00")
        #expect(try !entry(world).isReplyLate)
        try await act(.reply(body: "B", text: "and more", document: nil), world, at: "2026-04-14 09:00")
        let entry = try entry(world)
        #expect(
            entry.isReplyLate && entry.repliedOn == CivilDate("2026-04-14") && entry.replyBy == CivilDate("2026-04-13"))
        try world.expectSameAfterRebuild()
    }

    @Test("Lists choose by body, month, state, clock and number, go on by key, and show what the reader may see")
    func lists() async throws {
        let world = try await World()
        for number in 1...5 {
            try await world.happens(
                Onboarding.self, "\(number)", "requestReceived", "2026-04-0\(number) 10:00", ["body": "B\(number % 2)"])
        }
        try await world.casework.recordBreaches(at: try at("2026-05-01 00:00"))
        func list(_ narrow: (inout ViolationFilter) -> Void) throws -> [String] {
            var filter = ViolationFilter()
            filter.caseKinds = ["onboarding"]
            narrow(&filter)
            let chosen = filter
            return try world.journal.readNow { try Violation.fetch(chosen, in: $0).map(\.stream.id) }
        }
        #expect(try list { _ in } == ["5", "4", "3", "2", "1"])
        #expect(try list { $0.body = "B1" } == ["5", "3", "1"])
        #expect(try list { $0.number = "3" } == ["3"])
        #expect(try list { $0.states = [.confirmed] } == [])
        #expect(try list { $0.states = [.drafted, .reopened] }.count == 5)
        #expect(try list { $0.choose(CivilMonth("2026-04")!) }.count == 5)
        #expect(try list { $0.choose(CivilMonth("2026-05")!) } == [])
        #expect(try list { $0.rule = "hold-training" } == [])
        #expect(try list { $0.caseKinds = [] } == [])
        try world.journal.readNow { db in
            var filter = ViolationFilter()
            filter.caseKinds = ["onboarding"]
            let first = try Violation.fetch(filter, limit: 2, in: db)
            let place = try #require(first.last.map { Violation.Cursor($0) })
            #expect(Violation.Cursor(place.text) == place)
            #expect(try Violation.fetch(filter, after: place, limit: 2, in: db).map(\.stream.id) == ["3", "2"])
            let months = CivilMonth("2026-04")!...CivilMonth("2026-04")!
            let summary = try ViolationSummary.fetch(months, kinds: ["onboarding"], in: db)
            #expect(summary.byBody["B1"] == [.drafted: 3] && summary.total == [.drafted: 5])
            #expect(try ViolationSummary.fetch(months, kinds: ["complaint"], in: db).total == [:])
            #expect(try ViolationSummary.waiting(kinds: ["onboarding"], in: db) == 5)
        }
    }
}
