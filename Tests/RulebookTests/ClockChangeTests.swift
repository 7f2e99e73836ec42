import Foundation
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Recorded changes")
struct ClockChangeTests {
    /// Changes of every kind, from a case and by hand.
    private func samples() throws -> [ClockChange] {
        var complaint = try TestCase("complaint-review")
        var all = try complaint.happens("complaintRegistered", "2026-12-28 10:00", ["reviewer": "body"])
        all += try complaint.happens(
            "complaintExtended", "2026-12-29 10:00", ["days": "2", "by": "body", "reason": "\"x\""])
        all += try complaint.happens("complaintTransferred", "2026-12-30 10:00", ["reviewer": "body"])
        all += try complaint.happens("complaintAnswered", "2026-12-30 10:00")
        for kind in ClockChange.Kind.allCases {
            all.append(
                ClockChange(kind, clock: "x", at: try at("2026-04-01 10:00"), on: try day("2026-04-01")))
        }
        return all
    }

    @Test("A change is written and read back the same, and the field visitor gives the same object in key order")
    func roundTrip() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for change in try samples() {
            let data = try encoder.encode(change)
            #expect(try JSONDecoder().decode(ClockChange.self, from: data) == change)
            var parts: [String] = []
            change.visitFields { key, value in
                let text: String =
                    switch value {
                    case .string(let text): "\"\(text.replacingOccurrences(of: "\"", with: "\\\""))\""
                    case .int(let number): "\(number)"
                    case .yes: "true"
                    }
                parts.append("\"\(key)\":\(text)")
            }
            #expect("{\(parts.joined(separator: ","))}" == String(decoding: data, as: UTF8.self))
        }
    }

    @Test("The state is the same after replaying the recorded changes, and through its own text")
    func replay() throws {
        var request = try TestCase("onboarding")
        var recorded: [ClockChange] = []
        for (event, at) in [
            ("requestReceived", "2026-04-01 10:00"), ("responsiblePersonAppointed", "2026-04-02 10:00"),
            ("informationSubmitted", "2026-04-03 10:00"), ("informationReturned", "2026-04-06 10:00"),
            ("informationSubmitted", "2026-04-07 10:00"), ("informationEntered", "2026-04-20 10:00"),
            ("trainingHeld", "2026-04-21 10:00"), ("protocolCompleted", "2026-04-22 10:00"),
            ("wentLive", "2026-05-12 10:00"),
        ] {
            recorded += try request.happens(event, at)
        }
        var replayed = CaseClocks()
        replayed.apply(try JSONDecoder().decode([ClockChange].self, from: JSONEncoder().encode(recorded)))
        #expect(replayed == request.clocks)
        #expect(try JSONDecoder().decode(CaseClocks.self, from: JSONEncoder().encode(replayed)) == replayed)
        #expect(replayed.clocks.allSatisfy { !$0.isOpen })
    }

    @Test(
        "Whatever happens in whatever order, an ended clock never alarms and a date never moves without a recorded change"
    )
    func randomWalk() throws {
        let names = KnownEvents.byProcedure["complaint-review"] ?? []
        for seed in 1...60 {
            var state = UInt64(seed)
            func next(_ bound: Int) -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33) % bound
            }
            var complaint = try TestCase("complaint-review")
            var date = try day("2026-02-01")
            for _ in 0..<40 {
                date = date.adding(days: next(4))
                let before = complaint.clocks
                let facts = [
                    "reviewer": ["body", "agency"][next(2)], "by": ["body", "agency", "provider"][next(3)],
                    "days": "\(next(12))",
                ]
                let changes: [ClockChange]
                do {
                    changes = try complaint.happens(names[next(names.count)], "\(date) 10:00", facts)
                } catch is ClockError {
                    #expect(complaint.clocks == before)
                    continue
                }
                for clock in complaint.clocks.clocks where before[clock.rule]?.due != clock.due {
                    #expect(changes.contains { $0.clock == clock.rule && $0.due == clock.due })
                }
                let breaches = complaint.clocks.breaches(asOf: date, at: try at("\(date) 23:00"))
                #expect(breaches.allSatisfy { complaint.clocks[$0.clock]?.isOpen == true })
                complaint.clocks.apply(breaches)
            }
        }
    }
}
