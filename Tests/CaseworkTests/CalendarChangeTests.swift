import Casework
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Changes of the calendar")
struct CalendarChangeTests {
    @Test("Vector 16: shown, adopted and undone, the dates of 40 running requests move and come back")
    func fortyRequests() async throws {
        let world = try await World()
        for number in 0..<40 {
            let moment = try day("2026-03-26").adding(days: number / 2)
            try await world.happens(Onboarding.self, "\(number)", "requestReceived", "\(moment) 10:00")
        }
        func dues() throws -> [CivilDate] {
            try (0..<40).map { try #require(try world.clocks("onboarding/\($0)")["appoint-responsible-person"]).due }
        }
        let old = try dues()
        let head = try world.journal.head()
        let now = try at("2026-03-27 10:00")
        let after = try world.calendar.changed(adding: [world.holiday("2026-04-07")])
        let preview = try await world.casework.preview(after, at: now)
        #expect(preview.differences.map(\.date) == [try day("2026-04-07")])
        #expect(preview.moves == 8 && preview.cases.count == 8 && preview.appearing == 0 && preview.vanishing == 0)
        #expect(try world.journal.head() == head, "a preview records nothing")
        #expect(try dues() == old)

        #expect(try await world.casework.adopt(after, reason: "Decree", expecting: 1, by: world.actor, at: now) == 2)
        let moved = try dues()
        #expect(zip(old, moved).filter { $0 != $1 }.count == preview.moves)
        for (stream, recalculation) in preview.cases {
            let due = try world.clocks(stream.rawValue)["appoint-responsible-person"]?.due
            #expect(due == recalculation.moves.first?.to)
        }
        let back = try await world.casework.preview(world.calendar, at: now)
        #expect(back.moves == preview.moves)
        #expect(
            try await world.casework.adopt(world.calendar, reason: "Cancelled", expecting: 2, by: world.actor, at: now)
                == 3)
        #expect(try dues() == old)
        // Both dates stay visible in the case and both reasons in the book.
        let stream = try #require(preview.cases.first?.stream)
        let loaded = try await world.casework.load(TestCase<Onboarding>.self, id: stream.id)
        #expect(loaded.clocks["appoint-responsible-person"]?.moves.count == 2)
        let reasons = try world.journal.readNow { try world.casework.calendars.editions(in: $0) }.map(\.reason)
        #expect(reasons == ["Cancelled", "Decree", "test"])
        try world.expectSameAfterRebuild()
    }

    @Test("New cases go by the new calendar, and the first date of a moved one is kept")
    func newCases() async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "old", "requestReceived", "2026-04-06 10:00")
        let after = try world.calendar.changed(adding: [world.holiday("2026-04-07")])
        _ = try await world.casework.adopt(
            after, reason: "Decree", expecting: 1, by: world.actor, at: try at("2026-04-06 11:00"))
        try await world.happens(Onboarding.self, "new", "requestReceived", "2026-04-06 12:00")
        for id in ["old", "new"] {
            let clock = try world.clocks("onboarding/\(id)")["appoint-responsible-person"]
            #expect(clock?.due == CivilDate("2026-04-09"))
            #expect(clock?.firstDue == CivilDate(id == "old" ? "2026-04-08" : "2026-04-09"))
        }
    }

    @Test("Vector 17: a holiday in the past flags a recorded breach, and does not erase it", arguments: [true, false])
    func past(isDone: Bool) async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-04-01 10:00")
        try await world.casework.recordBreaches(at: try at("2026-04-04 00:00"))
        if isDone { try await world.happens(Onboarding.self, "1", "responsiblePersonAppointed", "2026-04-06 09:00") }
        let after = try world.calendar.changed(adding: [world.holiday("2026-04-02")])
        let now = try at("2026-04-06 10:00")
        let preview = try await world.casework.preview(after, at: now)
        #expect(preview.vanishing == 1)
        _ = try await world.casework.adopt(after, reason: "Decree", expecting: 1, by: world.actor, at: now)
        let clock = try #require(try world.clocks("onboarding/1")["appoint-responsible-person"])
        #expect(clock.status == .breached && clock.isFlagged)
        var flagged = ClockFilter()
        flagged.isFlagged = true
        let filter = flagged
        #expect(try world.journal.readNow { try ClockRow.count(filter, in: $0) } == 1)
        let names = try await world.casework.history(of: StreamID("onboarding/1")).map(\.event.content.name)
        #expect(names.contains("termBreached") && names.last == "clocksRecalculated")
        try world.expectSameAfterRebuild()
    }

    @Test("A year that is settled as it was estimated moves no date, and its proofs say no more that they may change")
    func settled() async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-12-30 10:00")
        try await world.happens(Onboarding.self, "2", "requestReceived", "2026-12-28 10:00")
        let before = try #require(try world.clocks("onboarding/1")["appoint-responsible-person"])
        #expect(before.isProvisional && before.due == CivilDate("2027-01-05") && before.proof.contains("?"))
        #expect(try world.clocks("onboarding/2")["appoint-responsible-person"]?.isProvisional == false)
        let settled = world.calendar.exceptions.filter { $0.date.year == 2027 }.map { day in
            var day = day
            day.isProvisional = false
            return day
        }
        let after = try world.calendar.changed(year: 2027, exceptions: settled)
        let now = try at("2026-12-31 09:00")
        let preview = try await world.casework.preview(after, at: now)
        #expect(preview.moves == 0 && preview.cases.map(\.stream) == [StreamID("onboarding/1")])
        _ = try await world.casework.adopt(after, reason: "Government", expecting: 1, by: world.actor, at: now)
        let clock = try #require(try world.clocks("onboarding/1")["appoint-responsible-person"])
        #expect(!clock.isProvisional && clock.due == before.due && !clock.proof.contains("?"))
        try world.expectSameAfterRebuild()
    }

    @Test("A working day taken away makes a breach that is recorded with the change")
    func appearing() async throws {
        let world = try await World()
        let before = try world.calendar.changed(adding: [world.holiday("2026-04-02")])
        _ = try await world.casework.adopt(
            before, reason: "Decree", expecting: 1, by: world.actor, at: try at("2026-03-30 09:00"))
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-04-01 10:00")
        let now = try at("2026-04-06 10:00")
        let preview = try await world.casework.preview(world.calendar, at: now)
        #expect(preview.appearing == 1)
        _ = try await world.casework.adopt(world.calendar, reason: "Cancelled", expecting: 2, by: world.actor, at: now)
        let clock = try world.clocks("onboarding/1")["appoint-responsible-person"]
        #expect(clock?.status == .breached && clock?.due == CivilDate("2026-04-03"))
        #expect(try await world.casework.recordBreaches(at: now) == 0)
    }

    @Test("A change needs its reason, and the preview it was confirmed on")
    func refused() async throws {
        let world = try await World()
        let now = try at("2026-03-27 10:00")
        let after = try world.calendar.changed(adding: [world.holiday("2026-04-07")])
        let refusal = try await #require(throws: Refusal.self) {
            try await world.casework.adopt(after, reason: "  ", expecting: 1, by: world.actor, at: now)
        }
        #expect(refusal.code == "calendar.reasonMissing")
        _ = try await world.casework.adopt(after, reason: "Decree", expecting: 1, by: world.actor, at: now)
        await #expect(throws: CaseworkError.calendarHasMoved(edition: 2)) {
            try await world.casework.adopt(world.calendar, reason: "Other", expecting: 1, by: world.actor, at: now)
        }
    }

    @Test("A calendar that says what the one in force says is no edition")
    func unchanged() async throws {
        let world = try await World()
        let refusal = try await #require(throws: Refusal.self) {
            try await world.casework.adopt(
                world.calendar, reason: "Again", expecting: 1, by: world.actor, at: try at("2026-03-27 10:00"))
        }
        #expect(refusal.code == "calendar.unchanged")
        #expect(try world.journal.readNow { try world.casework.calendars.edition(in: $0) } == 1)
    }

    @Test("An undoing takes back the last change that stands: a second one goes further back and makes nothing again")
    func undo() async throws {
        let world = try await World()
        let (now, keeper) = (try at("2026-03-27 10:00"), world.casework.calendars)
        let first = try world.calendar.changed(adding: [world.holiday("2026-04-07")])
        let second = try first.changed(adding: [world.holiday("2026-04-08")])
        for (edition, calendar) in [(1, first), (2, second)] {
            _ = try await world.casework.adopt(
                calendar, reason: "Decree", expecting: edition, by: world.actor, at: now)
        }
        for (edition, earlier) in [(3, 2), (4, 1)] {
            let found = try world.journal.readNow { try keeper.editionBefore(edition, in: $0) }
            #expect(found == earlier)
            let calendar = try world.journal.readNow { try keeper.calendar(edition: earlier, in: $0) }
            _ = try await world.casework.adopt(
                calendar, reason: "Repealed", expecting: edition, by: world.actor, at: now)
        }
        #expect(try world.journal.readNow { try keeper.calendar(in: $0).digest } == world.calendar.digest)
        #expect(try world.journal.readNow { try keeper.editionBefore(5, in: $0) } == nil)
    }
}
