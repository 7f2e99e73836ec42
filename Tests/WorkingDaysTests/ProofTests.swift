import Testing
import WorkingDays

@Suite("Proofs")
struct ProofTests {
    @Test("A proof counts and skips each day with its reason")
    func days() throws {
        let proof = try Schedules.calendar().due(.workingDays(2), from: day("2026-03-19"), zone: .almaty).proof
        #expect(proof.dayZero.description == "2026-03-19")
        #expect(
            proof.entries.map(\.outcome) == [
                .counted(1), .skipped, .skipped, .skipped, .skipped, .skipped, .counted(2),
            ])
        #expect(
            proof.entries.map(\.reason) == [
                nil, .holiday, .holiday, .holiday, .transferredDayOff, .transferredDayOff, nil,
            ])
        #expect(proof.entries[1].exception?.nameRU == "Наурыз мейрамы")
        #expect(proof.description.hasPrefix("2 working days; 2026-03-19 Asia/Almaty: +hhhtt+; 2026-03-26; "))
    }

    @Test(
        "The compact text of a proof is read back to the same proof",
        arguments: [
            ("2 working days", "2026-03-19"), ("2 working days", "2018-08-24"), ("10 calendar days", "2026-04-30"),
            ("5th of next month", "2026-03-31"), ("at once", "2026-03-21"), ("at once", "2026-03-19"),
            ("after 5 working days", "2025-12-26"), ("on the planned date", "2026-03-22"),
            ("30 working days", "2026-12-20"),
        ])
    func roundTrip(term: String, from: String) throws {
        let calendar = try Schedules.calendar()
        for zone in [nil, CivilZone.aqtobe] {
            let proof = try calendar.due(#require(Term(parsing: term)), from: day(from), zone: zone).proof
            let text = proof.description
            #expect(text.utf8.count < 200)
            #expect(Proof(parsing: text, names: calendar) == proof)
        }
    }

    @Test("Under another calendar the recorded reasons stay and only their names are missing")
    func otherCalendar() throws {
        let calendar = try Schedules.calendar()
        let proof = try calendar.due(.workingDays(2), from: day("2026-03-19")).proof
        let other = try calendar.changed(removing: [day("2026-03-21")])
        let read = try #require(Proof(parsing: proof.description, names: other))
        #expect(read.entries.map(\.reason) == proof.entries.map(\.reason))
        #expect(read.entries[1].exception == nil)
        #expect(read.due == proof.due)
    }

    @Test(
        "What is no proof is refused",
        arguments: ["", "2 working days", "2 days; 2026-03-19: +; 2026-03-20; 0", "a; b; c; d"])
    func refuses(text: String) throws {
        #expect(try Proof(parsing: text, names: Schedules.calendar()) == nil)
    }

    @Test("Counted days, and only they, add up to the term; the last day of a duty is worked", arguments: 1...30)
    func adds(count: Int) throws {
        let calendar = try Schedules.calendar()
        var start = try day("2024-12-01")
        while start.year < 2026 {
            let working = try calendar.due(.workingDays(count), from: start).proof
            #expect(working.entries.count { if case .counted = $0.outcome { true } else { false } } == count)
            #expect(working.entries.last?.date == working.due)
            let civil = try calendar.due(.calendarDays(count), from: start)
            #expect(try calendar.isWorkingDay(civil.date))
            #expect(civil.proof.entries.last?.date == civil.date)
            start = start.adding(days: 3)
        }
    }
}
