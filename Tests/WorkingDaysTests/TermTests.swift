import Testing
import WorkingDays

@Suite("Terms")
struct TermTests {
    @Test(
        "A term is read and written in one form",
        arguments: [
            ("2 working days", Term.workingDays(2)), ("1 working day", .workingDays(1)),
            ("10 calendar days", .calendarDays(10)), ("5th of next month", .dayOfNextMonth(5)),
            ("1st of next month", .dayOfNextMonth(1)), ("22nd of next month", .dayOfNextMonth(22)),
            ("13th of next month", .dayOfNextMonth(13)), ("at once", .atOnce),
            ("after 5 working days", .waiting(workingDays: 5)), ("on the planned date", .onDate),
        ])
    func roundTrip(text: String, term: Term) {
        #expect(Term(parsing: text) == term)
        #expect(term.description == text)
    }

    @Test(
        "What is no term is refused",
        arguments: [
            "", "2 days", "two working days", "2 working", "-1 working days", "0 working days", "2 working day",
            "2.5 working days", "after 5 calendar days", "5 of next month", "5st of next month", "31st of next month",
            "99999 working days", "at  twice", "+3 working days",
        ])
    func refuses(text: String) {
        #expect(Term(parsing: text) == nil)
    }
}
