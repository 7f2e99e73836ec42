import Accounts
import Casework
import Markup

extension HTML {
    /// What everybody who works by the calendar must know while the machine's clock is in doubt, and the form of those who
    /// may vouch for it.
    /// - Parameter problem: why it was not confirmed.
    mutating func clockAlarm(_ hold: ClockHold, problem: String? = nil, _ view: View) {
        let moments = ["expected": view.dates.short(hold.expected), "found": view.dates.short(hold.found)]
        alert(.danger, title: view.t("machineClock.held")) { html in
            html.p(text: view.t(hold.reason == .jumped ? "machineClock.jumped" : "machineClock.rested", moments))
            html.p(text: view.t("machineClock.effect"))
            guard view.may(.manageSystem) else { return html.p(text: view.t("machineClock.tell")) }
            html.postForm(to: .machineClock, view, .class("form")) { html in
                html.textField(
                    Field(
                        "reason", label: view.t("machineClock.reason"), hint: view.t("machineClock.hint"),
                        error: problem), view)
                html.formButtons(submit: view.t("machineClock.confirm"), view)
            }
        }
    }
}
