import Markup
import Onboarding

extension HTML {
    /// What came of a table: how many lines were taken, and each mistake with its line.
    mutating func planReport(_ report: PlanReport, _ view: View) {
        let tone: AlertTone = report.problems.isEmpty ? .success : report.added.isEmpty ? .danger : .warning
        let title = view.t(
            "plan.taken",
            [
                "added": "\(report.added.count)", "unchanged": "\(report.unchanged)",
                "refused": "\(report.problems.count)",
            ])
        alert(tone, title: title) { html in
            guard !report.problems.isEmpty else { return }
            html.ul { html in
                for problem in report.problems.prefix(100) {
                    let text = view.words(ofRefusal: problem.code)
                    html.li { html in
                        html.text(
                            view.t("plan.problem", ["line": "\(problem.line)", "field": problem.field]) + " " + text)
                    }
                }
            }
        }
    }
}
