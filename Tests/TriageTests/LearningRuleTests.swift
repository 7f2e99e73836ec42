import ContactCentre
import Foundation
import TestSupport
import Testing
import Triage

@Suite struct LearningRuleTests {
    private static let right =
        "learning:\n  likeness: 0.3\n  fewest: 3\n  agreement: 1\n  half-life: 90\n  oldest: 400\n  nearest: 9\n  most: 50\n"

    @Test("The numbers of the file are the rule; that of the repository is read without a fault")
    func numbers() throws {
        let rule = try LearningRule(yaml: Self.right, file: "learning.yaml")
        #expect(rule.likeness == 0.3 && rule.fewest == 3 && rule.agreement == 1)
        #expect(rule.halfLife == 90 && rule.oldest == 400 && rule.nearest == 9 && rule.most == 50)
        let own = try TriageFixture.home.get().reader.learning
        #expect(own.fewest >= 2 && own.most > 1_000)
    }

    @Test(
        "A number that is missing, none, outside its bounds or unknown is named with its line",
        arguments: [
            ("  likeness: 0.3", "  likeness: 3", 2, "likeness"), ("  fewest: 3", "  fewest: 2.5", 3, "fewest"),
            ("  fewest: 3", "  fewest: 10", 3, "nearest"), ("  agreement: 1", "  agreement: all", 4, "agreement"),
            ("  half-life: 90", "  half-life: 0", 5, "half-life"), ("  oldest: 400\n", "", 2, "oldest"),
            ("  most: 50", "  most: 50\n  least: 1", 9, "least"), ("learning:", "learnt:", 0, "learning"),
        ])
    func mistakes(_ old: String, _ new: String, _ line: Int, _ word: String) {
        let yaml = Self.right.replacingOccurrences(of: old, with: new)
        let error = #expect(throws: TriageFileError.self) { try LearningRule(yaml: yaml, file: "learning.yaml") }
        #expect(error?.line == line, "\(error?.description ?? "")")
        #expect(error?.message.contains(word) == true)
    }
}
