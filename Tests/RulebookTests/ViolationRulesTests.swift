import Languages
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("What the ledger of violations is kept by")
struct ViolationRulesTests {
    private static let right = """
        reply: {term: 3 working days}
        surge: {least: 5, weeks: 8, known: 4, times: 2}
        grounds:
          - ground: flood
            label: {kk: Су тасқыны, ru: Паводок, en: A flood}
          - ground: other
            words: yes
            label: {kk: Өзге, ru: Иное, en: Another}
        """

    @Test(
        "The file of the project can be read: grounds in three languages, a term of working days, at least five complaints"
    )
    func repository() throws {
        let rules = try TestCentre.schedules.violationRules()
        #expect(rules.grounds.count > 1 && rules.grounds.contains(where: \.wantsWords))
        #expect(rules.grounds.allSatisfy { !$0.label.kk.isEmpty && !$0.label.ru.isEmpty && $0.label.en != nil })
        guard case .workingDays(let days) = rules.reply else {
            Issue.record("the reply has no term of working days")
            return
        }
        #expect(days > 0 && rules.surge.least >= 5)
    }

    @Test("What is right is read as it stands")
    func read() throws {
        let rules = try ViolationRules.read(Self.right, name: "ledger.yaml")
        #expect(rules.reply == .workingDays(3) && rules.surge == .init(least: 5, weeks: 8, known: 4, times: 2))
        #expect(rules.ground("other")?.wantsWords == true && rules.ground("flood")?.wantsWords == false)
        #expect(rules.ground("nonsense") == nil)
    }

    @Test(
        "What is wrong is named with its line",
        arguments: [
            ("3 working days", "3 calendar days", "ledger.yaml:1: “3 calendar days” is no term of working days"),
            ("least: 5", "least: many", "ledger.yaml:2: “least” of the surge is a number"),
            ("weeks: 8, ", "", "has no \"weeks\""), ("ground: other", "ground: flood", "stands in the list twice"),
            (", en: A flood", "", "has no \"en\""), ("words: yes", "words: perhaps", "neither yes nor no"),
            ("surge:", "surges:", "unknown key \"surges\""),
        ])
    func wrong(what: String, by: String, message: String) {
        let error = #expect(throws: RulebookLoadError.self) {
            try ViolationRules.read(Self.right.replacing(what, with: by), name: "ledger.yaml")
        }
        #expect(error.map { "\($0)".contains(message) } == true, "\(error.map { "\($0)" } ?? "")")
    }
}
