import CanonicalJSON
import Casework
import Complaints
import Forms
import Foundation
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Reporting

/// A violation that turns out to be none, or another body's: the complaint, the numbers, and the next revision follow.
struct LiftedTests {
    /// Adopts the calendar with one more day off; on 11 March, five working days from 4 March end on the 13th, not the 12th.
    private func adopt(_ date: String, in world: World, at now: String) async throws {
        let keeper = world.casework.calendars
        let (calendar, edition) = try await world.journal.read { db in
            (try keeper.calendar(in: db), try keeper.edition(in: db))
        }
        let day = CalendarException(
            date: try #require(CivilDate(date)), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной",
            basisKK: "Қаулы",
            basisRU: "Постановление", knownSince: try #require(CivilDate("2026-03-01")))
        _ = try await world.casework.adopt(
            try calendar.changed(adding: [day]), reason: "Decree", expecting: edition, by: world.actor,
            at: at(now))
    }

    private func review(
        _ number: String, _ outcome: ClockChange.Outcome, in world: World, at now: String
    ) async throws {
        try await world.casework.review(
            "review-by-body", of: StreamID(kind: "complaint", id: number), outcome: outcome, reason: "Decree",
            by: world.actor, at: at(now))
    }

    private func record(_ number: String, in world: World) async throws -> ComplaintRecord {
        try #require(try await world.journal.read { try ComplaintRecord.fetch(id: number, in: $0) })
    }

    private func march(_ world: World) async throws -> FormFigures {
        try await world.reports.figures(month("2026-03"))
    }

    private func seal(_ world: World, _ reason: String? = nil, at now: String) async throws -> ReportSealed {
        try await world.reports.seal(month("2026-03"), reason: reason, by: world.actor, at: at(now))
    }

    private func isRemadeTheSame(_ world: World, _ revision: Int) async throws -> Bool {
        let folder = TemporaryFolder()
        return try await world.reports.remake(
            month("2026-03"), revision: revision, in: folder.path, projections: world.projections
        ).isSame
    }

    @Test("A day off added afterwards: the violation stays until a person lifts it, then the next revision says so")
    func calendar() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00", forum: "F1")
        try await world.casework.recordBreaches(at: at("2026-03-13 00:00"))
        try await world.answer(number, "2026-03-13 12:00")
        let first = try await seal(world, at: "2026-04-02 10:00")
        #expect(try await march(world).violations == 1)

        try await adopt("2026-03-11", in: world, at: "2026-04-03 09:00")
        #expect(try await record(number, in: world).dueOn == CivilDate("2026-03-12"), "in doubt, not erased")
        #expect(try await march(world).violations == 1)

        try await review(number, .met, in: world, at: "2026-04-03 10:00")
        #expect(try await record(number, in: world).dueOn == CivilDate("2026-03-13"))
        let figures = try await march(world)
        #expect(figures.violations == 0 && figures.violationsByBody.isEmpty)
        #expect(figures.withinTerm == 1 && figures.pastTerm == 0)
        let second = try await seal(world, "The decree made 11 March a day off", at: "2026-04-03 11:00")
        for line in [
            "/items/3/total: 1 → 0", "/items/3/byKind/central: 1 → –", "/items/2/pastTerm: 1 → 0",
            "/items/2/withinTerm: 0 → 1", "/items/2/complaints/\(number)/due: \"2026-03-12\" → \"2026-03-13\"",
        ] {
            #expect(second.changes.contains(line), "\(line): \(second.changes)")
        }
        #expect(second.changes.contains { $0.hasPrefix("/items/3/complaints/\(number): ") && $0.hasSuffix("→ –") })
        #expect(second.changes.contains { $0.hasPrefix("/calendar: ") })
        #expect(first.digest != second.digest)
        #expect(try await isRemadeTheSame(world, 1))
        #expect(try await isRemadeTheSame(world, 2))
    }

    @Test(
        "An open complaint: its violation is counted while in doubt, and what a person decides holds when it is answered",
        arguments: [ClockChange.Outcome.met, .late])
    func stillOpen(outcome: ClockChange.Outcome) async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00")
        try await world.casework.recordBreaches(at: at("2026-03-13 00:00"))
        try await adopt("2026-03-11", in: world, at: "2026-03-13 09:00")
        #expect(try await record(number, in: world).dueOn == CivilDate("2026-03-12"))
        #expect(try await march(world).violations == 1)
        try await review(number, outcome, in: world, at: "2026-03-13 10:00")
        try await world.answer(number, "2026-03-13 17:00")
        let isLifted = outcome == .met
        #expect(try await march(world).violations == (isLifted ? 0 : 1))
        #expect(try await march(world).withinTerm == (isLifted ? 1 : 0))
        let clock = try await world.casework.load(Complaint.self, id: number).clocks["review-by-body"]
        #expect(clock?.status == (isLifted ? .met : .breached))
        #expect(clock?.due == CivilDate(isLifted ? "2026-03-13" : "2026-03-12"))
    }

    @Test(
        "An answer whose moment was entered wrongly: the correction lifts the violation, and the next revision says so")
    func corrected() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00")
        try await world.answer(number, "2026-03-13 12:00")
        _ = try await seal(world, at: "2026-04-02 10:00")
        #expect(try await march(world).violations == 1)
        try await world.desk.correctClosing(
            number, to: at("2026-03-12 12:00"), reason: "The forum says the 12th", by: world.actor,
            at: at("2026-04-06 10:00"))
        let figures = try await march(world)
        #expect(figures.violations == 0 && figures.withinTerm == 1 && figures.averageHundredths == 500)
        let second = try await seal(world, "An answer was entered wrongly", at: "2026-04-06 11:00")
        #expect(second.changes.contains("/items/3/total: 1 → 0"))
        #expect(
            second.changes.contains("/items/2/complaints/\(number)/closed: \"2026-03-13\" → \"2026-03-12\""),
            "\(second.changes)")
        #expect(try await isRemadeTheSame(world, 2))
    }

    @Test("A correction over the month's end moves the answer between two months, and both stay balanced")
    func overTheMonthsEnd() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-30 10:00")
        try await world.answer(number, "2026-03-31 12:00")
        try await world.desk.correctClosing(
            number, to: at("2026-04-01 12:00"), reason: "The forum says 1 April", by: world.actor,
            at: at("2026-04-06 10:00"))
        let (before, after) = (try await march(world), try await world.reports.figures(month("2026-04")))
        #expect(before.closed == 0 && before.closing == 1 && before.isBalanced)
        #expect(after.opening == 1 && after.closed == 1 && after.closing == 0 && after.isBalanced)
    }

    @Test("Handed on after its term: the violation stays with the body that was late; the next body has its own")
    func handedOn() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00")
        _ = try await world.desk.transfer(
            number, to: "A75", reason: "not ours", happenedAt: at("2026-03-13 10:00"), by: world.actor,
            at: at("2026-03-13 10:00"))
        let inTime = try await world.reports.figures(month("2026-03"), asOf: CivilDate("2026-03-20"))
        #expect(inTime.violations == 1, "what A75 may still answer today is no violation yet")
        #expect(try await world.reports.figures(month("2026-03"), asOf: CivilDate("2026-03-21")).violations == 2)
        var figures = inTime
        #expect(figures.violationsByBody == [.init(kind: "central", body: "MJ", count: 1)])
        _ = try await seal(world, at: "2026-04-02 10:00")
        // Five working days from 13 March end on 20 March; entered in April.
        try await world.answer(number, "2026-03-27 10:00", recordedAt: "2026-04-06 09:00")
        figures = try await march(world)
        #expect(figures.violations == 2 && figures.violationsByKind == ["central": 1, "local": 1])
        #expect(figures.isBalanced && figures.received == 1 && figures.closed == 1)
        let second = try await seal(world, "An answer was entered late", at: "2026-04-06 10:00")
        // A75 was late already when the month was sealed: the answer changes no violation.
        #expect(!second.changes.contains { $0.hasPrefix("/items/3/total") }, "\(second.changes)")
        let behind = try await world.journal.read {
            try world.reports.form.cases(
                behind: ReportNumber("violations", "central", "MJ"), month("2026-03"), in: $0)
        }
        #expect(behind == [number])
        #expect(try await isRemadeTheSame(world, 2))
    }

    @Test(
        "Handed on after its term: a day off added afterwards puts the former body's violation in doubt; a person lifts it"
    )
    func handedOnInDoubt() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00")
        _ = try await world.desk.transfer(
            number, to: "A75", reason: "not ours", happenedAt: at("2026-03-13 10:00"), by: world.actor,
            at: at("2026-03-13 10:00"))
        try await world.answer(number, "2026-03-16 10:00")
        _ = try await seal(world, at: "2026-04-02 10:00")
        #expect(try await march(world).violationsByBody == [.init(kind: "central", body: "MJ", count: 1)])
        let present = try await record(number, in: world).dueOn

        let before = try await world.journal.read { try world.casework.calendars.calendar(in: $0) }
        let day = CalendarException(
            date: try #require(CivilDate("2026-03-11")), kind: .holiday, nameKK: "Демалыс", nameRU: "Выходной",
            basisKK: "Қаулы", basisRU: "Постановление", knownSince: try #require(CivilDate("2026-03-01")))
        let preview = try await world.casework.preview(
            try before.changed(adding: [day]), at: at("2026-04-03 09:00"))
        #expect(preview.vanishing == 1 && preview.appearing == 0 && preview.moves == 0)
        #expect(preview.cases.map(\.stream.id) == [number])

        try await adopt("2026-03-11", in: world, at: "2026-04-03 09:00")
        #expect(try await march(world).violations == 1, "in doubt, not erased")
        let flagged = try await world.journal.read { db in
            var filter = ClockFilter()
            filter.isFlagged = true
            return try ClockRow.fetch(filter, in: db)
        }
        #expect(flagged.map(\.flaggedLapses) == [[try #require(CivilDate("2026-03-12"))]])
        #expect(flagged.allSatisfy { !$0.isFlagged }, "the term of the present body is in no doubt")

        try await review(number, .met, in: world, at: "2026-04-03 10:00")
        #expect(try await march(world).violations == 0)
        #expect(try await record(number, in: world).dueOn == present)
        let second = try await seal(world, "The decree made 11 March a day off", at: "2026-04-03 11:00")
        #expect(second.changes.contains("/items/3/total: 1 → 0"), "\(second.changes)")
        #expect(try await isRemadeTheSame(world, 2))

        // The decree is taken back: the violation may stand after all, and again a person decides.
        let edition = try await world.journal.read { try world.casework.calendars.edition(in: $0) }
        let undone = try await world.casework.preview(before, at: at("2026-04-06 09:00"))
        #expect(undone.appearing == 1 && undone.vanishing == 0)
        _ = try await world.casework.adopt(
            before, reason: "taken back", expecting: edition, by: world.actor, at: at("2026-04-06 09:00"))
        #expect(try await march(world).violations == 0)
        try await review(number, .late, in: world, at: "2026-04-06 10:00")
        #expect(try await march(world).violationsByBody == [.init(kind: "central", body: "MJ", count: 1)])
        let contents = try world.journal.projectionContents()
        try world.journal.rebuild()
        #expect(try world.journal.projectionContents() == contents)
    }

    @Test("Annulled after its month was sealed: the next revision lists it, and every month stays balanced")
    func annulled() async throws {
        let world = try await World()
        let original = try await world.file("2026-03-04 10:00", forum: "F1")
        let twice = try await world.file("2026-03-04 10:10", kind: .employees)
        let open = try await world.file("2026-03-30 10:00")
        try await world.answer(original, "2026-03-10 10:00")
        try await world.answer(twice, "2026-03-13 10:00")
        _ = try await seal(world, at: "2026-04-02 10:00")
        let before = try await march(world)
        #expect(before.received == 3 && before.closed == 2 && before.violations == 1 && before.employees == 1)

        _ = try await world.desk.annul(
            twice, as: .duplicate, duplicateOf: original, reason: "filed by telephone as well", by: world.actor,
            at: at("2026-04-06 10:00"))
        _ = try await world.desk.annul(
            open, as: .erroneous, reason: "a test", by: world.actor, at: at("2026-04-06 10:05"))
        let figures = try await march(world)
        #expect(figures.received == 1 && figures.closed == 1 && figures.closing == 0 && figures.violations == 0)
        #expect(figures.employees == 0 && figures.pastTerm == 0 && figures.isBalanced)
        let april = try await world.reports.figures(month("2026-04"))
        #expect(
            april.opening == 0 && april.closed == 0 && april.isBalanced, "the annulment closes nothing in its month")
        let second = try await seal(world, "Two registrations were mistakes", at: "2026-04-06 11:00")
        for line in ["/items/3/total: 1 → 0", "/items/5/total: 1 → 0", "/balance/received: 3 → 1"] {
            #expect(second.changes.contains(line), "\(line): \(second.changes)")
        }
        #expect(try await isRemadeTheSame(world, 1))
        #expect(try await isRemadeTheSame(world, 2))
    }

    @Test("A moment of filing put right over the month's end moves the complaint between two months, both balanced")
    func refiledOverTheMonthsEnd() async throws {
        let world = try await World()
        let number = try await world.file("2026-04-01 10:00")
        _ = try await world.desk.correctFiling(
            number, to: at("2026-03-31 10:00"), reason: "The scan says 31 March", by: world.actor,
            at: at("2026-04-02 10:00"))
        let (before, after) = (try await march(world), try await world.reports.figures(month("2026-04")))
        #expect(before.received == 1 && before.closing == 1 && before.isBalanced)
        #expect(after.opening == 1 && after.received == 0 && after.isBalanced)
    }
}
