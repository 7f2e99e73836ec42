import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Clocks: suspension")
struct SuspensionTests {
    @Test(
        "Vector 13: what lies between the day of suspension and the day of resumption does not count, and nothing else",
        arguments: [
            ("2026-04-03 17:00", "2026-04-06 09:00", "2026-04-08"),
            ("2026-04-03 10:00", "2026-04-03 16:00", "2026-04-08"),
            ("2026-04-02 10:00", "2026-04-06 09:00", "2026-04-09"),
            ("2026-04-03 17:00", "2026-04-13 09:00", "2026-04-15"),
            ("2026-04-04 12:00", "2026-04-05 12:00", "2026-04-08"),
            ("2026-04-01 12:00", "2026-04-01 13:00", "2026-04-08"),
            ("2026-04-08 17:00", "2026-04-09 09:00", "2026-04-09"),
        ])
    func nothingLost(suspended: String, resumed: String, due: String) throws {
        var reply = try suspendable()
        try reply.happens("asked", "2026-04-01 10:00")
        #expect(reply.due("reply") == "2026-04-08")
        try reply.happens("stopped", suspended)
        #expect(reply.status("reply") == .suspended)
        try reply.happens("continued", resumed)
        #expect(reply.status("reply") == .running)
        #expect(reply.due("reply") == due)
    }

    @Test("A suspended clock never alarms, and its answer is in time")
    func silent() throws {
        var reply = try suspendable()
        try reply.happens("asked", "2026-04-01 10:00")
        try reply.happens("stopped", "2026-04-03 17:00")
        #expect(reply.clocks.breaches(asOf: try day("2026-06-01"), at: try at("2026-06-01 00:00")).isEmpty)
        #expect(try reply.happens("answered", "2026-06-01 10:00").first?.outcome == .met)
    }

    @Test("Vector 14: a suspension outlives another edition of the rulebook")
    func otherEdition() throws {
        var reply = try suspendable()
        try reply.happens("asked", "2026-04-01 10:00")
        try reply.happens("stopped", "2026-04-03 17:00")
        var other = try suspendable("9 working days")
        other.clocks = reply.clocks
        #expect(try other.happens("asked", "2026-04-05 10:00").isEmpty)
        #expect(other.status("reply") == .suspended)
        try other.happens("continued", "2026-04-13 09:00")
        #expect(other.due("reply") == "2026-04-15")
    }

    @Test("An extension while suspended adds to what is left")
    func extendedWhileSuspended() throws {
        var reply = try suspendable()
        try reply.happens("asked", "2026-04-01 10:00")
        try reply.happens("stopped", "2026-04-03 17:00")
        try reply.happens("extended", "2026-04-10 10:00", ["days": "2", "by": "body"])
        try reply.happens("continued", "2026-04-13 09:00")
        #expect(reply.due("reply") == "2026-04-17")
    }

    @Test("Calendar days, too, stand still and roll to a working day")
    func calendarDays() throws {
        var reply = try suspendable("10 calendar days")
        try reply.happens("asked", "2026-04-01 10:00")
        try reply.happens("stopped", "2026-04-03 17:00")
        try reply.happens("continued", "2026-04-10 09:00")
        #expect(reply.due("reply") == "2026-04-17")
    }

    @Test("Twice suspended counts each day once")
    func twice() throws {
        var reply = try suspendable()
        try reply.happens("asked", "2026-04-01 10:00")
        for (stop, go) in [("2026-04-02 10:00", "2026-04-06 10:00"), ("2026-04-06 15:00", "2026-04-08 10:00")] {
            try reply.happens("stopped", stop)
            try reply.happens("continued", go)
        }
        #expect(reply.due("reply") == "2026-04-10")
        #expect(reply.clocks["reply"]?.moves.count == 2)
    }

    @Test("A case that is dropped cancels its suspended clock")
    func dropped() throws {
        var reply = try suspendable()
        try reply.happens("asked", "2026-04-01 10:00")
        try reply.happens("stopped", "2026-04-03 17:00")
        try reply.happens("dropped", "2026-04-06 17:00")
        #expect(reply.status("reply") == .cancelled)
        #expect(try reply.happens("continued", "2026-04-13 09:00").isEmpty)
        #expect(try reply.happens("asked", "2026-04-13 09:00").isEmpty)
    }
}
