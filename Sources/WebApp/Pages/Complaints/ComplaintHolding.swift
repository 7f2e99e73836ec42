import Accounts
import Complaints
import Markup

/// In whose hands a complaint is: taken and put back with one press, handed over by a name.
extension ComplaintPage {
    func holding(into html: inout HTML, _ view: View) {
        let forms = steps.filter { ComplaintStep(rawValue: $0.step)?.isHolding ?? false }
        guard !forms.isEmpty else { return }
        html.panel(view.t("complaints.assignee"), id: "holding") { html in
            if let sent, sent.fields.isEmpty, forms.contains(where: { $0.step == sent.step }),
                let problem = sent.problem
            {
                html.alert(.danger, title: problem)
            }
            html.p { $0.holder(record.assignee, officers, view) }
            html.div(.class("buttons")) { html in
                for form in forms where form.fields.isEmpty { html.press(form, view) }
            }
            for form in forms where !form.fields.isEmpty {
                let drawn = sent?.step == form.step ? sent ?? form : form
                html.foldedStep(form, title: form.submit ?? "", isOpen: sent?.step == form.step) { html in
                    html.div { $0.stepForm(drawn, view) }
                }
            }
        }
    }
}

extension HTML {
    /// A step that asks nothing: one button.
    fileprivate mutating func press(_ form: StepForm, _ view: View) {
        postForm(to: form.path, view) { html in
            html.input(.type("hidden"), .name("step"), .value(form.step))
            if let version = form.version { html.input(.type("hidden"), .name("version"), .value("\(version)")) }
            let isFirst = form.step == ComplaintStep.take.rawValue
            html.button(
                .type("submit"), .class(isFirst ? "button is-primary" : "button"), text: form.submit ?? "")
        }
    }
}

extension StepReader {
    /// In whose hands a step gives a complaint; nil where the form does not say it, which it then tells.
    /// - Throws: `SiteError` where nobody is signed in.
    mutating func holder(_ step: ComplaintStep) throws -> ComplaintHolder? {
        switch step {
        case .putBack: return .nobody
        case .take:
            guard let number = site.user?.number else { throw SiteError(.unauthorized, "Sign in first.") }
            return .officer(number)
        default:
            let text = text("to")
            guard isRight else { return nil }
            guard let number = Int64(text) else {
                fail("to", site.reader.t("step.missing"))
                return nil
            }
            return .officer(number)
        }
    }
}
