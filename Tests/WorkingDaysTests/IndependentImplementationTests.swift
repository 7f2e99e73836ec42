import Testing
import WorkingDays

@Suite("Against scripts/verify-terms")
struct IndependentImplementationTests {
    @Test(
        "14 years × every start day × terms of 1-30 days agree with an independent implementation",
        .enabled(if: Schedules.hasPython))
    func everyTerm() throws {
        let calendar = try Schedules.calendar()
        var checked = 0
        for line in try Schedules.reference("expected") {
            let fields = line.split(separator: " ")
            let start = try #require(CivilDate(fields[0]))
            for (index, field) in fields.dropFirst(2).enumerated() {
                let expected = start.adding(days: try #require(Int(field)))
                let term: Term =
                    switch fields[1] {
                    case "W": .workingDays(index + 1)
                    case "C": .calendarDays(index + 1)
                    case "V": .waiting(workingDays: index + 1)
                    default: .atOnce
                    }
                let got = try calendar.dueDate(term, from: start)
                if got != expected { Issue.record("\(term) from \(start): expected \(expected), got \(got)") }
                checked += 1
            }
        }
        #expect(checked == 5_113 * 91)
    }
}
