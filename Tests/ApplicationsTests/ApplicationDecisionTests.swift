import Applications
import Contacts
import Journal
import Registry
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("What a record of an application says, and what follows from it")
struct ApplicationDecisionTests {
    private static let context = Result {
        ApplicationContext(
            calendar: try TestCentre.schedules.calendar(), zone: .almaty, now: try at("2026-05-20 09:00"),
            services: ["S0288"], bodies: ["MIA": "central"])
    }

    private func line(_ change: (inout Application) throws -> Void) throws -> ApplicationLine {
        var application = Application(
            number: "A-1", service: "S0288", provider: "MIA", way: .portal, form: .electronic,
            acceptedAt: try at("2026-03-02 10:00"))
        application.term = .workingDays(5)
        try change(&application)
        return try ApplicationDecision.line(for: application, in: Self.context.get())
    }

    @Test(
        "lateness is counted in the days of the term, from the day after the last one",
        arguments: [
            // 9 March is a day off in 2026 (8 March is a Sunday): five working days after 2 March end on the 10th.
            ("5 working days", "2026-03-10 23:59", "2026-03-10", nil),
            ("5 working days", "2026-03-11 00:00", "2026-03-10", 1),
            ("5 working days", "2026-03-16 12:00", "2026-03-10", 4),
            // A Saturday after the last day is a day begun, though it is no working day.
            ("4 working days", "2026-03-07 12:00", "2026-03-06", 1),
            ("5 calendar days", "2026-03-10 12:00", "2026-03-10", nil),
            ("3 calendar days", "2026-03-08 12:00", "2026-03-05", 3),
            ("at once", "2026-03-03 09:00", "2026-03-02", 1),
        ] as [(String, String, String, Int?)])
    func lateness(term: String, finished: String, due: String, late: Int?) throws {
        let line = try line {
            $0.term = Term(parsing: term)
            $0.finishedAt = try at(finished)
            $0.result = .provided
        }
        #expect(line.due == CivilDate(due) && line.late == late)
        #expect(line.unit == (term.contains("calendar") ? .calendar : .working))
        #expect(line.doubts == (late == nil ? [] : [.causeUntold]))
    }

    @Test("a last day moves with a ground only; without one the term counts and a question is asked")
    func ground() throws {
        let moved = try line {
            $0.due = CivilDate("2026-03-20")
            $0.dueGround = "приостановлено: запрошены документы"
        }
        #expect(moved.due == CivilDate("2026-03-20") && moved.doubts.isEmpty)
        let groundless = try line { $0.due = CivilDate("2026-03-20") }
        #expect(groundless.due == CivilDate("2026-03-10") && groundless.doubts == [.dueDiffers])
        let untold = try line {
            $0.term = nil
            $0.due = CivilDate("2026-03-20")
        }
        #expect(untold.due == CivilDate("2026-03-20") && untold.doubts == [.termUntold])
    }

    @Test("a technical cause without its act, or without the system that failed, is a doubt")
    func causes() throws {
        func doubts(_ change: (inout Application) -> Void) throws -> [ApplicationDoubt] {
            try line {
                $0.finishedAt = try at("2026-03-16 12:00")
                $0.result = .provided
                $0.cause = .system
                change(&$0)
            }.doubts
        }
        #expect(try doubts { _ in } == [.causeUnproven, .systemUntold])
        #expect(
            try doubts {
                $0.act = "Акт № 7"
                $0.failedSystem = "ЕНИС"
                $0.systemKeeper = .nit
            } == [])
        #expect(try doubts { $0.cause = .provider } == [])
    }

    @Test("what cannot be so is refused by its field")
    func refusals() throws {
        func field(_ change: (inout Application) throws -> Void) throws -> String? {
            do {
                _ = try line(change)
                return nil
            } catch let fault as ApplicationFault {
                return fault.field
            }
        }
        #expect(try field { $0.provider = "XX" } == "provider")
        #expect(try field { $0.service = "XX" } == "service")
        #expect(try field { $0.number = " - " } == "number")
        #expect(try field { $0.acceptedAt = try at("2026-05-21 10:00") } == "acceptedAt")
        #expect(try field { $0.term = nil } == "term")
        #expect(try field { $0.term = .onDate } == "term")
        #expect(try field { $0.term = .workingDays(3_000) } == "term")
        #expect(try field { $0.due = CivilDate("2026-03-01") } == "due")
        #expect(try field { $0.result = .provided } == "result")
        #expect(try field { $0.finishedAt = try at("2026-03-03 10:00") } == "result")
        #expect(
            try field {
                $0.cause = .post
                $0.finishedAt = try at("2026-03-03 10:00")
                $0.result = .provided
            } == "cause")
        #expect(try field { $0.failedSystem = "X" } == "failedSystem")
        #expect(try field { $0.stages.append(.init(.ready, at: try at("2026-03-01 10:00"))) } == "stages")
        #expect(try field { $0.stages.append(.init(.issued, at: try at("2026-03-03 10:00"))) } == "finishedAt")
        #expect(
            try field {
                $0.finishedAt = try at("2026-03-03 10:00")
                $0.result = .provided
                $0.stages.append(.init(.inReview, at: try at("2026-03-04 10:00")))
            } == "stages")
        #expect(try field { $0.refusalGround = .unfounded } == "refusalGround")
    }
}
