import Casework
import Foundation
import Journal
import Onboarding
import TestSupport
import Testing
import WorkingDays

@Suite("The plan-schedule")
struct PlanTests {
    static let header = "line,service,body,request_date,acceptance_date,responsible_unit\n"

    @Test("The demonstration plan goes in whole, and again changes nothing")
    func demo() async throws {
        let world = try await World()
        try world.takeKnowledge()
        let text = try String(contentsOfFile: Repository.path + "/schedules/plan/2026-demo.csv", encoding: .utf8)
        let lines = text.split(separator: "\n").count - 1
        let first = try await world.importPlan(text)
        #expect(first.added.count == lines && first.refused.isEmpty && first.unchanged == 0)
        let again = try await world.importPlan(text)
        #expect(again.added.isEmpty && again.refused.isEmpty && again.unchanged == lines)
        #expect(try world.journal.readNow { try InformationRequestRecord.count(in: $0) } == lines)
        var january = InformationRequestRecord.Filter()
        january.month = CivilMonth(try day("2026-01-08"))
        let chosen = january
        let records = try world.journal.readNow { try InformationRequestRecord.fetch(chosen, in: $0) }
        #expect(
            records.first?.id == "2026-1-MIA" && records.allSatisfy { chosen.month?.contains($0.requestOn) == true })
        #expect(try world.clock("send-request").due == day("2026-01-08"))
        #expect(try world.clock("accept-service").due == day("2026-02-05"))
        #expect(try await world.casework.recordBreaches(at: try at("2026-01-09 00:00:00")) == 1)
        try world.expectSameAfterRebuild()
    }

    @Test("A request is found by any part of its numbers, in capital or small letters of any alphabet")
    func found() async throws {
        let world = try await World()
        try await world.begin()
        try await world.step("2026-01-08 10:00:00") {
            .send(RequestSent(number: "1-15/Ж-17", channel: "mail"), at: $0)
        }
        for (text, count) in [("Ж-17", 1), ("ж-17", 1), ("mia", 1), ("S0288", 1), ("Ж-18", 0)] {
            var filter = InformationRequestRecord.Filter()
            filter.text = text
            let chosen = filter
            #expect(
                try world.journal.readNow { try InformationRequestRecord.count(chosen, in: $0) } == count, "\(text)")
        }
        try world.expectSameAfterRebuild()
    }

    @Test("Broken rows are named with line, field and what to do; the rest goes in")
    func broken() async throws {
        let world = try await World()
        try world.takeKnowledge()
        let report = try await world.importPlan(
            Self.header + """
                1,S0288,MIA,2026-01-08,2026-02-05,unit
                ,S0288,MIA,2026-01-08,,unit
                3/4,S0288,MIA,2026-01-08,,unit
                4,S9999,MIA,2026-01-08,,unit
                5,S0288,NOBODY,2026-01-08,,unit
                6,S0288,MIA,08.01.2026,,unit
                7,S0288,MIA,2026-01-08,2026-02-30,unit
                8,S0288,MIA,2026-01-08,2026-01-07,unit
                1,S0288,MIA,2026-01-08,2026-02-05,unit
                1,S0290,MIA,2026-01-08,2026-02-05,unit
                9,S0288,MIA,2041-01-08,,unit
                10,S0290,MIA,2026-01-13,,
                """)
        #expect(report.added == ["2026-1-MIA", "2026-10-MIA"])
        #expect(report.unchanged == 1)
        let expected = [
            "line 3, line: ", "line 4, line: ", "line 5, service: ", "line 6, body: ", "line 7, request_date: ",
            "line 8, acceptance_date: ", "line 9, acceptance_date: ", "line 11, line: ",
            "line 12, request_date: ",
        ]
        for (refusal, beginning) in zip(report.refused, expected) {
            #expect(refusal.hasPrefix(beginning), "\(refusal)")
        }
        #expect(report.refused.count == expected.count && report.refused.allSatisfy { $0.hasSuffix(".") })
        #expect(try world.record("2026-10-MIA").unit == nil)
    }
}
