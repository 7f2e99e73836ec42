import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Onboarding

@Suite("Which refusals the Agency has still to learn of (797 §12)")
struct RefusalHistoryTests {
    private static let rule = Repetition(times: 2, months: 1)

    private func refusals(_ days: [String]) throws -> [RefusalHistory.Refusal] {
        try days.map { RefusalHistory.Refusal(id: $0, at: try at("2026-\($0) 10:00:00"), on: try day("2026-\($0)")) }
    }

    /// A notice as it is written in a table: `2026-03: 03-06 03-10`, with a `*` while it is open.
    private func notice(_ text: String) -> RefusalHistory.Notice {
        let parts = text.split(separator: ": ")
        let isOpen = parts[0].hasSuffix("*")
        return RefusalHistory.Notice(
            id: "B-" + (isOpen ? parts[0].dropLast() : parts[0]), isOpen: isOpen,
            told: Set(parts[1].split(separator: " ").map(String.init)))
    }

    private func text(_ step: RefusalHistory.Step) -> String {
        switch step {
        case .callOff(let id): "off \(id)"
        case .add(let cases, let id): "add \(cases.joined(separator: " ")) to \(id)"
        case .begin(let month, let cases, let at):
            "begin \(month) on \(CivilZone.almaty.civilDate(of: at)): \(cases.joined(separator: " "))"
        }
    }

    @Test(
        "Each repeated refusal reaches the Agency, by an open notice or one of its own",
        arguments: [
            (["03-06"], [], []),
            (["03-06", "03-10"], [], ["begin 2026-03 on 2026-03-10: 03-06 03-10"]),
            (["03-06", "03-10", "03-20"], ["2026-03*: 03-06 03-10"], ["add 03-20 to B-2026-03"]),
            (
                ["03-06", "03-10", "03-20"], ["2026-03: 03-06 03-10"],
                ["begin 2026-03 on 2026-03-20: 03-10 03-20"]
            ),
            (["03-06", "03-10", "03-20"], ["2026-03: 03-06 03-10", "2026-03-2: 03-10 03-20"], []),
            // Across the end of the month: 31 March and 30 April are within a month, though 31 March was told before.
            (
                ["03-05", "03-31", "04-30"], ["2026-03: 03-05 03-31"],
                ["begin 2026-04 on 2026-04-30: 03-31 04-30"]
            ),
            (
                ["03-05", "03-31", "04-30"], ["2026-03*: 03-05 03-31"],
                ["begin 2026-04 on 2026-04-30: 03-31 04-30"]
            ),
            (["03-05", "03-31", "05-01"], ["2026-03: 03-05 03-31"], []),
            // Entered out of their order.
            (
                ["03-20", "04-06", "04-15"], ["2026-04: 04-06 04-15"],
                ["begin 2026-04 on 2026-04-06: 03-20 04-06"]
            ),
            (["03-20", "04-06", "04-15"], ["2026-04*: 04-06 04-15"], ["add 03-20 to B-2026-04"]),
            // A refusal was annulled or moved: what an open notice named is no repetition any more.
            (["03-06"], ["2026-03*: 03-06 03-10"], ["off B-2026-03"]),
            (
                ["03-06", "03-20"], ["2026-03*: 03-06 03-10 03-20"],
                ["off B-2026-03", "begin 2026-03 on 2026-03-20: 03-06 03-20"]
            ),
            (["03-06"], ["2026-03: 03-06 03-10"], []),
            (
                ["03-06", "03-10"], ["2026-04*: 03-06 03-10"],
                ["off B-2026-04", "begin 2026-03 on 2026-03-10: 03-06 03-10"]
            ),
        ] as [([String], [String], [String])])
    func steps(days: [String], notices: [String], expected: [String]) throws {
        let history = RefusalHistory(
            of: "B", refusals: try refusals(days).reversed(), notices: notices.map(notice), rule: Self.rule)
        #expect(history.steps.map(text) == expected)
    }

    @Test("The number of times is the rulebook's")
    func times() throws {
        let three = Repetition(times: 3, months: 1)
        let days = ["03-01", "03-15", "04-01", "04-20"]
        let history = RefusalHistory(of: "B", refusals: try refusals(days), notices: [], rule: three)
        #expect(history.steps.map(text) == ["begin 2026-04 on 2026-04-01: 03-01 03-15 04-01"])
    }
}
