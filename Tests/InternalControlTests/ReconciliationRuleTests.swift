import Forms
import Foundation
import InternalControl
import Reporting
import Rulebook
import TestSupport
import Testing

@Suite("The rules of reconciliation")
struct ReconciliationRuleTests {
    @Test("Every row of every reconciled form is either compared or set apart with its reason, never both")
    func whole() throws {
        let (rules, forms) = (try World.rules.get(), try World.forms.get())
        for code in rules.forms {
            let form = try #require(forms.forms.first { $0.code == code })
            for row in form.numbers {
                let isCompared = rules.pair(of: code, row: row.code) != nil
                let isApart = rules.reasonApart(of: code, row: row.code) != nil
                #expect(!(isCompared && isApart), "\(code) \(row.code)")
                #expect(isCompared || isApart || row.parent != nil, "\(code) \(row.code)")
            }
        }
        #expect(rules.causes.count == 27)
        #expect(rules.causes(theirsIsLarger: true).contains { $0.code == "other-channel" })
        #expect(!rules.causes(theirsIsLarger: false).contains { $0.code == "other-channel" })
    }

    @Test(
        "A mistake in the file is told with its line and what to do",
        arguments: [
            ("measure: complaints.received", "measure: complaints.recieved", "is no measure"),
            ("'78-1mk': '16'", "'78-1mk': '99'", "has no row"), ("read: moment", "read: sometimes", "unknown read"),
            ("side: theirs", "side: nobody", "unknown side"), ("78-1mk, 78-2mk]", "78-9mk]", "is no form"),
            (
                "measure: complaints.term-ran-out\n", "measure: complaints.term-ran-out\n    kinds: [order]\n",
                "cannot be narrowed"
            ),
        ])
    func mistakes(_ right: String, _ wrong: String, _ told: String) throws {
        let folder = TemporaryFolder()
        let path = Repository.path + "/schedules/reconciliation/797.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8).replacing("{78-1mk:", with: "{'78-1mk':")
        let broken = text.replacing(right, with: wrong)
        try #require(broken != text)
        try FileManager.default.createDirectory(
            atPath: folder.file("reconciliation"), withIntermediateDirectories: true)
        try broken.write(toFile: folder.file("reconciliation/797.yaml"), atomically: true, encoding: .utf8)
        let error = #expect(throws: RulebookLoadError.self) {
            try ReconciliationRules.load(
                ScheduleFolder(path: folder.path), forms: World.forms.get(), measures: CentreNumber.names,
                kindless: CentreNumber.withoutKinds)
        }
        let problem = try #require(error?.problems.first)
        #expect(problem.line > 0)
        #expect(problem.message.contains(told), "\(problem.message)")
    }
}
