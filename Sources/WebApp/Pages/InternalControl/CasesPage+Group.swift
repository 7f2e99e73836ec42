import Accounts
import InternalControl
import Languages
import Markup

/// One group of open cases: those of one side for which the same cause is proposed, confirmed with one press, or with another cause.
extension CasesPage {
    /// The step that confirms a group.
    static let confirm = "confirm"

    func group(_ group: Group, _ rows: CaseRows, into html: inout HTML, _ view: View) {
        let title = "\(NumberText.whole(group.cases.map(\.units).reduce(0, +))) · \(causeName(group.cause, view))"
        html.panel(title, id: "group-" + group.name) { html in
            html.p(.class("hint"), text: view.name("caseSide", group.side))
            if let settles = rules(group.cause) {
                html.p(.class("hint"), text: view.t("discrepancies.settles") + ": " + settles.settles[view.language])
            }
            if let problem, problem.group == group.name { html.alert(.danger, title: problem.text) }
            let mayConfirm = view.may(.sealReports) && state.settled == nil
            guard mayConfirm else {
                return table(group, rows, boxes: false, into: &html, view)
            }
            html.postForm(to: path, view, .class("form cases-form")) { html in
                html.input(.type("hidden"), .name("step"), .value(Self.confirm))
                html.input(.type("hidden"), .name("group"), .value(group.name))
                html.input(.type("hidden"), .name("version"), .value("\(version)"))
                table(group, rows, boxes: true, into: &html, view)
                let causes = self.rules.causes.filter { $0.allows(group.side) }
                html.selectField(
                    Field("cause", label: view.t("discrepancies.cause"), id: group.name + "-cause"), view,
                    options: (group.cause.isEmpty ? [("", "–")] : [])
                        + causes.map { ($0.code, $0.words[view.language]) },
                    chosen: group.cause)
                html.details { html in
                    html.summary(text: view.t("cases.addText"))
                    html.textArea(
                        Field(
                            "text", label: view.t("discrepancies.text"), hint: view.t("discrepancies.textHint"),
                            isRequired: false, id: group.name + "-text"), view, rows: 2)
                }
                html.formButtons(submit: view.t("cases.confirm"), view)
            }
        }
    }

    private func rules(_ cause: String) -> ReconciliationRules.Cause? { rules.cause(cause) }

    private func table(_ group: Group, _ rows: CaseRows, boxes: Bool, into html: inout HTML, _ view: View) {
        let shown = Array(group.cases.prefix(Self.shown))
        html.dataTable(caption: causeName(group.cause, view), columns: rows.columns(view), rows: shown) {
            row, html, one in
            rows.cells(one, &row, &html, view) { html in
                guard boxes else { return }
                html.input(
                    .type("checkbox"), .class("row-box"), .name("case"), .value(one.key), .checked(true),
                    .ariaLabel(view.t("cases.choose", ["number": OpenCase.number(one.key)])))
            }
        }
        if group.cases.count > Self.shown {
            html.p(.class("hint"), text: view.t("cases.firstShown", ["n": "\(Self.shown)"]))
        }
    }
}
