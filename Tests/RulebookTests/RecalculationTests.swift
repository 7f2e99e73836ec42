import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Recalculation by another calendar")
struct RecalculationTests {
    private func holiday(_ text: String) throws -> CalendarException {
        CalendarException(
            date: try day(text), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной", basisKK: "Decree",
            basisRU: "Decree",
            knownSince: try day("2026-04-01"))
    }

    @Test("Vector 16: a holiday added while 40 requests run moves dates, removed it brings the old ones back")
    func addedAndRemoved() throws {
        let before = try Law.folder.calendar()
        let after = try before.changed(adding: [holiday("2026-04-07")])
        var moved = 0
        for offset in 0..<40 {
            var request = try TestCase("onboarding", calendar: before)
            let start = try day("2026-03-26").adding(days: offset / 2)
            try request.happens("requestReceived", "\(start) 10:00")
            let old = request.clocks
            let today = try day("2026-04-02")
            let now = try at("2026-04-02 10:00")
            let preview = try old.recalculation(to: after, asOf: today, at: now)
            #expect(request.clocks == old)
            moved += preview.moves.count
            request.clocks.apply(preview.changes)
            let back = try request.clocks.recalculation(to: before, asOf: today, at: now)
            #expect(back.moves.map(\.to) == preview.moves.map(\.from))
            request.clocks.apply(back.changes)
            #expect(request.clocks.clocks.map(\.due) == old.clocks.map(\.due))
            #expect(request.clocks.clocks.first?.moves.count == preview.moves.count * 2)
        }
        #expect(moved > 0 && moved < 40)
    }

    @Test("Vector 17: a holiday in the past flags a recorded breach for review and does not erase it")
    func flagged() throws {
        let before = try Law.folder.calendar()
        let after = try before.changed(adding: [holiday("2026-04-02")])
        let now = try at("2026-04-20 10:00")
        for isDone in [true, false] {
            var request = try TestCase("onboarding", calendar: before)
            try request.happens("requestReceived", "2026-04-01 10:00")
            request.clocks.apply(request.clocks.breaches(asOf: try day("2026-04-04"), at: now))
            if isDone { try request.happens("responsiblePersonAppointed", "2026-04-06 10:00") }
            let today = try day(isDone ? "2026-04-20" : "2026-04-06")
            let result = try request.clocks.recalculation(to: after, asOf: today, at: now)
            #expect(result.vanishing == ["appoint-responsible-person"])
            request.clocks.apply(result.changes)
            let clock = try #require(request.clocks["appoint-responsible-person"])
            #expect(clock.status == .breached)
            #expect(clock.isFlagged)
            #expect(clock.due.description == "2026-04-03" && clock.moves.isEmpty, "its date waits for the decision")
            let again = try request.clocks.recalculation(to: after, asOf: today, at: now)
            #expect(again.isEmpty, "flagged once")
            // Taken back, nothing differs from what was recorded: nobody has to decide.
            var undone = request.clocks
            undone.apply(try request.clocks.recalculation(to: before, asOf: today, at: now).changes)
            let stands = undone["appoint-responsible-person"]
            #expect(stands?.isFlagged == false && stands?.status == .breached && stands?.due == clock.due)
            #expect(try undone.recalculation(to: before, asOf: today, at: now).isEmpty)
            var review = ClockChange(.reviewed, clock: clock.rule, at: now, on: today)
            review.outcome = .met
            request.clocks.apply(review)
            #expect(request.status("appoint-responsible-person") == (isDone ? .met : .running))
        }
    }

    @Test("A day that becomes worked makes a breach appear, in a running clock and, as a flag, in an ended one")
    func appears() throws {
        let before = try Law.folder.calendar().changed(adding: [holiday("2026-04-02")])
        let after = try Law.folder.calendar()
        let now = try at("2026-04-06 10:00")
        var running = try TestCase("onboarding", calendar: before)
        try running.happens("requestReceived", "2026-04-01 10:00")
        var ended = running
        let result = try running.clocks.recalculation(to: after, asOf: day("2026-04-06"), at: now)
        #expect(result.appearing == ["appoint-responsible-person"])
        #expect(result.changes.map(\.kind) == [.recalculated, .breached])
        try ended.happens("responsiblePersonAppointed", "2026-04-06 09:00")
        let flagged = try ended.clocks.recalculation(to: after, asOf: day("2026-04-20"), at: now)
        #expect(flagged.changes.filter { $0.clock == "appoint-responsible-person" }.map(\.kind) == [.flagged])
        ended.clocks.apply(flagged.changes)
        #expect(ended.status("appoint-responsible-person") == .met)
    }

    @Test("A change that concerns no day of a clock changes nothing")
    func untouched() throws {
        var request = try TestCase("onboarding")
        try request.happens("requestReceived", "2026-04-01 10:00")
        let after = try request.calendar.changed(adding: [holiday("2026-06-10")])
        #expect(
            try request.clocks.recalculation(to: after, asOf: day("2026-04-02"), at: at("2026-04-02 10:00"))
                .isEmpty)
    }

    @Test("Vector 18: without next year's calendar an event that needs it is refused and names the file")
    func missingYear() throws {
        var complaint = try TestCase("complaint-review")
        let calendar = complaint.calendar
        complaint.calendar = try WorkingCalendar(
            exceptions: calendar.exceptions.filter { $0.date.year < 2027 }, years: 2013...2026)
        #expect(throws: ClockError.calendar(.missingYear(2027))) {
            try complaint.happens("complaintRegistered", "2026-12-28 10:00", ["reviewer": "body"])
        }
    }

    @Test("A suspended clock's days left are counted again")
    func suspended() throws {
        var reply = try suspendable()
        try reply.happens("asked", "2026-04-01 10:00")
        try reply.happens("stopped", "2026-04-03 17:00")
        let after = try reply.calendar.changed(adding: [holiday("2026-04-02")])
        let result = try reply.clocks.recalculation(
            to: after, asOf: day("2026-04-06"), at: at("2026-04-06 10:00"))
        #expect(result.changes.first?.left == 4)
        reply.clocks.apply(result.changes)
        reply.calendar = after
        try reply.happens("continued", "2026-04-13 09:00")
        #expect(reply.due("reply") == "2026-04-16")
    }
}
